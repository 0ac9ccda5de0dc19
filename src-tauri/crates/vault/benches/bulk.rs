//! Taking a million order lines in, beside a plain database of the same rows.
//!
//! `cargo bench -p buyerwatch-vault --bench bulk -- [rows] [rows per batch]`
//!
//! The rows are made outside the clock. CPU time is printed beside the time on the wall, since the
//! latter depends on the disk.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use buyerwatch_domain::{
    Address, Channel, ImportId, Money, ObservedOrder, OrderStatus, Person, PersonId, ReasonField,
    Role, Timestamp, Token,
};
use buyerwatch_vault::{
    Folder, ImportProgress, ImportStart, KdfCost, NewVault, OrderTokenRow, Origin, OsEntropy,
    Passphrase, StoredOrder, TokenFilters, Upsert, Vault, VaultError,
};
use std::path::Path;
use std::time::{Duration, Instant};

const IMPORT: ImportId = ImportId::from_bytes([7; 16]);
const NOW: i64 = 1_790_000_000_000;

fn main() {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<usize>().ok());
    let rows = numbers.next().unwrap_or(1_000_000);
    let batch = numbers.next().unwrap_or(25_000);
    println!("{rows} order lines in batches of {batch}");
    let dir = tempfile::tempdir_in(std::env::var("BENCH_DIR").unwrap_or(".".into())).unwrap();
    vault(&dir.path().join("vault"), rows, batch);
    println!("peak memory of the vault's part: {} MB", peak_megabytes());
    plain(&dir.path().join("plain.db"), rows, batch);
}

fn vault(path: &Path, rows: usize, batch: usize) {
    let folder = Folder::at(path);
    let new = NewVault {
        kdf: KdfCost::Calibrated,
        person: Person {
            id: PersonId::from_bytes([1; 16]),
            name: "Bench".to_owned(),
            role: Role::Owner,
        },
        criteria: Vec::new(),
        at: at(0),
    };
    let passphrase = Passphrase::new("plum lantern orbit canvas".to_owned());
    let (vault, _) = Vault::create(&folder, &passphrase, new, &mut OsEntropy).unwrap();
    let start = ImportStart {
        id: IMPORT,
        name: "bench.txt",
        fingerprint: b"bench",
        bytes_total: None,
        format: "bench",
        encoding: "utf-8",
        owner: "bench",
        at: at(0),
    };
    let _ = vault.write(|tx| tx.begin_import(&start, |_| false)).unwrap();
    take(&vault, "new rows", rows, batch);
    take(&vault, "same rows again", rows.min(200_000), batch);
    lookups(&vault, rows);
}

fn take(vault: &Vault, name: &str, rows: usize, batch: usize) {
    let mut clock = Clock::default();
    let mut new = 0;
    let mut begin = 0;
    while begin < rows {
        let made: Vec<(ObservedOrder, OrderTokenRow)> =
            (begin..rows.min(begin + batch)).map(row).collect();
        let lines: Vec<StoredOrder<'_>> = made
            .iter()
            .map(|(order, tokens)| StoredOrder { order, tokens: *tokens, unscreenable: None })
            .collect();
        clock.start();
        let done = vault
            .write(|tx| -> Result<usize, VaultError> {
                let origin = Origin { import: IMPORT, at: at(0) };
                let answers = tx.upsert_orders(origin, &lines)?;
                let progress = ImportProgress { rows: 1, ..ImportProgress::default() };
                tx.save_import(IMPORT, b"position", &progress)?;
                Ok(answers.iter().filter(|answer| matches!(answer, Upsert::New { .. })).count())
            })
            .unwrap();
        clock.stop();
        new += done.view;
        begin += lines.len();
        let tenth = rows / 5;
        if begin / tenth.max(1) != (begin - lines.len()) / tenth.max(1) {
            println!("  {begin:>9} rows  {}", clock.since(begin));
        }
    }
    println!("vault, {name}: {} ({new} new)", clock.since(rows));
}

/// How long it takes to ask how many names stand behind an identity, one by one and with the
/// summaries that an import keeps.
fn lookups(vault: &Vault, rows: usize) {
    let asked = 2_000;
    let tokens: Vec<Token> = (0..asked).map(|n| row(n * 7919 % rows).1.alias.unwrap()).collect();
    let report = |name: &str, clock: &Clock, names: usize| {
        println!("names behind an alias, {name}: {} ({names} names)", clock.since(asked));
    };
    vault
        .read(|r| -> Result<(), VaultError> {
            let mut clock = Clock::default();
            clock.start();
            let mut names = 0;
            for token in &tokens {
                names += r.names_behind(ReasonField::Alias, *token, 20)?.len();
            }
            clock.stop();
            report("alone", &clock, names);
            let mut filters = TokenFilters::default();
            let crowd = r.crowd(&mut filters)?;
            let mut clock = Clock::default();
            clock.start();
            let mut names = 0;
            for token in &tokens {
                names += crowd.names_behind(ReasonField::Alias, *token, 20)?.len();
            }
            clock.stop();
            report("in an import", &clock, names);
            Ok(())
        })
        .unwrap();
}

/// The same rows in an unencrypted database with the usual indexes.
fn plain(path: &Path, rows: usize, batch: usize) {
    let mut conn = rusqlite::Connection::open(path).unwrap();
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
         CREATE TABLE orders (order_id TEXT, item_id TEXT, marketplace TEXT, purchased_at INTEGER,
             status TEXT, sku TEXT, product TEXT, quantity INTEGER, price TEXT, currency TEXT,
             buyer_name TEXT, alias TEXT, phone TEXT, recipient_name TEXT, ship_lines TEXT,
             city TEXT, state TEXT, postal TEXT, country TEXT, alias_token INTEGER,
             phone_token INTEGER, name_token INTEGER, address_token INTEGER,
             PRIMARY KEY (order_id, item_id));
         CREATE INDEX by_alias ON orders (alias_token);
         CREATE INDEX by_phone ON orders (phone_token);
         CREATE INDEX by_name ON orders (name_token);
         CREATE INDEX by_address ON orders (address_token);
         CREATE INDEX by_date ON orders (purchased_at);",
    )
    .unwrap();
    let mut clock = Clock::default();
    let mut begin = 0;
    while begin < rows {
        let made: Vec<(ObservedOrder, OrderTokenRow)> =
            (begin..rows.min(begin + batch)).map(row).collect();
        clock.start();
        let tx = conn.transaction().unwrap();
        {
            let mut insert = tx
                .prepare_cached(
                    "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                         ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                )
                .unwrap();
            for (order, tokens) in &made {
                let price = order.price.as_ref().unwrap();
                let token = |token: Option<Token>| token.map(|token| token.0);
                insert
                    .execute(rusqlite::params![
                        order.order_id,
                        order.item_id,
                        order.channel.0,
                        order.purchased_at.map(Timestamp::millis),
                        "unshipped",
                        order.sku,
                        order.product,
                        order.quantity,
                        price.amount,
                        price.currency,
                        order.buyer_name,
                        order.alias,
                        order.phone,
                        order.recipient_name,
                        order.ship_to.lines.join("\n"),
                        order.ship_to.city,
                        order.ship_to.state,
                        order.ship_to.postal,
                        order.ship_to.country,
                        token(tokens.alias),
                        token(tokens.phone),
                        token(tokens.buyer_name),
                        token(tokens.address),
                    ])
                    .unwrap();
            }
        }
        tx.commit().unwrap();
        clock.stop();
        begin += made.len();
    }
    println!("plain SQLite, no encryption: {}", clock.since(rows));
}

/// Adds up time on the wall and CPU time of this thread.
#[derive(Default)]
struct Clock {
    started: Option<(Instant, Duration)>,
    wall: Duration,
    cpu: Duration,
}

impl Clock {
    fn start(&mut self) {
        self.started = Some((Instant::now(), cpu()));
    }

    fn stop(&mut self) {
        let (wall, used) = self.started.take().unwrap();
        self.wall += wall.elapsed();
        self.cpu += cpu() - used;
    }

    fn since(&self, rows: usize) -> String {
        let each = |time: Duration| time.as_secs_f64() * 1e6 / rows as f64;
        format!(
            "{:>7.0}/s, {:.2} µs each on the wall, {:.2} µs of CPU",
            rows as f64 / self.wall.as_secs_f64(),
            each(self.wall),
            each(self.cpu)
        )
    }
}

/// CPU time of this thread; zero where the system does not tell.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

fn peak_megabytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(NOW + ms)
}

fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// An invented order line; a third of the buyers come back.
fn row(n: usize) -> (ObservedOrder, OrderTokenRow) {
    let n = n as u64;
    let order = mix(n);
    let buyer = mix(n % 3 * 1_000_000_007 + n / 3 * 2);
    let token = |field: u64| Some(Token(mix(buyer ^ field).cast_signed()));
    let article = mix(n ^ 99) % 2_000;
    let phone = format!("+49 30 {:07}", buyer % 10_000_000);
    let name = format!("Carla Beispiel-{}", buyer % 50_000);
    let observed = ObservedOrder {
        order_id: format!(
            "{:03}-{:07}-{:07}",
            300 + order % 10,
            (order >> 8) % 10_000_000,
            (order >> 33) % 10_000_000
        ),
        item_id: format!("{:014}", order % 100_000_000_000_000),
        sku: format!("BW-{article:05}"),
        product: format!("Edelstahl Trinkflasche {article} ml, doppelwandig, auslaufsicher"),
        quantity: Some(1),
        price: Some(Money { amount: "24.90".to_owned(), currency: "EUR".to_owned() }),
        channel: Channel("Amazon.de".to_owned()),
        purchased_at: Some(at(i64::try_from(n).unwrap() * 1_000)),
        status: OrderStatus::Unshipped,
        buyer_name: name.clone(),
        alias: format!("{:014x}@marketplace.amazon.de", buyer >> 8),
        phone: phone.clone(),
        recipient_name: name,
        ship_phone: phone,
        ship_to: Address {
            lines: vec![format!("Lindenhofweg {}", buyer % 200), "Hinterhaus".to_owned()],
            city: "Würzburg".to_owned(),
            state: "Bayern".to_owned(),
            postal: format!("{:05}", buyer % 99_999),
            country: "DE".to_owned(),
        },
        ..ObservedOrder::default()
    };
    let tokens = OrderTokenRow {
        alias: token(1),
        phone: token(2),
        ship_phone: token(2),
        order_id: Some(Token(mix(order).cast_signed())),
        buyer_name: token(3),
        buyer_family: token(4),
        recipient_name: token(3),
        recipient_family: token(4),
        address: token(5),
        postcode: token(6),
        ..OrderTokenRow::default()
    };
    (observed, tokens)
}
