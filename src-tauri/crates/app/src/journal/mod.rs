//! The record.

pub mod accept_head;
pub mod head;
pub mod verify;
