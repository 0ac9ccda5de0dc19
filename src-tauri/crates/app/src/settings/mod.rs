//! Settings of this computer. They hold no personal data and lie beside the vault in clear.

pub mod get;
pub mod set;
mod store;

pub(crate) use store::SettingsFile;
pub use store::{Density, NotificationDetail, Settings};
