//! Reading entries back, and building tables from them.

use super::entry::{self, Header};
use crate::tables::{self, Meta};
use crate::{Part, VaultError};
use buyerwatch_domain::{Event, PersonId};
use rusqlite::{Connection, Row};

/// An entry that can be read and was not erased.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) position: i64,
    pub(crate) event: Event,
    pub(crate) meta: Meta,
}

/// The entries of a query that selects position, header, salt and payload.
fn each(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    mut visit: impl FnMut(Stored) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        if let Some(stored) = read(row)? {
            visit(stored)?;
        }
    }
    Ok(())
}

/// `None` for an entry whose payload was erased, or that this program cannot read.
fn read(row: &Row<'_>) -> Result<Option<Stored>, VaultError> {
    let damaged = || VaultError::Damaged(Part::Journal);
    let header = match Header::decode(row.get_ref(1)?.as_blob().map_err(|_| damaged())?) {
        Err(VaultError::Newer) => return Ok(None),
        header => header?,
    };
    let Some(salt) = row.get::<_, Option<[u8; 32]>>(2)? else { return Ok(None) };
    let payload = row.get_ref(3)?.as_blob().map_err(|_| damaged())?;
    if entry::commit(&salt, payload) != header.payload_commit {
        return Err(damaged());
    }
    let Some((event, at)) = entry::event(&header, payload)? else { return Ok(None) };
    let meta = Meta {
        at,
        actor: PersonId::from_bytes(header.actor_id),
        hlc: header.hlc,
        device: header.device_id,
        seq: i64::try_from(header.seq).map_err(|_| damaged())?,
    };
    Ok(Some(Stored { position: row.get(0)?, event, meta }))
}

/// The entries after a position, in the order in which this database took them in.
pub(crate) fn stored(conn: &Connection, after: i64) -> Result<Vec<Stored>, VaultError> {
    let mut found = Vec::new();
    each(
        conn,
        "SELECT position, header, salt, payload
         FROM journal LEFT JOIN journal_payload USING (position)
         WHERE position > ?1 ORDER BY position",
        [after],
        |stored| {
            found.push(stored);
            Ok(())
        },
    )?;
    Ok(found)
}

/// Brings every entry into the tables of `target`, in the order that is the same on all devices.
pub(crate) fn apply_all(journal: &Connection, target: &Connection) -> Result<(), VaultError> {
    each(
        journal,
        "SELECT position, header, salt, payload
         FROM journal LEFT JOIN journal_payload USING (position)
         ORDER BY hlc, device, seq",
        [],
        |stored| tables::apply(target, &stored.event, &stored.meta),
    )
}

/// Whether entries that were set aside can be read by now.
pub(crate) fn readable_now(conn: &Connection) -> Result<bool, VaultError> {
    let mut found = false;
    each(conn, ASIDE, [], |_| {
        found = true;
        Ok(())
    })?;
    Ok(found)
}

/// Takes the mark off entries that can be read by now, after they were replayed.
pub(crate) fn mark_read(conn: &Connection) -> Result<(), VaultError> {
    let mut read = Vec::new();
    each(conn, ASIDE, [], |stored| {
        read.push(stored.position);
        Ok(())
    })?;
    let mut mark = conn.prepare_cached("UPDATE journal SET aside = 0 WHERE position = ?1")?;
    read.into_iter().try_for_each(|position| Ok(mark.execute([position]).map(|_| ())?))
}

/// Stored files that entries name which were set aside.
pub(crate) fn blobs_set_aside(
    conn: &Connection,
) -> Result<impl Iterator<Item = [u8; 32]>, VaultError> {
    let mut statement = conn.prepare_cached("SELECT header FROM journal WHERE aside = 1")?;
    let mut rows = statement.query([])?;
    let mut named = Vec::new();
    while let Some(row) = rows.next()? {
        let header = row.get_ref(0)?.as_blob().map_err(|_| VaultError::Damaged(Part::Journal))?;
        named.extend(Header::decode(header)?.blob_refs);
    }
    Ok(named.into_iter())
}

const ASIDE: &str = "SELECT position, header, salt, payload
    FROM journal LEFT JOIN journal_payload USING (position)
    WHERE aside = 1 ORDER BY position";
