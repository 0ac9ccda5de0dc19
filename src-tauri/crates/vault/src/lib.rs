#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

//! The encrypted store: keys, database, journal, tables, evidence files.
//!
//! The only crate that knows of the database. Decisions come in through one door,
//! [`Vault::execute`] or [`Write::execute`]: the pure rules of `buyerwatch-domain` decide, the
//! journal records, the tables follow, and only then is anything answered.

mod attempts;
mod blobs;
mod changes;
mod clock;
#[cfg(test)]
mod crash;
mod database;
mod error;
#[cfg(test)]
mod flips;
mod folder;
mod header;
mod hex;
mod ids;
mod integrity;
mod journal;
mod kdf;
mod machine;
mod open;
mod pool;
#[cfg(test)]
mod random;
mod read;
mod rebuild;
mod recovery;
mod schema;
mod secret;
mod tables;
#[cfg(test)]
mod testing;
mod vault;
mod write;

pub use attempts::{Wait, unlock_wait};
pub use blobs::{
    BlobError, BlobId, BlobReader, Blobs, Damage, ExposeSecret, Incoming, Kept, Leaving,
    SecretString, Swept,
};
pub use changes::{Changes, Cursor, JournalPosition};
pub use error::{CreateError, OpenError, Part, VaultError, WriteError};
pub use folder::{Folder, rename};
pub use header::Unlock;
pub use ids::{DeviceId, EventHash, VaultId};
pub use integrity::IntegrityReport;
pub use journal::{Head, JournalReport, Problem, ProblemCode, Received, TakenIn};
pub use kdf::KdfCost;
pub use open::NewVault;
pub use read::Read;
pub use rebuild::RebuildReport;
pub use recovery::{Malformed, RecoveryKey};
pub use secret::{BlindKey, Entropy, OsEntropy, Passphrase};
pub use tables::*;
pub use vault::Vault;
pub use write::{Committed, Write};
