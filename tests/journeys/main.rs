//! Journeys through the real window.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod closed;
mod evidence;
mod export;
mod first_path;
mod keyboard;
mod lock;
mod mailbox;
mod mapping;
mod pasted;
mod second_process;
mod signals;
mod stage_itself;
mod steps;
mod tour;
