//! Letters that end within their head: of a download that broke off, or of a file that was being written.
//!
//! Such a letter is the beginning of another one, line by line. Where it ends before its `Message-ID` it
//! has no identity of its own, so it is known by what it begins with.

use super::{address, plain};
use memchr::{memchr, memmem, memrchr};

/// The beginning of a letter, down to where it names itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beginning {
    /// Its whole lines, each ended by a line feed, whatever ends them in the letter.
    text: Vec<u8>,
    /// Where a copy of it may end and still be told from every other letter.
    places: Vec<usize>,
    /// The letter ends before its head does.
    cut: bool,
}

/// Places at which a copy may end that are looked at.
const PLACES_MAX: usize = 64;

impl Beginning {
    /// The beginning of a letter.
    #[must_use]
    pub fn of(letter: &[u8]) -> Self {
        let mut beginning = Self { cut: true, ..Self::default() };
        let (mut from, mut dated, mut titled, mut numbered) = (false, false, false, false);
        let mut header: &[u8] = b"";
        let letter = plain(letter);
        for line in lines(&letter) {
            if line.is_empty() {
                beginning.cut = false;
                break;
            }
            let (name, value) = named(line);
            // A folded header goes on.
            let folded = line.starts_with(b" ") || line.starts_with(b"\t");
            let value = if folded { line } else { value };
            header = if folded { header } else { name };
            if header.eq_ignore_ascii_case(b"message-id") {
                // Its value may have stood on the line below.
                beginning.cut = value.trim_ascii().is_empty() && !has_end(&letter);
                break;
            }
            let is = |name: &[u8]| header.eq_ignore_ascii_case(name);
            from |= is(b"from") && names_buyer(value);
            dated |= is(b"date") && value.iter().any(u8::is_ascii_digit);
            titled |= is(b"subject") && !value.trim_ascii().is_empty();
            // Servers number what passes them.
            numbered |= is(b"received") && memmem::find(value, b" id ").is_some();
            beginning.text.extend_from_slice(line);
            beginning.text.push(b'\n');
            if dated && (numbered || from && titled) && beginning.places.len() < PLACES_MAX {
                beginning.places.push(beginning.text.len());
            }
        }
        beginning
    }

    /// Of a letter that was cut before it named itself: all that is whole of it. `None` of every other
    /// letter, and where that is too little to tell it from others: it must say when it was written, and
    /// either bear the number of a server or name one buyer and a subject.
    #[must_use]
    pub fn cut(&self) -> Option<&[u8]> {
        let ends = self.places.last() == Some(&self.text.len());
        (self.cut && ends).then_some(&self.text)
    }

    /// What copies of it may be known by that were cut earlier, the shortest first.
    pub fn earlier(&self) -> impl Iterator<Item = &[u8]> {
        let whole = self.cut.then_some(self.text.len());
        self.places
            .iter()
            .filter(move |place| Some(**place) != whole)
            .filter_map(|place| self.text.get(..*place))
    }
}

/// The part of a letter that can be read: of one that ends within its head not the line at which it ends,
/// since half an address is another one, and half an ID, too.
pub(super) fn whole_lines(letter: &[u8]) -> &[u8] {
    if letter.ends_with(b"\n") || has_end(letter) {
        return letter;
    }
    match memrchr(b'\n', letter) {
        Some(end) => letter.get(..=end).unwrap_or(letter),
        None => letter,
    }
}

/// Whether a blank line ends the head.
fn has_end(letter: &[u8]) -> bool {
    lines(letter).any(<[u8]>::is_empty)
}

/// The whole lines of a letter, without what ends them, from its first header on.
fn lines(letter: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = letter.trim_ascii_start();
    std::iter::from_fn(move || {
        let (line, below) = rest.split_at_checked(memchr(b'\n', rest)?)?;
        rest = below.get(1..).unwrap_or_default();
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

/// The name and the value of a header.
fn named(line: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr(b':', line).unwrap_or(line.len());
    (line.get(..end).unwrap_or_default(), line.get(end + 1..).unwrap_or_default())
}

/// Whether the relay address of one buyer stands in it.
fn names_buyer(value: &[u8]) -> bool {
    address::relay_in(&String::from_utf8_lossy(value)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::parse;

    const HEAD: [&str; 6] = [
        "Received: from a by b with ESMTP id X1; Tue, 5 May 2026 10:00:01 +0200",
        "From: \"Mira\" <a1b2c3d4e5f6g7+0b1c2d3e@marketplace.amazon.com.au>",
        "Date: Tue, 5 May 2026 10:00:00 +0200",
        "Subject: Frage",
        " (Bestellung: 305-1234567-7654321)",
        "Message-ID: <m1@x>",
    ];

    fn letter(lines: &[&str], end: &str) -> String {
        lines.iter().map(|line| format!("{line}{end}")).collect()
    }

    fn whole() -> String {
        letter(&HEAD, "\r\n") + "\r\nhello\r\n"
    }

    #[test]
    fn a_cut_letter_is_known_by_the_one_that_it_begins() {
        let whole = whole();
        assert_eq!(Beginning::of(whole.as_bytes()).cut(), None);
        let known: Vec<Vec<u8>> =
            Beginning::of(whole.as_bytes()).earlier().map(<[u8]>::to_vec).collect();
        assert_eq!(known.len(), 3, "from its date on");
        for lines in 3..=5 {
            for end in ["\r\n", "\n"] {
                // Half a line more makes no difference.
                for half in ["", "Message-ID: <m"] {
                    let cut = letter(&HEAD[..lines], end) + half;
                    let cut = Beginning::of(cut.as_bytes());
                    assert_eq!(cut.cut(), Some(&*known[lines - 3]));
                    assert_eq!(cut.earlier().count(), lines - 3);
                }
            }
        }
        let named = letter(&HEAD, "\r\n");
        assert_eq!(Beginning::of(named.as_bytes()).earlier().count(), 3, "cut below its name");
    }

    #[test]
    fn too_little_makes_no_identity() {
        let cut = |lines: &[&str]| Beginning::of(letter(lines, "\n").as_bytes()).cut().is_some();
        let [received, from, date, subject, ..] = HEAD;
        assert!(cut(&[received, date]) && cut(&[from, date, subject]));
        // Many letters of the marketplace may bear one second and one subject.
        assert!(!cut(&["From: <donotreply@amazon.de>", date, subject]));
        assert!(!cut(&[from, date]) && !cut(&[from, subject]) && !cut(&[received, from]));
        assert!(!cut(&["Received: by x; now", from, date]) && !cut(&[]));
        // A whole letter without an ID is known by its content.
        assert!(!cut(&[received, from, date, subject, ""]));
    }

    #[test]
    fn half_a_line_says_nothing() {
        let whole = whole();
        for end in 1..whole.len() {
            let Ok(read) = parse(&whole.as_bytes()[..end]) else { continue };
            // Neither another country's account, nor an imitation of it, nor another letter.
            assert!(
                matches!(&*read.alias, "" | "a1b2c3d4e5f6g7@marketplace.amazon.com.au"),
                "{end}"
            );
            assert!(matches!(&*read.message_id, "" | "m1@x"), "{end}: {}", read.message_id);
            assert_eq!(read.forged, None, "{end}");
        }
    }
}
