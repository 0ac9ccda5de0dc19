//! How fast a report of a million orders is imported and screened against 100,000 listed
//! identifiers, from the file to the disk.
//!
//! Beside it, in the same run and on the same file: what the fastest conceivable steps cost, which
//! are only parsing the rows, and only inserting them into a plain SQLite table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::generate::{Encoding, Person, Plan, people, write};

/// Buyers on the list; each has the identifiers of many people, so that they can be listed within
/// minutes. For screening only the number of identifiers counts.
const BUYERS: usize = 20;
const PEOPLE_PER_BUYER: usize = 2_500;
/// Relay address and telephone number.
const IDENTIFIERS_PER_PERSON: usize = 2;

fn main() {
    let rows = std::env::var("BUYERWATCH_ROWS").ok().and_then(|n| n.parse().ok());
    let rows: u64 = rows.unwrap_or(1_000_000);
    let bwatch = Bwatch::with_vault();
    let listed = people(7, BUYERS * PEOPLE_PER_BUYER, Encoding::Utf8);
    eprintln!("listing {} identifiers …", listed.len() * IDENTIFIERS_PER_PERSON);
    for group in listed.chunks(PEOPLE_PER_BUYER) {
        let identifiers: Vec<String> = group
            .iter()
            .flat_map(|p| [format!("alias={}", p.alias), format!("phone={}", p.phone)])
            .collect();
        bwatch.list_buyer(&identifiers);
    }

    eprintln!("writing {rows} rows …");
    let file = bwatch.input("orders.txt", b"");
    let planted = generate(&file, rows, &listed);
    let bytes = std::fs::metadata(&file).unwrap().len();

    eprintln!("parsing …");
    let parse = timed(|| parse_only(&file));
    assert_eq!(parse.1, rows);
    eprintln!("plain inserts …");
    let plain = timed(|| plain_insert(&file, bwatch.home()));
    assert_eq!(plain.1, rows);
    eprintln!("importing …");
    let import = timed(|| import(&bwatch, &file));
    let answer = &import.1.answer["files"][0];
    assert_eq!(answer["rows"].as_u64(), Some(rows), "{answer}");
    let alerts = import.1.answer["alerts"].as_array().map_or(0, Vec::len);

    println!(
        "\n{rows} rows, {} MB, {} listed identifiers, {planted} rows of listed buyers, {alerts} \
         alerts\n",
        bytes / 1_000_000,
        listed.len() * IDENTIFIERS_PER_PERSON,
    );
    println!("| Work on the same file | Seconds | Rows/s | Peak memory |");
    println!("| --- | ---: | ---: | ---: |");
    line("Parse with `csv` only", rows, parse.0, None);
    line("Plain SQLite insert, one transaction", rows, plain.0, None);
    line(
        "`bwatch import`: unlock, parse, screen, encrypt, store",
        rows,
        import.0,
        import.1.peak_kib,
    );
}

fn line(name: &str, rows: u64, time: Duration, peak_kib: Option<u64>) {
    let seconds = time.as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = rows as f64 / seconds;
    let peak = peak_kib.map_or("–".to_owned(), |kib| format!("{} MB", kib * 1024 / 1_000_000));
    println!("| {name} | {seconds:.1} | {rate:.0} | {peak} |");
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// Writes the report; returns how many rows belong to listed people.
fn generate(file: &Path, rows: u64, known: &[Person]) -> usize {
    let plan = Plan { seed: 11, rows, known, known_per_100k: 100, ..Plan::default() };
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file).unwrap());
    let planted = write(&plan, &mut out).unwrap();
    out.flush().unwrap();
    planted.len()
}

fn reader(file: &Path) -> csv::Reader<File> {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(b'\t').flexible(true).quoting(false).buffer_capacity(1 << 20);
    builder.from_path(file).unwrap()
}

fn parse_only(file: &Path) -> u64 {
    let mut record = csv::ByteRecord::new();
    let mut reader = reader(file);
    let mut rows = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        rows += 1;
    }
    rows
}

/// Every column of every row as text, without encryption, keys, index or screening.
fn plain_insert(file: &Path, folder: &Path) -> u64 {
    let mut reader = reader(file);
    let columns = reader.byte_headers().unwrap().len();
    let path = folder.join("plain.db");
    let mut database = rusqlite::Connection::open(&path).unwrap();
    database.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").unwrap();
    let names: Vec<String> = (0..columns).map(|n| format!("c{n} TEXT")).collect();
    database.execute_batch(&format!("CREATE TABLE plain ({})", names.join(", "))).unwrap();
    let marks = vec!["?"; columns].join(", ");
    let transaction = database.transaction().unwrap();
    let mut rows = 0;
    {
        let mut insert =
            transaction.prepare(&format!("INSERT INTO plain VALUES ({marks})")).unwrap();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).unwrap() {
            insert.execute(rusqlite::params_from_iter(record.iter())).unwrap();
            rows += 1;
        }
    }
    transaction.commit().unwrap();
    drop(database);
    std::fs::remove_file(path).unwrap();
    rows
}

struct Import {
    answer: serde_json::Value,
    peak_kib: Option<u64>,
}

/// Runs the import as a program of its own and watches its memory.
fn import(bwatch: &Bwatch, file: &Path) -> Import {
    let mut command = bwatch.command(["import".as_ref(), file.as_os_str()]);
    let child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let watcher = std::thread::spawn(move || {
        // The kernel keeps the peak itself; the last reading before the end is the result.
        let mut peak = None;
        while let Ok(text) = std::fs::read_to_string(&status) {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let Some(line) = line else { break };
            peak = line.split_whitespace().next().and_then(|kib| kib.parse().ok()).or(peak);
            std::thread::sleep(Duration::from_millis(50));
        }
        peak
    });
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let answer = serde_json::from_slice(&output.stdout).unwrap();
    Import { answer, peak_kib: watcher.join().unwrap() }
}
