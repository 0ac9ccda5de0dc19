//! Imports from beginning to end.

use super::*;
use crate::tables::imports::{begin, end, interrupt, save};
use crate::{ImportProgress, ImportStart, ImportState, Observations, VaultError};
use buyerwatch_domain::SkipReason;

fn start(n: u8) -> ImportStart<'static> {
    ImportStart {
        id: ImportId::from_bytes([n; 16]),
        name: "orders.txt",
        fingerprint: b"fingerprint",
        bytes_total: Some(9_000),
        format: "unshipped",
        encoding: "utf-8",
        owner: "4711",
        at: at(0),
    }
}

fn progress() -> ImportProgress {
    ImportProgress {
        rows: 10,
        orders: 6,
        observations: Observations { returns: 2, claims: 1, ..Observations::default() },
        duplicates: 2,
        screened: 5,
        alerts: 1,
        possible: 1,
        undated: vec![4, 5, 9],
        unscreenable: vec![(Unscreenable::OnlySharedIdentity, 1)],
        skipped: vec![(3, SkipReason::MissingOrderId), (7, SkipReason::RepeatedHeader)],
        bytes_done: 4_500,
    }
}

#[test]
fn counts_add_up_over_batches() {
    let shop = Shop::new();
    let id = start(1).id;
    let begun = begin(&shop.conn, &start(1), |_| false).unwrap();
    assert_eq!((begun.import.state, begun.resume), (ImportState::Running, None));
    save(&shop.conn, id, b"first", &progress()).unwrap();
    let mut second = progress();
    second.bytes_done = 9_000;
    second.unscreenable.insert(0, (Unscreenable::NoIdentityColumns, 4));
    second.skipped = vec![(13, SkipReason::MissingOrderId)];
    second.undated = vec![12, 14, 15];
    save(&shop.conn, id, b"second", &second).unwrap();
    end(&shop.conn, id, ImportState::Done, at(5)).unwrap();
    let import = shop.read().import(id).unwrap().unwrap();
    assert_eq!((import.rows, import.orders, import.duplicates, import.skipped), (20, 12, 4, 3));
    let observed = Observations { returns: 4, claims: 2, ..Observations::default() };
    assert_eq!(import.observations, observed);
    assert_eq!((import.screened, import.alerts, import.possible), (10, 2, 2));
    assert_eq!((import.bytes_done, import.bytes_total), (9_000, Some(9_000)));
    assert_eq!((import.state, import.finished_at), (ImportState::Done, Some(at(5))));
    assert_eq!(import.undated, 6);
    let by_reason: Vec<_> =
        import.skipped_by_reason.iter().map(|(reason, rows)| (&**reason, *rows)).collect();
    assert_eq!(by_reason, [("missing_order_id", 2), ("repeated_header", 1)]);
    assert_eq!(
        shop.read().skipped_counts(Some(at(0)), Some(at(1))).unwrap(),
        import.skipped_by_reason
    );
    assert_eq!(shop.read().skipped_counts(Some(at(1)), None).unwrap(), []);
    let unscreenable =
        [(Unscreenable::NoIdentityColumns, 4), (Unscreenable::OnlySharedIdentity, 2)];
    assert_eq!(import.unscreenable, unscreenable);
    let (kept, rows) = shop.read().skipped_rows(id, 1, 5).unwrap();
    assert_eq!(kept, 9);
    let undated = |line| (line, "undated".to_owned());
    let header = (7, "repeated_header".to_owned());
    assert_eq!(rows, [undated(4), undated(5), header, undated(9), undated(12)]);
    assert_eq!(shop.read().imports(0, 9).unwrap(), (1, vec![import]));
}

#[test]
fn an_interrupted_import_goes_on_where_it_stopped() {
    let shop = Shop::new();
    let _ = begin(&shop.conn, &start(1), |_| false).unwrap();
    save(&shop.conn, start(1).id, b"place", &progress()).unwrap();
    assert_eq!(interrupt(&shop.conn, |_, owner| owner == "4711").unwrap(), 0, "it still lives");
    assert_eq!(interrupt(&shop.conn, |_, _| false).unwrap(), 1);
    let import = shop.read().import(start(1).id).unwrap().unwrap();
    assert_eq!(import.state, ImportState::Interrupted);

    // Another file does not pick it up; the same one does, under the identity it had.
    let other = ImportStart { fingerprint: b"other", ..start(2) };
    assert_eq!(begin(&shop.conn, &other, |_| false).unwrap().resume, None);
    let again = begin(&shop.conn, &start(3), |_| false).unwrap();
    assert_eq!(again.resume.as_deref(), Some(&b"place"[..]));
    assert_eq!((again.import.id, again.import.rows), (start(1).id, 10));
    assert_eq!(again.import.state, ImportState::Running);
    end(&shop.conn, start(1).id, ImportState::Done, at(9)).unwrap();

    // A finished one is not picked up: its rows are duplicates.
    let fresh = begin(&shop.conn, &start(4), |_| false).unwrap();
    assert_eq!((fresh.import.id, fresh.resume), (start(4).id, None));
}

#[test]
fn an_import_that_somebody_is_at_is_neither_picked_up_nor_written_by_two() {
    let shop = Shop::new();
    let id = start(1).id;
    let _ = begin(&shop.conn, &start(1), |_| false).unwrap();
    assert_eq!(interrupt(&shop.conn, |_, _| false).unwrap(), 1);
    // Its runner lives, whatever the row says: the same file begins anew beside it.
    let beside = begin(&shop.conn, &start(2), |import| import == id).unwrap();
    assert_eq!((beside.import.id, beside.resume), (start(2).id, None));
    // The one that was taken for dead notices it and leaves its counts and its end alone.
    let late = save(&shop.conn, id, b"late", &progress()).unwrap_err();
    assert!(matches!(late, VaultError::Busy), "{late:?}");
    end(&shop.conn, id, ImportState::Done, at(9)).unwrap();
    let import = shop.read().import(id).unwrap().unwrap();
    assert_eq!((import.state, import.rows), (ImportState::Interrupted, 0));
}

#[test]
fn so_many_skipped_rows_are_kept_and_all_are_counted() {
    let shop = Shop::new();
    let id = start(1).id;
    let _ = begin(&shop.conn, &start(1), |_| false).unwrap();
    for batch in 0..3_u64 {
        let skipped = (0..4_000).map(|n| (batch * 4_000 + n, SkipReason::NotText)).collect();
        let undated = (0..4_000).map(|n| 20_000 + batch * 4_000 + n).collect();
        let progress = ImportProgress { skipped, undated, ..ImportProgress::default() };
        save(&shop.conn, id, b"", &progress).unwrap();
    }
    let import = shop.read().import(id).unwrap().unwrap();
    assert_eq!(import.skipped, 12_000);
    assert_eq!(import.skipped_by_reason, [("not_text".to_owned(), 12_000)]);
    assert_eq!(import.undated, 12_000);
    let (kept, rows) = shop.read().skipped_rows(id, 9_999, 50_000).unwrap();
    assert_eq!((kept, rows.len() as u64), (2 * crate::SKIPS_KEPT, 1 + crate::SKIPS_KEPT));
}

#[test]
fn progress_of_an_unknown_import_is_an_error() {
    let shop = Shop::new();
    assert!(save(&shop.conn, start(1).id, b"", &progress()).is_err());
    assert_eq!(shop.read().import(start(1).id).unwrap(), None);
}
