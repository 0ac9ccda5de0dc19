//! What can go wrong with a vault, in words that say the remedy and name no data, path or key.

use buyerwatch_domain::{Declined, Refusal};
use rusqlite::ffi::ErrorCode;

/// What of a vault is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The file that holds the wrapped keys.
    Header,
    /// The database.
    Database,
    /// The journal inside the database.
    Journal,
    /// A row of a table inside the database.
    Table,
}

impl Part {
    /// The stable name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Database => "database",
            Self::Journal => "journal",
            Self::Table => "table",
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// An open vault could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// Another process writes for longer than the vault waits.
    #[error("another program is writing to the vault; wait a moment and try again")]
    Busy,
    /// The disk is full. What was stored before is untouched.
    #[error("the disk is full; make room and try again, nothing that was stored is lost")]
    DiskFull,
    /// The folder cannot be written.
    #[error("the vault's folder is read-only; check its permissions")]
    ReadOnly,
    /// Stored bytes are not what was written.
    #[error("the vault's {0} is damaged; restore the newest backup")]
    Damaged(Part),
    /// A newer version of the program wrote this.
    #[error("a newer version wrote this vault; update the program")]
    Newer,
    /// The encryption is not linked in. Never store anything then.
    #[error("this build lacks database encryption; reinstall the program")]
    NoCipher,
    /// One decision is larger than an entry of the journal may be.
    #[error("the entry is larger than 256 KiB; shorten its texts")]
    EventTooLarge,
    /// No randomness from the operating system.
    #[error("the operating system gives no random numbers; restart the computer")]
    NoEntropy,
    /// A file could not be read or written.
    #[error("a file of the vault could not be accessed ({0}); check disk and permissions")]
    File(std::io::ErrorKind),
    /// Anything else that the database reports, by its extended result code.
    #[error(
        "the database reported error {0}; close other programs that use the vault, then try again"
    )]
    Database(i32),
}

impl From<std::io::Error> for VaultError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            kind => Self::File(kind),
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        match error {
            E::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                ErrorCode::DiskFull => Self::DiskFull,
                // The index beside the log finds no room: the first thing that fails on a full disk.
                _ if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => Self::DiskFull,
                ErrorCode::ReadOnly => Self::ReadOnly,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    Self::Damaged(Part::Database)
                }
                _ => Self::Database(failure.extended_code),
            },
            // A value of the wrong type in a column that only this program writes.
            E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::InvalidColumnType(..)
            | E::Utf8Error(..)
            | E::QueryReturnedNoRows => Self::Damaged(Part::Table),
            E::SqlInputError { error, .. } => Self::Database(error.extended_code),
            _ => Self::Database(1),
        }
    }
}

/// A command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A rule says no. Nothing was stored.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The vault could not be read or written. Nothing was stored.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Vault(error.into())
    }
}

impl From<Declined<VaultError>> for WriteError {
    fn from(declined: Declined<VaultError>) -> Self {
        match declined {
            Declined::Refused(refusal) => Self::Refused(refusal),
            Declined::Unreadable(error) => Self::Vault(error),
        }
    }
}

/// A vault was not created.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// The folder holds a vault already.
    #[error("the folder holds a vault already; open it, or choose another folder")]
    Exists,
    /// The folder holds a database or evidence whose key file is gone.
    #[error(
        "the folder holds parts of a vault without its key file; put the key file back from a backup, or choose an empty folder"
    )]
    Occupied,
    /// The asked-for work of key derivation is outside what is allowed.
    #[error("the cost of key derivation is out of range")]
    CostOutOfRange,
    /// The first entries were refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The vault could not be written.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl From<WriteError> for CreateError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => Self::Refused(refusal),
            WriteError::Vault(error) => Self::Vault(error),
        }
    }
}

/// A vault was not opened, or its keys were not changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no vault in the folder.
    #[error("there is no vault in this folder; create one, or choose another folder")]
    NoVault,
    /// The passphrase or recovery key does not open this vault. One message for every cause.
    #[error(
        "this does not open the vault; check capital letters and keyboard language, or use the recovery key"
    )]
    WrongKey {
        /// Milliseconds until the next attempt is allowed.
        wait_ms: u64,
        /// Failed attempts since the last success.
        attempts: u32,
    },
    /// Too many failed attempts; nothing was tried.
    #[error("too many failed attempts; wait and try again")]
    Delayed {
        /// Milliseconds until the next attempt is allowed.
        wait_ms: u64,
        /// Failed attempts since the last success.
        attempts: u32,
    },
    /// The passphrase was changed from elsewhere while it was being changed here.
    #[error("the passphrase was just changed from elsewhere; try again with the new one")]
    Changed,
    /// The vault could not be read.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        Self::Vault(error.into())
    }
}
