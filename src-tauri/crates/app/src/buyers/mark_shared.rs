//! Says whether many unrelated people carry an identifier.

use super::shown;
use crate::{ApiError, Open, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command, IdentifierId};
use serde::Deserialize;
use ts_rs::TS;

/// What to mark.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MarkShared {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// The identifier.
    pub identifier_id: IdentifierId,
    /// Whether it is shared.
    pub shared: bool,
}

pub(crate) fn run(open: &Open, request: MarkShared) -> Result<BuyerDetail, ApiError> {
    let MarkShared { buyer_id: buyer, identifier_id: identifier, shared } = request;
    open.execute(Command::MarkShared { buyer, identifier, shared })?;
    shown::detail(open, buyer)
}
