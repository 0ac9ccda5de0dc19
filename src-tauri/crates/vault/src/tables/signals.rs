//! Signals that wait for a person, and orders that must be counted anew. Worked out from what was
//! observed, so neither is journaled.

use super::column::{at, at_or_none, code, id};
use super::messages::{MessageKey, NotReceived};
use super::orders::OrderKey;
use super::signal_decisions::{basis, encoded};
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{OrderStatus, SignalBasis, SignalId, SignalKind, Tag, Timestamp, Token};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashSet;

pub(super) const SCHEMA_2: &str = "
CREATE TABLE signals (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    clause TEXT NOT NULL,
    identity INTEGER,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    orders INTEGER NOT NULL,
    unsure INTEGER NOT NULL,
    basis BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX signals_identity ON signals (identity, kind) WHERE identity IS NOT NULL;
CREATE INDEX signals_raised ON signals (raised_at);
CREATE TABLE signals_unread (
    identity INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE signals_due (
    order_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
";

/// A signal that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// The same for the same observations, on every device.
    pub id: SignalId,
    /// What was noticed.
    pub kind: SignalKind,
    /// The clause that is proposed.
    pub clause: String,
    /// Whose, as a keyed hash; `None` if only a message is known.
    pub identity: Option<Token>,
    /// The first observation.
    pub from: Timestamp,
    /// The last one.
    pub until: Timestamp,
    /// When it was noticed.
    pub raised_at: Timestamp,
    /// Orders of the same identity in the window; 0 for a message.
    pub orders: u32,
    /// Observations that may be the doing of the shop or of the carrier: the reports do not say.
    pub unsure: u32,
    /// The observations, oldest first.
    pub basis: Vec<SignalBasis>,
}

pub(super) const COLUMNS: &str =
    "id, kind, clause, identity, from_at, until_at, raised_at, orders, unsure, basis";

/// Nobody has decided on it.
pub(super) const OPEN: &str =
    "id NOT IN (SELECT signal FROM signal_decisions WHERE verdict IS NOT NULL)";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Signal> {
    Ok(Signal {
        id: id(row, 0)?,
        kind: code(row, 1, SignalKind::from_code)?,
        clause: row.get(2)?,
        identity: row.get::<_, Option<i64>>(3)?.map(Token),
        from: at(row, 4)?,
        until: at(row, 5)?,
        raised_at: at(row, 6)?,
        orders: row.get(7)?,
        unsure: row.get(8)?,
        basis: basis(row, 9)?,
    })
}

/// Stores one; whether it is new. One that is stored keeps the time at which it was noticed.
fn put(conn: &Connection, signal: &Signal) -> Result<bool, VaultError> {
    let known: bool = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM signals WHERE id = ?1)")?
        .query_row([signal.id.as_bytes()], |row| row.get(0))?;
    conn.prepare_cached(&format!(
        "INSERT INTO signals ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE
         SET clause = excluded.clause, identity = excluded.identity, from_at = excluded.from_at,
             until_at = excluded.until_at, orders = excluded.orders, unsure = excluded.unsure,
             basis = excluded.basis"
    ))?
    .execute(params![
        signal.id.as_bytes(),
        signal.kind.code(),
        signal.clause,
        signal.identity.map(|token| token.0),
        signal.from.millis(),
        signal.until.millis(),
        signal.raised_at.millis(),
        signal.orders,
        signal.unsure,
        encoded(&signal.basis)?,
    ])?;
    Ok(!known)
}

fn replace(
    conn: &Connection,
    identity: Token,
    kinds: &[SignalKind],
    signals: &[Signal],
) -> Result<(Vec<SignalId>, bool), VaultError> {
    let mut changed = false;
    for kind in kinds {
        let mut query =
            conn.prepare_cached("SELECT id FROM signals WHERE identity = ?1 AND kind = ?2")?;
        let stored: Vec<SignalId> = query
            .query_map(params![identity.0, kind.code()], |row| id(row, 0))?
            .collect::<Result<_, _>>()?;
        for gone in stored.iter().filter(|id| signals.iter().all(|of| of.id != **id)) {
            conn.prepare_cached("DELETE FROM signals WHERE id = ?1")?.execute([gone.as_bytes()])?;
            changed = true;
        }
    }
    let mut new = Vec::new();
    for signal in signals {
        if put(conn, signal)? {
            new.push(signal.id);
        }
        changed = true;
    }
    Ok((new, changed))
}

impl Write<'_> {
    /// Stores a signal; answers whether it is new.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn put_signal(&mut self, signal: &Signal) -> Result<bool, VaultError> {
        let new = put(self.conn(), signal)?;
        self.mark_stale(Tag::Signals);
        Ok(new)
    }

    /// Stores what is noticed now of an identity in place of what was noticed before, for these
    /// kinds; answers which are new.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn replace_signals(
        &mut self,
        identity: Token,
        kinds: &[SignalKind],
        signals: &[Signal],
    ) -> Result<Vec<SignalId>, VaultError> {
        let (new, changed) = replace(self.conn(), identity, kinds, signals)?;
        if changed {
            self.mark_stale(Tag::Signals);
        }
        Ok(new)
    }

    /// Takes out what waits for a person and was read in messages of these identities: they are trusted.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn withdraw_read_signals(
        &mut self,
        trusted: impl IntoIterator<Item = Token>,
    ) -> Result<(), VaultError> {
        let mut gone = 0;
        for token in trusted {
            gone += self
                .conn()
                .prepare_cached(&format!(
                    "DELETE FROM signals
                     WHERE identity = ?1 AND kind IN ('review_threat', 'abuse') AND {OPEN}"
                ))?
                .execute([token.0])?;
        }
        if gone > 0 {
            self.mark_stale(Tag::Signals);
        }
        Ok(())
    }

    /// Has the stored messages of an identity read again.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn read_again(&mut self, identity: Token) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached("INSERT OR IGNORE INTO signals_unread (identity) VALUES (?1)")?
            .execute([identity.0])?;
        Ok(())
    }

    /// Notes that the messages of an identity were read.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn was_read(&mut self, identity: Token) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached("DELETE FROM signals_unread WHERE identity = ?1")?
            .execute([identity.0])?;
        Ok(())
    }

    /// Has whoever placed an order counted anew. The order may come in later.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn count_again(&mut self, order_id: &str) -> Result<(), VaultError> {
        if !order_id.is_empty() {
            self.conn()
                .prepare_cached("INSERT OR IGNORE INTO signals_due (order_id) VALUES (?1)")?
                .execute([order_id])?;
        }
        Ok(())
    }

    /// As [`count_again`](Self::count_again) of a stored order.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn count_order_again(&mut self, order: OrderKey) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached(
                "INSERT OR IGNORE INTO signals_due (order_id)
                 SELECT order_id FROM orders WHERE key = ?1 AND order_id <> ''",
            )?
            .execute([order.0])?;
        Ok(())
    }

    /// As [`count_order_again`](Self::count_order_again), if something that counts is known of the order:
    /// that it was cancelled, or came back, or that somebody claims something about it.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn count_acts_again(&mut self, order: OrderKey, order_id: &str) -> Result<(), VaultError> {
        let cancelled = super::orders::rank(OrderStatus::Cancelled);
        let named = "order_number = ?2 AND order_id <> '' AND order_id = ?3 COLLATE NOCASE";
        let order_id = order_id.trim();
        self.conn()
            .prepare_cached(&format!(
                "INSERT OR IGNORE INTO signals_due (order_id)
                 SELECT o.order_id FROM orders AS o WHERE o.key = ?1 AND o.order_id <> ''
                     AND (o.status = {cancelled}
                         OR EXISTS (SELECT 1 FROM returns WHERE {named})
                         OR EXISTS (SELECT 1 FROM claims WHERE {named})
                         OR EXISTS (SELECT 1 FROM messages WHERE {named} AND not_received > 0))"
            ))?
            .execute(params![order.0, super::orders::number(order_id), order_id])?;
        Ok(())
    }

    /// Has everybody counted anew of whom something is stored that counts, since the rules changed.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn count_all_again(&mut self) -> Result<(), VaultError> {
        let cancelled = super::orders::rank(OrderStatus::Cancelled);
        self.conn().execute_batch(&format!(
            "INSERT OR IGNORE INTO signals_due (order_id)
                 SELECT order_id FROM orders WHERE status = {cancelled} AND order_id <> '';
             INSERT OR IGNORE INTO signals_due (order_id)
                 SELECT order_id FROM returns WHERE order_id <> '';
             INSERT OR IGNORE INTO signals_due (order_id)
                 SELECT order_id FROM claims WHERE order_id <> '';
             INSERT OR IGNORE INTO signals_due (order_id)
                 SELECT order_id FROM messages WHERE not_received > 0 AND order_id <> '';"
        ))?;
        Ok(())
    }

    /// Notes that an order was counted.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn counted(&mut self, order_id: &str) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached("DELETE FROM signals_due WHERE order_id = ?1")?
            .execute([order_id])?;
        Ok(())
    }
}

impl Read<'_> {
    /// Identities whose stored messages must be read again.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn to_read(&self) -> Result<Vec<Token>, VaultError> {
        let mut query = self.conn().prepare_cached("SELECT identity FROM signals_unread")?;
        let found = query.query_map([], |row| row.get(0).map(Token))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Identities of which something that was read in messages waits for a person.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn read_signal_identities(&self) -> Result<Vec<Token>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT DISTINCT identity FROM signals
             WHERE identity IS NOT NULL AND kind IN ('review_threat', 'abuse') AND {OPEN}"
        ))?;
        let found = query.query_map([], |row| row.get(0).map(Token))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Identities of which something that was counted waits for a person.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn counted_identities(&self) -> Result<HashSet<Token>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT DISTINCT identity FROM signals
             WHERE identity IS NOT NULL AND kind NOT IN ('review_threat', 'abuse') AND {OPEN}"
        ))?;
        let found = query.query_map([], |row| row.get(0).map(Token))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The next orders that must be counted anew, after one; start with an empty text.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn to_count(&self, after: &str, limit: usize) -> Result<Vec<String>, VaultError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut query = self.conn().prepare_cached(
            "SELECT order_id FROM signals_due WHERE order_id > ?1 ORDER BY order_id LIMIT ?2",
        )?;
        let found = query.query_map(params![after, limit], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// A signal, whether or not somebody has decided on it.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn signal(&self, id: SignalId) -> Result<Option<Signal>, VaultError> {
        let mut query =
            self.conn().prepare_cached(&format!("SELECT {COLUMNS} FROM signals WHERE id = ?1"))?;
        Ok(query.query_row([id.as_bytes()], read).optional()?)
    }

    /// Signals that wait for a person, the newest first, and how many there are.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn open_signals(&self, offset: u32, limit: u32) -> Result<(u64, Vec<Signal>), VaultError> {
        let total = self.open_signal_count()?;
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM signals WHERE {OPEN}
             ORDER BY raised_at DESC, until_at DESC, id LIMIT ?1 OFFSET ?2"
        ))?;
        let rows = query.query_map([limit, offset], read)?.collect::<Result<_, _>>()?;
        Ok((total, rows))
    }

    /// How many signals wait for a person.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn open_signal_count(&self) -> Result<u64, VaultError> {
        let count: i64 = self
            .conn()
            .prepare_cached(&format!("SELECT count(*) FROM signals WHERE {OPEN}"))?
            .query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The letters that say of this order that its buyer says it did not arrive, with what each says and
    /// when it was written, if it tells. They are known when their text was purged, too.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn not_received_messages(
        &self,
        order_id: &str,
    ) -> Result<Vec<(MessageKey, Option<Timestamp>, NotReceived)>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT id, sent_at, not_received FROM messages
             WHERE order_number = ?1 AND order_id <> '' AND order_id = ?2 COLLATE NOCASE
                 AND not_received > 0",
        )?;
        let number = super::orders::number(order_id);
        let found = query.query_map(params![number, order_id], |row| {
            Ok((row.get(0)?, at_or_none(row, 1)?, NotReceived::of(row.get(2)?)))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
