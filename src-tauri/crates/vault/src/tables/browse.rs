//! Buyers as the list shows, sorts and searches them.
//!
//! Derived from the decided tables and from sightings, in folded spelling, so it is no part of what
//! a replay of the journal must give byte for byte.

use super::column::{code, id};
use super::{Meta, identifiers, merges, notes};
use crate::VaultError;
use buyerwatch_domain::{BuyerId, BuyerStatus, IdentifierId, IdentifierKind, NoteId, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, params};

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

/// Status of a row whose buyer is read as another one: no list shows it.
pub(super) const MERGED: &str = "merged";

/// Brings the row of a buyer up to date after an event about them, and that of whom they are read as.
pub(super) fn refresh(conn: &Connection, buyer: BuyerId, meta: &Meta) -> Result<(), VaultError> {
    refresh_row(conn, buyer, Some(meta.at))?;
    let holder = merges::holder(conn, buyer)?;
    if holder == buyer { Ok(()) } else { refresh_row(conn, holder, None) }
}

/// Brings one row up to date; `at` if something was recorded on this very buyer.
pub(super) fn refresh_row(
    conn: &Connection,
    buyer: BuyerId,
    at: Option<Timestamp>,
) -> Result<(), VaultError> {
    let name = identifiers::label(conn, buyer)?.map(|i| fold(&i.value)).unwrap_or_default();
    let holds = merges::holder(conn, buyer)? == buyer;
    let people = if holds { merges::people(conn, buyer)? } else { vec![buyer] };
    let mut own = conn.prepare_cached(
        "SELECT status, (SELECT count(*) FROM incidents WHERE buyer = ?1 AND withdrawn_stamp IS NULL)
         FROM buyers WHERE id = ?1",
    )?;
    let mut incidents = 0;
    let mut status = None;
    for person in &people {
        let found = own
            .query_row([person.as_bytes()], |row| {
                Ok((code(row, 0, BuyerStatus::from_code)?, row.get::<_, i64>(1)?))
            })
            .optional()?;
        let Some((theirs, count)) = found else { continue };
        incidents += count;
        status = BuyerStatus::of_all(status.into_iter().chain([theirs]));
    }
    let Some(status) = status else { return Ok(()) };
    let listing = merges::active(conn, &people)?;
    conn.prepare_cached(
        "INSERT INTO buyer_browse (buyer, status, name, incidents, review_due, changed_at)
         SELECT id, ?2, ?3, ?4, ?5, coalesce(?6, added_at) FROM buyers WHERE id = ?1
         ON CONFLICT (buyer) DO UPDATE
         SET status = excluded.status, name = excluded.name, incidents = excluded.incidents,
             review_due = excluded.review_due, changed_at = max(changed_at, excluded.changed_at)",
    )?
    .execute(params![
        buyer.as_bytes(),
        if holds { status.code() } else { MERGED },
        name,
        incidents,
        listing.map(Timestamp::millis),
        at.map(Timestamp::millis)
    ])?;
    Ok(())
}

/// Counts anew in how many orders a buyer and those merged into them were recognised.
pub(super) fn recount(conn: &Connection, buyer: BuyerId) -> Result<(), VaultError> {
    conn.prepare_cached(
        "WITH people (id) AS (SELECT ?1 UNION SELECT id FROM buyers WHERE holder = ?1)
         UPDATE buyer_browse
         SET sightings = (SELECT count(DISTINCT order_key) FROM sightings
                 WHERE buyer IN (SELECT id FROM people)),
             seen_at = (SELECT max(at) FROM sightings WHERE buyer IN (SELECT id FROM people))
         WHERE buyer = ?1",
    )?
    .execute([buyer.as_bytes()])?;
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
        "SELECT DISTINCT coalesce(b.holder, s.buyer)
         FROM buyer_search AS s LEFT JOIN buyers AS b ON b.id = s.buyer
         WHERE instr(s.folded, ?1) OR (?2 IS NOT NULL AND instr(s.folded, ?2))",
    )?;
    let found = query.query_map(params![folded, a_number.then_some(digits)], |row| id(row, 0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// One spelling for upper and lower case and for full-width and half-width letters.
pub(super) fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.trim().nfkc().flat_map(char::to_lowercase).collect()
}
