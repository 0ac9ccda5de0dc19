//! Bytes of a source, a line at a time, in bounded memory.

use crate::{Delimiter, Encoding};
use serde::{Deserialize, Serialize};
use std::io::{self, Read};

/// Longest row, in bytes.
pub(crate) const ROW_MAX: usize = 1 << 20;

/// Most lines that one quoted row may span. Addresses have five; without a bound, a hostile file
/// could make every line be read again and again.
const ROW_LINES: u64 = 16;

const CHUNK: usize = 256 << 10;

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LineEnd {
    /// Line feed, with or without a carriage return before it.
    Lf,
    /// Carriage return alone, as old Macs wrote it.
    Cr,
}

impl LineEnd {
    /// Whether a line of narrow text ends at `byte`.
    pub(crate) const fn is_at(self, byte: u8) -> bool {
        byte == b'\n' || matches!(self, Self::Cr) && byte == b'\r'
    }
}

/// A line or a quoted row at the front of the buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// Bytes without what ends it.
    pub(crate) len: usize,
    /// Bytes with what ends it.
    pub(crate) consumed: usize,
    /// Lines that it spans.
    pub(crate) lines: u64,
}

/// What stands next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    Line(Line),
    /// Longer than [`ROW_MAX`].
    TooLong,
    End,
}

pub(crate) struct Source<R> {
    reader: R,
    buf: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    offset: u64,
}

impl<R: Read> Source<R> {
    /// Reads `reader`, whose first byte stands at `offset` of the original.
    pub(crate) fn new(reader: R, offset: u64) -> Self {
        Self { reader, buf: Vec::new(), start: 0, end: 0, ended: false, offset }
    }

    /// Bytes that are read and not consumed.
    pub(crate) fn available(&self) -> &[u8] {
        self.buf.get(self.start..self.end).unwrap_or_default()
    }

    /// Where the first available byte stands in the original.
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    pub(crate) fn consume(&mut self, len: usize) {
        let len = len.min(self.end - self.start);
        self.start += len;
        self.offset += len as u64;
    }

    /// Reads on until `wanted` bytes are available or the source ends.
    pub(crate) fn fill(&mut self, wanted: usize) -> io::Result<()> {
        while self.end - self.start < wanted && self.read_more()? {}
        Ok(())
    }

    /// Whether there was more.
    fn read_more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.end == self.buf.len() {
            self.buf.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            if self.buf.len() - self.end < CHUNK / 2 {
                self.buf.resize(self.end + CHUNK, 0);
            }
        }
        let room = self.buf.get_mut(self.end..).unwrap_or_default();
        loop {
            match self.reader.read(room) {
                Ok(0) => {
                    self.ended = true;
                    return Ok(false);
                }
                Ok(len) => {
                    // A reader that claims more than it was given room for is broken, not trusted.
                    self.end += len.min(room.len());
                    return Ok(true);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The next row, which stays at the front of [`available`](Self::available) until consumed.
    pub(crate) fn row(
        &mut self,
        encoding: Encoding,
        line_end: LineEnd,
        delimiter: Delimiter,
        columns: usize,
    ) -> io::Result<Next> {
        let next = self.line(encoding, line_end, ROW_MAX)?;
        let Next::Line(first) = next else { return Ok(next) };
        let bytes = self.available().get(..first.len).unwrap_or_default();
        // Wide text is only ever written by spreadsheets, between tabs; quoted line ends in it are
        // not looked for.
        if encoding.is_wide()
            || memchr::memchr(b'"', bytes).is_none()
            || delimiter == Delimiter::Tab && !breaks_off(bytes, columns)
        {
            return Ok(next);
        }
        Ok(Next::Line(self.quoted_row(line_end, delimiter.byte())?.unwrap_or(first)))
    }

    /// The first line alone of `row`, a quoted row at the front.
    pub(crate) fn front_line(&self, row: Line, line_end: LineEnd) -> Line {
        let bytes = self.available().get(..row.len).unwrap_or_default();
        // A row has its last line end cut off: without another, it is one line.
        bytes.iter().position(|byte| line_end.is_at(*byte)).map_or(row, |at| Line {
            len: without_return(bytes, at, Encoding::Utf8),
            consumed: at + 1,
            lines: 1,
        })
    }

    pub(crate) fn line(
        &mut self,
        encoding: Encoding,
        line_end: LineEnd,
        limit: usize,
    ) -> io::Result<Next> {
        let mut searched = 0;
        loop {
            let available = self.available();
            if let Some((at, width)) = find_end(available, searched, encoding, line_end) {
                if at > limit {
                    return Ok(Next::TooLong);
                }
                let len = without_return(available, at, encoding);
                return Ok(Next::Line(Line { len, consumed: at + width, lines: 1 }));
            }
            // Whole units only, lest one half of a line end be passed over.
            searched = available.len() & !1;
            if available.len() > limit {
                return Ok(Next::TooLong);
            }
            if !self.read_more()? {
                let len = self.available().len();
                return Ok(if len == 0 {
                    Next::End
                } else {
                    let content = without_return(self.available(), len, encoding);
                    Next::Line(Line { len: content, consumed: len, lines: 1 })
                });
            }
        }
    }

    /// Passes over a line that is too long.
    pub(crate) fn skip_line(&mut self, encoding: Encoding, line_end: LineEnd) -> io::Result<()> {
        loop {
            let available = self.available();
            if let Some((at, width)) = find_end(available, 0, encoding, line_end) {
                self.consume(at + width);
                return Ok(());
            }
            self.consume(available.len() & !1);
            if !self.read_more()? {
                self.consume(1);
                return Ok(());
            }
        }
    }

    /// The row at the front when each of its quoted values closes as it should; values may then
    /// hold line ends.
    fn quoted_row(&mut self, line_end: LineEnd, delimiter: u8) -> io::Result<Option<Line>> {
        let mut lines = 1;
        let mut at = 0;
        let mut quoted = false;
        let mut value_begins = true;
        loop {
            let Some(byte) = self.byte(at)? else {
                return Ok((!quoted).then(|| Line {
                    len: without_return(self.available(), at, Encoding::Utf8),
                    consumed: at,
                    lines,
                }));
            };
            if at > ROW_MAX || lines > ROW_LINES {
                return Ok(None);
            }
            if quoted {
                if line_end.is_at(byte) {
                    lines += 1;
                } else if byte == b'"' {
                    match self.byte(at + 1)? {
                        Some(b'"') => at += 1,
                        None | Some(b'\r' | b'\n') => quoted = false,
                        Some(next) if next == delimiter => quoted = false,
                        Some(_) => return Ok(None),
                    }
                }
            } else if line_end.is_at(byte) {
                let len = without_return(self.available(), at, Encoding::Utf8);
                return Ok(Some(Line { len, consumed: at + 1, lines }));
            } else if byte == b'"' && value_begins {
                quoted = true;
            }
            value_begins = !quoted && byte == delimiter;
            at += 1;
        }
    }

    fn byte(&mut self, at: usize) -> io::Result<Option<u8>> {
        while at >= self.end - self.start {
            if !self.read_more()? {
                return Ok(None);
            }
        }
        Ok(self.available().get(at).copied())
    }
}

/// Whether a line between tabs has too few values, and one begins with a quote that does not end there:
/// a quote alone is a character like any other.
fn breaks_off(line: &[u8], columns: usize) -> bool {
    if memchr::memchr_iter(b'\t', line).take(columns).count() + 1 >= columns {
        return false;
    }
    let mut rest = line;
    loop {
        if let Some(mut inner) = rest.strip_prefix(b"\"") {
            loop {
                let Some(quote) = memchr::memchr(b'"', inner) else { return true };
                inner = inner.get(quote + 1..).unwrap_or_default();
                match inner.first() {
                    Some(b'"') => inner = inner.get(1..).unwrap_or_default(),
                    None | Some(b'\t') => {
                        rest = inner;
                        break;
                    }
                    Some(_) => break,
                }
            }
        }
        let Some(tab) = memchr::memchr(b'\t', rest) else { return false };
        rest = rest.get(tab + 1..).unwrap_or_default();
    }
}

/// Where the first line end from `from` on begins, and how many bytes it has.
fn find_end(
    bytes: &[u8],
    from: usize,
    encoding: Encoding,
    line_end: LineEnd,
) -> Option<(usize, usize)> {
    let rest = bytes.get(from..)?;
    if !encoding.is_wide() {
        let at = match line_end {
            LineEnd::Lf => memchr::memchr(b'\n', rest),
            LineEnd::Cr => memchr::memchr2(b'\r', b'\n', rest),
        };
        return at.map(|at| (from + at, 1));
    }
    let big = encoding == Encoding::Utf16Be;
    memchr::memchr2_iter(b'\n', if line_end == LineEnd::Cr { b'\r' } else { b'\n' }, rest)
        .map(|at| from + at)
        .find_map(|at| {
            let (low, high) = if big { (at, at.checked_sub(1)?) } else { (at, at + 1) };
            let unit = low.min(high);
            (unit % 2 == 0 && bytes.get(high) == Some(&0)).then_some((unit, 2))
        })
}

/// Length of `bytes[..len]` without the carriage returns that it ends with.
fn without_return(bytes: &[u8], mut len: usize, encoding: Encoding) -> usize {
    let ending: &[u8] = match encoding {
        Encoding::Utf16Le => &[b'\r', 0],
        Encoding::Utf16Be => &[0, b'\r'],
        _ => b"\r",
    };
    while bytes.get(..len).is_some_and(|line| line.ends_with(ending)) {
        len -= ending.len();
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_stays_flat_whatever_the_rows() {
        let mut source = Source::new(
            std::io::repeat(b'x')
                .take(1 << 26)
                .chain(&b"\n"[..])
                .chain(std::io::repeat(b'y').take(ROW_MAX as u64).chain(&b"\nz\n"[..])),
            0,
        );
        let next = |source: &mut Source<_>| source.line(Encoding::Utf8, LineEnd::Lf, ROW_MAX);
        assert_eq!(next(&mut source).unwrap(), Next::TooLong);
        source.skip_line(Encoding::Utf8, LineEnd::Lf).unwrap();
        assert_eq!(source.offset(), (1 << 26) + 1);
        let longest = Line { len: ROW_MAX, consumed: ROW_MAX + 1, lines: 1 };
        assert_eq!(next(&mut source).unwrap(), Next::Line(longest));
        source.consume(longest.consumed);
        let last = Line { len: 1, consumed: 2, lines: 1 };
        assert_eq!(next(&mut source).unwrap(), Next::Line(last));
        source.consume(last.consumed);
        assert_eq!(next(&mut source).unwrap(), Next::End);
        assert!(source.buf.len() <= ROW_MAX + 2 * CHUNK, "{}", source.buf.len());
    }
}
