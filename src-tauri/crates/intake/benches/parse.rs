//! Reading a report of 41 columns, beside the `csv` crate doing nothing but cutting it up.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../../../../tests/src/generate.rs"]
mod generate;

use buyerwatch_domain::ObservedOrder;
use buyerwatch_intake::{Hints, open};
use divan::counter::{BytesCount, ItemsCount};
use generate::{Encoding, Format, Plan, report};

const ROWS: u64 = 50_000;

fn main() {
    divan::main();
}

fn sample(encoding: Encoding) -> Vec<u8> {
    report(&Plan {
        rows: ROWS,
        format: Format::UnshippedSellerCentral,
        encoding,
        ..Plan::default()
    })
    .0
}

fn ours(bencher: divan::Bencher<'_, '_>, encoding: Encoding) {
    let bytes = sample(encoding);
    bencher.counter(ItemsCount::new(ROWS)).counter(BytesCount::new(bytes.len())).bench(|| {
        let mut reader = open(&*bytes, Hints::default()).unwrap();
        let mut order = ObservedOrder::default();
        let mut rows = 0_u64;
        while reader.next(&mut order).unwrap().is_some() {
            rows += u64::from(!divan::black_box(&order).order_id.is_empty());
        }
        assert_eq!(rows, ROWS);
    });
}

#[divan::bench]
fn utf8_to_orders(bencher: divan::Bencher<'_, '_>) {
    ours(bencher, Encoding::Utf8);
}

#[divan::bench]
fn windows_1252_to_orders(bencher: divan::Bencher<'_, '_>) {
    ours(bencher, Encoding::Windows1252);
}

#[divan::bench]
fn cp932_to_orders(bencher: divan::Bencher<'_, '_>) {
    ours(bencher, Encoding::Cp932);
}

#[divan::bench]
fn gbk_to_orders(bencher: divan::Bencher<'_, '_>) {
    ours(bencher, Encoding::Gbk);
}

#[divan::bench]
fn utf16_to_orders(bencher: divan::Bencher<'_, '_>) {
    ours(bencher, Encoding::Utf16Le);
}

/// What the `csv` crate takes to find the values, without validating or mapping one.
#[divan::bench]
fn csv_crate_cutting_only(bencher: divan::Bencher<'_, '_>) {
    let bytes = sample(Encoding::Utf8);
    bencher.counter(ItemsCount::new(ROWS)).counter(BytesCount::new(bytes.len())).bench(|| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .quoting(false)
            .flexible(true)
            .from_reader(&*bytes);
        let mut record = csv::ByteRecord::new();
        let mut rows = 0;
        while reader.read_byte_record(&mut record).unwrap() {
            rows += u64::from(divan::black_box(&record).len() == 41);
        }
        assert_eq!(rows, ROWS);
    });
}

/// How fast reports of 41 columns are made.
#[divan::bench(sample_count = 20)]
fn generate_report(bencher: divan::Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(ROWS)).bench(|| sample(Encoding::Utf8).len());
}
