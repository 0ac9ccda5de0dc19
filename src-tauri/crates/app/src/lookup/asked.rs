//! What a typed or pasted text may be: one value, or a block of name, address and numbers.

use buyerwatch_matching::linkage::Profile;

/// Longer texts are letters, not labels.
const LONGEST: usize = 1_000;
/// Lines of a label, or parts between commas, that are looked at.
const PARTS: usize = 12;

/// A text, taken apart.
pub(super) struct Asked<'a> {
    /// Every line by itself, the whole first: each may be an alias, a number or an order ID.
    pub(super) values: Vec<&'a str>,
    /// Name and address, for comparing by likeness; empty for a text that can be neither.
    pub(super) profile: Profile,
}

impl<'a> Asked<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let text = text.trim();
        let mut asked = Self { values: vec![text], profile: Profile::default() };
        if text.len() > LONGEST {
            return asked;
        }
        let by_line: Vec<&str> = parts(text, &['\n', '\r', '\t']);
        let pieces =
            if by_line.len() > 1 { by_line } else { parts(text, &[',', '，', ';', '；']) };
        if pieces.len() > 1 {
            asked.values.extend(&pieces);
        }
        // A label says who first and where then; what names an account is neither.
        let (mut name, mut place): (Option<&str>, Vec<&str>) = (None, Vec::new());
        for piece in pieces.iter().map(|piece| without_caption(piece)) {
            if piece.contains('@') || is_number(piece) {
                if !piece.contains('@') && is_postcode_like(piece) {
                    place.push(piece);
                }
            } else if name.is_none() && place.is_empty() && !has_digit(piece) {
                name = Some(piece);
            } else {
                place.push(piece);
            }
        }
        if let Some(name) = name {
            asked.profile.add_name(name);
        }
        if !place.is_empty() {
            // Too long for an address: then it is compared as what else it may be.
            let _ = asked.profile.add_address_line(&place.join(", "));
        }
        asked
    }
}

fn parts<'a>(text: &'a str, at: &[char]) -> Vec<&'a str> {
    text.split(at).map(str::trim).filter(|part| !part.is_empty()).take(PARTS).collect()
}

/// `Name: Ann Example` and `收件人：王小明` as copied from a page.
fn without_caption(piece: &str) -> &str {
    match piece.split_once([':', '：']) {
        Some((caption, rest)) if !rest.trim().is_empty() && !has_digit(caption) => rest.trim(),
        _ => piece,
    }
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_numeric())
}

/// Nothing but digits and what stands between them.
fn is_number(text: &str) -> bool {
    has_digit(text) && !text.chars().any(char::is_alphabetic)
}

/// Short enough for a postcode; a telephone number is longer.
fn is_postcode_like(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() <= 7
}
