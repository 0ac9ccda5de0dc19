use super::*;
use crate::testing::{add_buyer, fresh, open, stamp};

fn key() -> Key {
    Key::new([1; 32])
}

fn remembered(generation: u64, seq: u64) -> Remembered {
    let ends = [([2; 32], (seq, [3; 32])), ([4; 32], (9, [5; 32]))];
    Remembered { generation, ends: ends.into_iter().collect(), ..Remembered::default() }
}

#[test]
fn slots_are_written_in_turn_and_a_torn_one_costs_one_write() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    assert_eq!(Remembered::read(&folder, &key()).unwrap(), None);
    for seq in 0..5 {
        remembered(seq, seq).write(&folder.head(), &key()).unwrap();
        let read = Remembered::read(&folder, &key()).unwrap().unwrap();
        assert!(read.of(&[2; 32]).eq([(seq, [3; 32])]));
    }
    // Generation 5 lies in the second slot.
    let mut bytes = std::fs::read(folder.head()).unwrap();
    bytes[SLOT + 40] ^= 1;
    std::fs::write(folder.head(), &bytes).unwrap();
    let read = Remembered::read(&folder, &key()).unwrap().unwrap();
    assert!(read.of(&[2; 32]).eq([(3, [3; 32])]));
    bytes[40] ^= 1;
    std::fs::write(folder.head(), &bytes).unwrap();
    assert_eq!(Remembered::read(&folder, &key()).unwrap(), None);
}

#[test]
fn flipped_bits_are_never_taken_for_memory() {
    let slot = remembered(1, 7).encode(&key()).unwrap();
    let used = FIXED + 2 * END + MAC;
    for bit in 0..used * 8 {
        let mut flipped = slot.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(Remembered::decode(&flipped, &key()), None, "bit {bit}");
    }
    for cut in 0..used {
        assert_eq!(Remembered::decode(&slot[..cut], &key()), None, "cut at {cut}");
    }
    assert_eq!(Remembered::decode(&slot, &Key::new([2; 32])), None, "keyed");
}

#[test]
fn the_memory_follows_the_commits_and_never_leads() {
    let fresh = fresh();
    let end = |seq| (seq, *fresh.vault.head().unwrap().unwrap().hash.as_bytes());
    let device = fresh.vault.device_id();
    for n in 1..4 {
        let _ = fresh.vault.execute(add_buyer(n), stamp(1)).unwrap();
        let seq = fresh.vault.head().unwrap().unwrap().seq;
        assert_eq!(seq, 5 + 2 * u64::from(n));
        // Read with the vault's own key.
        let report = fresh.vault.verify_journal().unwrap();
        assert!(report.ok, "{report:?}");
        assert_eq!(end(seq).0, seq);
    }
    assert_eq!(fresh.vault.device_id(), device);
}

#[test]
fn a_lost_memory_is_reported_until_a_person_accepts_it() {
    let fresh = fresh();
    std::fs::remove_file(fresh.folder().head()).unwrap();
    let codes = |vault: &crate::Vault| -> Vec<_> {
        vault.verify_journal().unwrap().problems.iter().map(|p| p.code).collect()
    };
    assert_eq!(codes(&fresh.vault), [crate::ProblemCode::HeadLost]);
    let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
    assert_eq!(codes(&fresh.vault), [crate::ProblemCode::HeadLost], "a write does not cover it up");
    let (_dir, folder) = fresh.close();
    let vault = open(&folder);
    vault.accept_head().unwrap();
    assert_eq!(codes(&vault), []);
}

#[test]
fn a_commit_does_not_wait_for_one_that_keeps_the_guard_and_the_memory_catches_up() {
    let fresh = fresh();
    let vault = &fresh.vault;
    let known = || {
        let key = unlocked(&fresh.folder());
        let known = Remembered::read(&fresh.folder(), &key).unwrap().unwrap();
        known.of(vault.device_id().as_bytes()).next().unwrap().0
    };
    let held = fresh.folder().guard().unwrap();
    let _ = vault.execute(add_buyer(1), stamp(1)).unwrap();
    drop(held);
    assert_eq!((vault.head().unwrap().unwrap().seq, known()), (7, 5), "it lags");
    assert!(vault.verify_journal().unwrap().ok);
    let _ = vault.execute(add_buyer(2), stamp(1)).unwrap();
    assert_eq!((vault.head().unwrap().unwrap().seq, known()), (9, 9));
}

/// The key of a vault of the tests.
fn unlocked(folder: &Folder) -> Key {
    let typed = crate::testing::passphrase();
    let header = crate::header::Header::read(folder).unwrap();
    header.unlock(crate::Unlock::Passphrase(&typed)).unwrap().unwrap()
}
