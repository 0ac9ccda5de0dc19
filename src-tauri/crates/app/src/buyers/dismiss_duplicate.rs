//! Says that two buyers are two people, so that nobody is asked again.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::{BuyerId, Command};
use serde::Deserialize;
use ts_rs::TS;

/// Which two.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DismissDuplicate {
    /// One of them.
    pub one: BuyerId,
    /// The other one.
    pub other: BuyerId,
    /// Takes it back instead.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub undo: bool,
    /// Why.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

pub(crate) fn run(open: &Open, request: DismissDuplicate) -> Result<Nothing, ApiError> {
    let DismissDuplicate { one, other, undo, reason } = request;
    open.execute(Command::TellBuyersApart { one, other, apart: !undo, reason })?;
    Ok(Nothing {})
}
