//! Creating, opening and locking the vault.

pub mod change_passphrase;
pub mod create;
mod kit;
pub mod load_sample;
pub mod lock;
pub mod save_kit;
pub mod state;
pub mod strength;
pub mod touch;
pub mod unlock;
pub mod unlock_recovery;
