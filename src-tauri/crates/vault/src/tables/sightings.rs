//! Orders in which a buyer was recognised. Derived while screening, not journaled.

use super::browse;
use super::column::{at, code, id};
use super::orders::OrderKey;
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{BuyerId, Tag, Tier, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE sightings (
    order_key INTEGER NOT NULL,
    buyer BLOB NOT NULL,
    tier TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (order_key, buyer)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_buyer ON sightings (buyer, at);
";

/// One order in which a buyer was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// The order.
    pub order: OrderKey,
    /// The buyer.
    pub buyer: BuyerId,
    /// How sure the match is.
    pub tier: Tier,
    /// When the order was placed, or seen if the report does not say.
    pub at: Timestamp,
}

pub(super) fn record(conn: &Connection, sighting: &Sighting) -> Result<bool, VaultError> {
    let known = conn
        .prepare_cached("SELECT tier FROM sightings WHERE order_key = ?1 AND buyer = ?2")?
        .query_row(params![sighting.order.0, sighting.buyer.as_bytes()], |row| {
            code(row, 0, super::alerts::tier)
        })
        .optional()?;
    if known.is_some_and(|tier| tier >= sighting.tier) {
        return Ok(false);
    }
    conn.prepare_cached(
        "INSERT INTO sightings (order_key, buyer, tier, at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (order_key, buyer) DO UPDATE SET tier = excluded.tier",
    )?
    .execute(params![
        sighting.order.0,
        sighting.buyer.as_bytes(),
        sighting.tier.code(),
        sighting.at.millis()
    ])?;
    let new = known.is_none() && !seen_as_another(conn, sighting)?;
    if new {
        browse::seen(conn, sighting.buyer, sighting.at)?;
    }
    Ok(new)
}

/// Whether the order was one of somebody who was merged into the buyer since.
fn seen_as_another(conn: &Connection, sighting: &Sighting) -> Result<bool, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM sightings AS s JOIN buyers AS b ON b.id = s.buyer
             WHERE s.order_key = ?1 AND b.holder = ?2)",
    )?;
    let of = params![sighting.order.0, sighting.buyer.as_bytes()];
    Ok(query.query_row(of, |row| row.get(0))?)
}

impl Write<'_> {
    /// Remembers that a buyer was recognised in an order, once per buyer and order; a surer match
    /// replaces a less sure one. Answers whether it is the first time.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn record_sighting(&mut self, sighting: &Sighting) -> Result<bool, VaultError> {
        let new = record(self.conn(), sighting)?;
        if new {
            self.mark_stale(Tag::Buyers);
            self.mark_stale(Tag::Orders);
        }
        Ok(new)
    }
}

impl Read<'_> {
    /// Buyers who were recognised in an order.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn sightings_of_order(&self, order: OrderKey) -> Result<Vec<Sighting>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT coalesce(b.holder, s.buyer) AS person, s.tier, max(s.at)
                 FROM sightings AS s LEFT JOIN buyers AS b ON b.id = s.buyer
                 WHERE s.order_key = ?1 GROUP BY person, s.tier ORDER BY person, s.tier",
        )?;
        let found = query.query_map([order.0], |row| {
            let tier = code(row, 1, super::alerts::tier)?;
            Ok(Sighting { order, buyer: id(row, 0)?, tier, at: at(row, 2)? })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The newest orders in which a buyer was recognised.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn sightings_of_buyer(
        &self,
        buyer: BuyerId,
        limit: usize,
    ) -> Result<Vec<Sighting>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT order_key, tier, at FROM sightings
             WHERE buyer IN (SELECT ?1 UNION ALL SELECT id FROM buyers WHERE holder = ?1)
             ORDER BY at DESC LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let buyer = self.holder(buyer)?;
        let found = query.query_map(params![buyer.as_bytes(), limit], |row| {
            let tier = code(row, 1, super::alerts::tier)?;
            Ok(Sighting { order: OrderKey(row.get(0)?), buyer, tier, at: at(row, 2)? })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
