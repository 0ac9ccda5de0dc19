//! Building the decided tables anew from the journal.

use crate::journal::{apply_all, readable_now};
use crate::{Part, Vault, VaultError, schema, tables};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// Whether the tables say what the journal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuildReport {
    /// Every table is equal.
    pub ok: bool,
    /// Each decided table, and whether a replay of the journal gives the same bytes.
    pub tables: Vec<(&'static str, bool)>,
}

impl Vault {
    /// Replays the journal into a scratch database in memory and compares every decided table.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn rebuild_check(&self) -> Result<RebuildReport, VaultError> {
        self.read(|r| {
            let scratch = Connection::open_in_memory()?;
            scratch.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; BEGIN")?;
            schema::migrate(&scratch)?;
            apply_all(r.conn(), &scratch)?;
            let tables = tables::DECIDED
                .iter()
                .map(|&table| Ok((table, equal(table, r.conn(), &scratch)?)))
                .collect::<Result<Vec<_>, VaultError>>()?;
            Ok(RebuildReport { ok: tables.iter().all(|(_, equal)| *equal), tables })
        })
    }
}

/// Whether entries were set aside that this program can read.
pub(crate) fn due(conn: &Connection) -> Result<bool, VaultError> {
    if schema::version(conn)? == 0 { Ok(false) } else { readable_now(conn) }
}

/// Empties the decided tables and fills them from the journal. Call inside a write transaction.
pub(crate) fn renew(conn: &Connection) -> Result<(), VaultError> {
    conn.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    tables::empty_decided(conn)?;
    apply_all(conn, conn)?;
    tables::sweep_derived(conn)?;
    crate::journal::mark_read(conn)
}

fn equal(table: &str, a: &Connection, b: &Connection) -> Result<bool, VaultError> {
    let sql = format!("SELECT * FROM {table} ORDER BY {}", key(table, a)?);
    let (mut a, mut b) = (a.prepare(&sql)?, b.prepare(&sql)?);
    let (mut a, mut b) = (a.query([])?, b.query([])?);
    loop {
        match (a.next()?, b.next()?) {
            (None, None) => return Ok(true),
            (Some(a), Some(b)) => {
                for column in 0..a.as_ref().column_count() {
                    if !same(a.get_ref(column)?, b.get_ref(column)?) {
                        return Ok(false);
                    }
                }
            }
            _ => return Ok(false),
        }
    }
}

/// Bit for bit: a number is no text, and a zero is no minus zero.
fn same(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    match (a, b) {
        (ValueRef::Real(a), ValueRef::Real(b)) => a.to_bits() == b.to_bits(),
        (a, b) => a == b,
    }
}

/// The columns of the primary key, in order.
fn key(table: &str, conn: &Connection) -> Result<String, VaultError> {
    let mut columns =
        conn.prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?;
    let names = columns.query_map([table], |row| row.get::<_, String>(0))?;
    let names = names.collect::<Result<Vec<_>, _>>()?;
    // Every table has a key; one without would have no order to compare in.
    if names.is_empty() { Err(VaultError::Damaged(Part::Table)) } else { Ok(names.join(", ")) }
}
