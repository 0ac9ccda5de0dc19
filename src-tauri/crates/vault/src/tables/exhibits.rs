//! Evidence.

use super::Meta;
use super::column::{at, code, id, id_or_none};
use crate::VaultError;
use buyerwatch_domain::{BuyerId, Exhibit, ExhibitId, ExhibitKind, IncidentId};
use rusqlite::{Connection, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE exhibits (
    id BLOB PRIMARY KEY,
    buyer BLOB NOT NULL,
    incident BLOB,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    added_by BLOB NOT NULL,
    stamp BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX exhibits_buyer ON exhibits (buyer, stamp);
";

/// What an event says about new evidence.
pub(super) struct New<'a> {
    pub(super) buyer: BuyerId,
    pub(super) exhibit: ExhibitId,
    pub(super) incident: Option<IncidentId>,
    pub(super) kind: ExhibitKind,
    pub(super) name: &'a str,
    pub(super) sha256: &'a str,
    pub(super) bytes: u64,
}

pub(super) fn added(conn: &Connection, new: &New<'_>, meta: &Meta) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO exhibits (id, buyer, incident, kind, name, sha256, bytes, added_at, added_by,
             stamp)
         SELECT ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
         WHERE EXISTS (SELECT 1 FROM buyers WHERE id = ?1)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        new.buyer.as_bytes(),
        new.exhibit.as_bytes(),
        new.incident.as_ref().map(IncidentId::as_bytes),
        new.kind.code(),
        new.name,
        new.sha256,
        // Kept by its bits: the column has a sign, and no file comes near the half of the range.
        new.bytes.cast_signed(),
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

pub(super) fn of_buyer(conn: &Connection, buyer: BuyerId) -> Result<Vec<Exhibit>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT id, incident, kind, name, sha256, bytes, added_at, added_by
         FROM exhibits WHERE buyer = ?1 ORDER BY stamp",
    )?;
    let exhibits = query.query_map([buyer.as_bytes()], |row| {
        Ok(Exhibit {
            id: id(row, 0)?,
            buyer,
            incident: id_or_none(row, 1)?,
            kind: code(row, 2, ExhibitKind::from_code)?,
            name: row.get(3)?,
            sha256: row.get(4)?,
            bytes: row.get::<_, i64>(5)?.cast_unsigned(),
            added_at: at(row, 6)?,
            added_by: id(row, 7)?,
        })
    })?;
    Ok(exhibits.collect::<Result<_, _>>()?)
}
