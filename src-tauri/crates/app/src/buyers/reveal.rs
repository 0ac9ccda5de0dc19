//! Shows a buyer's identifiers in clear; the record keeps that it was done.

use super::{OneBuyer, shown};
use crate::{ApiError, Open};
use buyerwatch_domain::{Command, Refusal};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Values in clear.
#[derive(Clone, Serialize, TS)]
pub struct RevealedBuyer {
    /// Their name or first identifier.
    pub label: String,
    /// Every identifier, by its identity.
    #[ts(type = "Record<string, string>")]
    pub values: BTreeMap<String, String>,
}

pub(crate) fn run(open: &Open, request: OneBuyer) -> Result<RevealedBuyer, ApiError> {
    // Recorded before anything is shown: a reveal that cannot be recorded does not happen.
    open.execute(Command::RecordReveal { buyer: request.id, order_id: None })?;
    let buyer = open.read(|read| read.buyer(request.id))?.ok_or(Refusal::NotFound("buyer"))?;
    Ok(RevealedBuyer {
        label: shown::plain_label(&buyer).unwrap_or_default(),
        values: buyer.identifiers.into_iter().map(|i| (i.id.to_string(), i.value)).collect(),
    })
}
