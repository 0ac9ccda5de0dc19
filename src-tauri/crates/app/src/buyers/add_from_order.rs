//! Records a buyer with identifiers of an order or of a message about it, without showing them.

use super::add::{AddedBuyer, TypedIdentifier, add};
use crate::{
    ApiError, Open,
    orders::{self, known::known},
};
use buyerwatch_domain::{IdentifierKind, Refusal};
use serde::Deserialize;
use ts_rs::TS;

/// Whom to record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddBuyerFromOrder {
    /// The order.
    pub order_id: String,
    /// Where it was placed.
    pub marketplace: String,
    /// Which of its identifiers to take.
    pub kinds: Vec<IdentifierKind>,
    /// A first remark.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

pub(crate) fn run(open: &Open, request: AddBuyerFromOrder) -> Result<AddedBuyer, ApiError> {
    let found = open.read(|read| known(read, &request.order_id, &request.marketplace))?;
    let (_, order) = found.ok_or(Refusal::NotFound("order"))?;
    let mut identifiers: Vec<TypedIdentifier> = Vec::new();
    for (kind, value) in orders::shown::identifiers(open.key(), &order) {
        let known = |typed: &TypedIdentifier| typed.kind == kind && typed.value == value;
        if request.kinds.contains(&kind) && !identifiers.iter().any(known) {
            identifiers.push(TypedIdentifier { kind, value });
        }
    }
    add(open, identifiers, request.note)
}
