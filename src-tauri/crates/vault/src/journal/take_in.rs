//! Taking in entries that another copy of this vault wrote.

use super::append::{insert, insert_payload};
use super::entry::{self, Header, Sealed};
use crate::tables::{self, Meta};
use crate::{Part, VaultError, Write, rebuild};
use buyerwatch_domain::{PersonId, Tag};
use rusqlite::{OptionalExtension, params};

/// An entry as another device signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The header, byte for byte.
    pub header: Vec<u8>,
    /// The device's signature over it.
    pub signature: [u8; 64],
    /// Salt and payload; `None` when it was erased.
    pub payload: Option<([u8; 32], Vec<u8>)>,
}

/// What became of a received entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenIn {
    /// It is in the journal now.
    New,
    /// It was there already.
    Known,
    /// Another entry has its number. It was kept as proof and changes nothing.
    Fork,
    /// It is in the journal; this program cannot read it and leaves it for a newer one.
    SetAside,
}

impl Write<'_> {
    /// Takes in an entry of another device. The entries before it must be there.
    ///
    /// # Errors
    /// [`Part::Journal`] is damaged when the signature does not hold, the entry belongs to another
    /// vault, its payload is not the signed one, or entries before it are missing.
    pub fn take_in(&mut self, received: &Received) -> Result<TakenIn, VaultError> {
        let damaged = || VaultError::Damaged(Part::Journal);
        let header = Header::decode(&received.header)?;
        let sealed = Sealed {
            header: received.header.clone(),
            signature: received.signature,
            hash: entry::hash(&received.header, &received.signature),
        };
        let payload_fits = received.payload.as_ref().is_none_or(|(salt, payload)| {
            entry::commit(salt, payload) == header.payload_commit
                && u64::try_from(payload.len()) == Ok(header.payload_len)
        });
        if header.space_id != self.space_id()
            || !payload_fits
            || !entry::signed(&sealed.header, &sealed.signature, &header.device_id)
        {
            return Err(damaged());
        }
        let seq = i64::try_from(header.seq).map_err(|_| damaged())?;
        match self.hash_at(&header.device_id, seq)? {
            Some(hash) if hash == sealed.hash => return Ok(TakenIn::Known),
            Some(_) => {
                self.keep_fork(&header, &sealed, seq)?;
                return Ok(TakenIn::Fork);
            }
            None => {}
        }
        let before = match seq.checked_sub(1).filter(|before| *before >= 0) {
            Some(before) => self.hash_at(&header.device_id, before)?,
            None => None,
        };
        if before != header.prev || (seq > 0 && before.is_none()) {
            return Err(damaged());
        }
        let stored = self.store(&header, &sealed, received);
        if stored.is_err() {
            self.break_off();
        }
        stored
    }

    fn store(
        &mut self,
        header: &Header,
        sealed: &Sealed,
        received: &Received,
    ) -> Result<TakenIn, VaultError> {
        let (last, latest): (i64, i64) = self
            .conn()
            .prepare_cached(
                "SELECT coalesce(max(position), 0), coalesce(max(hlc), 0) FROM journal",
            )?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let event = match &received.payload {
            Some((_, payload)) => entry::event(header, payload)?,
            None => None,
        };
        let about_journal = header.kind == super::erase::KIND;
        let aside = received.payload.is_some() && event.is_none() && !about_journal;
        let placed = insert(self.conn(), last + 1, header, sealed, aside)?;
        if let Some((salt, payload)) = &received.payload {
            insert_payload(self.conn(), placed.position, salt, payload)?;
            if about_journal && let Some((device, seq)) = super::erase::target(payload) {
                self.conn().execute(
                    "DELETE FROM journal_payload WHERE position =
                         (SELECT position FROM journal WHERE device = ?1 AND seq = ?2)",
                    params![device, i64::try_from(seq).unwrap_or(i64::MAX)],
                )?;
            }
        }
        self.placed(placed.position);
        self.forget_chain();
        self.mark_stale(Tag::Journal);
        if about_journal || header.hlc <= latest {
            // Tables follow from the entries in the order of their clocks, however they come in.
            rebuild::renew(self.conn())?;
            Tag::ALL.into_iter().for_each(|tag| self.mark_stale(tag));
        } else if let Some((event, at)) = event {
            let meta = Meta {
                at,
                actor: PersonId::from_bytes(header.actor_id),
                hlc: header.hlc,
                device: header.device_id,
                seq: placed.seq,
            };
            tables::apply(self.conn(), &event, &meta)?;
            event.tags().iter().for_each(|tag| self.mark_stale(*tag));
        }
        Ok(if aside { TakenIn::SetAside } else { TakenIn::New })
    }

    fn hash_at(&self, device: &[u8; 32], seq: i64) -> Result<Option<[u8; 32]>, VaultError> {
        Ok(self
            .conn()
            .prepare_cached("SELECT hash FROM journal WHERE device = ?1 AND seq = ?2")?
            .query_row(params![device, seq], |row| row.get(0))
            .optional()?)
    }

    fn keep_fork(&mut self, header: &Header, sealed: &Sealed, seq: i64) -> Result<(), VaultError> {
        self.conn().execute(
            "INSERT INTO journal_fork (device, seq, hash, header, signature)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
            params![header.device_id, seq, sealed.hash, sealed.header, sealed.signature],
        )?;
        self.mark_stale(Tag::Journal);
        Ok(())
    }
}
