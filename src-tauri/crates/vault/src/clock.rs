//! Hybrid logical clock: never goes backwards, whatever the computer's clock does.
//!
//! Milliseconds since the epoch in the upper 48 bits, a counter in the lower 16. The sign bit stays
//! free, so that the database orders it as a number.

use buyerwatch_domain::Timestamp;

/// Latest time that counts, in the year 4199: leaves room for counting on from a clock that lies.
const MILLIS_LIMIT: i64 = (1 << 46) - 1;

/// The next reading after `last`, at the computer's `now`.
pub(crate) fn next(last: Option<i64>, now: Timestamp) -> i64 {
    let now = now.millis().clamp(0, MILLIS_LIMIT) << 16;
    // Adding one to the counter carries into the milliseconds when it is used up.
    last.map_or(now, |last| now.max(last.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_only_grow() {
        let at = Timestamp::from_millis;
        let mut last = next(None, at(5));
        assert_eq!(last, 5 << 16);
        for now in [5, 5, 4, -1, i64::MIN, 6, i64::MAX, 0, 7] {
            let reading = next(Some(last), at(now));
            assert!(reading > last, "{now}");
            last = reading;
        }
        assert_eq!(next(Some((9 << 16) | 0xffff), at(3)), 10 << 16, "the counter carries over");
    }
}
