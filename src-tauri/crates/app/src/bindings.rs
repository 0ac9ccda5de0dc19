//! The TypeScript module through which the window calls the use cases.

use crate::{ApiError, host::Push, registry::types::*, registry::with_use_cases};
use std::{
    any::TypeId,
    collections::{BTreeMap, HashSet},
    fmt::Write as _,
};
use ts_rs::{Config, TS, TypeVisitor};

const HEAD: &str = "\
// Made by `cargo run -p buyerwatch-app --example bindings`. Do not edit.
//
// Every use case and every shape that it takes or answers. Instants are RFC 3339 in UTC, ids are
// 32 hexadecimal digits.
import { call } from './transport';
";

/// The text of `ui/src/lib/api/generated.ts`.
#[must_use]
pub fn typescript() -> String {
    let mut module = Module::new();
    module.add::<ApiError>();
    module.add::<Push>();

    macro_rules! collect {
        ($($name:literal $function:ident: $gate:ident, $area:ident::$case:ident($input:ty) -> $output:ty $([$($tag:ident),*])?;)+) => {
            $(
                module.add::<$input>();
                module.add::<$output>();
                module.case(
                    stringify!($area),
                    stringify!($case),
                    <$input as TS>::name(&module.config),
                    <$output as TS>::name(&module.config),
                    <[_]>::into_vec(Box::new([
                        $($(buyerwatch_domain::Tag::$tag),*)?
                    ])),
                );
            )+
        };
    }
    with_use_cases!(collect);
    module.text()
}

struct Case {
    name: &'static str,
    input: String,
    output: String,
    reads: Vec<buyerwatch_domain::Tag>,
}

struct Module {
    config: Config,
    seen: HashSet<TypeId>,
    declared: BTreeMap<String, String>,
    areas: Vec<(&'static str, Vec<Case>)>,
}

impl Module {
    fn new() -> Self {
        Self {
            // Counts stay far below 2^53.
            config: Config::new().with_large_int("number"),
            seen: HashSet::new(),
            declared: BTreeMap::new(),
            areas: Vec::new(),
        }
    }

    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        // Only types that have a file of their own in ts-rs' eyes have a declaration.
        if T::output_path().is_none() {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let text = tidy(&format!("{docs}export {}\n", T::decl(&self.config)));
        let earlier = self.declared.insert(T::ident(&self.config), text.clone());
        debug_assert!(earlier.is_none_or(|earlier| earlier == text), "two types, one name");
    }

    fn case(
        &mut self,
        area: &'static str,
        name: &'static str,
        input: String,
        output: String,
        reads: Vec<buyerwatch_domain::Tag>,
    ) {
        let case = Case { name, input, output, reads };
        match self.areas.iter_mut().find(|(known, _)| *known == area) {
            Some((_, cases)) => cases.push(case),
            None => self.areas.push((area, vec![case])),
        }
    }

    fn text(&self) -> String {
        let mut out = HEAD.to_owned();
        for declaration in self.declared.values() {
            out.push('\n');
            out.push_str(declaration);
        }
        out.push_str("\n/** Every use case. A refusal rejects with an {@link ApiError}. */\n");
        out.push_str("export const api = {\n");
        for (area, cases) in &self.areas {
            let _ = writeln!(out, "  {area}: {{");
            for Case { name, input, output, .. } in cases {
                let _ = writeln!(
                    out,
                    "    {name}: (input: {input}): Promise<{output}> => call('{area}.{name}', input),"
                );
            }
            out.push_str("  },\n");
        }
        out.push_str("};\n\n/** What each read depends on. */\n");
        out.push_str("export const reads: Record<string, readonly Tag[]> = {\n");
        for (area, cases) in &self.areas {
            for case in cases.iter().filter(|case| !case.reads.is_empty()) {
                let tags: Vec<String> =
                    case.reads.iter().map(|tag| format!("'{}'", tag_code(*tag))).collect();
                let _ = writeln!(out, "  '{area}.{}': [{}],", case.name, tags.join(", "));
            }
        }
        out.push_str("};\n");
        out
    }
}

impl TypeVisitor for Module {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

/// Lays a declaration out: one line for a short comment, fields indented, no blanks at line ends.
fn tidy(declaration: &str) -> String {
    let mut out = String::new();
    let mut comment: Option<Vec<&str>> = None;
    let mut inside = false;
    for line in declaration.lines().map(str::trim) {
        let indent = if inside { "  " } else { "" };
        match (&mut comment, line) {
            (None, "/**") => comment = Some(Vec::new()),
            (Some(lines), "*/") => {
                let _ = writeln!(out, "{indent}/** {} */", lines.join(" "));
                comment = None;
            }
            (Some(lines), line) => lines.push(line.trim_start_matches(['*', ' '])),
            (None, line) => {
                let (body, end) = match line.strip_suffix(" };") {
                    Some(body) if inside => (body, "};\n"),
                    _ => (line, ""),
                };
                if !body.is_empty() {
                    let _ = writeln!(out, "{indent}{body}");
                }
                out.push_str(end);
                inside = end.is_empty();
            }
        }
    }
    out
}

fn tag_code(tag: buyerwatch_domain::Tag) -> String {
    serde_json::to_value(tag)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_in_the_window_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/lib/api/generated.ts");
        let written = std::fs::read_to_string(path).unwrap();
        assert!(
            written.replace("\r\n", "\n") == typescript(),
            "run `cargo run -p buyerwatch-app --example bindings`"
        );
    }

    #[test]
    fn shapes_that_the_window_relies_on() {
        let text = typescript();
        for line in [
            "export type Tier = \"possible\" | \"alert\";",
            "    list: (input: ListBuyers): Promise<BuyersPage> => call('buyers.list', input),",
            "  'alerts.list': ['alerts'],",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("bigint"));
    }
}
