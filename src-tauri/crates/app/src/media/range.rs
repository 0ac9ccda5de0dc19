//! The header `Range` (RFC 9110, section 14), as far as players use it: one range of bytes.

/// Which part of a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it: no header, or one that means nothing.
    All,
    /// From here to there, both included, within the file.
    Part { start: u64, end: u64 },
    /// A part that the file does not have.
    Nowhere,
}

/// Reads the header for a file of so many bytes.
pub(super) fn wanted(range: Option<&str>, length: u64) -> Wanted {
    let Some((start, end)) = range
        .and_then(|range| range.trim().strip_prefix("bytes="))
        // Several ranges would need an answer in several parts, which nobody here asks for.
        .filter(|range| !range.contains(','))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Wanted::All;
    };
    let number = |text: &str| -> Option<u64> {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number beyond all files is as good as their end.
        plain.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (start.trim(), end.trim()) {
        ("", last) => match number(last) {
            None => Wanted::All,
            Some(0) => Wanted::Nowhere,
            Some(_) if length == 0 => Wanted::Nowhere,
            Some(last) => {
                Wanted::Part { start: length.saturating_sub(last), end: length.saturating_sub(1) }
            }
        },
        (start, end) => match (number(start), end) {
            (None, _) => Wanted::All,
            (Some(start), _) if start >= length => Wanted::Nowhere,
            (Some(start), "") => Wanted::Part { start, end: length.saturating_sub(1) },
            (Some(start), end) => match number(end) {
                Some(end) if end >= start => {
                    Wanted::Part { start, end: end.min(length.saturating_sub(1)) }
                }
                _ => Wanted::All,
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_players_write_them() {
        let part = |start, end| Wanted::Part { start, end };
        for (range, found) in [
            ("bytes=0-", part(0, 99)),
            ("bytes=0-0", part(0, 0)),
            ("bytes=10-19", part(10, 19)),
            ("bytes=90-500", part(90, 99)),
            ("bytes=99-", part(99, 99)),
            ("bytes=-1", part(99, 99)),
            ("bytes=-500", part(0, 99)),
            ("bytes=0-99999999999999999999999", part(0, 99)),
            (" bytes=5-6 ", part(5, 6)),
            ("bytes=100-", Wanted::Nowhere),
            ("bytes=99999999999999999999999-", Wanted::Nowhere),
            ("bytes=-0", Wanted::Nowhere),
            ("bytes=9-1", Wanted::All),
            ("bytes=0-1,3-4", Wanted::All),
            ("bytes=-", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("bytes=+1-2", Wanted::All),
            ("items=0-1", Wanted::All),
            ("", Wanted::All),
        ] {
            assert_eq!(wanted(Some(range), 100), found, "{range}");
        }
        assert_eq!(wanted(None, 100), Wanted::All);
        for range in ["bytes=0-", "bytes=-1"] {
            assert_eq!(wanted(Some(range), 0), Wanted::Nowhere);
        }
    }
}
