//! How well people are recognised in a scenario: a folder with `flagged.csv`, `orders.csv` and
//! `truth.csv` (`order_id, flagged_id, kind`; kind is match, honest, household, namesake, forwarder).
//!
//! `cargo bench -p buyerwatch-matching --bench scenarios -- FOLDER… [--guard off] [--pad N] [--misses]
//! [--program | --purged] [--held-out] [--abroad]`
//!
//! `--program` screens as the program does, equal tokens beside likeness, with the listed typed in one line;
//! without it, likeness alone is measured, with the listed in columns. `--purged` does the same with orders whose
//! plaintext is gone.
//!
//! `--held-out` measures, besides, the scenarios of `held_out::known`; `--abroad` those of `held_out::abroad`, whose
//! lands and noise no rule was made for. Of the latter, `--misses` lists those of some lands; the others are only counted.
//!
//! `--misses` lists the orders of listed people that do not alert, and those that alert wrongly, with the
//! argument: rules are made for kinds of misses, not for single ones.
//!
//! `--pad N` lists so many invented people besides, with the words of the scenario's own orders in other
//! company, to see what a long list costs; they are namesakes, so their precision says nothing.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)]

use buyerwatch_domain::{Address, Reason, Tier};
use buyerwatch_matching::linkage::{Addresses, Found, Guard, Linker, Model, Profile, Side, tier};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "scenarios/held_out/mod.rs"]
mod held_out;
#[path = "scenarios/program.rs"]
mod program;

use program::{Hit, Program};

type Row = HashMap<String, String>;

/// How a scenario is measured.
#[derive(Clone, Copy)]
struct Options {
    guard: Guard,
    pad: usize,
    misses: bool,
    program: bool,
    purged: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let off = arguments.windows(2).any(|pair| pair == ["--guard", "off"]);
    let guard = if off { Guard::Off } else { Guard::On };
    let pad: usize = arguments
        .windows(2)
        .find_map(|pair| if pair[0] == "--pad" { pair[1].parse().ok() } else { None })
        .unwrap_or(0);
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    let purged = has("--purged");
    let program = purged || has("--program");
    let options = Options { guard, pad, misses: has("--misses"), program, purged };
    let folders: Vec<&String> =
        arguments.iter().filter(|a| Path::new(a).join("truth.csv").exists()).collect();
    let (held_out, abroad) = (has("--held-out"), has("--abroad"));
    if folders.is_empty() && !held_out && !abroad {
        println!(
            "name one or more folders with flagged.csv, orders.csv and truth.csv, --held-out or --abroad"
        );
        return;
    }
    println!(
        "| Scenario, guard {guard:?} | P | R | F1 | False alerts of honest orders | right, wrong pairs | µs per order: mean | p50 | p99 |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for folder in folders {
        scenario(&Scenario::read(Path::new(folder)), options);
    }
    for size in held_out::known::SIZES.iter().filter(|_| held_out) {
        scenario(&held_out::known::made(size), options);
    }
    for size in held_out::abroad::SIZES.iter().filter(|_| abroad) {
        scenario(&held_out::abroad::made(size), options);
    }
}

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| -> Row {
        headers.iter().zip(record.iter()).map(|(h, v)| (h.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn profile(row: &Row) -> Profile {
    let of = |name: &str| row.get(name).cloned().unwrap_or_default();
    let mut profile = Profile::default();
    profile.add_name(&of("buyer_name"));
    profile.add_name(&of("recipient_name"));
    profile.add_phone(&of("phone"));
    profile.add_alias(&of("email_alias"));
    profile.add_address(&address(row));
    profile
}

fn address(row: &Row) -> Address {
    let of = |name: &str| row.get(name).cloned().unwrap_or_default();
    Address {
        lines: vec![of("addr1"), of("addr2")],
        city: of("city"),
        state: of("state"),
        postal: of("postal"),
        country: of("country"),
    }
}

/// The name of one order, the street of a second, the town of a third; neither telephone nor alias.
fn invented(orders: &[Row], n: usize) -> Row {
    // Steps without a common divisor with each other reach every combination.
    let of = |step: usize, shift: usize| &orders[(n / shift.max(1) + n * step) % orders.len()];
    let columns: [(&Row, &[&str]); 3] = [
        (of(7_919, 3), &["buyer_name"]),
        (of(104_729, 5), &["addr1", "addr2"]),
        (of(1_299_709, 7), &["city", "state", "postal", "country"]),
    ];
    let pick = |(row, names): (&Row, &[&str])| -> Row {
        names.iter().map(|name| ((*name).to_owned(), row[*name].clone())).collect()
    };
    columns.into_iter().flat_map(pick).collect()
}

const COLUMNS: [&str; 10] = [
    "buyer_name",
    "recipient_name",
    "email_alias",
    "phone",
    "addr1",
    "addr2",
    "city",
    "state",
    "postal",
    "country",
];

fn line(row: &Row) -> String {
    COLUMNS.map(|column| row.get(column).cloned().unwrap_or_default()).join(" | ")
}

/// Prints an order that was missed or alerts wrongly, beside the listed person.
fn list_misses(
    order: &Row,
    found: &[Found],
    flagged: &[Row],
    truth: &Row,
    tier: impl Fn(&Side) -> Option<Tier>,
) {
    let is_match = truth["kind"] == "match";
    let wanted = flagged.iter().find(|row| is_match && row["id"] == truth["flagged_id"]);
    let mut missed = wanted.is_some();
    for found in found {
        let listed = flagged.get(found.person as usize);
        let right = listed.zip(wanted).is_some_and(|(one, other)| one["id"] == other["id"]);
        let alert = tier(&found.side) == Some(Tier::Alert);
        missed &= !right;
        if alert == right {
            continue;
        }
        let kind = if alert { &truth["kind"] } else { "MISSED" };
        let side = &found.side;
        println!(
            "{kind} {:.1} = name {:.1} {:?} + place {:.1}",
            side.score, side.name_score, side.name, side.place_score
        );
        println!("  order  {}", line(order));
        println!("  listed {}", listed.map(line).unwrap_or_default());
        for of in &side.evidence {
            print!("  {:?} {:?} {:.1}", of.field, of.likeness, of.weight);
        }
        println!();
    }
    if let (true, Some(wanted)) = (missed, wanted) {
        println!("NOT COMPARED\n  order  {}\n  listed {}", line(order), line(wanted));
    }
}

/// A list, the orders that come in, and whose each is.
struct Scenario {
    name: String,
    flagged: Vec<Row>,
    orders: Vec<Row>,
    truth: HashMap<String, Row>,
    /// The lands whose misses may be listed; all where none is named.
    seen: &'static [&'static str],
}

impl Scenario {
    fn read(folder: &Path) -> Self {
        Self {
            name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            flagged: rows(&folder.join("flagged.csv")),
            orders: rows(&folder.join("orders.csv")),
            truth: rows(&folder.join("truth.csv"))
                .into_iter()
                .map(|row| (row["order_id"].clone(), row))
                .collect(),
            seen: &[],
        }
    }

    fn is_seen(&self, row: &Row) -> bool {
        self.seen.is_empty() || self.seen.contains(&row["country"].as_str())
    }
}

/// The listed who alert for an order, by their places.
type Alerts = Vec<usize>;

/// Likeness alone.
fn by_likeness(of: &Scenario, options: Options) -> (Vec<Alerts>, Vec<Duration>) {
    let Options { guard, pad, misses, .. } = options;
    let (mut model, mut crowd, mut linker) =
        (Model::default(), Addresses::default(), Linker::default());
    let profiles: Vec<Profile> = of.orders.iter().map(profile).collect();
    for order in &profiles {
        model.learn(order);
        crowd.learn(order);
    }
    for listed in &of.flagged {
        linker.insert(profile(listed));
    }
    let start = Instant::now();
    for n in 0..pad {
        linker.insert(profile(&invented(&of.orders, n)));
    }
    if pad > 0 {
        println!("{pad} more listed in {:.1} s", start.elapsed().as_secs_f64());
    }
    let (mut alerts, mut took) = (Vec::new(), Vec::new());
    for (order, profile) in of.orders.iter().zip(&profiles) {
        let start = Instant::now();
        let found = linker.find(&model, Some(&crowd), profile);
        took.push(start.elapsed());
        let tier = |side: &Side| tier(side, linker.len(), guard);
        if misses && of.is_seen(order) {
            list_misses(order, &found, &of.flagged, &of.truth[&order["id"]], tier);
        }
        let sure = found.iter().filter(|found| tier(&found.side) == Some(Tier::Alert));
        alerts.push(sure.map(|found| found.person as usize).collect());
    }
    (alerts, took)
}

/// As the program screens.
fn by_program(of: &Scenario, options: Options) -> (Vec<Alerts>, Vec<Duration>) {
    let program = Program::new(&of.flagged, &of.orders, options.guard, options.purged);
    let (mut alerts, mut took) = (Vec::new(), Vec::new());
    for (at, order) in of.orders.iter().enumerate() {
        let start = Instant::now();
        let found = program.find(at);
        took.push(start.elapsed());
        if options.misses && of.is_seen(order) {
            list_missed_by_program(of, &program, at, &found, &of.truth[&order["id"]]);
        }
        let sure = found.iter().filter(|hit| hit.tier == Tier::Alert);
        alerts.push(sure.map(|hit| hit.listed).collect());
    }
    (alerts, took)
}

/// As [`list_misses`].
fn list_missed_by_program(of: &Scenario, program: &Program, at: usize, found: &[Hit], truth: &Row) {
    let is_match = truth["kind"] == "match";
    let wanted = of.flagged.iter().position(|row| is_match && row["id"] == truth["flagged_id"]);
    let print = |title: &str, listed: usize, reasons: &[Reason]| {
        println!(
            "{title}\n  order  {}\n  listed {}",
            line(&of.orders[at]),
            line(&of.flagged[listed])
        );
        for Reason { field, note, weight, .. } in reasons {
            print!("  {field:?} {note:?} {weight:.1}");
        }
        println!();
    };
    for hit in found.iter().filter(|hit| hit.tier == Tier::Alert && Some(hit.listed) != wanted) {
        print(&format!("{} {:.1}", truth["kind"], hit.score), hit.listed, &hit.reasons);
    }
    let Some(wanted) = wanted else { return };
    let hit = found.iter().find(|hit| hit.listed == wanted);
    if hit.is_none_or(|hit| hit.tier != Tier::Alert) {
        let reasons = program.weigh(at, wanted);
        let score: f64 = reasons.iter().map(|reason| reason.weight).sum();
        let tier = hit.map_or("not found", |_| "possible");
        print(&format!("MISSED {score:.1}, {tier}"), wanted, &reasons);
    }
}

fn scenario(of: &Scenario, options: Options) {
    let (alerts, mut took) =
        if options.program { by_program(of, options) } else { by_likeness(of, options) };
    let (mut right, mut wrong, mut false_alerts) = (0u32, 0u32, 0u32);
    let mut kinds: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut unseen = [0u32; 4];
    for (order, alerts) in of.orders.iter().zip(&alerts) {
        let truth = &of.truth[&order["id"]];
        let is_match = truth["kind"] == "match";
        for listed in alerts {
            let listed = of.flagged.get(*listed).map(|row| &row["id"]);
            let is_right = is_match && listed == Some(&truth["flagged_id"]);
            if is_right { right += 1 } else { wrong += 1 }
        }
        let alerted = !alerts.is_empty();
        if !of.is_seen(order) {
            let at = if is_match { 0 } else { 2 };
            unseen[at] += u32::from(alerted);
            unseen[at + 1] += 1;
        }
        false_alerts += u32::from(alerted && !is_match);
        let kind = kinds.entry(truth["kind"].clone()).or_default();
        kind.0 += 1;
        kind.1 += u32::from(alerted);
    }
    took.sort_unstable();
    let matches = kinds.get("match").map_or(0, |(of, _)| *of);
    let honest = u32::try_from(of.orders.len()).unwrap() - matches;
    let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
    let (precision, recall) = (share(right, right + wrong), share(right, matches));
    let f1 = 2.0 * precision * recall / (precision + recall);
    let micros = |at: usize| took[at.min(took.len() - 1)].as_secs_f64() * 1e6;
    let mean = took.iter().map(|t| t.as_secs_f64()).sum::<f64>() * 1e6 / took.len() as f64;
    println!(
        "| {} | {precision:.4} | {recall:.4} | {f1:.4} | {false_alerts} of {honest} ({:.4} %) | {right}, {wrong} | {mean:.1} | {:.1} | {:.1} |",
        of.name,
        100.0 * share(false_alerts, honest),
        micros(took.len() / 2),
        micros(took.len() * 99 / 100),
    );
    for (kind, (all, alerted)) in kinds {
        println!("| … {kind} | | | | {alerted} of {all} alert | | | | |");
    }
    let [one, all, false_alerts, honest] = unseen;
    if !of.seen.is_empty() {
        println!(
            "| … lands never looked at | | {:.4} | | {false_alerts} of {honest} ({:.4} %) | | | | |",
            share(one, all),
            100.0 * share(false_alerts, honest),
        );
    }
}
