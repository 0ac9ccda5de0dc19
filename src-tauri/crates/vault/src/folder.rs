//! The folder that holds a vault, and writing its small files so that a crash leaves old or new.

use crate::{OpenError, VaultError, VaultId, header};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long to wait for another process that changes the small files.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks at whether it is done.
const RETRY: Duration = Duration::from_millis(5);

/// The folder of one vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

impl Folder {
    /// Names a folder. It need not exist yet.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether a vault is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.header().is_file()
    }

    /// The identity of the vault, readable without its keys.
    ///
    /// # Errors
    /// [`OpenError::NoVault`], or the header is damaged or newer than this program.
    pub fn vault_id(&self) -> Result<VaultId, OpenError> {
        Ok(header::Header::read(self)?.vault_id())
    }

    /// The wrapped keys.
    pub(crate) fn header(&self) -> PathBuf {
        self.0.join("vault.header")
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("vault.db")
    }

    /// The remembered head of the journal.
    pub(crate) fn head(&self) -> PathBuf {
        self.0.join("head")
    }

    /// Evidence: one encrypted file per exhibit.
    pub(crate) fn blobs(&self) -> Self {
        Self(self.0.join("blobs"))
    }

    /// The key of the evidence, under the recovery key, for public tools.
    pub(crate) fn identity(&self) -> PathBuf {
        self.blobs().0.join("identity.age")
    }

    /// Failed attempts to unlock.
    pub(crate) fn attempts(&self) -> PathBuf {
        self.0.join("attempts")
    }

    /// Waits until no other process changes the small files, and keeps others out until dropped.
    ///
    /// # Errors
    /// [`VaultError::Busy`] when another process keeps it for long: it may have been stopped.
    pub(crate) fn guard(&self) -> Result<File, VaultError> {
        self.guard_within(PATIENCE)
    }

    /// The same with another patience.
    pub(crate) fn guard_within(&self, patience: Duration) -> Result<File, VaultError> {
        let file = lockable(&self.0.join("vault.lock"))?;
        patiently(patience, || file.try_lock())?;
        Ok(file)
    }

    /// Where a vault is built before it counts.
    pub(crate) fn staging(&self) -> Self {
        Self(self.0.join("creating"))
    }

    /// Makes the folder, closed to other users of the computer.
    pub(crate) fn make(&self) -> std::io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0)
    }

    /// Makes sure that names put into the folder survive a power cut.
    pub(crate) fn sync(&self) -> std::io::Result<()> {
        // Windows journals names by itself and cannot open a folder for syncing.
        #[cfg(unix)]
        File::open(&self.0)?.sync_all()?;
        Ok(())
    }

    /// Replaces a file whole: a crash at any moment leaves the old content or the new. Call under
    /// [`Folder::guard`].
    pub(crate) fn replace(&self, path: &Path, content: &[u8]) -> Result<(), VaultError> {
        let beside = path.with_extension("new");
        let written = (|| {
            let mut file = private().create(true).truncate(true).open(&beside)?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&beside, path)?;
            self.sync()
        })();
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        Ok(written?)
    }
}

/// Tries to lock until it succeeds.
///
/// # Errors
/// [`VaultError::Busy`] when another process keeps the lock for long.
fn patiently(
    patience: Duration,
    attempt: impl Fn() -> Result<(), TryLockError>,
) -> Result<(), VaultError> {
    let start = Instant::now();
    loop {
        match attempt() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                std::thread::sleep(RETRY);
            }
            Err(TryLockError::WouldBlock) => return Err(VaultError::Busy),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

/// Shares a lock file with others that do, and keeps those out that want it alone, until dropped.
///
/// # Errors
/// [`VaultError::Busy`] when another process keeps it to itself for long.
pub(crate) fn share(path: &Path) -> Result<File, VaultError> {
    let file = lockable(path)?;
    patiently(PATIENCE, || file.try_lock_shared())?;
    Ok(file)
}

/// Takes a lock file to itself until dropped; nothing when somebody has it.
pub(crate) fn alone(path: &Path) -> Result<Option<File>, VaultError> {
    let file = lockable(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn lockable(path: &Path) -> std::io::Result<File> {
    private().create(true).truncate(false).open(path)
}

/// Options for a file that only this user of the computer may read.
pub(crate) fn private() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_keeps_the_guard_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let held = folder.guard().unwrap();
        let refused = folder.guard_within(Duration::ZERO).unwrap_err();
        assert!(matches!(refused, VaultError::Busy));
        drop(held);
        folder.guard_within(Duration::ZERO).unwrap();
    }

    #[test]
    fn the_guard_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let held = folder.guard().unwrap();
        let (waits, waiting) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            let folder = &folder;
            let other = scope.spawn(move || {
                waits.send(()).unwrap();
                folder.guard().map(drop)
            });
            waiting.recv().unwrap();
            drop(held);
            other.join().unwrap().unwrap();
        });
    }
}
