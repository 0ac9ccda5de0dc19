//! Takes a stored order in as evidence: a copy of it as it is now.

use super::from_bytes;
use crate::{ApiError, Open, view::ExhibitView};
use buyerwatch_domain::{ExhibitKind, ExhibitLink, Refusal, Timestamp};
use buyerwatch_vault::OrderRecord;
use serde::Deserialize;
use serde_json::{Value, json};
use ts_rs::TS;

/// Which order.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FreezeOrder {
    /// The marketplace's order ID.
    pub order_id: String,
    /// Where it was placed; any marketplace when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub marketplace: Option<String>,
    /// What the copy belongs to beside the order itself.
    pub links: Vec<ExhibitLink>,
}

pub(crate) fn run(open: &Open, request: FreezeOrder) -> Result<ExhibitView, ApiError> {
    let FreezeOrder { order_id, marketplace, mut links } = request;
    let marketplace = marketplace.unwrap_or_default();
    let record = open.read(|read| read.order(&order_id, &marketplace))?;
    let record = record.ok_or(Refusal::NotFound("order"))?;
    let text = text(&record, open.now())?;
    let own = ExhibitLink::Order { order_id: record.order.order_id.clone() };
    if !links.contains(&own) {
        links.push(own);
    }
    from_bytes(open, &file_name(&record), text.as_bytes(), ExhibitKind::OrderPage, links)
}

pub(crate) fn file_name(record: &OrderRecord) -> String {
    format!("order {}.json", record.order.order_id)
}

/// The copy as it is stored.
pub(crate) fn text(record: &OrderRecord, at: Timestamp) -> Result<String, ApiError> {
    // Two spaces: it is read by people.
    serde_json::to_string_pretty(&frozen(record, at))
        .map_err(|_| ApiError::new("internal", "the order cannot be written"))
}

/// All that is stored of an order. The names in it are those of this version; the copy is never
/// read back.
fn frozen(record: &OrderRecord, at: Timestamp) -> Value {
    let order = &record.order;
    let lines: Vec<Value> = record
        .lines
        .iter()
        .map(|line| {
            json!({
                "item_id": line.item_id,
                "sku": line.sku,
                "product": line.product,
                "quantity": line.quantity,
                "price": line.price,
                "status": line.status,
            })
        })
        .collect();
    json!({
        "order_id": order.order_id,
        "marketplace": order.channel,
        "purchased_at": order.purchased_at,
        "status": order.status,
        "fulfillment": order.fulfillment,
        "business": order.business,
        "cancel_requested": order.cancel_requested,
        "amount": record.amount(),
        "buyer_name": order.buyer_name,
        "alias": order.alias,
        "phone": order.phone,
        "marketplace_buyer_id": order.marketplace_buyer_id,
        "user_name": order.user_name,
        "recipient_name": order.recipient_name,
        "ship_phone": order.ship_phone,
        "ship_to": order.ship_to.one_line(),
        "lines": lines,
        "imported_at": record.imported_at,
        "report": record.source,
        "frozen_at": at,
    })
}
