//! When a picture or a video says it was made.

use std::io::{Cursor, Read, Seek};
use std::time::Duration;

use chrono::NaiveDate;
use exif::{Exif, In, Tag, Value};

use crate::worker::{Deadline, Timed, guarded};
use crate::{Limits, container};

/// When the device claims that a picture or a video was made. A clock may be wrong and a date may
/// be written by hand, so this is a claim and never proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Captured {
    /// Milliseconds since 1970 in UTC. Without a known offset: of the clock on the wall, read as if
    /// it were UTC.
    pub at_ms: i64,
    /// How far the device's clock was from UTC, in minutes, when it says so.
    pub offset_minutes: Option<i16>,
}

impl Captured {
    /// Of wall-clock time at an offset, when that is a time at which a camera can have run.
    pub(crate) fn at(wall_ms: i64, offset_minutes: Option<i16>) -> Option<Self> {
        let at_ms = wall_ms.checked_sub(i64::from(offset_minutes.unwrap_or(0)) * 60_000)?;
        // 1990 to 2100: before and after are zeros, counters and clocks that were never set.
        (631_152_000_000..4_102_444_800_000)
            .contains(&at_ms)
            .then_some(Self { at_ms, offset_minutes })
    }
}

/// How much of a picture is searched for its date. It stands near the beginning, in JPEG nearer.
const JPEG_HEAD: u64 = 1 << 20;
const PICTURE_MAX: u64 = 8 << 20;

/// When the device claims that the file was made: `DateTimeOriginal` of a picture, the creation
/// time of a video container. `None` when it does not say, or says something impossible.
pub fn captured(mut reader: impl Read + Seek, mime: &str) -> Option<Captured> {
    match mime {
        "image/jpeg" => picture(reader.take(JPEG_HEAD)),
        "image/png" | "image/webp" | "image/tiff" | "image/heif" | "image/avif" => {
            picture(reader.take(PICTURE_MAX))
        }
        "video/mp4" | "video/x-m4v" | "video/quicktime" | "audio/m4a" => {
            container::mp4(&mut reader)
        }
        "video/x-matroska" | "video/webm" => container::matroska(&mut reader),
        _ => None,
    }
}

fn picture(source: impl Read) -> Option<Captured> {
    let limits = Limits { source: PICTURE_MAX, time: Duration::from_secs(5), ..Limits::default() };
    let bytes = limits.read(source).ok()?;
    // Here and not where pictures are decoded: it waits for none of them, so that no picture counts as
    // one that says nothing because there was no time to look.
    guarded(|| Ok(read_exif(bytes, Deadline::after(limits.time)))).ok().flatten()
}

fn read_exif(bytes: Vec<u8>, deadline: Deadline) -> Option<Captured> {
    let mut source = Timed { inner: Cursor::new(bytes), deadline };
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let exif = reader
        .read_from_container(&mut source)
        .or_else(|error| error.distill_partial_result(|_| {}))
        .ok()?;
    let date = |tag, offset, fraction| wall(&exif, tag, offset, fraction);
    date(Tag::DateTimeOriginal, Tag::OffsetTimeOriginal, Tag::SubSecTimeOriginal).or_else(|| {
        date(Tag::DateTimeDigitized, Tag::OffsetTimeDigitized, Tag::SubSecTimeDigitized)
    })
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}

fn wall(exif: &Exif, date: Tag, offset: Tag, fraction: Tag) -> Option<Captured> {
    let mut wall = exif::DateTime::from_ascii(ascii(exif, date)?).ok()?;
    // An offset or fraction that cannot be read is as good as none.
    if let Some(text) = ascii(exif, offset) {
        drop(wall.parse_offset(text));
    }
    if let Some(text) = ascii(exif, fraction) {
        drop(wall.parse_subsec(text));
    }
    let day = NaiveDate::from_ymd_opt(wall.year.into(), wall.month.into(), wall.day.into())?;
    let time = day.and_hms_opt(wall.hour.into(), wall.minute.into(), wall.second.into())?;
    let millis = wall.nanosecond.map_or(0, |nanos| i64::from(nanos / 1_000_000));
    let offset = wall.offset.filter(|minutes| minutes.abs() <= 14 * 60);
    Captured::at(time.and_utc().timestamp_millis() + millis, offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn of(bytes: Vec<u8>, mime: &str) -> Option<Captured> {
        captured(Cursor::new(bytes), mime)
    }

    #[test]
    fn a_camera_claims_its_time() {
        let jpeg = samples::jpeg_with_exif(8, 8, 1, "2026:03:04 05:06:07", None);
        let wall = Some(Captured { at_ms: 1_772_600_767_000, offset_minutes: None });
        assert_eq!(of(jpeg.clone(), "image/jpeg"), wall);
        assert_eq!(of(jpeg, "video/mp4"), None);
        let jpeg = samples::jpeg_with_exif(8, 8, 1, "2026:03:04 05:06:07", Some("+08:00"));
        let east = Captured { at_ms: 1_772_571_967_000, offset_minutes: Some(480) };
        assert_eq!(of(jpeg, "image/jpeg"), Some(east));
    }

    #[test]
    fn impossible_claims_are_none() {
        for date in ["0000:00:00 00:00:00", "1970:01:01 00:00:00", "2026:13:40 05:06:07", "    "] {
            let jpeg = samples::jpeg_with_exif(8, 8, 1, date, Some("+99:99"));
            assert_eq!(of(jpeg, "image/jpeg"), None, "{date}");
        }
        assert_eq!(of(samples::jpeg(8, 8), "image/jpeg"), None);
        assert_eq!(of(samples::png(8, 8), "image/png"), None);
        assert_eq!(of(Vec::new(), "image/jpeg"), None);
        assert_eq!(of(b"garbage".repeat(99), "image/heif"), None);
    }

    #[test]
    fn malformed_claims_never_panic() {
        let jpeg = samples::jpeg_with_exif(8, 8, 6, "2026:03:04 05:06:07", Some("+08:00"));
        samples::mutations(&jpeg, 800, |bytes| {
            let _ = of(bytes.to_vec(), "image/jpeg");
        });
        for mime in ["image/png", "image/webp", "image/tiff", "image/heif"] {
            for seed in samples::seeds() {
                samples::mutations(&seed, 40, |bytes| {
                    let _ = of(bytes.to_vec(), mime);
                });
            }
        }
    }
}
