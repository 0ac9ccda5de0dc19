//! Storing a file: read once, hashed on one thread, encrypted and written on two others.

use super::direct::Writer;
use super::live::Live;
use super::pending::Pending;
use super::relay::{BUFFER, Part, Turns, relay};
use super::seal::CHUNK;
use super::{BlobError, BlobId, Blobs, id};
use crate::OsEntropy;
use crate::folder::{self, private};
use openssl::sha::Sha256;
use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::JoinHandle;

/// Bytes of the beginning that are kept, to tell what kind of file it is.
const HEAD: usize = 8 * 1024;

/// Bytes after which what is written is sent to the disk.
const FLUSH: u64 = 128 * 1024 * 1024;

/// What is encrypted at a time, in one buffer.
const CHUNKS: u64 = (BUFFER / CHUNK) as u64;

/// A file that is stored but does not count yet. Dropping it removes it.
#[must_use = "it is removed when dropped; call keep()"]
pub struct Incoming {
    /// The name that it gets.
    pub id: BlobId,
    /// SHA-256 of its content.
    pub sha256: [u8; 32],
    /// Length of its content.
    pub bytes: u64,
    /// The first 8 KiB of its content.
    pub head: Vec<u8>,
    temp: Temp,
}

impl std::fmt::Debug for Incoming {
    /// Without content.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, bytes, .. } = self;
        f.debug_struct("Incoming").field("id", id).field("bytes", bytes).finish_non_exhaustive()
    }
}

/// A file that is stored for good, but that the journal does not name yet.
///
/// As long as this lives, no [`Blobs::sweep`] of any program takes the file for an orphan: hold it
/// until the journal entry is stored, then call [`recorded`](Self::recorded). Dropping it leaves the
/// file where it is; the next sweep removes it unless the journal names it.
#[derive(Debug)]
#[must_use = "hold it until the journal names the file, or a sweep may take it"]
pub struct Kept {
    id: BlobId,
    blobs: Blobs,
    pending: Pending,
}

impl Kept {
    /// The name under which it is stored.
    #[must_use]
    pub const fn id(&self) -> BlobId {
        self.id
    }

    /// The journal names it: from here on no sweep ever removes it.
    pub fn recorded(self) {
        self.pending.end();
    }

    /// The journal will never name it: removes it. What cannot be removed now is swept later.
    pub fn discard(self) {
        if self.blobs.unlink(self.id).is_ok() {
            self.pending.end();
        }
    }
}

/// The file while it has its temporary name.
#[derive(Debug)]
struct Temp {
    blobs: Blobs,
    path: PathBuf,
    file: Option<File>,
    /// It has its final name.
    settled: bool,
    live: Option<Live>,
}

impl Drop for Temp {
    fn drop(&mut self) {
        // An open file cannot be removed everywhere.
        self.file = None;
        if !self.settled {
            // What cannot be removed now is swept later.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Blobs {
    /// Stores what `source` gives until its end, in about 8 MB of memory for any length.
    ///
    /// `control` is told the bytes so far at least once per MiB and may break off.
    ///
    /// # Errors
    /// [`BlobError::Cancelled`], [`BlobError::DiskFull`], [`BlobError::Source`] when `source` fails,
    /// [`BlobError::Closed`] when the vault is closed meanwhile. Nothing is left behind.
    pub fn ingest(
        &self,
        source: &mut impl Read,
        control: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Incoming, BlobError> {
        self.ingest_through(source, control, |file| file)
    }

    /// The same with something between encryption and file.
    pub(super) fn ingest_through<W: Write + Send>(
        &self,
        source: &mut impl Read,
        control: &mut dyn FnMut(u64) -> ControlFlow<()>,
        through: impl FnOnce(Writer) -> W,
    ) -> Result<Incoming, BlobError> {
        let id = id::random(&mut OsEntropy)?;
        let (start, sealer) = self.identity()?.begin(id)?;
        let temp = Temp::create(self, id)?;
        let writer = Writer::new(temp.another()?, &temp.path);
        // What passes the cache by is on its way to the disk already.
        let disk = if writer.is_direct() { None } else { Some(Disk::new(temp.another()?)) };
        let mut file = through(writer);
        file.write_all(&start)?;
        let turns = Turns::new(file);
        let mut hash = Sha256::new();
        let mut bytes: u64 = 0;
        let mut head = Vec::new();
        let fill = |buffer: &mut [u8]| {
            let len = fill_whole(source, buffer, |read| {
                bytes = bytes.saturating_add(read);
                self.still_open()?;
                control(bytes).is_continue().then_some(()).ok_or(BlobError::Cancelled)
            })?;
            if let Some(disk) = &disk {
                disk.reached(bytes);
            }
            let content = buffer.get(..len).unwrap_or_default();
            hash.update(content);
            head.extend(content.iter().take(HEAD.saturating_sub(head.len())));
            Ok(len)
        };
        let write = || {
            let (sealer, turns, mut sealed) = (&sealer, &turns, Vec::new());
            move |part: Part<'_>| {
                let first = part.number.saturating_mul(CHUNKS);
                let done = sealer.seal(first, part.content, part.last, &mut sealed);
                turns.take(part.number, |file| done.and_then(|()| Ok(file.write_all(&sealed)?)))
            }
        };
        relay(fill, [write(), write()])?;
        turns.into_inner()?.flush()?;
        disk.map_or(Ok(()), Disk::end)?;
        Ok(Incoming { id, sha256: hash.finish(), bytes, head, temp })
    }
}

/// Sends what is written to the disk while more is written, so that little is left to wait for at the
/// end. Without it a system keeps gigabytes back until then.
struct Disk {
    due: Option<mpsc::SyncSender<()>>,
    thread: Option<JoinHandle<io::Result<()>>>,
    sent: Cell<u64>,
}

impl Disk {
    fn new(file: File) -> Self {
        let (due, flushes) = mpsc::sync_channel(1);
        let flush = move || {
            // An error is told once only: whoever asks again hears that all is well.
            flushes.iter().try_for_each(|()| file.sync_data())
        };
        // Without a thread all of it is waited for at the end.
        let thread = std::thread::Builder::new().name("to disk".to_owned()).spawn(flush).ok();
        Self { due: Some(due), thread, sent: Cell::new(0) }
    }

    fn reached(&self, bytes: u64) {
        if bytes / FLUSH > self.sent.get() {
            self.sent.set(bytes / FLUSH);
            // One that waits already will take this along.
            let _ = self.due.as_ref().map(|due| due.try_send(()));
        }
    }

    fn end(mut self) -> Result<(), BlobError> {
        Ok(self.wait()?)
    }

    fn wait(&mut self) -> io::Result<()> {
        self.due = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(flushed)) => flushed,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(()),
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A file that is open cannot be removed everywhere.
        let _ = self.wait();
    }
}

/// Reads until the buffer is full or the source ends; tells after each step how much it read.
fn fill_whole(
    source: &mut impl Read,
    buffer: &mut [u8],
    mut step: impl FnMut(u64) -> Result<(), BlobError>,
) -> Result<usize, BlobError> {
    let mut len = 0;
    while let Some(rest) = buffer.get_mut(len..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(read) => {
                len += read;
                step(u64::try_from(read).unwrap_or(0))?;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(BlobError::Source(error.kind())),
        }
    }
    Ok(len)
}

impl Temp {
    fn create(blobs: &Blobs, id: BlobId) -> Result<Self, BlobError> {
        let incoming = blobs.incoming();
        incoming.make()?;
        let live = Some(Live::begin(&incoming)?);
        let path = incoming.path().join(format!("{id}.part"));
        let file = Some(private().create_new(true).open(&path)?);
        Ok(Self { blobs: blobs.clone(), path, file, settled: false, live })
    }

    fn another(&self) -> io::Result<File> {
        self.file.as_ref().ok_or(ErrorKind::NotFound)?.try_clone()
    }
}

impl Incoming {
    /// Makes the file last: from here on a power cut does not take it.
    ///
    /// # Errors
    /// [`BlobError::Closed`], [`BlobError::DiskFull`], or the folder cannot be written. Nothing is
    /// left behind.
    pub fn keep(self) -> Result<Kept, BlobError> {
        let Self { id, mut temp, .. } = self;
        let blobs = temp.blobs.clone();
        blobs.still_open()?;
        temp.another()?.sync_all()?;
        let shard = blobs.shard(id);
        shard.make()?;
        // The folder may be new, and the one who made it may not have got this far.
        blobs.0.folder.sync()?;
        temp.file = None;
        // Always there until now.
        let live = temp.live.take().ok_or(BlobError::File(ErrorKind::Other))?;
        let pending = Pending::begin(&blobs, id, live)?;
        // The mark is on the disk before the name that it is about.
        let named = blobs.incoming().sync();
        if let Err(error) = named.and_then(|()| folder::rename(&temp.path, &blobs.path(id))) {
            pending.end();
            return Err(error.into());
        }
        temp.settled = true;
        let kept = Kept { id, blobs, pending };
        if let Err(error) = shard.sync() {
            kept.discard();
            return Err(error.into());
        }
        Ok(kept)
    }
}
