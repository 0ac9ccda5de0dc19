//! A marketplace's mails: one letter's bytes to one [`ObservedMessage`], and mailbox files to
//! letters.
//!
//! What recognises a buyer is taken only from where the marketplace itself writes: the sender's
//! address, headers, the subject, the frame around the buyer's text. What the buyer's own text names
//! (an order, an ID) is kept apart, since anybody can write anything.

mod address;
mod attached;
mod auth;
mod body;
mod classify;
mod cut;
mod ids;
mod mbox;
mod page;
mod quoted;
mod words;

pub use cut::Beginning;
pub use mbox::{MboxItem, MboxReader};
pub use quoted::quotation;

use buyerwatch_domain::{
    Forgery, MessageKind, ObservedAttachment, ObservedMessage, Timestamp, order_id,
};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Addr, Address, DateTime, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use memchr::{memchr, memchr_iter, memmem};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::panic::AssertUnwindSafe;

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
    if text.starts_with(b"From ") {
        let next = text.split(|byte| *byte == b'\n').nth(1)?;
        return memchr(b':', next.get(..100).unwrap_or(next)).map(|_| MailFormat::Mbox);
    }
    let text = of_apple(text).unwrap_or(text);
    let end = if memchr(b'\n', text).is_some() { b'\n' } else { b'\r' };
    let lines = text.split(|byte| *byte == end);
    let mut known = [false; 7];
    let names: [&[u8]; 7] =
        [b"from", b"subject", b"date", b"received", b"message-id", b"mime-version", b"return-path"];
    // These stand above tables, too, as words for a time.
    let (mut addressed, mut names_one) = (false, false);
    for line in lines {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        // A folded header goes on.
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let (name, value) = line.split_at_checked(memchr(b':', line)?)?;
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        for (seen, header) in known.iter_mut().zip(names) {
            *seen |= name.eq_ignore_ascii_case(header);
        }
        addressed |= name.eq_ignore_ascii_case(b"to");
        names_one |= name.eq_ignore_ascii_case(b"from") && memchr(b'@', value).is_some();
    }
    let [from, others @ ..] = known;
    (from && (others.contains(&true) || addressed && names_one)).then_some(MailFormat::Eml)
}

/// The letter of a file as Apple Mail keeps it, behind a line with its length and before a list of what
/// the program noted of it.
fn of_apple(bytes: &[u8]) -> Option<&[u8]> {
    const DIGITS_MAX: usize = 10;
    let (length, letter) =
        bytes.split_at_checked(memchr(b'\n', bytes.get(..40).unwrap_or(bytes))?)?;
    let length = std::str::from_utf8(length).ok()?.trim();
    let digits = length.bytes().all(|byte| byte.is_ascii_digit()) && length.len() <= DIGITS_MAX;
    let length: usize = length.parse().ok().filter(|_| digits)?;
    let letter = letter.get(1..)?;
    Some(letter.get(..length).unwrap_or(letter))
}

/// A letter as mail servers hand it out: without what a program keeps around it, its lines ended.
fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    let bytes = of_apple(bytes).unwrap_or(bytes);
    // Very old programs ended lines otherwise.
    if memchr(b'\n', bytes).is_some() || memchr(b'\r', bytes).is_none() {
        return bytes.into();
    }
    bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect::<Vec<u8>>().into()
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

/// A letter, and those that hang on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The letter itself.
    pub message: ObservedMessage,
    /// Letters of a marketplace that hang on one that is not, or only seems to be: each is
    /// [`Forgery::Attached`] at least, and its first attachment is itself as it was attached. What hangs on
    /// a marketplace's letter is that letter's own, and told with it.
    pub attached: Vec<ObservedMessage>,
    /// More letters hang on it than are read, or lie deeper.
    pub has_more: bool,
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
    read(bytes, |letter| observe(letter, Came::Itself { checked_by }))
}

/// As [`parse_checked`], with the letters that hang on it.
///
/// # Errors
/// As [`parse`].
pub fn parse_whole(bytes: &[u8], checked_by: Option<&str>) -> Result<Letter, MailError> {
    read(bytes, |letter| {
        let message = observe(letter, Came::Itself { checked_by });
        let genuine = message.kind != MessageKind::Foreign && message.forged.is_none();
        let attached::Found { letters, has_more } =
            if genuine { attached::Found::default() } else { attached::find(letter) };
        Letter { message, attached: letters, has_more }
    })
}

fn read<T>(bytes: &[u8], look: impl FnOnce(&Message<'_>) -> T) -> Result<T, MailError> {
    if bytes.len() > MAIL_MAX {
        return Err(MailError::TooLarge);
    }
    let bytes = &*plain(bytes);
    let bytes = cut::whole_lines(bytes);
    let head = bounded(bytes)?;
    let bytes = &*words::joined(bytes, head);
    // Written for arbitrary bytes, yet a panic here would end the reading of a whole mailbox.
    let read = AssertUnwindSafe(|| {
        let letter = MessageParser::default().parse(bytes).ok_or(MailError::NotMail)?;
        if letter.headers().is_empty() {
            return Err(MailError::NotMail);
        }
        Ok(look(&letter))
    });
    std::panic::catch_unwind(read).unwrap_or(Err(MailError::TooComplex))
}

/// Refuses what would become far more in memory than it is in the file; tells how long the head is.
fn bounded(bytes: &[u8]) -> Result<usize, MailError> {
    // The head of a letter that is longer than this ends beyond it; the text may end its lines
    // otherwise than the head.
    let head = bytes.get(..HEADERS_MAX + 3).unwrap_or(bytes);
    let ends = [&b"\n\n"[..], b"\n\r\n"].into_iter().filter_map(|end| memmem::find(head, end));
    let head = ends.min().unwrap_or(bytes.len());
    if head > HEADERS_MAX {
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
    Ok(head)
}

/// How a letter came.
#[derive(Clone, Copy)]
enum Came<'a> {
    /// By itself: a server saw who sent it, or a person took it in.
    Itself {
        /// Whose word on the sender counts; the topmost when `None`.
        checked_by: Option<&'a str>,
    },
    /// On another letter. What stands in its head anybody can have written, also what servers are said to
    /// have found.
    Attached,
}

fn observe(letter: &Message<'_>, came: Came<'_>) -> ObservedMessage {
    let Sender { address: from, name: named, several } = sender(letter);
    let (local, domain) = from.rsplit_once('@').unwrap_or(("", &from));
    let genuine = address::genuine(domain);
    let reply_to = letter.reply_to().and_then(Address::first).and_then(Addr::address);
    // Anybody can ask for answers to a buyer's address, so only the marketplace's word counts.
    let claimed = reply_to.and_then(address::relay);
    let borrowed = genuine.is_none() && claimed.is_some();
    let relay = address::relay(&from).or(claimed.filter(|_| genuine.is_some()));
    let notification = header(letter, "X-Space-Notification-Type");
    let by_header = classify::by_header(&notification);
    let text = OnceCell::new();
    let text = || text.get_or_init(|| text_of(letter));
    let subject = letter.subject().unwrap_or_default();
    let kind = match (by_header, genuine) {
        (Some(kind), _) => kind,
        (None, Some(_)) => classify::by_sender(&classify::Told {
            local,
            relay: address::relay(&from).is_some(),
            subject,
            text: &|| text().0.as_str(),
            // Only what its frame ends is somebody's for sure.
            framed: &|| body::is_framed(&text().0),
            names_order: &|| [subject, &text().0].iter().any(|text| !ids::orders(text).is_empty()),
            answers_return: &|| {
                htmls(letter).any(ids::answers_return) || ids::answers_return(&text().0)
            },
        }),
        (None, None) => MessageKind::Foreign,
    };
    let imitated = genuine.is_none()
        && (borrowed
            || address::imitates(domain)
            || by_header.is_some()
            || imitates_by_name(letter, &named, &|| text().0.as_str()));
    // Servers and people read different ones of several.
    let several = several || every(letter, "From").count() > 1;
    let attached = matches!(came, Came::Attached);
    let failure = match came {
        Came::Itself { checked_by } => {
            let results: Vec<&str> = every(letter, "Authentication-Results").collect();
            auth::failure(results.iter().copied(), domain, checked_by)
        }
        Came::Attached => None,
    };
    if kind == MessageKind::Foreign && !imitated {
        // What came in by the net has a trace of it; what the shop sent lies there without.
        let untraced = !attached && letter.header("Received").is_none();
        let sent = failure.is_none() && !several && untraced;
        let own = written_to(letter).filter(|_| sent);
        return own.map(|relay| own_letter(letter, relay, &text().0)).unwrap_or_default();
    }
    let mut message = ObservedMessage {
        message_id: line(letter.message_id().unwrap_or_default()),
        kind: if kind == MessageKind::Foreign { MessageKind::Notice } else { kind },
        forged: failure
            .or((imitated || several).then_some(Forgery::Lookalike))
            .or(attached.then_some(Forgery::Attached)),
        marketplace_id: header(letter, "X-Marketplace-ID"),
        subject: line(subject),
        sent_at: sent_at(letter),
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
        message.buyer_name = buyer_name(&named, &message.subject);
    }
    let (text, truncated) = text();
    message.truncated |= truncated;
    texts(letter, text, by_header, &mut message);
    message
}

/// Who sent a letter.
#[derive(Default)]
struct Sender {
    address: String,
    name: String,
    /// More than one is named.
    several: bool,
}

fn mailboxes<'a>(address: &'a Address<'a>) -> Box<dyn Iterator<Item = &'a Addr<'a>> + 'a> {
    match address {
        Address::List(list) => Box::new(list.iter()),
        Address::Group(groups) => Box::new(groups.iter().flat_map(|group| &group.addresses)),
    }
}

/// The only mailbox of the sender; of several the marketplace's, if one is.
fn sender(letter: &Message<'_>) -> Sender {
    let Some(from) = letter.from() else { return Sender::default() };
    let addressed =
        |one: &&Addr<'_>| one.address().is_some_and(|address| address.trim().contains('@'));
    let genuine = |one: &&Addr<'_>| {
        let parts = one.address().and_then(|address| address.trim().rsplit_once('@'));
        parts.is_some_and(|(_, domain)| address::genuine(domain).is_some())
    };
    let all = || mailboxes(from).filter(addressed);
    let Some(first) = all().next() else {
        let first = from.first();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        return Sender {
            address: text(first.and_then(Addr::address)),
            name: text(first.and_then(Addr::name)),
            several: false,
        };
    };
    let address = |one: &Addr<'_>| one.address().unwrap_or_default().trim().to_ascii_lowercase();
    let several = all().any(|one| address(one) != address(first));
    let one = all().find(genuine).unwrap_or(first);
    // A comma in a name that nobody quoted makes a mailbox of what stands before it.
    let before = mailboxes(from).take_while(|other| !std::ptr::eq(*other, one));
    let pieces = before.filter(|other| !addressed(other)).take(4);
    let mut name: Vec<&str> =
        pieces.filter_map(|piece| piece.name().or_else(|| piece.address())).collect();
    name.extend(one.name());
    Sender {
        address: one.address().unwrap_or_default().trim().to_owned(),
        name: name.join(", "),
        several,
    }
}

/// The buyer to whom a letter goes.
fn written_to(letter: &Message<'_>) -> Option<address::Relay> {
    const LOOKED_AT: usize = 20;
    let to = mailboxes(letter.to()?).take(LOOKED_AT).filter_map(Addr::address);
    to.into_iter().find_map(address::relay)
}

/// What the shop wrote to a buyer without the marketplace's pages, as it lies among the sent letters.
fn own_letter(letter: &Message<'_>, to: address::Relay, text: &str) -> ObservedMessage {
    let subject = line(letter.subject().unwrap_or_default());
    let named = ids::orders(&subject).into_iter().next();
    let mut message = ObservedMessage {
        message_id: line(letter.message_id().unwrap_or_default()),
        kind: MessageKind::OwnReply,
        marketplace: format!("Amazon.{}", to.ending),
        alias: to.alias,
        case: to.case,
        order_id: named.map(|id| order_id(&id)).unwrap_or_default(),
        subject,
        sent_at: sent_at(letter),
        attachments: attachments(letter, MessageKind::OwnReply),
        ..ObservedMessage::default()
    };
    keep(body::tidy(text), &mut message);
    message
}

/// When it was written, if what it says can be: not before there were such letters, and not after it was
/// received. Else when it was received.
fn sent_at(letter: &Message<'_>) -> Option<Timestamp> {
    /// The first of January 2000.
    const EARLIEST: i64 = 946_684_800;
    /// Clocks and zones of programs are wrong by so many seconds.
    const AHEAD: i64 = 26 * 3_600;
    let seconds = |date: &DateTime| {
        let at = date.is_valid().then(|| date.to_timestamp());
        at.filter(|at| *at >= EARLIEST)
    };
    let written = letter.date().and_then(seconds);
    let received = letter.received_all().next().and_then(|by| by.date().as_ref().and_then(seconds));
    let at = match (written, received) {
        (Some(written), Some(received)) if written > received.saturating_add(AHEAD) => received,
        (Some(at), _) | (None, Some(at)) => at,
        (None, None) => return None,
    };
    at.checked_mul(1000).map(Timestamp::from_millis)
}

/// Whether a letter from elsewhere pretends by its name to be the marketplace's: by the marketplace's
/// own name, or by one with it when the letter claims something that only the marketplace knows.
/// Newsletters and people who work with it bear its name, too.
fn imitates_by_name<'a>(letter: &Message<'_>, name: &str, text: &dyn Fn() -> &'a str) -> bool {
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
        || claims(text())
}

/// The text of a letter, and whether more of it was left out. Plain text is read before a page, unless it
/// only stands in for it.
fn text_of(letter: &Message<'_>) -> (String, bool) {
    let plain = text_in(letter, letter.text_bodies());
    let paged = htmls(letter).next().is_some()
        && letter.text_bodies().any(|part| matches!(part.body, PartType::Text(_)));
    if !paged || body::is_framed(&plain.0) {
        return plain;
    }
    let page = text_in(letter, letter.html_bodies());
    if body::is_framed(&page.0) || body::stands_in(&plain.0, &page.0) { page } else { plain }
}

fn text_in<'a>(
    letter: &Message<'_>,
    parts: impl Iterator<Item = &'a MessagePart<'a>>,
) -> (String, bool) {
    let (mut text, mut truncated) = (String::new(), false);
    for part in parts {
        let read = match &part.body {
            PartType::Text(text) => {
                redecoded(letter, part).map_or(Cow::Borrowed(&**text), Cow::Owned)
            }
            PartType::Html(html) => {
                let html = redecoded(letter, part).map_or(Cow::Borrowed(&**html), Cow::Owned);
                let cut = html.floor_char_boundary(TEXT_MAX);
                truncated |= cut < html.len();
                page::text(html.get(..cut).unwrap_or_default()).into()
            }
            _ => continue,
        };
        let room = read.floor_char_boundary(TEXT_MAX.saturating_sub(text.len()));
        truncated |= room < read.len();
        text.push_str(read.get(..room).unwrap_or_default());
        text.push('\n');
    }
    (text, truncated)
}

/// The text of a part that does not say how it is encoded, or says that it is ASCII and is not.
fn redecoded(letter: &Message<'_>, part: &MessagePart<'_>) -> Option<String> {
    const ASCII: [&str; 8] =
        ["", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "8bit", "default"];
    /// Bytes that tell an encoding.
    const TOLD_BY: usize = 256 << 10;
    let charset =
        part.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or_default();
    let charset = charset.trim();
    let said = !ASCII.iter().any(|name| charset.eq_ignore_ascii_case(name))
        && charset_decoder(charset.as_bytes()).is_some();
    if said {
        return None;
    }
    let place = usize::try_from(part.offset_body).ok()?..usize::try_from(part.offset_end).ok()?;
    let raw = letter.raw_message.get(place)?;
    let bytes = match part.encoding {
        Encoding::None => Cow::Borrowed(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw)?.into(),
        Encoding::Base64 => base64_decode(raw)?.into(),
    };
    if bytes.is_ascii() {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(&bytes) {
        return Some(text.to_owned());
    }
    let encoding = crate::mapping::told_by(bytes.get(..TOLD_BY).unwrap_or(&bytes));
    let mut text = String::new();
    encoding.decode(&bytes, &mut text);
    Some(text)
}

/// The pages of a letter as they were written, as far as they are read.
fn htmls<'a>(letter: &'a Message<'_>) -> impl Iterator<Item = &'a str> {
    letter.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(html) => html.get(..html.floor_char_boundary(TEXT_MAX)),
        _ => None,
    })
}

/// Keeps what was written.
fn keep(mut written: String, message: &mut ObservedMessage) {
    let cut = written.floor_char_boundary(BODY_MAX);
    message.truncated |= cut < written.len();
    written.truncate(cut);
    message.body =
        written.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
}

/// Fills in what the texts tell.
fn texts(
    letter: &Message<'_>,
    text: &str,
    by_header: Option<MessageKind>,
    message: &mut ObservedMessage,
) {
    let body::Framed { mut written, mut frame } = body::unframe(text);
    let from_buyer = message.kind == MessageKind::Buyer;
    // Only what bears the header is set by the marketplace throughout.
    let set = from_buyer && frame.is_empty() && by_header == Some(MessageKind::Buyer);
    if let Some(found) = set.then(|| htmls(letter).find_map(page::preformatted)).flatten() {
        (written, frame) = found;
    }
    keep(written, message);
    // The marketplace's own mails have no frame: all of it is the marketplace's.
    let own = if from_buyer { &frame } else { text };
    let own_orders = || ids::orders(own).into_iter().next();
    let named = ids::orders(&message.subject).into_iter().next().or_else(own_orders);
    message.order_id = named.map(|id| order_id(&id)).unwrap_or_default();
    if from_buyer {
        message.mentioned = ids::orders(&message.body);
        message.mentioned.retain(|id| *id != message.order_id);
    }
    if message.kind == MessageKind::ReturnRequest && message.forged.is_none() {
        let linked = htmls(letter).find_map(ids::buyer_id);
        message.marketplace_buyer_id = linked.or_else(|| ids::buyer_id(text)).unwrap_or_default();
    }
    // Only a link may hold it.
    let bare = || address::relay_in(text).or_else(|| htmls(letter).find_map(address::relay_in));
    if message.kind == MessageKind::OptedOut
        && message.alias.is_empty()
        && let Some(relay) = bare()
    {
        message.alias = relay.alias;
        let named = address::marketplace(&message.marketplace_id);
        message.marketplace = format!("Amazon.{}", named.unwrap_or(relay.ending));
    }
}

/// Words of subjects between which the marketplace puts the buyer's name.
const NAMED: [(&str, &str); 7] = [
    ("Amazon customer ", "("),
    ("Amazon-Kunde ", "("),
    ("Amazon-Kunden ", "("),
    ("cliente Amazon ", "("),
    ("cliente de Amazon ", "("),
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
        // Nothing stands behind it where no order is named.
        let alone = (after == "(").then_some(rest);
        Some(line(rest.split_once(after).map(|(name, _)| name).or(alone)?))
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
