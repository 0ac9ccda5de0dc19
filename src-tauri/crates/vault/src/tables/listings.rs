//! Decisions that a clause is met. Confirmation and end are each set by the later stamp.

use super::Meta;
use super::column::{at, at_or_none, code, decoded, id, id_or_none};
use crate::VaultError;
use buyerwatch_domain::{BuyerId, IncidentId, Listing, ListingId, ListingState, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE listings (
    id BLOB PRIMARY KEY,
    buyer BLOB NOT NULL,
    clause TEXT NOT NULL,
    criterion_version INTEGER NOT NULL,
    incidents BLOB NOT NULL,
    review_due INTEGER NOT NULL,
    awaiting INTEGER NOT NULL,
    listed_at INTEGER NOT NULL,
    listed_by BLOB NOT NULL,
    stamp BLOB NOT NULL,
    approved_at INTEGER,
    approved_by BLOB,
    approved_stamp BLOB,
    ended TEXT,
    ended_reason TEXT,
    ended_at INTEGER,
    ended_by BLOB,
    ended_stamp BLOB,
    state TEXT NOT NULL GENERATED ALWAYS AS
        (coalesce(ended, iif(awaiting AND approved_stamp IS NULL, 'awaiting_approval', 'active')))
) STRICT, WITHOUT ROWID;
CREATE INDEX listings_buyer ON listings (buyer, stamp);
";

/// What an event says about a new listing.
pub(super) struct New<'a> {
    pub(super) buyer: BuyerId,
    pub(super) listing: ListingId,
    pub(super) clause: &'a str,
    pub(super) criterion_version: u32,
    pub(super) incidents: &'a [IncidentId],
    pub(super) review_due: Timestamp,
    pub(super) awaiting: bool,
}

pub(super) fn added(conn: &Connection, new: &New<'_>, meta: &Meta) -> Result<(), VaultError> {
    let incidents: Vec<u8> = new.incidents.iter().flat_map(|id| *id.as_bytes()).collect();
    conn.prepare_cached(
        "INSERT INTO listings (id, buyer, clause, criterion_version, incidents, review_due,
             awaiting, listed_at, listed_by, stamp)
         SELECT ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
         WHERE EXISTS (SELECT 1 FROM buyers WHERE id = ?1)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        new.buyer.as_bytes(),
        new.listing.as_bytes(),
        new.clause,
        new.criterion_version,
        incidents,
        new.review_due.millis(),
        new.awaiting,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    status_follows(conn, new.buyer)
}

pub(super) fn approved(
    conn: &Connection,
    buyer: BuyerId,
    listing: ListingId,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE listings SET approved_at = ?3, approved_by = ?4, approved_stamp = ?5
         WHERE id = ?2 AND buyer = ?1 AND (approved_stamp IS NULL OR approved_stamp < ?5)",
    )?
    .execute(params![
        buyer.as_bytes(),
        listing.as_bytes(),
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    status_follows(conn, buyer)
}

pub(super) fn ended(
    conn: &Connection,
    (buyer, listing): (BuyerId, ListingId),
    state: ListingState,
    reason: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE listings
         SET ended = ?3, ended_reason = ?4, ended_at = ?5, ended_by = ?6, ended_stamp = ?7
         WHERE id = ?2 AND buyer = ?1 AND (ended_stamp IS NULL OR ended_stamp < ?7)",
    )?
    .execute(params![
        buyer.as_bytes(),
        listing.as_bytes(),
        state.code(),
        reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    status_follows(conn, buyer)
}

/// A buyer's status is what their listings say, whatever the order in which those arrived.
fn status_follows(conn: &Connection, buyer: BuyerId) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE buyers SET status = CASE
             WHEN EXISTS (SELECT 1 FROM listings WHERE buyer = ?1 AND state = 'active')
                 THEN 'listed'
             WHEN EXISTS (SELECT 1 FROM listings WHERE buyer = ?1 AND state = 'cleared')
                 THEN 'cleared'
             ELSE 'watching' END
         WHERE id = ?1",
    )?
    .execute([buyer.as_bytes()])?;
    Ok(())
}

const COLUMNS: &str = "id, clause, criterion_version, incidents, state, listed_at, listed_by,
    approved_by, review_due, ended_at, ended_reason";

fn listing(row: &Row<'_>) -> rusqlite::Result<Listing> {
    Ok(Listing {
        id: id(row, 0)?,
        clause: row.get(1)?,
        criterion_version: row.get(2)?,
        incidents: decoded(row, 3, incident_ids)?,
        state: code(row, 4, state)?,
        listed_at: at(row, 5)?,
        listed_by: id(row, 6)?,
        approved_by: id_or_none(row, 7)?,
        review_due: at(row, 8)?,
        ended_at: at_or_none(row, 9)?,
        ended_reason: row.get(10)?,
    })
}

fn incident_ids(bytes: &[u8]) -> Result<Vec<IncidentId>, ()> {
    let (ids, []) = bytes.as_chunks::<16>() else { return Err(()) };
    Ok(ids.iter().map(|id| IncidentId::from_bytes(*id)).collect())
}

/// The state with this stable name.
pub(super) fn state(code: &str) -> Option<ListingState> {
    use ListingState as S;
    [S::AwaitingApproval, S::Active, S::Declined, S::Cleared].into_iter().find(|s| s.code() == code)
}

/// The newest listing, whatever its state.
pub(super) fn newest(conn: &Connection, buyer: BuyerId) -> Result<Option<Listing>, VaultError> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM listings WHERE buyer = ?1 ORDER BY stamp DESC LIMIT 1"
    ))?;
    Ok(query.query_row([buyer.as_bytes()], listing).optional()?)
}

impl crate::Read<'_> {
    /// A listing of any age and state.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn listing(&self, id: ListingId) -> Result<Option<Listing>, VaultError> {
        let mut query =
            self.conn().prepare_cached(&format!("SELECT {COLUMNS} FROM listings WHERE id = ?1"))?;
        Ok(query.query_row([id.as_bytes()], listing).optional()?)
    }
}
