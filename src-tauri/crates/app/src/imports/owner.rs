//! Telling whether the process that ran an import still lives: it holds a lock on a file, which
//! the system takes away with the process, however it ended.

use crate::{ApiError, desk::lock};
use buyerwatch_domain::ImportId;
use buyerwatch_vault::VaultError;
use std::{
    collections::HashSet,
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// Imports that are under way in this process.
type Live = Arc<Mutex<HashSet<ImportId>>>;

/// This process as the runner of imports.
#[derive(Debug)]
pub(crate) struct Owner {
    name: String,
    folder: PathBuf,
    /// The lock lives as long as the open file.
    _file: File,
    live: Live,
}

/// Says that this process is at work on an import, until it ends it or this is dropped.
#[derive(Debug)]
pub(super) struct AtWork {
    import: ImportId,
    live: Live,
}

impl AtWork {
    /// The import is over.
    pub(super) fn end(&self) {
        lock(&self.live).remove(&self.import);
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.end();
    }
}

impl Owner {
    /// Takes a lock under this name in the data folder.
    pub(crate) fn claim(data_dir: &Path, name: String) -> Result<Self, ApiError> {
        let folder = data_dir.join("running");
        let file = Self::open(&folder, &name).map_err(VaultError::from)?;
        let owner = Self { name, folder, _file: file, live: Live::default() };
        owner.sweep();
        Ok(owner)
    }

    /// Takes away what dead ones left behind.
    fn sweep(&self) {
        let names = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for name in names.filter_map(|entry| entry.file_name().into_string().ok()) {
            self.lives(&name);
        }
    }

    fn open(folder: &Path, name: &str) -> io::Result<File> {
        fs::create_dir_all(folder)?;
        let path = folder.join(name);
        loop {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
            file.lock()?;
            // Before it was locked it looked left behind, and may have been taken away. Nobody else
            // makes one of this name.
            if path.try_exists()? {
                return Ok(file);
            }
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Notes that this process is at work on an import.
    pub(super) fn sets_to(&self, import: ImportId) -> AtWork {
        lock(&self.live).insert(import);
        AtWork { import, live: Arc::clone(&self.live) }
    }

    /// Whether this process is at work on an import.
    pub(super) fn is_at(&self, import: ImportId) -> bool {
        lock(&self.live).contains(&import)
    }

    /// Whether somebody is at work on an import that began under this name: this process, by what
    /// it knows itself, or another one that lives.
    pub(crate) fn runs(&self, import: ImportId, name: &str) -> bool {
        if name == self.name { self.is_at(import) } else { self.lives(name) }
    }

    /// Whether another process of this name lives.
    fn lives(&self, name: &str) -> bool {
        let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if name == self.name || !plain {
            return false;
        }
        let path = self.folder.join(name);
        let Ok(file) = File::open(&path) else { return false };
        match file.try_lock_shared() {
            Ok(()) => {
                // What a dead one left behind. Let go only then: whoever waits for the lock sees
                // that it is gone.
                let _ = fs::remove_file(path);
                drop(file);
                false
            }
            Err(TryLockError::WouldBlock) => true,
            Err(TryLockError::Error(_)) => false,
        }
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.folder.join(&self.name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_lives_as_long_as_it_holds_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let here = Owner::claim(folder.path(), "here".to_owned()).unwrap();
        let other = Owner::claim(folder.path(), "other".to_owned()).unwrap();
        assert!(here.lives("other"));
        let import = ImportId::from_bytes([1; 16]);
        assert!(!here.runs(import, "here"), "one of its own that it does not know is over");
        let at_work = here.sets_to(import);
        assert!(here.runs(import, "here"));
        assert!(here.runs(import, "other"));
        drop(at_work);
        assert!(!here.runs(import, "here"));
        drop(other);
        assert!(!here.lives("other"));
        // Killed: the file stays, the lock does not.
        let killed = folder.path().join("running/killed");
        fs::write(&killed, b"").unwrap();
        assert!(!here.lives("killed"));
        assert!(!killed.exists());
        fs::write(&killed, b"").unwrap();
        let next = Owner::claim(folder.path(), "next".to_owned()).unwrap();
        assert!(!killed.exists());
        assert!(next.lives("here"));
        assert!(!here.lives("../vault.db"));
    }

    #[test]
    fn one_whose_file_was_taken_away_before_it_was_locked_claims_it_anew() {
        let folder = tempfile::tempdir().unwrap();
        let here = Owner::claim(folder.path(), "here".to_owned()).unwrap();
        let path = folder.path().join("running/late");
        fs::write(&path, b"").unwrap();
        let sweeping = File::open(&path).unwrap();
        sweeping.lock_shared().unwrap();
        let late = std::thread::scope(|scope| {
            let claims = scope.spawn(|| Owner::claim(folder.path(), "late".to_owned()));
            // Time for it to come to the lock; a slow one finds the file gone at once.
            std::thread::sleep(std::time::Duration::from_millis(200));
            fs::remove_file(&path).unwrap();
            drop(sweeping);
            claims.join().unwrap().unwrap()
        });
        assert!(path.exists());
        assert!(here.lives("late"));
        drop(late);
    }
}
