//! The one kind of error that leaves this crate.

use crate::NoEntropy;
use buyerwatch_domain::{Gate, Refusal};
use buyerwatch_intake::IntakeError;
use buyerwatch_media::PreviewError;
use buyerwatch_vault::{BlobError, CreateError, Damage, OpenError, VaultError, WriteError};
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeMap};
use ts_rs::TS;

/// A value that a text for people needs: a count, a limit, what is missing. Never personal data,
/// a path or a key.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(untagged)]
pub enum Param {
    /// A name out of a fixed set.
    Text(String),
    /// A number.
    Number(u64),
    /// Several names out of fixed sets.
    List(Vec<String>),
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Param {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Param {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Param {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Param {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<Vec<String>> for Param {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

/// What went wrong, by a stable code that the window and the command line put into words.
#[derive(Debug, Clone, PartialEq, Serialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// Stable name; each has a text in every language.
    #[ts(type = "string")]
    pub code: Cow<'static, str>,
    /// Values for the text.
    #[ts(type = "Record<string, string | number | string[]>")]
    pub params: BTreeMap<String, Param>,
    /// Short random code that stands in the log beside the cause.
    pub reference: String,
    /// English text with the remedy, for logs and for the command line.
    #[serde(skip)]
    #[ts(skip)]
    pub message: String,
}

impl ApiError {
    /// An error with this code and English text.
    #[must_use]
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            params: BTreeMap::new(),
            reference: String::new(),
            message: message.into(),
        }
    }

    /// Adds a value for the text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The vault is locked.
    #[must_use]
    pub fn locked() -> Self {
        Self::new("locked", "the vault is locked; unlock it first")
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let error = Self::new(refusal.code(), refusal.to_string());
        let gate = |error: Self, gate: &Gate| {
            let missing = gate.missing().into_iter().map(|m| m.code().to_owned()).collect();
            let missing: Vec<String> = missing;
            error
                .with("have", gate.incidents)
                .with("need", gate.needed)
                .with("window", gate.window_days)
                .with("clause", gate.clause.clone())
                .with("missing", missing)
        };
        match refusal {
            Refusal::ClauseNotMet(of) | Refusal::ExhibitsMissing(of) => gate(error, &of),
            Refusal::NotFound(what) => error.with("what", what),
            Refusal::Empty(field) => error.with("field", field),
            Refusal::TooLong { field, limit } => error.with("field", field).with("limit", limit),
            Refusal::UnknownClause(_) => error,
            Refusal::WrongVersion(next) => error.with("version", next),
            Refusal::OutOfRange { field, min, max } => {
                error.with("field", field).with("min", min).with("max", max)
            }
            _ => error,
        }
    }
}

impl From<VaultError> for ApiError {
    fn from(error: VaultError) -> Self {
        let code = match &error {
            VaultError::Busy => "busy",
            VaultError::DiskFull => "disk_full",
            VaultError::ReadOnly => "read_only",
            VaultError::Damaged(_) => "damaged",
            VaultError::Newer => "newer_version",
            VaultError::NoCipher => "no_cipher",
            VaultError::EventTooLarge => "too_large",
            VaultError::NoEntropy => "no_entropy",
            VaultError::File(_) => "file_failed",
            _ => "store_failed",
        };
        let api = Self::new(code, error.to_string());
        match error {
            VaultError::Damaged(part) => api.with("part", part.code()),
            _ => api,
        }
    }
}

impl From<BlobError> for ApiError {
    fn from(error: BlobError) -> Self {
        let message = error.to_string();
        let code = match error {
            BlobError::Closed => return Self::locked(),
            BlobError::Cancelled => "cancelled",
            BlobError::DiskFull => "disk_full",
            BlobError::Missing => "evidence_missing",
            BlobError::Damaged(Damage::Missing) => "evidence_missing",
            BlobError::Damaged(_) => "evidence_damaged",
            BlobError::Busy => "busy",
            BlobError::ReadOnly => "read_only",
            BlobError::NoEntropy => "no_entropy",
            _ => "file_failed",
        };
        Self::new(code, message)
    }
}

impl From<PreviewError> for ApiError {
    fn from(error: PreviewError) -> Self {
        let api = Self::new(error.code(), error.to_string());
        match error {
            PreviewError::NoSuchPage { pages } => api.with("pages", pages),
            // The evidence itself could not be read: why is known.
            PreviewError::Read(error) => BlobError::from(error).into(),
            _ => api,
        }
    }
}

impl From<WriteError> for ApiError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => refusal.into(),
            WriteError::Vault(error) => error.into(),
        }
    }
}

impl From<CreateError> for ApiError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Exists => Self::new("vault_exists", error.to_string()),
            CreateError::Occupied => Self::new("folder_occupied", error.to_string()),
            CreateError::Refused(refusal) => refusal.into(),
            CreateError::Vault(error) => error.into(),
            _ => Self::new("internal", error.to_string()),
        }
    }
}

impl From<OpenError> for ApiError {
    fn from(error: OpenError) -> Self {
        let message = error.to_string();
        match error {
            OpenError::NoVault => Self::new("no_vault", message),
            OpenError::WrongKey { wait_ms, attempts } => Self::new("wrong_passphrase", message)
                .with("wait_ms", wait_ms)
                .with("attempts", attempts),
            OpenError::Delayed { wait_ms, attempts } => {
                Self::new("wait", message).with("wait_ms", wait_ms).with("attempts", attempts)
            }
            OpenError::Changed => Self::new("busy", message),
            OpenError::Vault(error) => error.into(),
            _ => Self::new("internal", message),
        }
    }
}

impl From<IntakeError> for ApiError {
    fn from(error: IntakeError) -> Self {
        let params = error.params();
        let api = Self::new(error.code(), error.to_string());
        params.into_iter().fold(api, |api, (name, value)| api.with(name, value))
    }
}

impl From<NoEntropy> for ApiError {
    fn from(error: NoEntropy) -> Self {
        Self::new("no_entropy", error.to_string())
    }
}
