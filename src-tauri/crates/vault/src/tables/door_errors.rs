//! What went wrong at a door through which observations come in by themselves, a mailbox or a folder:
//! the newest of it, kept as history when the door works again.

use super::column::{at, at_or_none};
use crate::{Read, VaultError};
use buyerwatch_domain::Timestamp;
use rusqlite::{Connection, params};

pub(super) const SCHEMA_3: &str = "
CREATE TABLE door_errors (
    no INTEGER PRIMARY KEY,
    door BLOB NOT NULL,
    subject TEXT NOT NULL,
    error TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX door_errors_door ON door_errors (door, last_at, no);
";

/// Errors that are kept of each door.
pub const DOOR_ERRORS_KEPT: u32 = 50;

/// Something that went wrong at a door, from its first time until the door worked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorError {
    /// The file that it was about; empty when it was the door itself.
    pub subject: String,
    /// Code of what went wrong.
    pub error: String,
    /// When it went wrong first.
    pub first_at: Timestamp,
    /// When it went wrong last.
    pub last_at: Timestamp,
    /// How often in a row.
    pub times: u32,
    /// When it worked again, or something else went wrong; `None` while it lasts.
    pub ended_at: Option<Timestamp>,
}

/// Notes that something went wrong. What went wrong in the same way before, and did not work since, is
/// counted on.
pub(super) fn note(
    conn: &Connection,
    door: &[u8; 16],
    subject: &str,
    error: &str,
    at: Timestamp,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE door_errors SET ended_at = ?4
         WHERE door = ?1 AND subject = ?2 AND error <> ?3 AND ended_at IS NULL",
    )?
    .execute(params![door, subject, error, at.millis()])?;
    let again = conn
        .prepare_cached(
            "UPDATE door_errors SET last_at = ?4, times = times + 1
             WHERE door = ?1 AND subject = ?2 AND error = ?3 AND ended_at IS NULL",
        )?
        .execute(params![door, subject, error, at.millis()])?;
    if again > 0 {
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT INTO door_errors (door, subject, error, first_at, last_at, times)
         VALUES (?1, ?2, ?3, ?4, ?4, 1)",
    )?
    .execute(params![door, subject, error, at.millis()])?;
    conn.prepare_cached(
        "DELETE FROM door_errors WHERE no IN (SELECT no FROM door_errors WHERE door = ?1
             ORDER BY last_at DESC, no DESC LIMIT -1 OFFSET ?2)",
    )?
    .execute(params![door, DOOR_ERRORS_KEPT])?;
    Ok(())
}

/// Notes that it works again.
pub(super) fn end(
    conn: &Connection,
    door: &[u8; 16],
    subject: &str,
    at: Timestamp,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE door_errors SET ended_at = ?3
         WHERE door = ?1 AND subject = ?2 AND ended_at IS NULL",
    )?
    .execute(params![door, subject, at.millis()])?;
    Ok(())
}

/// Forgets what went wrong at a door that is there no more.
pub(super) fn forget(conn: &Connection, door: &[u8; 16]) -> Result<(), VaultError> {
    conn.prepare_cached("DELETE FROM door_errors WHERE door = ?1")?.execute([door])?;
    Ok(())
}

impl Read<'_> {
    /// What went wrong at a door, the newest first; at most [`DOOR_ERRORS_KEPT`]. A door is named by the
    /// bytes of its identity.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn door_errors(&self, door: &[u8; 16]) -> Result<Vec<DoorError>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT subject, error, first_at, last_at, times, ended_at FROM door_errors
             WHERE door = ?1 ORDER BY last_at DESC, no DESC",
        )?;
        let found = query.query_map([door], |row| {
            Ok(DoorError {
                subject: row.get(0)?,
                error: row.get(1)?,
                first_at: at(row, 2)?,
                last_at: at(row, 3)?,
                times: row.get(4)?,
                ended_at: at_or_none(row, 5)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
