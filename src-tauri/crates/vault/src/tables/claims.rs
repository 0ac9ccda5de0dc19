//! Claims as observed.

use super::after_sales::{Row, finality, some};
use super::column::at_or_none;
use super::orders::number;
use crate::{Read, VaultError};
use buyerwatch_domain::{ClaimKind, Money, ObservedClaim, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const SCHEMA_2: &str = "
CREATE TABLE claims (
    identity BLOB NOT NULL PRIMARY KEY,
    order_number INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    import INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    claim_id TEXT,
    filed_at INTEGER,
    state TEXT,
    reason TEXT,
    amount TEXT,
    currency TEXT,
    finality INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_order ON claims (order_number);
";

/// What tells one claim from another.
pub(super) fn identity(one: &ObservedClaim) -> [u8; 16] {
    super::after_sales::identity(&[&one.order_id, one.kind.code(), &one.claim_id])
}

/// Stores one: whether it is new, and whether a stored one changed.
pub(super) fn put(
    conn: &Connection,
    row: &Row<'_>,
    one: &ObservedClaim,
) -> Result<(bool, bool), VaultError> {
    let before = stored(conn, &row.identity)?;
    conn.prepare_cached(
        "INSERT INTO claims (identity, order_number, order_id, import, imported_at, kind,
                 claim_id, filed_at, state, reason, amount, currency,
                 finality)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
                 ?11, ?12, ?13)
             ON CONFLICT (identity) DO UPDATE SET
             kind = coalesce(kind, excluded.kind),
             claim_id = coalesce(claim_id, excluded.claim_id),
             filed_at = coalesce(filed_at, excluded.filed_at),
             state = CASE WHEN excluded.finality >= finality THEN
                 coalesce(excluded.state, state) ELSE state END,
             reason = coalesce(reason, excluded.reason),
             amount = coalesce(amount, excluded.amount),
             currency = coalesce(currency, excluded.currency),
             finality = max(finality, excluded.finality)",
    )?
    .execute(params![
        row.identity,
        row.number,
        row.order_id,
        row.import,
        row.at,
        one.kind.code(),
        some(&one.claim_id),
        one.filed_at.map(Timestamp::millis),
        some(&one.state),
        some(&one.reason),
        one.amount.as_ref().map(|money| &money.amount),
        one.amount.as_ref().map(|money| &money.currency),
        finality(&one.state),
    ])?;
    let after = stored(conn, &row.identity)?;
    Ok((before.is_none(), before.is_some() && before != after))
}

const COLUMNS: &str = "order_id, kind, claim_id, filed_at, state, reason, amount, currency,
    finality";

fn stored(conn: &Connection, identity: &[u8; 16]) -> Result<Option<ObservedClaim>, VaultError> {
    let found = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM claims WHERE identity = ?1"))?
        .query_row([identity], read)
        .optional()?;
    Ok(found)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<ObservedClaim> {
    let text = |column: usize| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
    Ok(ObservedClaim {
        order_id: row.get(0)?,
        kind: super::column::code(row, 1, ClaimKind::from_code)?,
        claim_id: text(2)?,
        filed_at: at_or_none(row, 3)?,
        state: text(4)?,
        reason: text(5)?,
        amount: row
            .get::<_, Option<String>>(6)?
            .map(|amount| text(7).map(|currency| Money { amount, currency }))
            .transpose()?,
    })
}

impl Read<'_> {
    /// The claims of an order, oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn claims_of(&self, order_id: &str) -> Result<Vec<ObservedClaim>, VaultError> {
        let order_id = order_id.trim();
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM claims
             WHERE order_number = ?1 AND order_id = ?2 COLLATE NOCASE
             ORDER BY filed_at, imported_at"
        ))?;
        let found = query.query_map(params![number(order_id), order_id], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The claims dated from `from` up to but not including `to`, by what the report says, else
    /// by when they came in; oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn claims_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<ObservedClaim>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM claims
             WHERE coalesce(filed_at, imported_at) >= ?1 AND coalesce(filed_at, imported_at) < ?2
             ORDER BY coalesce(filed_at, imported_at), identity"
        ))?;
        let found = query.query_map(params![from.millis(), to.millis()], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
