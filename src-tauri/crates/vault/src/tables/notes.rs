//! Remarks about buyers.

use super::Meta;
use super::column::{at, id};
use crate::VaultError;
use buyerwatch_domain::{BuyerId, Note, NoteId};
use rusqlite::{Connection, OptionalExtension as _, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE notes (
    id BLOB PRIMARY KEY,
    buyer BLOB NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    by BLOB NOT NULL,
    stamp BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_buyer ON notes (buyer, stamp);
";

pub(super) fn added(
    conn: &Connection,
    buyer: BuyerId,
    note: NoteId,
    text: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO notes (id, buyer, text, at, by, stamp)
         SELECT ?2, ?1, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM buyers WHERE id = ?1)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        buyer.as_bytes(),
        note.as_bytes(),
        text,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

/// The text of a note.
pub(super) fn text(
    conn: &Connection,
    buyer: BuyerId,
    note: NoteId,
) -> Result<Option<String>, VaultError> {
    let mut query = conn.prepare_cached("SELECT text FROM notes WHERE id = ?2 AND buyer = ?1")?;
    Ok(query.query_row([buyer.as_bytes(), note.as_bytes()], |row| row.get(0)).optional()?)
}

pub(super) fn of_buyer(conn: &Connection, buyer: BuyerId) -> Result<Vec<Note>, VaultError> {
    let mut query =
        conn.prepare_cached("SELECT id, text, at, by FROM notes WHERE buyer = ?1 ORDER BY stamp")?;
    let notes = query.query_map([buyer.as_bytes()], |row| {
        Ok(Note { id: id(row, 0)?, text: row.get(1)?, at: at(row, 2)?, by: id(row, 3)? })
    })?;
    Ok(notes.collect::<Result<_, _>>()?)
}
