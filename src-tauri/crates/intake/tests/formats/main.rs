//! Whole files of every format beside Amazon's order reports, as bytes, through [`Report`].

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod aftersale;
mod channels;
mod hostile;
mod mapped;
mod mutated;
mod structured;
mod workbook;

use buyerwatch_domain::{AfterSale, ObservedOrder, SkipReason};
use buyerwatch_intake::{Hints, IntakeError, Report, RowOutcome};
use std::io::Read;

/// What a file came to.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    format: &'static str,
    orders: Vec<ObservedOrder>,
    after: Vec<AfterSale>,
    skipped: Vec<(u64, SkipReason)>,
}

fn seen(bytes: impl Read) -> Result<Seen, IntakeError> {
    let mut report = Report::open(bytes, Hints::default())?;
    let mut seen = Seen { format: report.format().code(), ..Seen::default() };
    let mut order = ObservedOrder::default();
    let mut last = 0;
    while let Some(outcome) = report.next(&mut order, &mut seen.after)? {
        let line = match outcome {
            RowOutcome::Order { line } => {
                seen.orders.push(order.clone());
                line
            }
            RowOutcome::AfterSale { line } => line,
            RowOutcome::Skipped { line, reason } => {
                seen.skipped.push((line, reason));
                line
            }
        };
        assert!(line >= last, "lines do not go back");
        last = line;
    }
    Ok(seen)
}

fn read(text: impl AsRef<[u8]>) -> Seen {
    seen(text.as_ref()).unwrap()
}

fn refusal(bytes: impl Read) -> &'static str {
    match seen(bytes) {
        Ok(seen) => panic!("taken as {}", seen.format),
        Err(error) => error.code(),
    }
}
