//! The decision to list a buyer.

pub mod add;
pub mod approve;
pub mod clear;
pub mod decline;
pub mod gate;
pub(crate) mod shown;
