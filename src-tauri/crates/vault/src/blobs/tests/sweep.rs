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
    let unknown = store(&blobs, b"settled, and unknown to a journal that was put back");
    let orphan = take_in(&blobs, b"orphan").keep().map(|kept| kept.id()).unwrap();
    let marked = blobs.leaving(named).unwrap().map(drop);
    assert!(marked.is_some());
    let half = litter(&blobs, &format!("{}.part", BlobId::from_bytes([1; 32])));
    let strange = litter(&blobs, "notes.txt");
    let nobody_knows = blobs.sweep(&|_| None).unwrap();
    assert_eq!(nobody_knows, Swept { unfinished: 1, ..Swept::default() });
    let half_again = litter(&blobs, &format!("{}.part", BlobId::from_bytes([1; 32])));
    assert_eq!(half_again, half);
    let swept = blobs.sweep(&|id| Some(id == named)).unwrap();
    let expected = Swept { unfinished: 1, unreferenced: vec![orphan], ..Swept::default() };
    assert_eq!(swept, expected);
    let mut stay = [named, unknown];
    stay.sort_unstable();
    assert_eq!(blobs.list().unwrap(), stay);
    assert!(!half.exists() && strange.exists());
    assert!(fresh.folder().identity().exists());
    assert_eq!(blobs.sweep(&|_| Some(false)).unwrap(), Swept::default(), "all is settled");
    assert_eq!(blobs.list().unwrap(), stay);
}

#[test]
fn one_that_is_about_to_go_goes_or_stays_as_the_journal_says() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let (stays, goes, killed) =
        (store(&blobs, b"stays"), store(&blobs, b"goes"), store(&blobs, b"killed"));
    blobs.leaving(stays).unwrap().unwrap().stay();
    let leaving = blobs.leaving(goes).unwrap().unwrap();
    assert!(blobs.sweep(&|_| Some(false)).unwrap().busy);
    leaving.remove().unwrap();
    assert!(blobs.leaving(goes).unwrap().is_none());
    drop(blobs.leaving(killed).unwrap().unwrap());
    let swept = blobs.sweep(&|_| Some(false)).unwrap();
    assert_eq!(swept.unreferenced, [killed]);
    assert_eq!(blobs.list().unwrap(), [stays]);
    let discarded = take_in(&blobs, b"discarded").keep().unwrap();
    discarded.discard();
    assert_eq!(left_behind(&blobs).len(), 1);
}

#[test]
fn while_a_file_is_stored_until_the_journal_names_it_nothing_is_swept() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let busy = Swept { busy: true, ..Swept::default() };
    let half = litter(&blobs, "x.part");
    // Another handle on the same folder, as another program has.
    let other = crate::testing::open(&fresh.folder());
    let sweep = || other.blobs().sweep(&|_| Some(false)).unwrap();

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
    assert_eq!(blobs.sweep(&|_| Some(false)).unwrap(), busy, "nor by the same program");
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
    assert!(blobs.sweep(&|_| Some(false)).unwrap().busy);
    drop(second);
    assert!(!blobs.sweep(&|_| Some(false)).unwrap().busy);
}
