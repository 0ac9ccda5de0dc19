//! Identities that never alert.

pub mod add;
pub mod list;
pub mod remove;
