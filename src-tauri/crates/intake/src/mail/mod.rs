//! A marketplace's mails: one letter's bytes to one [`ObservedMessage`], and mailbox files to
//! letters.
//!
//! What recognises a buyer is taken only from where the marketplace itself writes: the sender's
//! address, headers, the subject, the frame around the buyer's text. What the buyer's own text names
//! (an order, an ID) is kept apart, since anybody can write anything.

mod address;
mod auth;
mod body;
mod classify;
mod ids;
mod mbox;

pub use body::quotation;
pub use mbox::{MboxItem, MboxReader};

use buyerwatch_domain::{
    Forgery, MessageKind, ObservedAttachment, ObservedMessage, Timestamp, order_id,
};
use mail_parser::decoders::html::html_to_text;
use mail_parser::{Addr, Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use memchr::{memchr, memchr_iter, memmem};

/// Most bytes of one letter. The marketplace lets 10 MB of attachments through, which are a third
/// more in transport.
pub const MAIL_MAX: usize = 32 << 20;

/// Most bytes of a text that are kept.
const BODY_MAX: usize = 256 << 10;
/// Most bytes of a text that are read for its frame.
const TEXT_MAX: usize = 1 << 20;
/// Attachments of one letter that are told, and bytes of all of them that are kept: what the marketplace
/// lets through, twice.
const ATTACHMENTS_MAX: usize = 50;
const KEPT_MAX: usize = 20 << 20;
/// Most characters of a header that are kept.
const HEADER_MAX: usize = 1000;
/// Most bytes of all headers.
const HEADERS_MAX: usize = 256 << 10;
/// Most lines that begin a part, most that can be a header of one, and most letters within letters:
/// the parser needs some fifty times their bytes.
const PARTS_MAX: usize = 2_000;
const FIELDS_MAX: usize = 100_000;
const NESTED_MAX: usize = 20;

/// What holds letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MailFormat {
    /// One letter, for [`parse`].
    Eml,
    /// Letters one after another, for [`MboxReader`].
    Mbox,
}

impl MailFormat {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Eml => "eml",
            Self::Mbox => "mbox",
        }
    }
}

/// Tells by the beginning of a file, 64 KiB at best, whether it holds letters. `None` is said of
/// every report: none has lines that begin with the headers of a letter.
#[must_use]
pub fn recognize(beginning: &[u8]) -> Option<MailFormat> {
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
    let mut lines = text.split(|byte| *byte == b'\n');
    if text.starts_with(b"From ") {
        let next = lines.nth(1)?;
        return memchr(b':', next.get(..100).unwrap_or(next)).map(|_| MailFormat::Mbox);
    }
    let mut known = [false; 7];
    let names: [&[u8]; 7] =
        [b"from", b"subject", b"date", b"received", b"message-id", b"mime-version", b"return-path"];
    for line in lines {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        // A folded header goes on.
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let name = line.get(..memchr(b':', line)?)?;
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        for (seen, header) in known.iter_mut().zip(names) {
            *seen |= name.eq_ignore_ascii_case(header);
        }
    }
    let [from, others @ ..] = known;
    (from && others.contains(&true)).then_some(MailFormat::Eml)
}

/// Why bytes are not read as a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// No headers of a letter.
    #[error("this is no e-mail; save the message as .eml and import it again")]
    NotMail,
    /// More than [`MAIL_MAX`].
    #[error("the e-mail is larger than 32 MiB; save its attachments and add them as evidence")]
    TooLarge,
    /// Parts or letters within one another beyond reason.
    #[error("the e-mail nests too many parts; open it in a mail program and save what matters")]
    TooComplex,
}

impl MailError {
    /// The stable name that a caller acts on.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotMail => "not_mail",
            Self::TooLarge => "mail_too_large",
            Self::TooComplex => "mail_too_complex",
        }
    }
}

/// Reads one letter.
///
/// A letter that is not of a marketplace is [`MessageKind::Foreign`] and carries nothing else.
///
/// # Errors
/// [`MailError`]: no letter, or beyond the bounds.
pub fn parse(bytes: &[u8]) -> Result<ObservedMessage, MailError> {
    parse_checked(bytes, None)
}

/// As [`parse`], and of what servers found out about the sender only the word of one counts: the one that
/// names itself so (`authserv-id`, RFC 8601), or one below it. Without it the topmost word counts.
///
/// # Errors
/// As [`parse`].
pub fn parse_checked(bytes: &[u8], checked_by: Option<&str>) -> Result<ObservedMessage, MailError> {
    bounded(bytes)?;
    // Written for arbitrary bytes, yet a panic here would end the reading of a whole mailbox.
    std::panic::catch_unwind(|| {
        let letter = MessageParser::default().parse(bytes).ok_or(MailError::NotMail)?;
        if letter.headers().is_empty() {
            return Err(MailError::NotMail);
        }
        Ok(observe(&letter, checked_by))
    })
    .unwrap_or(Err(MailError::TooComplex))
}

/// Refuses what would become far more in memory than it is in the file.
fn bounded(bytes: &[u8]) -> Result<(), MailError> {
    if bytes.len() > MAIL_MAX {
        return Err(MailError::TooLarge);
    }
    // The head of a letter that is longer than this ends beyond it; the text may end its lines
    // otherwise than the head.
    let head = bytes.get(..HEADERS_MAX + 3).unwrap_or(bytes);
    let ends = [&b"\n\n"[..], b"\n\r\n"].into_iter().filter_map(|end| memmem::find(head, end));
    if ends.min().unwrap_or(bytes.len()) > HEADERS_MAX {
        return Err(MailError::TooComplex);
    }
    let (mut parts, mut fields, mut nested, mut start) = (0, 0, 0, 0);
    for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = bytes.get(start..end).unwrap_or_default();
        start = end + 1;
        if line.starts_with(b"--") {
            parts += 1;
        }
        let Some(colon) = memchr(b':', line.get(..100).unwrap_or(line)) else { continue };
        fields += 1;
        // A part that can be a letter of its own, or whose parts can.
        if line.get(..colon).is_some_and(|name| name.eq_ignore_ascii_case(b"content-type")) {
            let kind = line.get(colon..).unwrap_or_default().to_ascii_lowercase();
            let inner: [&[u8]; 4] = [b"rfc822", b"global", b"digest", b"message"];
            nested +=
                usize::from(inner.iter().any(|kind_of| memmem::find(&kind, kind_of).is_some()));
            // Folded before its value: what follows is not looked at, so it counts.
            nested += usize::from(memchr(b'/', &kind).is_none());
        }
    }
    if parts > PARTS_MAX || fields > FIELDS_MAX || nested > NESTED_MAX {
        return Err(MailError::TooComplex);
    }
    Ok(())
}

fn observe(letter: &Message<'_>, checked_by: Option<&str>) -> ObservedMessage {
    let sender = letter.from().and_then(Address::first);
    let from = sender.and_then(Addr::address).unwrap_or_default();
    let (local, domain) = from.rsplit_once('@').unwrap_or(("", from));
    let genuine = address::genuine(domain);
    let reply_to = letter.reply_to().and_then(Address::first).and_then(Addr::address);
    // Anybody can ask for answers to a buyer's address, so only the marketplace's word counts.
    let claimed = reply_to.and_then(address::relay);
    let borrowed = genuine.is_none() && claimed.is_some();
    let relay = address::relay(from).or(claimed.filter(|_| genuine.is_some()));
    let notification = header(letter, "X-Space-Notification-Type");
    let by_header = classify::by_header(&notification);
    let kind = match (by_header, genuine) {
        (Some(kind), _) => kind,
        (None, Some(_)) => {
            let subject = letter.subject().unwrap_or_default();
            // Only what its frame ends is somebody's for sure.
            let framed = || body::is_framed(&text_of(letter).0);
            classify::by_sender(local, address::relay(from).is_some(), subject, framed)
        }
        (None, None) => MessageKind::Foreign,
    };
    let named = sender.and_then(Addr::name).unwrap_or_default();
    let imitated = genuine.is_none()
        && (borrowed
            || address::imitates(domain)
            || by_header.is_some()
            || imitates_by_name(letter, named));
    if kind == MessageKind::Foreign && !imitated {
        return ObservedMessage::default();
    }
    // Servers and people read different ones of several.
    let senders = every(letter, "From").count();
    let results: Vec<&str> = every(letter, "Authentication-Results").collect();
    let mut message = ObservedMessage {
        message_id: line(letter.message_id().unwrap_or_default()),
        kind: if kind == MessageKind::Foreign { MessageKind::Notice } else { kind },
        forged: auth::failure(results.iter().copied(), domain, checked_by)
            .or((imitated || senders > 1).then_some(Forgery::Lookalike)),
        marketplace_id: header(letter, "X-Marketplace-ID"),
        subject: line(letter.subject().unwrap_or_default()),
        sent_at: letter
            .date()
            .and_then(|date| date.to_timestamp().checked_mul(1000))
            .map(Timestamp::from_millis),
        attachments: attachments(letter, kind),
        ..ObservedMessage::default()
    };
    // Mails to sellers of every marketplace come from one domain.
    let ending = relay.as_ref().map(|relay| relay.ending).or(genuine);
    let ending = ending.map(|own| address::marketplace(&message.marketplace_id).unwrap_or(own));
    if let Some(ending) = ending {
        message.marketplace = format!("Amazon.{ending}");
    }
    if let Some(relay) = relay {
        message.alias = relay.alias;
        message.case = relay.case;
    }
    if message.kind == MessageKind::Buyer {
        message.buyer_name = buyer_name(named, &message.subject);
    }
    texts(letter, &mut message);
    message
}

/// Whether a letter from elsewhere pretends by its name to be the marketplace's: by the marketplace's
/// own name, or by one with it when the letter claims something that only the marketplace knows.
/// Newsletters and people who work with it bear its name, too.
fn imitates_by_name(letter: &Message<'_>, name: &str) -> bool {
    if address::is_its_name(name) {
        return true;
    }
    if !name.to_lowercase().contains("amazon") {
        return false;
    }
    let claims = |text: &str| !ids::orders(text).is_empty() || address::relay_in(text).is_some();
    every(letter, "X-Space-Notification-Type").next().is_some()
        || claims(name)
        || claims(letter.subject().unwrap_or_default())
        || claims(&text_of(letter).0)
}

/// The text of a letter, and whether more of it was left out.
fn text_of(letter: &Message<'_>) -> (String, bool) {
    let (mut text, mut truncated) = (String::new(), false);
    for part in letter.text_bodies() {
        let part = match &part.body {
            PartType::Text(text) => std::borrow::Cow::Borrowed(&**text),
            PartType::Html(html) => {
                let cut = html.floor_char_boundary(TEXT_MAX);
                truncated |= cut < html.len();
                html_to_text(&with_breaks(html.get(..cut).unwrap_or_default())).into()
            }
            _ => continue,
        };
        let room = part.floor_char_boundary(TEXT_MAX.saturating_sub(text.len()));
        truncated |= room < part.len();
        text.push_str(part.get(..room).unwrap_or_default());
        text.push('\n');
    }
    (text, truncated)
}

/// Fills in what the texts tell.
fn texts(letter: &Message<'_>, message: &mut ObservedMessage) {
    let (text, truncated) = text_of(letter);
    message.truncated |= truncated;
    let body::Framed { mut written, frame } = body::unframe(&text);
    let cut = written.floor_char_boundary(BODY_MAX);
    message.truncated |= cut < written.len();
    written.truncate(cut);
    message.body =
        written.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let from_buyer = message.kind == MessageKind::Buyer;
    // The marketplace's own mails have no frame: all of it is the marketplace's.
    let own = if from_buyer { &frame } else { &text };
    let own_orders = || ids::orders(own).into_iter().next();
    let named = ids::orders(&message.subject).into_iter().next().or_else(own_orders);
    message.order_id = named.map(|id| order_id(&id)).unwrap_or_default();
    if from_buyer {
        message.mentioned = ids::orders(&message.body);
        message.mentioned.retain(|id| *id != message.order_id);
    }
    if message.kind == MessageKind::ReturnRequest && message.forged.is_none() {
        let html = (0..letter.html_body_count()).filter_map(|at| letter.body_html(at));
        message.marketplace_buyer_id = html
            .filter_map(|html| ids::buyer_id(html.get(..html.floor_char_boundary(TEXT_MAX))?))
            .next()
            .or_else(|| ids::buyer_id(&text))
            .unwrap_or_default();
    }
    if message.kind == MessageKind::OptedOut
        && message.alias.is_empty()
        && let Some(relay) = address::relay_in(&text)
    {
        message.alias = relay.alias;
        let named = address::marketplace(&message.marketplace_id);
        message.marketplace = format!("Amazon.{}", named.unwrap_or(relay.ending));
    }
}

/// With a line break after every block: the parser breaks lines at paragraphs and `<br>` alone, and a
/// frame is told by its lines.
fn with_breaks(html: &str) -> String {
    const BLOCKS: [&str; 12] =
        ["div", "td", "tr", "li", "table", "pre", "h1", "h2", "h3", "h4", "blockquote", "ul"];
    let mut broken = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once("</") {
        broken.push_str(before);
        broken.push_str("</");
        let Some((name, after)) = tag.split_once('>') else {
            // No tag ends any more.
            rest = tag;
            break;
        };
        broken.push_str(name);
        broken.push('>');
        if BLOCKS.iter().any(|block| name.trim().eq_ignore_ascii_case(block)) {
            broken.push_str("<br>");
        }
        rest = after;
    }
    broken.push_str(rest);
    broken
}

/// Words of subjects between which the marketplace puts the buyer's name.
const NAMED: [(&str, &str); 6] = [
    ("Amazon customer ", "("),
    ("Amazon-Kunde ", "("),
    ("Amazon-Kunden ", "("),
    ("cliente Amazon ", "("),
    ("client Amazon ", "("),
    ("do produto Amazon ", "pergunta"),
];

fn buyer_name(sender: &str, subject: &str) -> String {
    let sender = sender.trim().trim_end_matches("Amazon Marketplace").trim_end_matches([' ', '-']);
    if !sender.is_empty() && !sender.contains('@') {
        return line(sender);
    }
    let between = |(before, after): (&str, &str)| {
        let (_, rest) = subject.split_once(before)?;
        Some(line(rest.split_once(after)?.0))
    };
    NAMED.into_iter().find_map(between).unwrap_or_default()
}

fn header(letter: &Message<'_>, name: &str) -> String {
    first(letter, name).map(line).unwrap_or_default()
}

/// The topmost header of this name; those below it may be anybody's.
fn first<'a>(letter: &'a Message<'_>, name: &'a str) -> Option<&'a str> {
    every(letter, name).next()
}

/// All headers of this name, topmost first.
fn every<'a>(letter: &'a Message<'_>, name: &'a str) -> impl Iterator<Item = &'a str> {
    let named =
        move |(known, value): (&str, &'a str)| known.eq_ignore_ascii_case(name).then_some(value);
    letter.headers_raw().filter_map(named)
}

/// One line of what was in a header.
fn line(text: &str) -> String {
    let blank = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(blank).take(HEADER_MAX).collect::<String>().trim().to_owned()
}

/// What hangs on a letter. Of what a buyer sends the content is kept, as far as the bounds go.
fn attachments(letter: &Message<'_>, kind: MessageKind) -> Vec<ObservedAttachment> {
    let of_buyer =
        matches!(kind, MessageKind::Buyer | MessageKind::ReturnRequest | MessageKind::ClaimFiled);
    let mut room = if of_buyer { KEPT_MAX } else { 0 };
    let parts = letter.attachments().take(ATTACHMENTS_MAX);
    parts.map(|part| attachment(part, &mut room)).collect()
}

fn attachment(part: &MessagePart<'_>, room: &mut usize) -> ObservedAttachment {
    let bytes = match &part.body {
        PartType::Message(message) => message.raw_message(),
        _ => part.contents(),
    };
    let media_type = match &part.body {
        PartType::Message(_) => "message/rfc822",
        _ => sniffed(bytes),
    };
    let kept = bytes.len() <= *room;
    *room -= if kept { bytes.len() } else { 0 };
    ObservedAttachment {
        name: line(part.attachment_name().unwrap_or_default()),
        media_type: media_type.to_owned(),
        bytes: bytes.len() as u64,
        content: if kept { bytes.to_vec() } else { Vec::new() },
    }
}

/// The type by the first bytes, whatever the letter claims.
fn sniffed(bytes: &[u8]) -> &'static str {
    let brand = bytes.get(4..8) == Some(b"ftyp");
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        [b'P', b'K', 3, 4, ..] => "application/zip",
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "video/x-matroska",
        _ if brand && bytes.get(8..12) == Some(b"heic") => "image/heic",
        _ if brand => "video/mp4",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
