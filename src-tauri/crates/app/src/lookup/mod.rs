//! Quick look-up.

mod asked;
pub mod find;
