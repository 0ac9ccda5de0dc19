//! What people said of the columns of files that no format knows.

use super::column::at;
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{Tag, Timestamp};
use rusqlite::params;

pub(super) const SCHEMA_2: &str = "
CREATE TABLE mappings (
    fingerprint BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// A saved mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingRow {
    /// What tells the header from others.
    pub fingerprint: [u8; 32],
    /// What people call such files.
    pub name: String,
    /// What the columns mean, in the form of whoever reads them.
    pub content: String,
    /// When it was saved.
    pub saved_at: Timestamp,
}

impl Write<'_> {
    /// Keeps a mapping in place of an earlier one of the same header.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn save_mapping(
        &mut self,
        fingerprint: &[u8; 32],
        name: &str,
        content: &str,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        self.conn()
            .prepare_cached(
                "INSERT INTO mappings (fingerprint, name, content, saved_at)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (fingerprint) DO UPDATE SET name = excluded.name,
                     content = excluded.content, saved_at = excluded.saved_at",
            )?
            .execute(params![fingerprint, name, content, at.millis()])?;
        Ok(())
    }

    /// Forgets a mapping; answers whether there was one.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn remove_mapping(&mut self, fingerprint: &[u8; 32]) -> Result<bool, VaultError> {
        self.mark_stale(Tag::Imports);
        let removed = self
            .conn()
            .prepare_cached("DELETE FROM mappings WHERE fingerprint = ?1")?
            .execute([fingerprint])?;
        Ok(removed > 0)
    }
}

impl Read<'_> {
    /// Every mapping, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn mappings(&self) -> Result<Vec<MappingRow>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT fingerprint, name, content, saved_at FROM mappings
             ORDER BY saved_at DESC, fingerprint",
        )?;
        let rows = query.query_map([], |row| {
            Ok(MappingRow {
                fingerprint: row.get(0)?,
                name: row.get(1)?,
                content: row.get(2)?,
                saved_at: at(row, 3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
