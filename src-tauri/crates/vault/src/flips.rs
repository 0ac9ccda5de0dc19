//! Bits flip and files shrink on disk: no wrong byte is ever served, and what was lost is named.

use crate::testing::{add_buyer, add_note, at, buyer, fresh, passphrase, stamp};
use crate::{Folder, OpenError, Unlock, Vault, VaultError};
use std::collections::BTreeMap;
use std::fs;

const ROUNDS: usize = 150;
const NOTES: u64 = 12;

type Files = BTreeMap<std::ffi::OsString, Vec<u8>>;

fn text(note: u64) -> String {
    format!("note {note}: {}", "the parcel came back with a brick in it; ".repeat(20) + "end")
}

/// A vault whose newest commits are still in the write-ahead log, as a power cut leaves it.
fn pristine() -> Files {
    let fresh = fresh();
    let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
    for note in 0..NOTES {
        if note == NOTES / 2 {
            let writer = crate::pool::lock(fresh.vault.writer());
            writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        }
        let _ = fresh.vault.execute(add_note(1, note, &text(note)), stamp(2)).unwrap();
    }
    let files = fs::read_dir(fresh.folder().path()).unwrap().map(Result::unwrap);
    files
        .filter(|file| file.file_name() != "vault.db-shm" && file.file_type().unwrap().is_file())
        .map(|file| (file.file_name(), fs::read(file.path()).unwrap()))
        .collect()
}

/// Whether everything is there. Panics when something is there that was never written.
fn whole(folder: &Folder) -> Result<bool, OpenError> {
    let vault = Vault::open(folder, Unlock::Passphrase(&passphrase()), at(1))?;
    let found = vault.read(|r| r.buyer(buyer(1)))?;
    let notes = found.as_ref().map_or(&[][..], |found| &found.notes);
    for (expected, note) in (0..).zip(notes) {
        assert_eq!(note.text, text(expected), "a wrong byte was served");
    }
    let complete = notes.len() as u64 == NOTES;
    let journal = vault.verify_journal()?;
    let clean = journal.ok && vault.rebuild_check()?.ok && vault.integrity()?.ok;
    assert!(complete || !journal.ok, "a loss was not named: {journal:?}");
    Ok(clean)
}

#[test]
fn flips_and_cuts_anywhere_serve_no_wrong_byte_and_name_what_was_lost() {
    let pristine = pristine();
    let names: Vec<_> = pristine.keys().cloned().collect();
    assert!(names.iter().any(|name| name == "vault.db-wal"), "{names:?}");
    let mut random = blake3::Hasher::new().update(b"seed 1").finalize_xof();
    let mut draw = || {
        let mut bytes = [0; 8];
        random.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) >> 1).unwrap()
    };
    let (mut named, mut harmless) = (0, 0);
    for round in 0..ROUNDS {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let hit = &names[round % names.len()];
        for (name, bytes) in &pristine {
            let mut bytes = bytes.clone();
            if name == hit && !bytes.is_empty() {
                let place = draw() % bytes.len();
                if round % 10 == 9 {
                    bytes.truncate(place);
                } else {
                    bytes[place] ^= 1 << (draw() % 8);
                }
            }
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        match whole(&folder) {
            Ok(true) => harmless += 1,
            Ok(false) => named += 1,
            Err(OpenError::Vault(VaultError::Damaged(_)) | OpenError::NoVault) => named += 1,
            Err(other) => panic!("round {round}, {}: {other:?}", hit.display()),
        }
    }
    // Slots of the remembered head are padded, and the lock is empty: not every bit matters.
    assert!(named > ROUNDS / 2, "{named} named, {harmless} harmless");
}
