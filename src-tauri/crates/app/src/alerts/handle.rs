//! Closes an alert as done.

use super::shown;
use crate::{ApiError, Open, view::AlertDetail};
use buyerwatch_domain::{AlertId, Command};
use serde::Deserialize;
use ts_rs::TS;

/// What to close.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct HandleAlert {
    /// The alert.
    pub id: AlertId,
    /// A remark.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

pub(crate) fn run(open: &Open, request: HandleAlert) -> Result<AlertDetail, ApiError> {
    open.execute(Command::HandleAlert { alert: request.id, note: request.note })?;
    shown::detail(open, request.id)
}
