//! Identifiers inside texts and links.

use base64::{Engine as _, alphabet, engine};
use std::borrow::Cow;

/// Order IDs as the marketplace writes them (`111-1234567-1234567`, own `S01-…`, digital `D01-…`),
/// each once, in order; at most 100. Some programs put other hyphens in, so that lines do not break there.
pub(super) fn orders(text: &str) -> Vec<String> {
    const LEN: usize = 19;
    let hyphen = |c: char| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}');
    let text =
        if text.contains(hyphen) { text.replace(hyphen, "-").into() } else { Cow::from(text) };
    let bytes = text.as_bytes();
    let mut found: Vec<String> = Vec::new();
    for hyphen in memchr::memchr_iter(b'-', bytes) {
        let Some(start) = hyphen.checked_sub(3) else { continue };
        let Some(id) = text.get(start..start + LEN) else { continue };
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let shaped = match id.as_bytes() {
            [a, b, c, b'-', middle @ .., _, _, _, _, _, _, _] => {
                (a.is_ascii_digit() || matches!(a, b'S' | b'D'))
                    && digits(&[*b, *c])
                    && middle.len() == 8
                    && middle.get(7) == Some(&b'-')
                    && middle.get(..7).is_some_and(digits)
                    && id.as_bytes().get(12..).is_some_and(digits)
            }
            _ => false,
        };
        let part_of_more =
            |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-');
        let alone = !part_of_more(start.checked_sub(1).and_then(|at| bytes.get(at)))
            && !part_of_more(bytes.get(start + LEN).filter(|byte| **byte != b'-'));
        if shaped && alone && found.len() < 100 && !found.iter().any(|known| known == id) {
            found.push(id.to_owned());
        }
    }
    found
}

const URL_SAFE: engine::GeneralPurpose = engine::GeneralPurpose::new(
    &alphabet::URL_SAFE,
    engine::GeneralPurposeConfig::new()
        .with_decode_padding_mode(engine::DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The buyer ID in the links of a return mail: plain, or inside a `u=` that is base64url.
pub(super) fn buyer_id(text: &str) -> Option<String> {
    plain_buyer_id(text).or_else(|| hidden(text).find_map(|link| plain_buyer_id(&link)))
}

/// Most bytes of a link that are looked at.
const LINK_MAX: usize = 2_000;

/// Whether a text has the link under which a buyer is answered who asks to return something.
pub(super) fn answers_return(text: &str) -> bool {
    let answers = |text: &str| {
        text.match_indices("messaging/contact/returns").take(100).any(|(at, _)| {
            let link = text.get(at..).unwrap_or_default();
            let link = link.get(..link.floor_char_boundary(LINK_MAX)).unwrap_or_default();
            let mut parts =
                link.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>'));
            parts.next().and_then(plain_buyer_id).is_some()
        })
    };
    answers(text) || hidden(text).any(|link| answers(&link))
}

/// What the links of a text hide in a `u=` that is base64url.
fn hidden(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("u=").take(1_000).filter_map(|(at, _)| {
        let encoded: String = text
            .get(at + 2..)?
            .chars()
            .take(4096)
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        if encoded.len() < 24 {
            return None;
        }
        Some(String::from_utf8_lossy(&URL_SAFE.decode(encoded).ok()?).into_owned())
    })
}

fn plain_buyer_id(text: &str) -> Option<String> {
    text.match_indices("buyerID=").find_map(|(at, key)| {
        let id: String = text
            .get(at + key.len()..)?
            .chars()
            .take(33)
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        (8..=32).contains(&id.len()).then_some(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_ids_stand_alone() {
        let text = "（注文：250-1234567-7654321）S01-1234567-1234567, D01-7654321-1234567; \
            again 250-1234567-7654321";
        assert_eq!(
            orders(text),
            ["250-1234567-7654321", "S01-1234567-1234567", "D01-7654321-1234567"]
        );
        for hyphen in ["\u{2010}", "\u{2011}", "\u{2013}", "\u{2015}", "\u{ff0d}"] {
            let text = format!("Nr.\u{a0}{}", "250-1234567-7654321".replace('-', hyphen));
            assert_eq!(orders(&text), ["250-1234567-7654321"], "{text}");
        }
        for text in [
            "1250-1234567-7654321",
            "250-1234567-76543210",
            "250-123456-7654321",
            "a250-1234567-7654321",
            "-250-1234567-7654321",
            "é-1234567-7654321",
            "",
        ] {
            assert!(orders(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_hidden_buyer_id_is_decoded() {
        let link = "https://sellercentral.amazon.de/messaging/contact/returns?buyerID=A3H1234567890X&custType=buyer";
        let hidden =
            format!("<a href=\"https://x.amazon.de/r?t=1&u={}&s=2\">", URL_SAFE.encode(link));
        assert_eq!(buyer_id(&hidden).as_deref(), Some("A3H1234567890X"));
        assert_eq!(buyer_id(link).as_deref(), Some("A3H1234567890X"));
        assert_eq!(buyer_id("u=notbase64!"), None);
        assert!(answers_return(&hidden) && answers_return(link));
        assert!(!answers_return("https://x/messaging/contact/returns \"?buyerID=A3H1234567890X"));
        assert!(!answers_return("https://x/messaging/contact/order?buyerID=A3H1234567890X"));
    }
}
