//! The creation time that the containers of videos carry, and the sizes that those of pictures name.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use chrono::DateTime;

use crate::Captured;

/// Boxes or elements looked at before the search is given up.
const STEPS: usize = 512;

/// Most bytes of a list of keys and values.
const META_MAX: u64 = 256 << 10;

/// Seconds from 1904, where these containers begin, to 1970.
const SINCE_1904: i64 = 2_082_844_800;

/// Milliseconds from 1970 to 2001, where Matroska begins.
const UNTIL_2001: i64 = 978_307_200_000;

/// A box: its name, and where its content begins and ends.
struct Span {
    name: [u8; 4],
    start: u64,
    end: u64,
}

/// Of MP4, MOV and their kin: what the phone wrote with its offset, or the time of the movie's
/// header, which is in UTC.
pub(crate) fn mp4(reader: &mut (impl Read + Seek)) -> Option<Captured> {
    let length = reader.seek(SeekFrom::End(0)).ok()?;
    let movie = children(reader, 0, length).find(|found| &found.name == b"moov")?;
    let parts: Vec<Span> = children(reader, movie.start, movie.end).collect();
    let part = |name: &[u8; 4]| parts.iter().find(|found| &found.name == name);
    part(b"meta")
        .and_then(|meta| quicktime(reader, meta))
        .or_else(|| part(b"mvhd").and_then(|header| movie_header(reader, header)))
}

/// Widths and heights that a HEIC or AVIF picture names, of itself and of what it is put together from, in
/// pixels. Of one that moves, and of one that names more than can be looked at, none.
///
/// See ISO/IEC 23008-12: `ispe` in `ipco` in `iprp` in `meta`, of each of these one.
pub(crate) fn extents(reader: &mut (impl Read + Seek)) -> Vec<(u32, u32)> {
    named(reader).unwrap_or_default()
}

fn named(reader: &mut (impl Read + Seek)) -> Option<Vec<(u32, u32)>> {
    let length = reader.seek(SeekFrom::End(0)).ok()?;
    let parts = every(reader, 0, length)?;
    // Nobody bounds how many pictures a film of them holds.
    if parts.iter().any(|part| &part.name == b"moov") {
        return None;
    }
    let meta = only(&parts, b"meta")?;
    if meta.end - meta.start > META_MAX {
        return None;
    }
    let content = read(reader, meta.start, meta.end)?;
    let length = u64::try_from(content.len()).ok()?;
    let reader = &mut Cursor::new(content);
    // A version stands before the boxes.
    let parts = every(reader, 4, length)?;
    let properties = only(&parts, b"iprp")?;
    let parts = every(reader, properties.start, properties.end)?;
    let properties = only(&parts, b"ipco")?;
    let parts = every(reader, properties.start, properties.end)?;
    let sizes = parts.iter().filter(|part| &part.name == b"ispe").map(|part| {
        let [_, _, _, _, width @ .., a, b, c, d] = bytes::<12>(reader, part.start).ok()?;
        (part.end - part.start >= 12)
            .then(|| (u32::from_be_bytes(width), u32::from_be_bytes([a, b, c, d])))
    });
    sizes.collect()
}

/// The boxes between two places, unless there are too many to look at.
fn every(reader: &mut (impl Read + Seek), start: u64, end: u64) -> Option<Vec<Span>> {
    let found: Vec<Span> = children(reader, start, end).collect();
    (found.len() < STEPS).then_some(found)
}

/// The box of this name, when there is one and no second.
fn only<'a>(spans: &'a [Span], name: &[u8; 4]) -> Option<&'a Span> {
    let mut named = spans.iter().filter(|span| &span.name == name);
    named.next().filter(|_| named.next().is_none())
}

fn bytes<const N: usize>(reader: &mut (impl Read + Seek), at: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.seek(SeekFrom::Start(at))?;
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn children<R: Read + Seek>(reader: &mut R, start: u64, end: u64) -> impl Iterator<Item = Span> {
    let mut at = start;
    std::iter::from_fn(move || {
        let head: [u8; 8] = bytes(reader, at).ok()?;
        let [a, b, c, d, name @ ..] = head;
        let (size, header) = match u32::from_be_bytes([a, b, c, d]) {
            0 => (end.checked_sub(at)?, 8),
            1 => (u64::from_be_bytes(bytes(reader, at.checked_add(8)?).ok()?), 16),
            size => (u64::from(size), 8),
        };
        let next = at.checked_add(size).filter(|next| size >= header && *next <= end)?;
        let span = Span { name, start: at + header, end: next };
        at = next;
        Some(span)
    })
    .take(STEPS)
}

fn movie_header(reader: &mut (impl Read + Seek), header: &Span) -> Option<Captured> {
    let [version, ..] = bytes::<4>(reader, header.start).ok()?;
    let seconds = if version == 1 {
        i64::try_from(u64::from_be_bytes(bytes(reader, header.start + 4).ok()?)).ok()?
    } else {
        i64::from(u32::from_be_bytes(bytes(reader, header.start + 4).ok()?))
    };
    Captured::at(seconds.checked_sub(SINCE_1904)?.checked_mul(1000)?, Some(0))
}

/// `com.apple.quicktime.creationdate`, which phones write with their offset.
fn quicktime(reader: &mut (impl Read + Seek), meta: &Span) -> Option<Captured> {
    if meta.end - meta.start > META_MAX {
        return None;
    }
    let parts: Vec<Span> = children(reader, meta.start, meta.end).collect();
    let part = |name: &[u8; 4]| parts.iter().find(|found| &found.name == name);
    let (keys, values) = (part(b"keys")?, part(b"ilst")?);
    let mut index = None;
    // A version and a count stand before the keys.
    let keys: Vec<Span> = children(reader, keys.start.checked_add(8)?, keys.end).collect();
    for (n, key) in keys.iter().enumerate() {
        if read(reader, key.start, key.end)? == b"com.apple.quicktime.creationdate" {
            index = u32::try_from(n + 1).ok();
        }
    }
    let name = index?.to_be_bytes();
    let value = children(reader, values.start, values.end).find(|value| value.name == name)?;
    let data = children(reader, value.start, value.end).find(|data| &data.name == b"data")?;
    // A type and a country stand before the text.
    let text = read(reader, data.start.checked_add(8)?, data.end)?;
    let text = std::str::from_utf8(&text).ok()?;
    let time = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z").ok()?;
    let offset = time.offset().local_minus_utc() / 60;
    let wall = time.timestamp_millis().checked_add(i64::from(offset) * 60_000)?;
    Captured::at(wall, i16::try_from(offset).ok())
}

fn read(reader: &mut (impl Read + Seek), start: u64, end: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.seek(SeekFrom::Start(start)).ok()?;
    reader.take(end.checked_sub(start)?.min(META_MAX)).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Of Matroska and WebM: `DateUTC` of the segment's information.
pub(crate) fn matroska(reader: &mut (impl Read + Seek)) -> Option<Captured> {
    const SEGMENT: u64 = 0x1853_8067;
    const INFORMATION: u64 = 0x1549_a966;
    const DATE: u64 = 0x4461;
    let length = reader.seek(SeekFrom::End(0)).ok()?;
    let (start, end) = element(reader, 0, length, SEGMENT)?;
    let (start, end) = element(reader, start, end, INFORMATION)?;
    let (start, end) = element(reader, start, end, DATE)?;
    if end - start != 8 {
        return None;
    }
    let nanos = i64::from_be_bytes(bytes(reader, start).ok()?);
    Captured::at((nanos / 1_000_000).checked_add(UNTIL_2001)?, Some(0))
}

/// The content of the first element of this name between two places.
fn element(
    reader: &mut (impl Read + Seek),
    mut at: u64,
    end: u64,
    name: u64,
) -> Option<(u64, u64)> {
    for _ in 0..STEPS {
        if at >= end {
            return None;
        }
        let (found, header) = number(reader, at, false)?;
        let (size, more) = number(reader, at.checked_add(header)?, true)?;
        let start = at.checked_add(header)?.checked_add(more)?;
        // All ones means that the size is unknown: up to the end.
        let unknown = size == (1 << (7 * more)) - 1;
        let next = if unknown { end } else { start.checked_add(size)?.min(end) };
        if found == name {
            return Some((start, next.max(start)));
        }
        at = next;
    }
    None
}

/// A number of variable length and how many bytes it takes, with its length mark or without.
fn number(reader: &mut (impl Read + Seek), at: u64, unmarked: bool) -> Option<(u64, u64)> {
    let [first] = bytes::<1>(reader, at).ok()?;
    let length = u64::from(first.leading_zeros()) + 1;
    if length > 8 {
        return None;
    }
    let mut value = u64::from(first);
    if unmarked {
        value &= (1_u64 << (8 - length)) - 1;
    }
    for n in 1..length {
        let [byte] = bytes::<1>(reader, at + n).ok()?;
        value = value << 8 | u64::from(byte);
    }
    Some((value, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn a_video_claims_its_time() {
        let seconds = 1_772_600_767;
        let video = samples::mp4(u32::try_from(seconds + SINCE_1904).unwrap());
        let expected = Some(Captured { at_ms: seconds * 1000, offset_minutes: Some(0) });
        assert_eq!(mp4(&mut Cursor::new(video)), expected);
        assert_eq!(mp4(&mut Cursor::new(samples::mp4(0))), None);
        let video = samples::mov("2026-03-04T13:06:07+0800");
        let expected = Some(Captured { at_ms: seconds * 1000, offset_minutes: Some(480) });
        assert_eq!(mp4(&mut Cursor::new(video)), expected);
        let video = samples::webm((seconds * 1000 - UNTIL_2001) * 1_000_000);
        let expected = Some(Captured { at_ms: seconds * 1000, offset_minutes: Some(0) });
        assert_eq!(matroska(&mut Cursor::new(video)), expected);
    }

    #[test]
    fn malformed_containers_never_panic_or_loop() {
        for seed in [
            samples::mp4(9),
            samples::mov("2026-03-04T13:06:07+0800"),
            samples::webm(1),
            samples::heif(&[(512, 512), (4032, 3024)]),
        ] {
            samples::mutations(&seed, 2000, |bytes| {
                let _ = extents(&mut Cursor::new(bytes));
                let _ = mp4(&mut Cursor::new(bytes));
                let _ = matroska(&mut Cursor::new(bytes));
            });
        }
        let empty_boxes = [0, 0, 0, 8, b'f', b'r', b'e', b'e'].repeat(1 << 16);
        assert_eq!(mp4(&mut Cursor::new(&empty_boxes)), None);
        assert_eq!(extents(&mut Cursor::new(&empty_boxes)), []);
        let empty_elements = [0x1a, 0x45, 0xdf, 0xa3, 0x80].repeat(1 << 16);
        assert_eq!(matroska(&mut Cursor::new(empty_elements)), None);
    }
}
