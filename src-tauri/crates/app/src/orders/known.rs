//! What is known of an order, whichever way it came.

use buyerwatch_domain::ObservedOrder;
use buyerwatch_vault::{MessageFilter, OrderKey, Read, VaultError};

/// Messages of one order that are looked at.
const MESSAGES: u32 = 50;

/// An order as it is stored, with its key; or, before a report has brought it in, as the newest genuine message
/// about it tells.
pub(crate) fn known(
    read: &Read<'_>,
    order_id: &str,
    marketplace: &str,
) -> Result<Option<(Option<OrderKey>, ObservedOrder)>, VaultError> {
    if let Some(record) = read.order(order_id, marketplace)? {
        return Ok(Some((Some(record.key), record.order)));
    }
    if order_id.trim().is_empty() {
        return Ok(None);
    }
    let filter = MessageFilter {
        order_id: Some(order_id.trim().to_owned()),
        forged: Some(false),
        ..MessageFilter::default()
    };
    let (_, rows) = read.messages(&filter, 0, MESSAGES)?;
    let mut told = rows.into_iter().filter_map(|row| row.message.compared());
    let named =
        |order: &ObservedOrder| !order.alias.is_empty() || !order.marketplace_buyer_id.is_empty();
    Ok(told.find(named).map(|order| (None, order)))
}
