//! The record.

pub mod head;
pub mod verify;
