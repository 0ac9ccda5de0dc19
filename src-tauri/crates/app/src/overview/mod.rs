//! The frame of the window.

pub mod get;
