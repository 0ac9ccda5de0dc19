//! Lists of phrases that a shop put in the place of the shipped ones, every version.

use super::Meta;
use crate::{Read, VaultError};
use rusqlite::{Connection, params};

pub(super) const SCHEMA_2: &str = "
CREATE TABLE phrases (
    language TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    stamp BLOB NOT NULL,
    PRIMARY KEY (language, version)
) STRICT, WITHOUT ROWID;
";

pub(super) fn published(
    conn: &Connection,
    (language, version): (&str, u32),
    text: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO phrases (language, version, text, stamp) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (language, version) DO UPDATE SET text = excluded.text, stamp = excluded.stamp
         WHERE excluded.stamp > stamp",
    )?
    .execute(params![language, version, text, meta.stamp()])?;
    Ok(())
}

impl Read<'_> {
    /// The newest list of every language that has one of its own, as text, ordered by language.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn phrase_lists(&self) -> Result<Vec<(String, String)>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT language, text FROM phrases AS p
             WHERE version = (SELECT max(version) FROM phrases WHERE language = p.language)
             ORDER BY language",
        )?;
        let lists = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(lists.collect::<Result<_, _>>()?)
    }

    /// The newest version of the list of a language; 0 if it has none of its own.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn phrases_version(&self, language: &str) -> Result<u32, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT coalesce(max(version), 0) FROM phrases WHERE language = ?1")?;
        Ok(query.query_row([language], |row| row.get(0))?)
    }
}
