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
    let mut values = BTreeMap::new();
    let mut put = |key: String, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            values.insert(key, value);
        }
    };
    for (at, reason) in case.summary.alert.reasons.iter().enumerate() {
        let order = case.order.as_ref().map(|record| &record.order);
        let (query, listed) = compared::values(open.key(), reason, &case.buyer, order);
        put(format!("reason.{at}.query"), query);
        put(format!("reason.{at}.listed"), listed);
    }
    if let Some(record) = &case.order {
        let plain = orders::shown::plain(&record.order);
        put("order.buyer_name".to_owned(), Some(plain.buyer_name));
        put("order.recipient_name".to_owned(), Some(plain.recipient_name));
        put("order.ship_to".to_owned(), Some(plain.ship_to));
        put("order.phone".to_owned(), Some(plain.phone));
        put("order.alias".to_owned(), Some(plain.alias));
    }
    put("buyer_label".to_owned(), buyers::shown::plain_label(&case.buyer));
    Ok(RevealedAlert { values })
}
