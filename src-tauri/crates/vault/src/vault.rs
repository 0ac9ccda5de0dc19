//! An open vault: the write door and the read pool.

use crate::blobs::{Blobs, Door};
use crate::changes::Own;
use crate::database::{Opener, Use};
use crate::journal::{self, Author, Head, JournalReport, Remembered};
use crate::pool::{Pool, lock};
use crate::secret::Key;
use crate::{BlindKey, Committed, DeviceId, Folder, Read, VaultError, VaultId, Write, WriteError};
use buyerwatch_domain::{Command, Event, Stamp};
use rusqlite::{Connection, TransactionBehavior};
use std::sync::Mutex;

/// An open vault. Share it between threads; dropping it closes it and wipes its keys.
#[derive(Debug)]
pub struct Vault {
    folder: Folder,
    author: Author,
    blind: BlindKey,
    /// The key from which the head's is derived.
    key: Key,
    pool: Pool,
    writer: Mutex<Connection>,
    watcher: Mutex<Connection>,
    own: Mutex<Own>,
    blobs: Door,
}

impl Vault {
    pub(crate) fn assemble(
        folder: Folder,
        key: Key,
        author: Author,
        writer: Connection,
    ) -> Result<Self, VaultError> {
        let opener = Opener::new(folder.clone(), &key);
        let watcher = opener.open(Use::Read)?;
        Ok(Self {
            blobs: Door::open(&folder, &key)?,
            blind: BlindKey::new(key.derive(crate::secret::Purpose::BlindIndex)),
            folder,
            author,
            key,
            pool: Pool::new(opener),
            writer: Mutex::new(writer),
            watcher: Mutex::new(watcher),
            own: Mutex::default(),
        })
    }

    /// The identity of the vault.
    #[must_use]
    pub const fn id(&self) -> VaultId {
        VaultId(self.author.space_id)
    }

    /// The device as which this process signs.
    #[must_use]
    pub fn device_id(&self) -> DeviceId {
        DeviceId(self.author.device_id())
    }

    /// The folder in which it lies.
    #[must_use]
    pub const fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The key under which identifiers are hashed.
    #[must_use]
    pub const fn blind_key(&self) -> &BlindKey {
        &self.blind
    }

    /// The evidence files. What is handed out here refuses everything once the vault is closed.
    #[must_use]
    pub fn blobs(&self) -> Blobs {
        self.blobs.handle()
    }

    /// Decides on one command and stores what was decided.
    ///
    /// # Errors
    /// [`WriteError::Refused`] when a rule says no. In every case of error nothing was stored.
    pub fn execute(
        &self,
        command: Command,
        stamp: Stamp,
    ) -> Result<Committed<Vec<Event>>, WriteError> {
        self.write(|tx| tx.execute(command, stamp))
    }

    /// Writes in one transaction: all of it is stored, or, after an error, nothing.
    ///
    /// Never call it from inside itself: there is one writer.
    ///
    /// # Errors
    /// What `work` answers, and what the vault reports.
    pub fn write<T, E: From<VaultError>>(
        &self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<Committed<T>, E> {
        let mut writer = lock(&self.writer);
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(VaultError::from)?;
        let mut handle = Write::new(&transaction, &self.author);
        let view = work(&mut handle)?;
        let finished = handle.finish()?;
        {
            let mut own = lock(&self.own);
            transaction.commit().map_err(VaultError::from)?;
            own.add(&finished.tags, finished.positions);
        }
        if finished.positions.is_some() {
            // Stored is stored: the remembered head may lag, and the next write catches up.
            let _ = Remembered::update(&writer, &self.folder, &self.key);
        }
        Ok(Committed::new(view, finished))
    }

    /// Reads from one moment of the vault.
    ///
    /// # Errors
    /// What `work` answers, and what the vault reports.
    pub fn read<T, E: From<VaultError>>(
        &self,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.pool.read(work)
    }

    /// The newest entry of this device; of all devices as long as it has none.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn head(&self) -> Result<Option<Head>, VaultError> {
        self.read(|r| journal::newest(r.conn(), &self.author.device_id()))
    }

    /// How many entries the journal has, of all devices.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn journal_len(&self) -> Result<u64, VaultError> {
        self.read(|r| {
            let mut query = r.conn().prepare_cached("SELECT count(*) FROM journal")?;
            Ok(query.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
        })
    }

    /// Checks every entry of the journal: signature, hash, chain, payload, forks, and the newest
    /// entry that is remembered outside the database.
    ///
    /// # Errors
    /// When the vault cannot be read. What is wrong with the journal stands in the report.
    pub fn verify_journal(&self) -> Result<JournalReport, VaultError> {
        // Read before the journal: it may lag behind what is checked, and never leads it.
        let remembered = Remembered::read(&self.folder, &self.key)?;
        self.read(|r| journal::verify(r.conn(), &self.author, remembered.as_ref()))
    }

    /// Whether the journal still holds the newest entries that are remembered outside the database.
    /// Not so after an older copy was put back, and unknown, which is no, when nothing is remembered.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn ends_as_remembered(&self) -> Result<bool, VaultError> {
        let Some(remembered) = Remembered::read(&self.folder, &self.key)? else { return Ok(false) };
        self.read(|r| journal::ends_as(r.conn(), &remembered))
    }

    /// Accepts that the vault was put back to an earlier state: from now on the newest entry that
    /// it has counts as the newest that there was. For a person to decide, after a restore.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn accept_head(&self) -> Result<(), VaultError> {
        let writer = lock(&self.writer);
        Remembered::restart(&writer, &self.folder, &self.key)
    }

    /// Closes the vault, folds the write-ahead log into the database and wipes the keys.
    pub fn close(self) {
        drop(self);
    }

    pub(crate) const fn own(&self) -> &Mutex<Own> {
        &self.own
    }

    pub(crate) const fn watcher(&self) -> &Mutex<Connection> {
        &self.watcher
    }

    pub(crate) const fn writer(&self) -> &Mutex<Connection> {
        &self.writer
    }
}

#[cfg(test)]
mod tests;
