//! Evidence, and what it belongs to. What an exhibit shows, each link, the taking out and the last
//! check are each set by the later stamp.

use super::Meta;
use super::column::{at, at_or_none, code, id, id_or_none};
use crate::VaultError;
use buyerwatch_domain::{
    BlobId, BuyerId, Exhibit, ExhibitId, ExhibitKind, ExhibitLink, MediaClass, Removal, Timestamp,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE exhibits (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    kind_stamp BLOB NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    class TEXT NOT NULL,
    captured_at INTEGER,
    blob BLOB NOT NULL,
    derived_from BLOB,
    added_at INTEGER NOT NULL,
    added_by BLOB NOT NULL,
    stamp BLOB NOT NULL,
    removed TEXT,
    removed_at INTEGER,
    removed_by BLOB,
    removed_stamp BLOB,
    damaged TEXT,
    verified_at INTEGER,
    verified_stamp BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX exhibits_added ON exhibits (added_at, id);
CREATE INDEX exhibits_content ON exhibits (sha256);
CREATE INDEX exhibits_blob ON exhibits (blob);
CREATE INDEX exhibits_source ON exhibits (derived_from) WHERE derived_from IS NOT NULL;
CREATE TABLE exhibit_links (
    exhibit BLOB NOT NULL,
    target TEXT NOT NULL,
    buyer BLOB,
    incident BLOB,
    order_id TEXT,
    linked INTEGER NOT NULL,
    stamp BLOB NOT NULL,
    PRIMARY KEY (exhibit, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX exhibit_links_buyer ON exhibit_links (buyer, exhibit) WHERE buyer IS NOT NULL;
CREATE INDEX exhibit_links_incident ON exhibit_links (incident, exhibit)
    WHERE incident IS NOT NULL;
CREATE INDEX exhibit_links_order ON exhibit_links (order_id, exhibit) WHERE order_id IS NOT NULL;
";

/// How far the clock of the device was from UTC, in minutes.
pub(super) const SCHEMA_2: &str = "ALTER TABLE exhibits ADD COLUMN captured_offset INTEGER;";

/// What an event says about new evidence.
pub(super) struct New<'a> {
    pub(super) exhibit: ExhibitId,
    pub(super) kind: ExhibitKind,
    pub(super) name: &'a str,
    pub(super) sha256: &'a str,
    pub(super) bytes: u64,
    pub(super) media_type: &'a str,
    pub(super) captured_at: Option<Timestamp>,
    pub(super) captured_offset: Option<i16>,
    pub(super) blob: BlobId,
    pub(super) derived_from: Option<ExhibitId>,
    pub(super) links: &'a [ExhibitLink],
}

pub(super) fn added(conn: &Connection, new: &New<'_>, meta: &Meta) -> Result<(), VaultError> {
    let inserted = conn
        .prepare_cached(
            "INSERT INTO exhibits (id, kind, kind_stamp, name, sha256, bytes, media_type, class,
                 captured_at, blob, derived_from, added_at, added_by, stamp, captured_offset)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?3, ?14)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            new.exhibit.as_bytes(),
            new.kind.code(),
            meta.stamp(),
            new.name,
            new.sha256,
            // Kept by its bits: the column has a sign, and no file comes near the half of the range.
            new.bytes.cast_signed(),
            new.media_type,
            MediaClass::of(new.media_type).code(),
            new.captured_at.map(Timestamp::millis),
            new.blob.as_bytes(),
            new.derived_from.as_ref().map(ExhibitId::as_bytes),
            meta.at.millis(),
            meta.actor.as_bytes(),
            new.captured_offset,
        ])?;
    if inserted > 0 {
        for to in new.links {
            link(conn, new.exhibit, to, true, meta)?;
        }
    }
    Ok(())
}

/// Ties an exhibit to something, or unties it.
pub(super) fn link(
    conn: &Connection,
    exhibit: ExhibitId,
    to: &ExhibitLink,
    linked: bool,
    meta: &Meta,
) -> Result<(), VaultError> {
    let (incident, order_id) = match to {
        ExhibitLink::Buyer { .. } => (None, None),
        ExhibitLink::Incident { incident, .. } => (Some(incident.as_bytes()), None),
        ExhibitLink::Order { order_id } => (None, Some(order_id)),
    };
    let buyer = to.buyer();
    conn.prepare_cached(
        "INSERT INTO exhibit_links (exhibit, target, buyer, incident, order_id, linked, stamp)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM exhibits WHERE id = ?1)
         ON CONFLICT (exhibit, target) DO UPDATE
         SET linked = excluded.linked, stamp = excluded.stamp WHERE excluded.stamp > stamp",
    )?
    .execute(params![
        exhibit.as_bytes(),
        to.text(),
        buyer.as_ref().map(BuyerId::as_bytes),
        incident,
        order_id,
        linked,
        meta.stamp()
    ])?;
    Ok(())
}

pub(super) fn kind_changed(
    conn: &Connection,
    exhibit: ExhibitId,
    kind: ExhibitKind,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE exhibits SET kind = ?2, kind_stamp = ?3 WHERE id = ?1 AND kind_stamp < ?3",
    )?
    .execute(params![exhibit.as_bytes(), kind.code(), meta.stamp()])?;
    Ok(())
}

pub(super) fn verified(
    conn: &Connection,
    exhibit: ExhibitId,
    damaged: Option<&str>,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE exhibits SET damaged = ?2, verified_at = ?3, verified_stamp = ?4
         WHERE id = ?1 AND (verified_stamp IS NULL OR verified_stamp < ?4)",
    )?
    .execute(params![exhibit.as_bytes(), damaged, meta.at.millis(), meta.stamp()])?;
    Ok(())
}

pub(super) fn removed(
    conn: &Connection,
    exhibit: ExhibitId,
    reason: &str,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE exhibits SET removed = ?2, removed_at = ?3, removed_by = ?4, removed_stamp = ?5
         WHERE id = ?1 AND (removed_stamp IS NULL OR removed_stamp < ?5)",
    )?
    .execute(params![
        exhibit.as_bytes(),
        reason,
        meta.at.millis(),
        meta.actor.as_bytes(),
        meta.stamp()
    ])?;
    Ok(())
}

/// Columns in the order of [`read`].
pub(super) const COLUMNS: &str = "e.id, e.kind, e.name, e.sha256, e.bytes, e.media_type,
    e.captured_at, e.blob, e.derived_from, e.added_at, e.added_by, e.removed, e.removed_at,
    e.removed_by, e.damaged, e.captured_offset";

/// An exhibit without its links.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Exhibit> {
    let reason: Option<String> = row.get(11)?;
    let removed = match reason {
        Some(reason) => Some(Removal { reason, at: at(row, 12)?, by: id(row, 13)? }),
        None => None,
    };
    Ok(Exhibit {
        id: id(row, 0)?,
        kind: code(row, 1, ExhibitKind::from_code)?,
        name: row.get(2)?,
        sha256: row.get(3)?,
        bytes: row.get::<_, i64>(4)?.cast_unsigned(),
        media_type: row.get(5)?,
        captured_at: at_or_none(row, 6)?,
        captured_offset: row.get(15)?,
        blob: row.get(7).map(BlobId::from_bytes)?,
        derived_from: id_or_none(row, 8)?,
        links: Vec::new(),
        added_at: at(row, 9)?,
        added_by: id(row, 10)?,
        removed,
        damaged: row.get(14)?,
    })
}

/// Reads exhibits with their links.
pub(super) fn all(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Exhibit>, VaultError> {
    let mut query = conn.prepare_cached(sql)?;
    let mut exhibits = query.query_map(params, read)?.collect::<Result<Vec<_>, _>>()?;
    for exhibit in &mut exhibits {
        exhibit.links = links(conn, exhibit.id)?;
    }
    Ok(exhibits)
}

/// What an exhibit belongs to, in the order of the kinds of link.
fn links(conn: &Connection, exhibit: ExhibitId) -> Result<Vec<ExhibitLink>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT buyer, incident, order_id FROM exhibit_links WHERE exhibit = ?1 AND linked",
    )?;
    let links = query.query_map([exhibit.as_bytes()], |row| {
        Ok(match (id_or_none(row, 0)?, id_or_none(row, 1)?) {
            (Some(buyer), Some(incident)) => ExhibitLink::Incident { buyer, incident },
            (Some(buyer), None) => ExhibitLink::Buyer { buyer },
            (None, _) => ExhibitLink::Order { order_id: row.get(2)? },
        })
    })?;
    let mut links = links.collect::<Result<Vec<_>, _>>()?;
    links.sort();
    Ok(links)
}

/// Every exhibit that concerns the buyer `?1`: named by a link, or of an order that one of their
/// incidents names.
pub(super) const OF_BUYER: &str = "
    SELECT exhibit FROM exhibit_links WHERE buyer = ?1 AND linked
    UNION SELECT l.exhibit
    FROM incidents AS i, json_each(CAST(i.orders AS TEXT)) AS named
    JOIN exhibit_links AS l ON l.order_id = named.value
    WHERE i.buyer = ?1 AND i.withdrawn_stamp IS NULL AND l.linked";

pub(super) fn of_buyer(conn: &Connection, buyer: BuyerId) -> Result<Vec<Exhibit>, VaultError> {
    let sql =
        format!("SELECT {COLUMNS} FROM exhibits AS e WHERE e.id IN ({OF_BUYER}) ORDER BY e.stamp");
    all(conn, &sql, [buyer.as_bytes()])
}

impl crate::Read<'_> {
    /// An exhibit, also one that was taken out.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn exhibit(&self, id: ExhibitId) -> Result<Option<Exhibit>, VaultError> {
        let sql = format!("SELECT {COLUMNS} FROM exhibits AS e WHERE e.id = ?1");
        Ok(all(self.conn(), &sql, [id.as_bytes()])?.pop())
    }

    /// Exhibits that were made from this one, oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn exhibits_derived_from(&self, id: ExhibitId) -> Result<Vec<ExhibitId>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT id FROM exhibits WHERE derived_from = ?1 ORDER BY stamp")?;
        let found = query.query_map([id.as_bytes()], |row| self::id(row, 0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Every buyer with an incident, not withdrawn, that names the order.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyers_citing(&self, order_id: &str) -> Result<Vec<BuyerId>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT DISTINCT coalesce(b.holder, b.id) AS holder
             FROM incidents AS i, json_each(CAST(i.orders AS TEXT)) AS named
             JOIN buyers AS b ON b.id = i.buyer
             WHERE i.withdrawn_stamp IS NULL AND named.value = ?1 ORDER BY holder",
        )?;
        let found = query.query_map([order_id], |row| id(row, 0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Exhibits in whose names a text occurs, in letters of either case, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn exhibits_named(&self, part: &str, limit: u32) -> Result<Vec<Exhibit>, VaultError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM exhibits AS e
             WHERE instr(upper(e.name), upper(?1)) AND e.removed_stamp IS NULL
             ORDER BY e.added_at DESC, e.id LIMIT ?2"
        );
        all(self.conn(), &sql, params![part, limit])
    }

    /// The stored file that holds this content, of an exhibit that is there and was not found
    /// damaged.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn blob_with(&self, sha256: &str) -> Result<Option<BlobId>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT blob FROM exhibits
             WHERE sha256 = ?1 AND removed_stamp IS NULL AND damaged IS NULL
             ORDER BY stamp LIMIT 1",
        )?;
        Ok(query.query_row([sha256], |row| row.get(0).map(BlobId::from_bytes)).optional()?)
    }

    /// Exhibits that are there and rest on a stored file.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn exhibits_on(&self, blob: BlobId) -> Result<Vec<ExhibitId>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT id FROM exhibits WHERE blob = ?1 AND removed_stamp IS NULL ORDER BY stamp",
        )?;
        let found = query.query_map([blob.as_bytes()], |row| id(row, 0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
