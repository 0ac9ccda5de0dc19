//! How much of what came in could be screened, day by day.

use super::get::{counted, coverage};
use crate::{
    ApiError, Open,
    view::{Coverage, SkippedCount},
};
use buyerwatch_domain::{Timestamp, Unscreenable};
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
    /// Messages that are what they say, the marketplace's notices among them.
    pub messages: u64,
    /// Messages in which a buyer acts that were screened; and those that could not be, notices that name an
    /// order which is not stored among them.
    pub written: Coverage,
    /// Messages that look forged and were set aside.
    pub forged: u64,
    /// Rows and letters that were not taken, of imports that began on the day, by reason.
    pub skipped: Vec<SkippedCount>,
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
        let (covered, messages, skipped) = open.read(|read| {
            let messages = read.message_counts(Some(from), to)?;
            Ok((read.coverage(Some(from), to)?, messages, read.skipped_counts(Some(from), to)?))
        })?;
        let unknown = (Unscreenable::OrderUnknown, messages.order_unknown);
        items.push(CoverageDay {
            day: from,
            coverage: coverage(covered),
            messages: messages.genuine,
            written: Coverage {
                screened: messages.screened,
                unscreenable: Some(unknown)
                    .filter(|of| of.1 > 0)
                    .map(counted)
                    .into_iter()
                    .collect(),
            },
            forged: messages.forged,
            skipped: skipped
                .into_iter()
                .map(|(reason, count)| SkippedCount { reason, count })
                .collect(),
        });
        to = Some(from);
        // A day that is longer or shorter by an hour is met in its middle.
        let noon_before = Timestamp::from_millis(from.millis().saturating_sub(12 * 3_600_000));
        from = host.day_start(noon_before);
    }
    Ok(CoverageDays { items })
}
