//! Bytes of a marketplace's files to observations, without a database, a clock or a file of its
//! own: everything here reads from [`std::io::Read`].
//!
//! [`open`] recognises an order report by the names of its columns, never by their position, and
//! answers with an [`OrderReader`], which hands out one [`ObservedOrder`] after another. Every row
//! is accounted for: it is an order, or it is skipped with a reason. What is no order report at all
//! is refused with an [`IntakeError`] that says what it is instead.
//!
//! Formats of other kinds (returns, feedback, messages) go beside this one: their names are in
//! [`ForeignFormat`] until they have a reader.
//!
//! [`ObservedOrder`]: buyerwatch_domain::ObservedOrder

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

mod decide;
mod encoding;
mod error;
mod format;
mod instant;
mod junk;
mod layout;
pub mod mail;
mod open;
mod order;
mod plausible;
mod reader;
mod source;
mod split;
mod value;

pub use encoding::Encoding;
pub use error::{FileKind, IntakeError};
pub use format::{ForeignFormat, ReportFormat};
pub use layout::{Delimiter, IdentityColumns};
pub use open::{Hints, open};
pub use reader::{OrderReader, ResumePoint, RowOutcome};
