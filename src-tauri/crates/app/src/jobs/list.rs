//! Lists jobs of this session.

use crate::{ApiError, Nothing, Open, view::Job};
use serde::Serialize;
use ts_rs::TS;

/// Every job of this session, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Jobs {
    /// The jobs.
    pub jobs: Vec<Job>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Jobs, ApiError> {
    Ok(Jobs { jobs: open.desk().board().list() })
}
