//! The team.

pub mod add;
pub mod list;
pub(crate) mod shown;
pub mod switch;
