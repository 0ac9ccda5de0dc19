use crate::testing::{add_buyer, add_note, fresh, open, stamp};
use crate::{VaultError, WriteError};
use buyerwatch_domain::{Refusal, State, Tag};

#[test]
fn what_was_written_is_there_after_opening_again() {
    let fresh = fresh();
    let committed = fresh.vault.execute(add_buyer(1), stamp(5)).unwrap();
    assert_eq!(committed.events.len(), 2);
    assert!(committed.tags.contains(&Tag::Buyers) && committed.tags.contains(&Tag::Journal));
    let (id, device) = (fresh.vault.id(), fresh.vault.device_id());
    let (_dir, folder) = fresh.close();
    assert_eq!(folder.vault_id().unwrap(), id);
    let vault = open(&folder);
    assert_eq!((vault.id(), vault.device_id()), (id, device));
    let found = vault.write(|tx| tx.buyer(crate::testing::buyer(1))).unwrap();
    assert_eq!(found.view.unwrap().identifiers.len(), 1);
    let report = vault.verify_journal().unwrap();
    assert!(report.ok, "{report:?}");
    assert_eq!(report.events, 8);
}

#[test]
fn a_refusal_or_an_error_stores_nothing() {
    let fresh = fresh();
    let vault = &fresh.vault;
    let before = vault.verify_journal().unwrap().events;
    let refused = vault.execute(add_note(9, 1, "nobody"), stamp(1)).unwrap_err();
    assert!(matches!(refused, WriteError::Refused(Refusal::NotFound("buyer"))));
    let failed = vault.write(|tx| -> Result<(), WriteError> {
        tx.execute(add_buyer(1), stamp(1))?;
        tx.execute(add_note(9, 1, "nobody"), stamp(1))?;
        Ok(())
    });
    assert!(failed.is_err());
    assert_eq!(vault.verify_journal().unwrap().events, before);
    let gone = vault.write(|tx| tx.buyer(crate::testing::buyer(1))).unwrap();
    assert!(gone.view.is_none());
}

#[test]
fn a_panic_inside_a_write_stores_nothing_and_leaves_the_vault_usable() {
    let fresh = fresh();
    let vault = &fresh.vault;
    let before = vault.verify_journal().unwrap().events;
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = vault.write(|tx| -> Result<(), WriteError> {
            tx.execute(add_buyer(1), stamp(1))?;
            panic!("in the middle");
        });
    }));
    assert!(panicked.is_err());
    assert_eq!(vault.verify_journal().unwrap().events, before);
    let _ = vault.execute(add_buyer(1), stamp(1)).unwrap();
}

#[test]
fn a_full_disk_is_a_clear_error_reads_go_on_and_writing_recovers() {
    let fresh = fresh();
    let vault = &fresh.vault;
    let _ = vault.execute(add_buyer(1), stamp(1)).unwrap();
    let before = vault.verify_journal().unwrap().events;
    let limit = |pages: i64| {
        let writer = crate::pool::lock(vault.writer());
        writer.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    };
    limit(1);
    let full = (0..50).find_map(|n| {
        let long = "long ".repeat(1000);
        vault.execute(add_note(1, n, &long), stamp(2)).err()
    });
    assert!(matches!(full, Some(WriteError::Vault(VaultError::DiskFull))), "{full:?}");
    let found = vault.read(|r| r.buyer(crate::testing::buyer(1))).unwrap();
    assert!(found.is_some());
    limit(1_000_000);
    let _ = vault.execute(add_note(1, 99, "room again"), stamp(3)).unwrap();
    let report = vault.verify_journal().unwrap();
    assert!(report.ok && report.events > before, "{report:?}");
    assert!(vault.integrity().unwrap().ok);
}

#[test]
fn a_writer_that_does_not_end_is_named_and_reads_go_on() {
    let fresh = fresh();
    let there = crate::testing::open(&fresh.folder());
    let held = crate::pool::lock(there.writer());
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    crate::pool::lock(fresh.vault.writer())
        .busy_timeout(std::time::Duration::from_millis(1))
        .unwrap();
    let refused = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap_err();
    assert!(matches!(refused, WriteError::Vault(VaultError::Busy)));
    assert_eq!(fresh.vault.verify_journal().unwrap().events, 6);
    held.execute_batch("ROLLBACK").unwrap();
    let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
}

#[test]
fn more_readers_than_connections_wait_for_one_another() {
    let fresh = fresh();
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                for _ in 0..5 {
                    let policy = fresh.vault.read(|r| r.policy()).unwrap();
                    assert_eq!(policy.review_days, 90);
                }
            });
        }
    });
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = fresh.vault.read(|_| -> Result<(), VaultError> { panic!("in the middle") });
    }));
    assert!(panicked.is_err());
    for _ in 0..5 {
        fresh.vault.read(|r| r.policy()).unwrap();
    }
}

#[test]
fn a_reader_sees_one_moment() {
    let fresh = fresh();
    fresh
        .vault
        .read(|r| -> Result<(), VaultError> {
            assert!(r.buyer(crate::testing::buyer(1))?.is_none());
            let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
            assert!(r.buyer(crate::testing::buyer(1))?.is_none());
            Ok(())
        })
        .unwrap();
    let found = fresh.vault.read(|r| r.buyer(crate::testing::buyer(1))).unwrap();
    assert!(found.is_some());
}

#[test]
fn a_reader_cannot_write() {
    let fresh = fresh();
    let refused = fresh.vault.read(|r| -> Result<usize, VaultError> {
        Ok(r.conn().execute("DELETE FROM journal", [])?)
    });
    assert!(refused.is_err());
}

#[test]
fn a_vault_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<crate::Vault>();
}

#[test]
fn the_settings_of_the_connections_hold() {
    let fresh = fresh();
    let check = |conn: &rusqlite::Connection, name: &str| -> String {
        conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| match value {
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            })
            .unwrap()
    };
    let writer = crate::pool::lock(fresh.vault.writer());
    let watcher = crate::pool::lock(fresh.vault.watcher());
    for (name, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("fullfsync", "1"),
        ("temp_store", "2"),
        ("secure_delete", "1"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("mmap_size", "0"),
    ] {
        for conn in [&writer, &watcher] {
            // With encryption, mapping is not even offered.
            let missing = conn.prepare(&format!("PRAGMA {name}")).unwrap().column_count() == 0;
            assert!(missing || check(conn, name) == expected, "{name}");
        }
    }
    assert!(!check(&writer, "cipher_version").is_empty());
    assert_eq!(
        (check(&writer, "query_only"), check(&watcher, "query_only")),
        ("0".into(), "1".into())
    );
}
