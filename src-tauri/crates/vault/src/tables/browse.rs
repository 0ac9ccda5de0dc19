//! Buyers as the list shows, sorts and searches them.
//!
//! Derived from the decided tables and from sightings, in folded spelling, so it is no part of what
//! a replay of the journal must give byte for byte.

use super::column::id;
use super::{Meta, identifiers, notes};
use crate::VaultError;
use buyerwatch_domain::{BuyerId, IdentifierId, IdentifierKind, NoteId, Timestamp};
use rusqlite::{Connection, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE buyer_browse (
    buyer BLOB PRIMARY KEY,
    status TEXT NOT NULL,
    name TEXT NOT NULL,
    incidents INTEGER NOT NULL,
    review_due INTEGER,
    changed_at INTEGER NOT NULL,
    sightings INTEGER NOT NULL DEFAULT 0,
    seen_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX buyer_browse_name ON buyer_browse (status, name, buyer);
CREATE INDEX buyer_browse_incidents ON buyer_browse (status, incidents, buyer);
CREATE INDEX buyer_browse_review ON buyer_browse (status, review_due, buyer);
CREATE INDEX buyer_browse_sightings ON buyer_browse (status, sightings, buyer);
CREATE INDEX buyer_browse_recent
    ON buyer_browse (status, max(changed_at, coalesce(seen_at, changed_at)), buyer);
CREATE TABLE buyer_counts (
    status TEXT PRIMARY KEY,
    buyers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER buyer_counts_added AFTER INSERT ON buyer_browse BEGIN
    INSERT INTO buyer_counts (status, buyers) VALUES (new.status, 1)
    ON CONFLICT (status) DO UPDATE SET buyers = buyers + 1;
END;
CREATE TRIGGER buyer_counts_changed AFTER UPDATE OF status ON buyer_browse
WHEN new.status <> old.status BEGIN
    UPDATE buyer_counts SET buyers = buyers - 1 WHERE status = old.status;
    INSERT INTO buyer_counts (status, buyers) VALUES (new.status, 1)
    ON CONFLICT (status) DO UPDATE SET buyers = buyers + 1;
END;
CREATE TABLE buyer_search (
    buyer BLOB NOT NULL,
    source BLOB NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (buyer, source)
) STRICT, WITHOUT ROWID;
";

/// Brings the row of a buyer up to date after an event about them.
pub(super) fn refresh(conn: &Connection, buyer: BuyerId, meta: &Meta) -> Result<(), VaultError> {
    let name = identifiers::label(conn, buyer)?.map(|i| fold(&i.value)).unwrap_or_default();
    conn.prepare_cached(
        "INSERT INTO buyer_browse (buyer, status, name, incidents, review_due, changed_at)
         SELECT id, status, ?2,
             (SELECT count(*) FROM incidents WHERE buyer = ?1 AND withdrawn_stamp IS NULL),
             (SELECT review_due FROM listings WHERE buyer = ?1 AND state = 'active'
              ORDER BY stamp DESC LIMIT 1),
             ?3
         FROM buyers WHERE id = ?1
         ON CONFLICT (buyer) DO UPDATE
         SET status = excluded.status, name = excluded.name, incidents = excluded.incidents,
             review_due = excluded.review_due, changed_at = max(changed_at, excluded.changed_at)",
    )?
    .execute(params![buyer.as_bytes(), name, meta.at.millis()])?;
    Ok(())
}

/// Brings what is searched for of an identifier up to date after it was added or removed.
pub(super) fn refresh_identifier(
    conn: &Connection,
    buyer: BuyerId,
    identifier: IdentifierId,
) -> Result<(), VaultError> {
    let carried = identifiers::carried(conn, buyer, identifier)?;
    let folded = carried.map(|identifier| {
        let mut folded = fold(&identifier.value);
        if identifier.kind == IdentifierKind::Phone {
            // Found however the digits are grouped.
            folded.push('\n');
            folded.extend(identifier.value.chars().filter(char::is_ascii_digit));
        }
        folded
    });
    searched(conn, buyer, identifier.as_bytes(), folded)
}

/// Brings what is searched for of a note up to date after it was added.
pub(super) fn refresh_note(
    conn: &Connection,
    buyer: BuyerId,
    note: NoteId,
) -> Result<(), VaultError> {
    let text = notes::text(conn, buyer, note)?;
    searched(conn, buyer, note.as_bytes(), text.map(|text| fold(&text)))
}

fn searched(
    conn: &Connection,
    buyer: BuyerId,
    source: &[u8; 16],
    folded: Option<String>,
) -> Result<(), VaultError> {
    let sql = match folded {
        Some(_) => {
            "INSERT OR REPLACE INTO buyer_search (buyer, source, folded) VALUES (?1, ?2, ?3)"
        }
        None => "DELETE FROM buyer_search WHERE buyer = ?1 AND source = ?2 AND ?3 IS NULL",
    };
    conn.prepare_cached(sql)?.execute(params![buyer.as_bytes(), source, folded])?;
    Ok(())
}

/// Counts one more order in which the buyer was recognised.
pub(super) fn seen(conn: &Connection, buyer: BuyerId, at: Timestamp) -> Result<(), VaultError> {
    conn.prepare_cached(
        "UPDATE buyer_browse
         SET sightings = sightings + 1, seen_at = max(coalesce(seen_at, ?2), ?2)
         WHERE buyer = ?1",
    )?
    .execute(params![buyer.as_bytes(), at.millis()])?;
    Ok(())
}

/// The buyers one of whose texts holds the needle.
pub(super) fn found(conn: &Connection, needle: &str) -> Result<Vec<BuyerId>, VaultError> {
    let folded = fold(needle);
    let grouping = |c: char| matches!(c, ' ' | '+' | '-' | '/' | '(' | ')' | '.');
    let digits: String = needle.chars().filter(char::is_ascii_digit).collect();
    let a_number = digits.len() >= 4 && needle.chars().all(|c| c.is_ascii_digit() || grouping(c));
    let mut query = conn.prepare_cached(
        "SELECT DISTINCT buyer FROM buyer_search
         WHERE instr(folded, ?1) OR (?2 IS NOT NULL AND instr(folded, ?2))",
    )?;
    let found = query.query_map(params![folded, a_number.then_some(digits)], |row| id(row, 0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// One spelling for upper and lower case and for full-width and half-width letters.
pub(super) fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.trim().nfkc().flat_map(char::to_lowercase).collect()
}
