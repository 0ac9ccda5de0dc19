//! What was begun in the window and not saved. It lies in the vault, so that neither a lock nor a
//! restart loses it and nothing of it lies in clear.

pub mod get;
pub mod set;
