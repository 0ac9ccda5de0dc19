//! `cargo bench -p buyerwatch-matching`: tokens, look-up and screening.
//!
//! Besides the means that divan prints, `p99` below times single calls at a million listed buyers.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use buyerwatch_domain::{Address, BuyerId, IdentifierId, IdentifierKind, ObservedOrder, Token};
use buyerwatch_matching::{
    BlindKey, Index, ListedIdentifier, NoCrowd, OrderReader, OrderTokens, identifier_tokens,
    normalise, screen,
};
use std::hint::black_box;
use std::sync::OnceLock;
use std::time::Instant;

const LISTED: u64 = 1_000_000;

fn main() {
    divan::main();
    if std::env::args().any(|arg| arg == "--bench") {
        percentiles();
    }
}

/// Spreads a counter over all bits, the same in every run.
fn scatter(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn key() -> BlindKey {
    BlindKey::from_bytes([5; 32])
}

fn id16(number: u64) -> [u8; 16] {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&scatter(number).to_le_bytes());
    id
}

fn word(mut number: u64) -> String {
    let mut out = String::new();
    for _ in 0..3 {
        out.push(char::from(b"bcdfghklmnprstvw"[usize::try_from(number % 16).unwrap()]));
        number /= 16;
        out.push(char::from(b"aeiou"[usize::try_from(number % 5).unwrap()]));
        number /= 5;
    }
    out
}

/// A family name of the commonest and two more characters.
fn han_name(number: u64) -> String {
    let pick = |from: &str, number: u64| {
        let choice = usize::try_from(number).unwrap() % from.chars().count();
        from.chars().nth(choice).unwrap()
    };
    let given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉梅红建国文志海春晓宇浩然子轩雨";
    let family = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗";
    [pick(family, number % 97), pick(given, number >> 8), pick(given, number >> 20)]
        .iter()
        .collect()
}

fn alias(number: u64) -> String {
    format!("{:014x}@marketplace.amazon.de", scatter(number) >> 8)
}

/// Orders as reports carry them: a third each from the United States, Germany and China.
fn order(number: u64) -> ObservedOrder {
    let spread = scatter(number ^ 0xABCD);
    let house = spread % 200 + 1;
    let (name, lines, city, state, postal, country, phone) = match number % 3 {
        0 => (
            format!("{} {}", word(spread), word(spread >> 17)),
            vec![format!("{house} {} Street", word(spread >> 9)), format!("Apt {}", spread % 40)],
            "Springfield",
            "IL",
            format!("{:05}", spread % 90_000 + 1_001),
            "US",
            format!("+1 {}-555-{:04}", 201 + spread % 700, spread % 9_999),
        ),
        1 => (
            format!("Jürgen {}", word(spread >> 17)),
            vec![format!("{}straße {house}", word(spread >> 9))],
            "Würzburg",
            "",
            format!("{:05}", spread % 90_000 + 1_067),
            "DE",
            format!("0931 {:07}", spread % 9_000_000 + 1_000_001),
        ),
        _ => (
            han_name(spread),
            vec![format!("南山区样例路{house}号{}栋{}室", spread % 9 + 1, spread % 2_000)],
            "深圳市",
            "广东省",
            format!("{:06}", 510_000 + spread % 9_000),
            "CN",
            format!("138{:08}", spread % 90_000_000),
        ),
    };
    ObservedOrder {
        order_id: format!("302-{:07}-{:07}", spread % 9_999_999, number % 9_999_999),
        buyer_name: name.clone(),
        alias: alias(number ^ 0xFFFF_0000_0000),
        phone,
        recipient_name: name,
        ship_to: Address {
            lines,
            city: city.to_owned(),
            state: state.to_owned(),
            postal,
            country: country.to_owned(),
        },
        ..ObservedOrder::default()
    }
}

fn orders() -> &'static [ObservedOrder] {
    static ORDERS: OnceLock<Vec<ObservedOrder>> = OnceLock::new();
    ORDERS.get_or_init(|| (0..30_000).map(order).collect())
}

fn order_tokens() -> &'static [OrderTokens] {
    static TOKENS: OnceLock<Vec<OrderTokens>> = OnceLock::new();
    TOKENS.get_or_init(|| {
        let (key, mut reader) = (key(), OrderReader::default());
        orders().iter().map(|order| reader.read(&key, order)).collect()
    })
}

/// Each listed buyer has an alias, a telephone number, a name and an address.
fn identifiers(number: u64) -> Vec<ListedIdentifier> {
    let order = order(number | 1 << 40);
    [
        (IdentifierKind::Alias, alias(number)),
        (IdentifierKind::Phone, format!("+49{}", 1_234_567_003 + number * 10)),
        (IdentifierKind::Name, order.buyer_name),
        (IdentifierKind::Address, order.ship_to.one_line()),
    ]
    .into_iter()
    .enumerate()
    .map(|(position, (kind, value))| ListedIdentifier {
        id: IdentifierId::from_bytes(id16(number * 8 + position as u64)),
        shared: false,
        tokens: identifier_tokens(&key(), kind, &value).unwrap(),
    })
    .collect()
}

fn index_of(listed: u64) -> Index {
    let mut index = Index::new();
    for number in 0..listed {
        index.insert_buyer(BuyerId::from_bytes(id16(number)), &identifiers(number));
    }
    index
}

fn million() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| index_of(LISTED))
}

fn hundred_thousand() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| index_of(100_000))
}

/// Calls `work` with one order after another; divan reports the time per call.
fn each<T>(bencher: divan::Bencher<'_, '_>, items: &'static [T], mut work: impl FnMut(&'static T)) {
    let mut position = 0;
    bencher.bench_local(|| {
        work(&items[position]);
        position = (position + 1) % items.len();
    });
}

#[divan::bench(sample_size = 1000, args = ["US", "DE", "CN"])]
fn tokens_of_an_order(bencher: divan::Bencher<'_, '_>, country: &str) {
    let (key, mut reader) = (key(), OrderReader::default());
    let all: Vec<&ObservedOrder> =
        orders().iter().filter(|order| order.ship_to.country == country).collect();
    let mut position = 0;
    bencher.bench_local(|| {
        black_box(reader.read(&key, all[position]));
        position = (position + 1) % all.len();
    });
}

#[divan::bench(sample_size = 1000)]
fn screen_100_000_listed_no_hit(bencher: divan::Bencher<'_, '_>) {
    let index = hundred_thousand();
    each(bencher, order_tokens(), |tokens| {
        black_box(screen(index, tokens, &NoCrowd));
    });
}

#[divan::bench(sample_size = 1000)]
fn tokens_and_screen_100_000_listed(bencher: divan::Bencher<'_, '_>) {
    let (key, mut reader) = (key(), OrderReader::default());
    let index = hundred_thousand();
    each(bencher, orders(), |order| {
        black_box(screen(index, &reader.read(&key, order), &NoCrowd));
    });
}

#[divan::bench(sample_size = 1000, args = ["+49 931 12345670", "+1 212-555-0123", "0931/12345670", "(212) 555-0123 ext. 12345"])]
fn phone(bencher: divan::Bencher<'_, '_>, written: &str) {
    let country = if written.contains("555") { "US" } else { "DE" };
    bencher.bench(|| normalise::phone(black_box(written), Some(country)));
}

#[divan::bench(sample_size = 100)]
fn phone_outside_the_table() -> String {
    normalise::phone(black_box("01 224 5678"), Some("PE")).unwrap().e164
}

#[divan::bench(sample_size = 1000, args = ["Erika Beispiel", "Jürgen Müller", "Dr. Ængström, Łukasz", "王伟"])]
fn name(bencher: divan::Bencher<'_, '_>, written: &str) {
    bencher.bench(|| normalise::name(black_box(written)));
}

#[divan::bench]
fn insert_and_remove_at_100_000_listed(bencher: divan::Bencher<'_, '_>) {
    let mut index = hundred_thousand().clone();
    let (buyer, new) = (BuyerId::from_bytes([9; 16]), identifiers(77_000_000));
    bencher.bench_local(|| {
        index.insert_buyer(buyer, &new);
        index.remove_buyer(&buyer);
    });
}

fn percentiles() {
    throughput();
    let started = Instant::now();
    let index = million();
    println!(
        "\n{index:?} built in {:.1} s, {} MiB resident",
        started.elapsed().as_secs_f64(),
        resident()
    );
    let (key, kind) = (key(), IdentifierKind::Alias);
    let aliases: Vec<Token> = (0..200_000u64)
        .map(|n| {
            // Half of them are listed.
            let number = if n % 2 == 0 { scatter(n) % LISTED } else { LISTED + n };
            identifier_tokens(&key, kind, &alias(number)).unwrap().exact[0]
        })
        .collect();
    report("exact look-up, 1,000,000 listed", &aliases, |token| {
        black_box(index.holders(*token).next());
    });
    report("screen, no hit, 1,000,000 listed", order_tokens(), |tokens| {
        black_box(screen(index, tokens, &NoCrowd));
    });
    let hits: Vec<OrderTokens> = order_tokens()
        .iter()
        .zip(&aliases)
        .map(|(tokens, alias)| OrderTokens { alias: Some(*alias), ..*tokens })
        .collect();
    report("screen with argument, half hit, 1,000,000 listed", &hits, |tokens| {
        black_box(screen(index, tokens, &NoCrowd));
    });
}

/// Orders per second of processor time, which other work on the machine disturbs less than the
/// clock on the wall.
fn throughput() {
    let (key, mut reader) = (key(), OrderReader::default());
    let index = hundred_thousand();
    let Some(before) = processor_seconds() else { return };
    let rounds = 60;
    for _ in 0..rounds {
        for order in orders() {
            black_box(screen(index, &reader.read(&key, order), &NoCrowd));
        }
    }
    let spent = processor_seconds().unwrap_or(before) - before;
    let per_second = (rounds * orders().len()) as f64 / spent;
    println!("tokens and screen, 100,000 listed: {per_second:.0} orders/s of processor time");
}

/// Processor time of this process; `None` where the system does not say it in this way.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let ticks: f64 = text.rsplit(')').next()?.split_whitespace().nth(11)?.parse().ok()?;
    Some(ticks / 100.0)
}

fn report<T>(what: &str, items: &[T], mut work: impl FnMut(&T)) {
    let mut nanos: Vec<u128> = items
        .iter()
        .map(|item| {
            let started = Instant::now();
            work(item);
            started.elapsed().as_nanos()
        })
        .collect();
    nanos.sort_unstable();
    let at = |share: usize| nanos[nanos.len() * share / 1000 - 1];
    println!("{what}: p50 {} ns, p99 {} ns, p99.9 {} ns", at(500), at(990), at(999));
}

/// Resident memory in MiB; 0 where the system does not say it in this way.
fn resident() -> u64 {
    std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|text| text.split_whitespace().nth(1)?.parse::<u64>().ok())
        .map_or(0, |pages| pages * 4096 / (1 << 20))
}
