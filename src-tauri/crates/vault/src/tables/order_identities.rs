//! Names and addresses of stored orders, for comparing many of them by likeness.

use super::orders::{OrderKey, ship_lines};
use crate::{Read, VaultError};
use buyerwatch_domain::{Address, ObservedOrder};
use rusqlite::{Row, params};

const COLUMNS: &str = "key, buyer_name, recipient_name, ship_lines, ship_city, ship_state,
    ship_postal, ship_country";

fn identity(row: &Row<'_>) -> rusqlite::Result<(OrderKey, ObservedOrder)> {
    let text = |column: usize| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
    let order = ObservedOrder {
        buyer_name: text(1)?,
        recipient_name: text(2)?,
        ship_to: Address {
            lines: ship_lines(&text(3)?),
            city: text(4)?,
            state: text(5)?,
            postal: text(6)?,
            country: text(7)?,
        },
        ..ObservedOrder::default()
    };
    Ok((OrderKey(row.get(0)?), order))
}

impl Read<'_> {
    /// Names and addresses of the next orders after one, in the order in which they came in; start
    /// at [`OrderKey::FIRST`]. All else is left empty.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_identities_after(
        &self,
        after: OrderKey,
        limit: usize,
    ) -> Result<Vec<(OrderKey, ObservedOrder)>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM orders WHERE key > ?1 ORDER BY key LIMIT ?2"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = query.query_map(params![after.0, limit], identity)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// As [`order_identities_after`](Self::order_identities_after), of those up to one and with it.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_identities_between(
        &self,
        after: OrderKey,
        through: OrderKey,
    ) -> Result<Vec<(OrderKey, ObservedOrder)>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM orders WHERE key > ?1 AND key <= ?2 ORDER BY key"
        ))?;
        let found = query.query_map([after.0, through.0], identity)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The order that came in last; [`OrderKey::FIRST`] when there is none.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn newest_order(&self) -> Result<OrderKey, VaultError> {
        let mut query = self.conn().prepare_cached("SELECT coalesce(max(key), 0) FROM orders")?;
        Ok(OrderKey(query.query_row([], |row| row.get(0))?))
    }
}
