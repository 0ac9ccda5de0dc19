//! What is small to send and huge to take in: each in a program of its own, so that the memory it takes at
//! its worst is known.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod bombs;

use bombs::{BOMBS, Bomb};
use std::process::Command;

/// Megabytes that one file may take at its worst, the program itself included.
const BOUND_MB: u64 = 256;
const NAMED: &str = "BUYERWATCH_BOMB";

#[test]
fn bombs_are_refused_within_the_bound() {
    let program = std::env::current_exe().unwrap();
    let mut wrong = Vec::new();
    for Bomb { name, expected, .. } in &BOMBS {
        let ran = Command::new(&program)
            .args(["--exact", "one_bomb", "--nocapture"])
            .env(NAMED, name)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&ran.stdout);
        let told = told.lines().find_map(|line| line.strip_prefix("bomb: "));
        let told = told.unwrap_or_else(|| panic!("{name}: {ran:?}"));
        let (outcome, megabytes) = told.split_once(' ').unwrap();
        println!("{name}: {outcome}, {megabytes} MB");
        if outcome != *expected || megabytes.parse::<u64>().unwrap() > BOUND_MB {
            wrong.push(format!("{name}: {outcome}, {megabytes} MB, and not {expected}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Reads the bomb that the environment names, and tells the most memory that this program had.
#[test]
fn one_bomb() {
    let Ok(named) = std::env::var(NAMED) else { return };
    let bomb = BOMBS.iter().find(|bomb| bomb.name == named).unwrap();
    let outcome = (bomb.read)();
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = most.trim().trim_end_matches(" kB").parse().unwrap();
    println!("bomb: {outcome} {}", kilobytes >> 10);
}
