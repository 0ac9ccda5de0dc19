//! Alerts. Who works on one, how it was closed and until when it sleeps are three groups of fields,
//! each set by the later stamp; the state follows from them.

use super::Meta;
use super::column::{at, at_or_none, code, decoded, id, id_or_none};
use crate::{Read, VaultError};
use buyerwatch_domain::{
    Alert, AlertId, AlertState, BuyerId, ListingId, Reason, SeenOrder, Tier, Timestamp, Token,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE alerts (
    id BLOB PRIMARY KEY,
    buyer BLOB NOT NULL,
    listing BLOB NOT NULL,
    order_id TEXT NOT NULL,
    marketplace TEXT NOT NULL,
    order_at INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    tier TEXT NOT NULL,
    score REAL NOT NULL,
    reasons BLOB NOT NULL,
    latency_ms INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    raised_by BLOB NOT NULL,
    stamp BLOB NOT NULL,
    claimed_by BLOB,
    claimed_at INTEGER,
    claim_stamp BLOB,
    closed TEXT,
    closed_at INTEGER,
    closed_by BLOB,
    note TEXT,
    close_stamp BLOB,
    snoozed_until INTEGER,
    snooze_stamp BLOB,
    state TEXT NOT NULL GENERATED ALWAYS AS
        (coalesce(closed, iif(claimed_by IS NULL, 'open', 'claimed')))
) STRICT, WITHOUT ROWID;
CREATE INDEX alerts_buyer ON alerts (buyer, raised_at);
CREATE INDEX alerts_order ON alerts (order_id, buyer);
CREATE INDEX alerts_work ON alerts (tier, raised_at, id) WHERE closed IS NULL;
CREATE INDEX alerts_asleep ON alerts (snoozed_until)
    WHERE closed IS NULL AND snoozed_until IS NOT NULL;
CREATE INDEX alerts_closed ON alerts (raised_at, id) WHERE closed IS NOT NULL;
";

pub(super) const SCHEMA_2: &str = "
ALTER TABLE alerts ADD COLUMN message TEXT NOT NULL DEFAULT '';
CREATE INDEX alerts_message ON alerts (message) WHERE message <> '';
";

/// What an event says about a new alert.
pub(super) struct New<'a> {
    pub(super) alert: AlertId,
    pub(super) buyer: BuyerId,
    pub(super) listing: ListingId,
    pub(super) order: &'a SeenOrder,
    pub(super) tier: Tier,
    pub(super) score: f64,
    pub(super) reasons: &'a [Reason],
    pub(super) latency_ms: u32,
}

pub(super) fn raised(conn: &Connection, new: &New<'_>, meta: &Meta) -> Result<(), VaultError> {
    // Not JSON: its decimals do not give every weight back to the bit.
    let mut reasons = Vec::new();
    ciborium::into_writer(new.reasons, &mut reasons)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    conn.prepare_cached(
        "INSERT INTO alerts (id, buyer, listing, order_id, marketplace, order_at, identity, tier,
             score, reasons, latency_ms, raised_at, raised_by, stamp, message)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        new.alert.as_bytes(),
        new.buyer.as_bytes(),
        new.listing.as_bytes(),
        new.order.order_id,
        new.order.marketplace,
        new.order.at.millis(),
        new.order.identity.0,
        new.tier.code(),
        // The database has no "not a number"; nothing sensible has that score.
        if new.score.is_nan() { 0.0 } else { new.score },
        reasons,
        new.latency_ms,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp(),
        new.order.message
    ])?;
    Ok(())
}

/// Somebody takes an alert on, or puts it back.
pub(super) fn claim(
    conn: &Connection,
    alert: AlertId,
    taken: bool,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE alerts SET claimed_by = ?2, claimed_at = ?3, claim_stamp = ?4
         WHERE id = ?1 AND (claim_stamp IS NULL OR claim_stamp < ?4)",
    )?
    .execute(params![
        alert.as_bytes(),
        taken.then_some(meta.actor.as_bytes()),
        taken.then_some(meta.at.millis()),
        meta.stamp()
    ])?;
    if taken { snooze(conn, alert, None, meta) } else { Ok(()) }
}

/// An alert is closed with a remark, or opened again.
pub(super) fn close(
    conn: &Connection,
    alert: AlertId,
    closing: Option<(AlertState, Option<&str>)>,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE alerts SET closed = ?2, closed_at = ?3, closed_by = ?4, note = ?5, close_stamp = ?6
         WHERE id = ?1 AND (close_stamp IS NULL OR close_stamp < ?6)",
    )?
    .execute(params![
        alert.as_bytes(),
        closing.map(|(state, _)| state.code()),
        closing.map(|_| meta.at.millis()),
        closing.map(|_| meta.actor.as_bytes()),
        closing.and_then(|(_, note)| note),
        meta.stamp()
    ])?;
    if closing.is_some() { snooze(conn, alert, None, meta) } else { Ok(()) }
}

/// An alert sleeps until then, or is awake again.
pub(super) fn snooze(
    conn: &Connection,
    alert: AlertId,
    until: Option<Timestamp>,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE alerts SET snoozed_until = ?2, snooze_stamp = ?3
         WHERE id = ?1 AND (snooze_stamp IS NULL OR snooze_stamp < ?3)",
    )?
    .execute(params![alert.as_bytes(), until.map(Timestamp::millis), meta.stamp()])?;
    Ok(())
}

/// The statement behind [`Read::next_waking`].
pub(super) const NEXT_WAKING: &str = "SELECT min(snoozed_until) FROM alerts
     WHERE closed IS NULL AND snoozed_until IS NOT NULL AND snoozed_until > ?1";

/// The columns that [`alert`] reads, of the table under the name `a`. An alert names whom its buyer is
/// read as now.
pub(super) const COLUMNS: &str = "a.id,
    coalesce((SELECT holder FROM buyers WHERE id = a.buyer), a.buyer), a.listing, a.order_id, a.marketplace, a.order_at,
    a.identity, a.tier, a.score, a.reasons, a.latency_ms, a.raised_at, a.state, a.claimed_by,
    a.claimed_at, a.closed_at, a.closed_by, a.note, a.snoozed_until,
    a.message";

/// How many columns [`COLUMNS`] names.
pub(super) const WIDTH: usize = 20;

/// The tier with this stable name.
pub(super) fn tier(code: &str) -> Option<Tier> {
    [Tier::Possible, Tier::Alert].into_iter().find(|tier| tier.code() == code)
}

/// Reads an alert from the first columns of a row.
pub(super) fn alert(row: &Row<'_>) -> rusqlite::Result<Alert> {
    Ok(Alert {
        id: id(row, 0)?,
        buyer: id(row, 1)?,
        listing: id(row, 2)?,
        order: SeenOrder {
            order_id: row.get(3)?,
            marketplace: row.get(4)?,
            at: at(row, 5)?,
            identity: Token(row.get(6)?),
            message: row.get(19)?,
        },
        tier: code(row, 7, tier)?,
        score: row.get(8)?,
        reasons: decoded(row, 9, |bytes| ciborium::from_reader(bytes))?,
        latency_ms: row.get(10)?,
        raised_at: at(row, 11)?,
        state: code(row, 12, AlertState::from_code)?,
        claimed_by: id_or_none(row, 13)?,
        claimed_at: at_or_none(row, 14)?,
        closed_at: at_or_none(row, 15)?,
        closed_by: id_or_none(row, 16)?,
        note: row.get(17)?,
        snoozed_until: at_or_none(row, 18)?,
    })
}

impl Read<'_> {
    /// An alert.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn alert(&self, id: AlertId) -> Result<Option<Alert>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM alerts AS a WHERE id = ?1"))?;
        Ok(query.query_row([id.as_bytes()], alert).optional()?)
    }

    /// The surest alert that this order raised for this buyer.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn alert_on(&self, buyer: BuyerId, order: &SeenOrder) -> Result<Option<Alert>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM alerts AS a WHERE order_id = ?1
                 AND buyer IN (SELECT ?2 UNION ALL SELECT id FROM buyers WHERE holder = ?2)
                 AND message = ?3
             ORDER BY tier = 'alert' DESC, id LIMIT 1"
        ))?;
        let holder = self.holder(buyer)?;
        Ok(query
            .query_row(params![order.order_id, holder.as_bytes(), order.message], alert)
            .optional()?)
    }

    /// When the next alert wakes that sleeps now.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn next_waking(&self, now: Timestamp) -> Result<Option<Timestamp>, VaultError> {
        let mut query = self.conn().prepare_cached(NEXT_WAKING)?;
        Ok(query.query_row([now.millis()], |row| at_or_none(row, 0))?)
    }

    /// Every alert of a buyer, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn alerts_of_buyer(&self, buyer: BuyerId) -> Result<Vec<Alert>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM alerts AS a
             WHERE buyer IN (SELECT ?1 UNION ALL SELECT id FROM buyers WHERE holder = ?1)
             ORDER BY raised_at DESC, id"
        ))?;
        let holder = self.holder(buyer)?;
        Ok(query.query_map([holder.as_bytes()], alert)?.collect::<Result<_, _>>()?)
    }

    /// Every alert that an order raised, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn alerts_of_order(&self, order_id: &str) -> Result<Vec<Alert>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM alerts AS a WHERE order_id = ?1 ORDER BY raised_at DESC, id"
        ))?;
        Ok(query.query_map([order_id], alert)?.collect::<Result<_, _>>()?)
    }
}
