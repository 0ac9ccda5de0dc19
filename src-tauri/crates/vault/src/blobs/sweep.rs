//! Clearing away what a killed program left behind.

use super::live::Quiet;
use super::{BlobError, BlobId, Blobs, entries, pending};

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Somebody is storing a file, perhaps another program: nothing was done.
    pub busy: bool,
    /// Unfinished files that were removed.
    pub unfinished: u64,
    /// Files that were never recorded, or recorded as gone, and that were removed.
    pub unreferenced: Vec<BlobId>,
    /// Files that should have been removed and could not; the next sweep tries again.
    pub left: u64,
}

impl Blobs {
    /// Removes unfinished files, and those that a killed program was about to record or to remove
    /// and that nothing names. Does nothing while any program stores a file. What nothing names but
    /// was once settled stays: the journal may be an older copy that was put back.
    ///
    /// `referenced` is asked while nobody can store a file. It must look at the vault at that time:
    /// an answer that was collected before misses what was stored meanwhile, which is then lost. It
    /// answers nothing when it cannot tell; then the file stays until a later sweep.
    ///
    /// # Errors
    /// [`BlobError::Closed`], or the folder cannot be read.
    pub fn sweep(&self, referenced: &dyn Fn(BlobId) -> Option<bool>) -> Result<Swept, BlobError> {
        self.still_open()?;
        let mut swept = Swept::default();
        let incoming = self.incoming();
        incoming.make()?;
        let Some(_quiet) = Quiet::begin(&incoming)? else {
            return Ok(Swept { busy: true, ..swept });
        };
        let names = entries(incoming.path())?;
        for name in names.iter().filter(|name| name.ends_with(".part")) {
            match std::fs::remove_file(incoming.path().join(name)) {
                Ok(()) => swept.unfinished += 1,
                Err(_) => swept.left += 1,
            }
        }
        for id in names.iter().filter_map(|name| pending::marked(name)) {
            let Some(named) = referenced(id) else { continue };
            if !named && self.exists(id)? {
                if self.unlink(id).is_err() {
                    swept.left += 1;
                    continue;
                }
                swept.unreferenced.push(id);
            }
            if std::fs::remove_file(pending::path(incoming.path(), id)).is_err() {
                swept.left += 1;
            }
        }
        swept.unreferenced.sort_unstable();
        Ok(swept)
    }
}
