//! What happens when things go wrong: power cuts, secrets on the disk, files that are no reports.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[cfg(target_os = "linux")]
mod disk_full;
#[cfg(unix)]
mod evidence_cut;
mod junk;
#[cfg(unix)]
mod power_cut;
mod secrets;
