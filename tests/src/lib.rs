//! What the journeys, fault tests and benchmarks share: a stage with a real display, session bus
//! and notification server, the real window driven through WebDriver, real drags, and `bwatch`.
//!
//! This crate is test code: a thing that is not as it should be ends the test by a panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

pub mod bwatch;
pub mod canary;
#[cfg(target_os = "linux")]
pub mod desktop;
#[cfg(target_os = "linux")]
pub mod drag;
#[cfg(target_os = "linux")]
pub mod evidence;
pub mod generate;
#[cfg(unix)]
pub mod letters;
#[cfg(unix)]
pub mod mail_server;
#[cfg(unix)]
pub mod process;
#[cfg(target_os = "linux")]
pub mod stage;

/// The folder with the programs that the same build made.
pub fn program_dir() -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    // Tests lie in `deps` below the programs; benchmarks and examples beside or below them.
    let parent = test.parent().expect("a file is in a folder");
    let nested = parent.ends_with("deps") || parent.ends_with("examples");
    if nested { parent.parent().expect("the build folder") } else { parent }.to_path_buf()
}

/// The path of a program that the same build made.
pub fn program(name: &str) -> PathBuf {
    let path = program_dir().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{name} is not built: use `cargo xtask test`, which builds it first");
    path
}
