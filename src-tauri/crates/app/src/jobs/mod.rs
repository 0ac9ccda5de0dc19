//! Work that takes a while.

pub mod cancel;
pub mod list;
