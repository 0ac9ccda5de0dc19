//! Buyers. What belongs to them stands in tables of its own.

use super::column::{at, code, id};
use super::{Meta, exhibits, identifiers, incidents, listings, merges, notes};
use crate::{Read, VaultError};
use buyerwatch_domain::{Buyer, BuyerId, BuyerStatus, Listing};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE buyers (
    id BLOB PRIMARY KEY,
    status TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by BLOB NOT NULL,
    stamp BLOB NOT NULL
) STRICT, WITHOUT ROWID;
";

pub(super) const SCHEMA_2: &str = "
ALTER TABLE buyers ADD COLUMN merged_into BLOB;
ALTER TABLE buyers ADD COLUMN merge_at INTEGER;
ALTER TABLE buyers ADD COLUMN merge_by BLOB;
ALTER TABLE buyers ADD COLUMN merge_reason TEXT;
ALTER TABLE buyers ADD COLUMN merge_stamp BLOB;
ALTER TABLE buyers ADD COLUMN unmerged_from BLOB;
ALTER TABLE buyers ADD COLUMN holder BLOB;
CREATE INDEX buyers_holder ON buyers (holder, merge_stamp) WHERE holder IS NOT NULL;
CREATE INDEX buyers_merged ON buyers (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX buyers_unmerged ON buyers (unmerged_from) WHERE unmerged_from IS NOT NULL;
";

pub(super) fn added(conn: &Connection, buyer: BuyerId, meta: &Meta) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO buyers (id, status, added_at, added_by, stamp) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        buyer.as_bytes(),
        BuyerStatus::Watching.code(),
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

impl Read<'_> {
    /// How a buyer stands, together with those merged into them.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer_status(&self, id: BuyerId) -> Result<Option<BuyerStatus>, VaultError> {
        let mut query = self.conn().prepare_cached("SELECT status FROM buyers WHERE id = ?1")?;
        let mut of = |id: BuyerId| {
            query.query_row([id.as_bytes()], |row| code(row, 0, BuyerStatus::from_code)).optional()
        };
        let people = merges::people(self.conn(), self.holder(id)?)?.into_iter();
        let all = people.map(&mut of).collect::<Result<Vec<_>, _>>()?;
        Ok(BuyerStatus::of_all(all.into_iter().flatten()))
    }

    /// The newest listing of a buyer, whatever its state; of several people merged into one, the
    /// strictest.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn newest_listing(&self, buyer: BuyerId) -> Result<Option<Listing>, VaultError> {
        merges::listing(self.conn(), self.holder(buyer)?)
    }

    /// A buyer with all that belongs to them and to those merged into them. One who was merged into
    /// another is read as that one.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer(&self, id: BuyerId) -> Result<Option<Buyer>, VaultError> {
        let conn = self.conn();
        let holder = self.holder(id)?;
        let Some(buyer) = alone(conn, holder)? else { return Ok(None) };
        let mut others = Vec::new();
        for (other, merge) in merges::into(conn, holder)? {
            others.extend(alone(conn, other)?.map(|other| (merge, other)));
        }
        Ok(Some(buyer.with_merged(others)))
    }
}

/// A buyer without those merged into them.
fn alone(conn: &Connection, id: BuyerId) -> Result<Option<Buyer>, VaultError> {
    let mut query =
        conn.prepare_cached("SELECT status, added_at, added_by FROM buyers WHERE id = ?1")?;
    let found = query
        .query_row([id.as_bytes()], |row| {
            let status = code(row, 0, BuyerStatus::from_code)?;
            Ok((status, at(row, 1)?, self::id(row, 2)?))
        })
        .optional()?;
    let Some((status, added_at, added_by)) = found else { return Ok(None) };
    Ok(Some(Buyer {
        id,
        status,
        identifiers: identifiers::of_buyer(conn, id)?,
        incidents: incidents::of_buyer(conn, id)?,
        exhibits: exhibits::of_buyer(conn, id)?,
        notes: notes::of_buyer(conn, id)?,
        listing: listings::newest(conn, id)?,
        added_at,
        added_by,
        merged: Vec::new(),
        listings: Vec::new(),
    }))
}
