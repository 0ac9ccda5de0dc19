//! A row cut into its values.

use crate::Delimiter;

/// Calls `take` with the position and the raw text of each value of a row, quotes included.
///
/// Between tabs a quote is a character like any other: a value that begins with one never swallows
/// what follows ([`quoted`] is for rows that do not fit their header so). Elsewhere a value is quoted when its closing quote stands before a delimiter or
/// the end of the row; a quote that never closes so is taken as a character.
pub(crate) fn each<'a>(row: &'a str, delimiter: Delimiter, mut take: impl FnMut(usize, &'a str)) {
    let byte = delimiter.byte();
    let bytes = row.as_bytes();
    if delimiter == Delimiter::Tab || memchr::memchr(b'"', bytes).is_none() {
        let mut start = 0;
        let mut column = 0;
        for end in memchr::memchr_iter(byte, bytes) {
            take(column, row.get(start..end).unwrap_or_default());
            column += 1;
            start = end + 1;
        }
        take(column, row.get(start..).unwrap_or_default());
        return;
    }
    quoted(row, delimiter, take);
}

/// As [`each`], and values between tabs are quoted like any others.
pub(crate) fn quoted<'a>(row: &'a str, delimiter: Delimiter, mut take: impl FnMut(usize, &'a str)) {
    let byte = delimiter.byte();
    let bytes = row.as_bytes();
    let mut start = 0;
    let mut column = 0;
    loop {
        let rest = bytes.get(start..).unwrap_or_default();
        let end = quoted_len(rest, byte)
            .or_else(|| memchr::memchr(byte, rest))
            .map_or(bytes.len(), |len| start + len);
        take(column, row.get(start..end).unwrap_or_default());
        if end >= bytes.len() {
            return;
        }
        column += 1;
        start = end + 1;
    }
}

/// Length of the quoted value that `bytes` begin with, both quotes included.
fn quoted_len(bytes: &[u8], delimiter: u8) -> Option<usize> {
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    loop {
        let quote = at + memchr::memchr(b'"', bytes.get(at..)?)?;
        match bytes.get(quote + 1) {
            None => return Some(quote + 1),
            Some(next) if *next == delimiter => return Some(quote + 1),
            Some(b'"') => at = quote + 2,
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str, delimiter: Delimiter) -> Vec<&str> {
        let mut out = Vec::new();
        each(row, delimiter, |column, cell| {
            assert_eq!(column, out.len());
            out.push(cell);
        });
        out
    }

    #[test]
    fn a_quote_between_tabs_swallows_nothing() {
        assert_eq!(cells("\"a\tb\"\tc", Delimiter::Tab), ["\"a", "b\"", "c"]);
        assert_eq!(cells("", Delimiter::Tab), [""]);
        assert_eq!(cells("a\t", Delimiter::Tab), ["a", ""]);
    }

    #[test]
    fn quoted_values_hold_commas_and_stray_quotes_do_not() {
        assert_eq!(cells("\"a,b\",c", Delimiter::Comma), ["\"a,b\"", "c"]);
        assert_eq!(cells("\"a\"\"x,\",c,", Delimiter::Comma), ["\"a\"\"x,\"", "c", ""]);
        assert_eq!(cells("\"a\"b,c", Delimiter::Comma), ["\"a\"b", "c"]);
        assert_eq!(cells("\"a,c", Delimiter::Comma), ["\"a", "c"]);
        assert_eq!(cells("a\"b\",\"c;d\"", Delimiter::Comma), ["a\"b\"", "\"c;d\""]);
        assert_eq!(cells("a;\"b;c\"", Delimiter::Semicolon), ["a", "\"b;c\""]);
    }
}
