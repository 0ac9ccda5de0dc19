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
pub struct Folder {
    path: PathBuf,
    witness: Option<PathBuf>,
}

impl Folder {
    /// Names a folder. It need not exist yet.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), witness: None }
    }

    /// Has the newest entries of the journal remembered in another folder of this computer, too.
    /// Whoever puts the vault's folder back to an earlier state puts its own memory back with it;
    /// this one stays. The folder need not exist yet, and holds one small file for each vault.
    #[must_use]
    pub fn witnessed(self, folder: impl Into<PathBuf>) -> Self {
        Self { witness: Some(folder.into()), ..self }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
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
        self.path.join("vault.header")
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join("vault.db")
    }

    /// The remembered head of the journal.
    pub(crate) fn head(&self) -> PathBuf {
        self.path.join("head")
    }

    /// Where the head is remembered outside the folder.
    pub(crate) fn witness(&self) -> Option<&Path> {
        self.witness.as_deref()
    }

    /// Evidence: one encrypted file per exhibit.
    pub(crate) fn blobs(&self) -> Self {
        Self::at(self.path.join("blobs"))
    }

    /// The key of the evidence, under the recovery key, for public tools.
    pub(crate) fn identity(&self) -> PathBuf {
        self.blobs().path.join("identity.age")
    }

    /// Failed attempts to unlock.
    pub(crate) fn attempts(&self) -> PathBuf {
        self.path.join("attempts")
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
        let file = lockable(&self.path.join("vault.lock"))?;
        unlocked_within(patience, || file.try_lock())?;
        Ok(file)
    }

    /// Where a vault is built before it counts.
    pub(crate) fn staging(&self) -> Self {
        Self::at(self.path.join("creating"))
    }

    /// Removes what killed work on the small files left beside a vault: the place where it was
    /// built, and a header that was about to replace its own, under a passphrase that nobody was
    /// told is set.
    pub(crate) fn sweep(&self) {
        let (built, replacing) = (self.staging(), beside(&self.header()));
        if !built.path().exists() && !replacing.exists() {
            return;
        }
        // Whoever is at work now holds the guard; without a header the remains are of use.
        let Ok(_guard) = self.guard() else { return };
        if self.exists() {
            // What cannot be removed does no harm, and is tried again.
            let _ = fs::remove_dir_all(built.path());
            let _ = fs::remove_file(replacing);
        }
    }

    /// Makes the folder, closed to other users of the computer.
    pub(crate) fn make(&self) -> std::io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.path)
    }

    /// Makes sure that names put into the folder survive a power cut.
    pub(crate) fn sync(&self) -> std::io::Result<()> {
        // Windows journals names by itself and cannot open a folder for syncing.
        #[cfg(unix)]
        File::open(&self.path)?.sync_all()?;
        Ok(())
    }

    /// Replaces a file whole: a crash at any moment leaves the old content or the new. Call under
    /// [`Folder::guard`].
    pub(crate) fn replace(&self, path: &Path, content: &[u8]) -> Result<(), VaultError> {
        let beside = beside(path);
        let written = (|| {
            let mut file = private().create(true).truncate(true).open(&beside)?;
            file.write_all(content)?;
            file.sync_all()?;
            rename(&beside, path)?;
            self.sync()
        })();
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        Ok(written?)
    }
}

/// How long to wait for programs that look into every new file.
const LOOKED_INTO: Duration = Duration::from_secs(1);

/// Moves a file to its place. On Windows that waits for virus scanners and indexers, which open every
/// new file for a moment and keep others from moving it.
///
/// # Errors
/// When the file cannot be moved.
pub fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    /// Access denied, sharing violation, lock violation.
    const HELD: [i32; 3] = [5, 32, 33];
    let held = |error: &std::io::Error| {
        cfg!(windows) && error.raw_os_error().is_some_and(|code| HELD.contains(&code))
    };
    patiently(held, || fs::rename(from, to))
}

/// Tries again for a while as long as somebody else holds the file.
fn patiently(
    held: impl Fn(&std::io::Error) -> bool,
    mut work: impl FnMut() -> std::io::Result<()>,
) -> std::io::Result<()> {
    let start = Instant::now();
    loop {
        match work() {
            Err(error) if held(&error) && start.elapsed() < LOOKED_INTO => {
                std::thread::sleep(RETRY);
            }
            done => return done,
        }
    }
}

/// Tries to lock until it succeeds.
///
/// # Errors
/// [`VaultError::Busy`] when another process keeps the lock for long.
fn unlocked_within(
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

/// Where a file is written before it takes the place of another.
pub(crate) fn beside(path: &Path) -> PathBuf {
    path.with_extension("new")
}

/// Shares a lock file with others that do, and keeps those out that want it alone, until dropped.
///
/// # Errors
/// [`VaultError::Busy`] when another process keeps it to itself for long.
pub(crate) fn share(path: &Path) -> Result<File, VaultError> {
    let file = lockable(path)?;
    unlocked_within(PATIENCE, || file.try_lock_shared())?;
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
    fn a_file_that_others_look_into_is_waited_for_and_other_errors_are_not() {
        let held = |error: &std::io::Error| error.kind() == std::io::ErrorKind::WouldBlock;
        let mut tries = 0;
        let mut third_time = || {
            tries += 1;
            if tries < 3 { Err(std::io::ErrorKind::WouldBlock.into()) } else { Ok(()) }
        };
        patiently(held, &mut third_time).unwrap();
        assert_eq!(tries, 3);
        let mut tries = 0;
        let missing = patiently(held, || {
            tries += 1;
            Err(std::io::ErrorKind::NotFound.into())
        });
        assert_eq!((missing.unwrap_err().kind(), tries), (std::io::ErrorKind::NotFound, 1));
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
