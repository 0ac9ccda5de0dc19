//! Marks beside files whose name in the journal is not settled. Only what carries one is ever taken
//! for an orphan: a file that the journal merely does not know may be one that an older copy of the
//! database, put back, does not know yet.

use super::live::Live;
use super::{BlobError, BlobId, Blobs};
use crate::folder::private;
use std::path::{Path, PathBuf};

const SUFFIX: &str = ".pending";

/// A mark beside a file. Dropping it leaves the mark: the next sweep decides.
#[derive(Debug)]
#[must_use = "dropped, the next sweep decides about the file"]
pub(super) struct Pending {
    path: PathBuf,
    _live: Live,
}

impl Pending {
    pub(super) fn begin(blobs: &Blobs, id: BlobId, live: Live) -> Result<Self, BlobError> {
        let path = path(blobs.incoming().path(), id);
        private().create(true).truncate(true).open(&path)?;
        Ok(Self { path, _live: live })
    }

    /// The file is settled. A mark that cannot be removed now is looked at by the next sweep.
    pub(super) fn end(self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

pub(super) fn path(incoming: &Path, id: BlobId) -> PathBuf {
    incoming.join(format!("{id}{SUFFIX}"))
}

/// The file beside which this mark lies.
pub(super) fn marked(name: &str) -> Option<BlobId> {
    name.strip_suffix(SUFFIX)?.parse().ok()
}

/// A file that goes away once the journal no longer names it. Dropping it leaves file and mark to
/// the next sweep.
#[derive(Debug)]
#[must_use = "dropped, the next sweep decides about the file"]
pub struct Leaving {
    id: BlobId,
    blobs: Blobs,
    pending: Pending,
}

impl Leaving {
    /// The journal no longer names it: removes it.
    ///
    /// # Errors
    /// The folder cannot be written; the next sweep tries again.
    pub fn remove(self) -> Result<(), BlobError> {
        self.blobs.unlink(self.id)?;
        self.pending.end();
        Ok(())
    }

    /// The journal goes on naming it.
    pub fn stay(self) {
        self.pending.end();
    }
}

impl Blobs {
    /// Announces that a file is about to go, so that a kill in between does not leave it for good.
    /// Nothing when it is not there.
    ///
    /// # Errors
    /// [`BlobError::Closed`], or the folder cannot be written.
    pub fn leaving(&self, id: BlobId) -> Result<Option<Leaving>, BlobError> {
        if !self.exists(id)? {
            return Ok(None);
        }
        let incoming = self.incoming();
        incoming.make()?;
        let pending = Pending::begin(self, id, Live::begin(&incoming)?)?;
        incoming.sync()?;
        Ok(Some(Leaving { id, blobs: self.clone(), pending }))
    }
}
