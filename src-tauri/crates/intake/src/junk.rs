//! Files that are no text, told by their first bytes.

use crate::IntakeError;
use crate::error::FileKind;

/// First bytes of files that people drop by mistake.
const MAGIC: &[(&[u8], FileKind)] = &[
    (b"\x89PNG", FileKind::Image),
    (b"\xff\xd8\xff", FileKind::Image),
    (b"GIF8", FileKind::Image),
    (b"II*\0", FileKind::Image),
    (b"MM\0*", FileKind::Image),
    (b"\0\0\x01\0", FileKind::Image),
    (b"%PDF-", FileKind::Pdf),
    (b"PK\x03\x04", FileKind::Zip),
    (b"PK\x05\x06", FileKind::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::OldOffice),
    (b"\x1f\x8b", FileKind::Compressed),
    (b"BZh", FileKind::Compressed),
    (b"\xfd7zXZ\0", FileKind::Compressed),
    (b"7z\xbc\xaf\x27\x1c", FileKind::Compressed),
    (b"Rar!\x1a\x07", FileKind::Compressed),
    (b"\x28\xb5\x2f\xfd", FileKind::Compressed),
    (b"SQLite format 3\0", FileKind::Database),
    (b"\x7fELF", FileKind::Program),
    (b"\xcf\xfa\xed\xfe", FileKind::Program),
    (b"\xca\xfe\xba\xbe", FileKind::Program),
    (b"ID3", FileKind::Media),
    (b"OggS", FileKind::Media),
    (b"\x1a\x45\xdf\xa3", FileKind::Media),
];

/// Refuses a source whose first bytes are those of something other than a report.
pub(crate) fn refuse(prefix: &[u8]) -> Result<(), IntakeError> {
    if let Some(kind) = kind(prefix) {
        return Err(match kind {
            FileKind::Zip | FileKind::OldOffice | FileKind::Compressed => {
                IntakeError::Archive { kind }
            }
            _ => IntakeError::NotText { kind },
        });
    }
    Ok(())
}

fn kind(prefix: &[u8]) -> Option<FileKind> {
    let at =
        |from: usize, what: &[u8]| prefix.get(from..).is_some_and(|rest| rest.starts_with(what));
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| prefix.starts_with(magic)) {
        return Some(*kind);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some(FileKind::Image);
    }
    if at(0, b"RIFF") && (at(8, b"AVI ") || at(8, b"WAVE")) {
        return Some(FileKind::Media);
    }
    if at(4, b"ftyp") {
        let picture = [&b"heic"[..], b"heix", b"mif1", b"avif"].iter().any(|brand| at(8, brand));
        return Some(if picture { FileKind::Image } else { FileKind::Media });
    }
    // `BM` and `MZ` also begin words; both are followed by binary numbers.
    let control = |byte: &u8| *byte == 0;
    if at(0, b"BM") && prefix.iter().skip(2).take(12).any(control) {
        return Some(FileKind::Image);
    }
    if at(0, b"MZ") && prefix.iter().skip(2).take(62).any(control) {
        return Some(FileKind::Program);
    }
    None
}

/// Refuses text that is a web page, XML, JSON, or that is hardly text at all.
pub(crate) fn refuse_text(prefix: &str) -> Result<(), IntakeError> {
    let control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    let controls = prefix.chars().filter(control).count();
    // Only the first line, the header, is sure to be ASCII in every encoding.
    let first = prefix.trim_start().lines().next().unwrap_or_default();
    let unreadable = first.chars().filter(|c| *c == '\u{fffd}').count();
    if controls * 20 > prefix.chars().count() || unreadable * 10 > first.chars().count() {
        return Err(IntakeError::NotText { kind: FileKind::Binary });
    }
    let text = prefix.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let begins =
        |what: &str| text.get(..what.len()).is_some_and(|head| head.eq_ignore_ascii_case(what));
    let page =
        ["<!doctype html", "<html", "<head", "<body", "<script", "<meta"].into_iter().any(begins);
    if page || begins("<?xml") && text.to_ascii_lowercase().contains("<html") {
        return Err(IntakeError::WebPage);
    }
    if begins("<?xml") || begins("<") {
        return Err(IntakeError::Structured { kind: FileKind::Xml });
    }
    if begins("{") || begins("[") {
        return Err(IntakeError::Structured { kind: FileKind::Json });
    }
    Ok(())
}
