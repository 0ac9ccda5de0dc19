//! Buyers who are read as another one, and pairs told to be two people.
//!
//! A merge rewrites nothing: a column says whom a buyer is read as. `merged_into` is what was decided,
//! `holder` what follows from it: the end of the chain, none for whoever stands for themselves.

use super::column::{at, id};
use super::{Meta, browse, listings};
use crate::{Read, VaultError};
use buyerwatch_domain::{BuyerId, Listing, ListingId, Merge, PersonId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const SCHEMA_2: &str = "
CREATE TABLE buyers_apart (
    one BLOB NOT NULL,
    other BLOB NOT NULL,
    apart INTEGER NOT NULL,
    reason TEXT,
    at INTEGER NOT NULL,
    by BLOB NOT NULL,
    stamp BLOB NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
";

/// Two records were told to be of one person.
pub(super) fn merged(
    conn: &Connection,
    (into, from): (BuyerId, BuyerId),
    reason: Option<&str>,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE buyers SET merged_into = ?1, merge_at = ?3, merge_by = ?4, merge_reason = ?5,
             merge_stamp = ?6, unmerged_from = NULL
         WHERE id = ?2 AND id <> ?1 AND EXISTS (SELECT 1 FROM buyers WHERE id = ?1)
             AND (merge_stamp IS NULL OR merge_stamp < ?6)",
    )?
    .execute(params![
        into.as_bytes(),
        from.as_bytes(),
        meta.at.millis(),
        meta.actor.as_bytes(),
        reason,
        meta.stamp()
    ])?;
    told_apart(conn, (into, from), false, reason, meta)?;
    regroup(conn, &[into, from], meta)
}

/// A merge was taken back; the two are told apart by it, too.
pub(super) fn unmerged(
    conn: &Connection,
    (into, from): (BuyerId, BuyerId),
    reason: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE buyers SET merged_into = NULL, merge_at = ?3, merge_by = ?4, merge_reason = ?5,
             merge_stamp = ?6, unmerged_from = ?1
         WHERE id = ?2 AND id <> ?1 AND EXISTS (SELECT 1 FROM buyers WHERE id = ?1)
             AND (merge_stamp IS NULL OR merge_stamp < ?6)",
    )?
    .execute(params![
        into.as_bytes(),
        from.as_bytes(),
        meta.at.millis(),
        meta.actor.as_bytes(),
        reason,
        meta.stamp()
    ])?;
    told_apart(conn, (into, from), true, Some(reason), meta)?;
    regroup(conn, &[into, from], meta)
}

/// Two records were told to be of two people, or no longer.
pub(super) fn told_apart(
    conn: &Connection,
    (one, other): (BuyerId, BuyerId),
    apart: bool,
    reason: Option<&str>,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO buyers_apart (one, other, apart, reason, at, by, stamp)
         SELECT min(?1, ?2), max(?1, ?2), ?3, ?4, ?5, ?6, ?7
         WHERE ?1 <> ?2 AND EXISTS (SELECT 1 FROM buyers WHERE id = ?1)
             AND EXISTS (SELECT 1 FROM buyers WHERE id = ?2)
         ON CONFLICT (one, other) DO UPDATE
         SET apart = excluded.apart, reason = excluded.reason, at = excluded.at, by = excluded.by,
             stamp = excluded.stamp
         WHERE excluded.stamp > stamp",
    )?
    .execute(params![
        one.as_bytes(),
        other.as_bytes(),
        apart,
        reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

/// Follows who is read as whom after a merge was decided or taken back.
fn regroup(conn: &Connection, decided: &[BuyerId], meta: &Meta) -> Result<(), VaultError> {
    let mut into = BTreeMap::new();
    let mut before = BTreeMap::new();
    let mut query = conn.prepare_cached(
        "SELECT id, merged_into, holder FROM buyers WHERE holder IS NOT NULL
         UNION SELECT id, merged_into, holder FROM buyers WHERE merged_into IS NOT NULL
         UNION SELECT id, merged_into, holder FROM buyers WHERE id IN (?1, ?2)",
    )?;
    let (one, other) = (decided.first(), decided.last());
    let mut rows =
        query.query(params![one.map(BuyerId::as_bytes), other.map(BuyerId::as_bytes)])?;
    while let Some(row) = rows.next()? {
        let buyer: BuyerId = id(row, 0)?;
        if let Some(next) = super::column::id_or_none(row, 1)? {
            into.insert(buyer, next);
        }
        before.insert(buyer, super::column::id_or_none::<BuyerId>(row, 2)?.unwrap_or(buyer));
    }
    let mut touched: BTreeSet<BuyerId> = decided.iter().copied().collect();
    for (buyer, was) in &before {
        let holder = buyerwatch_domain::holder(*buyer, |of| into.get(&of).copied());
        if holder == *was {
            continue;
        }
        conn.prepare_cached("UPDATE buyers SET holder = ?2 WHERE id = ?1")?
            .execute(params![buyer.as_bytes(), (holder != *buyer).then_some(holder.as_bytes())])?;
        touched.extend([*buyer, holder, *was]);
    }
    for buyer in touched {
        browse::recount(conn, buyer)?;
        browse::refresh_row(conn, buyer, decided.contains(&buyer).then_some(meta.at))?;
    }
    Ok(())
}

/// Whom a buyer is read as: themselves, unless they were merged into another one.
pub(super) fn holder(conn: &Connection, buyer: BuyerId) -> Result<BuyerId, VaultError> {
    let mut query =
        conn.prepare_cached("SELECT holder FROM buyers WHERE id = ?1 AND holder IS NOT NULL")?;
    let found = query.query_row([buyer.as_bytes()], |row| id(row, 0)).optional()?;
    Ok(found.unwrap_or(buyer))
}

/// Everybody who is read as this buyer, in the order in which that was decided.
pub(super) fn into(
    conn: &Connection,
    holder: BuyerId,
) -> Result<Vec<(BuyerId, Merge)>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT id, merged_into, merge_at, merge_by, merge_reason FROM buyers
         WHERE holder = ?1 ORDER BY merge_stamp",
    )?;
    let merged = query.query_map([holder.as_bytes()], |row| {
        let merge =
            Merge { into: id(row, 1)?, at: at(row, 2)?, by: id(row, 3)?, reason: row.get(4)? };
        Ok((id(row, 0)?, merge))
    })?;
    Ok(merged.collect::<Result<_, _>>()?)
}

/// The buyer and everybody who is read as them.
pub(super) fn people(conn: &Connection, holder: BuyerId) -> Result<Vec<BuyerId>, VaultError> {
    let mut query =
        conn.prepare_cached("SELECT id FROM buyers WHERE holder = ?1 ORDER BY merge_stamp")?;
    let merged = query.query_map([holder.as_bytes()], |row| id(row, 0))?;
    std::iter::once(Ok(holder)).chain(merged.map(|of| Ok(of?))).collect()
}

/// The listing that holds for a buyer and everybody who is read as them.
pub(super) fn listing(conn: &Connection, holder: BuyerId) -> Result<Option<Listing>, VaultError> {
    let people = people(conn, holder)?.into_iter();
    let each = people.map(|of| listings::newest(conn, of)).collect::<Result<Vec<_>, _>>()?;
    Ok(Listing::strictest(each.into_iter().flatten()))
}

/// When the listing in force of these people must be looked at again.
pub(super) fn active(
    conn: &Connection,
    people: &[BuyerId],
) -> Result<Option<Timestamp>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT review_due, listed_at, id FROM listings WHERE buyer = ?1 AND state = 'active'
         ORDER BY stamp DESC LIMIT 1",
    )?;
    let mut newest: Option<((i64, ListingId), Timestamp)> = None;
    for person in people {
        let found = query
            .query_row([person.as_bytes()], |row| {
                Ok(((row.get::<_, i64>(1)?, id::<ListingId>(row, 2)?), at(row, 0)?))
            })
            .optional()?;
        newest = newest.into_iter().chain(found).max_by_key(|(order, _)| *order);
    }
    Ok(newest.map(|(_, due)| due))
}

/// Two records that were told to be of two people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// One of them.
    pub one: BuyerId,
    /// The other one.
    pub other: BuyerId,
    /// Why.
    pub reason: Option<String>,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonId,
}

impl Read<'_> {
    /// Whom a buyer is read as: themselves, unless they were merged into another one.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn holder(&self, buyer: BuyerId) -> Result<BuyerId, VaultError> {
        holder(self.conn(), buyer)
    }

    /// Whether two buyers, as recorded, were told to be two people.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn told_apart(&self, one: BuyerId, other: BuyerId) -> Result<bool, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT apart FROM buyers_apart WHERE one = min(?1, ?2) AND other = max(?1, ?2)",
        )?;
        let pair = params![one.as_bytes(), other.as_bytes()];
        Ok(query.query_row(pair, |row| row.get(0)).optional()?.unwrap_or(false))
    }

    /// Every pair that was told to be two people.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn all_apart(&self) -> Result<Vec<Apart>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT one, other, reason, at, by FROM buyers_apart WHERE apart")?;
        let pairs = query.query_map([], |row| {
            Ok(Apart {
                one: id(row, 0)?,
                other: id(row, 1)?,
                reason: row.get(2)?,
                at: at(row, 3)?,
                by: id(row, 4)?,
            })
        })?;
        Ok(pairs.collect::<Result<_, _>>()?)
    }
}
