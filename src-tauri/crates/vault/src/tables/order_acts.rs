//! What stored orders tell for counting: whose, when, how they ended. No plaintext of a buyer.

use super::column::{at_or_none, decoded};
use super::orders::{OrderKey, flag, number, status};
use super::tokens::OrderTokenRow;
use crate::{Read, VaultError};
use buyerwatch_domain::{OrderStatus, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One stored order as a counter sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderAct {
    /// The vault's number.
    pub key: OrderKey,
    /// The marketplace's order ID.
    pub order_id: String,
    /// Whose it is, in keyed hashes.
    pub tokens: OrderTokenRow,
    /// When it was placed, if a report says so. When it came in says nothing of that.
    pub at: Option<Timestamp>,
    /// How far it has come.
    pub status: OrderStatus,
    /// The buyer asked through the marketplace to cancel, by a report or by the marketplace's mail.
    pub cancel_requested: bool,
    /// A report says that the shop or the channel cancelled.
    pub cancelled_by_shop: bool,
}

const COLUMNS: &str = "key, order_id, tokens, purchased_at, status, flags";

fn read(row: &Row<'_>) -> rusqlite::Result<OrderAct> {
    Ok(OrderAct {
        key: OrderKey(row.get(0)?),
        order_id: row.get(1)?,
        tokens: decoded(row, 2, |bytes| OrderTokenRow::decode(bytes).ok_or(()))?,
        at: at_or_none(row, 3)?,
        status: status(row.get(4)?),
        cancel_requested: row.get::<_, i64>(5)? & flag::CANCEL_REQUESTED != 0,
        cancelled_by_shop: row.get::<_, i64>(5)? & flag::CANCELLED_BY_SHOP != 0,
    })
}

/// With what the marketplace's mail tells of an order that was cancelled.
fn with_mail(conn: &Connection, mut act: OrderAct) -> Result<OrderAct, VaultError> {
    if act.status == OrderStatus::Cancelled && !act.cancel_requested {
        let mut asked = conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM messages
                 WHERE order_number = ?1 AND order_id <> '' AND order_id = ?2 COLLATE NOCASE
                     AND kind = 'cancel_request' AND forged IS NULL)",
        )?;
        let of = params![number(&act.order_id), act.order_id];
        act.cancel_requested = asked.query_row(of, |row| row.get(0))?;
    }
    Ok(act)
}

impl Read<'_> {
    /// The next orders after one, in the order in which they came in; start at
    /// [`OrderKey::FIRST`]. Works as well after plaintext was purged.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_acts_after(
        &self,
        after: OrderKey,
        limit: usize,
    ) -> Result<Vec<OrderAct>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM orders WHERE key > ?1 ORDER BY key LIMIT ?2"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![after.0, limit], read)?;
        rows.map(|act| with_mail(self.conn(), act?)).collect()
    }

    /// One order, as [`order_acts_after`](Self::order_acts_after) tells of many.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_act(&self, order: OrderKey) -> Result<Option<OrderAct>, VaultError> {
        let mut query =
            self.conn().prepare_cached(&format!("SELECT {COLUMNS} FROM orders WHERE key = ?1"))?;
        let act = query.query_row([order.0], read).optional()?;
        act.map(|act| with_mail(self.conn(), act)).transpose()
    }

    /// Every order with this ID, on whatever marketplace.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_acts_by_id(&self, order_id: &str) -> Result<Vec<OrderAct>, VaultError> {
        let keys = super::orders::keys_of(self.conn(), order_id.trim())?;
        let acts = keys.into_iter().map(|(key, _)| self.order_act(key));
        acts.filter_map(Result::transpose).collect()
    }
}
