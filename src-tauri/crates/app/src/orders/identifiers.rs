//! What of an order could tie a buyer to it.

use super::{OneOrder, known::known, shown};
use crate::{
    ApiError, Open,
    buyers::add::{Existing, TypedIdentifier, sharing},
    mask,
};
use buyerwatch_domain::{BuyerId, IdentifierKind, Refusal};
use serde::Serialize;
use ts_rs::TS;

/// One identifier of an order.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrderIdentifier {
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value, masked.
    pub masked: String,
    /// Names it within the order without showing it.
    pub token: String,
}

/// All that an order carries.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrderIdentifiers {
    /// The identifiers.
    pub identifiers: Vec<OrderIdentifier>,
    /// The buyer who was recognised in it.
    pub buyer_id: Option<BuyerId>,
    /// Buyers on record who share one of the identifiers.
    pub existing: Vec<Existing>,
}

pub(crate) fn run(open: &Open, request: OneOrder) -> Result<OrderIdentifiers, ApiError> {
    let found = open.read(|read| match known(read, &request.order_id, &request.marketplace)? {
        Some((Some(key), order)) => Ok(Some((read.order_summary(key)?, order))),
        Some((None, order)) => Ok(Some((None, order))),
        None => Ok(None),
    })?;
    let (summary, order) = found.ok_or(Refusal::NotFound("order"))?;
    let carried = shown::identifiers(open.key(), &order);
    let typed: Vec<TypedIdentifier> = carried
        .iter()
        .map(|(kind, value)| TypedIdentifier { kind: *kind, value: value.clone() })
        .collect();
    let existing = sharing(open, &typed)?;
    let identifiers = carried
        .into_iter()
        .enumerate()
        .map(|(at, (kind, value))| OrderIdentifier {
            kind,
            masked: mask::mask(kind, &value),
            token: format!("{}.{at}", kind.code()),
        })
        .collect();
    let buyer_id = summary.and_then(|summary| summary.buyer);
    Ok(OrderIdentifiers { identifiers, buyer_id, existing })
}
