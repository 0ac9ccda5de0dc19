//! Checking the stored bytes.

use crate::pool::lock;
use crate::{Vault, VaultError};
use rusqlite::{Connection, TransactionBehavior};

/// What a check of the stored bytes found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrityReport {
    /// Nothing is wrong.
    pub ok: bool,
    /// Every page is the one that was encrypted.
    pub cipher_integrity_check: bool,
    /// Tables and indexes are whole.
    pub integrity_check: bool,
    /// No row refers to one that is missing.
    pub foreign_key_check: bool,
    /// What is wrong, in the database's words. They name pages, tables and rows, never contents.
    pub problems: Vec<String>,
}

impl Vault {
    /// Checks every stored byte. Keeps other writers out meanwhile.
    ///
    /// # Errors
    /// [`VaultError::Busy`] when another process writes all the time. What is wrong with the bytes
    /// stands in the report.
    pub fn integrity(&self) -> Result<IntegrityReport, VaultError> {
        let mut writer = lock(self.writer());
        // The check of pages looks at the database file, so what waits in the log goes there first.
        writer.query_row("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(()))?;
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut problems = Vec::new();
        let mut clean = |check: &str, good: &str| -> bool {
            let found =
                answers(&transaction, check).unwrap_or_else(|error| vec![error.to_string()]);
            let before = problems.len();
            problems.extend(found.into_iter().filter(|line| line != good));
            problems.len() == before
        };
        let cipher_integrity_check = clean("PRAGMA cipher_integrity_check", "");
        let integrity_check = clean("PRAGMA integrity_check", "ok");
        let foreign_key_check = clean("PRAGMA foreign_key_check", "");
        Ok(IntegrityReport {
            ok: problems.is_empty(),
            cipher_integrity_check,
            integrity_check,
            foreign_key_check,
            problems,
        })
    }
}

/// The first column of every row, as text.
fn answers(conn: &Connection, sql: &str) -> Result<Vec<String>, VaultError> {
    let mut statement = conn.prepare(sql)?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    Ok(lines.collect::<Result<_, _>>()?)
}
