//! The frame of the window.

pub mod days;
pub mod get;
