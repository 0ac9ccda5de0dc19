//! Takes an identifier back.

use super::shown;
use crate::{ApiError, Open, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command, IdentifierId};
use serde::Deserialize;
use ts_rs::TS;

/// What to take back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveIdentifier {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// The identifier.
    pub identifier_id: IdentifierId,
    /// Why.
    pub reason: String,
}

pub(crate) fn run(open: &Open, request: RemoveIdentifier) -> Result<BuyerDetail, ApiError> {
    let RemoveIdentifier { buyer_id: buyer, identifier_id: identifier, reason } = request;
    open.execute(Command::RemoveIdentifier { buyer, identifier, reason })?;
    shown::detail(open, buyer)
}
