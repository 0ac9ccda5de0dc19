//! "Not this buyer": decisions on one pair.

use super::Meta;
use super::column::{Id, at, at_or_none, decoded, id};
use crate::{Part, Read, VaultError};
use buyerwatch_domain::{BuyerId, IdentifierId, PairDecision, Timestamp, Token};
use rusqlite::{Connection, OptionalExtension, Row, params, types::ValueRef};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE pairs (
    buyer BLOB NOT NULL,
    identity INTEGER NOT NULL,
    reason TEXT,
    at INTEGER NOT NULL,
    by BLOB NOT NULL,
    restored INTEGER NOT NULL,
    stamp BLOB NOT NULL,
    PRIMARY KEY (buyer, identity)
) STRICT, WITHOUT ROWID;
";

/// What tied the two, identity after identity, if it is known; when the decision ends by itself.
pub(super) const SCHEMA_5: &str = "
ALTER TABLE pairs ADD COLUMN ties BLOB;
ALTER TABLE pairs ADD COLUMN until INTEGER;
";

/// A decision stands until a person takes it back. Whether it has ended, and whether a match outdoes
/// it, is judged when the match is found.
const STANDING: &str = "restored = 0";

const COLUMNS: &str = "buyer, identity, reason, at, by, ties, until";

/// What became of a pair.
#[derive(Clone, Copy)]
pub(super) enum Outcome<'a> {
    Rejected { reason: Option<&'a str>, ties: Option<&'a [IdentifierId]>, until: Option<Timestamp> },
    Restored,
}

pub(super) fn decided(
    conn: &Connection,
    buyer: BuyerId,
    identity: Token,
    outcome: Outcome<'_>,
    meta: &Meta,
) -> Result<(), VaultError> {
    let (reason, ties, until, restored) = match outcome {
        Outcome::Rejected { reason, ties, until } => (reason, ties, until, false),
        Outcome::Restored => (None, None, None, true),
    };
    let ties: Option<Vec<u8>> =
        ties.map(|ties| ties.iter().flat_map(|id| *id.as_bytes()).collect());
    conn.prepare_cached(
        "INSERT INTO pairs (buyer, identity, reason, at, by, restored, stamp, ties, until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (buyer, identity) DO UPDATE
         SET reason = excluded.reason, at = excluded.at, by = excluded.by,
             restored = excluded.restored, stamp = excluded.stamp, ties = excluded.ties,
             until = excluded.until
         WHERE excluded.stamp > stamp",
    )?
    .execute(params![
        buyer.as_bytes(),
        identity.0,
        reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        restored,
        meta.stamp(),
        ties,
        until.map(Timestamp::millis)
    ])?;
    Ok(())
}

fn pair(row: &Row<'_>) -> rusqlite::Result<PairDecision> {
    Ok(PairDecision {
        buyer: id(row, 0)?,
        identity: Token(row.get(1)?),
        reason: row.get(2)?,
        at: at(row, 3)?,
        by: id(row, 4)?,
        ties: match row.get_ref(5)? {
            ValueRef::Null => None,
            _ => Some(decoded(row, 5, ids)?),
        },
        until: at_or_none(row, 6)?,
    })
}

fn ids(bytes: &[u8]) -> Result<Vec<IdentifierId>, VaultError> {
    match bytes.as_chunks() {
        (ids, []) => Ok(ids.iter().map(|bytes| Id::stored(*bytes)).collect()),
        _ => Err(VaultError::Damaged(Part::Table)),
    }
}

impl Read<'_> {
    /// A "not this buyer" that was not taken back, though it may have ended. Of several that people who were merged into one another
    /// have, the newest. One who was merged is asked about alone.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn pair(
        &self,
        buyer: BuyerId,
        identity: Token,
    ) -> Result<Option<PairDecision>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM pairs WHERE identity = ?2 AND {STANDING}
                 AND buyer IN (SELECT ?1 UNION ALL SELECT id FROM buyers WHERE holder = ?1)
             ORDER BY stamp DESC LIMIT 1"
        ))?;
        Ok(query.query_row(params![buyer.as_bytes(), identity.0], pair).optional()?)
    }

    /// All of those that have not ended at this moment, newest first: each of several people who were merged into one
    /// another has its own.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn pairs_at(
        &self,
        buyer: BuyerId,
        identity: Token,
        now: Timestamp,
    ) -> Result<Vec<PairDecision>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM pairs WHERE identity = ?2 AND {STANDING}
                 AND (until IS NULL OR until > ?3)
                 AND buyer IN (SELECT ?1 UNION ALL SELECT id FROM buyers WHERE holder = ?1)
             ORDER BY stamp DESC"
        ))?;
        let asked = params![buyer.as_bytes(), identity.0, now.millis()];
        Ok(query.query_map(asked, pair)?.collect::<Result<_, _>>()?)
    }

    /// Every "not this buyer" that was not taken back of a buyer and those merged into them, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn pairs_of(&self, buyer: BuyerId) -> Result<Vec<PairDecision>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM pairs WHERE {STANDING}
                 AND buyer IN (SELECT ?1 UNION ALL SELECT id FROM buyers WHERE holder = ?1)
             ORDER BY stamp DESC"
        ))?;
        Ok(query.query_map([buyer.as_bytes()], pair)?.collect::<Result<_, _>>()?)
    }

    /// Every "not this buyer" that was not taken back.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn pairs(&self) -> Result<Vec<PairDecision>, VaultError> {
        let mut query =
            self.conn().prepare_cached(&format!("SELECT {COLUMNS} FROM pairs WHERE {STANDING}"))?;
        Ok(query.query_map([], pair)?.collect::<Result<_, _>>()?)
    }
}
