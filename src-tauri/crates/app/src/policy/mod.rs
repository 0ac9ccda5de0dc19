//! Rules of the house.

pub mod get;
pub mod set;
