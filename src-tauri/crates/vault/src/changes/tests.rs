use super::*;
use crate::testing::{add_buyer, add_note, fresh, open, stamp};

#[test]
fn two_handles_on_one_folder_see_each_other() {
    let fresh = fresh();
    let here = &fresh.vault;
    let there = open(&fresh.folder());
    assert_eq!(here.device_id(), there.device_id(), "one computer and folder, one device");
    let cursor = here.cursor().unwrap();
    let (cursor, quiet) = here.changes(cursor).unwrap();
    assert_eq!(quiet, Changes::default());

    let written = there.execute(add_buyer(1), stamp(1)).unwrap();
    let (cursor, seen) = here.changes(cursor).unwrap();
    assert!(seen.foreign);
    assert_eq!(seen.tags, written.tags);
    let events: Vec<_> = seen.events.into_iter().map(|(_, event)| event).collect();
    assert_eq!(events, written.events);

    let (cursor, quiet) = here.changes(cursor).unwrap();
    assert_eq!(quiet, Changes::default(), "seen once");

    // One's own commits are no news, also between those of others.
    let _ = here.execute(add_buyer(2), stamp(2)).unwrap();
    let theirs = there.execute(add_note(2, 1, "theirs"), stamp(3)).unwrap();
    let _ = here.execute(add_note(2, 2, "own"), stamp(4)).unwrap();
    let (cursor, seen) = here.changes(cursor).unwrap();
    assert_eq!(seen.events.iter().map(|(_, e)| e).collect::<Vec<_>>(), [&theirs.events[0]]);
    let _ = here.execute(add_note(2, 3, "own"), stamp(5)).unwrap();
    let (_, quiet) = here.changes(cursor).unwrap();
    assert_eq!(quiet, Changes::default());
    assert!(there.verify_journal().unwrap().ok);
}

#[test]
fn commits_without_decisions_are_noticed_by_their_tags() {
    let fresh = fresh();
    let there = open(&fresh.folder());
    let cursor = fresh.vault.cursor().unwrap();
    let _ = there
        .write(|tx| -> Result<(), VaultError> {
            tx.mark_stale(Tag::Orders);
            tx.mark_stale(Tag::Imports);
            Ok(())
        })
        .unwrap();
    let (_, seen) = fresh.vault.changes(cursor).unwrap();
    assert_eq!(seen.tags.into_iter().collect::<Vec<_>>(), [Tag::Orders, Tag::Imports]);
    assert!(seen.foreign && seen.events.is_empty());
}

#[test]
fn what_was_rolled_back_is_never_seen() {
    let fresh = fresh();
    let there = open(&fresh.folder());
    let cursor = fresh.vault.cursor().unwrap();
    let failed = there.write(|tx| -> Result<(), crate::WriteError> {
        tx.execute(add_buyer(1), stamp(1))?;
        Err(VaultError::Busy.into())
    });
    assert!(failed.is_err());
    let (_, quiet) = fresh.vault.changes(cursor).unwrap();
    assert_eq!(quiet, Changes::default());
}

#[test]
fn writers_in_many_threads_and_two_processes_worth_of_handles_make_one_chain() {
    let fresh = fresh();
    let there = open(&fresh.folder());
    let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
    std::thread::scope(|scope| {
        for (thread, vault) in [&fresh.vault, &there, &fresh.vault, &there].into_iter().enumerate()
        {
            scope.spawn(move || {
                for n in 0..20 {
                    let note = u64::try_from(thread).unwrap() * 100 + n;
                    let _ = vault.execute(add_note(1, note, "note"), stamp(2)).unwrap();
                    vault.read(|_| Ok::<_, VaultError>(())).unwrap();
                }
            });
        }
    });
    let report = there.verify_journal().unwrap();
    assert!(report.ok, "{report:?}");
    assert_eq!(report.events, 6 + 2 + 80);
    assert!(fresh.vault.rebuild_check().unwrap().ok);
}

#[test]
fn a_writer_that_leaves_short_gaps_lets_others_in() {
    let fresh = fresh();
    let there = open(&fresh.folder());
    let _ = there.execute(add_buyer(1), stamp(1)).unwrap();
    let (long, gap) = (std::time::Duration::from_millis(30), std::time::Duration::from_millis(4));
    let done = std::sync::atomic::AtomicBool::new(false);
    let batches = std::thread::scope(|scope| {
        let busy = scope.spawn(|| {
            let mut batches = 0;
            while !done.load(std::sync::atomic::Ordering::Acquire) {
                let _ = fresh
                    .vault
                    .write(|_| -> Result<(), VaultError> {
                        std::thread::sleep(long);
                        Ok(())
                    })
                    .unwrap();
                batches += 1;
                std::thread::sleep(gap);
            }
            batches
        });
        for n in 0..8 {
            let _ = there.execute(add_note(1, n, "note"), stamp(2)).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Release);
        busy.join().unwrap()
    });
    // Looking ten times a second would take some two hundred.
    assert!(batches < 60, "{batches}");
}

#[test]
fn ranges_of_own_positions_grow_together() {
    let mut own = Own::default();
    let none = BTreeSet::new();
    own.add(&none, Some((5, 7)));
    own.add(&none, Some((8, 8)));
    own.add(&none, None);
    own.add(&none, Some((11, 12)));
    assert_eq!(own.positions, [(5, 8), (11, 12)]);
    let wrote: Vec<i64> = (0..15).filter(|position| own.wrote(*position)).collect();
    assert_eq!(wrote, [5, 6, 7, 8, 11, 12]);
}
