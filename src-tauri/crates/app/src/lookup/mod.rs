//! Quick look-up.

pub mod find;
