//! Text from bytes of unknown encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What bytes look like before anything decodes them.
pub(crate) enum Shape {
    /// UTF-8, with a mark or without, possibly cut inside the last character.
    Utf8,
    /// UTF-16.
    Wide(&'static Encoding),
    /// No zero bytes and no control characters, but not UTF-8: a legacy encoding.
    Legacy,
    /// No text.
    Binary,
}

pub(crate) fn shape(bytes: &[u8]) -> Shape {
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(found, _)| *found != UTF_8) {
        // The mark of UTF-32 begins like that of UTF-16, and what follows is mostly zeros.
        return if bytes.get(2..4) == Some(&[0, 0]) {
            Shape::Binary
        } else {
            Shape::Wide(encoding)
        };
    }
    if let Some(encoding) = wide_ascii(bytes) {
        return Shape::Wide(encoding);
    }
    if bytes.iter().any(|byte| is_control(*byte)) {
        return Shape::Binary;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Shape::Utf8,
        // Cut inside a character, not wrong.
        Err(error) if error.error_len().is_none() => Shape::Utf8,
        Err(_) => Shape::Legacy,
    }
}

/// Control characters that no text has. Escape stays: Japanese mail is written with it.
const fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

/// Mostly ASCII in two bytes a character: every other byte is zero, the others never are.
fn wide_ascii(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(512) & !1)?;
    let units = head.len() / 2;
    let zeros =
        |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    if units < 8 {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 10 >= units * 9 => Some(UTF_16LE),
        (even, 0) if even * 10 >= units * 9 => Some(UTF_16BE),
        _ => None,
    }
}

/// The text of the first `limit` bytes, in whatever encoding they are: UTF-8, UTF-16, GBK, code
/// page 1252 and the other encodings that browsers know.
///
/// What cannot be decoded, and control characters that text does not have, become U+FFFD; a
/// character that the limit cuts in two is left out.
#[must_use]
pub fn text(bytes: &[u8], limit: usize) -> String {
    let cut = bytes.len() > limit;
    let bytes = bytes.get(..limit).unwrap_or(bytes);
    let encoding = match shape(bytes) {
        Shape::Utf8 => UTF_8,
        Shape::Wide(encoding) => encoding,
        Shape::Legacy => legacy(bytes),
        Shape::Binary if std::str::from_utf8(bytes).is_ok() => UTF_8,
        Shape::Binary => WINDOWS_1252,
    };
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut decoded = String::new();
    if let Some(room) = decoder.max_utf8_buffer_length(bytes.len()) {
        decoded.reserve(room);
    }
    // Not the last piece when cut: what is left of a character is then kept back.
    let (_, _, _) = decoder.decode_to_string(bytes, &mut decoded, !cut);
    if decoded.chars().any(unshowable) {
        return decoded.chars().map(|c| if unshowable(c) { '\u{fffd}' } else { c }).collect();
    }
    decoded
}

fn unshowable(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}')
}

fn legacy(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // Short of evidence the detector answers with Western Europe; sellers here write Chinese.
    if guess == WINDOWS_1252 && mostly_gbk(bytes) { GBK } else { guess }
}

/// Whether every byte above ASCII belongs to a pair that is a common Chinese character.
fn mostly_gbk(bytes: &[u8]) -> bool {
    let mut pairs = 0_u32;
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return pairs > 0,
            [0..=0x7f, rest @ ..] => rest,
            // Rows of common characters and of punctuation.
            [0xa1..=0xa3 | 0xb0..=0xd7, 0xa1..=0xfe, rest @ ..] => {
                pairs += 1;
                rest
            }
            // Cut inside a pair.
            [_] => return pairs > 0,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_recognised() {
        let chinese = "买家要求退款,但包裹里只有一块砖。订单号 123-4567890-1234567";
        let german = "Der Käufer schickte einen Stein zurück – für 49,90 €";
        let wide = |text: &str, order: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            units.flat_map(order).collect()
        };
        for (bytes, expected) in [
            (chinese.as_bytes().to_vec(), chinese),
            ([b"\xef\xbb\xbf", german.as_bytes()].concat(), german),
            (wide(chinese, u16::to_le_bytes, true), chinese),
            (wide(german, u16::to_be_bytes, true), german),
            (wide("plain words here", u16::to_le_bytes, false), "plain words here"),
            (GBK.encode(chinese).0.into_owned(), chinese),
            (GBK.encode("订单退款").0.into_owned(), "订单退款"),
            (WINDOWS_1252.encode(german).0.into_owned(), german),
            (Vec::new(), ""),
        ] {
            assert_eq!(text(&bytes, 1 << 20), expected);
        }
    }

    #[test]
    fn the_limit_never_leaves_half_a_character() {
        let chinese = "退货退款".repeat(50);
        for limit in 0..80 {
            assert_eq!(text(chinese.as_bytes(), limit).chars().count(), limit / 3);
        }
        let gbk = GBK.encode(&chinese).0.into_owned();
        for limit in 8..80 {
            assert!(!text(&gbk, limit).contains('\u{fffd}'), "{limit}");
        }
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(text(b"a\x1b[2Jb\tc\nd\x07", 99), "a\u{fffd}[2Jb\tc\nd\u{fffd}");
        let noise: Vec<u8> = (0..=255).cycle().take(4096).collect();
        assert!(text(&noise, 4096).chars().all(|c| !unshowable(c)));
    }
}
