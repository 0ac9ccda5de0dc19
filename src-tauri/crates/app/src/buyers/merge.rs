//! Merges two buyers: one becomes another name for the other.

use super::shown;
use crate::{ApiError, Open, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command};
use serde::Deserialize;
use ts_rs::TS;

/// Which two.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MergeBuyers {
    /// Who stays.
    pub into: BuyerId,
    /// Who becomes another name for them.
    pub from: BuyerId,
    /// Why.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

pub(crate) fn run(open: &Open, request: MergeBuyers) -> Result<BuyerDetail, ApiError> {
    let MergeBuyers { into, from, reason } = request;
    // Stored orders are looked at again for what the one gains.
    open.session().recogniser.ensure(open)?;
    open.execute(Command::MergeBuyers { into, from, reason })?;
    shown::detail(open, into)
}
