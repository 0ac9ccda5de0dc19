//! Mailbox files: letters one after another, each begun by a line `From ` (RFC 4155).
//!
//! People begin lines so, too, and some programs leave out the blank line before it: what tells a
//! beginning is the date behind the sender, and the header below it.

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
    /// The line below the one in hand, if it was looked at.
    below: Option<Line>,
}

/// A line, as much of it as a letter may hold.
#[derive(Default)]
struct Line {
    bytes: Vec<u8>,
    /// How long it is in the file.
    length: u64,
}

impl Line {
    const fn is_whole(&self) -> bool {
        self.bytes.len() as u64 == self.length
    }
}

impl<R> std::fmt::Debug for MboxReader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MboxReader").field("offset", &self.offset).finish_non_exhaustive()
    }
}

impl<R: BufRead> MboxReader<R> {
    /// Reads `reader`, which stands at `offset` of the file: 0, or the end of a letter.
    pub const fn new(reader: R, offset: u64) -> Self {
        Self { reader, offset, begun: None, below: None }
    }

    /// The next letter; `None` at the end. What stands before the first `From ` line is a letter,
    /// too, unless it is blank.
    ///
    /// # Errors
    /// When the source fails.
    pub fn next_letter(&mut self) -> io::Result<Option<MboxItem>> {
        let mut letter = Letter::default();
        let mut line = Line::default();
        let mut offset = self.begun.take();
        let mut blank_before = false;
        loop {
            let at = self.offset;
            match self.below.take() {
                Some(below) => line = below,
                None => self.line(&mut line)?,
            }
            self.offset += line.length;
            if line.length == 0 {
                return Ok(offset.map(|offset| letter.ends(offset, at)));
            }
            // Where reading begins the file says that it begins a letter; below that comes its head.
            let begins = line.bytes.starts_with(b"From ")
                && (offset.is_none() || !letter.is_empty() && self.begins(&line, blank_before)?);
            if begins {
                self.begun = Some(at);
                if let Some(offset) = offset {
                    return Ok(Some(letter.ends(offset, at)));
                }
                offset = self.begun.take();
                continue;
            }
            blank_before =
                line.is_whole() && line.bytes.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
            if offset.is_none() {
                if blank_before {
                    continue;
                }
                offset = Some(at);
            }
            let quoted = line.bytes.iter().take_while(|byte| **byte == b'>').count();
            let escaped = quoted > 0
                && line.bytes.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
            let kept = line.bytes.get(usize::from(escaped)..).unwrap_or_default();
            letter.push(kept, line.is_whole());
        }
    }

    /// Whether `line`, which was read last, begins a letter.
    fn begins(&mut self, line: &Line, blank_before: bool) -> io::Result<bool> {
        let dated = is_dated(&line.bytes);
        // Newer versions of Thunderbird name neither sender nor date.
        let bare = blank_before && matches!(line.bytes.trim_ascii_end(), b"From" | b"From -");
        if !dated && !bare {
            return Ok(false);
        }
        let mut below = Line::default();
        self.line(&mut below)?;
        let begins = if dated {
            // What stands below may not have been written yet.
            below.bytes.is_empty() || is_header(&below.bytes)
        } else {
            is_of_transport(&below.bytes)
        };
        self.below = Some(below);
        Ok(begins)
    }

    /// Reads a line in place of what `line` holds.
    fn line(&mut self, line: &mut Line) -> io::Result<()> {
        line.bytes.clear();
        line.length = 0;
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
            whole &= line.bytes.len() + read <= MAIL_MAX;
            if whole {
                line.bytes.extend_from_slice(part);
            }
            self.reader.consume(read);
            line.length += read as u64;
            if end.is_some() || read == 0 {
                return Ok(());
            }
        }
    }
}

/// Whether behind `From ` stand a sender and a date with its weekday, as in
/// `From a@example.com Tue Nov 10 09:00:00 2026`; a zone may stand in it, and the year before the time.
fn is_dated(line: &[u8]) -> bool {
    const LONGEST: usize = 400;
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let time = |word: &[u8]| {
        let mut parts = word.split(|byte| *byte == b':');
        let pair = |part: Option<&[u8]>| part.is_some_and(|part| part.len() == 2 && digits(part));
        pair(parts.next()) && pair(parts.next())
    };
    let Some(line) = line.strip_prefix(b"From ").filter(|line| line.len() <= LONGEST) else {
        return false;
    };
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    // The sender may have several words, as where it is a name.
    let Some(_) = words.next().and(words.by_ref().take(8).find(|word| DAYS.contains(word))) else {
        return false;
    };
    let month = words.next().is_some_and(|word| MONTHS.contains(&word));
    let day = words.next().is_some_and(|word| word.len() <= 2 && digits(word));
    let rest: Vec<&[u8]> = words.take(6).collect();
    let year = |word: &&[u8]| word.len() == 4 && digits(word);
    month && day && rest.len() <= 5 && rest.iter().any(|word| time(word)) && rest.iter().any(year)
}

/// Whether the line is a header, or what an older program put between the beginning and the head.
fn is_header(line: &[u8]) -> bool {
    const NAME_MAX: usize = 76;
    let name = line.iter().take(NAME_MAX).position(|byte| *byte == b':');
    let graphic = |at| line.get(..at).is_some_and(|name| name.iter().all(u8::is_ascii_graphic));
    name.is_some_and(|at| at > 0 && graphic(at)) || line.starts_with(b">From ")
}

/// Whether the line is a header that programs put topmost and people do not write.
fn is_of_transport(line: &[u8]) -> bool {
    const NAMES: [&[u8]; 6] = [
        b"x-mozilla-",
        b"received:",
        b"return-path:",
        b"delivered-to:",
        b"message-id:",
        b"mime-version:",
    ];
    let begins =
        |name: &[u8]| line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    NAMES.into_iter().any(begins)
}

#[derive(Default)]
struct Letter {
    bytes: Vec<u8>,
    too_long: bool,
}

impl Letter {
    const fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.too_long
    }

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
        let file = b"From a\nSubject: 1\n\none\n\nFrom b Tue Nov 10 09:00:00 2026\n\
            From c Tue Nov 10 09:00:00 2026\nSubject: 2\n\ntwo\n";
        let letters = all(file, 0);
        let [first, second] = letters.as_slice() else { panic!("{letters:?}") };
        assert_eq!(all(file, first.end), std::slice::from_ref(second));
        assert_eq!(second.bytes.as_deref(), Some(&b"Subject: 2\n\ntwo\n"[..]));
        // Where reading begins, whatever says `From ` does.
        let file = b"From a\nFrom c Tue Nov 10 09:00:00 2026\nSubject: 2\n";
        let [one] = <[_; 1]>::try_from(all(file, 0)).unwrap();
        assert_eq!(
            one.bytes.as_deref(),
            Some(&b"From c Tue Nov 10 09:00:00 2026\nSubject: 2\n"[..])
        );
    }

    #[test]
    fn only_a_sender_and_a_date_above_a_header_begin_a_letter() {
        let first = "From a@example.com Mon Nov  9 09:00:00 2026\nSubject: 1\n\none\n";
        for begin in [
            "From b@example.com Tue Nov 10 09:00:00 2026\n",
            "\nFrom - Tue Nov 10 09:00:00 2026\r\n",
            "\nFrom 1234567890@xxx Tue Nov 10 09:00:00 +0000 2026\n",
            "From MAILER-DAEMON Tue Nov 10 09:00 2026\n",
            "From \"Mira Feldt\" <b@example.com> Tue Nov 10 2026 09:00:00\n",
        ] {
            let file = format!("{first}{begin}Subject: 2\n\ntwo\n");
            let letters = all(file.as_bytes(), 0);
            assert_eq!(letters.len(), 2, "{begin}");
            assert_eq!(letters[1].bytes.as_deref(), Some(&b"Subject: 2\n\ntwo\n"[..]));
            assert_eq!(all(file.as_bytes(), letters[0].end), letters[1..], "{begin}");
        }
        let file = format!("{first}\nFrom \nX-Mozilla-Status: 0001\nSubject: 2\n");
        assert_eq!(all(file.as_bytes(), 0).len(), 2, "of Thunderbird");
        for own in [
            "\nFrom \nSubject: x\n",
            "From \nReceived: x\n",
            "\nFrom now on: nothing\nSubject: x\n",
            "\nFrom Tue Nov 10 on nothing came\nSubject: x\n",
            "\nFrom me Tue Nov 10 09:00:00 2026\nno header\n",
            "\nFrom b@example.com\nSubject: x\n",
            "\nFrom Tue Nov 10 09:00:00 2026 on all was well again, you said\nSubject: x\n",
        ] {
            let file = format!("{first}{own}");
            let letters = all(file.as_bytes(), 0);
            assert_eq!(letters.len(), 1, "{own}");
            assert!(letters[0].bytes.as_deref().unwrap().ends_with(own.as_bytes()), "{own}");
        }
    }

    #[test]
    fn letters_are_cut_and_unescaped_and_reading_goes_on_at_any_end() {
        let file = b"\nFrom a@example.com Mon\nSubject: 1\n\n>From me\n>>From you\nFrom inside\n\n\
            From b@example.com Tue Nov 10 09:00:00 2026\r\nSubject: 2\r\n\r\nlast";
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
        let source = (&b"From a\n"[..])
            .chain(long)
            .chain(&b"\n\nFrom b Tue Nov 10 09:00:00 2026\nSubject: 2\n"[..]);
        let mut reader = MboxReader::new(BufReader::new(source), 0);
        assert_eq!(reader.next_letter().unwrap().unwrap().bytes, None);
        assert_eq!(reader.next_letter().unwrap().unwrap().bytes.unwrap(), b"Subject: 2\n");
        assert_eq!(reader.next_letter().unwrap(), None);
    }
}
