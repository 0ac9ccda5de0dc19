//! Buyers. What belongs to them stands in tables of its own.

use super::column::{at, code, id};
use super::{Meta, exhibits, identifiers, incidents, listings, notes};
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
    /// How a buyer stands.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer_status(&self, id: BuyerId) -> Result<Option<BuyerStatus>, VaultError> {
        let conn = self.conn();
        let mut query = conn.prepare_cached("SELECT status FROM buyers WHERE id = ?1")?;
        let found =
            query.query_row([id.as_bytes()], |row| code(row, 0, BuyerStatus::from_code)).optional();
        Ok(found?)
    }

    /// The newest listing of a buyer, whatever its state.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn newest_listing(&self, buyer: BuyerId) -> Result<Option<Listing>, VaultError> {
        listings::newest(self.conn(), buyer)
    }

    /// A buyer with all that belongs to them.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer(&self, id: BuyerId) -> Result<Option<Buyer>, VaultError> {
        let conn = self.conn();
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
        }))
    }
}
