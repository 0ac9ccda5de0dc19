//! What programs that call `bwatch` rely on: its commands, its JSON and its exit status.
//!
//! Each test runs the program itself, in a vault of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backtest;
mod bench;
mod doors;
mod evidence;
mod find;
mod help;
mod listing;
mod merging;
mod messages;
mod orders;
mod program;
mod record;
mod signals;
mod team;
mod vault;
