//! Encoded words (RFC 2047) that are cut within a character: each has to stand for whole ones, and some
//! programs cut after so many bytes all the same.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use memchr::memmem;
use std::borrow::Cow;

/// Most bytes of a character set's name, and of what stands between two words of one text.
const CHARSET_MAX: usize = 40;
const BETWEEN_MAX: usize = 100;
/// Longest word; of those that keep to the rule it is 75.
const WORD_MAX: usize = 2_000;
/// What stands for bytes that are no character.
const UNREADABLE: char = '\u{fffd}';

/// A letter whose head is `head` bytes long, with such words put together; most have none.
pub(super) fn joined(letter: &[u8], head: usize) -> Cow<'_, [u8]> {
    let (head, rest) = letter.split_at_checked(head).unwrap_or((letter, b""));
    let mut whole: Option<Vec<u8>> = None;
    // Up to where the head was copied, and looked at.
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = head.get(at..).and_then(|rest| memmem::find(rest, b"=?")) {
        let start = at + found;
        let Some(run) = run(head, start) else {
            at = start + 2;
            continue;
        };
        at = run.end;
        if let Some(text) = run.mended() {
            let whole = whole.get_or_insert_with(|| Vec::with_capacity(letter.len()));
            whole.extend_from_slice(head.get(copied..start).unwrap_or_default());
            whole.extend_from_slice(b"=?utf-8?B?");
            whole.extend_from_slice(STANDARD.encode(text).as_bytes());
            whole.extend_from_slice(b"?=");
            copied = run.end;
        }
    }
    let Some(mut whole) = whole else { return letter.into() };
    whole.extend_from_slice(head.get(copied..).unwrap_or_default());
    whole.extend_from_slice(rest);
    whole.into()
}

/// Words of one character set that stand one behind the other.
struct Run<'a> {
    charset: &'a [u8],
    /// What each of them holds.
    words: Vec<Vec<u8>>,
    end: usize,
}

impl Run<'_> {
    /// The text, where only the words together make sense.
    fn mended(&self) -> Option<String> {
        if self.words.len() < 2 {
            return None;
        }
        let decode = charset_decoder(self.charset);
        let read = |bytes: &[u8]| match decode {
            Some(decode) => decode(bytes),
            None => String::from_utf8_lossy(bytes).into_owned(),
        };
        let broken = self.words.iter().any(|word| read(word).contains(UNREADABLE));
        let text = broken.then(|| read(&self.words.concat()))?;
        (!text.contains(UNREADABLE)).then_some(text)
    }
}

/// The words from `start` on; `None` when there is none.
fn run(head: &[u8], start: usize) -> Option<Run<'_>> {
    let first = word(head, start)?;
    let mut run = Run { charset: first.charset, words: vec![first.bytes], end: first.end };
    loop {
        let below = head.get(run.end..).unwrap_or_default();
        let blank = below.iter().take(BETWEEN_MAX).take_while(|b| b.is_ascii_whitespace()).count();
        let next = word(head, run.end + blank)
            .filter(|next| blank > 0 && next.charset.eq_ignore_ascii_case(run.charset));
        let Some(next) = next else { return Some(run) };
        run.words.push(next.bytes);
        run.end = next.end;
    }
}

struct Word<'a> {
    charset: &'a [u8],
    bytes: Vec<u8>,
    end: usize,
}

/// The word that begins at `at`.
fn word(head: &[u8], at: usize) -> Option<Word<'_>> {
    let rest = head.get(at..)?.strip_prefix(b"=?")?;
    let name = memchr::memchr(b'?', rest.get(..CHARSET_MAX).unwrap_or(rest))?;
    let (charset, rest) = rest.split_at_checked(name)?;
    // RFC 2231 puts a language behind it.
    let charset = charset.split(|byte| *byte == b'*').next().unwrap_or_default();
    let [b'?', encoding, b'?', text @ ..] = rest else { return None };
    let text = text.get(..WORD_MAX).unwrap_or(text);
    let line = memchr::memchr2(b'\n', b' ', text).unwrap_or(text.len());
    let text = text.get(..line)?;
    let length = memmem::find(text, b"?=")?;
    let text = text.get(..length)?;
    let bytes = match encoding {
        b'b' | b'B' => base64_decode(text)?,
        b'q' | b'Q' => unquoted(text),
        _ => return None,
    };
    Some(Word { charset, bytes, end: at + 2 + name + 3 + length + 2 })
}

fn unquoted(text: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let pair = digit(text.get(at + 1)).zip(digit(text.get(at + 2)));
        let coded = pair.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        match (byte, coded) {
            (b'=', Some(coded)) => {
                bytes.push(coded);
                at += 2;
            }
            (b'_', _) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
        at += 1;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::parse;

    fn letter(from: &str, subject: &str) -> String {
        format!(
            "From: {from} <a1b2c3d4e5f6g7@marketplace.amazon.de>\r\nSubject: {subject}\r\n\
             X-Space-Notification-Type: BBC_MESSAGE_SENT_TO_MERCHANT\r\n\r\n\
             =?utf-8?B?w?= =?utf-8?B?vA==?=\r\n"
        )
    }

    #[test]
    fn a_character_that_is_cut_is_put_together() {
        let b = |bytes: &[u8]| STANDARD.encode(bytes);
        let (name, title) = ("Jürgen Feldt", "Frage von Jürgen (305-1234567-7654321)");
        let utf8 = |text: &str| {
            format!(
                "=?UTF-8?B?{}?=\r\n =?utf-8?B?{}?=",
                b(&text.as_bytes()[..2]),
                b(&text.as_bytes()[2..])
            )
        };
        let subject = title.as_bytes();
        let cut = title.find('ü').unwrap() + 1;
        let titled =
            format!("=?UTF-8?B?{}?=\r\n\t=?UTF-8?B?{}?=", b(&subject[..cut]), b(&subject[cut..]));
        let read = parse(letter(&utf8(name), &titled).as_bytes()).unwrap();
        assert_eq!((&*read.buyer_name, &*read.subject), (name, title));
        assert_eq!(read.order_id, "305-1234567-7654321");
        let quoted = letter("=?utf-8?Q?J=C3?= =?utf-8?Q?=BCrgen_Feldt?=", "x");
        assert_eq!(parse(quoted.as_bytes()).unwrap().buyer_name, name);
        // 王小明 in GB 18030, cut after three bytes.
        let chinese = letter("=?gb18030?B?zfXQ?= =?gb18030?B?ocP3?=", "x");
        assert_eq!(parse(chinese.as_bytes()).unwrap().buyer_name, "王小明");
    }

    #[test]
    fn whole_words_and_everything_else_stay_as_they_are() {
        for text in [
            letter("=?utf-8?Q?J=C3=BCrgen?= =?utf-8?Q?_Feldt?=", "=?utf-8?B?w7w=?="),
            letter(
                "=?utf-8?Q?J=C3?= =?iso-8859-1?Q?=BCrgen?=",
                "=?utf-8?Q?J=C3?= x =?utf-8?Q?=BC?=",
            ),
            letter("=?utf-8?Q?J=C3?==?utf-8?Q?=BC?=", "=?utf-8?Q?=FF?= =?utf-8?Q?=FF?="),
            letter("=?utf-8?X?J?= =?", "=?=?=?utf-8?B?"),
            String::new(),
        ] {
            let head = text.find("\r\n\r\n").unwrap_or(text.len());
            assert!(matches!(joined(text.as_bytes(), head), Cow::Borrowed(_)), "{text}");
        }
    }
}
