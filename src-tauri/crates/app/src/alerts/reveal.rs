//! Shows the values behind the mask; the record keeps that it was done.

use super::{OneAlert, shown};
use crate::{ApiError, Open, buyers, compared, orders};
use buyerwatch_domain::{Command, Refusal};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Values in clear, by the place where the mask stands, e.g. `reason.0.query` or
/// `order.buyer_name`.
#[derive(Clone, Serialize, TS)]
pub struct RevealedAlert {
    /// The values.
    #[ts(type = "Record<string, string>")]
    pub values: BTreeMap<String, String>,
}

pub(crate) fn run(open: &Open, request: OneAlert) -> Result<RevealedAlert, ApiError> {
    let case = open.read(|read| shown::case(read, request.id))?;
    let case = case.ok_or(Refusal::NotFound("alert"))?;
    // Recorded before anything is shown: a reveal that cannot be recorded does not happen.
    open.execute(Command::RecordReveal {
        buyer: case.buyer.id,
        order_id: Some(case.summary.alert.order.order_id.clone()),
    })?;
    let order = case.order.as_ref().map(|record| &record.order);
    let reasons = &case.summary.alert.reasons;
    let mut values = compared::in_clear(open.key(), reasons, &case.buyer, order);
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            values.insert(key.to_owned(), value);
        }
    };
    if let Some(record) = &case.order {
        let plain = orders::shown::plain(&record.order);
        put("order.buyer_name", Some(plain.buyer_name));
        put("order.recipient_name", Some(plain.recipient_name));
        put("order.ship_to", Some(plain.ship_to));
        put("order.phone", Some(plain.phone));
        put("order.alias", Some(plain.alias));
    }
    put("buyer_label", buyers::shown::plain_label(&case.buyer));
    Ok(RevealedAlert { values })
}
