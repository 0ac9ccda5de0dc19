//! Hides an alert for a while.

use super::shown;
use crate::{ApiError, Open, view::AlertDetail};
use buyerwatch_domain::{AlertId, Command, Timestamp};
use serde::Deserialize;
use ts_rs::TS;

/// What to hide.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SnoozeAlert {
    /// The alert.
    pub id: AlertId,
    /// Until when; at most 30 days ahead.
    pub until: Timestamp,
}

pub(crate) fn run(open: &Open, request: SnoozeAlert) -> Result<AlertDetail, ApiError> {
    open.execute(Command::SnoozeAlert { alert: request.id, until: request.until })?;
    shown::detail(open, request.id)
}
