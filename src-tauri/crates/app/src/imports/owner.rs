//! Telling whether the process that ran an import still lives: it holds a lock on a file, which
//! the system takes away with the process, however it ended.

use crate::ApiError;
use buyerwatch_vault::VaultError;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// This process as the runner of imports.
#[derive(Debug)]
pub(crate) struct Owner {
    name: String,
    folder: PathBuf,
    /// The lock lives as long as the open file.
    _file: File,
}

impl Owner {
    /// Takes a lock under this name in the data folder.
    pub(crate) fn claim(data_dir: &Path, name: String) -> Result<Self, ApiError> {
        let folder = data_dir.join("running");
        let file = Self::open(&folder, &name).map_err(VaultError::from)?;
        let owner = Self { name, folder, _file: file };
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
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(name))?;
        file.lock()?;
        Ok(file)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether another process of this name lives. This one's own imports count as dead: it asks
    /// before it begins one.
    pub(crate) fn lives(&self, name: &str) -> bool {
        let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if name == self.name || !plain {
            return false;
        }
        let path = self.folder.join(name);
        let Ok(file) = File::open(&path) else { return false };
        match file.try_lock_shared() {
            Ok(()) => {
                drop(file);
                // What a dead one left behind.
                let _ = fs::remove_file(path);
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
        assert!(!here.lives("here"), "its own are over when it asks");
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
}
