//! Bytes of a marketplace's files to observations, without a database, a clock or a file of its
//! own: everything here reads from [`std::io::Read`].
//!
//! [`Report::open`] recognises a file of any format by its first bytes and by the names of its
//! columns, never by their position. Delimited text streams through an [`OrderReader`] ([`open`]);
//! a spreadsheet becomes such text; XML and JSON are held in memory, within bounds. What comes out
//! is one [`ObservedOrder`] after another, or the returns, claims and ratings of a row. Every row is
//! accounted for: it is one of these, or it is skipped with a reason. What is no report at all is
//! refused with an [`IntakeError`] that says what it is instead.
//!
//! [`ObservedOrder`]: buyerwatch_domain::ObservedOrder

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

mod aftersale;
mod decide;
mod encoding;
mod error;
mod format;
mod gzip;
mod held;
mod instant;
mod json;
mod junk;
mod layout;
pub mod mail;
mod mapping;
mod open;
mod order;
mod plausible;
mod reader;
mod report;
mod returns;
mod sheet;
mod source;
mod split;
mod value;
mod xml;

pub use encoding::Encoding;
pub use error::{FileKind, IntakeError};
pub use format::{ForeignFormat, ReportFormat};
pub use layout::{Delimiter, IdentityColumns};
pub use mapping::{MappedField, MappedKind, Mapping, Preview, preview};
pub use open::{Hints, open};
pub use reader::{OrderReader, ResumePoint, RowOutcome};
pub use report::Report;
