//! Criteria.

pub mod list;
