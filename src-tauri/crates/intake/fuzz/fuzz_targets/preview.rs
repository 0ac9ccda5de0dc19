//! Any bytes have a preview or are refused, and what was guessed of them can be read by.
#![no_main]

use buyerwatch_domain::ObservedOrder;
use buyerwatch_intake::{Hints, MappedKind, Mapping, Report, preview};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(found) = preview(bytes) else { return };
    let guesses = found.guesses.iter().enumerate();
    let columns = guesses.filter_map(|(at, guess)| guess.map(|field| (at, field))).collect();
    let mapping = Mapping { header: found.header, columns, channel: String::new(), kind: MappedKind::Orders };
    let hints = Hints { mappings: vec![mapping], ..Hints::default() };
    let Ok(mut report) = Report::open(bytes, hints) else { return };
    let (mut order, mut after) = (ObservedOrder::default(), Vec::new());
    while let Ok(Some(_)) = report.next(&mut order, &mut after) {
        after.clear();
    }
});
