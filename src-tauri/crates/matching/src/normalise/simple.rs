//! Order IDs, marketplace buyer IDs, user names and postcodes: one spelling each.

use super::country::{Country, country_of};
use super::text;
use crate::Unusable;

/// Longest ID that any channel is known to use, with room.
const MAX_ID_BYTES: usize = 64;

/// The one form of an order ID: upper case, plain hyphens, no blanks.
///
/// # Errors
/// [`Unusable::Empty`], [`Unusable::TooLong`]; [`Unusable::NotAnOrderId`] if it holds no digits or
/// other signs than letters, digits, `-`, `_`, `.` and `#`.
pub fn order_id(value: &str) -> Result<String, Unusable> {
    let mut out = String::new();
    order_id_into(value, &mut out)?;
    Ok(out)
}

pub(crate) fn order_id_into(value: &str, out: &mut String) -> Result<(), Unusable> {
    id_into(value, out, Unusable::NotAnOrderId)?;
    let digits = out.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || out.len() < 4 { Err(Unusable::NotAnOrderId) } else { Ok(()) }
}

/// The one form of a marketplace's buyer ID: upper case, no blanks.
///
/// # Errors
/// [`Unusable::Empty`], [`Unusable::TooLong`], [`Unusable::NotABuyerId`].
pub fn marketplace_id(value: &str) -> Result<String, Unusable> {
    let mut out = String::new();
    marketplace_id_into(value, &mut out)?;
    Ok(out)
}

pub(crate) fn marketplace_id_into(value: &str, out: &mut String) -> Result<(), Unusable> {
    id_into(value, out, Unusable::NotABuyerId)?;
    let filler = out.bytes().all(|byte| Some(byte) == out.bytes().next());
    if out.len() < 4 || filler { Err(Unusable::NotABuyerId) } else { Ok(()) }
}

fn id_into(value: &str, out: &mut String, wrong: Unusable) -> Result<(), Unusable> {
    out.clear();
    let value = value.trim();
    if value.is_empty() {
        return Err(Unusable::Empty);
    }
    if value.len() > 4 * MAX_ID_BYTES {
        return Err(Unusable::TooLong);
    }
    text::fold(value, out);
    out.retain(|char| !char.is_whitespace());
    out.make_ascii_uppercase();
    if out.is_empty() {
        return Err(Unusable::Empty);
    }
    if out.len() > MAX_ID_BYTES {
        return Err(Unusable::TooLong);
    }
    let clean = out
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'#'));
    if out.contains('*') {
        Err(Unusable::Masked)
    } else if clean {
        Ok(())
    } else {
        Err(wrong)
    }
}

/// The one form of a user name: compatibility forms plain, lower case.
///
/// # Errors
/// [`Unusable::Empty`], [`Unusable::TooLong`]; [`Unusable::Masked`] for `a***b`;
/// [`Unusable::NotAUserName`] for a single sign.
pub fn user_name(value: &str) -> Result<String, Unusable> {
    let mut out = String::new();
    user_name_into(value, &mut out)?;
    Ok(out)
}

pub(crate) fn user_name_into(value: &str, out: &mut String) -> Result<(), Unusable> {
    out.clear();
    let value = value.trim();
    if value.is_empty() {
        return Err(Unusable::Empty);
    }
    if value.len() > 128 {
        return Err(Unusable::TooLong);
    }
    if value.contains('*') {
        return Err(Unusable::Masked);
    }
    if value.is_ascii() {
        out.extend(value.chars().filter(|c| !c.is_control()).map(|c| c.to_ascii_lowercase()));
    } else {
        // Accents tell user names apart, so only compatibility forms and case are levelled.
        use unicode_normalization::UnicodeNormalization as _;
        out.extend(value.nfkc().filter(|c| !c.is_control()).flat_map(char::to_lowercase));
    }
    if out.starts_with('@') {
        out.remove(0);
    }
    match out.chars().filter(|c| text::is_word(*c)).count() {
        0 | 1 => Err(Unusable::NotAUserName),
        _ => Ok(()),
    }
}

/// The one form of a postcode: letters and digits only, lower case, a US ZIP+4 cut to five digits.
/// `country` is a country's code or name; with it, zeros that a spreadsheet ate are put back.
///
/// # Errors
/// [`Unusable::Empty`]; [`Unusable::NotAPostcode`] for fillers such as 00000 and for texts without
/// a digit.
pub fn postcode(value: &str, country: Option<&str>) -> Result<String, Unusable> {
    let mut out = String::new();
    let country = country.and_then(|name| country_of(name, &mut out));
    postcode_into(value, country, &mut out)?;
    Ok(out)
}

pub(crate) fn postcode_into(
    value: &str,
    country: Option<Country>,
    out: &mut String,
) -> Result<(), Unusable> {
    out.clear();
    let value = value.trim();
    if value.is_empty() {
        return Err(Unusable::Empty);
    }
    if value.len() > 48 {
        return Err(Unusable::NotAPostcode);
    }
    text::fold(value, out);
    let plus_four = matches!(out.split_once('-'), Some((zip, four))
        if zip.len() == 5 && four.len() == 4 && is_digits(zip) && is_digits(four));
    if plus_four {
        out.truncate(5);
    }
    out.retain(|char| char.is_ascii_alphanumeric());
    // "D-97070", "CH-8001": the letters are the country's sign.
    if out.len() >= 5 {
        let letters = out.bytes().take_while(u8::is_ascii_alphabetic).count();
        let rest = out.len() - letters;
        if (1..=3).contains(&letters)
            && (4..=6).contains(&rest)
            && out.bytes().skip(letters).all(|b| b.is_ascii_digit())
        {
            out.drain(..letters);
        }
    }
    let code = country.map(|country| country.0);
    if out.len() == 9 && is_digits(out) && matches!(code.as_ref(), Some(b"US" | b"PR")) {
        out.truncate(5);
    }
    let eaten = match code.as_ref() {
        Some(b"US" | b"PR" | b"DE" | b"FR" | b"ES" | b"IT") => 5usize.saturating_sub(out.len()),
        Some(b"JP") => 7usize.saturating_sub(out.len()),
        _ => 0,
    };
    if (1..=2).contains(&eaten) && is_digits(out) {
        for _ in 0..eaten {
            out.insert(0, '0');
        }
    }
    let usable = (3..=10).contains(&out.len())
        && out.bytes().any(|byte| byte.is_ascii_digit())
        && !out.bytes().all(|byte| byte == b'0');
    if usable { Ok(()) } else { Err(Unusable::NotAPostcode) }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_one_spelling() {
        for (written, normal) in [
            ("302-1234567-7654321", "302-1234567-7654321"),
            (" 302–1234567–7654321\n", "302-1234567-7654321"),
            ("３０２-1234567-7654321", "302-1234567-7654321"),
            ("d01-1234567-7654321", "D01-1234567-7654321"),
            ("12-34567-89012", "12-34567-89012"),
            ("#1001", "#1001"),
        ] {
            assert_eq!(order_id(written).as_deref(), Ok(normal), "{written:?}");
        }
        for bad in ["order", "12", "302/1234567", "買い"] {
            assert_eq!(order_id(bad), Err(Unusable::NotAnOrderId), "{bad}");
        }
        assert_eq!(marketplace_id(" a3h6exampleid ").as_deref(), Ok("A3H6EXAMPLEID"));
        assert_eq!(marketplace_id("0000000"), Err(Unusable::NotABuyerId));
    }

    #[test]
    fn user_names_keep_accents_and_lose_case() {
        assert_eq!(user_name(" @Erika_B ").as_deref(), Ok("erika_b"));
        assert_ne!(user_name("rené"), user_name("rene"));
        assert_eq!(user_name("a***b"), Err(Unusable::Masked));
        assert_eq!(user_name("_"), Err(Unusable::NotAUserName));
    }

    #[test]
    fn postcodes_have_one_spelling() {
        for (written, country, normal) in [
            ("62704-1234", None, "62704"),
            ("627041234", Some("US"), "62704"),
            ("62704", Some("US"), "62704"),
            ("2134", Some("United States"), "02134"),
            ("1067", Some("DE"), "01067"),
            ("D-97070", None, "97070"),
            ("CH-8001", Some("CH"), "8001"),
            ("sw1a 1aa", Some("GB"), "sw1a1aa"),
            ("SW1A1AA", None, "sw1a1aa"),
            ("〒100-0001", Some("JP"), "1000001"),
            ("１００－０００１", None, "1000001"),
            ("K1A 0B1", Some("CA"), "k1a0b1"),
            ("1012 AB", Some("NL"), "1012ab"),
            ("01310-100", Some("BR"), "01310100"),
            ("00-950", Some("PL"), "00950"),
        ] {
            assert_eq!(postcode(written, country).as_deref(), Ok(normal), "{written}");
        }
        for bad in ["00000", "n/a", "--", "12"] {
            assert_eq!(postcode(bad, None), Err(Unusable::NotAPostcode), "{bad}");
        }
    }
}
