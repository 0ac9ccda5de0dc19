//! How much of what came in could be screened, day by day.

use super::get::coverage;
use crate::{ApiError, Open, view::Coverage};
use buyerwatch_domain::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many days.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct AskDays {
    /// Days, today included; at most 60.
    pub days: u32,
}

/// What came in on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CoverageDay {
    /// When the local day began.
    pub day: Timestamp,
    /// Orders that were screened, and those that could not be.
    pub coverage: Coverage,
    /// Messages that are what they say.
    pub messages: u64,
    /// Messages that look forged and were set aside.
    pub forged: u64,
}

/// Day by day.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CoverageDays {
    /// The newest first.
    pub items: Vec<CoverageDay>,
}

/// Days at most.
const LIMIT: u32 = 60;

pub(crate) fn run(open: &Open, request: AskDays) -> Result<CoverageDays, ApiError> {
    let host = open.desk().host();
    let now = open.now();
    let mut to = None;
    let mut from = host.day_start(now);
    let mut items = Vec::new();
    for _ in 0..request.days.clamp(1, LIMIT) {
        let (covered, messages) = open.read(|read| {
            Ok((read.coverage(Some(from), to)?, read.message_counts(Some(from), to)?))
        })?;
        items.push(CoverageDay {
            day: from,
            coverage: coverage(covered),
            messages: messages.genuine,
            forged: messages.forged,
        });
        to = Some(from);
        // A day that is longer or shorter by an hour is met in its middle.
        let noon_before = Timestamp::from_millis(from.millis().saturating_sub(12 * 3_600_000));
        from = host.day_start(noon_before);
    }
    Ok(CoverageDays { items })
}
