//! What reads bytes from outside, as functions that a fuzzer feeds: nothing here may break down,
//! hang or take more memory than a small multiple of its input.

use buyerwatch_domain::{Event, IdentifierKind, ObservedOrder};
use buyerwatch_intake::{Hints, Report, mail, preview};
use buyerwatch_mailbox::{Content, Place, fuzz::visit, shown};
use buyerwatch_matching::{BlindKey, identifier_tokens};
use buyerwatch_media::{Limits, captured, pdf, sniff, text, thumbnail};
use buyerwatch_signals::{PhraseList, Reader, shipped_lists};
use std::{io::Cursor, sync::OnceLock};

/// One thing that reads.
pub struct Target {
    /// Its name, also that of the folder of its seeds.
    pub name: &'static str,
    /// Reads bytes and forgets what came of it.
    pub read: fn(&[u8]),
}

/// Everything that reads bytes from outside.
pub const TARGETS: [Target; 16] = [
    Target { name: "report", read: report },
    Target { name: "structured", read: report },
    Target { name: "workbook", read: report },
    Target { name: "preview", read: table },
    Target { name: "letter", read: letter },
    Target { name: "mbox", read: mbox },
    Target { name: "mailbox", read: mailbox },
    Target { name: "folder", read: folder },
    Target { name: "picture", read: picture },
    Target { name: "pdf", read: page },
    Target { name: "captured", read: capture },
    Target { name: "shown_mail", read: shown_mail },
    Target { name: "shown_text", read: shown_text },
    Target { name: "phrases", read: phrases },
    Target { name: "message", read: message },
    Target { name: "identifier", read: identifier },
];

/// Rows that are read of one file; more say nothing new.
const ROWS: usize = 10_000;

fn report(bytes: &[u8]) {
    let Ok(mut report) = Report::open(Cursor::new(bytes), Hints::default()) else { return };
    let (mut order, mut after) = (ObservedOrder::default(), Vec::new());
    for _ in 0..ROWS {
        match report.next(&mut order, &mut after) {
            Ok(Some(_)) => after.clear(),
            Ok(None) | Err(_) => break,
        }
    }
    let _ = report.position();
}

fn table(bytes: &[u8]) {
    let _ = preview(Cursor::new(bytes));
}

fn letter(bytes: &[u8]) {
    let _ = mail::recognize(bytes);
    let Ok(read) = mail::parse_whole(bytes, None) else { return };
    for message in std::iter::once(&read.message).chain(&read.attached) {
        for file in &message.attachments {
            // Text is kept as UTF-8, in which a byte that means nothing is shown by three.
            let most = bytes.len().saturating_mul(3);
            assert!(file.content.len() <= most, "an attachment longer than the letter");
        }
    }
    assert!(read.attached.iter().all(|one| one.compared().is_none()), "nobody vouches for it");
    let _ = read.message.compared();
}

/// Letters that are read to their end and to no more; more say nothing new.
const LETTERS: usize = 64;

fn mbox(bytes: &[u8]) {
    let mut reader = mail::MboxReader::new(bytes, 0);
    let mut before: Option<mail::MboxItem> = None;
    for _ in 0..LETTERS {
        let Ok(letter) = reader.next_letter() else { return };
        // An import that was broken off goes on at the end of a letter.
        if let Some(before) = before.take() {
            let rest = usize::try_from(before.end).ok().and_then(|end| bytes.get(end..));
            let mut again = mail::MboxReader::new(rest.unwrap_or_default(), before.end);
            assert_eq!(again.next_letter().ok().flatten(), letter, "read on from {}", before.end);
        }
        if letter.is_none() {
            return;
        }
        before = letter;
    }
}

fn mailbox(bytes: &[u8]) {
    let visited = visit(bytes);
    let (mut before, mut held) = (Place::default(), 0);
    for (letters, place) in visited.taken {
        let mut last = before.last_uid;
        for letter in letters {
            assert!(letter.uid > last, "letter {} after {last}", letter.uid);
            last = letter.uid;
            held += if let Content::Whole(letter) = letter.content { letter.len() } else { 0 };
        }
        assert!(last <= place.last_uid, "letter {last} beyond the place {}", place.last_uid);
        before = place;
    }
    assert!(held <= bytes.len(), "letters that are longer than the answers");
}

fn folder(bytes: &[u8]) {
    let Ok(name) = std::str::from_utf8(bytes) else { return };
    let shown = shown(name);
    // Eight digits hold three units, each of which is shown by three bytes at most.
    assert!(shown.len() <= name.len().saturating_mul(2), "a name of more than it was written with");
    let hides = |text: &str| text.chars().filter(|c| c.is_control()).count();
    assert!(hides(&shown) <= hides(name), "control characters that nobody wrote");
    if !name.contains('&') {
        assert_eq!(shown, name);
    }
}

fn picture(bytes: &[u8]) {
    let media = sniff(bytes.get(..bytes.len().min(4_096)).unwrap_or_default(), "");
    // As little as proves that the limit holds.
    let limits = Limits { pixels: 4_000_000, memory: 32 << 20, ..Limits::default() };
    let _ = thumbnail(bytes, media.mime, &limits);
}

fn page(bytes: &[u8]) {
    if pdf::pages(bytes).is_ok_and(|pages| pages > 0) {
        let _ = pdf::render(bytes, 0, 64);
    }
}

fn capture(bytes: &[u8]) {
    for mime in
        ["image/jpeg", "image/heic", "image/png", "video/mp4", "video/quicktime", "video/webm"]
    {
        let _ = captured(Cursor::new(bytes), mime);
    }
}

fn shown_mail(bytes: &[u8]) {
    if let Ok(view) = buyerwatch_media::mail(bytes) {
        for (index, _) in view.attachments.iter().enumerate().take(8) {
            let _ = buyerwatch_media::attachment(bytes, index);
        }
    }
}

fn shown_text(bytes: &[u8]) {
    let _ = text(bytes, 1 << 16);
}

fn phrases(bytes: &[u8]) {
    let Ok(list) = std::str::from_utf8(bytes) else { return };
    let (list, message) = list.split_once('\0').unwrap_or((list, list));
    if let Ok(list) = PhraseList::parse(list)
        && let Ok(reader) = Reader::new(&[list])
    {
        check(&reader, message);
    }
}

fn message(bytes: &[u8]) {
    static SHIPPED: OnceLock<Option<Reader>> = OnceLock::new();
    let shipped = SHIPPED.get_or_init(|| Reader::new(&shipped_lists().ok()?).ok());
    if let (Some(reader), Ok(text)) = (shipped, std::str::from_utf8(bytes)) {
        check(reader, text);
    }
}

/// Words that are marked are words of the message.
fn check(reader: &Reader, message: &str) {
    for finding in reader.read(message).findings {
        for words in finding.words {
            assert!(message.get(words).is_some(), "words beyond the message");
        }
    }
}

fn identifier(bytes: &[u8]) {
    let key = BlindKey::from_bytes([7; 32]);
    if let Ok(value) = std::str::from_utf8(bytes) {
        for kind in IdentifierKind::ALL {
            let _ = identifier_tokens(&key, kind, value);
        }
        let _ = serde_json::from_str::<Event>(value);
    }
}
