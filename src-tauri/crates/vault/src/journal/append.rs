//! Writing entries: what the next one points to is read inside the transaction that writes it.

use super::entry::{self, Dep, Header, Sealed};
use crate::{Entropy, OsEntropy, VaultError, clock};
use buyerwatch_domain::Stamp;
use ed25519_dalek::SigningKey;
use rusqlite::{Connection, OptionalExtension, params};

/// Who signs: this installation, in this vault.
pub(crate) struct Author {
    pub(crate) space_id: [u8; 16],
    pub(crate) key: SigningKey,
}

impl Author {
    pub(crate) fn device_id(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }
}

impl std::fmt::Debug for Author {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Author(***)")
    }
}

/// What an entry is to say.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) kind: &'a str,
    pub(crate) entity: (&'a str, [u8; 16]),
    pub(crate) payload: Vec<u8>,
    /// The stored file that it brings in.
    pub(crate) blob: Option<[u8; 32]>,
}

/// Where an entry ended up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) position: i64,
    pub(crate) hlc: i64,
    pub(crate) seq: i64,
}

/// The ends of all chains, as they stand inside one write transaction. Never kept longer: another
/// process may write in between.
#[derive(Debug)]
pub(crate) struct Chain {
    next_seq: u64,
    prev: Option<[u8; 32]>,
    hlc: Option<i64>,
    position: i64,
    deps: Vec<Dep>,
}

impl Chain {
    /// Reads the ends.
    pub(crate) fn load(conn: &Connection, author: &Author) -> Result<Self, VaultError> {
        let device = author.device_id();
        let mut deps = ends(conn)?;
        let own = deps.iter().position(|end| end.device == device).map(|at| deps.remove(at));
        let last = |column: &str| -> Result<Option<i64>, VaultError> {
            let sql = format!("SELECT max({column}) FROM journal");
            Ok(conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
        };
        Ok(Self {
            next_seq: own.as_ref().map_or(0, |own| own.seq.saturating_add(1)),
            prev: own.map(|own| own.hash),
            hlc: last("hlc")?,
            position: last("position")?.unwrap_or(0),
            deps,
        })
    }

    /// Signs and stores an entry.
    pub(crate) fn append(
        &mut self,
        conn: &Connection,
        author: &Author,
        stamp: Stamp,
        draft: &Draft<'_>,
    ) -> Result<Placed, VaultError> {
        let mut salt = [0; 32];
        OsEntropy.fill(&mut salt)?;
        let commit = entry::commit(&salt, &draft.payload);
        let mut header =
            Header::draft(draft.kind, draft.entity, stamp.actor, commit, &draft.payload);
        header.space_id = author.space_id;
        header.device_id = author.device_id();
        header.seq = self.next_seq;
        header.prev = self.prev;
        header.hlc = clock::next(self.hlc, stamp.at);
        header.deps.clone_from(&self.deps);
        header.blob_refs.extend(draft.blob);
        let sealed = entry::seal(&header, &author.key)?;
        let placed = insert(conn, self.position + 1, &header, &sealed, false)?;
        insert_payload(conn, placed.position, &salt, &draft.payload)?;
        self.next_seq = self.next_seq.saturating_add(1);
        self.prev = Some(sealed.hash);
        self.hlc = Some(header.hlc);
        self.position = placed.position;
        Ok(placed)
    }
}

/// Stores an entry as it was signed.
pub(super) fn insert(
    conn: &Connection,
    position: i64,
    header: &Header,
    sealed: &Sealed,
    aside: bool,
) -> Result<Placed, VaultError> {
    let seq = i64::try_from(header.seq).map_err(|_| VaultError::Damaged(crate::Part::Journal))?;
    conn.prepare_cached(
        "INSERT INTO journal (position, device, seq, hlc, hash, header, signature, aside)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        position,
        header.device_id,
        seq,
        header.hlc,
        sealed.hash,
        sealed.header,
        sealed.signature,
        aside
    ])?;
    Ok(Placed { position, hlc: header.hlc, seq })
}

pub(super) fn insert_payload(
    conn: &Connection,
    position: i64,
    salt: &[u8; 32],
    payload: &[u8],
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO journal_payload (position, salt, payload) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![position, salt, payload])?;
    Ok(())
}

/// The newest entry of every device, by device.
pub(crate) fn ends(conn: &Connection) -> Result<Vec<Dep>, VaultError> {
    // Hops from device to device over the index, however long the chains are.
    let mut next = conn
        .prepare_cached("SELECT device FROM journal WHERE device > ?1 ORDER BY device LIMIT 1")?;
    let mut last = conn.prepare_cached(
        "SELECT seq, hash FROM journal WHERE device = ?1 ORDER BY seq DESC LIMIT 1",
    )?;
    let mut ends: Vec<Dep> = Vec::new();
    loop {
        let after = ends.last().map_or(&[][..], |end| &end.device);
        let Some(device) = next.query_row([after], |row| row.get(0)).optional()? else {
            return Ok(ends);
        };
        let end = last.query_row([device], |row| {
            Ok(Dep { device, seq: row.get::<_, i64>(0)?.unsigned_abs(), hash: row.get(1)? })
        })?;
        ends.push(end);
    }
}
