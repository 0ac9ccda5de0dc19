//! What a long list costs: 10,000, 100,000 and 1,000,000 listed, each held against as many orders.
//!
//! `cargo bench -p buyerwatch-matching --bench scale [-- --most N] [--listed N]`, as `cargo xtask bench matching
//! --scale` does. `--most` bounds lists and orders, `--listed` takes a list of that length alone.
//!
//! Screening as the program does it: tokens of the order, its words, candidates, argument. People are
//! invented of words whose frequencies fall as those of names, streets and towns do in life; one order in a
//! hundred is of a listed person, every second of them with slips. How many live in a house is not asked for.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    missing_docs
)]

use buyerwatch_domain::{
    Address, BuyerId, Identifier, IdentifierId, IdentifierKind, ObservedOrder, Tier, Timestamp,
};
use buyerwatch_matching::{
    BlindKey, Index, Likenesses, ListedIdentifier, NoCrowd, OrderReader, linkage::Model,
    order_profile, recognise,
};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

/// Orders from which the program learns how rare names are.
const LEARNT: u64 = 8_192;

/// The first order of a stranger; listed people have numbers below.
const STRANGERS: u64 = 1 << 32;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str| -> Option<u64> {
        arguments.windows(2).find_map(|pair| (pair[0] == name).then(|| pair[1].parse().ok())?)
    };
    let most = number("--most").unwrap_or(u64::MAX);
    let listed = number("--listed");
    let Some(listed) = listed else {
        // Each in a process of its own: what one leaves behind is no memory of the next.
        let itself = std::env::current_exe().unwrap();
        for length in SIZES.into_iter().filter(|size| *size <= most) {
            let numbers = [length.to_string(), most.to_string()];
            let named = ["--listed", &numbers[0], "--most", &numbers[1]];
            assert!(std::process::Command::new(&itself).args(named).status().unwrap().success());
        }
        return;
    };
    println!(
        "| Listed | put in | memory | Orders | µs per order: mean | p50 | p99 | orders/s, one thread | theirs that alert | strangers that alert | digest of all verdicts |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
    let Bulk { orders, took, worked, alerts } = scale(listed, most);
    let each = worked.map_or(f64::NAN, |worked| worked.as_secs_f64() * 1e6 / orders as f64);
    println!(
        "\n| Listed | Orders at once | on two threads, orders/s | µs of processor time per order | orders/s of two cores that do nothing else | orders that alert |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    println!(
        "| {listed} | {orders} | {:.0} | {each:.1} | {:.0} | {alerts} |\n",
        orders as f64 / took.as_secs_f64(),
        2e6 / each,
    );
}

/// Many orders at once.
struct Bulk {
    orders: u64,
    /// By the clock on the wall.
    took: Duration,
    /// What the threads had of the processor, where the system says it.
    worked: Option<Duration>,
    alerts: u64,
}

/// Many orders at once, half of them on each of two threads.
fn bulk(key: &BlindKey, index: &Index, likenesses: &Likenesses, listed: u64, orders: u64) -> Bulk {
    let all: Vec<ObservedOrder> = (0..orders).map(|n| order(n, listed)).collect();
    let screen = |orders: &[ObservedOrder]| {
        let (mut reader, mut alerts) = (OrderReader::default(), 0u64);
        let before = processor();
        for order in orders {
            let tokens = reader.read(key, order);
            let profile = order_profile(order);
            let alike = likenesses.find(&profile);
            let found = recognise(index, likenesses, &tokens, || profile, &alike, &NoCrowd);
            alerts += u64::from(found.iter().any(|found| found.tier == Tier::Alert));
        }
        (alerts, processor().zip(before).map(|(after, before)| after.saturating_sub(before)))
    };
    let (one, other) = all.split_at(all.len() / 2);
    let start = Instant::now();
    let [(mine, my_work), (theirs, their_work)] = std::thread::scope(|scope| {
        let theirs = scope.spawn(|| screen(other));
        [screen(one), theirs.join().unwrap()]
    });
    Bulk {
        orders,
        took: start.elapsed(),
        worked: my_work.zip(their_work).map(|(mine, theirs)| mine + theirs),
        alerts: mine + theirs,
    }
}

/// What this thread had of the processor so far.
fn processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn scale(listed: u64, most: u64) -> Bulk {
    let key = BlindKey::from_bytes([0x5C; 32]);
    let mut model = Model::default();
    for n in 0..LEARNT {
        model.learn(&order_profile(&order(n, listed)));
    }
    let before = resident();
    let (mut index, mut likenesses) = (Index::new(), Likenesses::default());
    likenesses.set_model(Arc::new(model));
    let mut putting_in = Duration::ZERO;
    for n in 0..listed {
        let identifiers = identifiers(n, &person(n));
        let start = Instant::now();
        let tokens: Vec<ListedIdentifier> = ListedIdentifier::all_of(&key, &identifiers)
            .into_iter()
            .filter_map(|(_, listed)| listed.ok())
            .collect();
        let buyer = BuyerId::from_bytes(id(n, 0));
        index.insert_buyer(buyer, &tokens);
        likenesses.insert_buyer(buyer, &identifiers);
        putting_in += start.elapsed();
    }
    let memory = resident().saturating_sub(before);
    let mut reader = OrderReader::default();
    let mut took: Vec<Duration> = Vec::new();
    let (mut theirs, mut found, mut wrong) = (0u64, 0u64, 0u64);
    let mut digest = blake3::Hasher::new();
    let mut done = 0;
    for orders in SIZES.into_iter().filter(|size| *size <= most) {
        for n in done..orders {
            let seen = order(n, listed);
            let start = Instant::now();
            let tokens = reader.read(&key, &seen);
            let profile = order_profile(&seen);
            let alike = likenesses.find(&profile);
            let matches = recognise(&index, &likenesses, &tokens, || profile, &alike, &NoCrowd);
            took.push(start.elapsed());
            for of in &matches {
                digest.update(of.buyer.as_bytes());
                digest.update(of.tier.code().as_bytes());
                digest.update(&of.score.to_bits().to_le_bytes());
                for reason in &of.reasons {
                    digest.update(&reason.weight.to_bits().to_le_bytes());
                }
            }
            let alerts = matches.iter().any(|found| found.tier == Tier::Alert);
            match whose(n, listed) {
                Some(number) => {
                    theirs += 1;
                    let buyer = BuyerId::from_bytes(id(number, 0));
                    found += u64::from(
                        matches.iter().any(|of| of.tier == Tier::Alert && of.buyer == buyer),
                    );
                }
                None => wrong += u64::from(alerts),
            }
        }
        done = orders;
        let mut sorted = took.clone();
        sorted.sort_unstable();
        let micros = |at: usize| sorted[at.min(sorted.len() - 1)].as_secs_f64() * 1e6;
        let sum: f64 = sorted.iter().map(Duration::as_secs_f64).sum();
        println!(
            "| {listed} | {:.1} s | {memory} MiB | {orders} | {:.1} | {:.1} | {:.1} | {:.0} | {:.2} % | {:.4} % | {} |",
            putting_in.as_secs_f64(),
            sum / orders as f64 * 1e6,
            micros(sorted.len() / 2),
            micros(sorted.len() * 99 / 100),
            orders as f64 / sum,
            100.0 * found as f64 / theirs.max(1) as f64,
            100.0 * wrong as f64 / (orders - theirs) as f64,
            digest.finalize().to_hex().as_str().get(..16).unwrap_or_default(),
        );
    }
    bulk(&key, &index, &likenesses, listed, 100_000.min(most))
}

/// The listed person whose order it is.
fn whose(n: u64, listed: u64) -> Option<u64> {
    n.is_multiple_of(100).then(|| scatter(n ^ 0xA5) % listed)
}

fn order(n: u64, listed: u64) -> ObservedOrder {
    let Some(number) = whose(n, listed) else {
        return ObservedOrder { order_id: order_id(n), ..person(STRANGERS + n) };
    };
    let mut of = person(number);
    of.order_id = order_id(n);
    // Another account, and often another hand.
    of.alias = format!("z{n:013}@marketplace.amazon.de");
    of.phone = String::new();
    if n.is_multiple_of(200) {
        slip(&mut of.buyer_name, n);
        of.recipient_name.clone_from(&of.buyer_name);
        slip(&mut of.ship_to.lines[0], n / 3);
    }
    of
}

/// Two letters change places.
fn slip(text: &mut String, seed: u64) {
    let mut letters: Vec<char> = text.chars().collect();
    let places: Vec<usize> = (1..letters.len().saturating_sub(2))
        .filter(|at| {
            [-1isize, 0, 1].iter().all(|by| letters[at.wrapping_add_signed(*by)].is_alphabetic())
        })
        .collect();
    if let Some(at) = places.get(usize::try_from(scatter(seed)).unwrap_or(0) % places.len().max(1))
    {
        letters.swap(*at, at + 1);
        *text = letters.into_iter().collect();
    }
}

fn order_id(n: u64) -> String {
    format!("305-{:07}-{:07}", n / 10_000_000, n % 10_000_000)
}

fn person(n: u64) -> ObservedOrder {
    let draw = |what: u64, of: u64| rank(scatter(n.wrapping_mul(31).wrapping_add(what)), of);
    let town = draw(4, 3_000);
    let name = format!("{} {}", word(1, draw(1, 2_500), 2), word(2, draw(2, 60_000), 3));
    let number = 1 + scatter(n ^ 0x77) % 180;
    let mut lines = vec![format!("{} Street {number}", word(3, draw(3, 25_000), 3))];
    if n.is_multiple_of(4) {
        lines.push(format!("Apt {}", 1 + scatter(n ^ 0x78) % 60));
    }
    ObservedOrder {
        order_id: String::new(),
        buyer_name: name.clone(),
        recipient_name: name,
        alias: format!("a{n:013}@marketplace.amazon.de"),
        phone: format!("+1 212 {:07}", 2_000_000 + scatter(n ^ 0x79) % 7_999_999),
        ship_to: Address {
            lines,
            city: word(4, town, 3),
            postal: format!(
                "{:05}",
                10_000 + (town * 27 + scatter(n ^ 0x80) % (1 + 27 / (1 + town / 40))) % 89_999
            ),
            country: "US".to_owned(),
            ..Address::default()
        },
        ..ObservedOrder::default()
    }
}

/// The n-th of so many words falls on its rank: the second is half as frequent as the first, and so on.
fn rank(random: u64, of: u64) -> u64 {
    let share = (random >> 11) as f64 / (1u64 << 53) as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below `of`")]
    let rank = (of as f64).powf(share) as u64;
    rank.min(of) - 1
}

/// A word for a number, another for each kind.
fn word(kind: u64, number: u64, syllables: u32) -> String {
    const ONSETS: [&str; 16] =
        ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st"];
    const RHYMES: [&str; 14] =
        ["a", "e", "i", "o", "u", "an", "er", "in", "on", "ul", "as", "ek", "ir", "om"];
    let mut left = scatter(number ^ (kind << 40));
    let mut word = String::new();
    for _ in 0..syllables + 1 {
        word.push_str(ONSETS[usize::try_from(left % 16).unwrap_or(0)]);
        word.push_str(RHYMES[usize::try_from(left / 16 % 14).unwrap_or(0)]);
        left /= 224;
    }
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn scatter(n: u64) -> u64 {
    let mut mixed = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn id(number: u64, part: u8) -> [u8; 16] {
    let mut id = [part; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    id
}

/// What a person is listed with: as an agent would enter it.
fn identifiers(number: u64, person: &ObservedOrder) -> Vec<Identifier> {
    use IdentifierKind as K;
    let values = [
        (K::Name, person.buyer_name.clone()),
        (K::Alias, person.alias.clone()),
        (K::Phone, person.phone.clone()),
        (K::Address, person.ship_to.one_line()),
    ];
    values
        .into_iter()
        .zip(1u8..)
        .map(|((kind, value), part)| Identifier {
            id: IdentifierId::from_bytes(id(number, part)),
            kind,
            value,
            shared: false,
            added_at: Timestamp::from_millis(0),
        })
        .collect()
}

/// Resident memory in MiB; 0 where the system does not say it in this way.
fn resident() -> u64 {
    std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|text| text.split_whitespace().nth(1)?.parse::<u64>().ok())
        .map_or(0, |pages| pages * 4096 / (1 << 20))
}
