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

/// Beginnings of lines from which on nothing is the writer's. Within the marketplace's frame all is.
const FOOTERS: [&str; 2] = ["[commMgrTok:", "SPC-"];

/// How mail programs introduce a quotation: beginning and end of its line, or of two when the sender's
/// name makes it long, and a word between them where the two alone say little.
const QUOTED: [(&str, &str, &str); 9] = [
    ("On ", "", "wrote:"),
    ("Am ", "schrieb", ":"),
    ("Le ", "", "écrit :"),
    ("Le ", "", "écrit:"),
    ("Il ", "", "scritto:"),
    ("El ", "", "escribió:"),
    ("Em ", "", "escreveu:"),
    ("于", "", "写道："),
    ("在", "", "写道："),
];

/// Most bytes of a line of an introduction.
const INTRODUCTION_MAX: usize = 500;

/// Words between dashes above what another wrote, as Outlook, QQ and others put them.
const ORIGINAL: [&str; 14] = [
    "original message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message original",
    "messaggio originale",
    "mensaje original",
    "mensagem original",
    "原始邮件",
    "原邮件",
    "元のメッセージ",
    "forwarded message",
    "weitergeleitete nachricht",
    "转发邮件",
];

/// The first two headers that Outlook and others put above what another wrote, without their colons.
const HEADERS: [(&[&str], &[&str]); 8] = [
    (&["from"], &["sent", "date", "to", "reply-to"]),
    (&["von"], &["gesendet", "datum", "an"]),
    (
        &["de"],
        &[
            "envoyé",
            "date",
            "à",
            "enviado",
            "enviado el",
            "enviada",
            "enviado em",
            "fecha",
            "data",
            "para",
        ],
    ),
    (&["da"], &["inviato", "data", "a"]),
    (&["发件人"], &["发送时间", "发送日期", "日期", "时间", "收件人"]),
    (&["寄件者", "寄件人"], &["寄件日期", "傳送時間", "日期", "收件者"]),
    (&["差出人", "送信者", "送信元"], &["送信日時", "送信日", "日付", "日時", "宛先"]),
    (&["van"], &["verzonden", "datum", "aan"]),
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
/// writer's: an end that the writer made up hides nothing, and neither does what only looks like the
/// beginning of a quotation or of a footer. A conversation that is quoted below the frame is left out.
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
    let inside = inside.get(..cut).unwrap_or_default();
    let written = if ended.is_some() { whole(inside) } else { tidy(inside) };
    Framed { written, frame }
}

/// All of it: what is quoted keeps its marks.
fn whole(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    text.lines().for_each(|line| push(&mut whole, line.trim_end()));
    whole.trim().to_owned()
}

/// Whether a text holds a whole frame.
pub(super) fn is_framed(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| is_marker(line, &BEGIN)) && lines.any(|line| is_marker(line, &END))
}

/// Whether a plain text is there only because a page needs one: it shows nothing, or says that the letter
/// is a page, which says more.
pub(super) fn stands_in(plain: &str, page: &str) -> bool {
    /// Longest of such texts, in bytes.
    const LONGEST: usize = 400;
    let shown = |text: &str| text.chars().any(|c| !c.is_whitespace() && !is_unseen(c));
    let short = plain.len() <= LONGEST;
    let says = || plain.to_ascii_lowercase().contains("html") && plain.len() < page.len();
    shown(page) && (!shown(plain) || short && says())
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Longest line that can be a marker, in bytes.
const MARKER_MAX: usize = 400;

fn is_marker(line: &str, words: &[&str]) -> bool {
    if line.len() > MARKER_MAX || !line.contains('-') {
        return false;
    }
    // Web pages are set with unbreakable spaces and with characters that nobody sees.
    let line = spaced(&line.replace(is_unseen, ""));
    let line = line.as_str();
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

/// Without quotations and footers, where no frame tells them from what was written.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let bare = line.trim();
        at += 1;
        if FOOTERS.iter().any(|footer| bare.starts_with(footer))
            || bare.contains("no-response-needed?t=")
        {
            break;
        }
        let next = lines.get(at).map_or("", |line| line.trim());
        if let Some(of_two) = quotes(bare, next) {
            at += usize::from(of_two);
            let below = lines.iter().skip(at).map(|line| line.trim()).find(|line| !line.is_empty());
            // Where every line of the quotation is marked, an answer can stand below it.
            if below.is_some_and(|line| line.starts_with('>')) {
                continue;
            }
            break;
        }
        if bare.starts_with('>') {
            continue;
        }
        push(&mut tidy, line.trim_end());
    }
    tidy.trim().to_owned()
}

/// Where a quotation begins that a mail program introduced and whose lines bear no marks: from there on
/// the words may be another's.
#[must_use]
pub fn quotation(text: &str) -> Option<usize> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push((start, line.trim()));
        start += line.len();
    }
    let trimmed = |at: usize| lines.get(at).map_or("", |(_, line)| *line);
    (0..lines.len()).find_map(|at| {
        let of_two = quotes(trimmed(at), trimmed(at + 1))?;
        let below = lines.iter().skip(at + 1 + usize::from(of_two)).map(|(_, line)| *line);
        let marked =
            below.clone().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with('>'));
        if marked { None } else { lines.get(at).map(|(start, _)| *start) }
    })
}

/// Whether a line stands above what another wrote, alone or, which is told, with the one below it.
fn quotes(line: &str, next: &str) -> Option<bool> {
    let long = |line: &str| line.len() > INTRODUCTION_MAX;
    if long(line) {
        return None;
    }
    // Mail programs set narrow and unbreakable spaces before a colon.
    let line = spaced(line);
    if is_original(&line) || introduces(&line) {
        return Some(false);
    }
    let next = if long(next) { String::new() } else { spaced(next) };
    if heads(&line, &next) {
        return Some(true);
    }
    (names_letter(&line) && introduces(&format!("{line} {next}"))).then_some(true)
}

/// Whether a character shows nothing and takes no room.
pub(super) const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// With ordinary spaces, one between words.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

fn is_original(line: &str) -> bool {
    let inner = line.trim_matches(['-', '_', '=', ' ']);
    let leading = line.len() - line.trim_start_matches(['-', '_', '=']).len();
    leading >= 3 && ORIGINAL.contains(&&*inner.to_lowercase().replace('\u{2019}', "'"))
}

/// Whether the line names a letter: by an address, a year or a time of day.
fn names_letter(line: &str) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit();
    let year = |part: &[u8]| part.iter().all(digit);
    let time = |part: &[u8]| matches!(part, [a, b':', b, c] if [a, b, c].into_iter().all(digit));
    line.contains('@') || line.as_bytes().windows(4).any(|part| year(part) || time(part))
}

/// Whether the line introduces a letter, as in `On Tue, May 5, 2026 at 10:00 AM Shop wrote:`.
fn introduces(line: &str) -> bool {
    let quoted = |(begin, between, end): &(&str, &str, &str)| {
        line.starts_with(begin) && line.contains(between) && line.ends_with(end)
    };
    names_letter(line) && (QUOTED.iter().any(quoted) || is_dated(line))
}

/// `2026年5月5日(火) 10:00 店 <shop@example.com>:`
fn is_dated(line: &str) -> bool {
    let digits = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let dated = line
        .split_once('年')
        .is_some_and(|(year, rest)| digits(year) && rest.contains('月') && rest.contains('日'));
    // Without a sender it may be the writer's own list of what happened when.
    let sender = ["@", "写道", "寫道", "書きました"].iter().any(|word| line.contains(word));
    dated && sender && line.ends_with([':', '：'])
}

/// Whether both are the headers of another letter.
fn heads(line: &str, next: &str) -> bool {
    let header = |line: &str| {
        let (name, value) = line.split_once([':', '：'])?;
        let name = name.trim_matches(['*', ' ']).to_lowercase();
        Some((name, value.contains('@') || value.bytes().any(|byte| byte.is_ascii_digit())))
    };
    let (Some((first, named)), Some((second, dated))) = (header(line), header(next)) else {
        return false;
    };
    let both = |(firsts, seconds): &(&[&str], &[&str])| {
        firsts.contains(&&*first) && seconds.contains(&&*second)
    };
    (named || dated) && HEADERS.iter().any(both)
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
        let below =
            "On Mon, 1 Jun 2026, Shop\nwrote:\n\n> we are sorry\n> truly\n\nI want my money";
        assert_eq!(unframe(below).written, "I want my money", "an answer below");
        let text = "I want my money\n\nOn Mon, 1 Jun 2026, Shop wrote:\n> we are sorry\n";
        assert_eq!(unframe(text).written, "I want my money");
        assert_eq!(unframe("yes\n[commMgrTok:A1]\nrest").written, "yes");
        assert_eq!(unframe("Am Montag kam es an:\nkaputt").written, "Am Montag kam es an:\nkaputt");
    }

    #[test]
    fn what_another_wrote_is_left_out_however_it_is_introduced() {
        for quoted in [
            "On Tue, May 5, 2026 at 10:00 AM Lamp Shop <shop@example.com>\nwrote:\n",
            "On Tue, May 5, 2026 at 10:00 AM A Shop With a Name That is Long <\nshop@example.com> wrote:\n",
            "On Tue, May 5, 2026 at 10:00\u{202f}AM Lamp Shop wrote:\n",
            "Le mar. 5 mai 2026 à 10:00, Boutique <shop@example.com> a écrit\u{a0}:\n",
            "Le mar. 5 mai 2026 à 10:00, Boutique <shop@example.com> a\nécrit\u{a0}:\n",
            "Am Di., 5. Mai 2026 um 10:00 Uhr schrieb Laden <\nshop@example.com>:\n",
            "Il giorno mar 5 mag 2026 alle ore 10:00 Negozio <a@b.it>\nha scritto:\n",
            "El mar, 5 may 2026 a las 10:00, Tienda (<a@b.es>) escribió:\n",
            "2026年5月5日(火) 10:00 ランプ店 <shop@example.com>:\n",
            "2026年5月5日(火) 10:00 <shop@example.com>:\n",
            "2026年5月5日(火) 10:00 ランプ店\n<shop@example.com>:\n",
            "于2026年5月5日周二 10:00写道：\n",
            "在 2026年5月5日，10:00，灯店 <shop@example.com> 写道：\n",
            "-----Original Message-----\n",
            "----- Original Message -----\n",
            "-----Ursprüngliche Nachricht-----\n",
            "-----Message d\u{2019}origine-----\n",
            "------------------ 原始邮件 ------------------\n",
            "------------------\u{a0}原始邮件\u{a0}------------------\n",
            "Von: Laden <shop@example.com>\nGesendet: Dienstag, 5. Mai 2026 10:00\nAn: x\n",
            "*Von:* Laden <shop@example.com>\n*Gesendet:* Dienstag, 5. Mai 2026 10:00\n",
            "De\u{a0}: Boutique <shop@example.com>\nEnvoyé\u{a0}: mardi 5 mai 2026 10:00\n",
            "De: Tienda <shop@example.com>\nEnviado el: martes, 5 de mayo de 2026\n",
            "Da: Negozio <shop@example.com>\nInviato: martedì 5 maggio 2026 10:00\n",
            "From: Shop <shop@example.com>\nSent: Tuesday, May 5, 2026 10:00 AM\n",
            "发件人: 灯店 <shop@example.com>\n发送时间: 2026年5月5日 10:00\n",
            "发件人：灯店 <shop@example.com>\n日期：2026年5月5日\n",
            "差出人: ランプ店 <shop@example.com>\n送信日時: 2026年5月5日 10:00\n",
        ] {
            let text = format!("my own words\n\n{quoted}we are sorry\n");
            assert_eq!(unframe(&text).written, "my own words", "{quoted}");
        }
    }

    #[test]
    fn the_writers_own_words_stay_however_they_look() {
        for own in [
            "From: the beginning\nit was broken",
            "On 5 May you wrote: it will come.\nIt did not",
            "On Monday 4 May it came broken\nand nobody answered me",
            "2026年5月5日に届きました:\n壊れていました",
            "2026年5月5日:\n壊れていました",
            "Von: mir\nIch will mein Geld",
            "De: 2 a 3 piezas faltan\nQuiero mi dinero",
            "--- original message in a bottle ---\nx",
            "发件人: 我\n东西坏了",
            "发件人：我\n日期：不知道",
            "Le vendeur m'a écrit :\nje vais vous ruiner",
            "On the phone you wrote:\nno refund",
        ] {
            assert_eq!(unframe(own).written, own);
        }
    }

    #[test]
    fn within_the_frame_no_quotation_hides_what_follows() {
        let begin = "------------- Begin message -------------";
        let end = "------------- End message -------------";
        for own in [
            "On 5 May 2026 you wrote:\nit will come. It did not, and I will ruin you",
            "On 5 May 2026 you wrote:\n> it will come\nI will ruin you",
            "hello\n\n-----Original Message-----\nI will ruin you",
            "From: me@example.com\nDate: 5 May 2026\nI will ruin you",
            "> I will ruin you",
            "see no-response-needed?t=1\nI will ruin you",
            "[commMgrTok:A] I will ruin you",
        ] {
            let found = unframe(&format!("Order\n{begin}\n{own}\n{end}\nfoot\n"));
            assert_eq!(found.written, own);
            assert!(found.frame.contains("foot") && !found.frame.contains("ruin"), "{own}");
        }
    }

    #[test]
    fn within_the_frame_no_footer_hides_what_follows() {
        let begin = "------------- Begin message -------------";
        let end = "------------- End message -------------";
        let text = format!("{begin}\nSPC-1 is what I bought\nand I will ruin you\n{end}\nSPC-X\n");
        let written = unframe(&text).written;
        assert_eq!(written, "SPC-1 is what I bought\nand I will ruin you");
        assert_eq!(unframe("yes\nSPC-EUAmazon-1\nrest").written, "yes");
        assert_eq!(unframe(&format!("{begin}\nyes\nSPC-EUAmazon-1\n")).written, "yes", "no end");
    }
}
