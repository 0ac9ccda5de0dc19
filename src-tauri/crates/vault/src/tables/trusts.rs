//! Identities that never alert. A trust that ended stays as a tombstone.

use super::Meta;
use super::column::{at, at_or_none, code, id};
use crate::{Read, VaultError};
use buyerwatch_domain::{IdentifierKind, Timestamp, Trust, TrustId};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE trusts (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    by BLOB NOT NULL,
    stamp BLOB NOT NULL,
    revoked_reason TEXT,
    revoked_at INTEGER,
    revoked_by BLOB,
    revoked_stamp BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX trusts_value ON trusts (kind, value);
";

pub(super) const SCHEMA_2: &str = "
ALTER TABLE trusts ADD COLUMN until INTEGER;
";

const COLUMNS: &str = "id, kind, value, reason, at, by, until";

pub(super) fn granted(
    conn: &Connection,
    trust: TrustId,
    kind: IdentifierKind,
    (value, reason): (&str, &str),
    until: Option<Timestamp>,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO trusts (id, kind, value, reason, at, by, stamp, until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        trust.as_bytes(),
        kind.code(),
        value,
        reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp(),
        until.map(Timestamp::millis)
    ])?;
    Ok(())
}

pub(super) fn revoked(
    conn: &Connection,
    trust: TrustId,
    reason: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE trusts
         SET revoked_reason = ?2, revoked_at = ?3, revoked_by = ?4, revoked_stamp = ?5
         WHERE id = ?1 AND (revoked_stamp IS NULL OR revoked_stamp < ?5)",
    )?
    .execute(params![
        trust.as_bytes(),
        reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

fn trust(row: &Row<'_>) -> rusqlite::Result<Trust> {
    Ok(Trust {
        id: id(row, 0)?,
        kind: code(row, 1, IdentifierKind::from_code)?,
        value: row.get(2)?,
        reason: row.get(3)?,
        at: at(row, 4)?,
        by: id(row, 5)?,
        until: at_or_none(row, 6)?,
    })
}

impl Read<'_> {
    /// Every trust that holds, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn trusts(&self) -> Result<Vec<Trust>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM trusts WHERE revoked_stamp IS NULL ORDER BY stamp DESC"
        ))?;
        Ok(query.query_map([], trust)?.collect::<Result<_, _>>()?)
    }

    /// A trust that holds.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn trust(&self, id: TrustId) -> Result<Option<Trust>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM trusts WHERE id = ?1 AND revoked_stamp IS NULL"
        ))?;
        Ok(query.query_row([id.as_bytes()], trust).optional()?)
    }

    /// A trust that holds for exactly this value.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn trust_of(&self, kind: IdentifierKind, value: &str) -> Result<Option<Trust>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM trusts
             WHERE kind = ?1 AND value = ?2 AND revoked_stamp IS NULL
             ORDER BY until IS NULL DESC, until DESC, id LIMIT 1"
        ))?;
        Ok(query.query_row(params![kind.code(), value], trust).optional()?)
    }
}
