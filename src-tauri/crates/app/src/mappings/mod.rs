//! What the columns of unknown files mean, as people said once.

pub mod list;
pub mod preview;
pub mod remove;
pub mod save;

pub(crate) use list::known;
