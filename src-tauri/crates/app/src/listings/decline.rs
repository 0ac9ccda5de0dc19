//! Declines a listing as the second person.

use crate::{ApiError, Open, buyers, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command};
use serde::Deserialize;
use ts_rs::TS;

/// What to end.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EndListing {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// Why.
    pub reason: String,
}

pub(crate) fn run(open: &Open, request: EndListing) -> Result<BuyerDetail, ApiError> {
    let EndListing { buyer_id: buyer, reason } = request;
    open.execute(Command::DeclineListing { buyer, reason })?;
    buyers::shown::detail(open, buyer)
}
