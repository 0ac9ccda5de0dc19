//! What happened to each exhibit, as the journal tells it.

use super::Meta;
use super::column::{at, id};
use crate::{DeviceId, Read, VaultError};
use buyerwatch_domain::{Event, ExhibitId, PersonId, Timestamp};
use rusqlite::{Connection, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE custody (
    exhibit BLOB NOT NULL,
    stamp BLOB NOT NULL,
    at INTEGER NOT NULL,
    actor BLOB NOT NULL,
    device BLOB NOT NULL,
    act TEXT NOT NULL,
    detail TEXT,
    PRIMARY KEY (exhibit, stamp)
) STRICT, WITHOUT ROWID;
";

/// One thing that happened to an exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyEntry {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// What, by its stable name: `added`, `linked`, `unlinked`, `annotated`, `kind_changed`,
    /// `viewed`, `exported`, `verified`, `damaged`, `derived`, `removed`.
    pub act: String,
    /// The hash, link, remark, kind, purpose, reason, damage or derived exhibit.
    pub detail: Option<String>,
}

/// Writes down what an event means for the exhibits that it touches.
pub(super) fn follow(conn: &Connection, event: &Event, meta: &Meta) -> Result<(), VaultError> {
    let note = |exhibit: &ExhibitId, act: &str, detail: Option<&str>| {
        happened(conn, *exhibit, act, detail, meta)
    };
    match event {
        Event::ExhibitAdded { exhibit, sha256, derived_from, .. } => {
            if let Some(source) = derived_from {
                note(source, "derived", Some(&exhibit.to_string()))?;
            }
            note(exhibit, "added", Some(sha256))
        }
        Event::ExhibitLinked { exhibit, link } => note(exhibit, "linked", Some(&link.text())),
        Event::ExhibitUnlinked { exhibit, link } => note(exhibit, "unlinked", Some(&link.text())),
        Event::ExhibitAnnotated { exhibit, text } => note(exhibit, "annotated", Some(text)),
        Event::ExhibitKindChanged { exhibit, exhibit_kind } => {
            note(exhibit, "kind_changed", Some(exhibit_kind.code()))
        }
        Event::ExhibitViewed { exhibit, purpose } => note(exhibit, "viewed", purpose.as_deref()),
        Event::ExhibitExported { exhibit, purpose } => {
            note(exhibit, "exported", purpose.as_deref())
        }
        Event::ExhibitsVerified { intact, damaged, purpose } => {
            let purpose = purpose.as_deref();
            intact.iter().try_for_each(|exhibit| note(exhibit, "verified", purpose))?;
            damaged.iter().try_for_each(|(exhibit, code)| note(exhibit, "damaged", Some(code)))
        }
        Event::ExhibitRemoved { exhibit, reason } => note(exhibit, "removed", Some(reason)),
        _ => Ok(()),
    }
}

fn happened(
    conn: &Connection,
    exhibit: ExhibitId,
    act: &str,
    detail: Option<&str>,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO custody (exhibit, stamp, at, actor, device, act, detail)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM exhibits WHERE id = ?1)
         ON CONFLICT (exhibit, stamp) DO NOTHING",
    )?
    .execute(params![
        exhibit.as_bytes(),
        meta.stamp(),
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.device,
        act,
        detail
    ])?;
    Ok(())
}

impl Read<'_> {
    /// All that happened to an exhibit, oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn custody(&self, exhibit: ExhibitId) -> Result<Vec<CustodyEntry>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT at, actor, device, act, detail FROM custody
             WHERE exhibit = ?1 ORDER BY stamp",
        )?;
        let entries = query.query_map([exhibit.as_bytes()], |row| {
            Ok(CustodyEntry {
                at: at(row, 0)?,
                actor: id(row, 1)?,
                device: row.get(2).map(DeviceId)?,
                act: row.get(3)?,
                detail: row.get(4)?,
            })
        })?;
        Ok(entries.collect::<Result<_, _>>()?)
    }
}
