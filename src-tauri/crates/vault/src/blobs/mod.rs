//! Evidence: one encrypted file per exhibit, of any size.
//!
//! `blobs/<two digits>/<64 digits>.age` are standard age files for the vault's own recipient, so
//! that they can be read without this program: `identity.age` beside them holds the secret key under
//! the recovery key. Names are random and say nothing of what is inside. Each file also carries its
//! own name, authenticated, so that files that were swapped are told apart.

mod direct;
mod error;
mod id;
mod identity;
mod ingest;
mod live;
mod pending;
mod reader;
mod relay;
mod seal;
mod sweep;
mod verify;

pub use age::secrecy::{ExposeSecret, SecretString};
pub use error::{BlobError, Damage};
pub use id::BlobId;
pub(crate) use identity::hand_over;
pub use ingest::{Incoming, Kept};
pub use pending::Leaving;
pub use reader::BlobReader;
pub use sweep::Swept;

use crate::pool::lock;
use crate::secret::Key;
use crate::{Folder, VaultError};
use identity::Identity;
use reader::Slot;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};

/// The evidence files of an open vault. Cheap to clone; closes with the vault.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// The folder of the evidence, not of the vault.
    folder: Folder,
    open: Mutex<Option<Open>>,
}

/// What goes away when the vault is closed.
#[derive(Debug)]
struct Open {
    identity: Identity,
    /// What readers hold: keys of single files, and the files.
    readers: Vec<Weak<Slot>>,
}

/// Closes the evidence when it is dropped, also for those who still hold a handle.
#[derive(Debug)]
pub(crate) struct Door(Blobs);

impl Door {
    pub(crate) fn open(folder: &Folder, key: &Key) -> Result<Self, VaultError> {
        let open = Open { identity: Identity::derive(key)?, readers: Vec::new() };
        let shared = Shared { folder: folder.blobs(), open: Mutex::new(Some(open)) };
        Ok(Self(Blobs(Arc::new(shared))))
    }

    pub(crate) fn handle(&self) -> Blobs {
        self.0.clone()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let open = lock(&self.0.0.open).take();
        for slot in open.iter().flat_map(|open| &open.readers).filter_map(Weak::upgrade) {
            // Waits for a read that is under way: 64 KiB at most.
            lock(&slot).take();
        }
    }
}

impl Blobs {
    /// Whether a file is there. It may be damaged.
    ///
    /// # Errors
    /// [`BlobError::Closed`], or the folder cannot be read.
    pub fn exists(&self, id: BlobId) -> Result<bool, BlobError> {
        self.still_open()?;
        Ok(self.path(id).try_exists()?)
    }

    /// Opens a file for reading anywhere in it. Checks the beginning and the end, so that a file that
    /// was cut is refused here.
    ///
    /// # Errors
    /// [`BlobError::Missing`], [`BlobError::Damaged`].
    pub fn open(&self, id: BlobId) -> Result<BlobReader, BlobError> {
        BlobReader::open(self.clone(), id)
    }

    /// Removes a file; one that is not there is no error. Whoever reads it may read on.
    ///
    /// # Errors
    /// [`BlobError::Closed`], or the folder cannot be written.
    pub fn remove(&self, id: BlobId) -> Result<(), BlobError> {
        self.still_open()?;
        self.unlink(id)
    }

    /// Every file that is there, in order.
    ///
    /// # Errors
    /// [`BlobError::Closed`], or the folder cannot be read.
    pub fn list(&self) -> Result<Vec<BlobId>, BlobError> {
        self.still_open()?;
        let mut found = Vec::new();
        for shard in entries(self.0.folder.path())? {
            if shard.len() != 2 {
                continue;
            }
            let named = |name: String| {
                name.strip_suffix(".age")
                    .and_then(|name| name.parse().ok())
                    .filter(|id: &BlobId| id.to_string().starts_with(&shard))
            };
            found
                .extend(entries(&self.0.folder.path().join(&shard))?.into_iter().filter_map(named));
        }
        found.sort_unstable();
        Ok(found)
    }

    /// The secret key of all evidence as text, for `age -d -i`. Whoever has it reads everything.
    ///
    /// # Errors
    /// [`BlobError::Closed`].
    pub fn recovery_identity(&self) -> Result<SecretString, BlobError> {
        Ok(self.identity()?.secret())
    }

    fn still_open(&self) -> Result<(), BlobError> {
        if lock(&self.0.open).is_some() { Ok(()) } else { Err(BlobError::Closed) }
    }

    /// A copy of the key; wiped when dropped.
    fn identity(&self) -> Result<Identity, BlobError> {
        let open = lock(&self.0.open);
        open.as_ref().map(|open| open.identity.clone()).ok_or(BlobError::Closed)
    }

    fn shard(&self, id: BlobId) -> Folder {
        let name = id.to_string();
        Folder::at(self.0.folder.path().join(name.get(..2).unwrap_or_default()))
    }

    fn path(&self, id: BlobId) -> PathBuf {
        self.shard(id).path().join(format!("{id}.age"))
    }

    fn incoming(&self) -> Folder {
        Folder::at(self.0.folder.path().join("incoming"))
    }

    fn unlink(&self, id: BlobId) -> Result<(), BlobError> {
        match std::fs::remove_file(self.path(id)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(self.shard(id).sync()?),
        }
    }
}

/// The names in a folder that are text; none when there is no folder.
fn entries(folder: &std::path::Path) -> Result<Vec<String>, BlobError> {
    let listed = match std::fs::read_dir(folder) {
        Err(error)
            if matches!(
                error.kind(),
                std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(Vec::new());
        }
        listed => listed?,
    };
    let mut names = Vec::new();
    for entry in listed {
        names.extend(entry?.file_name().into_string().ok());
    }
    Ok(names)
}

#[cfg(test)]
mod tests;
