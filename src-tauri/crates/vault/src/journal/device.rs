//! Which device this copy of the vault is.

use super::append::Author;
use super::head::Remembered;
use crate::{Entropy, VaultError};
use ed25519_dalek::SigningKey;
use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

/// Finds the device that belongs to this computer and copy.
///
/// A device whose remembered entries are missing is not used again: the vault was put back to an
/// earlier state, and going on would give a number twice.
pub(crate) fn find(
    conn: &Connection,
    space_id: [u8; 16],
    binding: [u8; 32],
    remembered: &Remembered,
) -> Result<Option<Author>, VaultError> {
    let mut bound = conn.prepare("SELECT id, signing_key FROM device WHERE binding = ?1")?;
    let mut rows = bound.query([binding])?;
    while let Some(row) = rows.next()? {
        let id: [u8; 32] = row.get(0)?;
        let secret = Zeroizing::new(row.get::<_, [u8; 32]>(1)?);
        let mut all_there = true;
        for end in remembered.of(&id) {
            all_there &= holds(conn, &id, end)?;
        }
        if all_there {
            return Ok(Some(Author { space_id, key: SigningKey::from_bytes(&secret) }));
        }
    }
    Ok(None)
}

/// Makes a device for this computer and copy. Call inside a write transaction in which [`find`]
/// found none, so that two processes agree.
///
/// Devices that were bound here before are let go: what they have lost may be forgotten once a
/// person accepts it, and they must not be found again then.
pub(crate) fn make(
    conn: &Connection,
    space_id: [u8; 16],
    binding: [u8; 32],
    entropy: &mut dyn Entropy,
) -> Result<Author, VaultError> {
    let mut secret = Zeroizing::new([0; 32]);
    entropy.fill(secret.as_mut())?;
    let author = Author { space_id, key: SigningKey::from_bytes(&secret) };
    conn.execute("UPDATE device SET binding = x'' WHERE binding = ?1", [binding])?;
    conn.execute(
        "INSERT INTO device (id, binding, signing_key) VALUES (?1, ?2, ?3)",
        params![author.device_id(), binding, *secret],
    )?;
    Ok(author)
}

/// Whether the journal has this entry.
pub(super) fn holds(
    conn: &Connection,
    device: &[u8; 32],
    (seq, hash): (u64, [u8; 32]),
) -> Result<bool, VaultError> {
    let found: Option<[u8; 32]> = conn
        .prepare_cached("SELECT hash FROM journal WHERE device = ?1 AND seq = ?2")?
        .query_row(params![device, i64::try_from(seq).unwrap_or(i64::MAX)], |row| row.get(0))
        .optional()?;
    Ok(found == Some(hash))
}
