//! Bytes of an exhibit to what is seen of it, without a database, a network or a file of its own:
//! its type ([`sniff`]), the time it claims ([`captured`]), a small picture ([`thumbnail`]), the
//! pages of a PDF ([`pdf`]), its text ([`text`]), a letter ([`mail`]) and a copy with personal data
//! blacked out ([`redact`]).
//!
//! Every byte may come from the person the evidence is against. So nothing is believed: not the
//! extension, not the size that a header claims, not the depth to which a file nests. What a
//! library decodes, it decodes on a worker with a large stack, a time limit and a guard around
//! panics, and after its pixels, its memory and the number of its operations were measured. What
//! goes over a limit is a [`PreviewError`] that says so; the exhibit itself is kept and handed out
//! untouched.
//!
//! Nothing here loads what a file refers to, runs what it contains, or shows markup as anything but
//! its source.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

mod captured;
mod container;
mod error;
mod limits;
mod mail;
pub mod pdf;
mod picture;
mod redact;
mod sniff;
mod text;
mod worker;

#[cfg(test)]
mod samples;

pub use captured::{Captured, captured};
pub use error::PreviewError;
pub use limits::Limits;
pub use mail::{Attachment, MailView, attachment, mail};
pub use picture::{Picture, decodes, measure, moves, thumbnail};
pub use redact::{Area, redact};
pub use sniff::{Class, MediaType, sniff};
pub use text::text;
