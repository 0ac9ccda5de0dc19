//! Takes the merge of a buyer back; the two are remembered as two people.

use super::shown;
use crate::{ApiError, Open, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command};
use serde::Deserialize;
use ts_rs::TS;

/// Which merge.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UnmergeBuyers {
    /// The buyer who was merged into another one.
    pub buyer_id: BuyerId,
    /// Why.
    pub reason: String,
}

pub(crate) fn run(open: &Open, request: UnmergeBuyers) -> Result<BuyerDetail, ApiError> {
    let UnmergeBuyers { buyer_id: buyer, reason } = request;
    open.session().recogniser.ensure(open)?;
    open.execute(Command::UnmergeBuyers { buyer, reason })?;
    shown::detail(open, buyer)
}
