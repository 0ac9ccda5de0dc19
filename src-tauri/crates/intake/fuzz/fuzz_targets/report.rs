//! Any bytes are read to their end or refused: delimited text, XML, JSON, workbooks.
#![no_main]

use buyerwatch_domain::ObservedOrder;
use buyerwatch_intake::{Hints, Report};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut report) = Report::open(bytes, Hints::default()) else { return };
    let (mut order, mut after) = (ObservedOrder::default(), Vec::new());
    while let Ok(Some(_)) = report.next(&mut order, &mut after) {
        after.clear();
    }
});
