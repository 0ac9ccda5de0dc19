//! The IMAP door: the letters of a mailbox, read only, over TLS only.
//!
//! A mailbox is opened with `EXAMINE` and letters are asked for with `BODY.PEEK`, so that nothing in it is
//! ever marked, moved or deleted. No byte of a credential leaves before TLS is up and the certificate
//! is checked. Each letter is handed over once, in order, together with the place up to which all
//! have been: whoever keeps both in one transaction loses none and has none twice.
//!
//! What a server says is never logged and never part of an error: it may hold what stands in letters.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod account;
mod connect;
mod folders;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod limited;
mod place;
mod presets;
#[cfg(test)]
mod scripted;
mod sync;
mod trouble;
mod trust;
mod watch;

pub use account::{Account, Security};
pub use folders::{FolderName, shown};
pub use place::{Content, Letter, Place};
pub use presets::{PRESETS, Preset, Secret};
pub use trouble::{Step, Trouble};
pub use trust::Trust;
pub use watch::{Door, Found, Go, State, Stop, test, watch};
