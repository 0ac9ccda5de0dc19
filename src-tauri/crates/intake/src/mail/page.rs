//! The pages of a letter as text.

use super::quoted::names_time;
use mail_parser::decoders::html::html_to_text;

/// The text of a page, with a line for each of its blocks.
pub(super) fn text(html: &str) -> String {
    html_to_text(&with_breaks(html))
}

/// What somebody wrote who is asked about an order, and what the marketplace set around it; `None` where
/// the page does not set it as it was written, in one block between the first and the last of its kind.
/// A block below words that introduce a letter, with a date or a time, is one that was written before.
pub(super) fn preformatted(html: &str) -> Option<(String, String)> {
    const BEGIN: &str = "<pre";
    const END: &str = "</pre>";
    // Nobody else sets text with all of these.
    const STYLE: &str = "-o-pre-wrap";
    /// Blocks that are looked at.
    const BLOCKS_MAX: usize = 100;
    let lower = html.to_ascii_lowercase();
    let start = lower.find(BEGIN)?;
    let last = lower.rfind(END)? + END.len();
    let (tag, _) = lower.get(start..last)?.split_once('>')?;
    if !tag.contains(STYLE) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text(html.get(range).unwrap_or_default());
    let ends = lower.match_indices(END).map(|(at, _)| at + END.len()).take(BLOCKS_MAX);
    let dated = |end: &usize| {
        let next = lower.get(*end..).and_then(|rest| rest.find(BEGIN));
        next.is_some_and(|next| dates(&part(*end..end + next)))
    };
    let end = ends.skip_while(|end| *end <= start).find(dated).unwrap_or(last);
    let around = [part(0..start), part(end..html.len())].join("\n");
    Some((part(start..end).trim().to_owned(), around))
}

/// Whether one of a few lines between two blocks says when the one below was written.
fn dates(between: &str) -> bool {
    const LINES_MAX: usize = 6;
    let mut lines = between.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.by_ref().take(LINES_MAX).any(names_time) && lines.next().is_none()
}

/// With a line break around every block, and for every line of what is set as written: the parser breaks
/// lines at paragraphs and `<br>` alone, and a frame is told by its lines.
fn with_breaks(html: &str) -> String {
    const BLOCKS: [&str; 12] =
        ["div", "td", "tr", "li", "table", "pre", "h1", "h2", "h3", "h4", "blockquote", "ul"];
    let mut broken = String::with_capacity(html.len() + html.len() / 8);
    // Whether something stands on the line, and how many `pre` are open.
    let (mut begun, mut as_written) = (false, 0_u32);
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        put_text(&mut broken, before, as_written > 0);
        begun |= !before.trim().is_empty();
        if tag.starts_with("!--") {
            let end = tag.find("-->").map_or(tag.len(), |end| end + 3);
            broken.push('<');
            broken.push_str(tag.get(..end).unwrap_or_default());
            rest = tag.get(end..).unwrap_or_default();
            continue;
        }
        let Some((inner, after)) = tag.split_once('>') else {
            // No tag ends any more.
            broken.push('<');
            rest = tag;
            break;
        };
        let closes = inner.starts_with('/');
        let name = inner.trim_start_matches('/').trim_start();
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default();
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        let block = BLOCKS.into_iter().any(is);
        if block && !closes && begun {
            broken.push_str("<br>");
            begun = false;
        }
        broken.push('<');
        broken.push_str(inner);
        broken.push('>');
        if block && closes {
            broken.push_str("<br>");
        }
        begun &= !(block || is("br") || is("p"));
        if is("pre") {
            as_written = if closes { as_written.saturating_sub(1) } else { as_written + 1 };
        }
        rest = after;
    }
    put_text(&mut broken, rest, as_written > 0);
    broken
}

fn put_text(broken: &mut String, text: &str, as_written: bool) {
    if !as_written {
        broken.push_str(text);
        return;
    }
    for line in text.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(line) => {
                broken.push_str(line);
                broken.push_str("<br>");
            }
            None => broken.push_str(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_as_written_is_told_from_what_stands_around_it() {
        let style = "white-space: pre-wrap; white-space: -o-pre-wrap; color: black";
        let page = format!(
            "<style>p{{}}</style><p>You have received a message.</p><PRE style=\"{style}\">Where is it?\n\
             I &lt;3 305-1234567-7654321</PRE><p>foot</p>"
        );
        let (written, around) = preformatted(&page).unwrap();
        assert_eq!(written, "Where is it?\nI <3 305-1234567-7654321");
        assert!(around.contains("received") && around.contains("foot"), "{around}");
        assert!(!around.contains("305"), "{around}");
        let two = page.replace("<p>foot", &format!("mine<pre style=\"{style}\">too</pre><p>foot"));
        let (written, _) = preformatted(&two).unwrap();
        assert!(written.contains("mine") && written.ends_with("too"), "{written}");
        for above in ["<p>Lamp shop, 5 May 2026 10:00</p>", "<div>On 05.05.2026 you wrote:</div>"] {
            let earlier = page.replace(
                "<p>foot",
                &format!("{above}<pre style=\"{style}\">we regret</pre><p>foot"),
            );
            let (written, around) = preformatted(&earlier).unwrap();
            assert_eq!(written, "Where is it?\nI <3 305-1234567-7654321", "{above}");
            assert!(around.contains("we regret") && around.contains("foot"), "{around}");
        }
        for page in [
            "",
            "<pre>x</pre>",
            "</pre><pre style='-o-pre-wrap'>",
            "<pre",
            "<pre style='-o-pre-wrap'>x",
        ] {
            assert_eq!(preformatted(page), None, "{page}");
        }
    }
}
