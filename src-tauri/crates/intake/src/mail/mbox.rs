//! Mailbox files: letters one after another, each begun by a line `From ` (RFC 4155).

use super::MAIL_MAX;
use std::io::{self, BufRead};

/// One letter of a mailbox file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MboxItem {
    /// Bytes of the file before its `From ` line.
    pub offset: u64,
    /// Bytes of the file up to its end: reading can go on there.
    pub end: u64,
    /// The letter without what was put before lines that look like a beginning; `None` when it is
    /// longer than a letter can be.
    pub bytes: Option<Vec<u8>>,
}

/// Reads the letters of a mailbox file of any size; holds one letter at a time.
pub struct MboxReader<R> {
    reader: R,
    offset: u64,
    /// Where the letter begins whose `From ` line was read.
    begun: Option<u64>,
}

impl<R> std::fmt::Debug for MboxReader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MboxReader").field("offset", &self.offset).finish_non_exhaustive()
    }
}

impl<R: BufRead> MboxReader<R> {
    /// Reads `reader`, which stands at `offset` of the file: 0, or the end of a letter.
    pub const fn new(reader: R, offset: u64) -> Self {
        Self { reader, offset, begun: None }
    }

    /// The next letter; `None` at the end. What stands before the first `From ` line is a letter,
    /// too, unless it is blank.
    ///
    /// # Errors
    /// When the source fails.
    pub fn next_letter(&mut self) -> io::Result<Option<MboxItem>> {
        let mut letter = Letter::default();
        let mut line = Vec::new();
        let mut offset = self.begun.take();
        // After a line that begins a letter comes its head, whatever it looks like.
        let mut blank_before = offset.is_none();
        loop {
            let at = self.offset;
            line.clear();
            let whole = self.line(&mut line)?;
            if line.is_empty() {
                return Ok(offset.map(|offset| letter.ends(offset, at)));
            }
            if blank_before && line.starts_with(b"From ") {
                self.begun = Some(at);
                if let Some(offset) = offset {
                    return Ok(Some(letter.ends(offset, at)));
                }
                offset = self.begun.take();
                blank_before = false;
                continue;
            }
            let blank = whole && line.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
            blank_before = blank;
            if offset.is_none() {
                if blank {
                    continue;
                }
                offset = Some(at);
            }
            let quoted = line.iter().take_while(|byte| **byte == b'>').count();
            let escaped =
                quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
            letter.push(line.get(usize::from(escaped)..).unwrap_or_default(), whole);
        }
    }

    /// Reads a line into `line`, as much of it as a letter may hold; whether that was all of it.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        let mut whole = true;
        loop {
            let room = match self.reader.fill_buf() {
                Ok(room) => room,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr::memchr(b'\n', room).map(|at| at + 1);
            let part = room.get(..end.unwrap_or(room.len())).unwrap_or_default();
            let read = part.len();
            if line.len() + read <= MAIL_MAX {
                line.extend_from_slice(part);
            } else {
                whole = false;
            }
            self.reader.consume(read);
            self.offset += read as u64;
            if end.is_some() || read == 0 {
                return Ok(whole);
            }
        }
    }
}

#[derive(Default)]
struct Letter {
    bytes: Vec<u8>,
    too_long: bool,
}

impl Letter {
    fn push(&mut self, line: &[u8], whole: bool) {
        if self.too_long || !whole || self.bytes.len() + line.len() > MAIL_MAX {
            self.too_long = true;
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(line);
        }
    }

    fn ends(self, offset: u64, end: u64) -> MboxItem {
        MboxItem { offset, end, bytes: (!self.too_long).then_some(self.bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Read};

    fn all(bytes: &[u8], offset: u64) -> Vec<MboxItem> {
        let from = usize::try_from(offset).unwrap();
        let mut reader = MboxReader::new(BufReader::with_capacity(7, &bytes[from..]), offset);
        std::iter::from_fn(|| reader.next_letter().unwrap()).collect()
    }

    #[test]
    fn a_beginning_after_a_beginning_is_of_the_same_letter_wherever_reading_begins() {
        let file = b"From a\nSubject: 1\n\none\n\nFrom b\nFrom c\nSubject: 2\n\ntwo\n";
        let letters = all(file, 0);
        let [first, second] = letters.as_slice() else { panic!("{letters:?}") };
        assert_eq!(all(file, first.end), std::slice::from_ref(second));
        assert_eq!(second.bytes.as_deref(), Some(&b"From c\nSubject: 2\n\ntwo\n"[..]));
    }

    #[test]
    fn letters_are_cut_and_unescaped_and_reading_goes_on_at_any_end() {
        let file = b"\nFrom a@example.com Mon\nSubject: 1\n\n>From me\n>>From you\nFrom inside\n\n\
            From b@example.com Tue\r\nSubject: 2\r\n\r\nlast";
        let found = all(file, 0);
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0].bytes.as_deref(),
            Some(&b"Subject: 1\n\nFrom me\n>From you\nFrom inside\n\n"[..])
        );
        assert_eq!(found[1].bytes.as_deref(), Some(&b"Subject: 2\r\n\r\nlast"[..]));
        assert_eq!(all(file, found[0].end), found[1..]);
        assert_eq!(found[1].end, file.len() as u64);
        assert_eq!(all(b"\n\n", 0), []);
    }

    #[test]
    fn a_letter_that_is_too_long_is_passed_over_and_the_next_one_is_read() {
        let long = io::repeat(b'x').take(MAIL_MAX as u64 * 2 + 9);
        let source = (&b"From a\n"[..]).chain(long).chain(&b"\n\nFrom b\nSubject: 2\n"[..]);
        let mut reader = MboxReader::new(BufReader::new(source), 0);
        assert_eq!(reader.next_letter().unwrap().unwrap().bytes, None);
        assert_eq!(reader.next_letter().unwrap().unwrap().bytes.unwrap(), b"Subject: 2\n");
        assert_eq!(reader.next_letter().unwrap(), None);
    }
}
