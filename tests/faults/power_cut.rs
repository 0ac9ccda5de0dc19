//! A power cut at any moment of an import loses nothing that was acknowledged and doubles nothing.

use std::io::{BufRead, BufReader};
use std::thread;
use std::time::Duration;

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::generate::{Dice, Encoding, Person, Plan, people, report};
use serde_json::Value;

/// Rows of each report that is cut short.
const ROWS: u64 = 8_000;
/// Cuts per vault: a vault that has grown for long takes long to check.
const CUTS_PER_VAULT: u64 = 25;
/// Cuts in the everyday run; `BUYERWATCH_KILLS` names another number.
const CUTS: u64 = 50;

#[test]
fn an_import_survives_being_killed_at_any_moment() {
    let cuts = std::env::var("BUYERWATCH_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(CUTS);
    let vaults: Vec<(u64, u64)> = (0..u64::div_ceil(cuts, CUTS_PER_VAULT))
        .map(|seed| (seed, CUTS_PER_VAULT.min(cuts - seed * CUTS_PER_VAULT)))
        .collect();
    // Two at a time: the cuts fall while another import writes as well.
    let outcomes: Vec<Tally> = thread::scope(|scope| {
        let halves = vaults.chunks(vaults.len().div_ceil(2));
        let workers: Vec<_> = halves
            .map(|half| {
                scope.spawn(|| half.iter().map(|(seed, cuts)| cut_imports(*seed, *cuts)).collect())
            })
            .collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(fail::<Vec<Tally>>)).collect()
    });
    let sum = |field: fn(&Tally) -> u64| outcomes.iter().map(field).sum::<u64>();
    println!(
        "{} cuts, {} of them between two acknowledgements; seeds 0 to {}",
        sum(|t| t.cuts),
        sum(|t| t.midway),
        vaults.len() - 1
    );
    // On a busy machine more of them come too late than on a quiet one.
    assert!(sum(|t| t.midway) * 5 > sum(|t| t.cuts), "too few cuts fell into an import");
}

fn fail<T>(cause: Box<dyn std::any::Any + Send>) -> T {
    std::panic::resume_unwind(cause)
}

struct Tally {
    cuts: u64,
    midway: u64,
}

/// Imports one report after another into one vault, each first with a cut and then to its end.
fn cut_imports(seed: u64, cuts: u64) -> Tally {
    let known = people(seed, 3, Encoding::Utf8);
    let listing = || {
        let bwatch = Bwatch::with_vault();
        for person in &known {
            bwatch.list_buyer(&[format!("alias={}", person.alias)]);
        }
        bwatch
    };
    // The same reports in a vault that never loses power are the measure, and tell how often an
    // import acknowledges: a cut is aimed between two acknowledgements.
    let calm = listing();
    let files = (0..cuts).map(|round| {
        let bytes = orders(seed * CUTS_PER_VAULT + round, &known);
        calm.input(&format!("orders-{round}.txt"), &bytes)
    });
    let answer = calm.run(std::iter::once("import".into()).chain(files));
    assert_eq!(answer.status, Some(0), "{}", answer.json);
    let partial = |line: &&str| (1..ROWS).contains(&committed_rows(line));
    let stops = answer.stderr.lines().filter(partial).count() as u64 / cuts;
    assert!(stops > 0, "a report of {ROWS} rows is acknowledged in parts");

    let bwatch = listing();
    let mut dice = Dice::new(seed ^ 0xc07);
    let mut tally = Tally { cuts: 0, midway: 0 };
    let mut files = Vec::new();
    for round in 0..cuts {
        let bytes = orders(seed * CUTS_PER_VAULT + round, &known);
        let file = bwatch.input(&format!("orders-{round}.txt"), &bytes);
        let acknowledged = import_until_cut(&bwatch, &file, &mut dice, stops);
        tally.cuts += 1;
        tally.midway += u64::from((1..ROWS).contains(&acknowledged));

        // Damage stays, so that looking for it now and then finds it; loss is looked for each time.
        if round % 5 == 0 {
            let found = bwatch.ok(["doctor"]);
            assert_eq!(found["ok"], true, "seed {seed}, round {round}: {found}");
        }
        // The same file again: an import that was cut goes on behind its last stored batch and says so
        // first; one that had come to its end finds each row stored already.
        let answer = bwatch.run(["import".as_ref(), file.as_os_str()]);
        assert_eq!(answer.status, Some(0), "seed {seed}, round {round}: {}", answer.json);
        let again = &answer.json["files"][0];
        let (orders, duplicates) =
            (number(&again["observations"]["orders"]), number(&again["duplicates"]));
        let kept = answer.stderr.lines().next().map_or(0, committed_rows);
        assert!(
            kept.max(duplicates) >= acknowledged,
            "seed {seed}, round {round}: {acknowledged} rows were acknowledged before the cut, \
             {kept} were there after it: {again}"
        );
        assert_eq!(number(&again["rows"]), ROWS, "seed {seed}, round {round}: {again}");
        assert_eq!(orders + duplicates, ROWS, "seed {seed}, round {round}: {again}");
        files.push(file);
    }
    // Whatever was cut and taken up again: each row is stored, and no row counts as new twice.
    let answer = bwatch.ok(std::iter::once("import".into()).chain(files));
    for (round, file) in answer["files"].as_array().into_iter().flatten().enumerate() {
        assert_eq!(number(&file["duplicates"]), ROWS, "seed {seed}, round {round}: {file}");
    }
    bwatch.assert_whole();

    let orders_of = |bwatch: &Bwatch| -> Vec<(String, String)> {
        bwatch.alerts().into_iter().map(|(_, order, place)| (order, place)).collect()
    };
    assert!(!calm.alerts().is_empty(), "the reports hold orders of listed buyers");
    let (mut cut, mut calm) = (orders_of(&bwatch), orders_of(&calm));
    cut.sort();
    calm.sort();
    assert_eq!(cut, calm, "seed {seed}: each sighting alerts once, cut or not");
    tally
}

/// Starts the import, kills it at a moment that the dice choose, and returns how many rows it had
/// acknowledged as committed by then.
fn import_until_cut(bwatch: &Bwatch, file: &std::path::Path, dice: &mut Dice, stops: u64) -> u64 {
    let mut child = bwatch.command(["import".as_ref(), file.as_os_str()]).spawn().unwrap();
    let mut progress = BufReader::new(child.stderr.take().unwrap()).lines();
    // Some cuts fall anywhere, most between two acknowledgements: behind the line that says that nothing
    // is stored yet and at least one of the `stops`.
    let lines = if dice.below(5) == 0 { dice.below(stops + 3) } else { 2 + dice.below(stops) };
    let mut committed = 0;
    for _ in 0..lines {
        let Some(Ok(line)) = progress.next() else { break };
        committed = committed.max(committed_rows(&line));
    }
    thread::sleep(Duration::from_micros(dice.below(15_000)));
    let _ = child.kill();
    // What was printed before the kill and not yet read was acknowledged as well.
    for line in progress.map_while(Result::ok) {
        committed = committed.max(committed_rows(&line));
    }
    let _ = child.wait();
    committed
}

fn committed_rows(line: &str) -> u64 {
    let line: Value = serde_json::from_str(line).unwrap_or(Value::Null);
    number(&line["progress"]["committed"])
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

fn orders(seed: u64, known: &[Person]) -> Vec<u8> {
    let plan = Plan { seed, rows: ROWS, known, known_per_100k: 200, ..Plan::default() };
    report(&plan).0
}
