//! Importing against buyers who are listed by name and address, and looking buyers up.
//!
//! `cargo bench -p buyerwatch-app --bench screening -- [buyers] [rows]`
//!
//! One row in five hundred is a listed buyer's, with a slip in the name. The same rows are imported
//! before anybody is listed, so that the price of likeness shows.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)]

use buyerwatch_app::{
    Desk, DeskOptions, Host, LogLine, Manner, Notification, Push, Secret,
    buyers::add::{AddBuyer, TypedIdentifier},
    imports::Source,
    lookup::find::{Find, LookupItem},
    session::create::CreateVault,
    view::Language,
};
use buyerwatch_domain::{IdentifierKind, Timestamp};
use buyerwatch_vault::KdfCost;
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

struct Quiet;

impl Host for Quiet {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000)
    }
    fn push(&self, _: Push) {}
    fn notify(&self, _: Notification) {}
    fn log(&self, line: &LogLine<'_>) {
        println!("{} {}", line.during, line.code);
    }
    fn pick_files(&self, _: buyerwatch_app::files::pick::Purpose, _: bool) -> Vec<PathBuf> {
        Vec::new()
    }
    fn choose_save_path(&self, _: &str) -> Option<PathBuf> {
        None
    }
    fn choose_folder(&self) -> Option<PathBuf> {
        None
    }
}

fn main() {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<usize>().ok());
    let buyers = numbers.next().unwrap_or(10_000);
    let rows = numbers.next().unwrap_or(300_000);
    let dir = tempfile::tempdir_in(std::env::var("BENCH_DIR").unwrap_or(".".into())).unwrap();
    let file = dir.path().join("orders.txt");
    std::fs::write(&file, report(rows, buyers)).unwrap();

    let bare = desk(&dir.path().join("bare"));
    rate("import, nobody on record", rows, &bare, &file);
    drop(bare);

    let desk = desk(&dir.path().join("listed"));
    let begun = Instant::now();
    for n in 0..buyers {
        let (name, street, postal) = person(n);
        let address = format!("{street}, {postal} Nordstadt, DE");
        let typed = |kind, value| TypedIdentifier { kind, value };
        let identifiers =
            vec![typed(IdentifierKind::Name, name), typed(IdentifierKind::Address, address)];
        desk.buyers_add(AddBuyer { identifiers, note: None }).unwrap();
    }
    println!("{buyers} buyers recorded in {:.1} s", begun.elapsed().as_secs_f64());
    rate(&format!("import, {buyers} buyers on record"), rows, &desk, &file);
    for (what, query) in [
        (
            "label",
            (|n| {
                let (a, b, c) = person(n);
                format!("{}\n{b}\n{c} Nordstadt", slip(&a))
            }) as fn(usize) -> String,
        ),
        ("name", |n| person(n).0),
        ("half a name", |n| person(n).0.chars().take(7).collect()),
        ("order ID", |n| order_id(n)),
    ] {
        look_up(&desk, buyers, what, query);
    }
}

fn look_up(desk: &Desk, buyers: usize, what: &str, query: fn(usize) -> String) {
    let mut times: Vec<Duration> = Vec::new();
    let mut found = 0;
    for at in 0..200 {
        let query = query(at * 7_919 % buyers);
        let begun = Instant::now();
        let items = desk.lookup_find(Find { query, message_id: None }).unwrap().items;
        times.push(begun.elapsed());
        found += usize::from(matches!(
            items.first(),
            Some(LookupItem::Buyer { .. } | LookupItem::Order { .. })
        ));
    }
    times.sort();
    println!(
        "look up {what}: p50 {:.2} ms, p99 {:.2} ms, {found} of 200 found something",
        times[100].as_secs_f64() * 1e3,
        times[197].as_secs_f64() * 1e3
    );
}

fn rate(what: &str, rows: usize, desk: &Desk, file: &Path) {
    let open = desk.open().unwrap();
    let begun = Instant::now();
    let record = open.import(Source::file(file), begun, &mut |_, _| true).unwrap().record;
    let seconds = begun.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = rows as f64 / seconds;
    println!("{what}: {rate:.0} rows/s ({} rows in {seconds:.1} s)", record.rows);
}

fn desk(folder: &Path) -> Desk {
    let options =
        DeskOptions { kdf: KdfCost::Fast, ..DeskOptions::new(folder.into(), Manner::Unattended) };
    let desk = Desk::new(Arc::new(Quiet), options);
    desk.session_create(CreateVault {
        passphrase: Secret::new("plum lantern orbit canvas".to_owned()),
        person_name: "Mara Lindqvist".to_owned(),
        language: Language::English,
    })
    .unwrap();
    desk
}

fn word(seed: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "bar", "den", "fol", "gis", "hal", "jor", "kem", "lun", "mir", "nov", "pel", "ras", "sto",
        "tal", "ver", "wim",
    ];
    let mut left = seed.wrapping_mul(2_654_435_761) >> 3;
    let mut word = String::new();
    for _ in 0..3 {
        word.push_str(SYLLABLES[left % SYLLABLES.len()]);
        left /= SYLLABLES.len();
    }
    word
}

fn person(n: usize) -> (String, String, String) {
    let name = format!("{} {}", word(n % 400), word(n / 3 + 5_000));
    let street = format!("{}weg {}", word(n / 40 + 90_000), n % 90 + 1);
    (name, street, format!("{:05}", 10_000 + n % 30_000))
}

/// The fifth letter is another.
fn slip(name: &str) -> String {
    name.chars().enumerate().map(|(at, c)| if at == 4 { 'o' } else { c }).collect()
}

fn order_id(n: usize) -> String {
    format!("305-{:07}-{:07}", n / 1_000, n)
}

fn report(rows: usize, buyers: usize) -> String {
    let mut out =
        "order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tbuyer-name\t\
         buyer-phone-number\tsku\tproduct-name\tquantity-purchased\tcurrency\titem-price\t\
         recipient-name\tship-address-1\tship-city\tship-postal-code\tship-country\tsales-channel\n"
            .to_owned();
    for n in 0..rows {
        let ((name, street, postal), ours) = match n % 500 {
            7 => (person(n / 500 % buyers), true),
            _ => (person(n + 10_000_000), false),
        };
        let name = if ours { slip(&name) } else { name };
        let _ = writeln!(
            out,
            "{}\t{n}\t2026-11-18T10:00:00+00:00\t2026-11-18T10:05:00+00:00\th{n:013}@marketplace.amazon.de\t{name}\t\
             +49 911 {n:07}\tSKU-1\tWooden spoon\t1\tEUR\t19.90\t{name}\t{street}\tNordstadt\t{postal}\tDE\tAmazon.de",
            order_id(n)
        );
    }
    out
}
