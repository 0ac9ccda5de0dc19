//! What trying a clause came to.

use super::backtest::Backtested;
use crate::{ApiError, Open};
use buyerwatch_domain::Refusal;
use serde::Deserialize;
use ts_rs::TS;

/// Which trial.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneBacktest {
    /// The job that tried.
    pub job: String,
}

pub(crate) fn run(open: &Open, request: OneBacktest) -> Result<Backtested, ApiError> {
    let kept = open.session().kept_backtest(&request.job);
    Ok(kept.ok_or(Refusal::NotFound("backtest"))?)
}
