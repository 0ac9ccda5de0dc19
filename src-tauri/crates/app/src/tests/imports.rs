//! Reports coming in: counted, once, resumable, stoppable.

use crate::{
    Manner, Nothing, Stopped,
    alerts::list::AlertView,
    imports::{Source, list::ListImports, skipped::ListSkipped},
    orders::{
        OneOrder,
        list::{ListOrders, OrderFlag, OrderSort},
    },
    session::load_sample,
    testing::{ALIAS, Bench, Line, fresh, line, order_id, report},
    view::{ImportRecord, ImportState, JobKind, JobState},
};
use buyerwatch_domain::Tier;
use std::time::Instant;

fn orders(bench: &Bench) -> u64 {
    bench.desk.overview_get(Nothing {}).unwrap().orders
}

fn accounted(record: &ImportRecord) {
    assert_eq!(record.rows, record.orders + record.duplicates + record.skipped, "{record:?}");
    let skipped: u64 = record.skipped_by_reason.iter().map(|of| of.count).sum();
    assert_eq!(skipped, record.skipped);
}

#[test]
fn the_same_report_again_stores_and_raises_nothing() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let mut lines: Vec<Line> = (1..=30).map(line).collect();
    lines[3].alias = ALIAS.to_owned();
    let text = report(&lines);
    let first = bench.import(&text);
    let second = bench.import(&text);
    accounted(&first);
    accounted(&second);
    assert_eq!((second.orders, second.duplicates, second.alerts), (0, 30, 0));
    assert_eq!(orders(&bench), 30);
    assert_eq!(bench.open_alerts().len(), 1);
    let listed = bench.desk.imports_list(ListImports { offset: 0, limit: 10 }).unwrap();
    assert_eq!(listed.total, 2);
}

#[test]
fn every_row_is_accounted_for_and_skipped_ones_are_named() {
    let bench = fresh(Manner::Unattended);
    let mut text = report(&[line(1), line(2)]);
    let header = text.lines().next().unwrap().to_owned();
    text.push_str(&header);
    text.push('\n');
    text.push_str("not-an-order\tx\ty\n");
    text.push_str(&report(&[line(2), line(3)]).lines().skip(1).collect::<Vec<_>>().join("\n"));
    let record = bench.import(&text);
    accounted(&record);
    assert_eq!((record.rows, record.orders, record.duplicates, record.skipped), (6, 3, 1, 2));
    let skipped = bench
        .desk
        .imports_skipped(ListSkipped { import_id: record.id.clone(), offset: 0, limit: 10 })
        .unwrap();
    let rows: Vec<_> = skipped.items.iter().map(|row| (row.line, row.reason.as_str())).collect();
    assert_eq!(rows, [(4, "repeated_header"), (5, "malformed_order_id")]);
}

#[test]
fn a_report_that_adds_identity_is_looked_at_again() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let bare = format!(
        "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tsales-channel\tsku\t\
         item-status\tquantity\tcurrency\titem-price\tship-city\tship-postal-code\tship-country\n\
         {}\t2026-11-18T10:00:00+00:00\t2026-11-18T10:00:00+00:00\tPending\tAmazon.de\tSKU-1\t\
         Unshipped\t1\tEUR\t19.90\tNordstadt\t10001\tDE\n",
        order_id(1)
    );
    let first = bench.import(&bare);
    assert_eq!((first.format.as_str(), first.screened, first.alerts), ("all_orders", 0, 0));
    assert_eq!(first.unscreenable.iter().map(|of| of.count).sum::<u64>(), 1);
    let second = bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
    assert_eq!((second.duplicates, second.alerts), (1, 1));
    assert_eq!(bench.open_alerts().len(), 1);
    let coverage = bench.desk.overview_get(Nothing {}).unwrap().coverage;
    assert_eq!((coverage.screened, coverage.unscreenable.len()), (1, 0));
    let one = OneOrder { order_id: order_id(1), marketplace: "Amazon.de".to_owned() };
    assert!(!bench.desk.orders_get(one).unwrap().recipient_label.is_empty());
}

#[test]
fn what_is_no_order_report_fails_with_what_was_expected() {
    let bench = fresh(Manner::Unattended);
    for (name, content, code) in [
        ("empty.txt", &b""[..], "empty_file"),
        ("picture.png", b"\x89PNG\r\n\x1a\n0000", "not_text"),
        ("book.xlsx", b"PK\x03\x04xxxx", "archive"),
        ("letter.txt", b"Dear shop,\nwhere is it?\n", "unknown_columns"),
    ] {
        let job = bench.drop_file(&bench.file(name, content));
        assert_eq!(job.state, JobState::Failed, "{name}");
        let error = job.error.unwrap();
        assert_eq!(error.code, code, "{name}");
        assert_eq!(error.reference.len(), 8);
    }
    let folder = bench.drop_file(bench.dir.path());
    assert_eq!(folder.error.unwrap().code, "not_a_file");
    assert_eq!(bench.desk.imports_list(ListImports { offset: 0, limit: 1 }).unwrap().total, 0);
}

#[test]
fn a_job_says_how_far_it_is_and_leaves_its_counts() {
    let bench = fresh(Manner::Attended);
    bench.listed_buyer();
    let mut lines: Vec<Line> = (1..=1_200).map(line).collect();
    lines[0].alias = ALIAS.to_owned();
    let job = bench.drop_file(&bench.file("november.txt", report(&lines)));
    assert_eq!(
        (job.state, job.kind, job.name.as_str()),
        (JobState::Done, JobKind::Import, "november.txt")
    );
    assert_eq!((job.rows, job.bytes_done), (1_200, job.bytes_total.unwrap()));
    let record = job.import.unwrap();
    assert_eq!((record.orders, record.alerts, record.state), (1_200, 1, ImportState::Done));
    let alert = crate::alerts::OneAlert { id: bench.open_alerts()[0].id };
    let detail = bench.desk.alerts_get(alert).unwrap();
    assert!(detail.latency_ms > 0);
}

#[test]
fn stopping_keeps_what_is_stored_and_the_rest_comes_later() {
    let bench = fresh(Manner::Unattended);
    let lines: Vec<Line> = (1..=3_000).map(line).collect();
    let path = bench.file("large.txt", report(&lines));
    let open = bench.desk.open().unwrap();
    let mut told = 0;
    let stopped = open.import(Source::file(&path), Instant::now(), &mut |progress, _| {
        told += 1;
        progress.committed == 0
    });
    assert_eq!(stopped.unwrap_err(), Stopped::Cancelled);
    assert!(told >= 2);
    let stored = orders(&bench);
    assert!((1..3_000).contains(&stored), "{stored}");
    let first = &bench.desk.imports_list(ListImports { offset: 0, limit: 1 }).unwrap().items[0];
    assert_eq!((first.state, first.rows), (ImportState::Cancelled, stored));
    let again = bench.import_file(&path);
    assert_eq!((again.duplicates, again.orders), (stored, 3_000 - stored));
    assert_eq!(orders(&bench), 3_000);
}

#[test]
fn an_interrupted_import_goes_on_where_it_stopped() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let mut lines: Vec<Line> = (1..=3_000).map(line).collect();
    lines[10].alias = ALIAS.to_owned();
    lines[2_900].alias = ALIAS.to_owned();
    let path = bench.file("large.txt", report(&lines));
    let open = bench.desk.open().unwrap();
    let desk = bench.desk.clone();
    let locked = open.import(Source::file(&path), Instant::now(), &mut |progress, _| {
        if progress.committed > 0 {
            desk.session_lock(Nothing {}).unwrap();
        }
        true
    });
    assert_eq!(locked.unwrap_err(), Stopped::Locked);
    drop(open);
    let after = bench.other(Manner::Unattended);
    let first = after.desk.imports_list(ListImports { offset: 0, limit: 1 }).unwrap();
    assert_eq!(first.items[0].state, ImportState::Interrupted);
    let rows = first.items[0].rows;
    assert!((1..3_000).contains(&rows));
    let record = after.import_file(&path);
    assert_eq!(record.id, first.items[0].id);
    accounted(&record);
    assert_eq!((record.rows, record.orders, record.duplicates), (3_000, 3_000, 0));
    assert_eq!((orders(&after), record.alerts), (3_000, 2));
    assert_eq!(after.open_alerts().len(), 2);
}

#[test]
fn an_import_that_runs_is_left_alone_by_the_next_ones_of_the_same_program() {
    let bench = fresh(Manner::Unattended);
    let lines: Vec<Line> = (1..=3_000).map(line).collect();
    let large = bench.file("large.txt", report(&lines));
    let open = bench.desk.open().unwrap();
    let mut beside = None;
    let first = open.import(Source::file(&large), Instant::now(), &mut |progress, _| {
        if progress.committed > 0 && beside.is_none() {
            bench.import(&report(&[line(4_000)]));
            beside = Some(bench.import_file(&large));
        }
        true
    });
    let (first, beside) = (first.unwrap().record, beside.unwrap());
    assert_ne!(first.id, beside.id, "two runs are two imports");
    accounted(&first);
    accounted(&beside);
    assert_eq!((first.state, first.rows), (ImportState::Done, 3_000));
    assert_eq!((beside.state, beside.rows), (ImportState::Done, 3_000));
    assert_eq!(first.orders + beside.orders, 3_000);
    assert_eq!(orders(&bench), 3_001);
}

#[test]
fn a_stream_is_imported_and_screening_stores_nothing() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let text = report(&[line(1), Line { alias: ALIAS.to_owned(), ..line(2) }]);
    let stream = || Source::stream("-", Box::new(std::io::Cursor::new(text.clone().into_bytes())));
    let open = bench.desk.open().unwrap();
    let screened = open.screen(stream(), &mut |_| true).unwrap();
    assert_eq!((screened.rows, screened.screened, screened.matches.len()), (2, 2, 1));
    assert_eq!(screened.matches[0].order_id, order_id(2));
    assert_eq!(orders(&bench), 0);
    assert!(bench.open_alerts().is_empty());
    let imported = open.import(stream(), Instant::now(), &mut |_, _| true).unwrap();
    assert_eq!((imported.record.orders, imported.alerts.len()), (2, 1));
}

#[test]
fn screening_says_what_an_import_would() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    // An alias under many names is shared, also when the file alone tells so.
    let names = ["Anna Ahorn", "Ben Birke", "Cora Zeder", "Dirk Distel", "Eva Esche", "Finn Farn"];
    let text = report(
        &names
            .iter()
            .zip(1..)
            .map(|(name, n)| Line { alias: ALIAS.to_owned(), name: (*name).to_owned(), ..line(n) })
            .collect::<Vec<_>>(),
    );
    let stream = || Source::stream("-", Box::new(std::io::Cursor::new(text.clone().into_bytes())));
    let open = bench.desk.open().unwrap();
    let screened = open.screen(stream(), &mut |_| true).unwrap();
    let sure = screened.matches.iter().filter(|found| found.tier == Tier::Alert).count();
    let imported = open.import(stream(), Instant::now(), &mut |_, _| true).unwrap();
    assert_eq!((sure as u64, screened.orders), (imported.record.alerts, imported.record.orders));
    let again = open.screen(stream(), &mut |_| true).unwrap();
    assert_eq!((again.orders, again.duplicates, again.matches.len()), (0, 6, 0));
}

#[test]
fn the_sample_fills_every_list() {
    let bench = fresh(Manner::Unattended);
    let loading = bench.desk.session_load_sample(Nothing {}).unwrap();
    bench.desk.wait_for_jobs();
    let jobs = bench.desk.jobs_list(Nothing {}).unwrap().jobs;
    let job = jobs.iter().find(|job| job.id == loading.job).unwrap();
    assert_eq!((job.state, job.kind), (JobState::Done, JobKind::Sample));
    let record = job.import.clone().unwrap();
    accounted(&record);
    assert_eq!(record.rows, 501);
    assert_eq!(record.format, "unshipped_seller_central");
    // One bears only the number of the listed buyer, under another name: that stays possible.
    assert_eq!(bench.open_alerts().len(), 4);
    assert!(record.unscreenable.iter().map(|of| of.count).sum::<u64>() >= 20);
    assert!(!bench.alerts(AlertView::Possible).iter().any(|alert| alert.buyer_label.is_empty()));
    // Again: nothing twice.
    load_sample::list_buyer(&bench.desk.open().unwrap()).unwrap();
    bench.desk.session_load_sample(Nothing {}).unwrap();
    bench.desk.wait_for_jobs();
    let overview = bench.desk.overview_get(Nothing {}).unwrap();
    assert_eq!((overview.buyers.listed, overview.alerts.open), (1, 4));
    let unscreenable = bench
        .desk
        .orders_list(ListOrders {
            flag: OrderFlag::Unscreenable,
            marketplace: None,
            from: None,
            to: None,
            imported_from: None,
            query: String::new(),
            sort: OrderSort::Imported,
            descending: true,
            offset: 0,
            limit: 5,
        })
        .unwrap();
    assert!(unscreenable.total >= 20);
}
