//! Letters: who wrote to whom, and what, as text.

use std::fmt::Write;
use std::time::Duration;

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use memchr::{memchr_iter, memmem};

use crate::worker::bounded;
use crate::{Limits, PreviewError};

/// What is shown of a letter. Nothing that it refers to is ever loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailView {
    /// Who wrote it, as it says itself: `Name <address>`.
    pub from: String,
    /// To whom, separated by commas.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it says it was written, in milliseconds since 1970.
    pub date_ms: Option<i64>,
    /// Its body as text; of an HTML body only the text.
    pub body: String,
    /// Whether the body was longer than is shown.
    pub truncated: bool,
    /// What hangs on it, in order.
    pub attachments: Vec<Attachment>,
}

/// What hangs on a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The name that the letter gives it, which may be anything: never a path to write to.
    pub name: String,
    /// The type that the letter claims.
    pub mime: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Most bytes of a letter. Mail servers let less than this through.
const MAIL_MAX: u64 = 64 << 20;

/// Most bytes of a body that are shown.
const BODY_MAX: usize = 1 << 20;

/// Most characters of a header that are shown.
const HEADER_MAX: usize = 4096;

/// Most letters within letters. Each is dropped inside the one around it.
const NESTED_MAX: usize = 100;

/// Most lines that begin a part, and most that can be a header. The parser needs some fifty times
/// their bytes for each.
const PARTS_MAX: usize = 10_000;
const HEADERS_MAX: usize = 200_000;

/// A header line has its colon early.
const NAME_MAX: usize = 100;

const TIME: Duration = Duration::from_secs(10);

/// What is shown of a letter.
///
/// # Errors
///
/// [`PreviewError::NotMail`] for what has no headers, [`PreviewError::TooComplex`] for nesting
/// beyond reason.
pub fn mail(bytes: &[u8]) -> Result<MailView, PreviewError> {
    with_message(bytes, |message| {
        let (body, truncated) = body(message);
        Ok(MailView {
            from: people(message.from()),
            to: people(message.to()),
            subject: line(message.subject().unwrap_or_default()),
            date_ms: message.date().and_then(|date| date.to_timestamp().checked_mul(1000)),
            body,
            truncated,
            attachments: message.attachments().map(attachment_of).collect(),
        })
    })
}

/// The bytes of what hangs on a letter, by its place in [`MailView::attachments`].
///
/// # Errors
///
/// [`PreviewError::Unsupported`] when there is none at this place, and whatever [`mail`] says.
pub fn attachment(bytes: &[u8], index: usize) -> Result<Vec<u8>, PreviewError> {
    with_message(bytes, move |message| {
        let part = message.attachments().nth(index).ok_or(PreviewError::Unsupported)?;
        Ok(contents(part).to_vec())
    })
}

fn with_message<T: Send + 'static>(
    bytes: &[u8],
    look: impl FnOnce(&Message<'_>) -> Result<T, PreviewError> + Send + 'static,
) -> Result<T, PreviewError> {
    let limits = Limits { source: MAIL_MAX, time: TIME, ..Limits::default() };
    let bytes = limits.read(bytes)?;
    bounded(limits.time, move |deadline| {
        plain_enough(&bytes)?;
        deadline.check()?;
        let message = MessageParser::default().parse(&bytes).ok_or(PreviewError::NotMail)?;
        if message.headers().is_empty() {
            return Err(PreviewError::NotMail);
        }
        look(&message)
    })
}

/// Refuses what would become far more in memory than it is in the file.
fn plain_enough(bytes: &[u8]) -> Result<(), PreviewError> {
    let mut parts = 0;
    let mut headers = 0;
    let mut start = 0;
    for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = bytes.get(start..end).unwrap_or_default();
        start = end + 1;
        if line.starts_with(b"--") {
            parts += 1;
        } else if memchr::memchr(b':', line.get(..NAME_MAX).unwrap_or(line)).is_some() {
            headers += 1;
        }
    }
    let nested = nested(bytes);
    if parts > PARTS_MAX || headers > HEADERS_MAX || nested > NESTED_MAX {
        return Err(PreviewError::TooComplex);
    }
    Ok(())
}

/// How often a part could be a letter of its own: the subtypes that begin one.
fn nested(bytes: &[u8]) -> usize {
    let lower = bytes.to_ascii_lowercase();
    // As a subtype it follows a slash, perhaps with blanks or a comment between.
    let after_slash = |at: &usize| {
        lower.get(at.saturating_sub(64)..*at).is_some_and(|before| before.contains(&b'/'))
    };
    let count = |word: &[u8]| memmem::find_iter(&lower, word).filter(after_slash).count();
    count(b"rfc822") + count(b"global") + count(b"digest")
}

fn people(address: Option<&Address<'_>>) -> String {
    let mut people = String::new();
    for person in address.into_iter().flat_map(Address::iter) {
        if people.len() > HEADER_MAX {
            break;
        }
        if !people.is_empty() {
            people.push_str(", ");
        }
        let name = person.name().unwrap_or_default().trim();
        let _infallible = match (name, person.address()) {
            ("", Some(address)) => write!(people, "{address}"),
            (name, Some(address)) => write!(people, "{name} <{address}>"),
            (name, None) => write!(people, "{name}"),
        };
    }
    line(&people)
}

/// One line of what was in a header: line breaks and other control characters are blanks.
fn line(text: &str) -> String {
    let blank = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(blank).take(HEADER_MAX).collect::<String>().trim().to_owned()
}

/// The text of all bodies. Where there is HTML only, the parser leaves its tags, styles and scripts
/// out.
fn body(message: &Message<'_>) -> (String, bool) {
    let mut body = String::new();
    for position in 0..message.text_body_count() {
        let Some(text) = message.body_text(position) else { continue };
        if !body.is_empty() {
            body.push_str("\n\n");
        }
        let room = BODY_MAX.saturating_sub(body.len());
        let end = text.floor_char_boundary(room);
        body.push_str(text.get(..end).unwrap_or_default());
        if end < text.len() {
            return (shown(&body), true);
        }
    }
    (shown(&body), false)
}

fn shown(text: &str) -> String {
    let keep = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(|c| *c != '\r').map(|c| if keep(c) { c } else { '\u{fffd}' }).collect()
}

fn contents<'a>(part: &'a MessagePart<'_>) -> &'a [u8] {
    match &part.body {
        PartType::Message(message) => message.raw_message(),
        _ => part.contents(),
    }
}

fn attachment_of(part: &MessagePart<'_>) -> Attachment {
    let declared = part.content_type().map(|kind| match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
        None => kind.ctype().to_owned(),
    });
    let name = match (part.attachment_name(), &part.body) {
        (Some(name), _) => line(name),
        (None, PartType::Message(message)) => {
            let subject = line(message.subject().unwrap_or_default());
            if subject.is_empty() { subject } else { format!("{subject}.eml") }
        }
        (None, _) => String::new(),
    };
    Attachment {
        name,
        mime: line(&declared.unwrap_or_else(|| "application/octet-stream".into())),
        bytes: contents(part).len() as u64,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::samples;

    fn code(bytes: &[u8]) -> &'static str {
        mail(bytes).map_or_else(|error| error.code(), |_| "shown")
    }

    #[test]
    fn a_letter_is_read() {
        let view = mail(&samples::eml()).unwrap();
        assert_eq!(view.from, "A Buyer <buyer@example.com>");
        assert_eq!(view.to, "Shop <shop@example.com>, other@example.com");
        assert_eq!(view.subject, "退款 now");
        assert_eq!(view.date_ms, Some(1_772_600_767_000));
        assert!(view.body.contains("I never got it, 49 €"), "{}", view.body);
        assert!(!view.truncated);
        let [photo] = view.attachments.as_slice() else { panic!("{:?}", view.attachments) };
        assert_eq!((photo.name.as_str(), photo.mime.as_str()), ("../../photo.png", "image/png"));
        assert_eq!(attachment(&samples::eml(), 0).unwrap(), samples::png(4, 4));
        assert_eq!(photo.bytes, samples::png(4, 4).len() as u64);
        assert!(matches!(attachment(&samples::eml(), 1), Err(PreviewError::Unsupported)));
    }

    #[test]
    fn of_html_only_the_text_is_left() {
        let letter = b"From: a@example.com\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n\
            <html><head><style>p{}</style><script>steal()</script></head><body>\
            <p onclick='x()'>Hello <b>there</b> &amp; you</p>\
            <img src='http://example.com/pixel.gif'></body></html>";
        let view = mail(letter).unwrap();
        assert_eq!(view.body.trim(), "Hello there & you");
    }

    #[test]
    fn chinese_charsets_are_decoded() {
        let body = encoding_rs::GBK.encode("包裹是空的").0.into_owned();
        let letter =
            [&b"From: a@example.com\nContent-Type: text/plain; charset=gb2312\n\n"[..], &body]
                .concat();
        assert_eq!(mail(&letter).unwrap().body, "包裹是空的");
    }

    #[test]
    fn a_forwarded_letter_is_an_attachment() {
        let letter = b"From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
            Content-Type: text/plain\n\nsee below\n--b\nContent-Type: message/rfc822\n\n\
            From: b@example.com\nSubject: first one\n\ninner\n--b--\n";
        let view = mail(letter).unwrap();
        assert_eq!(view.body.trim(), "see below");
        let [inner] = view.attachments.as_slice() else { panic!("{:?}", view.attachments) };
        assert_eq!((inner.name.as_str(), inner.mime.as_str()), ("first one.eml", "message/rfc822"));
        let inner = mail(&attachment(letter, 0).unwrap()).unwrap();
        assert_eq!((inner.from.as_str(), inner.body.trim()), ("b@example.com", "inner"));
    }

    #[test]
    fn bombs_are_refused() {
        let started = Instant::now();
        let nested = b"Content-Type: message/rfc822\n\n".repeat(200_000);
        assert_eq!(code(&nested), "preview_too_complex");
        let split = b"Content-Type: message / (x) RFC822\n\n".repeat(1000);
        assert_eq!(code(&split), "preview_too_complex");
        let mut digests = Vec::new();
        for n in 0..5000 {
            let part = format!("Content-Type: multipart/digest; boundary=b{n}\n\n--b{n}\n\n");
            digests.extend(part.bytes());
        }
        assert_eq!(code(&digests), "preview_too_complex");
        let parts = [
            &b"From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n"[..],
            &b"--b\n\n".repeat(100_000),
        ]
        .concat();
        assert_eq!(code(&parts), "preview_too_complex");
        assert_eq!(code(&b"a:\n".repeat(1_000_000)), "preview_too_complex");
        assert!(started.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn deep_and_long_but_allowed_letters_are_read() {
        let mut deep = b"From: a@example.com\n".to_vec();
        for n in 0..2000 {
            let part = format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
            deep.extend(part.bytes());
        }
        assert_eq!(code(&deep), "shown");
        let nested =
            [&b"From: a@example.com\n"[..], &b"Content-Type: message/rfc822\n\n".repeat(90)];
        assert_eq!(code(&nested.concat()), "shown");
        let long = [&b"Subject: x\n\n"[..], "长".repeat(1 << 20).as_bytes()].concat();
        let view = mail(&long).unwrap();
        assert!(view.truncated && view.body.len() <= BODY_MAX);
        let subject = [&b"Subject: "[..], &b"y".repeat(1 << 20), b"\n\nz"].concat();
        assert!(mail(&subject).unwrap().subject.len() <= HEADER_MAX);
    }

    #[test]
    fn what_is_no_letter_is_told_apart() {
        assert_eq!(code(b""), "empty_file");
        assert_eq!(code(b"\n\nno headers here"), "not_mail");
    }

    #[test]
    fn mutations_never_panic_or_hang() {
        samples::mutations(&samples::eml(), 3000, |bytes| {
            let code = code(bytes);
            assert!(
                ["shown", "not_mail", "preview_damaged", "empty_file"].contains(&code),
                "{code}"
            );
            let _ = attachment(bytes, 0);
        });
    }
}
