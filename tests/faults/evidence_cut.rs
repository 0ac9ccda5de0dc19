//! A power cut at any moment while evidence is taken in leaves all of it or nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::generate::Dice;
use serde_json::Value;

/// Bytes of each file: enough that most of the time goes into it.
const BYTES: usize = 12_000_000;
/// Cuts per vault.
const CUTS_PER_VAULT: u64 = 25;
/// Cuts in the everyday run; `BUYERWATCH_KILLS` names another number.
const CUTS: u64 = 20;

#[test]
fn evidence_is_there_as_a_whole_or_not_at_all() {
    let cuts = std::env::var("BUYERWATCH_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(CUTS);
    let vaults = u64::div_ceil(cuts, CUTS_PER_VAULT);
    let (mut midway, mut kept) = (0, 0);
    for seed in 0..vaults {
        let (left, stored) = cut_additions(seed, CUTS_PER_VAULT.min(cuts - seed * CUTS_PER_VAULT));
        midway += left;
        kept += stored;
    }
    println!("{cuts} cuts: {midway} left something half done behind, {kept} came too late");
    assert!(midway > 0, "no cut fell into the work; all came before or after it");
    assert!(kept < cuts, "every file was stored before its cut");
}

/// Cuts one addition after another. Answers how many left a half-written file, and how many files
/// were stored all the same.
fn cut_additions(seed: u64, cuts: u64) -> (u64, u64) {
    let bwatch = Bwatch::with_vault();
    let added =
        bwatch.ok(["buyer", "add", "--identifier", "alias=a1b2c3d4e5f6g7@marketplace.amazon.de"]);
    let buyer = added["buyer_id"].as_str().unwrap().to_owned();
    let mut dice = Dice::new(seed ^ 0xe7d);

    // How long an addition takes, and how much of that before it begins with the file.
    let opened = timed(|| bwatch.ok(["evidence", "list"]));
    let calm = bwatch.input("calm.bin", &content(seed, u64::MAX));
    let whole = timed(|| bwatch.ok(add(&calm, &buyer)));
    let (from, span) = (opened.mul_f64(0.8), whole.saturating_sub(opened.mul_f64(0.8)));

    let (mut midway, mut stored) = (0, 0);
    let mut known = exhibits(&bwatch);
    assert_eq!(known.len(), 1);
    for round in 0..cuts {
        let file = bwatch.input(&format!("file-{round}.bin"), &content(seed, round));
        let mut child = bwatch.command(add(&file, &buyer)).spawn().unwrap();
        let share = f64::from(u32::try_from(dice.below(1_000)).unwrap()) / 1_000.0;
        thread::sleep(from + span.mul_f64(share));
        let _ = child.kill();
        let answer: Value =
            serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap_or_default();
        let half_done = files(bwatch.vault(), "part").len() + files(bwatch.vault(), "age").len()
            > known.len() + 1;

        // The next start tidies up. What was acknowledged is there; nothing else is but for the one
        // file that may have been stored a moment before it would have been acknowledged.
        let now = exhibits(&bwatch);
        let place = format!("seed {seed}, round {round}");
        let acknowledged = answer["exhibits"].as_array().map_or(0, Vec::len);
        assert!(now.is_superset(&known), "{place}: something stored is gone");
        let new = now.len() - known.len();
        assert!(new >= acknowledged && new <= 1, "{place}: {new} new, {acknowledged} acknowledged");
        stored += new as u64;
        midway += u64::from(half_done && new == 0);
        known = now;
        // Every file is named by the journal, and the other way round; beside them `identity.age`.
        let left = files(bwatch.vault(), "part");
        assert!(left.is_empty(), "{place}: left behind: {left:?}");
        let blobs = files(bwatch.vault(), "age").len() - 1;
        assert_eq!(blobs, known.len(), "{place}: files and records differ");
    }
    let verified = bwatch.ok(["evidence", "verify"]);
    assert_eq!(verified["verified"].as_u64(), Some(known.len() as u64), "{verified}");
    assert_eq!(verified["bad"].as_array().map(Vec::len), Some(0), "{verified}");
    bwatch.assert_whole();
    (midway, stored)
}

fn add(file: &Path, buyer: &str) -> Vec<std::ffi::OsString> {
    let file = file.as_os_str();
    ["evidence".as_ref(), "add".as_ref(), file, "--buyer".as_ref(), buyer.as_ref()]
        .into_iter()
        .map(std::ffi::OsStr::to_owned)
        .collect()
}

fn exhibits(bwatch: &Bwatch) -> BTreeSet<String> {
    let listed = bwatch.ok(["evidence", "list"]);
    let exhibits = listed["exhibits"].as_array().expect("a list");
    exhibits.iter().map(|e| e["id"].as_str().expect("an ID").to_owned()).collect()
}

/// Files below a folder whose names end so.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Bytes that differ from file to file.
fn content(seed: u64, round: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed.wrapping_mul(31).wrapping_add(round));
    let mut bytes = Vec::with_capacity(BYTES);
    while bytes.len() < BYTES {
        bytes.extend(dice.below(u64::MAX).to_le_bytes());
    }
    bytes
}
