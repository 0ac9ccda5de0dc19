//! What the buyer wrote, out of the frame that the marketplace puts around it.

/// Words between dashes before what the buyer wrote: en, ca, de, fr, it, es, pt, ja, zh.
const BEGIN: [&str; 13] = [
    "begin message / début du message",
    "begin message",
    "anfang der nachricht",
    "début du message",
    "inizio messaggio",
    "iniciar mensaje",
    "メッセージはここから",
    "消息开始",
    "message:",
    "messaggio:",
    "mensagem:",
    "mensaje:",
    "nachricht:",
];

/// And after it.
const END: [&str; 11] = [
    "end message / fin du message",
    "end message",
    "ende der nachricht",
    "fin du message",
    "fine messaggio",
    "finalizar mensaje",
    "encerrar mensagem",
    "メッセージはここまで",
    "消息结束",
    "fim da mensagem",
    "fin del mensaje",
];

/// Dashes on either side of a marker, at least; the marketplace writes 13 or 14.
const DASHES: usize = 5;

/// Beginnings of lines from which on nothing is the writer's.
const FOOTERS: [&str; 3] = ["[commMgrTok:", "SPC-", "-----Original Message"];

/// How mail programs introduce a quotation: beginning and end of its line.
const QUOTED: [(&str, &str); 8] = [
    ("On ", "wrote:"),
    ("Am ", ":"),
    ("Le ", "écrit :"),
    ("Il ", "scritto:"),
    ("El ", "escribió:"),
    ("Em ", "escreveu:"),
    ("于", "写道："),
    ("在", "写道："),
];

/// A text in the marketplace's frame.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Framed {
    /// What the writer wrote.
    pub(super) written: String,
    /// The marketplace's own text around it; without a frame there is none.
    pub(super) frame: String,
}

/// Takes the writer's text out of its frame.
///
/// What stands between the first beginning and the last end before the next beginning is the
/// writer's: an end that the writer made up hides nothing, and what is quoted below is left out.
pub(super) fn unframe(text: &str) -> Framed {
    let (mut frame, mut inside) = (String::new(), String::new());
    let mut lines = text.lines();
    let mut framed = false;
    for line in lines.by_ref() {
        if is_marker(line, &BEGIN) {
            framed = true;
            break;
        }
        push(&mut frame, line);
    }
    if !framed {
        return Framed { written: tidy(text), frame: String::new() };
    }
    let mut ended = None;
    for line in lines.by_ref() {
        // A second conversation below.
        if ended.is_some() && is_marker(line, &BEGIN) {
            break;
        }
        if is_marker(line, &END) {
            ended = Some(inside.len());
        }
        push(&mut inside, line);
    }
    let cut = ended.unwrap_or(inside.len());
    push(&mut frame, inside.get(cut..).unwrap_or_default());
    lines.for_each(|line| push(&mut frame, line));
    Framed { written: tidy(inside.get(..cut).unwrap_or_default()), frame }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn is_marker(line: &str, words: &[&str]) -> bool {
    let line = line.trim();
    let inner = line.trim_matches('-');
    let leading = line.len() - line.trim_start_matches('-').len();
    let trailing = line.len() - line.trim_end_matches('-').len();
    // Of a few languages the marker has no dashes behind its colon.
    let colon = inner.trim_end().ends_with(':');
    if leading < DASHES || (trailing < DASHES && !colon) || inner.len() > 100 {
        return false;
    }
    let inner = inner.trim().to_lowercase();
    words.contains(&inner.as_str())
}

/// Without quotations and footers.
fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    for line in text.lines() {
        let bare = line.trim();
        let introduces = |(begin, end): &(&str, &str)| {
            bare.starts_with(begin)
                && bare.ends_with(end)
                && (*begin != "Am " || bare.contains("schrieb"))
        };
        if FOOTERS.iter().any(|footer| bare.starts_with(footer))
            || bare.contains("no-response-needed?t=")
            || QUOTED.iter().any(introduces)
        {
            break;
        }
        if bare.starts_with('>') || bare.starts_with("[commMgrTok:") {
            continue;
        }
        push(&mut tidy, line.trim_end());
    }
    tidy.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_every_language_frame_the_text() {
        for (begin, end) in [
            ("Begin message", "End message"),
            ("Message:", "End message"),
            ("Begin message / Début du message", "End message / Fin du message"),
            ("Anfang der Nachricht", "Ende der Nachricht"),
            ("Début du message", "Fin du message"),
            ("Inizio messaggio", "Fine messaggio"),
            ("Messaggio:", "Fine messaggio"),
            ("Iniciar mensaje", "Finalizar mensaje"),
            ("Mensagem:", "Encerrar mensagem"),
            ("メッセージはここから", "メッセージはここまで"),
        ] {
            let dashes = "-------------";
            let text = format!(
                "Order ID: 1\r\n{dashes} {begin} {dashes}\r\nhello\n\nthere\r\n{dashes} {end} {dashes}\r\nfoot\n"
            );
            let found = unframe(&text);
            assert_eq!(found.written, "hello\n\nthere", "{begin}");
            assert!(found.frame.contains("Order ID: 1") && found.frame.contains("foot"), "{begin}");
        }
    }

    #[test]
    fn an_end_that_the_writer_made_up_hides_nothing() {
        let begin = "------------- Begin message -------------";
        let end = "------------- End message -------------";
        let text =
            format!("{begin}\nnice\n{end}\nI will ruin you\n{end}\nfoot\n{begin}\nold\n{end}\n");
        let found = unframe(&text);
        assert!(found.written.contains("I will ruin you"));
        assert!(!found.written.contains("foot") && !found.written.contains("old"));
    }

    #[test]
    fn quotations_and_footers_are_left_out() {
        let text = "I want my money\n\nOn Mon, 1 Jun 2026, Shop wrote:\n> we are sorry\n";
        assert_eq!(unframe(text).written, "I want my money");
        assert_eq!(unframe("yes\n[commMgrTok:A1]\nrest").written, "yes");
        assert_eq!(unframe("Am Montag kam es an:\nkaputt").written, "Am Montag kam es an:\nkaputt");
    }
}
