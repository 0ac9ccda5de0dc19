//! The power goes at any moment: what the journal names is whole, and nothing else stays.

use super::*;
use crate::testing::open;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Set for the process that is going to be killed.
const FOLDER: &str = "BUYERWATCH_CRASH_BLOBS";
/// `BUYERWATCH_KILLS` asks for more.
const ROUNDS: u64 = 25;

/// Stands for the journal: a line per file, written while the file is held.
fn journal(folder: &Folder) -> std::path::PathBuf {
    folder.path().join("journal.txt")
}

fn named(folder: &Folder) -> Vec<(BlobId, u64)> {
    let text = std::fs::read_to_string(journal(folder)).unwrap_or_default();
    text.lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(id, seed)| (id.parse().unwrap(), seed.parse().unwrap()))
        .collect()
}

fn bytes(seed: u64) -> Vec<u8> {
    content(seed, usize::try_from(seed * 7_919 % 300_000).unwrap())
}

/// Stores files until it is killed. Does nothing in an ordinary run.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(Folder::at) else { return };
    let vault = open(&folder);
    let blobs = vault.blobs();
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nready").unwrap();
    for seed in u64::try_from(named(&folder).len()).unwrap().. {
        let kept = take_in(&blobs, &bytes(seed)).keep().unwrap();
        let mut journal =
            std::fs::File::options().append(true).create(true).open(journal(&folder)).unwrap();
        journal.write_all(format!("{} {seed}\n", kept.id()).as_bytes()).unwrap();
        journal.sync_all().unwrap();
        kept.recorded();
    }
}

#[test]
fn a_kill_at_any_moment_loses_no_file_and_leaves_no_orphan() {
    let (_dir, folder) = fresh().close();
    let vault = open(&folder);
    let blobs = vault.blobs();
    let is_named = |id| Some(named(&folder).iter().any(|(named, _)| *named == id));
    let (mut orphans, mut swept_alive) = (0, 0);
    let kills = std::env::var("BUYERWATCH_KILLS").ok().and_then(|kills| kills.parse().ok());
    for round in 0..kills.unwrap_or(ROUNDS) {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["blobs::tests::crash::child", "--exact", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        assert!(lines.any(|line| line == "ready"));
        // Sweeping while it works takes nothing from it.
        for _ in 0..round % 4 {
            swept_alive += u32::from(!blobs.sweep(&is_named).unwrap().busy);
            std::thread::sleep(Duration::from_millis(3));
        }
        std::thread::sleep(Duration::from_millis(round * 13 % 40));
        child.kill().unwrap();
        child.wait().unwrap();

        let swept = blobs.sweep(&is_named).unwrap();
        assert!(!swept.busy && swept.left == 0, "{swept:?}");
        orphans += swept.unfinished + swept.unreferenced.len() as u64;
        let mut expected: Vec<BlobId> = named(&folder).into_iter().map(|(id, _)| id).collect();
        expected.sort_unstable();
        assert_eq!(blobs.list().unwrap(), expected, "round {round}");
        assert_eq!(left_behind(&blobs).len(), expected.len(), "round {round}");
    }
    let all = named(&folder);
    for (id, seed) in &all {
        assert_eq!(check(&blobs, *id, &bytes(*seed)), None);
    }
    assert!(!all.is_empty() && orphans > 0, "{} stored, {orphans} orphans", all.len());
    eprintln!("{} stored, {orphans} orphans, {swept_alive} sweeps between", all.len());
}
