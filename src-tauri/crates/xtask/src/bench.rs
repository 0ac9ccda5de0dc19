//! `cargo xtask bench`: figures on this machine, printed as Markdown tables.

use crate::Outcome;
use crate::setup;
use crate::shell::{cargo, must, say};

/// Builds the window as it is given out, and the bare one beside it.
const DESKTOP: [&str; 8] = [
    "build",
    "--release",
    "--package",
    "buyerwatch-desktop",
    "--bins",
    "--examples",
    "--features",
    "custom-protocol",
];

/// Runs the benchmarks that are named, or all.
pub fn bench(names: &[String]) -> Outcome {
    if names.iter().any(|name| name == "--scale") {
        return scale(names);
    }
    let all = ["import", "evidence", "mailbox", "startup", "matching"];
    if let Some(unknown) = names.iter().find(|name| !all.contains(&name.as_str())) {
        return Err(format!("there is no benchmark {unknown:?}; there are {}", all.join(", ")));
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|asked| asked == name);
    if wanted("import") {
        setup::for_terminal()?;
        say("Import");
        must(cargo().args(["build", "--release", "--package", "buyerwatch-cli"]))?;
        must(cargo().args(["bench", "--package", "buyerwatch-tests", "--bench", "import"]))?;
    }
    if wanted("evidence") {
        setup::for_tests()?;
        setup::competitors()?;
        say("Evidence");
        must(cargo().args(["build", "--release", "--package", "buyerwatch-cli"]))?;
        must(cargo().args(DESKTOP))?;
        must(cargo().args(["bench", "--package", "buyerwatch-tests", "--bench", "evidence"]))?;
    }
    if wanted("mailbox") {
        setup::for_tests()?;
        say("Mailbox");
        must(cargo().args(["build", "--release", "--package", "buyerwatch-cli"]))?;
        must(cargo().args(DESKTOP))?;
        must(cargo().args(["bench", "--package", "buyerwatch-tests", "--bench", "mailbox"]))?;
    }
    if wanted("startup") {
        setup::for_tests()?;
        say("Start-up");
        must(cargo().args(DESKTOP))?;
        must(cargo().args(["bench", "--package", "buyerwatch-tests", "--bench", "startup"]))?;
    }
    if wanted("matching") {
        setup::for_terminal()?;
        say("Matching");
        must(cargo().args(["build", "--release", "--package", "buyerwatch-cli"]))?;
        let python = setup::python_competitors()?;
        must(
            cargo()
                .args(["bench", "--package", "buyerwatch-tests", "--bench", "matching"])
                .env("BUYERWATCH_PYTHON", python),
        )?;
    }
    Ok(())
}

/// What long lists and hostile values cost the engine; needs neither scenarios nor a window. At a million listed it
/// takes some minutes and 2 GB.
fn scale(names: &[String]) -> Outcome {
    if names.iter().any(|name| name != "--scale" && name != "matching") {
        return Err("--scale belongs to `bench matching`".to_owned());
    }
    for (title, bench) in [("Hostile values", "hostile"), ("Long lists", "scale")] {
        say(title);
        must(cargo().args(["bench", "--package", "buyerwatch-matching", "--bench", bench]))?;
    }
    Ok(())
}
