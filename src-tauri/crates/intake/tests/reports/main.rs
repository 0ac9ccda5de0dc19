//! Whole reports, as bytes, through the reader.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../../../../../tests/src/generate.rs"]
mod generate;

mod accounted;
mod encodings;
mod headers;
mod junk;
mod samples;
mod sources;

use buyerwatch_domain::{ObservedOrder, SkipReason};
use buyerwatch_intake::{Encoding, Hints, IntakeError, OrderReader, RowOutcome, open};
use std::io::Read;

/// An order, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    Order(u64, Box<ObservedOrder>),
    Skipped(u64, SkipReason),
}

fn rest<R: Read>(reader: &mut OrderReader<R>) -> Vec<Row> {
    let mut order = ObservedOrder::default();
    let mut rows = Vec::new();
    while let Some(outcome) = reader.next(&mut order).unwrap() {
        rows.push(match outcome {
            RowOutcome::Order { line } => Row::Order(line, Box::new(order.clone())),
            RowOutcome::AfterSale { line } => panic!("line {line} holds no order"),
            RowOutcome::Skipped { line, reason } => Row::Skipped(line, reason),
        });
    }
    assert_eq!(reader.next(&mut order).unwrap(), None, "the end stays the end");
    rows
}

fn rows(bytes: impl Read) -> Vec<Row> {
    rest(&mut open(bytes, Hints::default()).unwrap())
}

/// The orders, in the expectation that every row is one.
fn orders(bytes: impl Read) -> Vec<ObservedOrder> {
    rows(bytes)
        .into_iter()
        .map(|row| match row {
            Row::Order(_, order) => *order,
            Row::Skipped(line, reason) => panic!("line {line} is skipped: {reason:?}"),
        })
        .collect()
}

fn encoding_after(bytes: &[u8]) -> Encoding {
    let mut reader = open(bytes, Hints::default()).unwrap();
    rest(&mut reader);
    reader.encoding()
}

fn refusal(bytes: impl Read) -> IntakeError {
    match open(bytes, Hints::default()) {
        Ok(reader) => panic!("taken as {}", reader.format().code()),
        Err(error) => error,
    }
}

/// A reader that gives few bytes at a time.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let len = self.1.min(self.0.len()).min(out.len());
        let (now, later) = self.0.split_at(len);
        out[..len].copy_from_slice(now);
        self.0 = later;
        Ok(len)
    }
}
