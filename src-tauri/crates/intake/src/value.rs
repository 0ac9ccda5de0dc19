//! Single values of a row.

use crate::ReportFormat;
use buyerwatch_domain::{Fulfillment, OrderStatus};
use std::borrow::Cow;

/// A value without the space, quotes and control characters around it.
pub(crate) fn tidy(cell: &str) -> &str {
    unquoted(cell).0
}

/// The same, and whether there were quotes.
fn unquoted(cell: &str) -> (&str, bool) {
    let text = trim(cell);
    let inner = |before: usize, after: usize| {
        trim(text.get(before..text.len().saturating_sub(after)).unwrap_or_default())
    };
    match text.as_bytes() {
        // Programs write `="…"`, quoted or not, so that spreadsheets take it for text.
        [b'"', b'=', b'"', b'"', _inner @ .., b'"', b'"', b'"'] => (inner(4, 3), true),
        [b'=', b'"', _inner @ .., b'"'] => (inner(2, 1), true),
        [b'"', _inner @ .., b'"'] => (inner(1, 1), true),
        _ => (text, false),
    }
}

fn trim(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_none_or(|byte| (0x21..0x7f).contains(byte));
    let bytes = text.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        return text;
    }
    // Byte order marks and zero-width spaces travel with copied text.
    text.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}')
    })
}

/// Puts the text of a cell in place of what `target` holds. Inside a quoted cell a doubled quote
/// is one; control characters become spaces.
pub(crate) fn put(target: &mut String, cell: &str, controls: bool) {
    target.clear();
    let (text, quoted) = unquoted(cell);
    let text = if quoted && memchr::memchr(b'"', text.as_bytes()).is_some() {
        Cow::Owned(text.replace("\"\"", "\""))
    } else {
        Cow::Borrowed(text)
    };
    if controls && text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        target.extend(
            text.chars().filter(|c| *c != '\0').map(|c| if c.is_control() { ' ' } else { c }),
        );
    } else {
        target.push_str(&text);
    }
}

/// The order ID that a cell holds: `302-1234567-1234567`, `D01-…` for digital orders, `S…` for
/// the seller's own.
pub(crate) fn order_id(cell: &str) -> Option<Cow<'_, str>> {
    let text = tidy(cell);
    if is_order_id(text.as_bytes()) {
        return Some(Cow::Borrowed(text));
    }
    // Spreadsheets keep text that looks like a number as `="…"` or behind an apostrophe.
    let text: String = text
        .trim_start_matches(['=', '\''])
        .trim_matches('"')
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{feff}' | '\u{200b}'))
        .map(|c| if matches!(c, '\u{2010}'..='\u{2015}') { '-' } else { c.to_ascii_uppercase() })
        .collect();
    is_order_id(text.as_bytes()).then_some(Cow::Owned(text))
}

/// Longest order ID of a channel other than Amazon, in characters.
const CHANNEL_ID_MAX: usize = 64;

/// The order ID that a cell of a report holds. Other channels than Amazon number as they like, with
/// at least one digit and no blank.
pub(crate) fn order_id_of(cell: &str, format: ReportFormat) -> Option<Cow<'_, str>> {
    let amazon = order_id(cell);
    if amazon.is_some() || !format.is_foreign() {
        return amazon;
    }
    // A tab behind a long number keeps spreadsheets from rounding it.
    let text = tidy(tidy(cell).trim_start_matches(['=', '\'']));
    let shaped = !is_rounded(cell)
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.chars().count() <= CHANNEL_ID_MAX
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\u{fffd}')
        && !text.contains([',', ';', '"', '@']);
    shaped.then_some(Cow::Borrowed(text))
}

/// Whether the cell is a long number as spreadsheets round it: `5.77012E+17`, which many numbers
/// come to.
pub(crate) fn is_rounded(cell: &str) -> bool {
    let text = tidy(tidy(cell).trim_start_matches(['=', '\''])).as_bytes();
    let Some(at) = text.iter().position(|byte| matches!(byte, b'E' | b'e')) else { return false };
    let (number, power) = text.split_at(at);
    let power = power.get(1..).unwrap_or_default();
    let (power, signed) = power.strip_prefix(b"+").map_or((power, false), |power| (power, true));
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let fraction = match number {
        [_, b'.' | b',', fraction @ ..] => Some(fraction),
        _ => None,
    };
    // A letter between digits alone can be a number of a channel's own.
    digits(power)
        && number.first().is_some_and(u8::is_ascii_digit)
        && fraction.map_or(number.len() == 1 && signed, digits)
}

/// Whether dashes stand where there is no value.
pub(crate) fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '\u{2013}' | '\u{2014}'))
}

/// Takes off the apostrophe behind which spreadsheets keep a number as text.
pub(crate) fn plain_number(text: &mut String) {
    if text.starts_with('\'') {
        text.remove(0);
    }
}

/// Whether a channel hid the value or part of it.
pub(crate) fn is_masked(text: &str) -> bool {
    text.contains(['*', '\u{ff0a}', '\u{2022}', '\u{25cf}'])
}

fn is_order_id(text: &[u8]) -> bool {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if let [a, b, c, b'-', middle @ .., b'-', y0, y1, y2, y3, y4, y5, y6] = text
        && middle.len() == 7
        && digits(middle)
        && digits(&[*b, *c, *y0, *y1, *y2, *y3, *y4, *y5, *y6])
    {
        return a.is_ascii_digit() || matches!(a, b'D' | b'S');
    }
    // Orders that the seller made for another channel carry the seller's own number.
    matches!(text, [b'S', rest @ ..] if (3..=40).contains(&rest.len())
        && rest.first().is_some_and(u8::is_ascii_digit)
        && rest.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || *byte == b'-'))
}

/// Endings of `marketplace.amazon.…`, the domains of relay aliases, for the 22 marketplaces.
const MARKETPLACES: [&str; 22] = [
    "com", "com.au", "com.be", "com.br", "com.mx", "com.tr", "co.jp", "co.uk", "ae", "ca", "de",
    "eg", "es", "fr", "ie", "in", "it", "nl", "pl", "sa", "se", "sg",
];

/// The ending of the marketplace that a relay alias belongs to: `co.uk` of Amazon.co.uk. An alias
/// stays within one marketplace.
pub(crate) fn marketplace(alias: &str) -> Option<&'static str> {
    const DOMAIN: &str = "@marketplace.amazon.";
    let (_, domain) = alias.split_at_checked(alias.rfind('@')?)?;
    let (head, ending) = domain.split_at_checked(DOMAIN.len())?;
    if !head.eq_ignore_ascii_case(DOMAIN) {
        return None;
    }
    MARKETPLACES.into_iter().find(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether the address answers nobody, as those that the marketplace puts in place of many buyers'.
pub(crate) fn is_no_reply(alias: &str) -> bool {
    const LOCAL: [&str; 4] = ["no-reply", "noreply", "donotreply", "do-not-reply"];
    LOCAL
        .iter()
        .any(|start| alias.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// Whether the marketplace hid the telephone number, or parts of it, or put words in its place.
/// What is left of such a number belongs to many.
pub(crate) fn is_masked_phone(phone: &str) -> bool {
    let hidden = |c: char| matches!(c, '*' | '\u{ff0a}' | '\u{2022}' | '\u{25cf}');
    // A single `x` stands before an extension.
    let crossed = || phone.as_bytes().windows(2).any(|pair| pair.eq_ignore_ascii_case(b"xx"));
    phone.contains(hidden) || crossed() || !phone.contains(char::is_numeric)
}

/// The decimal text of an amount, with `.` as the separator: `1.234,56` is `1234.56`.
///
/// A single separator before exactly three digits groups thousands, except after a lone `0`.
pub(crate) fn amount(cell: &str, out: &mut String) -> bool {
    out.clear();
    let text = tidy(cell);
    let start = text.find(|c: char| c.is_ascii_digit());
    let end = text.rfind(|c: char| c.is_ascii_digit());
    let (Some(start), Some(end)) = (start, end) else { return false };
    let (before, after) =
        (text.get(..start).unwrap_or_default(), text.get(end + 1..).unwrap_or_default());
    let number = text.get(start..=end).unwrap_or_default();
    // Signs and names of currencies stand around an amount; more than that is no amount.
    if number.len() > 32 || before.chars().count() > 5 || after.chars().count() > 5 {
        return false;
    }
    let separators = || number.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b','));
    let decimal = match separators().next_back() {
        None => None,
        Some((last, mark)) => {
            let alike = separators().filter(|(_, byte)| *byte == mark).count();
            let mixed = separators().count() > alike;
            let fraction = number.len() - last - 1;
            let whole = number.get(..last).unwrap_or_default();
            let groups = alike > 1 || !mixed && fraction == 3 && whole != "0";
            (!groups).then_some(last)
        }
    };
    if before.contains('-') || after.contains('-') || before.contains('\u{2212}') {
        out.push('-');
    }
    for (at, c) in number.char_indices() {
        match c {
            '0'..='9' => out.push(c),
            '.' | ',' if Some(at) == decimal => out.push('.'),
            '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2019}' => {}
            _ => {
                out.clear();
                return false;
            }
        }
    }
    true
}

/// An amount as programs write it, with `.` before the fraction whatever its length.
pub(crate) fn decimal(text: &str, out: &mut String) -> bool {
    out.clear();
    let text = tidy(text);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() > 32 || !plain(whole) || !plain(fraction) {
        return false;
    }
    out.push_str(sign);
    out.push_str(digits);
    true
}

/// A count of units; `None` when the cell holds none.
pub(crate) fn count(cell: &str) -> Option<u32> {
    tidy(cell).parse().ok()
}

/// Whether the cell says yes, in the languages of the marketplaces.
pub(crate) fn yes(cell: &str) -> bool {
    let text = tidy(cell);
    ["true", "yes", "1", "y", "ja", "oui", "sì", "sí", "si", "はい", "是"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// How far an order has come, in the words of All Orders and of the API, whatever stands between them.
pub(crate) fn status(cell: &str) -> OrderStatus {
    let text = tidy(cell);
    let begins = |word: &str| {
        let mut letters = text.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
        word.bytes().all(|byte| letters.next().is_some_and(|own| own.eq_ignore_ascii_case(&byte)))
    };
    if begins("shipped")
        || begins("partiallyshipped")
        || begins("complete")
        || begins("delivered")
        || begins("intransit")
        || begins("fulfilled")
    {
        OrderStatus::Shipped
    } else if begins("unshipped")
        || begins("shipping")
        || begins("toship")
        || begins("awaitingshipment")
        || begins("acknowledged")
        || begins("unfulfilled")
        // It never left, and nobody cancelled it.
        || begins("unfulfillable")
    {
        OrderStatus::Unshipped
    } else if begins("cancel") {
        OrderStatus::Cancelled
    } else if begins("pending") {
        OrderStatus::Pending
    } else {
        OrderStatus::Unknown
    }
}

/// Who ships, in the words of All Orders.
pub(crate) fn fulfillment(cell: &str) -> Option<Fulfillment> {
    let text = tidy(cell);
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("merchant") || is("mfn") || is("seller") {
        Some(Fulfillment::Seller)
    } else if text.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("amazon")) || is("afn") {
        Some(Fulfillment::Marketplace)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_known_whatever_stands_between_its_words() {
        for (text, status) in [
            ("PARTIALLY_SHIPPED", OrderStatus::Shipped),
            ("PartiallyShipped", OrderStatus::Shipped),
            ("Shipped - Delivered to Buyer", OrderStatus::Shipped),
            ("In transit", OrderStatus::Shipped),
            ("UNSHIPPED", OrderStatus::Unshipped),
            ("UNFULFILLABLE", OrderStatus::Unshipped),
            ("Awaiting-Shipment", OrderStatus::Unshipped),
            ("CANCELLED", OrderStatus::Cancelled),
            ("PENDING_AVAILABILITY", OrderStatus::Pending),
            ("", OrderStatus::Unknown),
            ("ship", OrderStatus::Unknown),
        ] {
            assert_eq!(super::status(text), status, "{text}");
        }
    }

    #[test]
    fn what_keeps_a_spreadsheet_from_reading_a_value_is_no_part_of_it() {
        for cell in ["=\"07743\"", "\"=\"\"07743\"\"\"", "\"07743\"", " =\" 07743 \"\t", "07743"] {
            assert_eq!(tidy(cell), "07743", "{cell}");
        }
        for cell in ["=", "=\"", "\"=\"\"", "=1+1", "\"=\"\"\""] {
            assert!(!tidy(cell).is_empty(), "{cell}");
        }
        assert_eq!(tidy("=\"\""), "");
    }

    #[test]
    fn rounded_numbers_are_no_order_ids() {
        for rounded in ["5.77012E+17", "5.77E17", "5E+17", "5.770123450000001e+17"] {
            assert_eq!(order_id_of(rounded, ReportFormat::TikTokShop), None, "{rounded}");
        }
        for whole in ["577012345678901234", "5E-77", "E17", "PO-211-E12", "12E4567"] {
            assert!(order_id_of(whole, ReportFormat::TikTokShop).is_some(), "{whole}");
        }
    }

    #[test]
    fn order_ids_of_every_kind_are_told_from_other_text() {
        for (cell, id) in [
            ("302-1234567-7654321", "302-1234567-7654321"),
            (" \"302-1234567-7654321\"\u{a0}", "302-1234567-7654321"),
            ("=\"302-1234567-7654321\"", "302-1234567-7654321"),
            ("'302-1234567-7654321", "302-1234567-7654321"),
            ("302\u{2013}1234567\u{2013}7654321", "302-1234567-7654321"),
            ("D01-1234567-7654321", "D01-1234567-7654321"),
            ("d01-1234567-7654321", "D01-1234567-7654321"),
            ("S01-1234567-7654321", "S01-1234567-7654321"),
            ("S02-99-X7", "S02-99-X7"),
        ] {
            assert_eq!(order_id(cell).as_deref(), Some(id), "{cell}");
        }
        for cell in [
            "",
            "order-id",
            "302-1234567-765432",
            "302-1234567-76543210",
            "S",
            "SKU-1",
            "Summe: 4",
            "302-12345a7-7654321",
            "３０２-1234567-7654321",
            "E01-1234567-7654321",
            "Straße 3",
        ] {
            assert_eq!(order_id(cell), None, "{cell}");
        }
    }

    #[test]
    fn rounded_numbers_are_told_from_order_ids() {
        for cell in [
            "5.77012E+17",
            "5.77012E17",
            "5,77012E+17",
            "5.8e+17",
            "6E+17",
            " \"5.77012E+17\"\t",
            "=\"5.77012E+17\"",
            "'5.77012E+17",
        ] {
            assert!(is_rounded(cell), "{cell}");
            assert_eq!(order_id_of(cell, ReportFormat::TikTokShop), None, "{cell}");
        }
        for cell in [
            "576400000000000001",
            "4E17",
            "12-34567-89012",
            "#1001",
            "A1.2E+3",
            "1.E+3",
            "1.2E+3-4",
        ] {
            assert!(!is_rounded(cell), "{cell}");
            assert_eq!(order_id_of(cell, ReportFormat::TikTokShop).as_deref(), Some(cell));
        }
    }

    #[test]
    fn amounts_keep_their_digits() {
        let mut out = String::new();
        for (cell, expected) in [
            ("119.00", "119.00"),
            ("119,00", "119.00"),
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1 234,56 €", "1234.56"),
            ("1\u{202f}234,56", "1234.56"),
            ("1'234.50", "1234.50"),
            ("12.345.678", "12345678"),
            ("1,234", "1234"),
            ("1.234", "1234"),
            ("0.125", "0.125"),
            ("2480", "2480"),
            ("¥2,480", "2480"),
            ("EUR 9,9", "9.9"),
            ("-3.50", "-3.50"),
            ("1.234.567,8", "1234567.8"),
            ("0", "0"),
        ] {
            assert!(amount(cell, &mut out), "{cell}");
            assert_eq!(out, expected, "{cell}");
        }
        for cell in ["", "free", "12a3", "see note 4 below", "1234567890123456789012345678901234"] {
            assert!(!amount(cell, &mut out), "{cell}");
        }
    }

    #[test]
    fn the_domain_of_an_alias_names_its_marketplace() {
        for ending in MARKETPLACES {
            let alias = format!("a1b2c3d4e5f6g7+0a1b2c3d@marketplace.amazon.{ending}");
            assert_eq!(marketplace(&alias), Some(ending));
            assert_eq!(marketplace(&alias.to_ascii_uppercase()), Some(ending));
        }
        for alias in [
            "",
            "@",
            "x",
            "x@amazon.de",
            "x@marketplace.amazon.",
            "x@marketplace.amazon.example",
            "x@marketplace.amazon.de.example",
            "x@marketplace.amazon.\u{fc}",
            "x@marketplace.amazo\u{fc}.de",
        ] {
            assert_eq!(marketplace(alias), None, "{alias}");
        }
    }

    #[test]
    fn hidden_telephone_numbers_are_told_from_given_ones() {
        for phone in
            ["+49 30 *** 42", "**********", "XXX-XXX-0142", "\u{2022}\u{2022}42", "n/a", ""]
        {
            assert!(is_masked_phone(phone), "{phone}");
        }
        for phone in [
            "+49 30 5550142",
            "(555) 555-0142 x12",
            "555-555-0142 ext. 12",
            "555-555-0142 #12",
            "\u{ff10}\u{ff19}\u{ff10}-5550-0142",
        ] {
            assert!(!is_masked_phone(phone), "{phone}");
        }
    }

    #[test]
    fn values_lose_what_surrounds_them_and_nothing_else() {
        let mut out = String::new();
        for (cell, expected) in [
            ("\u{a0} Anna \u{3000}", "Anna"),
            ("\"Anna\"", "Anna"),
            ("\" Anna \"\"Nan\"\" Lind \"", "Anna \"Nan\" Lind"),
            ("5\" pipe", "5\" pipe"),
            ("\"Haus\" am See", "\"Haus\" am See"),
            ("\"", "\""),
            ("a\0b\u{c}c\r", "ab c"),
            ("\u{feff}x", "x"),
        ] {
            put(&mut out, cell, true);
            assert_eq!(out, expected, "{cell}");
        }
    }
}
