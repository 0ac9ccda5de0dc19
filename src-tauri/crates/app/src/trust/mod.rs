//! Identities that never alert.

pub mod add;
pub mod list;
pub mod pairs;
pub mod reach;
pub mod remove;
pub mod restore_pair;
