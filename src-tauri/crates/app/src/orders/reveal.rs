//! Shows an order's identity in clear; the record keeps it when the order is of a recorded buyer.

use super::{OneOrder, shown};
use crate::{ApiError, Open};
use buyerwatch_domain::{Command, Refusal};
use serde::Serialize;
use ts_rs::TS;

/// The identity in clear; absent parts are empty.
#[derive(Clone, Serialize, TS)]
pub struct OrderPlain {
    /// Who paid.
    pub buyer_name: String,
    /// Who receives the parcel.
    pub recipient_name: String,
    /// Relay alias.
    pub alias: String,
    /// Telephone number.
    pub phone: String,
    /// Where the parcel goes.
    pub ship_to: String,
}

pub(crate) fn run(open: &Open, request: OneOrder) -> Result<OrderPlain, ApiError> {
    let found = open.read(|read| match read.order(&request.order_id, &request.marketplace)? {
        Some(record) => Ok(Some((read.sightings_of_order(record.key)?, record))),
        None => Ok(None),
    })?;
    let (sightings, record) = found.ok_or(Refusal::NotFound("order"))?;
    // Recorded before anything is shown: a reveal that cannot be recorded does not happen.
    for sighting in sightings {
        let order_id = Some(record.order.order_id.clone());
        open.execute(Command::RecordReveal { buyer: sighting.buyer, order_id })?;
    }
    Ok(shown::plain(&record.order))
}
