//! Order reports coming in.

mod begin;
pub mod cancel;
pub mod list;
mod mail;
mod notice;
mod owner;
mod pipeline;
pub mod run;
pub mod screen;
pub mod skipped;
mod source;
pub mod start;

pub(crate) use mail::{MailboxImport, not_received};
pub(crate) use owner::Owner;
pub use source::Source;
