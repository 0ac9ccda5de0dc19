//! A full disk is told in so many words, and leaves nothing half done behind.

use std::path::{Path, PathBuf};
use std::process::Command;

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::generate::{Encoding, Plan, people, report};
use buyerwatch_tests::letters::{of_buyer, order, watch};
use buyerwatch_tests::mail_server::Dovecot;

/// A disk of its own, in memory. Taken away when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// Nothing where this is not allowed: only an administrator may mount.
    fn new(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(folder.path())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        println!("NOT RUN: a small disk cannot be mounted here; run as an administrator");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

const ALIAS: &str = "alias=a1b2c3d4e5f6g7@marketplace.amazon.de";

fn file_of(bwatch: &Bwatch, name: &str, megabytes: usize) -> PathBuf {
    // No two chunks alike, or the disk might hold more than it seems to.
    let bytes: Vec<u8> = (0u64..).flat_map(u64::to_le_bytes).take(megabytes * 1_000_000).collect();
    bwatch.input(name, &bytes)
}

fn left_behind(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

#[test]
fn evidence_for_which_there_is_no_room_is_refused() {
    let Some(disk) = SmallDisk::new(24) else { return };
    let bwatch = Bwatch::with_vault_at(&disk.path().join("vault"));
    let buyer = bwatch.ok(["buyer", "add", "--identifier", ALIAS])["buyer_id"].clone();
    let buyer = buyer.as_str().unwrap();
    let add = |file: &Path| {
        let file = file.to_str().unwrap().to_owned();
        ["evidence".to_owned(), "add".to_owned(), file, "--buyer".to_owned(), buyer.to_owned()]
    };
    let before: u64 = bytes_in(bwatch.vault());
    assert_eq!(bwatch.refused(add(&file_of(&bwatch, "large.bin", 40))), "disk_full");
    let parts = left_behind(bwatch.vault());
    let parts: Vec<_> =
        parts.iter().filter(|p| p.extension().is_some_and(|e| e == "part")).collect();
    assert!(parts.is_empty(), "{parts:?}");
    assert!(bytes_in(bwatch.vault()) < before + 1_000_000, "the room is given back");
    assert_eq!(bwatch.ok(["evidence", "list"])["exhibits"].as_array().unwrap().len(), 0);
    // What fits is taken in as if nothing had been.
    let added = bwatch.ok(add(&file_of(&bwatch, "small.bin", 2)));
    assert_eq!(added["exhibits"].as_array().unwrap().len(), 1);
    assert_eq!(bwatch.ok(["evidence", "verify"])["verified"], 1);
    bwatch.assert_whole();
}

/// The disk is full at the moment at which a file that found room is recorded: the file goes again, at
/// once and not only at the next start.
#[test]
fn evidence_that_finds_no_room_in_the_record_leaves_no_file() {
    let Some(disk) = SmallDisk::new(24) else { return };
    let bwatch = Bwatch::with_vault_at(&disk.path().join("vault"));
    let buyer = bwatch.ok(["buyer", "add", "--identifier", ALIAS])["buyer_id"].clone();
    let buyer = buyer.as_str().unwrap();
    let (mut kept, mut refused) = (0, 0);
    for pages in (0..192u8).step_by(8) {
        let name = format!("{pages}.bin");
        let content: Vec<u8> = std::iter::repeat_n(pages, 8_000).collect();
        let file = bwatch.input(&name, &content);
        let filler = disk.path().join("filler");
        fill(&filler, bytes_free(disk.path()) - 4096 * (u64::from(pages) + 2));
        let add = ["evidence", "add", file.to_str().unwrap(), "--buyer", buyer];
        let answer = bwatch.run(add);
        // Looked at before there is room again, and before another start could sweep.
        let stored = left_behind(&bwatch.vault().join("blobs"));
        std::fs::remove_file(filler).unwrap();
        if answer.status == Some(0) {
            kept += 1;
        } else {
            assert_eq!(answer.json["error"]["code"], "disk_full", "{pages}: {}", answer.json);
            refused += 1;
        }
        let stored: Vec<_> = stored
            .iter()
            .filter(|p| !p.ends_with("identity.age") && !p.ends_with("incoming/lock"))
            .collect();
        assert_eq!(stored.len(), kept, "{pages}: {stored:?}");
    }
    assert!(kept > 0 && refused > 0, "{kept} kept, {refused} refused: no room was never the case");
    bwatch.assert_whole();
}

/// Takes up room.
fn fill(filler: &Path, bytes: u64) {
    std::fs::write(filler, vec![0u8; usize::try_from(bytes).unwrap()]).unwrap();
}

fn bytes_free(folder: &Path) -> u64 {
    let disk = rustix::fs::statvfs(folder).unwrap();
    disk.f_bavail * disk.f_frsize
}

#[test]
fn an_export_for_which_there_is_no_room_leaves_nothing() {
    let Some(disk) = SmallDisk::new(3) else { return };
    let bwatch = Bwatch::with_vault();
    let buyer = bwatch.ok(["buyer", "add", "--identifier", ALIAS])["buyer_id"].clone();
    let file = file_of(&bwatch, "large.bin", 8);
    let added =
        bwatch.ok(["evidence", "add", file.to_str().unwrap(), "--buyer", buyer.as_str().unwrap()]);
    let id = added["exhibits"][0]["id"].as_str().unwrap().to_owned();
    let out = disk.path().join("exported.bin");
    let export = ["evidence", "export", &id, "--out", out.to_str().unwrap()];
    assert_eq!(bwatch.refused(export), "disk_full");
    assert_eq!(left_behind(disk.path()), Vec::<PathBuf>::new());
    let elsewhere = bwatch.home().join("exported.bin");
    bwatch.ok(["evidence", "export", &id, "--out", elsewhere.to_str().unwrap()]);
    assert_eq!(std::fs::read(elsewhere).unwrap(), std::fs::read(file).unwrap());
}

/// Leaves so much room on the disk, runs, and gives the room back.
fn with_room<T>(disk: &SmallDisk, bytes: u64, run: impl FnOnce() -> T) -> T {
    let filler = disk.path().join("filler");
    fill(&filler, bytes_free(disk.path()) - bytes);
    let answer = run();
    std::fs::remove_file(filler).unwrap();
    answer
}

#[test]
fn an_import_that_finds_no_room_goes_on_when_there_is_some() {
    const ROWS: u64 = 5_000;
    let Some(disk) = SmallDisk::new(96) else { return };
    let known = people(11, 3, Encoding::Utf8);
    let plan = Plan { seed: 11, rows: ROWS, known: &known, known_per_100k: 200, ..Plan::default() };
    let bytes = report(&plan).0;
    let listing = |bwatch: Bwatch| {
        for person in &known {
            bwatch.list_buyer(&[format!("alias={}", person.alias)]);
        }
        let file = bwatch.input("orders.txt", &bytes);
        (bwatch, file)
    };
    let (calm, calm_file) = listing(Bwatch::with_vault());
    calm.ok(["import".as_ref(), calm_file.as_os_str()]);
    let (bwatch, file) = listing(Bwatch::with_vault_at(&disk.path().join("vault")));
    let import = || bwatch.run(["import".as_ref(), file.as_os_str()]);
    let refused = with_room(&disk, 3_000_000, import);
    assert_eq!(refused.json["error"]["code"], "disk_full", "{}", refused.json);
    let answer = import();
    assert_eq!(answer.status, Some(0), "{}", answer.json);
    let read = &answer.json["files"][0];
    let (orders, duplicates) = (&read["observations"]["orders"], &read["duplicates"]);
    assert_eq!(orders.as_u64().unwrap() + duplicates.as_u64().unwrap(), ROWS, "{read}");
    let orders_of = |bwatch: &Bwatch| {
        let mut all: Vec<_> = bwatch.alerts().into_iter().map(|alert| alert.1).collect();
        all.sort();
        all
    };
    assert!(!orders_of(&calm).is_empty(), "the report holds orders of listed buyers");
    assert_eq!(orders_of(&bwatch), orders_of(&calm), "each once");
    bwatch.assert_whole();
}

#[test]
fn letters_for_which_there_is_no_room_come_when_there_is_some() {
    const LETTERS: u64 = 600;
    let Some(disk) = SmallDisk::new(96) else { return };
    let Some(server) = Dovecot::start("") else { return };
    server.add("shop");
    let words = "Where is my parcel? ".repeat(400);
    for number in 0..LETTERS {
        let alias = format!("a1b2c3d4e5{number:04}@marketplace.amazon.de");
        server.deliver_letter("shop", &of_buyer(number, &alias, &order(number), &words));
    }
    let bwatch = Bwatch::with_vault_at(&disk.path().join("vault"));
    let mailbox = watch(&bwatch, &server, "shop");
    let sync = || bwatch.run(["mailbox", "sync", &mailbox]);
    let refused = with_room(&disk, 3_000_000, sync);
    assert_eq!(refused.json["error"]["code"], "disk_full", "{}", refused.json);
    let answer = sync();
    assert_eq!(answer.status, Some(0), "{}", answer.json);
    assert_eq!(bwatch.ok(["mailbox", "list"])["mailboxes"][0]["letters"], LETTERS);
    bwatch.assert_whole();
}

fn bytes_in(folder: &Path) -> u64 {
    left_behind(folder).iter().map(|file| std::fs::metadata(file).map_or(0, |m| m.len())).sum()
}
