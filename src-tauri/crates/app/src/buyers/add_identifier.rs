//! Adds an identifier to a buyer.

use super::shown;
use crate::{ApiError, Open, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command, IdentifierId, IdentifierKind, NewIdentifier};
use serde::Deserialize;
use ts_rs::TS;

/// What to add.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddIdentifier {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value.
    pub value: String,
}

pub(crate) fn run(open: &Open, request: AddIdentifier) -> Result<BuyerDetail, ApiError> {
    let AddIdentifier { buyer_id, kind, value } = request;
    let id = open.draw(IdentifierId::from_bytes)?;
    let identifier = NewIdentifier { id, kind, value };
    open.execute(Command::AddIdentifier { buyer: buyer_id, identifier })?;
    shown::detail(open, buyer_id)
}
