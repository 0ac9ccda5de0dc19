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
    let copy = frozen(&record, open.now());
    // Two spaces: it is read by people.
    let text = serde_json::to_string_pretty(&copy)
        .map_err(|_| ApiError::new("internal", "the order cannot be written"))?;
    let own = ExhibitLink::Order { order_id: record.order.order_id.clone() };
    if !links.contains(&own) {
        links.push(own);
    }
    let name = format!("order {}.json", record.order.order_id);
    from_bytes(open, &name, text.as_bytes(), ExhibitKind::OrderPage, links)
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
