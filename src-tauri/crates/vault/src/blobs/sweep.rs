//! Clearing away what a killed program left behind.

use super::live::Quiet;
use super::{BlobError, BlobId, Blobs, entries};

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Somebody is storing a file, perhaps another program: nothing was done.
    pub busy: bool,
    /// Unfinished files that were removed.
    pub unfinished: u64,
    /// Files that nothing names and that were removed.
    pub unreferenced: Vec<BlobId>,
    /// Files that should have been removed and could not; the next sweep tries again.
    pub left: u64,
}

impl Blobs {
    /// Removes unfinished files and those that nothing names. Does nothing while any program
    /// stores a file.
    ///
    /// `referenced` is asked while nobody can store a file. It must look at the vault at that time:
    /// an answer that was collected before misses what was stored meanwhile, which is then lost.
    ///
    /// # Errors
    /// [`BlobError::Closed`], or the folder cannot be read.
    pub fn sweep(&self, referenced: &dyn Fn(BlobId) -> bool) -> Result<Swept, BlobError> {
        self.still_open()?;
        let mut swept = Swept::default();
        let incoming = self.incoming();
        incoming.make()?;
        let Some(_quiet) = Quiet::begin(&incoming)? else {
            return Ok(Swept { busy: true, ..swept });
        };
        for name in entries(incoming.path())?.iter().filter(|name| name.ends_with(".part")) {
            match std::fs::remove_file(incoming.path().join(name)) {
                Ok(()) => swept.unfinished += 1,
                Err(_) => swept.left += 1,
            }
        }
        for id in self.list()? {
            if referenced(id) {
                continue;
            }
            match self.unlink(id) {
                Ok(()) => swept.unreferenced.push(id),
                Err(_) => swept.left += 1,
            }
        }
        Ok(swept)
    }
}
