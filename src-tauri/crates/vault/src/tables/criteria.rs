//! Criteria, every version.

use super::Meta;
use super::column::decoded;
use crate::{Read, VaultError};
use buyerwatch_domain::Criterion;
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE criteria (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    stamp BLOB NOT NULL,
    PRIMARY KEY (code, version)
) STRICT, WITHOUT ROWID;
";

pub(super) fn published(
    conn: &Connection,
    criterion: &Criterion,
    meta: &Meta,
) -> Result<(), VaultError> {
    let body = serde_json::to_vec(criterion)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    conn.prepare_cached(
        "INSERT INTO criteria (code, version, body, stamp) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (code, version) DO UPDATE SET body = excluded.body, stamp = excluded.stamp
         WHERE excluded.stamp > stamp",
    )?
    .execute(params![criterion.code, criterion.version, body, meta.stamp()])?;
    Ok(())
}

fn criterion(row: &Row<'_>) -> rusqlite::Result<Criterion> {
    decoded(row, 0, |body| serde_json::from_slice(body))
}

impl Read<'_> {
    /// The newest version of every criterion, ordered by code.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn criteria(&self) -> Result<Vec<Criterion>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT body FROM criteria AS c
             WHERE version = (SELECT max(version) FROM criteria WHERE code = c.code)
             ORDER BY code",
        )?;
        Ok(query.query_map([], criterion)?.collect::<Result<_, _>>()?)
    }

    /// One version of a criterion.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn criterion(&self, code: &str, version: u32) -> Result<Option<Criterion>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT body FROM criteria WHERE code = ?1 AND version = ?2")?;
        Ok(query.query_row(params![code, version], criterion).optional()?)
    }

    /// The newest version of the criterion that holds the clause.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn criterion_of_clause(&self, clause: &str) -> Result<Option<Criterion>, VaultError> {
        Ok(self.criteria()?.into_iter().find(|criterion| criterion.clause(clause).is_some()))
    }

    /// A version of the criterion that holds the clause, for what was decided under it.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn clause_at(&self, clause: &str, version: u32) -> Result<Option<Criterion>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT body FROM criteria WHERE version = ?1 ORDER BY code")?;
        let mut rows = query.query([version])?;
        while let Some(row) = rows.next()? {
            let found = criterion(row)?;
            if found.clause(clause).is_some() {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The newest version of a criterion; 0 if there is none.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn criterion_version(&self, code: &str) -> Result<u32, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT coalesce(max(version), 0) FROM criteria WHERE code = ?1")?;
        Ok(query.query_row([code], |row| row.get(0))?)
    }
}
