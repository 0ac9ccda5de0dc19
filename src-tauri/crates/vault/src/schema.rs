//! One ordered list of migrations, to which every table contributes.
//!
//! A table's file holds its SQL per step (`SCHEMA_1`, `SCHEMA_2`, …); this list fixes their order.
//! A step that was released never changes: what comes later is a new step. Steps only add.

use crate::{VaultError, tables};
use rusqlite::Connection;

/// SQL that leads from version `n - 1` to version `n`.
type Step = &'static [&'static [&'static str]];

/// Step `n` stands at position `n - 1`.
const STEPS: &[Step] =
    &[&[crate::journal::SCHEMA_1, tables::SCHEMA_1], &[tables::SCHEMA_2], &[tables::SCHEMA_3]];

/// The version that this program reads and writes.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a handful of steps"
)]
pub(crate) const VERSION: i64 = STEPS.len() as i64;

/// Brings the schema up to date. Call inside a transaction, so that a crash leaves the old version.
///
/// # Errors
/// [`VaultError::Newer`] when a newer program has written here.
pub(crate) fn migrate(conn: &Connection) -> Result<(), VaultError> {
    let found = version(conn)?;
    let done = usize::try_from(found).map_err(|_| VaultError::Newer)?;
    for sql in STEPS.iter().skip(done).flat_map(|step| step.iter()).flat_map(|part| part.iter()) {
        conn.execute_batch(sql)?;
    }
    if found != VERSION {
        conn.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(())
}

/// The version of the schema in this database.
///
/// # Errors
/// [`VaultError::Newer`] when it is one that this program does not know.
pub(crate) fn version(conn: &Connection) -> Result<i64, VaultError> {
    let found: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > VERSION { Err(VaultError::Newer) } else { Ok(found) }
}
