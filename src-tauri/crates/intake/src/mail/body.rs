//! What the buyer wrote, out of the frame that the marketplace puts around it.

use super::quoted::{is_original, quotes, spaced};
use std::borrow::Cow;

/// Words between dashes before what the buyer wrote: en, ca, de, fr, it, es, pt, ja, zh.
const BEGIN: [&str; 16] = [
    "begin message / début du message",
    "begin message",
    "anfang der nachricht",
    "début du message",
    "inizio messaggio",
    "iniciar mensaje",
    "iniciar mensagem",
    "メッセージはここから",
    "消息开始",
    "message:",
    "messaggio:",
    "mensagem:",
    "mensaje:",
    "nachricht:",
    "メッセージ:",
    "消息:",
];

/// And after it.
const END: [&str; 14] = [
    "end message / fin du message",
    "end message",
    "end of message",
    "ende der nachricht",
    "fin du message",
    "fine messaggio",
    "fine del messaggio",
    "finalizar mensaje",
    "encerrar mensagem",
    "mensagem final",
    "メッセージはここまで",
    "消息结束",
    "fim da mensagem",
    "fin del mensaje",
];

/// Dashes on either side of a marker, at least; the marketplace writes 13 or 14.
const DASHES: usize = 5;

/// Beginnings of lines from which on nothing is the writer's. Within the marketplace's frame all is.
const FOOTERS: [&str; 3] =
    ["[commMgrTok:", "SPC-", "For Your Information: To help arbitrate disputes"];

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
/// beginning of a quotation or of a footer. A conversation that is quoted below the frame is left out,
/// and so is one below a text that has no frame of its own.
pub(super) fn unframe(text: &str) -> Framed {
    let lined = lined(text);
    let lines: Vec<&str> = lined.lines().collect();
    let Some((begin, own)) = beginning(&lines) else {
        return Framed { written: tidy(text), frame: String::new() };
    };
    let (mut frame, mut inside) = (String::new(), String::new());
    let (above, below) = lines.split_at(begin);
    above.iter().for_each(|line| push(&mut frame, line));
    let mut lines = below.iter().skip(1);
    let mut ended = None;
    let again = |line: &str| {
        own.is_some_and(|(first, _)| {
            is_shaped(line, true) || marked(first).is_some() && marked(line) == marked(first)
        })
    };
    for line in lines.by_ref() {
        // A second conversation below.
        if ended.is_some() && (is_marker(line, &BEGIN) || again(line)) {
            break;
        }
        if is_marker(line, &END) || own.is_some_and(|(_, last)| *line == last) {
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

/// With the ends of a frame on lines of their own, where a page set it in one block with the text; others are
/// left as they are, those in quoted lines too.
fn lined(text: &str) -> Cow<'_, str> {
    const DASHES_MIN: &str = "-------------";
    let begins = |line: &str| is_marker(line, &BEGIN);
    if !text.contains(DASHES_MIN) || text.lines().any(begins) {
        return text.into();
    }
    let (mut lined, mut begun, mut rest) = (String::new(), false, text);
    let mut quoted = text.starts_with('>');
    while let Some(at) = rest.find(DASHES_MIN) {
        let (before, from) = rest.split_at(at);
        lined.push_str(before);
        if let Some((_, line)) = before.rsplit_once('\n') {
            quoted = line.trim_start().starts_with('>');
        }
        let inner = from.trim_start_matches('-');
        // A marker is short, and ends in as many dashes.
        let near = inner.get(..inner.floor_char_boundary(INNER_MAX)).unwrap_or(inner);
        let behind = near.find(DASHES_MIN).and_then(|end| inner.get(end..));
        let after = behind.map_or(inner, |behind| behind.trim_start_matches('-'));
        let marker = from.get(..from.len() - after.len()).unwrap_or_default();
        let begin = begins(marker);
        if behind.is_some() && !quoted && (begin || begun && is_marker(marker, &END)) {
            begun |= begin;
            lined.push('\n');
            push(&mut lined, marker);
            rest = after;
        } else {
            // The dashes behind may be those before the words of a marker.
            lined.push_str(from.get(..from.len() - inner.len()).unwrap_or_default());
            rest = inner;
        }
    }
    if !begun {
        return text.into();
    }
    lined.push_str(rest);
    lined.into()
}

/// The line with which the frame around what was written begins; where its language is not known, with
/// its beginning and its end as they stand there.
fn beginning<'a>(lines: &[&'a str]) -> Option<(usize, Option<(&'a str, &'a str)>)> {
    let known = lines.iter().position(|line| is_marker(line, &BEGIN));
    // One that stands above a known one is the outer one.
    let above = lines.get(..known.unwrap_or(lines.len())).unwrap_or_default();
    let found = shaped(above).or_else(|| Some((known?, None)))?;
    // The frame is that of a letter which the writer answers.
    let trimmed = |at: usize| lines.get(at).map_or("", |line| line.trim());
    let quoted = (0..found.0).any(|at| quotes(trimmed(at), trimmed(at + 1)).is_some());
    (!quoted).then_some(found)
}

/// A frame that is told by the form of its ends, the last end before the next beginning among them.
fn shaped<'a>(lines: &[&'a str]) -> Option<(usize, Option<(&'a str, &'a str)>)> {
    let with_colon = lines.iter().position(|line| is_shaped(line, true));
    let found = with_colon.and_then(|at| Some((at, shaped_end(lines, at)?)));
    // Of some languages both are words alone, and differ.
    let found = found.or_else(|| {
        let at = lines.iter().position(|line| is_shaped(line, false))?;
        Some((at, shaped_end(lines, at)?))
    });
    let (at, end) = found?;
    Some((at, Some((*lines.get(at)?, end))))
}

/// The line that ends a frame which begins at `at`.
fn shaped_end<'a>(lines: &[&'a str], at: usize) -> Option<&'a str> {
    let begin = marked(lines.get(at)?).map(|(_, words, _)| words);
    let again = |line: &str| marked(line).map(|(_, words, _)| words) == begin;
    let mut end = None;
    for line in lines.iter().skip(at + 1) {
        let begins = is_shaped(line, true) || again(line);
        if end.is_some() && begins {
            break;
        }
        if !begins && (is_marker(line, &END) || is_shaped(line, false)) {
            end = Some(*line);
        }
    }
    end
}

/// All of it: what is quoted keeps its marks.
fn whole(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    text.lines().for_each(|line| push(&mut whole, line.trim_end()));
    whole.trim().to_owned()
}

/// Whether a text holds a whole frame.
pub(super) fn is_framed(text: &str) -> bool {
    let text = lined(text);
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

/// Longest words of a marker, with the dashes behind them, in bytes.
const INNER_MAX: usize = 140;

/// Longest line that can be a marker, in bytes.
const MARKER_MAX: usize = 400;

/// The words of a line between dashes, and how many dashes stand before and after them.
fn marked(line: &str) -> Option<(usize, String, usize)> {
    if line.len() > MARKER_MAX || !line.contains('-') {
        return None;
    }
    // Web pages are set with unbreakable spaces and with characters that nobody sees.
    let line = spaced(&line.replace(is_unseen, ""));
    let inner = line.trim_matches('-');
    if inner.is_empty() || inner.len() > 100 {
        return None;
    }
    let leading = line.len() - line.trim_start_matches('-').len();
    let trailing = line.len() - line.trim_end_matches('-').len();
    let inner = inner.trim().to_lowercase().replace('：', ":").replace(" :", ":");
    Some((leading, inner, trailing))
}

fn is_marker(line: &str, words: &[&str]) -> bool {
    // Of a few languages the marker has no dashes behind its colon.
    marked(line).is_some_and(|(leading, inner, trailing)| {
        leading >= DASHES
            && (trailing >= DASHES || inner.ends_with(':'))
            && words.contains(&inner.as_str())
    })
}

/// Whether a line has the form of the marketplace's markers, whatever its language: a few words between
/// as many dashes as it writes. Before the text they end in a colon in most.
fn is_shaped(line: &str, begins: bool) -> bool {
    const MANY: std::ops::RangeInclusive<usize> = 13..=14;
    const WORDS_MAX: usize = 40;
    marked(line).is_some_and(|(leading, inner, trailing)| {
        let words = inner.strip_suffix(':').unwrap_or(&inner);
        MANY.contains(&leading)
            && MANY.contains(&trailing)
            && inner.ends_with(':') == begins
            && words.chars().count() <= WORDS_MAX
            && words
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '\u{2019}' | '/'))
            && !is_original(line)
    })
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

/// Whether a character shows nothing and takes no room.
pub(super) const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
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
            ("Mensagem:  ", "Encerrar mensagem"),
            ("Iniciar mensagem", "Mensagem final"),
            ("Message :", "Fin du message"),
            ("Message:", "End of message"),
            ("Message:", "Finalizar mensaje"),
            ("メッセージはここから", "メッセージはここまで"),
            ("メッセージ：", "メッセージはここまで"),
            ("Bericht:", "Einde bericht"),
            ("Wiadomość:", "Koniec wiadomości"),
            ("Mesaj:", "Mesajın sonu"),
            ("Begin bericht", "Einde bericht"),
            ("Początek wiadomości", "Koniec wiadomości"),
            ("Meddelandets början", "Meddelandets slut"),
            ("Mesaj başlangıcı", "Mesaj sonu"),
            ("بداية الرسالة", "نهاية الرسالة"),
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
    fn a_frame_in_one_block_with_the_text_is_one_all_the_same() {
        let mark = |words: &str| format!("{0} {words} {0}", "-".repeat(13));
        let (begin, end) = (mark("Iniciar mensagem"), mark("Mensagem final"));
        let block = format!("Prezado Loja, uma c\u{f3}pia. {begin} Tem, sim. {end} Amazon.com.br");
        assert!(is_framed(&block));
        let found = unframe(&block);
        assert_eq!(found.written, "Tem, sim.");
        assert!(found.frame.contains("Prezado") && found.frame.contains("Amazon.com.br"));
        let made_up = format!("Order {begin} ok {end} I will ruin you {end} foot");
        assert!(unframe(&made_up).written.ends_with("I will ruin you"));
        // One that is quoted is the shop's.
        let answer = format!(
            "I want my money\n\nOn Mon, 1 Jun 2026, Shop wrote:\n> x {begin} sorry {end} y"
        );
        assert_eq!(unframe(&answer).written, "I want my money");
        let answer =
            format!("I want my money\n\nOn Mon, 1 Jun 2026, Shop wrote:\nx {begin} sorry {end} y");
        assert_eq!(unframe(&answer).written, "I want my money");
        assert_eq!(unframe(&format!("No.\n> x {begin} sorry {end} y")).written, "No.");
        for own in [
            format!("it says {end} here"),
            format!("{} {}", "-".repeat(40), mark("Hello")),
            format!("{0} a {0} b {0}", "-".repeat(13)),
            "-".repeat(5_000),
        ] {
            assert_eq!(unframe(&own).written, own);
        }
        let table = format!("{}\u{e9} {begin} x {end}", "-".repeat(20));
        assert_eq!(unframe(&table).written, "x");
    }

    #[test]
    fn a_frame_in_an_unknown_language_needs_both_of_its_ends() {
        let line = |words: &str, dashes: usize| {
            let dashes = "-".repeat(dashes);
            format!("{dashes} {words} {dashes}")
        };
        let framed = format!(
            "Order\n{}\n{}\nI will ruin you\n{}\nfoot\n{}\n",
            line("Poruka:", 13),
            line("Kraj poruke", 13),
            line("Kraj poruke", 13),
            "-".repeat(26),
        );
        let found = unframe(&framed);
        assert!(found.written.ends_with("I will ruin you"), "{}", found.written);
        assert!(found.frame.contains("foot"));
        for text in [
            format!("I will ruin you\n{}\nand nothing ends", line("Note:", 13)),
            format!("I will ruin you\n{}\nx\n{}", line("Note:", 20), line("End of it", 20)),
            format!("I will ruin you\n{}\nx\n{}", line("5 parts:", 13), line("5 parts", 13)),
            format!("I will ruin you\n{}\nx\n{}", line("again", 13), line("again", 13)),
            format!("I will ruin you\n{}\nand nothing ends", line("again", 13)),
        ] {
            assert_eq!(unframe(&text).written, text);
        }
    }

    #[test]
    fn a_conversation_below_a_frame_in_an_unknown_language_is_not_the_writers() {
        let framed = |begin: &str, text: &str, end: &str| {
            let dashes = "-".repeat(13);
            format!("{dashes} {begin} {dashes}\n{text}\n{dashes} {end} {dashes}\nfoot\n")
        };
        let own = framed("Poruka:", "I want my money", "Kraj poruke");
        for below in [
            framed("Begin message", "we are sorry", "End message"),
            framed("Sporočilo:", "we are sorry", "Konec sporočila"),
            framed("Poruka:", "we are sorry", "Kraj poruke"),
        ] {
            let found = unframe(&format!("Order\n{own}{below}"));
            assert_eq!(found.written, "I want my money", "{below}");
            assert!(found.frame.contains("sorry"), "{below}");
        }
        let own = framed("Begin bericht", "I want my money", "Einde bericht");
        for below in [
            framed("Begin bericht", "we are sorry", "Einde bericht"),
            framed("Begin message", "we are sorry", "End message"),
        ] {
            let found = unframe(&format!("Order\n{own}{below}"));
            assert_eq!(found.written, "I want my money", "{below}");
            assert!(found.frame.contains("sorry"), "{below}");
        }
        // A beginning that the writer made up hides nothing either.
        let made_up =
            framed("Poruka:", "x\n------------- Note: -------------\nruin", "Kraj poruke");
        assert!(unframe(&made_up).written.ends_with("ruin"));
    }

    #[test]
    fn the_frame_of_a_letter_that_is_answered_is_not_the_answers() {
        let shop = "Order ID 305-1234567-7654321:\n------------- Begin message -------------\n\
                    We are sorry.\n------------- End message -------------\nfoot\n";
        for quoted in [
            "-----Original Message-----\nFrom: Shop - Amazon Marketplace\nSent: Tuesday, May 5, 2026 9:08 AM\n",
            "On Tue, May 5, 2026 at 9:08 AM Shop <shop@example.com> wrote:\n",
            "Op di 5 mei 2026 om 10:00 schreef Winkel <shop@example.com>:\n",
            "Den tis 5 maj 2026 kl 10:00 skrev Butik <shop@example.com>:\n",
            "wt., 5 maj 2026 o 10:00 Sklep <shop@example.com> napisał(a):\n",
            "Mağaza <shop@example.com>, 5 May 2026 Sal, 10:00 tarihinde şunu yazdı:\n",
            "Från: Butik <shop@example.com>\nSkickat: den 5 maj 2026 10:00\n",
            // Whatever the language: who, when, and a colon.
            "út 5. 5. 2026 v 10:00 odesílatel Obchod <shop@example.com> napsal:\n",
            "tir. 5. mai 2026 kl. 10:00 skrev Butikk <shop@example.com>:\n",
            "ti 5. toukok. 2026 klo 10.00 Kauppa\n<shop@example.com> kirjoitti:\n",
            "вт, 5 мая 2026 г. в 10:00, Магазин <shop@example.com>:\n",
            "Shop <shop@example.com> schrieb am 5. Mai 2026:\n",
            "2026년 5월 5일 (화) 오전 10:00, 가게 <shop@example.com>님이 작성:\n",
            "-----Opprinnelig melding-----\n",
            "-----邮件原件-----\n",
            "-----原始郵件-----\n",
        ] {
            let found = unframe(&format!("I want my money\n\n{quoted}\n{shop}"));
            assert_eq!((&*found.written, &*found.frame), ("I want my money", ""), "{quoted}");
        }
    }

    #[test]
    fn quotations_and_footers_are_left_out() {
        let below =
            "On Mon, 1 Jun 2026, Shop\nwrote:\n\n> we are sorry\n> truly\n\nI want my money";
        assert_eq!(unframe(below).written, "I want my money", "an answer below");
        let text = "I want my money\n\nOn Mon, 1 Jun 2026, Shop wrote:\n> we are sorry\n";
        assert_eq!(unframe(text).written, "I want my money");
        assert_eq!(unframe("yes\n[commMgrTok:A1]\nrest").written, "yes");
        let old = "yes\n\nFor Your Information: To help arbitrate disputes and preserve trust and \
                   safety, we retain all messages.";
        assert_eq!(unframe(old).written, "yes");
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
            "-----Original-Nachricht-----\nBetreff: Lampe\nDatum: 2026-05-05\n",
            "----- Mail original -----\nDe: Boutique\n",
            "-------- Message transféré --------\nSujet : Lampe\n",
            "---------- Mensaje reenviado ----------\nAsunto: x\n",
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
            "I wrote to <shop@example.com>:\nno answer",
            "On 5 May 2026 I bought this <b>lamp</b> @ home:\nit is broken",
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
