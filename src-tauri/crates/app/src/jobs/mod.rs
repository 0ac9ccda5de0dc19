//! Work that takes a while.

pub mod list;
