//! What a file is, by its content.

use std::panic::catch_unwind;

use infer::MatcherType;

use crate::text::{Shape, shape};

/// How a file can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// A picture.
    Image,
    /// A PDF.
    Pdf,
    /// A video.
    Video,
    /// A sound recording.
    Audio,
    /// A letter, `.eml`.
    Mail,
    /// Text, and markup shown as its source.
    Text,
    /// Anything else: kept, never shown.
    Other,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 7] =
        [Self::Image, Self::Pdf, Self::Video, Self::Audio, Self::Mail, Self::Text, Self::Other];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Pdf => "pdf",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Mail => "mail",
            Self::Text => "text",
            Self::Other => "other",
        }
    }

    /// The class of a stored media type. Types that [`sniff`] never answers are
    /// [`Other`](Self::Other).
    #[must_use]
    pub fn of(mime: &str) -> Self {
        match mime {
            "application/pdf" => Self::Pdf,
            "message/rfc822" => Self::Mail,
            "text/plain" | "text/csv" => Self::Text,
            "image/svg+xml" => Self::Other,
            _ if mime.starts_with("image/") => Self::Image,
            _ if mime.starts_with("video/") => Self::Video,
            _ if mime.starts_with("audio/") => Self::Audio,
            _ => Self::Other,
        }
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MediaType {
    /// The media type, e.g. `image/png`. Never one that a browser would render as a page.
    pub mime: &'static str,
    /// How it can be looked at.
    pub class: Class,
}

impl MediaType {
    const fn new(mime: &'static str, class: Class) -> Self {
        Self { mime, class }
    }

    /// Bytes of no known kind.
    pub const UNKNOWN: Self = Self::new("application/octet-stream", Class::Other);
}

/// Where a PDF's mark may stand: readers accept a little before it.
const PDF_MARK_WITHIN: usize = 1024;

/// What a file is, by its first bytes (8 KiB are plenty). The name only tells apart kinds of text.
///
/// Markup of any kind, HTML and SVG included, is plain text whatever the file is called.
#[must_use]
pub fn sniff(head: &[u8], name: &str) -> MediaType {
    if head.is_empty() {
        return MediaType::UNKNOWN;
    }
    let pdf = MediaType::new("application/pdf", Class::Pdf);
    if head.starts_with(b"%PDF-") {
        return pdf;
    }
    // Before the signatures: two letters of a note are the signature of a picture.
    match shape(head) {
        Shape::Utf8 | Shape::Wide(_) => return text_kind(name),
        // A legacy encoding looks like any short run of bytes, so a signature goes first.
        Shape::Legacy => return binary(head).unwrap_or_else(|| text_kind(name)),
        Shape::Binary => {}
    }
    let within = head.get(..head.len().min(PDF_MARK_WITHIN)).unwrap_or_default();
    binary(head)
        .or_else(|| memchr::memmem::find(within, b"%PDF-").map(|_| pdf))
        .unwrap_or(MediaType::UNKNOWN)
}

fn binary(head: &[u8]) -> Option<MediaType> {
    // Written for arbitrary bytes, yet a panic here would end an import.
    let found = catch_unwind(|| infer::get(head)).ok().flatten()?;
    let mime = found.mime_type();
    Some(match found.matcher_type() {
        // Fewer signature bytes than chance needs.
        MatcherType::Image if mime == "image/bmp" && !is_bmp(head) => return None,
        MatcherType::Image => MediaType::new(mime, Class::Image),
        MatcherType::Video => MediaType::new(mime, Class::Video),
        MatcherType::Audio => MediaType::new(mime, Class::Audio),
        MatcherType::Text => MediaType::new("text/plain", Class::Text),
        _ if mime == "application/pdf" => MediaType::new(mime, Class::Pdf),
        _ => MediaType::new(mime, Class::Other),
    })
}

/// A bitmap's header names its own size, of which only a few are known.
fn is_bmp(head: &[u8]) -> bool {
    matches!(head.get(14..18), Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

fn text_kind(name: &str) -> MediaType {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
    if extension.eq_ignore_ascii_case("eml") {
        MediaType::new("message/rfc822", Class::Mail)
    } else if extension.eq_ignore_ascii_case("csv") {
        MediaType::new("text/csv", Class::Text)
    } else {
        MediaType::new("text/plain", Class::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn class(head: &[u8], name: &str) -> (&'static str, Class) {
        let found = sniff(head, name);
        (found.mime, found.class)
    }

    #[test]
    fn content_decides_and_not_the_extension() {
        let filler = [0x9c_u8, 0, 3, 0xff].repeat(64);
        let with = |head: &[u8]| [head, &filler].concat();
        for (bytes, mime, expected) in [
            (samples::png(4, 4), "image/png", Class::Image),
            (samples::jpeg(8, 8), "image/jpeg", Class::Image),
            (samples::gif(3), "image/gif", Class::Image),
            (samples::bmp(4, 4), "image/bmp", Class::Image),
            (samples::tiff(4, 4), "image/tiff", Class::Image),
            (samples::webp(4, 4), "image/webp", Class::Image),
            (with(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "image/heif", Class::Image),
            (samples::pdf("one"), "application/pdf", Class::Pdf),
            (with(b"\n\nscanner\n%PDF-1.4\n"), "application/pdf", Class::Pdf),
            (samples::mp4(0), "video/mp4", Class::Video),
            (with(b"\0\0\0\x14ftypqt  "), "video/quicktime", Class::Video),
            (with(b"RIFF\x10\x20\0\0WAVEfmt "), "audio/x-wav", Class::Audio),
            (with(b"ID3\x03\0\0\0\0\0\0"), "audio/mpeg", Class::Audio),
            (with(b"PK\x03\x04"), "application/zip", Class::Other),
            (
                with(b"MZ\x90\0\x03\0"),
                "application/vnd.microsoft.portable-executable",
                Class::Other,
            ),
            (filler.clone(), "application/octet-stream", Class::Other),
            (Vec::new(), "application/octet-stream", Class::Other),
        ] {
            for name in ["a.png", "a.html", "a.exe", "a.eml", "", "."] {
                assert_eq!(class(&bytes, name), (mime, expected), "{name}");
            }
        }
    }

    #[test]
    fn markup_is_text_whatever_its_name() {
        for head in [
            &b"<!DOCTYPE html><script>alert(1)</script>"[..],
            b"<html><body>",
            b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            b"<?xml version='1.0'?><svg onload='x()'/>",
            b"\xff\xfe<\0s\0v\0g\0>\0",
        ] {
            for name in ["photo.png", "page.html", "drawing.svg", "clip.mp4", "x"] {
                assert_eq!(class(head, name), ("text/plain", Class::Text), "{name}");
            }
        }
        // A zero byte makes it binary, but never a page.
        let torn = [&b"<html>"[..], &[0; 40]].concat();
        assert_ne!(sniff(&torn, "a.html").mime, "text/html");
    }

    #[test]
    fn the_name_tells_kinds_of_text_apart() {
        let letter = b"From: a@example.com\nSubject: x\n\nbody";
        assert_eq!(class(letter, "MAIL.EML"), ("message/rfc822", Class::Mail));
        assert_eq!(class(letter, "mail.txt"), ("text/plain", Class::Text));
        assert_eq!(class(b"a,b\n1,2\n", "a.csv"), ("text/csv", Class::Text));
        // 订单 in GBK, and a note that begins like a bitmap.
        assert_eq!(class(b"\xb6\xa9\xb5\xa5: 1\r\n", "a.txt"), ("text/plain", Class::Text));
        assert_eq!(class(b"BM order came back", "a"), ("text/plain", Class::Text));
        let long = format!("{}\u{202e}gnp.eml", "n".repeat(300));
        assert_eq!(class(letter, &long), ("message/rfc822", Class::Mail));
    }

    #[test]
    fn what_is_stored_leads_back_to_its_class() {
        for (bytes, name) in [
            (samples::png(2, 2), "a"),
            (samples::pdf("x"), "a"),
            (samples::mp4(0), "a"),
            (b"text".to_vec(), "a.csv"),
            (b"From: a\n".to_vec(), "a.eml"),
            (vec![0; 9], "a"),
        ] {
            let found = sniff(&bytes, name);
            assert_eq!(Class::of(found.mime), found.class);
        }
        assert_eq!(Class::of("image/svg+xml"), Class::Other);
        assert_eq!(Class::of("text/html"), Class::Other);
    }

    #[test]
    fn no_head_panics() {
        for seed in samples::seeds() {
            samples::mutations(&seed, 400, |bytes| {
                let _ = sniff(bytes, "a.b");
            });
            for cut in 0..seed.len().min(600) {
                let _ = sniff(&seed[..cut], "a");
            }
        }
    }
}
