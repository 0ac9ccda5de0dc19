//! How fast answers are handed over.
//!
//! Nothing tells when a web view has taken an answer, and until then its bytes lie in memory. What is
//! handed over in a moment is therefore bounded, and what follows comes at a pace that web views keep.

use std::time::{Duration, Instant};

/// Bytes that may be handed over at once.
const AT_ONCE: u64 = 8 << 20;
/// Bytes a second after that.
const PACE: u64 = 96 << 20;

/// Bytes that were handed over and are not worked off yet.
#[derive(Debug)]
pub(super) struct Allowance {
    handed: u64,
    at: Instant,
}

impl Allowance {
    /// With nothing handed over.
    pub(super) const fn new(now: Instant) -> Self {
        Self { handed: 0, at: now }
    }

    /// How long the next answer has to wait.
    pub(super) fn wait(&mut self, now: Instant) -> Duration {
        let passed = now.saturating_duration_since(self.at);
        let taken = u128::from(PACE) * passed.as_nanos() / 1_000_000_000;
        self.handed = self.handed.saturating_sub(u64::try_from(taken).unwrap_or(u64::MAX));
        self.at = self.at.max(now);
        let over = self.handed.saturating_sub(AT_ONCE);
        Duration::from_nanos(over.saturating_mul(1_000_000_000).div_ceil(PACE))
    }

    /// Counts an answer.
    pub(super) fn handed(&mut self, bytes: u64) {
        self.handed = self.handed.saturating_add(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_goes_out_up_to_the_bound_and_the_rest_at_a_steady_pace() {
        let start = Instant::now();
        let mut allowance = Allowance::new(start);
        for _ in 0..=8 {
            assert_eq!(allowance.wait(start), Duration::ZERO);
            allowance.handed(1 << 20);
        }
        let mut now = start;
        for _ in 0..1_000 {
            let wait = allowance.wait(now);
            assert!(wait <= Duration::from_millis(11), "{wait:?}");
            now += wait;
            assert_eq!(allowance.wait(now), Duration::ZERO);
            allowance.handed(1 << 20);
        }
        let all = now.duration_since(start);
        assert!(all > Duration::from_millis(10_300), "{all:?} for a thousand");
    }

    /// A picture larger than the bound goes out, and only what follows waits for it.
    #[test]
    fn a_large_answer_is_not_kept_back_for_its_size() {
        let start = Instant::now();
        let mut allowance = Allowance::new(start);
        assert_eq!(allowance.wait(start), Duration::ZERO);
        allowance.handed(32 << 20);
        assert_eq!(allowance.wait(start), Duration::from_millis(250));
        assert_eq!(allowance.wait(start + Duration::from_secs(1)), Duration::ZERO);
    }
}
