//! By which rules the signals that wait were worked out, and those that no longer held under newer ones.

use super::column::at;
use super::messages::{MessageRow, numbered};
use super::signals::{COLUMNS, OPEN, Signal, read as signal};
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{SignalId, Tag, Timestamp};
use rusqlite::{OptionalExtension, Row, params};

pub(super) const SCHEMA_6: &str = "
CREATE TABLE signals_rules (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    mark TEXT NOT NULL
) STRICT;
CREATE TABLE signals_recounted (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    clause TEXT NOT NULL,
    identity INTEGER,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    orders INTEGER NOT NULL,
    unsure INTEGER NOT NULL,
    basis BLOB NOT NULL,
    recounted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// What waited when the rules changed, and neither holds any more nor was decided since.
const WITHDRAWN: &str = "id NOT IN (SELECT id FROM signals)
    AND id NOT IN (SELECT signal FROM signal_decisions WHERE verdict IS NOT NULL)";

/// A signal that was withdrawn since the rules that it rested on changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The signal as it was.
    pub signal: Signal,
    /// When the rules changed.
    pub at: Timestamp,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Withdrawn> {
    Ok(Withdrawn { signal: signal(row)?, at: at(row, 10)? })
}

impl Write<'_> {
    /// Keeps what waits for a person, before it is counted by other rules.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn keep_open_signals(&mut self, now: Timestamp) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO signals_recounted ({COLUMNS}, recounted_at)
                 SELECT {COLUMNS}, ?1 FROM signals WHERE {OPEN}"
            ))?
            .execute([now.millis()])?;
        Ok(())
    }

    /// Takes a signal out on which nobody has decided.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn withdraw_signal(&mut self, id: SignalId) -> Result<(), VaultError> {
        let gone = self
            .conn()
            .prepare_cached(&format!("DELETE FROM signals WHERE id = ?1 AND {OPEN}"))?
            .execute([id.as_bytes()])?;
        if gone > 0 {
            self.mark_stale(Tag::Signals);
        }
        Ok(())
    }

    /// Notes by which rules all that waits was worked out. What was kept and holds as it did is forgotten.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_signal_rules(&mut self, mark: &str) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached("DELETE FROM signals_recounted WHERE id IN (SELECT id FROM signals)")?
            .execute([])?;
        self.conn()
            .prepare_cached("INSERT OR REPLACE INTO signals_rules (one, mark) VALUES (1, ?1)")?
            .execute([mark])?;
        self.mark_stale(Tag::Signals);
        Ok(())
    }
}

impl Read<'_> {
    /// By which rules all that waits was worked out; `None` when that was never noted.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn signal_rules(&self) -> Result<Option<String>, VaultError> {
        let mut query = self.conn().prepare_cached("SELECT mark FROM signals_rules")?;
        Ok(query.query_row([], |row| row.get(0)).optional()?)
    }

    /// A signal that was withdrawn.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn withdrawn_signal(&self, id: SignalId) -> Result<Option<Withdrawn>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS}, recounted_at FROM signals_recounted WHERE id = ?1 AND {WITHDRAWN}"
        ))?;
        Ok(query.query_row([id.as_bytes()], read).optional()?)
    }

    /// Signals that were withdrawn, the newest first, and how many there are.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn withdrawn_signals(
        &self,
        offset: u32,
        limit: u32,
    ) -> Result<(u64, Vec<Withdrawn>), VaultError> {
        let total: i64 = self
            .conn()
            .prepare_cached(&format!("SELECT count(*) FROM signals_recounted WHERE {WITHDRAWN}"))?
            .query_row([], |row| row.get(0))?;
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS}, recounted_at FROM signals_recounted WHERE {WITHDRAWN}
             ORDER BY recounted_at DESC, until_at DESC, id LIMIT ?1 OFFSET ?2"
        ))?;
        let rows = query.query_map(params![limit, offset], read)?.collect::<Result<_, _>>()?;
        Ok((total.unsigned_abs(), rows))
    }

    /// The next letters that are known to say of an order that it did not arrive, each with its number to
    /// go on from; begin with 0.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn letters_said_lost(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, MessageRow)>, VaultError> {
        let orders = self.not_received_orders(after, limit)?;
        let read = |(no, _)| Ok((no, numbered(self.conn(), no)?));
        orders.into_iter().map(read).collect()
    }
}
