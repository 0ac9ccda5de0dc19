//! What people made of signals, and which observations are judged by it.

use super::Meta;
use super::column::{at, code, decoded, id, id_or_none};
use crate::{Read, VaultError};
use buyerwatch_domain::{
    BuyerId, IncidentId, SignalBasis, SignalDecision, SignalId, SignalKind, Timestamp, Verdict,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const SCHEMA_2: &str = "
CREATE TABLE signal_decisions (
    signal BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    clause TEXT NOT NULL,
    basis BLOB NOT NULL,
    verdict TEXT,
    buyer BLOB,
    incidents BLOB NOT NULL,
    reason TEXT,
    at INTEGER NOT NULL,
    by BLOB NOT NULL,
    stamp BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX signal_decisions_at ON signal_decisions (at) WHERE verdict IS NOT NULL;
CREATE TABLE signal_judgements (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    judged INTEGER NOT NULL,
    stamp BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
";

/// A decision as an event carries it; without verdict it takes an earlier one back.
pub(super) struct New<'a> {
    pub(super) signal: SignalId,
    pub(super) kind: SignalKind,
    pub(super) clause: &'a str,
    pub(super) basis: &'a [SignalBasis],
    pub(super) verdict: Option<Verdict>,
    pub(super) buyer: Option<BuyerId>,
    pub(super) incidents: &'a [IncidentId],
    pub(super) reason: Option<&'a str>,
}

/// Observations in the form in which they are stored.
pub(super) fn encoded(basis: &[SignalBasis]) -> Result<Vec<u8>, VaultError> {
    let basis: Vec<(i64, &str, &str)> =
        basis.iter().map(|one| (one.at.millis(), &*one.order_id, &*one.message)).collect();
    let mut bytes = Vec::new();
    ciborium::into_writer(&basis, &mut bytes)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    Ok(bytes)
}

/// Observations from the form in which they are stored.
pub(super) fn basis(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<SignalBasis>> {
    let basis: Vec<(i64, String, String)> =
        decoded(row, column, |bytes| ciborium::from_reader(bytes))?;
    let one = |(at, order_id, message)| {
        let at = Timestamp::from_millis(at);
        SignalBasis { at, order_id, message }
    };
    Ok(basis.into_iter().map(one).collect())
}

pub(super) fn decided(conn: &Connection, new: &New<'_>, meta: &Meta) -> Result<(), VaultError> {
    let stamp = meta.stamp();
    conn.prepare_cached(
        "INSERT INTO signal_decisions
             (signal, kind, clause, basis, verdict, buyer, incidents, reason, at, by, stamp)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (signal) DO UPDATE
         SET kind = excluded.kind, clause = excluded.clause, basis = excluded.basis,
             verdict = excluded.verdict, buyer = excluded.buyer, incidents = excluded.incidents,
             reason = excluded.reason, at = excluded.at, by = excluded.by, stamp = excluded.stamp
         WHERE excluded.stamp > stamp",
    )?
    .execute(params![
        new.signal.as_bytes(),
        new.kind.code(),
        new.clause,
        encoded(new.basis)?,
        new.verdict.map(Verdict::code),
        new.buyer.as_ref().map(BuyerId::as_bytes),
        new.incidents.iter().flat_map(|of| *of.as_bytes()).collect::<Vec<u8>>(),
        new.reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        stamp,
    ])?;
    let mut judge = conn.prepare_cached(
        "INSERT INTO signal_judgements (kind, key, judged, stamp) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (kind, key) DO UPDATE SET judged = excluded.judged, stamp = excluded.stamp
         WHERE excluded.stamp > stamp",
    )?;
    for one in new.basis {
        judge.execute(params![new.kind.code(), one.key(), new.verdict.is_some(), stamp])?;
    }
    Ok(())
}

const COLUMNS: &str = "signal, kind, clause, basis, verdict, buyer, incidents, reason, at, by";

fn read(row: &Row<'_>) -> rusqlite::Result<SignalDecision> {
    let incidents: Vec<u8> = row.get(6)?;
    let (incidents, _) = incidents.as_chunks::<16>();
    Ok(SignalDecision {
        signal: id(row, 0)?,
        kind: code(row, 1, SignalKind::from_code)?,
        clause: row.get(2)?,
        basis: basis(row, 3)?,
        verdict: code(row, 4, Verdict::from_code)?,
        buyer: id_or_none(row, 5)?,
        incidents: incidents.iter().copied().map(IncidentId::from_bytes).collect(),
        reason: row.get(7)?,
        at: at(row, 8)?,
        by: id(row, 9)?,
    })
}

impl Read<'_> {
    /// What was decided on a signal and still holds.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn signal_decision(&self, id: SignalId) -> Result<Option<SignalDecision>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM signal_decisions WHERE signal = ?1 AND verdict IS NOT NULL"
        ))?;
        Ok(query.query_row([id.as_bytes()], read).optional()?)
    }

    /// Decisions that hold, the newest first, and how many there are.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn signal_decisions(
        &self,
        offset: u32,
        limit: u32,
    ) -> Result<(u64, Vec<SignalDecision>), VaultError> {
        let total: i64 = self
            .conn()
            .prepare_cached("SELECT count(*) FROM signal_decisions WHERE verdict IS NOT NULL")?
            .query_row([], |row| row.get(0))?;
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM signal_decisions WHERE verdict IS NOT NULL
             ORDER BY at DESC, signal LIMIT ?1 OFFSET ?2"
        ))?;
        let rows = query.query_map([limit, offset], read)?.collect::<Result<_, _>>()?;
        Ok((total.unsigned_abs(), rows))
    }

    /// Whether a person judged an observation as one of this kind.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn is_judged(&self, kind: SignalKind, one: &SignalBasis) -> Result<bool, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM signal_judgements
             WHERE kind = ?1 AND key = ?2 AND judged = 1)",
        )?;
        Ok(query.query_row(params![kind.code(), one.key()], |row| row.get(0))?)
    }
}
