//! Checking a stored file against what the journal says of it.

use super::direct::{Aligned, Reader};
use super::relay::Turns;
use super::seal::{CHUNK, SEALED, TAG};
use super::{BlobError, BlobId, Blobs, Damage, identity};
use openssl::sha::Sha256;
use std::fs::File;
use std::io::{ErrorKind, Seek as _};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use zeroize::Zeroizing;

/// Chunks that are read at a time: a disk that is asked for much gives more.
const CHUNKS: usize = 32;
/// Sealed bytes of them.
pub(super) const PART: usize = CHUNKS * SEALED;
/// Threads that read and compute, with 4 MiB each.
const THREADS: usize = 4;

impl Blobs {
    /// Reads the whole file and compares it with what was stored; nothing when it is intact.
    ///
    /// `control` is told the bytes so far every few MiB and may break off.
    ///
    /// # Errors
    /// [`BlobError::Cancelled`], [`BlobError::Closed`], out of memory. A file that cannot be read is a finding like
    /// any other, so that one of them keeps nobody from the rest.
    pub fn verify(
        &self,
        id: BlobId,
        sha256: &[u8; 32],
        bytes: u64,
        control: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Option<Damage>, BlobError> {
        match self.compare(id, sha256, bytes, control) {
            // A computer without memory or threads says nothing of the file.
            Err(BlobError::File(ErrorKind::OutOfMemory)) => {
                Err(BlobError::File(ErrorKind::OutOfMemory))
            }
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

    /// SHA-256 and length of the content.
    ///
    /// Each thread reads a part, decrypts it, and waits for its turn to hash it: while one waits for the
    /// disk, others compute, and the disk is asked for the next part before it has given the last.
    fn content_hash(
        &self,
        id: BlobId,
        control: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<([u8; 32], u64), BlobError> {
        let path = self.path(id);
        let mut file = File::open(&path)?;
        let sealer = self.identity()?.sealer(id, &mut file)?;
        let start = file.stream_position()?;
        let end = file.metadata()?.len();
        let file = Reader::new(file, &path);
        let next = AtomicU64::new(0);
        let stop = AtomicBool::new(false);
        let hash = Turns::new((Sha256::new(), 0_u64));
        let (done, parts_done) = mpsc::channel();
        let check = |done: mpsc::Sender<u64>| {
            let mut memory = Aligned::new(PART + Reader::SLACK);
            let mut content = Zeroizing::new(Vec::new());
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let place = start.saturating_add(number.saturating_mul(PART as u64));
                // There is always a first part; without content it is damage.
                if number > 0 && place >= end {
                    return Ok(());
                }
                let last = place.saturating_add(PART as u64) >= end;
                let unsealed = if stop.load(Ordering::Relaxed) {
                    Err(BlobError::Cancelled)
                } else {
                    file.read_at(place, PART, &mut memory).map_err(BlobError::from).and_then(
                        |part| {
                            let first = number.saturating_mul(CHUNKS as u64);
                            sealer.unseal(first, part, last, &mut content)?;
                            Ok(u64::try_from(part.len()).unwrap_or(0))
                        },
                    )
                };
                // The others wait for this turn, also when there is nothing to hash.
                hash.take(number, |(hash, bytes)| {
                    let read = unsealed?;
                    hash.update(content.as_slice());
                    *bytes = bytes.saturating_add(u64::try_from(content.len()).unwrap_or(0));
                    // Nobody asks any more only after an error.
                    let _ = done.send(read);
                    Ok(())
                })?;
            }
        };
        let check = &check;
        let checked = std::thread::scope(|scope| {
            // Those that can be started do the work of all.
            let threads: Vec<_> = (0..THREADS)
                .filter_map(|_| {
                    let done = done.clone();
                    std::thread::Builder::new().spawn_scoped(scope, move || check(done)).ok()
                })
                .collect();
            if threads.is_empty() {
                return Err(BlobError::File(ErrorKind::OutOfMemory));
            }
            drop(done);
            let mut at: u64 = 0;
            let watched = parts_done.iter().try_for_each(|read| {
                at = at.saturating_add(read);
                self.still_open()?;
                control(at).is_continue().then_some(()).ok_or(BlobError::Cancelled)
            });
            stop.store(true, Ordering::Relaxed);
            threads.into_iter().fold(watched, |all, thread| {
                all.and(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            })
        });
        checked?;
        let (hash, bytes) = hash.into_inner()?;
        Ok((hash.finish(), bytes))
    }
}

/// Length of so much content when it is encrypted.
pub(super) const fn sealed_len(bytes: u64) -> u64 {
    let chunks = if bytes == 0 { 1 } else { bytes.div_ceil(CHUNK as u64) };
    bytes.saturating_add((TAG as u64).saturating_mul(chunks))
}
