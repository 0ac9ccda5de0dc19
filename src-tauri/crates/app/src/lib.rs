#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

//! Every use case of Buyerwatch, one file each: the only door for the window and the command
//! line.

pub mod alerts;
pub mod bench;
pub mod bindings;
pub mod buyers;
mod compared;
pub mod criteria;
mod desk;
pub mod drafts;
mod error;
pub mod exhibits;
pub mod files;
pub mod folders;
mod host;
pub mod imports;
pub mod incidents;
pub mod jobs;
pub mod journal;
pub mod listings;
pub mod lookup;
pub mod mailboxes;
pub mod mappings;
mod mask;
pub mod media;
pub mod messages;
mod nothing;
pub mod orders;
pub mod overview;
mod page;
pub mod people;
pub mod phrases;
pub mod policy;
mod registry;
pub mod retention;
mod secret;
pub mod session;
pub mod settings;
pub mod signals;
pub mod trust;
pub mod view;

pub use buyerwatch_domain::{ExhibitLink, Forgery, Purpose, Tag, Timestamp};
pub use desk::{
    CheckedTable, Closed, Desk, DeskOptions, Manner, Open, Progress, Stopped, StorageReport,
    TablesReport, default_data_dir,
};
pub use error::{ApiError, Param};
pub use files::{FileHandle, FileShelf};
pub use host::{DragPhase, Host, LogLevel, LogLine, NoEntropy, Notification, Push};
pub use nothing::Nothing;
pub use page::Page;
pub use secret::Secret;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
