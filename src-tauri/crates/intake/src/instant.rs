//! Dates and times as reports write them.

use buyerwatch_domain::Timestamp;
use chrono::NaiveDate;
use std::borrow::Cow;

/// Longest text that is a date, in bytes.
const LONGEST: usize = 100;

/// Reads a date or a time of a report; `None` when it is neither.
///
/// ISO 8601 with any offset, also without one, which counts as UTC; `2026/11/02 09:30:00 JST`;
/// `02.11.2026 10:30:00 MEZ`; `2-Nov-2026`, `2. Nov. 2026`, `Nov 2, 2026 9:30 am PST(UTC-8)` with the
/// months of ten languages; `2026年11月2日`; `20261102`; and `11/2/26`, which Amazon's American reports
/// write, month first unless only day first makes sense.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    instant_in(text, false)
}

/// As [`instant`], where `day_first` says which of day and month stands first between slashes. What
/// makes sense in the other order alone is read in that.
pub(crate) fn instant_in(text: &str, day_first: bool) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    // What stands in brackets repeats the zone, or the weekday.
    let plain = if text.is_ascii() && !text.contains(['(', '[']) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(in_ascii(text)?)
    };
    let plain = plain.trim();
    read(plain, day_first).or_else(|| {
        // A weekday before it, where that is no month.
        let rest = plain.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let word = plain.len() - rest.len();
        let rest = rest.trim_start_matches(['.', ',', ' ']);
        let parted = rest.len() + word < plain.len();
        if (2..=12).contains(&word) && parted { read(rest, day_first) } else { None }
    })
}

/// Reads a date between slashes whose year stands first and has two digits, as in `26/5/13`; `None` when
/// it is not written so.
pub(crate) fn year_first(text: &str) -> Option<Timestamp> {
    let mut cursor = Cursor { rest: text.trim().as_bytes() };
    let (year, digits) = cursor.number(2)?;
    cursor.eat(|byte| byte == b'/')?;
    let (month, _) = cursor.number(2)?;
    cursor.eat(|byte| byte == b'/')?;
    let (day, _) = cursor.number(2)?;
    let date = whole(year, digits, month, day).filter(|_| cursor.rest.is_empty())?;
    let at = date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis();
    Some(Timestamp::from_millis(at))
}

fn read(text: &str, day_first: bool) -> Option<Timestamp> {
    let mut cursor = Cursor { rest: text.as_bytes() };
    let (date, time, offset) = match computers(&mut cursor) {
        Some(read) => read,
        None => {
            let date = date(&mut cursor, day_first)?;
            let time = time(&mut cursor)?;
            (date, time, zone(&mut cursor)?)
        }
    };
    let at = date.and_hms_milli_opt(time.0, time.1, time.2, time.3)?.and_utc().timestamp_millis();
    Some(Timestamp::from_millis(at - i64::from(offset) * 60_000))
}

/// Days of a spreadsheet that counts them from the end of 1899: the years 2009 to 2064, so that few other
/// numbers are taken for a date.
pub(crate) fn serial(text: &str) -> Option<Timestamp> {
    const DAYS: std::ops::Range<f64> = 40_000.0..60_000.0;
    const EPOCH: f64 = 25_569.0;
    let text = text.trim();
    if text.len() > 20 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let days: f64 = text.parse().ok().filter(|days| DAYS.contains(days))?;
    // To the second, which is all that they hold.
    #[expect(clippy::cast_possible_truncation, reason = "within the days above it is exact")]
    let seconds = ((days - EPOCH) * 86_400.0).round() as i64;
    Some(Timestamp::from_millis(seconds * 1000))
}

/// The same in ASCII, without what stands in brackets; `None` when that cannot be a date.
fn in_ascii(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0_u32;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '年' | '月' => plain.push('-'),
            '日' | '\u{a0}' | '\u{202f}' | '\u{3000}' => plain.push(' '),
            '時' | '时' | '点' | '：' => plain.push(':'),
            '分' if chars.peek().is_some_and(char::is_ascii_digit) => plain.push(':'),
            '分' | '秒' | '\u{200e}' | '\u{200f}' => {}
            '上' | '下' | '午' => match (c, chars.next()?) {
                ('上', '午') | ('午', '前') => plain.push_str(" am "),
                ('下', '午') | ('午', '後') => plain.push_str(" pm "),
                _ => return None,
            },
            '，' => plain.push(','),
            '／' => plain.push('/'),
            '０'..='９' => plain.push(char::from_digit(u32::from(c) - u32::from('０'), 10)?),
            // In the names of months and weekdays.
            'ä' | 'á' | 'à' | 'â' | 'ã' | 'Ä' => plain.push('a'),
            'é' | 'è' | 'ê' | 'É' | 'ę' => plain.push('e'),
            'û' | 'ù' | 'ú' | 'ü' => plain.push('u'),
            'ì' | 'í' | 'ı' => plain.push('i'),
            'ç' => plain.push('c'),
            'ś' | 'ş' | 'Ş' => plain.push('s'),
            'ź' => plain.push('z'),
            'ń' => plain.push('n'),
            'ğ' | 'Ğ' => plain.push('g'),
            'º' | 'ª' | '°' => {}
            _ if c.is_ascii() => plain.push(c),
            _ => return None,
        }
    }
    Some(plain)
}

/// Whether the date between slashes can only be read with its day first; `None` when it can be read
/// both ways, or is written otherwise.
pub(crate) fn day_stands_first(text: &str) -> Option<bool> {
    let mut cursor = Cursor { rest: text.trim().as_bytes() };
    let (first, _) = cursor.number(2)?;
    cursor.eat(|byte| byte == b'/')?;
    let (second, _) = cursor.number(2)?;
    cursor.eat(|byte| byte == b'/')?;
    match (first, second) {
        (13..=31, 1..=12) => Some(true),
        (1..=12, 13..=31) => Some(false),
        _ => None,
    }
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// A number of at most `most` digits, and how many it has.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let mut value = 0;
        let mut digits = 0;
        while let Some(digit) = self.rest.get(digits).filter(|byte| byte.is_ascii_digit()) {
            if digits == most {
                return None;
            }
            value = value * 10 + u32::from(digit - b'0');
            digits += 1;
        }
        self.rest = self.rest.get(digits..)?;
        (digits > 0).then_some((value, digits))
    }

    fn eat(&mut self, wanted: impl Fn(u8) -> bool) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        wanted(*first).then(|| {
            self.rest = rest;
            *first
        })
    }

    fn spaces(&mut self) {
        while self.eat(|byte| byte == b' ').is_some() {}
    }

    /// `st`, `nd`, `rd`, `th` and `er` behind a day.
    fn ordinal(&mut self) {
        const ENDINGS: [&[u8]; 5] = [b"st", b"nd", b"rd", b"th", b"er"];
        if let Some((end, rest)) = self.rest.split_at_checked(2)
            && ENDINGS.iter().any(|ending| end.eq_ignore_ascii_case(ending))
        {
            self.rest = rest;
        }
    }

    /// The hours that `am`, `pm`, `a. m.` and the like add.
    fn half(&mut self) -> Option<u32> {
        let mut own = Cursor { rest: self.rest };
        let half = match own.eat(|byte| matches!(byte, b'a' | b'A' | b'p' | b'P'))? {
            b'a' | b'A' => 0,
            _ => 12,
        };
        own.eat(|byte| byte == b'.');
        own.spaces();
        own.eat(|byte| matches!(byte, b'm' | b'M'))?;
        own.eat(|byte| byte == b'.');
        if own.rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        self.rest = own.rest;
        Some(half)
    }

    fn word(&mut self) -> &'a [u8] {
        let len = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.rest.split_at(len);
        self.rest = rest;
        word
    }
}

/// `Nov 02 10:11:12 UTC 2026`, as computers write it.
fn computers(cursor: &mut Cursor<'_>) -> Option<(NaiveDate, Time, i32)> {
    let mut own = Cursor { rest: cursor.rest };
    let month = month(own.word())?;
    own.eat(|byte| byte == b' ')?;
    own.spaces();
    let (day, _) = own.number(2)?;
    if !own.rest.get(..6).is_some_and(|next| next.contains(&b':')) {
        return None;
    }
    let time = time(&mut own)?;
    own.spaces();
    let word = own.word();
    let offset = if word.is_empty() { 0 } else { zone_named(word)? };
    own.spaces();
    let (year, digits) = own.number(4)?;
    if digits != 4 || !own.rest.is_empty() {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    *cursor = own;
    Some((date, time, offset))
}

fn date(cursor: &mut Cursor<'_>, day_first: bool) -> Option<NaiveDate> {
    // `Nov-02-26`, as eBay writes it; `November 2nd, 2026`.
    if cursor.rest.first().is_some_and(u8::is_ascii_alphabetic) {
        let month = month(cursor.word())?;
        let hyphens = cursor.eat(|byte| byte == b'-').is_some();
        if !hyphens {
            cursor.eat(|byte| byte == b'.');
            cursor.eat(|byte| byte == b' ')?;
            cursor.spaces();
        }
        let (day, _) = cursor.number(2)?;
        if hyphens {
            cursor.eat(|byte| byte == b'-')?;
        } else {
            cursor.ordinal();
            cursor.eat(|byte| byte == b',');
            cursor.eat(|byte| byte == b' ')?;
            cursor.spaces();
        }
        let (year, digits) = cursor.number(4)?;
        return whole(year, digits, month, day).filter(|_| hyphens || digits == 4);
    }
    // `20261102`
    if let Some(digits) = cursor.rest.get(..8).filter(|head| head.iter().all(u8::is_ascii_digit)) {
        let number = digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        cursor.rest = cursor.rest.get(8..)?;
        let year = number / 10_000;
        let apart = cursor.rest.first().is_none_or(|next| !next.is_ascii_digit());
        // Other numbers have as many digits.
        return whole(year, 4, number / 100 % 100, number % 100)
            .filter(|_| apart && (2000..2100).contains(&year));
    }
    let (first, digits) = cursor.number(4)?;
    if digits <= 2
        && let Some(date) = in_words(cursor, first)
    {
        return Some(date);
    }
    let separator = cursor.eat(|byte| matches!(byte, b'-' | b'/' | b'.'))?;
    let (second, named) = match cursor.number(2) {
        Some((number, _)) => (number, false),
        None => (month(cursor.word())?, true),
    };
    cursor.eat(|byte| byte == separator)?;
    let (third, last_digits) = cursor.number(4)?;
    if digits == 4 {
        return whole(first, 4, second, third);
    }
    let slashes = separator == b'/' && !named;
    let month_first = slashes && first <= 12 && (second > 12 || !day_first);
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    whole(third, last_digits, month, day)
}

/// What follows the day in `2. Nov. 2026`, `2 novembre 2026` and `2 de noviembre de 2026`.
fn in_words(cursor: &mut Cursor<'_>, day: u32) -> Option<NaiveDate> {
    let mut own = Cursor { rest: cursor.rest };
    own.ordinal();
    own.eat(|byte| byte == b'.');
    own.eat(|byte| byte == b' ')?;
    own.spaces();
    let of = |cursor: &mut Cursor<'_>| {
        let mut own = Cursor { rest: cursor.rest };
        let word = own.word();
        if ["de", "del", "di", "of"].iter().any(|of| word.eq_ignore_ascii_case(of.as_bytes())) {
            own.spaces();
            *cursor = own;
        }
    };
    of(&mut own);
    let month = month(own.word())?;
    own.eat(|byte| matches!(byte, b'.' | b','));
    own.eat(|byte| byte == b' ')?;
    own.spaces();
    of(&mut own);
    let (year, digits) = own.number(4)?;
    let date = whole(year, digits, month, day).filter(|_| digits == 4)?;
    *cursor = own;
    Some(date)
}

/// A date whose year has four digits, or the last two.
fn whole(year: u32, digits: usize, month: u32, day: u32) -> Option<NaiveDate> {
    let year = match digits {
        4 => year,
        2 => 2000 + year,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The month of a name in English, German, French, Italian, Spanish, Portuguese, Dutch, Polish, Swedish or
/// Turkish, or of its beginning; without accents.
fn month(word: &[u8]) -> Option<u32> {
    const LONGEST: usize = 12;
    const MONTHS: [(&[u8], u32); 57] = [
        (b"jan", 1),
        (b"gen", 1),
        (b"ene", 1),
        (b"feb", 2),
        (b"fev", 2),
        (b"mar", 3),
        (b"mrz", 3),
        (b"mae", 3),
        (b"apr", 4),
        (b"avr", 4),
        (b"abr", 4),
        (b"may", 5),
        (b"mai", 5),
        (b"mag", 5),
        (b"jun", 6),
        (b"giu", 6),
        (b"juin", 6),
        (b"jul", 7),
        (b"lug", 7),
        (b"juil", 7),
        (b"aug", 8),
        (b"ago", 8),
        (b"aou", 8),
        (b"sep", 9),
        (b"set", 9),
        (b"oct", 10),
        (b"okt", 10),
        (b"ott", 10),
        (b"out", 10),
        (b"nov", 11),
        (b"dec", 12),
        (b"dez", 12),
        (b"dic", 12),
        (b"dek", 12),
        (b"mrt", 3),
        (b"mei", 5),
        (b"maj", 5),
        (b"sty", 1),
        (b"lut", 2),
        (b"kwi", 4),
        (b"cze", 6),
        (b"lip", 7),
        (b"sie", 8),
        (b"wrz", 9),
        (b"paz", 10),
        (b"lis", 11),
        (b"gru", 12),
        (b"oca", 1),
        (b"sub", 2),
        (b"nis", 4),
        (b"haz", 6),
        (b"tem", 7),
        (b"agu", 8),
        (b"eyl", 9),
        (b"eki", 10),
        (b"kas", 11),
        (b"ara", 12),
    ];
    let begins =
        |name: &[u8]| word.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let found = MONTHS.into_iter().find(|(name, _)| begins(name));
    found.filter(|_| word.len() <= LONGEST).map(|(_, number)| number)
}

/// Hour, minute, second, millisecond.
type Time = (u32, u32, u32, u32);

/// The time behind a date; midnight when there is none.
fn time(cursor: &mut Cursor<'_>) -> Option<Time> {
    if cursor.eat(|byte| matches!(byte, b'T' | b't' | b',')).is_none()
        && cursor.rest.first() != Some(&b' ')
    {
        return cursor.rest.is_empty().then_some((0, 0, 0, 0));
    }
    cursor.spaces();
    // In Chinese and Japanese it stands before the hour.
    let before = cursor.half();
    cursor.spaces();
    if cursor.rest.first().is_none_or(|byte| !byte.is_ascii_digit()) {
        return before.is_none().then_some((0, 0, 0, 0));
    }
    let (mut hour, _) = cursor.number(2)?;
    cursor.eat(|byte| matches!(byte, b':' | b'h'))?;
    let (minute, _) = cursor.number(2)?;
    let mut second = 0;
    let mut millis = 0;
    if cursor.eat(|byte| byte == b':').is_some() {
        // A leap second has no place on the clock that counts milliseconds.
        second = cursor.number(2)?.0.min(59);
        if cursor.eat(|byte| matches!(byte, b'.' | b',')).is_some() {
            let mut scale = 100;
            while let Some(digit) = cursor.eat(|byte| byte.is_ascii_digit()) {
                millis += u32::from(digit - b'0') * scale;
                scale /= 10;
            }
        }
    }
    cursor.spaces();
    if let Some(half) = before.or_else(|| cursor.half()) {
        hour = hour % 12 + half;
    }
    Some((hour, minute, second, millis))
}

/// Offset from UTC in minutes.
fn zone(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.spaces();
    let word = cursor.word();
    let named = if word.is_empty() { 0 } else { zone_named(word)? };
    let Some(sign) = cursor.eat(|byte| matches!(byte, b'+' | b'-')) else {
        return cursor.rest.is_empty().then_some(named);
    };
    let (number, digits) = cursor.number(4)?;
    let minutes = if cursor.eat(|byte| byte == b':').is_some() {
        number * 60 + cursor.number(2)?.0
    } else if digits > 2 {
        number / 100 * 60 + number % 100
    } else {
        number * 60
    };
    let minutes = i32::try_from(minutes).ok().filter(|minutes| *minutes < 24 * 60)?;
    cursor.rest.is_empty().then_some(if sign == b'-' { named - minutes } else { named + minutes })
}

/// Abbreviations that Amazon's marketplaces write. `CST`, `IST` and `BST` mean several zones; the
/// one of the marketplace that writes it is taken.
fn zone_named(word: &[u8]) -> Option<i32> {
    const ZONES: &[(&[u8], i32)] = &[
        (b"z", 0),
        (b"utc", 0),
        (b"gmt", 0),
        (b"wet", 0),
        (b"bst", 60),
        (b"west", 60),
        (b"cet", 60),
        (b"mez", 60),
        (b"met", 60),
        (b"cest", 120),
        (b"mesz", 120),
        (b"mest", 120),
        (b"eet", 120),
        (b"eest", 180),
        (b"ist", 330),
        (b"sgt", 480),
        (b"jst", 540),
        (b"aest", 600),
        (b"aedt", 660),
        (b"brt", -180),
        (b"edt", -240),
        (b"est", -300),
        (b"cdt", -300),
        (b"cst", -360),
        (b"mdt", -360),
        (b"mst", -420),
        (b"pdt", -420),
        (b"pst", -480),
    ];
    ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, minutes)| *minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_reads_as_the_instant_that_it_is() {
        for (text, expected) in [
            ("2026-11-02T10:11:12+00:00", "2026-11-02T10:11:12.000Z"),
            ("2026-11-02T10:11:12-07:00", "2026-11-02T17:11:12.000Z"),
            ("2026-11-02T10:11:12+09:00", "2026-11-02T01:11:12.000Z"),
            ("2026-11-02T10:11:12+0900", "2026-11-02T01:11:12.000Z"),
            ("2026-11-02T10:11:12.345Z", "2026-11-02T10:11:12.345Z"),
            ("2026-11-02T10:11:12.3456789Z", "2026-11-02T10:11:12.345Z"),
            ("2026-11-02T10:11:12", "2026-11-02T10:11:12.000Z"),
            ("2026-11-02 10:11:12 UTC", "2026-11-02T10:11:12.000Z"),
            ("2026-11-02 10:11", "2026-11-02T10:11:00.000Z"),
            (" 2026-11-02 ", "2026-11-02T00:00:00.000Z"),
            ("2026/11/02 09:30:00 JST", "2026-11-02T00:30:00.000Z"),
            ("Nov-02-26", "2026-11-02T00:00:00.000Z"),
            ("Nov-2-2026 10:11:12", "2026-11-02T10:11:12.000Z"),
            ("10/20/23", "2023-10-20T00:00:00.000Z"),
            ("10/20/2023", "2023-10-20T00:00:00.000Z"),
            ("20/10/2023", "2023-10-20T00:00:00.000Z"),
            ("1/2/2024 3:04 PM PST", "2024-01-02T23:04:00.000Z"),
            ("1/2/2024 12:04 AM", "2024-01-02T00:04:00.000Z"),
            ("02.11.2026 10:11:12 MEZ", "2026-11-02T09:11:12.000Z"),
            ("02.07.2026 10:11:12 MESZ", "2026-07-02T08:11:12.000Z"),
            ("02-Nov-2026 10:11:12 UTC", "2026-11-02T10:11:12.000Z"),
            ("2026-12-31T23:59:60Z", "2026-12-31T23:59:59.000Z"),
            ("2026-11-02T10:11:12GMT+01:00", "2026-11-02T09:11:12.000Z"),
            ("2026-11-02T10:11:12+01:00[Europe/Berlin]", "2026-11-02T09:11:12.000Z"),
            ("2026年11月2日", "2026-11-02T00:00:00.000Z"),
            ("2026年11月02日 10:11:12", "2026-11-02T10:11:12.000Z"),
            ("2026年11月2日(月) 10時11分", "2026-11-02T10:11:00.000Z"),
            ("2026年11月2日10时11分12秒", "2026-11-02T10:11:12.000Z"),
            ("２０２６／１１／０２", "2026-11-02T00:00:00.000Z"),
            ("2026/11/02 上午10:11", "2026-11-02T10:11:00.000Z"),
            ("2026/11/02 下午 10:11", "2026-11-02T22:11:00.000Z"),
            ("2026年11月2日 午後1:02", "2026-11-02T13:02:00.000Z"),
            ("Nov 2, 2026", "2026-11-02T00:00:00.000Z"),
            ("November 2nd, 2026", "2026-11-02T00:00:00.000Z"),
            ("Nov 2, 2026 10:11:12 AM PST", "2026-11-02T18:11:12.000Z"),
            ("Nov 2, 2026, 10:11 am PST(UTC-8)", "2026-11-02T18:11:00.000Z"),
            ("Nov 2, 2026 1:02 p.\u{a0}m.", "2026-11-02T13:02:00.000Z"),
            ("2 Nov 2026 10:11:12 GMT", "2026-11-02T10:11:12.000Z"),
            ("2. Nov. 2026", "2026-11-02T00:00:00.000Z"),
            ("2. November 2026, 10:11", "2026-11-02T10:11:00.000Z"),
            ("2 novembre 2026 10h11", "2026-11-02T10:11:00.000Z"),
            ("1er déc. 2026", "2026-12-01T00:00:00.000Z"),
            ("2 de noviembre de 2026", "2026-11-02T00:00:00.000Z"),
            ("2 de noviembre del 2026", "2026-11-02T00:00:00.000Z"),
            ("lun., 2 nov. 2026", "2026-11-02T00:00:00.000Z"),
            ("mar 3 nov 2026 10:11", "2026-11-03T10:11:00.000Z"),
            ("Montag, 2. November 2026", "2026-11-02T00:00:00.000Z"),
            ("Mon Nov 02 10:11:12 UTC 2026", "2026-11-02T10:11:12.000Z"),
            ("Mon, 02 Nov 2026 10:11:12 +0100", "2026-11-02T09:11:12.000Z"),
            ("02-Dez-2026", "2026-12-02T00:00:00.000Z"),
            ("03-mag-2026", "2026-05-03T00:00:00.000Z"),
            ("03-août-2026", "2026-08-03T00:00:00.000Z"),
            ("03-Mär-2026", "2026-03-03T00:00:00.000Z"),
            ("03 juillet 2026", "2026-07-03T00:00:00.000Z"),
            ("03 juin 2026", "2026-06-03T00:00:00.000Z"),
            ("03 out 2026", "2026-10-03T00:00:00.000Z"),
            ("2 mei 2026", "2026-05-02T00:00:00.000Z"),
            ("2 mrt. 2026", "2026-03-02T00:00:00.000Z"),
            ("2 maj 2026 10:11:12 CEST", "2026-05-02T08:11:12.000Z"),
            ("5 stycznia 2026", "2026-01-05T00:00:00.000Z"),
            ("5 października 2026", "2026-10-05T00:00:00.000Z"),
            ("5 lip 2026", "2026-07-05T00:00:00.000Z"),
            ("5 wrz 2026", "2026-09-05T00:00:00.000Z"),
            ("5 Ocak 2026", "2026-01-05T00:00:00.000Z"),
            ("5 Şubat 2026 10:11", "2026-02-05T10:11:00.000Z"),
            ("5 Ağustos 2026", "2026-08-05T00:00:00.000Z"),
            ("5 Kasım 2026", "2026-11-05T00:00:00.000Z"),
            ("Pazar, 5 Temmuz 2026", "2026-07-05T00:00:00.000Z"),
            ("Paz 5 Temmuz 2026", "2026-07-05T00:00:00.000Z"),
            ("Nov-02-26", "2026-11-02T00:00:00.000Z"),
            ("05.Jan.2026", "2026-01-05T00:00:00.000Z"),
            ("20261102", "2026-11-02T00:00:00.000Z"),
            ("2/11/2026 10:11 a. m.", "2026-02-11T10:11:00.000Z"),
        ] {
            let read = instant(text).map(|at| at.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn day_and_month_stand_as_they_are_said_to() {
        for (text, day_first, expected) in [
            ("5/10/2026", true, "2026-10-05T00:00:00.000Z"),
            ("5/10/2026", false, "2026-05-10T00:00:00.000Z"),
            ("05/10/26 10:11", true, "2026-10-05T10:11:00.000Z"),
            ("20/10/2026", false, "2026-10-20T00:00:00.000Z"),
            ("10/20/2026", true, "2026-10-20T00:00:00.000Z"),
            ("2026/05/10", true, "2026-05-10T00:00:00.000Z"),
            ("5.10.2026", false, "2026-10-05T00:00:00.000Z"),
            ("Nov-02-26", true, "2026-11-02T00:00:00.000Z"),
        ] {
            let read = instant_in(text, day_first).map(|at| at.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(day_stands_first("20/10/2026 10:11"), Some(true));
        assert_eq!(day_stands_first("10/20/26"), Some(false));
        for text in ["5/10/2026", "2026/05/20", "20.10.2026", "32/1/2026", "20/13/2026", "x", ""] {
            assert_eq!(day_stands_first(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_can_stand_first() {
        let read = |text| year_first(text).map(|at| at.to_string());
        assert_eq!(read("26/5/13").as_deref(), Some("2026-05-13T00:00:00.000Z"));
        assert_eq!(read("26/05/03").as_deref(), Some("2026-05-03T00:00:00.000Z"));
        for text in ["2026/5/13", "6/5/13", "26/13/5", "26/5/13 10:00", "26-5-13", "26/5", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            " ",
            "-",
            "n/a",
            "2026",
            "2026-13-01",
            "2026-02-30",
            "2026-11-02T25:00:00Z",
            "2026-11-02T10:11:12+99:99",
            "2026-11-02 XYZ",
            "302-1234567-1234567",
            "20261302",
            "57640000",
            "202611021",
            "46328",
            "Nov 2026",
            "2 things 2026",
            "may 2, 26 things",
            "2026年",
            "上午10:11",
            "2026-11-02T10:11:12Z trailing",
            "00000-1-1",
            "1/2/3",
            "2026-11-02T10:11:12+",
            "日付",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn the_days_of_a_spreadsheet_are_told_from_other_numbers() {
        let read = |text| serial(text).map(|at| at.to_string());
        assert_eq!(read("46328").as_deref(), Some("2026-11-02T00:00:00.000Z"));
        assert_eq!(read("46328.42444444445").as_deref(), Some("2026-11-02T10:11:12.000Z"));
        for text in ["39999", "60000", "4.6E4", "-46328", "46328,4", "", "1e300", "46328.4.2"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
