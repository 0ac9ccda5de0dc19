//! Takes out names, addresses, messages and comments whose time is over. Keyed hashes, order IDs,
//! counts, incidents and evidence stay; an order on whose alert somebody still works waits for its end.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::Timestamp;
use buyerwatch_vault::OrderKey;
use serde::Serialize;
use std::{thread, time::Duration};
use ts_rs::TS;

/// Orders that are taken in hand in one transaction.
const AT_ONCE: usize = 500;
/// Left to other writers after each.
const GAP: Duration = Duration::from_millis(4);

/// What was taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct Purged {
    /// Orders of which nobody can read any more who bought.
    pub orders: u64,
    /// Messages without their text.
    pub messages: u64,
    /// Returns and ratings without comment, tracking number and address.
    pub after_sales: u64,
    /// Orders that wait for the end of an alert.
    pub held: u64,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Purged, ApiError> {
    let days = open.read(|read| read.policy())?.retention_days;
    purge(open, open.now().plus_days(-i64::from(days)))
}

/// Takes out what was placed or came in before an instant. A break leaves whole orders, and the next
/// run goes on.
fn purge(open: &Open, before: Timestamp) -> Result<Purged, ApiError> {
    let mut purged = Purged::default();
    let mut after = OrderKey::FIRST;
    loop {
        let found = open.read(|read| read.orders_outlived(before, after, AT_ONCE))?;
        let Some((last, _)) = found.last() else { break };
        after = *last;
        let (held, due): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, held)| *held);
        purged.held += held.len() as u64;
        let due: Vec<OrderKey> = due.into_iter().map(|(key, _)| key).collect();
        purged.orders += open.purge_orders(&due)?;
        thread::sleep(GAP);
    }
    let (messages, after_sales) = open.write_observations(|tx, _| {
        Ok((tx.purge_messages(before)?, tx.purge_after_sales(before)?))
    })?;
    Ok(Purged { messages, after_sales, ..purged })
}
