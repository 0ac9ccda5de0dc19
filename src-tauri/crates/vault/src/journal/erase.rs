//! Erasing what an entry says, while the chain still proves that it was there.

use super::append::Draft;
use super::cbor;
use super::entry;
use crate::pool::lock;
use crate::{Committed, DeviceId, Part, Vault, VaultError, rebuild};
use buyerwatch_domain::{Stamp, Tag};
use ciborium::Value;
use rusqlite::{OptionalExtension, params};

/// The kind of the entry that says which payload was erased. It is about the journal itself and
/// changes no table.
pub(super) const KIND: &str = "payload.erased";

/// Whose payload an entry of [`KIND`] says was erased.
pub(super) fn target(payload: &[u8]) -> Option<([u8; 32], u64)> {
    let mut fields = cbor::decode(payload).ok()?.into_map().ok()?;
    let take = |fields: &mut Vec<(Value, Value)>, name: &str| {
        let at = fields.iter().position(|(key, _)| key.as_text() == Some(name))?;
        Some(fields.swap_remove(at).1)
    };
    let mut data = take(&mut fields, "data")?.into_map().ok()?;
    let device = take(&mut data, "device")?.into_bytes().ok()?.try_into().ok()?;
    let seq = take(&mut data, "seq")?.into_integer().ok()?.try_into().ok()?;
    Some((device, seq))
}

impl Vault {
    /// Erases what an entry says, and everything that the tables know from it. That it was there,
    /// who wrote it and when stays provable. Answers whether there was something to erase.
    ///
    /// # Errors
    /// When the vault cannot be written; nothing is erased then.
    pub fn erase_payload(
        &self,
        device: DeviceId,
        seq: u64,
        stamp: Stamp,
    ) -> Result<Committed<bool>, VaultError> {
        let erased = self.write(|tx| -> Result<bool, VaultError> {
            let seq = i64::try_from(seq).map_err(|_| VaultError::Damaged(Part::Journal))?;
            let found: Option<(i64, [u8; 32])> = tx
                .conn()
                .query_row(
                    "SELECT position, hash FROM journal JOIN journal_payload USING (position)
                     WHERE device = ?1 AND seq = ?2",
                    params![device.as_bytes(), seq],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let Some((position, hash)) = found else { return Ok(false) };
            let data = Value::Map(vec![
                ("device".into(), Value::Bytes(device.as_bytes().to_vec())),
                ("seq".into(), seq.into()),
            ]);
            let payload = entry::payload_of(data, stamp.at)?;
            let about = *hash.first_chunk().unwrap_or(&[0; 16]);
            tx.append(stamp, &Draft { kind: KIND, entity: ("entry", about), payload, blob: None })?;
            tx.conn().execute("DELETE FROM journal_payload WHERE position = ?1", [position])?;
            rebuild::renew(tx.conn())?;
            for tag in Tag::ALL {
                tx.mark_stale(tag);
            }
            Ok(true)
        })?;
        // Old pages wait in the log until it is folded back. A reader may keep it for a while; the
        // next checkpoint gets it then.
        let writer = lock(self.writer());
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        drop(writer);
        Ok(erased)
    }
}
