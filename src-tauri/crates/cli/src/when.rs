//! Times as people type them.

use chrono::{DateTime, Local, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};

/// An instant in RFC 3339, UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Instant(pub(crate) String);

/// Reads `2026-05-03T10:41:00Z`, the same with an offset or with a space, or a plain date, which
/// means the beginning of that day here.
pub(crate) fn instant(text: &str) -> Result<Instant, &'static str> {
    instant_in(text, &Local)
}

fn instant_in<Z: chrono::TimeZone>(text: &str, zone: &Z) -> Result<Instant, &'static str> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(written(at.to_utc()));
    }
    let date: NaiveDate = text
        .parse()
        .map_err(|_| "write a date like 2026-05-03 or a time like 2026-05-03T10:41:00Z")?;
    // Midnight does not exist on a day that begins with the clocks going forward.
    let midnight = date.and_time(NaiveTime::MIN);
    [0, 1, 2]
        .into_iter()
        .filter_map(|hours| midnight.checked_add_signed(TimeDelta::hours(hours)))
        .find_map(|start| zone.from_local_datetime(&start).earliest())
        .map(|at| written(at.to_utc()))
        .ok_or("that day does not exist here")
}

fn written(at: DateTime<Utc>) -> Instant {
    Instant(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// An instant as people read it: local date and time to the minute.
pub(crate) fn shown(instant: &str) -> String {
    DateTime::parse_from_rfc3339(instant).map_or_else(
        |_| instant.to_owned(),
        |at| at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::FixedOffset;

    #[test]
    fn dates_begin_here_and_times_keep_their_offset() {
        let shanghai = FixedOffset::east_opt(8 * 3600).unwrap();
        let read = |text| instant_in(text, &shanghai).map(|at| at.0);
        assert_eq!(read("2026-05-03").unwrap(), "2026-05-02T16:00:00.000Z");
        assert_eq!(read("2026-05-03T10:41:00Z").unwrap(), "2026-05-03T10:41:00.000Z");
        assert_eq!(read("2026-05-03 10:41:00+02:00").unwrap(), "2026-05-03T08:41:00.000Z");
        for bad in ["", "yesterday", "2026-13-01", "03.05.2026"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
