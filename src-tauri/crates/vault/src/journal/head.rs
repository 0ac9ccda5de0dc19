//! The ends of the chains, remembered outside the database.
//!
//! Cutting off the newest entries leaves a chain that is whole. It is noticed because this file
//! still knows an entry that is gone. The file is written after the commit, so that it may lag and
//! never leads: a crash in between is no false alarm.
//!
//! Whoever puts the whole folder back to an earlier state puts this file back with it. So a second
//! one may lie elsewhere on the computer ([`Folder::witnessed`]). It may lag more, since not every
//! program that opens the vault need know of it, but what either knows must be in the journal.
//!
//! Two slots are written in turn, each with its own authentication: a torn write spoils one, and
//! the other is at most one commit older. So no write needs to wait for the disk.

use super::append::ends;
use crate::secret::{Key, Purpose};
use crate::{DeviceId, EventHash, Folder, Part, VaultError};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Room for the ends of more than two hundred devices.
const SLOT: usize = 16 * 1024;
const MAGIC: &[u8; 8] = b"BWHEAD1\0";
/// Magic, generation, whether it was begun anew, count; then the ends; then the authentication.
const FIXED: usize = 8 + 8 + 1 + 2;
const END: usize = 32 + 8 + 32;
const MAC: usize = 32;
/// How long a commit waits for another process that is at the file.
const UPDATE_PATIENCE: Duration = Duration::from_millis(200);

/// The newest entry of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The device.
    pub device: DeviceId,
    /// Number of the entry on that device, from 0.
    pub seq: u64,
    /// Hash over its header and signature; every entry before it follows from this.
    pub hash: EventHash,
    /// The device's Ed25519 signature over the entry's header.
    pub signature: [u8; 64],
}

/// The newest entry of a device, or of all when that device has none yet.
pub(crate) fn newest(conn: &Connection, device: &[u8; 32]) -> Result<Option<Head>, VaultError> {
    let head = |row: &rusqlite::Row<'_>| {
        Ok(Head {
            device: DeviceId(row.get(0)?),
            seq: row.get::<_, i64>(1)?.unsigned_abs(),
            hash: EventHash(row.get(2)?),
            signature: row.get(3)?,
        })
    };
    let own = "SELECT device, seq, hash, signature FROM journal
               WHERE device = ?1 ORDER BY seq DESC LIMIT 1";
    if let Some(own) = conn.prepare_cached(own)?.query_row([device], head).optional()? {
        return Ok(Some(own));
    }
    let any = "SELECT device, seq, hash, signature FROM journal ORDER BY position DESC LIMIT 1";
    Ok(conn.prepare_cached(any)?.query_row([], head).optional()?)
}

/// An entry as the newest of its device: number and hash.
pub(crate) type End = (u64, [u8; 32]);

/// What the file remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Remembered {
    /// Counts writes; the higher of two slots is the newer.
    generation: u64,
    /// The file was missing or unreadable when it was written last.
    anew: bool,
    ends: BTreeMap<[u8; 32], End>,
    /// What the file outside the folder remembers. Not written to the one inside: each is a memory
    /// of its own.
    outside: BTreeMap<[u8; 32], End>,
}

impl Remembered {
    /// The newest entries known of a device, here and outside.
    pub(crate) fn of(&self, device: &[u8; 32]) -> impl Iterator<Item = End> {
        self.ends.get(device).into_iter().chain(self.outside.get(device)).copied()
    }

    /// Every entry that is known as the newest of its device, each once.
    pub(crate) fn ends(&self) -> BTreeSet<([u8; 32], End)> {
        let known = self.ends.iter().chain(&self.outside);
        known.map(|(device, end)| (*device, *end)).collect()
    }

    /// Whether the memory was lost at some time, so that it proves less than it should.
    pub(crate) const fn was_lost(&self) -> bool {
        self.anew
    }

    /// Reads the newer slot that is whole, and what is remembered outside the folder.
    pub(crate) fn read(folder: &Folder, key: &Key) -> Result<Option<Self>, VaultError> {
        let _guard = folder.guard()?;
        let here = Self::whole(&folder.head(), key)?;
        let outside = witness(folder, key).and_then(|file| Self::whole(&file, key).ok()?);
        let Some(outside) = outside else { return Ok(here) };
        let here = here.unwrap_or(Self { anew: true, ..Self::default() });
        Ok(Some(Self { outside: outside.ends, ..here }))
    }

    fn whole(file: &Path, key: &Key) -> Result<Option<Self>, VaultError> {
        let mut bytes = Vec::new();
        match std::fs::File::open(file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            opened => opened?.take(4 * SLOT as u64).read_to_end(&mut bytes)?,
        };
        let key = key.derive(Purpose::Head);
        let whole = bytes.chunks(SLOT).take(2).filter_map(|slot| Self::decode(slot, &key));
        Ok(whole.max_by_key(|slot| slot.generation))
    }

    /// Remembers the ends that the database has now, and forgets nothing.
    ///
    /// # Errors
    /// [`VaultError::Busy`] soon when another process is at the file: what was committed before
    /// must not wait for one that was stopped, and the next update catches up.
    pub(crate) fn update(conn: &Connection, folder: &Folder, key: &Key) -> Result<(), VaultError> {
        let _guard = folder.guard_within(UPDATE_PATIENCE)?;
        let ends = ends(conn)?;
        let follow = |file: &Path, unknown: Self| -> Result<(), VaultError> {
            let mut next = Self::whole(file, key)?.unwrap_or(unknown);
            for end in &ends {
                let known = next.ends.entry(end.device).or_insert((end.seq, end.hash));
                if known.0 < end.seq {
                    *known = (end.seq, end.hash);
                }
            }
            next.write(file, key)
        };
        if let Some(file) = witness(folder, key) {
            // Another computer begins with none, so that its lack says nothing. A full or missing
            // disk there must not keep the memory here from following.
            let _ = made(&file).and_then(|()| follow(&file, Self::default()));
        }
        follow(&folder.head(), Self { anew: true, ..Self::default() })
    }

    /// Remembers what the database has now as the truth: at creation, and when a person accepts
    /// that a vault was put back to an earlier state.
    pub(crate) fn restart(conn: &Connection, folder: &Folder, key: &Key) -> Result<(), VaultError> {
        let _guard = folder.guard()?;
        let ends = ends(conn)?.into_iter().map(|end| (end.device, (end.seq, end.hash)));
        let fresh = Self { ends: ends.collect(), ..Self::default() };
        let begin = |file: &Path| -> Result<(), VaultError> {
            let generation = Self::whole(file, key)?.map_or(0, |before| before.generation);
            let fresh = Self { generation, ..fresh.clone() };
            // Both slots, or the older one would bring the past back after a torn write.
            let next = Self { generation: generation.saturating_add(1), ..fresh.clone() };
            fresh.write(file, key)?;
            next.write(file, key)?;
            // It begins a memory, of a vault that may be minutes old: nothing older stands in for it.
            Ok(std::fs::File::options().write(true).open(file)?.sync_all()?)
        };
        if let Some(file) = witness(folder, key) {
            made(&file)?;
            begin(&file)?;
        }
        begin(&folder.head())
    }

    fn write(mut self, file: &Path, key: &Key) -> Result<(), VaultError> {
        self.generation = self.generation.saturating_add(1);
        let slot = self.encode(&key.derive(Purpose::Head))?;
        let mut file = crate::folder::private().create(true).truncate(false).open(file)?;
        let offset = if self.generation.is_multiple_of(2) { 0 } else { SLOT as u64 };
        file.seek(SeekFrom::Start(offset))?;
        Ok(file.write_all(&slot)?)
    }

    fn encode(&self, key: &Key) -> Result<Vec<u8>, VaultError> {
        let count = u16::try_from(self.ends.len()).map_err(|_| too_many())?;
        let mut slot = Vec::with_capacity(SLOT);
        slot.extend(MAGIC);
        slot.extend(self.generation.to_le_bytes());
        slot.push(u8::from(self.anew));
        slot.extend(count.to_le_bytes());
        for (device, (seq, hash)) in &self.ends {
            slot.extend(device);
            slot.extend(seq.to_le_bytes());
            slot.extend(hash);
        }
        slot.extend(blake3::keyed_hash(key.bytes(), &slot).as_bytes());
        if slot.len() > SLOT {
            return Err(too_many());
        }
        slot.resize(SLOT, 0);
        Ok(slot)
    }

    fn decode(slot: &[u8], key: &Key) -> Option<Self> {
        let (fixed, rest) = slot.split_first_chunk::<FIXED>()?;
        let (magic, fixed) = fixed.split_first_chunk::<8>()?;
        let (generation, fixed) = fixed.split_first_chunk::<8>()?;
        let &[anew, low, high] = fixed else { return None };
        let count = usize::from(u16::from_le_bytes([low, high]));
        let (ends, rest) = rest.split_at_checked(count * END)?;
        let mac: [u8; MAC] = *rest.first_chunk()?;
        let covered = slot.get(..FIXED + count * END)?;
        if magic != MAGIC || blake3::keyed_hash(key.bytes(), covered) != mac {
            return None;
        }
        let end = |end: &[u8]| {
            let (device, end) = end.split_first_chunk::<32>()?;
            let (seq, hash) = end.split_first_chunk::<8>()?;
            Some((*device, (u64::from_le_bytes(*seq), hash.try_into().ok()?)))
        };
        Some(Self {
            generation: u64::from_le_bytes(*generation),
            anew: anew != 0,
            ends: ends.chunks_exact(END).map(end).collect::<Option<_>>()?,
            outside: BTreeMap::new(),
        })
    }
}

/// The file outside the folder. Its name tells vaults apart and says nothing about them.
fn witness(folder: &Folder, key: &Key) -> Option<PathBuf> {
    let name = blake3::keyed_hash(key.derive(Purpose::Head).bytes(), b"witness");
    let name = name.as_bytes().first_chunk::<16>().map(|name| crate::hex::encode(name))?;
    folder.witness().map(|folder| folder.join(format!("{name}.head")))
}

/// Makes the folder in which a file lies.
fn made(file: &Path) -> Result<(), VaultError> {
    Ok(file.parent().map_or(Ok(()), |folder| Folder::at(folder).make())?)
}

const fn too_many() -> VaultError {
    VaultError::Damaged(Part::Journal)
}

#[cfg(test)]
mod tests;
