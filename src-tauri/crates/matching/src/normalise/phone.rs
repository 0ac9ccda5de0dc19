//! Telephone numbers as E.164.

use super::country::{Country, country_of};
use super::phone_plan::{PLANS, of_country, of_digits};
use crate::Unusable;
use unicode_normalization::UnicodeNormalization as _;

/// A number with room for extension and remarks; longer is no telephone number.
const MAX_BYTES: usize = 96;

/// E.164 allows 15 digits; fewer than 7 dial nobody in particular.
const INTERNATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// A telephone number in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// E.164: `+`, country code, national number.
    pub e164: String,
    /// An extension followed. The number itself is then that of a switchboard or of a
    /// marketplace's relay, which give one number to many buyers, so it proves nothing.
    pub extension: bool,
}

/// The one form of a telephone number. `country` is a country's code or name and tells how to read
/// a number that is written nationally.
///
/// # Errors
/// [`Unusable::Empty`]; [`Unusable::Masked`]; [`Unusable::GenericPhone`] for fillers such as
/// 0000000000; [`Unusable::NotAPhone`] for all else, which includes a national number without a
/// country.
pub fn phone(value: &str, country: Option<&str>) -> Result<Phone, Unusable> {
    let mut out = String::new();
    let country = country.and_then(|text| country_of(text, &mut out));
    let extension = phone_into(value, country, &mut out)?;
    Ok(Phone { e164: out, extension })
}

/// What a number may be if its country has to be guessed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Readings {
    /// The E.164 form that it surely has.
    pub sure: Option<String>,
    /// Other forms that it may have.
    pub unsure: Vec<String>,
    /// An extension was cut off.
    pub extension: bool,
}

/// The E.164 forms that a number may have.
///
/// `hints`: countries of the person who carries it, the best evidence first. A national number
/// belongs to the first hint that it fits, unless it fits several countries of that hint. Without
/// a fitting hint it is sure if only one country has such numbers, or if it is ten digits in the
/// North American shape; else every country's reading remains possible.
pub(crate) fn phone_readings(value: &str, hints: &[Vec<Country>]) -> Result<Readings, Unusable> {
    let mut out = String::new();
    match phone_into(value, None, &mut out) {
        Ok(extension) => return Ok(Readings { sure: Some(out), extension, ..Readings::default() }),
        Err(Unusable::NotAPhone) if value.trim().len() <= MAX_BYTES => {}
        Err(reason) => return Err(reason),
    }
    let mut readings = Readings::default();
    let mut read = |country: Country, readings: &mut Readings| {
        let extension = phone_into(value, Some(country), &mut out).ok()?;
        readings.extension = extension;
        if !readings.unsure.contains(&out) {
            readings.unsure.push(out.clone());
        }
        Some(out.clone())
    };
    // A leading trunk digit rules out the countries that use none, except those like Italy whose
    // numbers begin with it.
    for plan in PLANS {
        read(plan.country, &mut readings);
    }
    for hint in hints {
        let mut fitting: Vec<String> =
            hint.iter().filter_map(|country| read(*country, &mut readings)).collect();
        fitting.sort_unstable();
        fitting.dedup();
        if fitting.len() > 1 {
            return Ok(readings);
        }
        if let Some(sure) = fitting.pop() {
            readings.unsure.retain(|other| *other != sure);
            readings.sure = Some(sure);
            return Ok(readings);
        }
    }
    let american = read(Country::new("US"), &mut readings);
    let digits = ascii_digits(value);
    let digits = cut_extension(&digits).0.bytes().filter(u8::is_ascii_digit).count();
    if american.is_some() && digits == 10 {
        readings.sure = american;
        readings.unsure.clear();
    } else if readings.unsure.len() <= 1 {
        readings.sure = readings.unsure.pop();
    }
    let any = readings.sure.is_some() || !readings.unsure.is_empty();
    if any { Ok(readings) } else { Err(Unusable::NotAPhone) }
}

/// The country of an international number, if the table knows it.
pub(crate) fn country_of_phone(value: &str) -> Option<Country> {
    let mut out = String::new();
    phone_into(value, None, &mut out).ok()?;
    of_digits(out.strip_prefix('+')?).map(|(plan, _)| plan.country)
}

/// Writes E.164 to `out`; answers whether an extension was cut off.
pub(crate) fn phone_into(
    value: &str,
    country: Option<Country>,
    out: &mut String,
) -> Result<bool, Unusable> {
    out.clear();
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return Err(Unusable::Empty);
    }
    if trimmed.len() > MAX_BYTES {
        return Err(Unusable::NotAPhone);
    }
    let plain;
    let text = if trimmed.is_ascii() {
        trimmed
    } else {
        plain = ascii_digits(trimmed);
        plain.trim()
    };
    let (dialled, extension) = cut_extension(text);
    let mut digits = [0u8; 24];
    let read = read_digits(dialled, &mut digits)?;
    let all = digits.get(..read.count).and_then(|d| std::str::from_utf8(d).ok()).unwrap_or("");
    if is_filler(all) {
        return Err(Unusable::GenericPhone);
    }
    let international = if read.plus {
        Some(all)
    } else if let Some(rest) = all.strip_prefix("00") {
        Some(rest)
    } else if country.is_some_and(|c| matches!(&c.0, b"US" | b"CA" | b"PR")) && all.len() > 11 {
        all.strip_prefix("011")
    } else {
        None
    };
    match international {
        Some(rest) => write_international(rest, out)?,
        None => write_national(all, dialled, country.ok_or(Unusable::NotAPhone)?, out)?,
    }
    Ok(extension)
}

struct Digits {
    count: usize,
    plus: bool,
}

/// Collects the digits, dropping punctuation and the bracketed trunk zero of `+49 (0)931`.
fn read_digits(text: &str, into: &mut [u8; 24]) -> Result<Digits, Unusable> {
    let mut read = Digits { count: 0, plus: false };
    let mut rest = text;
    // "Tel.: 0931 …" and its kin.
    if let Some(position) = rest.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | '*'))
    {
        let (label, number) = rest.split_at(position);
        if label.len() > 12 || label.bytes().any(|b| b == b'@') {
            return Err(Unusable::NotAPhone);
        }
        rest = number;
    }
    let bytes = rest.as_bytes();
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'0'..=b'9' => {
                *into.get_mut(read.count).ok_or(Unusable::NotAPhone)? = byte;
                read.count += 1;
            }
            b'+' if read.count == 0 => read.plus = true,
            b'(' if read.plus
                && read.count > 0
                && bytes.get(position..position + 3) == Some(b"(0)") =>
            {
                position += 2;
            }
            b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'\t' | b'_' => {}
            b'*' => return Err(Unusable::Masked),
            _ => return Err(Unusable::NotAPhone),
        }
        position += 1;
    }
    Ok(read)
}

fn write_international(digits: &str, out: &mut String) -> Result<(), Unusable> {
    // One more for a trunk zero left standing.
    if digits.starts_with('0') || !INTERNATIONAL_DIGITS.contains(&digits.len().saturating_sub(1)) {
        return Err(Unusable::NotAPhone);
    }
    let Some((plan, rest)) = of_digits(digits) else {
        return write_parts("", digits, out);
    };
    // The trunk zero is often left standing behind the country code.
    let national = if plan.trunk == Some('0') { rest.trim_start_matches('0') } else { rest };
    // Mexican mobile numbers were dialled with a 1 in front from abroad until 2019.
    let national = match national.strip_prefix('1') {
        Some(short) if plan.code == "52" && short.len() == 10 => short,
        _ => national,
    };
    if plan.digits.contains(&national.len()) {
        write_parts(plan.code, national, out)
    } else {
        write_by_library(&format!("+{digits}"), plan.country, out)
    }
}

fn write_national(
    digits: &str,
    dialled: &str,
    country: Country,
    out: &mut String,
) -> Result<(), Unusable> {
    let Some(plan) = of_country(country) else {
        return write_by_library(dialled, country, out);
    };
    let fits = |national: &str| {
        // North American area codes and exchanges begin with 2 to 9.
        let shaped =
            plan.code != "1" || matches!(national.as_bytes(), [b'2'..=b'9', _, _, b'2'..=b'9', ..]);
        let trunk_left = plan.trunk == Some('0') && national.starts_with('0');
        plan.digits.contains(&national.len()) && shaped && !trunk_left
    };
    let without_trunk = plan.trunk.and_then(|trunk| digits.strip_prefix(trunk));
    // Spreadsheets eat the `+` of an international number.
    let certain =
        |all: &str| plan.digits.start() == plan.digits.end() || all.len() > *plan.digits.end();
    let without_code =
        digits.strip_prefix(plan.code).filter(|national| fits(national) && certain(digits));
    match (without_trunk, without_code) {
        (Some(national), _) if fits(national) => write_parts(plan.code, national, out),
        (_, Some(national)) => write_parts(plan.code, national, out),
        _ if fits(digits) => write_parts(plan.code, digits, out),
        // Service numbers and the like have lengths of their own.
        _ => write_by_library(dialled, country, out),
    }
}

/// What the table does not cover: the full metadata of libphonenumber, some microseconds a number.
fn write_by_library(dialled: &str, country: Country, out: &mut String) -> Result<(), Unusable> {
    let id: phonenumber::country::Id = country.code().parse().map_err(|_| Unusable::NotAPhone)?;
    let number = phonenumber::parse(Some(id), dialled).map_err(|_| Unusable::NotAPhone)?;
    if !number.is_valid() {
        return Err(Unusable::NotAPhone);
    }
    let written = number.format().mode(phonenumber::Mode::E164).to_string();
    if !INTERNATIONAL_DIGITS.contains(&written.len().saturating_sub(1)) {
        return Err(Unusable::NotAPhone);
    }
    out.push_str(&written);
    Ok(())
}

fn write_parts(code: &str, national: &str, out: &mut String) -> Result<(), Unusable> {
    if is_filler(national) {
        return Err(Unusable::GenericPhone);
    }
    if !INTERNATIONAL_DIGITS.contains(&(code.len() + national.len())) {
        return Err(Unusable::NotAPhone);
    }
    out.push('+');
    out.push_str(code);
    out.push_str(national);
    Ok(())
}

/// Fillers typed where a form demands a number.
fn is_filler(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let Some((&first, rest)) = bytes.split_first() else { return false };
    if bytes.len() < 6 {
        return false;
    }
    let tail = bytes.get(bytes.len() - 6..).unwrap_or(bytes);
    rest.iter().all(|&digit| digit == first)
        || tail.iter().all(|&digit| digit == b'0')
        || "01234567890".contains(digits)
        || "9876543210".contains(digits)
        || digits == "12345678901"
}

/// Splits off `x123`, `ext. 123`, `;ext=123`, `Durchwahl 12`, `转123`, `内線12`.
fn cut_extension(text: &str) -> (&str, bool) {
    // A number as such holds no letters, so the common case is one scan.
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic() || matches!(byte, b';' | b',' | b'#')) {
        return (text, false);
    }
    let seen = text
        .char_indices()
        .skip_while(|(_, c)| !c.is_ascii_digit())
        .find(|(_, c)| c.is_ascii_alphabetic() || matches!(c, ';' | ',' | '#'));
    let Some((position, _)) = seen else { return (text, false) };
    let (number, tail) = text.split_at(position);
    let marker: String = tail
        .chars()
        .take_while(|c| !c.is_ascii_digit())
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let known = matches!(
        marker.as_str(),
        "" | "x"
            | "ext"
            | "extn"
            | "extension"
            | "poste"
            | "int"
            | "interno"
            | "durchwahl"
            | "dw"
            | "app"
            | "anexo"
            | "ramal"
    );
    if known && tail.chars().any(|c| c.is_ascii_digit()) { (number, true) } else { (text, false) }
}

/// Full-width and other decimal digits as ASCII, words for extension as `x`, the invisible away.
fn ascii_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.nfkc() {
        match char {
            '٠'..='٩' => out.push(shifted(char, '٠')),
            '۰'..='۹' => out.push(shifted(char, '۰')),
            '०'..='९' => out.push(shifted(char, '०')),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' => out.push('-'),
            '转' | '轉' | '内' | '線' | '线' => out.push('x'),
            _ if char.is_whitespace() => out.push(' '),
            _ if char.is_ascii() && !char.is_control() => out.push(char),
            _ if char.is_alphabetic() => out.push('?'),
            _ => {}
        }
    }
    // 内線 became two.
    while out.contains("xx") {
        out = out.replace("xx", "x");
    }
    out
}

fn shifted(digit: char, zero: char) -> char {
    u32::from(digit)
        .checked_sub(u32::from(zero))
        .and_then(|n| char::from_digit(n, 10))
        .unwrap_or('?')
}
