use super::*;

fn litter(blobs: &Blobs, name: &str) -> std::path::PathBuf {
    blobs.incoming().make().unwrap();
    let path = blobs.incoming().path().join(name);
    std::fs::write(&path, "half").unwrap();
    path
}

#[test]
fn what_a_killed_program_left_is_removed_and_nothing_else() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let named = store(&blobs, b"named");
    let orphan = store(&blobs, b"orphan");
    let half = litter(&blobs, &format!("{}.part", BlobId::from_bytes([1; 32])));
    let strange = litter(&blobs, "notes.txt");
    let swept = blobs.sweep(&|id| id == named).unwrap();
    let expected = Swept { unfinished: 1, unreferenced: vec![orphan], ..Swept::default() };
    assert_eq!(swept, expected);
    assert_eq!(blobs.list().unwrap(), [named]);
    assert!(!half.exists() && strange.exists());
    assert!(fresh.folder().identity().exists());
    assert_eq!(blobs.sweep(&|id| id == named).unwrap(), Swept::default());
}

#[test]
fn while_a_file_is_stored_until_the_journal_names_it_nothing_is_swept() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let busy = Swept { busy: true, ..Swept::default() };
    let half = litter(&blobs, "x.part");
    // Another handle on the same folder, as another program has.
    let other = crate::testing::open(&fresh.folder());
    let sweep = || other.blobs().sweep(&|_| false).unwrap();

    let mut swept_within = Vec::new();
    let incoming = blobs
        .ingest(&mut &b"stored"[..], &mut |_| {
            swept_within.push(sweep());
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(swept_within, std::slice::from_ref(&busy));
    assert_eq!(sweep(), busy);
    let kept = incoming.keep().unwrap();
    assert_eq!(sweep(), busy, "stored, but not in the journal");
    assert_eq!(blobs.sweep(&|_| false).unwrap(), busy, "nor by the same program");
    let id = kept.id();
    assert!(blobs.exists(id).unwrap() && half.exists());
    drop(kept);
    assert_eq!(sweep(), Swept { unfinished: 1, unreferenced: vec![id], ..Swept::default() });
}

#[test]
fn two_that_store_do_not_wait_for_each_other() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let first = take_in(&blobs, b"first");
    let second = take_in(&blobs, b"second");
    drop(first);
    assert!(blobs.sweep(&|_| false).unwrap().busy);
    drop(second);
    assert!(!blobs.sweep(&|_| false).unwrap().busy);
}
