//! How much bytes look like text in one encoding or another.
//!
//! The scores are tenths of a point per byte above ASCII: a byte that reads as usual text gives
//! about ten, one that reads as text nobody writes takes as much away, and one that cannot be read
//! takes [`UNREADABLE`]. ASCII scores nothing, so the scores of one passage compare across
//! encodings. The figures are judgements, proved by the tests of [`decide`](crate::decide) on text
//! in each encoding.

use crate::Encoding;

const UNREADABLE: i64 = -40;

pub(crate) fn score(encoding: Encoding, bytes: &[u8]) -> i64 {
    match encoding {
        Encoding::Windows1252 => windows_1252(bytes),
        Encoding::Cp932 => pairs(bytes, cp932),
        Encoding::Gbk => pairs(bytes, gbk),
        Encoding::Utf8 | Encoding::Utf8Bom => utf8(bytes),
        // Wide text is told by its mark, never weighed.
        Encoding::Utf16Le | Encoding::Utf16Be => 0,
    }
}

fn is_letter(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_alphabetic)
}

fn windows_1252(bytes: &[u8]) -> i64 {
    let mut score = 0;
    let mut at = 0;
    while let Some(from) =
        bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte >= 0x80))
    {
        let start = at + from;
        let run: &[u8] = bytes.get(start..).unwrap_or_default();
        let len = run.iter().position(|byte| *byte < 0x80).unwrap_or(run.len());
        let run = run.get(..len).unwrap_or_default();
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let beside_letter = is_letter(before) || is_letter(bytes.get(start + len));
        let long = len > 2;
        for (index, byte) in run.iter().enumerate() {
            score += match *byte {
                0x81 | 0x8d | 0x8f | 0x90 | 0x9d => UNREADABLE,
                _ if long => -10,
                // What UTF-8 read as this code page looks like: `Ã¼`.
                0xc2..=0xc5
                    if run.get(index + 1).is_some_and(|next| (0x80..0xc0).contains(next)) =>
                {
                    -20
                }
                0xd7 | 0xf7 => -5,
                0xc0..=0xff if !beside_letter => 2,
                // A capital after a small letter.
                0xc0..=0xde if before.is_some_and(u8::is_ascii_lowercase) => -10,
                0xc0..=0xff => {
                    if len == 1 {
                        10
                    } else {
                        6
                    }
                }
                0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e | 0x9f if beside_letter => 5,
                0x80 | 0x82 | 0x84 | 0x85 | 0x91..=0x97 | 0x99 => 3,
                0xa0 => 0,
                0xa1
                | 0xa3
                | 0xa7
                | 0xa9..=0xab
                | 0xae
                | 0xb0
                | 0xb2..=0xb4
                | 0xb7
                | 0xba
                | 0xbb
                | 0xbd
                | 0xbf => 2,
                _ => -5,
            };
        }
        at = start + len;
    }
    score
}

/// Walks text of one- and two-byte characters. `weigh` takes the lead byte and the trail byte and
/// answers how many bytes the character has and what each of them scores.
fn pairs(bytes: &[u8], weigh: fn(u8, Option<u8>) -> (usize, i64)) -> i64 {
    let mut score = 0;
    let mut at = 0;
    let mut after_latin = false;
    while let Some(&lead) = bytes.get(at) {
        if lead < 0x80 {
            after_latin = lead.is_ascii_alphabetic();
            at += 1;
            continue;
        }
        let trail = bytes.get(at + 1).copied();
        let (len, each) = weigh(lead, trail);
        score += each * i64::try_from(len).unwrap_or(1);
        let letter_trail = len == 2 && trail.is_some_and(|byte| byte.is_ascii_alphabetic());
        let before_latin = is_letter(bytes.get(at + len));
        // A letter of a Latin word, read as the first half of a character together with the letter
        // behind it, stands in the middle of the word.
        if each < 20 {
            if letter_trail && (after_latin || before_latin) {
                score -= 30;
            } else if after_latin || before_latin {
                score -= 5;
            }
        }
        after_latin = false;
        at += len;
    }
    score
}

fn cp932(lead: u8, trail: Option<u8>) -> (usize, i64) {
    // Half-width katakana: one byte each. Names are written in them now and then, but text of
    // other encodings reads as a flood of them.
    if (0xa1..=0xdf).contains(&lead) {
        return (1, -4);
    }
    let Some(trail) = trail.filter(|byte| matches!(byte, 0x40..=0x7e | 0x80..=0xfc)) else {
        return (1, UNREADABLE);
    };
    let each = match (lead, trail) {
        // Hiragana, katakana, punctuation, full-width letters.
        (0x82, 0x9f..=0xf1) | (0x83, 0x40..=0x96) => 11,
        (0x81, 0x40..=0x5b | 0x69..=0x7c) => 8,
        (0x82, 0x4f..=0x9a) => 8,
        (0x81, _) => 4,
        // Kanji of everyday use, then of names and old texts.
        (0x88, 0x9f..) | (0x89..=0x97, _) | (0x98, ..=0x72) => 10,
        (0x98..=0x9f, _) | (0xe0..=0xea, _) => 3,
        // Rarer kanji that names do use, 髙 and 﨑 among them.
        (0xfa..=0xfb, _) | (0xfc, 0x40..=0x4b) | (0xed..=0xee, _) => 3,
        (0x83, 0x9f..=0xd6) | (0x84, _) | (0x87, _) => 0,
        _ => return (1, UNREADABLE),
    };
    (2, each)
}

fn gbk(lead: u8, trail: Option<u8>) -> (usize, i64) {
    let Some(trail) = trail else { return (1, UNREADABLE) };
    if lead == 0x80 || lead == 0xff || !matches!(trail, 0x30..=0x39 | 0x40..=0x7e | 0x80..=0xfe) {
        return (1, UNREADABLE);
    }
    let each = match (lead, trail) {
        // The vowels of pinyin are all of Western Europe that Chinese spreadsheets keep: é, à, ü.
        (0xa8, 0xa1..=0xba) => 20,
        (0xa1, 0xa1..) | (0xa3, 0xa1..) => 8,
        // Characters of everyday use, by their sound, then the rarer ones, by radical.
        (0xb0..=0xd7, 0xa1..) => 10,
        (0xd8..=0xf7, 0xa1..) => 4,
        (0xa2 | 0xa4..=0xa9, 0xa1..) => 1,
        (_, 0x30..=0x39) => -10,
        // The extension: characters of old texts, and a few names.
        _ => -3,
    };
    (2, each)
}

fn utf8(bytes: &[u8]) -> i64 {
    let mut score = 0;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid().as_bytes();
        let mut at = 0;
        while let Some(from) =
            valid.get(at..).and_then(|rest| rest.iter().position(|byte| *byte >= 0xc0))
        {
            let start = at + from;
            let lead = valid.get(start).copied().unwrap_or_default();
            let (len, each) = match lead {
                0xe0..=0xef => (3, 12),
                0xf0..=0xff => (4, 12),
                0xc3..=0xc5 => (2, 10),
                _ => (2, 5),
            };
            score += each * len;
            at = start + usize::try_from(len).unwrap_or(1);
        }
        if !chunk.invalid().is_empty() {
            // A value cut off at a number of bytes ends in half a character.
            score += if chunk.invalid().len() > 1
                || chunk.invalid().first().is_some_and(|b| *b >= 0xc2)
            {
                -30
            } else {
                UNREADABLE
            };
        }
    }
    score
}
