//! Creating and opening a vault, and changing its passphrase.

use crate::attempts::{self, Attempt, Wait};
use crate::database::{Opener, Use};
use crate::folder::rename;
use crate::header::Header;
use crate::journal::{Author, Remembered, device};
use crate::kdf::Kdf;
use crate::secret::Key;
use crate::{
    CreateError, Entropy, Folder, KdfCost, OpenError, OsEntropy, Part, Passphrase, RecoveryKey,
    Unlock, Vault, VaultError, WriteError, blobs, machine, rebuild, schema,
};
use buyerwatch_domain::{Command, Criterion, Person, Stamp, Timestamp};
use rusqlite::{Connection, TransactionBehavior};
use std::fs;
use std::path::{Path, PathBuf};

/// What a new vault starts with.
#[derive(Debug, Clone)]
pub struct NewVault {
    /// How much work a guess at the passphrase takes.
    pub kdf: KdfCost,
    /// The first member of the team.
    pub person: Person,
    /// Criteria to publish.
    pub criteria: Vec<Criterion>,
    /// The time of creation.
    pub at: Timestamp,
}

impl Vault {
    /// Creates a vault in a folder that holds none. The recovery key is not stored anywhere.
    ///
    /// A crash at any moment leaves no vault, or the whole of it.
    ///
    /// # Errors
    /// [`CreateError::Exists`] when there is one. After any error there is none that is new.
    pub fn create(
        folder: &Folder,
        passphrase: &Passphrase,
        new: NewVault,
        entropy: &mut dyn Entropy,
    ) -> Result<(Self, RecoveryKey), CreateError> {
        vacant(folder)?;
        let (mut vault_id, mut salt) = ([0; 16], [0; 16]);
        entropy.fill(&mut vault_id)?;
        entropy.fill(&mut salt)?;
        let key = Key::random(entropy)?;
        let recovery = RecoveryKey::random(entropy)?;
        let kdf = Kdf::new(new.kdf, salt)?;
        let header = Header::new(vault_id, &key, (kdf, passphrase), &recovery, entropy)?;

        folder.make().map_err(VaultError::from)?;
        let guard = folder.guard()?;
        // Somebody else may have been faster while the key was derived.
        vacant(folder)?;
        let staging = folder.staging();
        // Remains of an earlier attempt, before the header by which they are known.
        withdraw(&staging, folder).map_err(VaultError::from)?;
        let built = build(&staging, &key, vault_id, new, entropy)
            .and_then(|()| Ok(blobs::hand_over(&staging, &key, &recovery)?));
        if let Err(error) = built.and_then(|()| Ok(settle(&staging, folder, &header)?)) {
            // What cannot be removed now is told apart and removed by the next attempt.
            let _ = withdraw(&staging, folder);
            return Err(error);
        }
        let _ = fs::remove_dir_all(staging.path());
        drop(guard);
        Ok((connect(folder, key, vault_id, entropy)?, recovery))
    }

    /// Opens a vault. Takes about half a second with the passphrase, by intent.
    ///
    /// # Errors
    /// [`OpenError::WrongKey`] for every secret that does not fit, [`OpenError::Delayed`] when it
    /// comes too soon after others that did not.
    pub fn open(folder: &Folder, with: Unlock<'_>, at: Timestamp) -> Result<Self, OpenError> {
        let (header, key) = unlock(folder, with, at)?;
        Ok(connect(folder, key, header.vault_id().0, &mut OsEntropy)?)
    }

    /// Changes the passphrase. The recovery key stays valid.
    ///
    /// # Errors
    /// [`OpenError::WrongKey`] when the current one does not fit, [`OpenError::Changed`] when it was
    /// changed from elsewhere meanwhile. This change is not made after any error.
    pub fn change_passphrase(
        &self,
        current: &Passphrase,
        next: &Passphrase,
        at: Timestamp,
    ) -> Result<(), OpenError> {
        rewrap(self.folder(), Unlock::Passphrase(current), next, at)
    }

    /// Sets a new passphrase with the recovery key, when the old one is forgotten.
    ///
    /// # Errors
    /// [`OpenError::WrongKey`] when the recovery key does not fit, [`OpenError::Changed`] when the
    /// passphrase was changed from elsewhere meanwhile.
    pub fn reset_passphrase(
        folder: &Folder,
        recovery: &RecoveryKey,
        next: &Passphrase,
        at: Timestamp,
    ) -> Result<(), OpenError> {
        rewrap(folder, Unlock::Recovery(recovery), next, at)
    }
}

fn vacant(folder: &Folder) -> Result<(), CreateError> {
    if folder.exists() {
        return Err(CreateError::Exists);
    }
    // A header that still waits beside it tells the remains of an unfinished creation from a
    // database whose header was lost. Evidence of a lost vault can be read as long as its identity
    // stays.
    let found = folder.database().exists() || folder.identity().exists();
    if found && !folder.staging().exists() {
        return Err(CreateError::Occupied);
    }
    Ok(())
}

/// Builds database and remembered head in a folder of their own.
fn build(
    staging: &Folder,
    key: &Key,
    vault_id: [u8; 16],
    new: NewVault,
    entropy: &mut dyn Entropy,
) -> Result<(), CreateError> {
    staging.make().map_err(VaultError::from)?;
    // Made here so that the database inherits the permissions.
    crate::folder::private().create_new(true).open(staging.database()).map_err(VaultError::from)?;
    let mut conn = Opener::new(staging.clone(), key).open(Use::Create)?;
    let author = adopt(&mut conn, staging, key, vault_id, &Remembered::default(), entropy)?;
    let vault = Vault::assemble(staging.clone(), key.clone(), author, conn)?;
    let stamp = Stamp { at: new.at, actor: new.person.id };
    let Person { id: person, name, role } = new.person;
    let _first = vault.write(|tx| -> Result<(), WriteError> {
        tx.execute(Command::AddPerson { person, name, role }, stamp)?;
        for criterion in new.criteria {
            tx.execute(Command::PublishCriterion { criterion }, stamp)?;
        }
        Ok(())
    })?;
    vault.accept_head()?;
    vault.close();
    Ok(())
}

/// Takes back what an unfinished creation put into the folder, where no vault was before.
///
/// The header goes back to where it waited and is removed last, and nothing after what could not be
/// removed: whatever is left is a vault, or counts as remains.
fn withdraw(staging: &Folder, folder: &Folder) -> std::io::Result<()> {
    if folder.exists() {
        rename(&folder.header(), &staging.header())?;
    }
    remove(&folder.database())?;
    remove(&folder.head())?;
    remove(&folder.identity())?;
    // Stays when something else is in it.
    let _ = fs::remove_dir(folder.blobs().path());
    folder.sync()?;
    if staging.path().exists() { fs::remove_dir_all(staging.path()) } else { Ok(()) }
}

/// Removes a file that may be there.
fn remove(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Moves what was built to its place. From the moment the header is there, it counts.
fn settle(staging: &Folder, folder: &Folder, header: &Header) -> Result<(), VaultError> {
    header.write(staging)?;
    for old in [folder.attempts(), log(folder, "-wal"), log(folder, "-shm")] {
        remove(&old)?;
    }
    folder.blobs().make()?;
    rename(&staging.identity(), &folder.identity())?;
    folder.blobs().sync()?;
    rename(&staging.database(), &folder.database())?;
    rename(&staging.head(), &folder.head())?;
    folder.sync()?;
    rename(&staging.header(), &folder.header())?;
    Ok(folder.sync()?)
}

/// A file that the database keeps beside itself.
fn log(folder: &Folder, suffix: &str) -> PathBuf {
    let mut name = folder.database().into_os_string();
    name.push(suffix);
    name.into()
}

/// Unwraps the vault's key. The attempt is counted before, and forgotten when it succeeds.
fn unlock(folder: &Folder, with: Unlock<'_>, at: Timestamp) -> Result<(Header, Key), OpenError> {
    let header = Header::read(folder)?;
    let noted = match attempts::begin(folder, at) {
        Ok(Attempt::Early(Wait { wait_ms, attempts })) => {
            return Err(OpenError::Delayed { wait_ms, attempts });
        }
        Ok(Attempt::Begun) => Ok(()),
        Err(VaultError::Busy) => return Err(VaultError::Busy.into()),
        // Whoever has the right secret gets in, even when the disk is full.
        Err(error) => Err(error),
    };
    // An error comes after the right secret only: it tells that the rest was manipulated.
    let unlocked = header.unlock(with).inspect_err(|_| attempts::succeeded(folder))?;
    if let Some(key) = unlocked {
        attempts::succeeded(folder);
        return Ok((header, key));
    }
    noted?;
    let Wait { wait_ms, attempts } = attempts::failed(folder, at)?;
    Err(OpenError::WrongKey { wait_ms, attempts })
}

fn rewrap(
    folder: &Folder,
    with: Unlock<'_>,
    next: &Passphrase,
    at: Timestamp,
) -> Result<(), OpenError> {
    let (header, key) = unlock(folder, with, at)?;
    let changed = header.with_passphrase(&key, next, &mut OsEntropy)?;
    exchange(folder, &header, &changed)
}

/// Puts a header in place of the one that was unlocked. Deriving keys takes long, and somebody else
/// may have been faster: what they were told is done must not vanish.
fn exchange(folder: &Folder, unlocked: &Header, next: &Header) -> Result<(), OpenError> {
    let _guard = folder.guard()?;
    if Header::read(folder)? == *unlocked {
        Ok(next.write(folder)?)
    } else {
        Err(OpenError::Changed)
    }
}

/// Opens the database and finds out which device this is.
fn connect(
    folder: &Folder,
    key: Key,
    vault_id: [u8; 16],
    entropy: &mut dyn Entropy,
) -> Result<Vault, VaultError> {
    folder.sweep();
    let mut conn = Opener::new(folder.clone(), &key).open(Use::Write)?;
    if schema::version(&conn)? == 0 {
        // An emptied file would pass for a new database.
        return Err(VaultError::Damaged(Part::Database));
    }
    let remembered = Remembered::read(folder, &key)?.unwrap_or_default();
    let author = adopt(&mut conn, folder, &key, vault_id, &remembered, entropy)?;
    Vault::assemble(folder.clone(), key, author, conn)
}

fn adopt(
    conn: &mut Connection,
    folder: &Folder,
    key: &Key,
    vault_id: [u8; 16],
    remembered: &Remembered,
    entropy: &mut dyn Entropy,
) -> Result<Author, VaultError> {
    let binding = machine::binding(folder, key)?;
    // The usual case writes nothing, so that opening never waits for a running import.
    if schema::version(conn)? == schema::VERSION
        && !rebuild::due(conn)?
        && let Some(author) = device::find(conn, vault_id, binding, remembered)?
    {
        return Ok(author);
    }
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = schema::version(&transaction)?;
    schema::migrate(&transaction)?;
    // What an earlier program left out of the tables stands in the journal.
    if rebuild::due(&transaction)? || (found != 0 && found != schema::VERSION) {
        rebuild::renew(&transaction)?;
    }
    let author = match device::find(&transaction, vault_id, binding, remembered)? {
        Some(author) => author,
        None => device::make(&transaction, vault_id, binding, entropy)?,
    };
    transaction.commit()?;
    Ok(author)
}

#[cfg(test)]
mod tests;
