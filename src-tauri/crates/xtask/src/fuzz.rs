//! `cargo xtask fuzz`: every parser fed with made-up bytes, guided by which way they went.
//!
//! Stable Rust can mark its branches for libFuzzer; address checks are left out, since the product has no
//! unsafe code of its own. What breaks a parser is left as a file and belongs into the seeds.

use crate::Outcome;
use crate::setup;
use crate::shell::{cargo, must, say};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Marks branches and comparisons for the driver.
const MARKS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";
const SECONDS: u64 = 600;
/// Longest made-up input, seconds of one reading, megabytes of the process.
const LIMITS: [&str; 3] = ["-max_len=65536", "-timeout=10", "-rss_limit_mb=256"];

/// Fuzzes the targets that are named, or all, one after the other.
pub fn fuzz(arguments: &[String]) -> Outcome {
    let (mut seconds, mut names) = (SECONDS, Vec::new());
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--seconds" {
            let given = words.next().and_then(|word| word.parse().ok());
            seconds = given.ok_or("--seconds needs a number")?;
        } else {
            names.push(word.clone());
        }
    }
    setup::for_terminal()?;
    let package = Path::new("src-tauri/crates/fuzz");
    let known = targets(&package.join("seeds"))?;
    if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
        return Err(format!("there is no target {unknown:?}; there are {}", known.join(", ")));
    }
    // Apart from other builds, since every crate is marked.
    let built = PathBuf::from(std::env::var_os("CARGO_TARGET_DIR").unwrap_or("target".into()));
    let built = built.join("fuzz");
    // With a target of its own, the programs that build others are not marked.
    let host = host()?;
    must(
        cargo()
            .args(["build", "--release", "--package", "buyerwatch-fuzz", "--features", "driver"])
            .args(["--target", &host])
            .args(["--target-dir".as_ref(), built.as_os_str()])
            // Its assertions stop at letters that it goes on to read in a release; so does its arithmetic,
            // which wraps there.
            .args(["--config", "profile.release.package.mail-parser.debug-assertions=false"])
            .args(["--config", "profile.release.package.mail-parser.overflow-checks=false"])
            .env("RUSTFLAGS", MARKS)
            .env("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "true")
            .env("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true")
            .env("CARGO_PROFILE_RELEASE_LTO", "off"),
    )?;
    for name in known.iter().filter(|name| names.is_empty() || names.contains(name)) {
        say(&format!("{name}, {seconds} s"));
        let found = built.join("found").join(name);
        std::fs::create_dir_all(&found).map_err(|error| error.to_string())?;
        let broken = format!("-artifact_prefix={}/broken-{name}-", built.display());
        must(
            Command::new(built.join(&host).join("release/fuzz"))
                .env("BUYERWATCH_FUZZ", name)
                // What short threads gave back would count as held: the C library keeps it for the next ones.
                .env("MALLOC_ARENA_MAX", "2")
                .arg(&found)
                .arg(package.join("seeds").join(name))
                .args(LIMITS)
                .arg(format!("-max_total_time={seconds}"))
                .arg(broken)
                .args(["-print_final_stats=1", "-verbosity=0"]),
        )?;
    }
    Ok(())
}

/// The system that this compiler builds for by itself.
fn host() -> Result<String, String> {
    let told = Command::new("rustc").arg("-vV").output().map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say its host".to_owned())
}

/// The names of the folders of seeds.
fn targets(seeds: &Path) -> Result<Vec<String>, String> {
    let folder = std::fs::read_dir(seeds).map_err(|error| error.to_string())?;
    let mut names: Vec<String> = folder
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}
