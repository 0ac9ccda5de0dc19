//! One ordered list of migrations, to which every table contributes.
//!
//! A table's file holds its SQL per step (`SCHEMA_1`, `SCHEMA_2`, …); this list fixes their order.
//! A step that was released never changes: what comes later is a new step. Steps only add.

use crate::{VaultError, tables};
use rusqlite::Connection;

/// SQL that leads from version `n - 1` to version `n`.
type Step = &'static [&'static [&'static str]];

/// Step `n` stands at position `n - 1`.
const STEPS: &[Step] = &[
    &[crate::journal::SCHEMA_1, tables::SCHEMA_1],
    &[tables::SCHEMA_2],
    &[tables::SCHEMA_3],
    &[tables::SCHEMA_4],
    &[tables::SCHEMA_5],
    &[tables::SCHEMA_6],
];

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

/// Puts the tables back to what the first `version` steps make, with what fits into them, as a vault was
/// left by a program of that time.
#[cfg(test)]
pub(crate) fn put_back(conn: &Connection, version: usize) {
    let names = |sql: &str| -> Vec<String> {
        let mut query = conn.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    // The counts of buyers come after the rows that they count by themselves.
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                  ORDER BY name";
    conn.execute_batch("PRAGMA foreign_keys = OFF; BEGIN;").unwrap();
    for table in names(tables) {
        let keep =
            format!("CREATE TEMP TABLE keep_{table} AS SELECT * FROM {table}; DROP TABLE {table};");
        conn.execute_batch(&keep).unwrap();
    }
    for sql in STEPS.iter().take(version).copied().flatten().copied().flatten() {
        conn.execute_batch(sql).unwrap();
    }
    for table in names(tables) {
        let common = format!(
            "SELECT name FROM pragma_table_info('{table}') INTERSECT
             SELECT name FROM pragma_table_info('keep_{table}')"
        );
        let columns = names(&common).join(", ");
        let fill = format!(
            "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM keep_{table}"
        );
        conn.execute_batch(&fill).unwrap();
    }
    conn.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
    conn.execute_batch("COMMIT; PRAGMA foreign_keys = ON;").unwrap();
}
