//! Orders as they are shown.

use super::reveal::OrderPlain;
use crate::{
    mask,
    view::{OrderDetail, OrderLine, OrderMark, OrderRow},
};
use buyerwatch_domain::{IdentifierKind, ObservedOrder};
use buyerwatch_matching::{BlindKey, identifier_tokens};
use buyerwatch_vault::{OrderFlag, OrderRecord, OrderSummary, Read, VaultError};

pub(crate) const fn mark(flag: OrderFlag) -> OrderMark {
    match flag {
        OrderFlag::Alert => OrderMark::Alert,
        OrderFlag::Possible => OrderMark::Possible,
        OrderFlag::Watching => OrderMark::Watching,
    }
}

/// Whose order it is, masked: who paid, else who receives, else the alias.
pub(crate) fn label(buyer_name: &str, recipient_name: &str, alias: &str) -> String {
    let name = [buyer_name, recipient_name].into_iter().find(|name| !name.trim().is_empty());
    name.map_or_else(|| mask::alias(alias), mask::name)
}

pub(crate) fn row(order: OrderSummary) -> OrderRow {
    OrderRow {
        buyer_label: label(&order.buyer_name, &order.recipient_name, &order.alias),
        order_id: order.order_id,
        marketplace: order.marketplace,
        purchased_at: order.purchased_at,
        status: order.status,
        fulfillment: order.fulfillment,
        items: u32::try_from(order.items).unwrap_or(u32::MAX),
        product: order.product,
        sku: order.sku,
        quantity: order.quantity,
        amount: order.amount,
        city: order.city,
        country: order.country,
        flag: order.flag.map(mark),
        buyer_id: order.buyer,
        recognised_label: order.buyer_label.map(|of| mask::mask(of.kind, &of.value)),
        alert_id: order.alert,
        unscreenable: order.unscreenable,
        business: order.business,
        cancel_requested: order.cancel_requested,
        purged: order.purged,
    }
}

pub(crate) fn detail(read: &Read<'_>, record: &OrderRecord) -> Result<OrderDetail, VaultError> {
    let damaged = VaultError::Damaged(buyerwatch_vault::Part::Table);
    let summary = read.order_summary(record.key)?.ok_or(damaged)?;
    let order = &record.order;
    let phone = if order.phone.trim().is_empty() { &order.ship_phone } else { &order.phone };
    Ok(OrderDetail {
        row: row(summary),
        recipient_label: mask::name(&order.recipient_name),
        alias_masked: mask::alias(&order.alias),
        phone_masked: mask::phone(phone),
        ship_to_masked: mask::address(&order.ship_to),
        lines: record
            .lines
            .iter()
            .map(|line| OrderLine {
                item_id: line.item_id.clone(),
                sku: line.sku.clone(),
                product: line.product.clone(),
                quantity: line.quantity,
                price: line.price.clone(),
            })
            .collect(),
        imported_at: record.imported_at,
        source: record.source.clone(),
        returns: read.returns_of(&order.order_id)?.into_iter().map(Into::into).collect(),
        claims: read.claims_of(&order.order_id)?.into_iter().map(Into::into).collect(),
        feedback: read.feedback_of(&order.order_id)?.into_iter().map(Into::into).collect(),
    })
}

pub(crate) fn plain(order: &ObservedOrder) -> OrderPlain {
    let phone = if order.phone.trim().is_empty() { &order.ship_phone } else { &order.phone };
    OrderPlain {
        buyer_name: order.buyer_name.clone(),
        recipient_name: order.recipient_name.clone(),
        alias: order.alias.clone(),
        phone: phone.clone(),
        ship_to: order.ship_to.one_line(),
    }
}

/// What of an order could tie a buyer to it, each value once: generic names and fillers are left
/// out.
pub(crate) fn identifiers(key: &BlindKey, order: &ObservedOrder) -> Vec<(IdentifierKind, String)> {
    use IdentifierKind as K;
    let all = [
        (K::Alias, order.alias.clone()),
        (K::MarketplaceId, order.marketplace_buyer_id.clone()),
        (K::Phone, order.phone.clone()),
        (K::Phone, order.ship_phone.clone()),
        (K::Name, order.buyer_name.clone()),
        (K::Name, order.recipient_name.clone()),
        (K::Address, order.ship_to.one_line()),
        (K::UserName, order.user_name.clone()),
        (K::OrderId, order.order_id.clone()),
    ];
    let mut kept: Vec<(K, String)> = Vec::new();
    for (kind, value) in all {
        let Ok(tokens) = identifier_tokens(key, kind, &value) else { continue };
        let same = |(known, of): &(K, String)| {
            *known == kind && identifier_tokens(key, kind, of).is_ok_and(|of| of == tokens)
        };
        if !kept.iter().any(same) {
            kept.push((kind, value.trim().to_owned()));
        }
    }
    kept
}
