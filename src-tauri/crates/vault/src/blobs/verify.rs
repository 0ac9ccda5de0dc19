//! Checking a stored file against what the journal says of it.

use super::direct::{Aligned, Reader};
use super::relay::{Part, Turns, relay};
use super::seal::{CHUNK, SEALED, TAG};
use super::{BlobError, BlobId, Blobs, Damage, identity};
use openssl::sha::Sha256;
use std::fs::File;
use std::io::ErrorKind;
use std::ops::ControlFlow;
use zeroize::Zeroizing;

/// Chunks that are read at a time: a disk that is asked for much gives more.
const CHUNKS: usize = 64;
/// Sealed bytes of them.
const PART: usize = CHUNKS * SEALED;

impl Blobs {
    /// Reads the whole file and compares it with what was stored; nothing when it is intact.
    ///
    /// `control` is told the bytes so far every few MiB and may break off.
    ///
    /// # Errors
    /// [`BlobError::Cancelled`], [`BlobError::Closed`]. A file that cannot be read is a finding like
    /// any other, so that one of them keeps nobody from the rest.
    pub fn verify(
        &self,
        id: BlobId,
        sha256: &[u8; 32],
        bytes: u64,
        control: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Option<Damage>, BlobError> {
        match self.compare(id, sha256, bytes, control) {
            Err(BlobError::File(_)) => Ok(Some(Damage::Unreadable)),
            compared => compared,
        }
    }

    fn compare(
        &self,
        id: BlobId,
        sha256: &[u8; 32],
        bytes: u64,
        control: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Option<Damage>, BlobError> {
        match self.content_hash(id, control) {
            Ok((hash, len)) => {
                Ok((hash != *sha256 || len != bytes).then_some(Damage::OtherContent))
            }
            Err(BlobError::Missing) => Ok(Some(Damage::Missing)),
            Err(BlobError::Damaged(Damage::Altered)) => self.altered_or_cut(id, bytes),
            Err(BlobError::Damaged(damage)) => Ok(Some(damage)),
            Err(other) => Err(other),
        }
    }

    /// A file that was cut at the end of a part looks altered: only the length tells.
    fn altered_or_cut(&self, id: BlobId, bytes: u64) -> Result<Option<Damage>, BlobError> {
        let mut file = match File::open(self.path(id)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Some(Damage::Missing)),
            opened => opened?,
        };
        let found = file.metadata()?.len();
        // Headers differ in length; one that cannot be read counts for nothing.
        let header = identity::payload(&mut file).unwrap_or(0);
        let whole = sealed_len(bytes).saturating_add(u64::try_from(header).unwrap_or(0));
        Ok(Some(if found < whole { Damage::Truncated } else { Damage::Altered }))
    }

    /// Reads on this thread, decrypts on two others, which take turns at hashing.
    fn content_hash(
        &self,
        id: BlobId,
        control: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<([u8; 32], u64), BlobError> {
        let mut file = File::open(self.path(id))?;
        let sealer = self.identity()?.sealer(id, &mut file)?;
        let mut file = Reader::new(file, &self.path(id))?;
        let mut at: u64 = 0;
        let fill = |memory: &mut Aligned| {
            let part = file.read_part(memory, PART)?;
            at = at.saturating_add(u64::try_from(part.len()).unwrap_or(0));
            self.still_open()?;
            control(at).is_continue().then_some(part).ok_or(BlobError::Cancelled)
        };
        let hash = Turns::new((Sha256::new(), 0_u64));
        let open = || {
            let (sealer, hash, mut content) = (&sealer, &hash, Zeroizing::new(Vec::new()));
            move |part: Part<'_>| {
                let first = part.number.saturating_mul(CHUNKS as u64);
                let done = sealer.unseal(first, part.content, part.last, &mut content);
                hash.take(part.number, |(hash, bytes)| {
                    done?;
                    hash.update(content.as_slice());
                    *bytes = bytes.saturating_add(u64::try_from(content.len()).unwrap_or(0));
                    Ok(())
                })
            }
        };
        relay((PART, Reader::SLACK), fill, [open(), open()])?;
        let (hash, bytes) = hash.into_inner()?;
        Ok((hash.finish(), bytes))
    }
}

/// Length of so much content when it is encrypted.
pub(super) const fn sealed_len(bytes: u64) -> u64 {
    let chunks = if bytes == 0 { 1 } else { bytes.div_ceil(CHUNK as u64) };
    bytes.saturating_add((TAG as u64).saturating_mul(chunks))
}
