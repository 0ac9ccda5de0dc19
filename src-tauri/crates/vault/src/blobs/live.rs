//! Tells files that are just being stored from what a killed program left behind.

use super::BlobError;
use crate::{Folder, folder};
use std::fs::File;

/// Held from before a file is created until the journal names it. Any number of programs may.
#[derive(Debug)]
pub(super) struct Live {
    _lock: File,
}

impl Live {
    /// Waits while somebody sweeps.
    pub(super) fn begin(incoming: &Folder) -> Result<Self, BlobError> {
        Ok(Self { _lock: folder::share(&incoming.path().join("lock"))? })
    }
}

/// Held while sweeping; nobody begins to store a file meanwhile.
#[derive(Debug)]
pub(super) struct Quiet {
    _lock: File,
}

impl Quiet {
    /// Nothing while any program stores a file.
    pub(super) fn begin(incoming: &Folder) -> Result<Option<Self>, BlobError> {
        Ok(folder::alone(&incoming.path().join("lock"))?.map(|lock| Self { _lock: lock }))
    }
}
