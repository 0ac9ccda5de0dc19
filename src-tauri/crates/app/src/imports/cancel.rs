//! Stops a job.

use crate::{ApiError, Nothing, Open};
use serde::Deserialize;
use ts_rs::TS;

/// What to stop.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CancelJob {
    /// The job.
    pub job: String,
}

pub(crate) fn run(open: &Open, request: CancelJob) -> Result<Nothing, ApiError> {
    open.desk().board().cancel(open.desk(), &request.job)?;
    Ok(Nothing {})
}
