//! What ties orders to buyers. A removed identifier stays as a tombstone.

use super::Meta;
use super::column::{at, code, id};
use crate::{Read, VaultError};
use buyerwatch_domain::{BuyerId, BuyerStatus, Identifier, IdentifierId, IdentifierKind};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE identifiers (
    id BLOB PRIMARY KEY,
    buyer BLOB NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by BLOB NOT NULL,
    stamp BLOB NOT NULL,
    shared INTEGER NOT NULL,
    shared_stamp BLOB,
    removed_reason TEXT,
    removed_at INTEGER,
    removed_by BLOB,
    removed_stamp BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX identifiers_buyer ON identifiers (buyer, stamp);
CREATE INDEX identifiers_name ON identifiers (buyer, stamp)
    WHERE kind = 'name' AND removed_stamp IS NULL;
CREATE INDEX identifiers_value ON identifiers (value, kind);
";

pub(super) fn added(
    conn: &Connection,
    (buyer, identifier): (BuyerId, IdentifierId),
    kind: IdentifierKind,
    value: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO identifiers (id, buyer, kind, value, added_at, added_by, stamp, shared)
         SELECT ?2, ?1, ?3, ?4, ?5, ?6, ?7, 0
         WHERE EXISTS (SELECT 1 FROM buyers WHERE id = ?1)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        buyer.as_bytes(),
        identifier.as_bytes(),
        kind.code(),
        value,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

pub(super) fn removed(
    conn: &Connection,
    (buyer, identifier): (BuyerId, IdentifierId),
    reason: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE identifiers
         SET removed_reason = ?3, removed_at = ?4, removed_by = ?5, removed_stamp = ?6
         WHERE id = ?2 AND buyer = ?1 AND (removed_stamp IS NULL OR removed_stamp < ?6)",
    )?
    .execute(params![
        buyer.as_bytes(),
        identifier.as_bytes(),
        reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

pub(super) fn shared(
    conn: &Connection,
    (buyer, identifier): (BuyerId, IdentifierId),
    shared: bool,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE identifiers SET shared = ?3, shared_stamp = ?4
         WHERE id = ?2 AND buyer = ?1 AND (shared_stamp IS NULL OR shared_stamp < ?4)",
    )?
    .execute(params![buyer.as_bytes(), identifier.as_bytes(), shared, meta.stamp()])?;
    Ok(())
}

/// One identifier with whose it is, for building the index of listed identities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedIdentifier {
    /// Whose it is.
    pub buyer: BuyerId,
    /// How the shop stands to them.
    pub status: BuyerStatus,
    /// The identifier.
    pub identifier: Identifier,
}

fn identifier(row: &Row<'_>) -> rusqlite::Result<Identifier> {
    Ok(Identifier {
        id: id(row, 0)?,
        kind: code(row, 1, IdentifierKind::from_code)?,
        value: row.get(2)?,
        shared: row.get(3)?,
        added_at: at(row, 4)?,
    })
}

pub(super) fn of_buyer(conn: &Connection, buyer: BuyerId) -> Result<Vec<Identifier>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT id, kind, value, shared, added_at FROM identifiers
         WHERE buyer = ?1 AND removed_stamp IS NULL ORDER BY stamp",
    )?;
    Ok(query.query_map([buyer.as_bytes()], identifier)?.collect::<Result<_, _>>()?)
}

/// An identifier, unless it was removed.
pub(super) fn carried(
    conn: &Connection,
    buyer: BuyerId,
    of: IdentifierId,
) -> Result<Option<Identifier>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT id, kind, value, shared, added_at FROM identifiers
         WHERE id = ?2 AND buyer = ?1 AND removed_stamp IS NULL",
    )?;
    Ok(query.query_row([buyer.as_bytes(), of.as_bytes()], identifier).optional()?)
}

/// The identifier by which a list names a buyer: the first name, else the first of any kind.
pub(super) fn label(conn: &Connection, buyer: BuyerId) -> Result<Option<Identifier>, VaultError> {
    let mut name = conn.prepare_cached(
        "SELECT id, kind, value, shared, added_at FROM identifiers
         WHERE buyer = ?1 AND kind = 'name' AND removed_stamp IS NULL ORDER BY stamp LIMIT 1",
    )?;
    let found = name.query_row([buyer.as_bytes()], identifier).optional()?;
    if found.is_some() {
        return Ok(found);
    }
    let mut any = conn.prepare_cached(
        "SELECT id, kind, value, shared, added_at FROM identifiers
         WHERE buyer = ?1 AND removed_stamp IS NULL ORDER BY stamp LIMIT 1",
    )?;
    Ok(any.query_row([buyer.as_bytes()], identifier).optional()?)
}

impl Read<'_> {
    /// Hands over every identifier of every buyer, in no particular order. One of a merged buyer is
    /// that of whom they are read as.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn for_each_identifier(
        &self,
        mut take: impl FnMut(CarriedIdentifier),
    ) -> Result<(), VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT i.id, i.kind, i.value, i.shared, i.added_at, coalesce(b.holder, b.id), b.status
             FROM identifiers AS i JOIN buyers AS b ON b.id = i.buyer
             WHERE i.removed_stamp IS NULL",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            take(CarriedIdentifier {
                identifier: identifier(row)?,
                buyer: id(row, 5)?,
                status: code(row, 6, BuyerStatus::from_code)?,
            });
        }
        Ok(())
    }

    /// Buyers who carry exactly this value under this kind.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn carriers(&self, kind: IdentifierKind, value: &str) -> Result<Vec<BuyerId>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT DISTINCT coalesce(b.holder, b.id) AS holder
             FROM identifiers AS i JOIN buyers AS b ON b.id = i.buyer
             WHERE i.value = ?2 AND i.kind = ?1 AND i.removed_stamp IS NULL ORDER BY holder",
        )?;
        let found = query.query_map(params![kind.code(), value], |row| id(row, 0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
