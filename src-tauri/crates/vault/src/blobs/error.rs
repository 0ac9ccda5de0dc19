//! What can go wrong with evidence files.

use crate::VaultError;
use std::io::{self, ErrorKind};

/// What is wrong with a stored file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// The file is not there.
    Missing,
    /// The file is shorter than it was.
    Truncated,
    /// Bytes of the file are not what was written.
    Altered,
    /// The file is there and cannot be read.
    Unreadable,
    /// The file is whole but another: another name, another length, another content.
    OtherContent,
}

impl Damage {
    /// The stable name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Truncated => "truncated",
            Self::Altered => "altered",
            Self::Unreadable => "unreadable",
            Self::OtherContent => "other_content",
        }
    }
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// An evidence file was not stored, read or checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BlobError {
    /// The vault was closed.
    #[error("the vault is locked; unlock it and try again")]
    Closed,
    /// It was cancelled. Nothing was stored.
    #[error("cancelled; nothing was stored")]
    Cancelled,
    /// The disk is full. Nothing was stored.
    #[error("the disk is full; make room and try again, nothing was stored")]
    DiskFull,
    /// There is no such file.
    #[error("the evidence file is not there; restore it from a backup")]
    Missing,
    /// The file is not what was stored. No byte of the damaged part is ever given out.
    #[error("the evidence file is damaged ({0}); restore it from a backup")]
    Damaged(Damage),
    /// What was to be stored could not be read.
    #[error("the file could not be read ({0}); check that it is still there and try again")]
    Source(ErrorKind),
    /// Another program keeps the evidence folder to itself.
    #[error("another program is tidying up the evidence; wait a moment and try again")]
    Busy,
    /// The folder cannot be written.
    #[error("the vault's folder is read-only; check its permissions")]
    ReadOnly,
    /// No randomness from the operating system.
    #[error("the operating system gives no random numbers; restart the computer")]
    NoEntropy,
    /// A file of the vault could not be read or written.
    #[error("an evidence file could not be accessed ({0}); check disk and permissions")]
    File(ErrorKind),
}

impl From<io::Error> for BlobError {
    /// Takes out the error that a [`crate::BlobReader`] wrapped, or tells what the system reported.
    fn from(error: io::Error) -> Self {
        if let Some(own) = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            return own.clone();
        }
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::NotFound => Self::Missing,
            kind => Self::File(kind),
        }
    }
}

impl From<BlobError> for io::Error {
    fn from(error: BlobError) -> Self {
        let kind = match error {
            BlobError::Closed => ErrorKind::PermissionDenied,
            BlobError::Missing => ErrorKind::NotFound,
            BlobError::Damaged(_) => ErrorKind::InvalidData,
            BlobError::File(kind) => kind,
            _ => ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

impl From<VaultError> for BlobError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Busy => Self::Busy,
            VaultError::DiskFull => Self::DiskFull,
            VaultError::ReadOnly => Self::ReadOnly,
            VaultError::NoEntropy => Self::NoEntropy,
            VaultError::File(kind) => Self::File(kind),
            // The others are about the database.
            _ => Self::File(ErrorKind::Other),
        }
    }
}
