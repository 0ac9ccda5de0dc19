//! What is kept of orders whose plaintext is purged, and the way from a kept key to its orders.
//!
//! A key is a keyed hash of two things that stood on the order together; about 50 of them stand for one
//! order. They are random numbers, and an index in their order alone would touch a page of it for each.
//! Orders grow old in the order in which they came in, so each *slab* of the index takes those that came
//! in together: it is filled while it is in memory, and a look-up asks every slab.

use super::orders::OrderKey;
use crate::{Read, VaultError, Write};
use buyerwatch_domain::Tag;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

pub(super) const SCHEMA_2: &str = "
CREATE TABLE veils (
    order_key INTEGER PRIMARY KEY,
    veil BLOB NOT NULL
) STRICT;
CREATE TABLE veil_keys (
    slab INTEGER NOT NULL,
    key INTEGER NOT NULL,
    order_key INTEGER NOT NULL,
    PRIMARY KEY (slab, key, order_key)
) STRICT, WITHOUT ROWID;
";

/// Orders of one slab, as a power of two: at 50 keys each, some 15 MB. Slabs are stored: never change it.
const SLAB: u32 = 14;

/// Columns of an order that say who bought and where to. The country alone tells nobody.
const TEXTS: [&str; 11] = [
    "buyer_name",
    "alias",
    "phone",
    "marketplace_buyer_id",
    "user_name",
    "recipient_name",
    "ship_phone",
    "ship_lines",
    "ship_city",
    "ship_state",
    "ship_postal",
];

/// What is kept of one order.
#[derive(Debug, Clone, Copy)]
pub struct VeilRow<'a> {
    /// The order.
    pub order: OrderKey,
    /// The stored form of its veil; what is in it is the matching engine's.
    pub veil: &'a [u8],
    /// The keys by which it is found again.
    pub keys: &'a [u64],
}

pub(super) fn purge(conn: &Connection, kept: &[VeilRow<'_>]) -> Result<u64, VaultError> {
    let gone = TEXTS.map(|column| format!("{column} = NULL")).join(", ");
    let there = TEXTS.map(|column| format!("nullif({column}, '')")).join(", ");
    let mut take_out = conn.prepare_cached(&format!(
        "UPDATE orders SET {gone} WHERE key = ?1 AND coalesce({there}) IS NOT NULL"
    ))?;
    let mut put = conn.prepare_cached(
        "INSERT INTO veils (order_key, veil) VALUES (?1, ?2)
         ON CONFLICT (order_key) DO UPDATE SET veil = excluded.veil",
    )?;
    let mut purged = 0;
    let mut keys: Vec<(i64, i64, i64)> = Vec::new();
    for kept in kept {
        let OrderKey(order) = kept.order;
        if take_out.execute([order])? == 0 {
            continue;
        }
        purged += 1;
        put.execute(params![order, kept.veil])?;
        keys.extend(kept.keys.iter().map(|key| (order >> SLAB, key.cast_signed(), order)));
    }
    keys.sort_unstable();
    let mut post = conn.prepare_cached(
        "INSERT INTO veil_keys (slab, key, order_key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    for (slab, key, order) in keys {
        post.execute([slab, key, order])?;
    }
    Ok(purged)
}

impl Write<'_> {
    /// Takes out who bought and where to, but for the country, and keeps their veils in the place of it.
    /// Tokens, lines and what came after stay. Answers how many of the orders had anything to take out;
    /// the others keep what they have.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn purge_orders(&mut self, kept: &[VeilRow<'_>]) -> Result<u64, VaultError> {
        let purged = purge(self.conn(), kept)?;
        if purged > 0 {
            self.mark_stale(Tag::Orders);
        }
        Ok(purged)
    }
}

impl Read<'_> {
    /// The veil of a purged order, as it was handed to [`Write::purge_orders`].
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn veil(&self, order: OrderKey) -> Result<Option<Vec<u8>>, VaultError> {
        let mut query =
            self.conn().prepare_cached("SELECT veil FROM veils WHERE order_key = ?1")?;
        Ok(query.query_row([order.0], |row| row.get(0)).optional()?)
    }

    /// Purged orders that are kept under `least` of the keys or more, oldest first. A key of more than
    /// `most` orders says next to nothing and leads to none.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn orders_kept_under(
        &self,
        keys: &[u64],
        least: usize,
        most: usize,
    ) -> Result<Vec<OrderKey>, VaultError> {
        let conn = self.conn();
        let slabs: (Option<i64>, Option<i64>) = conn
            .prepare_cached(
                "SELECT (SELECT min(order_key) FROM veils), (SELECT max(order_key) FROM veils)",
            )?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(first), Some(last)) = slabs else { return Ok(Vec::new()) };
        let mut query = conn.prepare_cached(
            "SELECT order_key FROM veil_keys WHERE slab = ?1 AND key = ?2 LIMIT ?3",
        )?;
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        let mut orders: Vec<i64> = Vec::new();
        for key in keys {
            orders.clear();
            for slab in first >> SLAB..=last >> SLAB {
                let room = i64::try_from(most + 1 - orders.len()).unwrap_or(i64::MAX);
                let found = query.query_map([slab, key.cast_signed(), room], |row| row.get(0))?;
                for order in found {
                    orders.push(order?);
                }
                if orders.len() > most {
                    break;
                }
            }
            if orders.len() <= most {
                for order in &orders {
                    *shared.entry(*order).or_default() += 1;
                }
            }
        }
        let enough = shared.into_iter().filter(|(_, shared)| *shared >= least);
        Ok(enough.map(|(order, _)| OrderKey(order)).collect())
    }
}
