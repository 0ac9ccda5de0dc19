//! Quick look-up.

mod asked;
mod captions;
pub mod find;
mod runs;
