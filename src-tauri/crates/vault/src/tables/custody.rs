//! What happened to each exhibit, as the journal tells it.

use super::Meta;
use super::column::{at, id};
use crate::{DeviceId, Read, VaultError};
use buyerwatch_domain::{Event, ExhibitId, ExhibitLink, PersonId, Timestamp};
use rusqlite::{Connection, params};
use std::slice;

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

/// What for, and what it was said to belong to: a JSON list of [`ExhibitLink::text`]s.
pub(super) const SCHEMA_3: &str = "
ALTER TABLE custody ADD COLUMN purpose TEXT;
ALTER TABLE custody ADD COLUMN links TEXT;
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
    /// The hash, remark, kind, reason, damage or derived exhibit.
    pub detail: Option<String>,
    /// What for: a [code](buyerwatch_domain::Purpose::code), or somebody's words.
    pub purpose: Option<String>,
    /// What it was said to belong to, or no longer to belong to.
    pub links: Vec<ExhibitLink>,
}

/// Writes down what an event means for the exhibits that it touches.
pub(super) fn follow(conn: &Connection, event: &Event, meta: &Meta) -> Result<(), VaultError> {
    let note = |exhibit: &ExhibitId, act: Act<'_>| happened(conn, *exhibit, &act, meta);
    match event {
        Event::ExhibitAdded { exhibit, sha256, derived_from, links, purpose, .. } => {
            if let Some(source) = derived_from {
                let derived = exhibit.to_string();
                note(source, Act::new("derived", purpose).with(&derived))?;
            }
            note(exhibit, Act { links, ..Act::new("added", purpose).with(sha256) })
        }
        Event::ExhibitLinked { exhibit, link, purpose } => {
            note(exhibit, Act { links: slice::from_ref(link), ..Act::new("linked", purpose) })
        }
        Event::ExhibitUnlinked { exhibit, link, purpose } => {
            note(exhibit, Act { links: slice::from_ref(link), ..Act::new("unlinked", purpose) })
        }
        Event::ExhibitAnnotated { exhibit, text, purpose } => {
            note(exhibit, Act::new("annotated", purpose).with(text))
        }
        Event::ExhibitKindChanged { exhibit, exhibit_kind, purpose } => {
            note(exhibit, Act::new("kind_changed", purpose).with(exhibit_kind.code()))
        }
        Event::ExhibitViewed { exhibit, purpose } => note(exhibit, Act::new("viewed", purpose)),
        Event::ExhibitExported { exhibit, purpose } => note(exhibit, Act::new("exported", purpose)),
        Event::ExhibitsVerified { intact, damaged, purpose } => {
            let intact = intact.iter().map(|exhibit| (exhibit, Act::new("verified", purpose)));
            let found = |code| Act::new("damaged", purpose).with(code);
            let damaged = damaged.iter().map(|(exhibit, code)| (exhibit, found(code)));
            intact.chain(damaged).try_for_each(|(exhibit, act)| note(exhibit, act))
        }
        Event::ExhibitRemoved { exhibit, reason } => {
            note(exhibit, Act::new("removed", &None).with(reason))
        }
        _ => Ok(()),
    }
}

/// What is written down of one exhibit.
struct Act<'a> {
    name: &'static str,
    detail: Option<&'a str>,
    purpose: Option<&'a str>,
    links: &'a [ExhibitLink],
}

impl<'a> Act<'a> {
    fn new(name: &'static str, purpose: &'a Option<String>) -> Self {
        Self { name, detail: None, purpose: purpose.as_deref(), links: &[] }
    }

    fn with(self, detail: &'a str) -> Self {
        Self { detail: Some(detail), ..self }
    }
}

fn happened(
    conn: &Connection,
    exhibit: ExhibitId,
    act: &Act<'_>,
    meta: &Meta,
) -> Result<(), VaultError> {
    let links: Vec<String> = act.links.iter().map(ExhibitLink::text).collect();
    let links = (!links.is_empty()).then(|| serde_json::Value::from(links).to_string());
    conn.prepare_cached(
        "INSERT INTO custody (exhibit, stamp, at, actor, device, act, detail, purpose, links)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE EXISTS (SELECT 1 FROM exhibits WHERE id = ?1)
         ON CONFLICT (exhibit, stamp) DO NOTHING",
    )?
    .execute(params![
        exhibit.as_bytes(),
        meta.stamp(),
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.device,
        act.name,
        act.detail,
        act.purpose,
        links,
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
            "SELECT at, actor, device, act, detail, purpose, links FROM custody
             WHERE exhibit = ?1 ORDER BY stamp",
        )?;
        let entries = query.query_map([exhibit.as_bytes()], |row| {
            Ok(CustodyEntry {
                at: at(row, 0)?,
                actor: id(row, 1)?,
                device: row.get(2).map(DeviceId)?,
                act: row.get(3)?,
                detail: row.get(4)?,
                purpose: row.get(5)?,
                links: links(row.get(6)?),
            })
        })?;
        Ok(entries.collect::<Result<_, _>>()?)
    }
}

/// What stands in the column `links`.
fn links(stored: Option<String>) -> Vec<ExhibitLink> {
    let texts: Vec<String> =
        stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    texts.iter().filter_map(|text| ExhibitLink::from_text(text)).collect()
}
