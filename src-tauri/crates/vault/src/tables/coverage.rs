//! How many orders could be compared with the list, counted by quarter of an hour.
//!
//! Counting while importing makes the answer independent of how many orders are stored. Every time
//! zone's day begins at a quarter of an hour.

use crate::{Read, VaultError};
use buyerwatch_domain::{Timestamp, Unscreenable};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

pub(super) const SCHEMA_1: &str = "
CREATE TABLE coverage (
    quarter INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    orders INTEGER NOT NULL,
    PRIMARY KEY (quarter, reason)
) STRICT, WITHOUT ROWID;
";

/// Milliseconds in a quarter of an hour.
const QUARTER: i64 = 15 * 60 * 1000;

/// The number under which a reason is stored; 0 is for orders that were compared.
pub(super) const fn number(unscreenable: Option<Unscreenable>) -> i64 {
    match unscreenable {
        None => 0,
        Some(Unscreenable::NoIdentityColumns) => 1,
        Some(Unscreenable::IdentityEmpty) => 2,
        Some(Unscreenable::OnlySharedIdentity) => 3,
        // Never of an order; counted with what waits for one.
        Some(Unscreenable::OrderUnknown) => 4,
    }
}

/// The reason with this number.
pub(super) fn reason(stored: i64) -> Option<Unscreenable> {
    Unscreenable::ALL.into_iter().find(|reason| number(Some(*reason)) == stored)
}

/// Changes of counts, gathered over a batch.
#[derive(Debug, Default)]
pub(super) struct Counts(BTreeMap<(i64, i64), i64>);

impl Counts {
    pub(super) fn add(&mut self, at: i64, unscreenable: Option<Unscreenable>, orders: i64) {
        *self.0.entry((at.div_euclid(QUARTER), number(unscreenable))).or_default() += orders;
    }

    pub(super) fn store(self, conn: &Connection) -> Result<(), VaultError> {
        let mut add = conn.prepare_cached(
            "INSERT INTO coverage (quarter, reason, orders) VALUES (?1, ?2, ?3)
             ON CONFLICT (quarter, reason) DO UPDATE SET orders = orders + excluded.orders",
        )?;
        for ((quarter, reason), orders) in self.0 {
            add.execute([quarter, reason, orders])?;
        }
        Ok(())
    }
}

/// How many orders could be compared with the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Orders that were compared.
    pub screened: u64,
    /// Orders that could not be, by reason, in the order of [`Unscreenable::ALL`]; only reasons
    /// that occur.
    pub unscreenable: Vec<(Unscreenable, u64)>,
}

impl Read<'_> {
    /// How many of the orders that came in from `from` up to but not including `to` could be
    /// compared. Both are rounded down to a quarter of an hour; `None` is open.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn coverage(
        &self,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Result<Coverage, VaultError> {
        let quarter = |at: Timestamp| at.millis().div_euclid(QUARTER);
        let mut query = self.conn().prepare_cached(
            "SELECT reason, sum(orders) FROM coverage WHERE quarter >= ?1 AND quarter < ?2
             GROUP BY reason ORDER BY reason",
        )?;
        let mut rows =
            query.query(params![from.map_or(i64::MIN, quarter), to.map_or(i64::MAX, quarter)])?;
        let mut coverage = Coverage::default();
        while let Some(row) = rows.next()? {
            let orders = u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
            match reason(row.get(0)?) {
                None => coverage.screened = orders,
                Some(reason) if orders > 0 => coverage.unscreenable.push((reason, orders)),
                Some(_) => {}
            }
        }
        Ok(coverage)
    }

    /// How many orders are stored.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_count(&self) -> Result<u64, VaultError> {
        let mut query =
            self.conn().prepare_cached("SELECT coalesce(sum(orders), 0) FROM coverage")?;
        Ok(query.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }
}
