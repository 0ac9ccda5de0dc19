//! Dates and times as reports write them.

use buyerwatch_domain::Timestamp;
use chrono::NaiveDate;

/// Reads a date or a time of a report; `None` when it is neither.
///
/// ISO 8601 with any offset, also without one, which counts as UTC; `2026/11/02 09:30:00 JST`;
/// `02.11.2026 10:30:00 MEZ`; `2-Nov-2026`; and `11/2/26`, which Amazon's American reports write,
/// month first unless only day first makes sense.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    instant_in(text, false)
}

/// As [`instant`], where `day_first` says which of day and month stands first between slashes. What
/// makes sense in the other order alone is read in that.
pub(crate) fn instant_in(text: &str, day_first: bool) -> Option<Timestamp> {
    let mut cursor = Cursor { rest: text.trim().as_bytes() };
    let date = date(&mut cursor, day_first)?;
    let time = time(&mut cursor)?;
    let offset = zone(&mut cursor)?;
    let at = date.and_hms_milli_opt(time.0, time.1, time.2, time.3)?.and_utc().timestamp_millis();
    Some(Timestamp::from_millis(at - i64::from(offset) * 60_000))
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

    fn word(&mut self) -> &'a [u8] {
        let len = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.rest.split_at(len);
        self.rest = rest;
        word
    }
}

fn date(cursor: &mut Cursor<'_>, day_first: bool) -> Option<NaiveDate> {
    // `Nov-02-26`, as eBay writes it.
    if cursor.rest.first().is_some_and(u8::is_ascii_alphabetic) {
        let month = month(cursor.word())?;
        cursor.eat(|byte| byte == b'-')?;
        let (day, _) = cursor.number(2)?;
        cursor.eat(|byte| byte == b'-')?;
        let (year, digits) = cursor.number(4)?;
        let year = if digits == 2 { 2000 + year } else { year };
        return NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    }
    let (first, digits) = cursor.number(4)?;
    let separator = cursor.eat(|byte| matches!(byte, b'-' | b'/' | b'.'))?;
    let (second, named) = match cursor.number(2) {
        Some((number, _)) => (number, false),
        None => (month(cursor.word())?, true),
    };
    cursor.eat(|byte| byte == separator)?;
    let (third, last_digits) = cursor.number(4)?;
    let (year, month, day) = if digits == 4 {
        (first, second, third)
    } else {
        let year = match last_digits {
            4 => third,
            2 => 2000 + third,
            _ => return None,
        };
        let slashes = separator == b'/' && !named;
        let month_first = slashes && first <= 12 && (second > 12 || !day_first);
        if month_first { (year, first, second) } else { (year, second, first) }
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn month(word: &[u8]) -> Option<u32> {
    const MONTHS: [&[u8]; 12] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov",
        b"dec",
    ];
    let head = word.get(..3)?;
    (1..).zip(MONTHS).find_map(|(number, name)| head.eq_ignore_ascii_case(name).then_some(number))
}

/// Hour, minute, second, millisecond; midnight when there is none.
fn time(cursor: &mut Cursor<'_>) -> Option<(u32, u32, u32, u32)> {
    if cursor.eat(|byte| matches!(byte, b'T' | b't' | b',')).is_none()
        && cursor.rest.first() != Some(&b' ')
    {
        return cursor.rest.is_empty().then_some((0, 0, 0, 0));
    }
    cursor.spaces();
    if cursor.rest.first().is_none_or(|byte| !byte.is_ascii_digit()) {
        return Some((0, 0, 0, 0));
    }
    let (mut hour, _) = cursor.number(2)?;
    cursor.eat(|byte| byte == b':')?;
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
    let half = match cursor.rest.get(..2) {
        Some(half) if half.eq_ignore_ascii_case(b"am") => Some(0),
        Some(half) if half.eq_ignore_ascii_case(b"pm") => Some(12),
        _ => None,
    };
    if let Some(half) = half {
        cursor.rest = cursor.rest.get(2..)?;
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
            "20261102",
            "2026-11-02T10:11:12Z trailing",
            "00000-1-1",
            "1/2/3",
            "2026-11-02T10:11:12+",
            "日付",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
