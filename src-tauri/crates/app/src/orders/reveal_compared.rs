//! Shows the values that a comparison is about; the record keeps that it was done.

use super::compare::{CompareOrder, Compared, Comparison, compare};
use crate::{ApiError, Open, buyers, compared};
use buyerwatch_domain::Command;
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// A comparison with the values behind the mask.
#[derive(Clone, Serialize, TS)]
pub struct RevealedComparison {
    /// What the places below count in.
    pub comparison: Comparison,
    /// Values in clear, by the place where the mask stands: `reason.0.query`, `buyer_label`.
    #[ts(type = "Record<string, string>")]
    pub values: BTreeMap<String, String>,
}

pub(crate) fn run(open: &Open, request: CompareOrder) -> Result<RevealedComparison, ApiError> {
    let Compared { comparison, buyer, record, reasons } = compare(open, &request)?;
    // Recorded before anything is shown: a reveal that cannot be recorded does not happen.
    let order_id = Some(record.order.order_id.clone());
    open.execute(Command::RecordReveal { buyer: buyer.id, order_id })?;
    let mut values = compared::in_clear(open.key(), &reasons, &buyer, Some(&record.order));
    values.extend(buyers::shown::plain_label(&buyer).map(|of| ("buyer_label".to_owned(), of)));
    Ok(RevealedComparison { comparison, values })
}
