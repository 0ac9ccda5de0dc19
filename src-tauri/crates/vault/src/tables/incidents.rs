//! What buyers did.

use super::column::{at, decoded, id};
use super::{Meta, merges};
use crate::VaultError;
use buyerwatch_domain::{BuyerId, Incident, IncidentId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE incidents (
    id BLOB PRIMARY KEY,
    buyer BLOB NOT NULL,
    clause TEXT NOT NULL,
    criterion_version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    orders BLOB NOT NULL,
    text TEXT NOT NULL,
    buyer_version TEXT,
    reported_at INTEGER NOT NULL,
    reported_by BLOB NOT NULL,
    stamp BLOB NOT NULL,
    withdrawn TEXT,
    withdrawn_at INTEGER,
    withdrawn_by BLOB,
    withdrawn_stamp BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_buyer ON incidents (buyer, stamp);
";

/// What an event says about a new incident.
pub(super) struct New<'a> {
    pub(super) buyer: BuyerId,
    pub(super) incident: IncidentId,
    pub(super) clause: &'a str,
    pub(super) criterion_version: u32,
    pub(super) at: Timestamp,
    pub(super) orders: &'a [String],
    pub(super) text: &'a str,
    pub(super) buyer_version: Option<&'a str>,
}

pub(super) fn added(conn: &Connection, new: &New<'_>, meta: &Meta) -> Result<(), VaultError> {
    let orders = serde_json::to_vec(new.orders)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    conn.prepare_cached(
        "INSERT INTO incidents (id, buyer, clause, criterion_version, at, orders, text,
             buyer_version, reported_at, reported_by, stamp)
         SELECT ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
         WHERE EXISTS (SELECT 1 FROM buyers WHERE id = ?1)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        new.buyer.as_bytes(),
        new.incident.as_bytes(),
        new.clause,
        new.criterion_version,
        new.at.millis(),
        orders,
        new.text,
        new.buyer_version,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

pub(super) fn withdrawn(
    conn: &Connection,
    buyer: BuyerId,
    incident: IncidentId,
    reason: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE incidents
         SET withdrawn = ?3, withdrawn_at = ?4, withdrawn_by = ?5, withdrawn_stamp = ?6
         WHERE id = ?2 AND buyer = ?1 AND (withdrawn_stamp IS NULL OR withdrawn_stamp < ?6)",
    )?
    .execute(params![
        buyer.as_bytes(),
        incident.as_bytes(),
        reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

pub(super) fn of_buyer(conn: &Connection, buyer: BuyerId) -> Result<Vec<Incident>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT id, clause, criterion_version, at, orders, text, buyer_version, reported_at,
             reported_by, withdrawn
         FROM incidents WHERE buyer = ?1 ORDER BY stamp",
    )?;
    let incidents = query.query_map([buyer.as_bytes()], |row| {
        Ok(Incident {
            id: id(row, 0)?,
            clause: row.get(1)?,
            criterion_version: row.get(2)?,
            at: at(row, 3)?,
            orders: decoded(row, 4, |orders| serde_json::from_slice(orders))?,
            text: row.get(5)?,
            buyer_version: row.get(6)?,
            reported_at: at(row, 7)?,
            reported_by: id(row, 8)?,
            withdrawn: row.get(9)?,
        })
    })?;
    Ok(incidents.collect::<Result<_, _>>()?)
}

impl crate::Read<'_> {
    /// What a buyer did, oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn incidents_of_buyer(&self, buyer: BuyerId) -> Result<Vec<Incident>, VaultError> {
        let people = merges::people(self.conn(), self.holder(buyer)?)?;
        let mut incidents = Vec::new();
        for person in &people {
            incidents.extend(of_buyer(self.conn(), *person)?);
        }
        if people.len() > 1 {
            incidents.sort_by_key(|of| of.reported_at);
        }
        Ok(incidents)
    }

    /// On whom an incident was recorded.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer_of_incident(&self, incident: IncidentId) -> Result<Option<BuyerId>, VaultError> {
        let mut query = self.conn().prepare_cached("SELECT buyer FROM incidents WHERE id = ?1")?;
        Ok(query.query_row([incident.as_bytes()], |row| id(row, 0)).optional()?)
    }

    /// Incidents, not withdrawn, in whose text something stands, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn incidents_mentioning(
        &self,
        part: &str,
        limit: u32,
    ) -> Result<Vec<(BuyerId, IncidentId)>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT buyer, id FROM incidents WHERE instr(upper(text), upper(?1)) AND withdrawn_stamp IS NULL
             ORDER BY stamp DESC LIMIT ?2",
        )?;
        let found = query.query_map(params![part, limit], |row| Ok((id(row, 0)?, id(row, 1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
