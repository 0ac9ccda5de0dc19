//! Compares stored evidence with what was taken in.

use super::start::StartedJobs;
use crate::{ApiError, Open};
use serde::Deserialize;
use ts_rs::TS;

/// How much to compare.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct VerifyExhibits {
    /// Per cent of the stored files, 1 to 100; all when left out. A check that was interrupted goes
    /// on when the same is asked again.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sample_percent: Option<u32>,
}

pub(crate) fn run(open: &Open, request: VerifyExhibits) -> Result<StartedJobs, ApiError> {
    let _ = (open, request);
    Err(super::pending())
}
