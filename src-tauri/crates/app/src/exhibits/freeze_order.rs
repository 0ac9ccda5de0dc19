//! Takes a stored order in as evidence: a copy of it as it is now.

use super::from_bytes;
use crate::{ApiError, Open, view::ExhibitView};
use buyerwatch_domain::{
    ExhibitKind, ExhibitLink, ObservedClaim, ObservedFeedback, ObservedOrder, ObservedReturn,
    Refusal, Timestamp,
};
use buyerwatch_vault::{OrderRecord, Read, VaultError};
use serde::{Deserialize, Serialize};
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

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FrozenOrder {
    /// The copy.
    pub exhibit: ExhibitView,
    /// Who bought and where to was taken out before, when its retention time ended; the copy says so.
    pub personal_data_removed: bool,
}

pub(crate) fn run(open: &Open, request: FreezeOrder) -> Result<FrozenOrder, ApiError> {
    let FreezeOrder { order_id, marketplace, mut links } = request;
    let marketplace = marketplace.unwrap_or_default();
    let record = open.read(|read| read.order(&order_id, &marketplace))?;
    let record = record.ok_or(Refusal::NotFound("order"))?;
    let copy = copy(open, &record)?;
    let own = ExhibitLink::Order { order_id: record.order.order_id };
    if !links.contains(&own) {
        links.push(own);
    }
    let exhibit =
        from_bytes(open, &copy.name, copy.text.as_bytes(), ExhibitKind::OrderPage, links)?;
    Ok(FrozenOrder { exhibit, personal_data_removed: copy.personal_data_removed })
}

/// A copy of an order, yet to be taken in.
pub(crate) struct OrderCopy {
    /// Name of its file.
    pub(crate) name: String,
    /// Its content.
    pub(crate) text: String,
    /// Who bought and where to is not in it: it was purged.
    pub(crate) personal_data_removed: bool,
}

/// An order as it is stored now.
pub(crate) fn copy(open: &Open, record: &OrderRecord) -> Result<OrderCopy, ApiError> {
    let beside = open.read(|read| Beside::read(read, record))?;
    // Two spaces: it is read by people.
    let text = serde_json::to_string_pretty(&frozen(record, &beside, open.now()))
        .map_err(|_| ApiError::new("internal", "the order cannot be written"))?;
    Ok(OrderCopy {
        name: format!("order {}.json", record.order.order_id),
        text,
        personal_data_removed: beside.purged,
    })
}

/// What is stored of an order apart from it.
#[derive(Default)]
struct Beside {
    returns: Vec<ObservedReturn>,
    claims: Vec<ObservedClaim>,
    feedback: Vec<ObservedFeedback>,
    purged: bool,
}

impl Beside {
    fn read(read: &Read<'_>, record: &OrderRecord) -> Result<Self, VaultError> {
        let id = &record.order.order_id;
        Ok(Self {
            returns: read.returns_of(id)?,
            claims: read.claims_of(id)?,
            feedback: read.feedback_of(id)?,
            // A report that came in anew brought it back.
            purged: !says_who(&record.order) && read.veil(record.key)?.is_some(),
        })
    }
}

/// Whether anything tells who bought or where to. The country alone does not.
fn says_who(order: &ObservedOrder) -> bool {
    let to = &order.ship_to;
    let texts = [
        &order.buyer_name,
        &order.alias,
        &order.phone,
        &order.marketplace_buyer_id,
        &order.user_name,
        &order.recipient_name,
        &order.ship_phone,
        &to.city,
        &to.state,
        &to.postal,
    ];
    texts.into_iter().chain(&to.lines).any(|text| !text.is_empty())
}

/// All that is stored of an order and of what came in about it after the sale. The names in it are those
/// of this version; the copy is never read back.
fn frozen(record: &OrderRecord, beside: &Beside, at: Timestamp) -> Value {
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
        "cancelled_by_shop": order.cancelled_by_shop,
        "amount": record.amount(),
        "personal_data_removed": beside.purged,
        "buyer_name": order.buyer_name,
        "alias": order.alias,
        "phone": order.phone,
        "marketplace_buyer_id": order.marketplace_buyer_id,
        "user_name": order.user_name,
        "recipient_name": order.recipient_name,
        "ship_phone": order.ship_phone,
        "ship_to": order.ship_to.one_line(),
        "lines": lines,
        "returns": beside.returns,
        "claims": beside.claims,
        "feedback": beside.feedback,
        "imported_at": record.imported_at,
        "report": record.source,
        "frozen_at": at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use buyerwatch_domain::{Address, Channel, Fulfillment, Money, OrderStatus};
    use buyerwatch_vault::{OrderKey, OrderLine, OrderTokenRow};

    /// Everything that is known of an order goes into its copy.
    #[test]
    fn nothing_of_an_order_is_left_out() {
        let price = Money { amount: "19.90".into(), currency: "EUR".into() };
        let order = ObservedOrder {
            order_id: "302-1234567-1234567".into(),
            item_id: "11".into(),
            sku: "SKU-1".into(),
            product: "Lamp".into(),
            quantity: Some(2),
            price: Some(price.clone()),
            channel: Channel("Amazon.de".into()),
            purchased_at: Some(crate::testing::start()),
            status: OrderStatus::Cancelled,
            fulfillment: Fulfillment::Seller,
            business: true,
            cancel_requested: true,
            cancelled_by_shop: true,
            buyer_name: "Rosalinde Quastenberg".into(),
            alias: "a1@marketplace.amazon.de".into(),
            phone: "+49 30 1".into(),
            marketplace_buyer_id: "A1BUYER".into(),
            user_name: "rosa1".into(),
            recipient_name: "Rosi Quastenberg".into(),
            ship_phone: "+49 30 2".into(),
            ship_to: Address { lines: vec!["Fliederstieg 14".into()], ..Address::default() },
        };
        let line = OrderLine {
            item_id: order.item_id.clone(),
            sku: order.sku.clone(),
            product: order.product.clone(),
            quantity: order.quantity,
            price: order.price.clone(),
            status: order.status,
        };
        let record = OrderRecord {
            key: OrderKey::FIRST,
            order: order.clone(),
            lines: vec![line],
            tokens: OrderTokenRow::default(),
            unscreenable: None,
            imported_at: crate::testing::start(),
            import: None,
            source: "orders.txt".into(),
        };
        let copy = frozen(&record, &Beside::default(), crate::testing::start());
        // Whoever adds a field decides here how the copy says it.
        let ObservedOrder {
            order_id,
            item_id,
            sku,
            product,
            quantity,
            price: _,
            channel,
            purchased_at,
            status,
            fulfillment,
            business,
            cancel_requested,
            cancelled_by_shop,
            buyer_name,
            alias,
            phone,
            marketplace_buyer_id,
            user_name,
            recipient_name,
            ship_phone,
            ship_to,
        } = order;
        for (name, expected) in [
            ("order_id", json!(order_id)),
            ("marketplace", json!(channel)),
            ("purchased_at", json!(purchased_at)),
            ("status", json!(status)),
            ("fulfillment", json!(fulfillment)),
            ("business", json!(business)),
            ("cancel_requested", json!(cancel_requested)),
            ("cancelled_by_shop", json!(cancelled_by_shop)),
            ("amount", json!(price)),
            ("personal_data_removed", json!(false)),
            ("buyer_name", json!(buyer_name)),
            ("alias", json!(alias)),
            ("phone", json!(phone)),
            ("marketplace_buyer_id", json!(marketplace_buyer_id)),
            ("user_name", json!(user_name)),
            ("recipient_name", json!(recipient_name)),
            ("ship_phone", json!(ship_phone)),
            ("ship_to", json!(ship_to.one_line())),
        ] {
            assert_eq!(copy[name], expected, "{name}");
        }
        let line = json!({
            "item_id": item_id,
            "sku": sku,
            "product": product,
            "quantity": quantity,
            "price": price,
            "status": status,
        });
        assert_eq!(copy["lines"], json!([line]));
    }
}
