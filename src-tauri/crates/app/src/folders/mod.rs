//! Folders whose files are imported by themselves.

pub mod add;
pub mod list;
pub mod remove;
mod settle;
pub mod test;
pub(crate) mod watch;

pub use watch::Watcher;

use serde::Deserialize;
use ts_rs::TS;

/// One folder.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneFolder {
    /// Its identity.
    pub id: String,
}

/// The subfolder to which imported files go.
pub(crate) const DONE: &str = "done";
