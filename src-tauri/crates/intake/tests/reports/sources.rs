//! How the bytes arrive, and where reading began, changes nothing.

use crate::generate::{self, Format, Plan, report};
use crate::{Drip, Row, rest, rows};
use buyerwatch_domain::ObservedOrder;
use buyerwatch_intake::{Hints, ResumePoint, RowOutcome, open};

/// A report with everything that makes rows hard to count.
fn troubled(encoding: generate::Encoding) -> Vec<u8> {
    let plan = Plan { rows: 14, encoding, format: Format::NewOrders, ..Plan::default() };
    let (mut bytes, _) = report(&plan);
    let mut add = |text: &str| encoding.encode(text, &mut bytes);
    add("\n \t\n\n");
    add(&Format::NewOrders.columns().join("\t"));
    add("\r\n302-0000001-1234567\n\nno order\t\n\u{c}\n\t2026-11-02\n");
    let plan = Plan { rows: 6, seed: 9, ..plan };
    let (again, _) = report(&plan);
    bytes.extend_from_slice(again.strip_prefix(encoding.mark()).unwrap());
    encoding.encode("\n\n  \n", &mut bytes);
    bytes
}

#[test]
fn a_byte_at_a_time_reads_the_same() {
    for encoding in generate::Encoding::ALL {
        let bytes = troubled(encoding);
        let expected = rows(&*bytes);
        assert!(expected.iter().any(|row| matches!(row, Row::Skipped(..))));
        for step in [1, 2, 3, 7, 1021] {
            assert_eq!(rows(Drip(&bytes, step)), expected, "{encoding:?} by {step}");
        }
    }
}

#[test]
fn reading_goes_on_from_any_row_exactly_once() {
    for encoding in generate::Encoding::ALL {
        let bytes = troubled(encoding);
        let expected = rows(&*bytes);
        let mut reader = open(&*bytes, Hints::default()).unwrap();
        let mut order = ObservedOrder::default();
        for read in 0..=expected.len() {
            let point = reader.position();
            // As it is kept between two runs of the program.
            let text = serde_json::to_string(&point).unwrap();
            let kept: ResumePoint = serde_json::from_str(&text).unwrap();
            assert_eq!(kept, point);
            let from = usize::try_from(point.offset).unwrap();
            let hints = Hints { resume: Some(kept), ..Hints::default() };
            let mut resumed = open(&bytes[from..], hints).unwrap();
            assert_eq!(resumed.format(), reader.format());
            assert_eq!(rest(&mut resumed), expected[read..], "{encoding:?} after {read} rows");
            reader.next(&mut order).unwrap();
        }
    }
}

#[test]
fn a_resume_point_of_another_version_is_refused() {
    let (bytes, _) = report(&Plan { rows: 3, ..Plan::default() });
    let point = open(&*bytes, Hints::default()).unwrap().position();
    let text = serde_json::to_string(&point).unwrap().replace("\"version\":1", "\"version\":2");
    let hints = Hints { resume: Some(serde_json::from_str(&text).unwrap()), ..Hints::default() };
    assert_eq!(open(&*bytes, hints).unwrap_err().code(), "stale_resume_point");
}

#[test]
fn an_interrupted_source_is_resumed_where_it_broke() {
    struct Breaks<'a>(&'a [u8], bool);
    impl std::io::Read for Breaks<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            if !std::mem::replace(&mut self.1, true) {
                return Err(std::io::ErrorKind::Interrupted.into());
            }
            if self.0.is_empty() {
                return Err(std::io::Error::other("unplugged"));
            }
            self.0.read(out)
        }
    }
    let (bytes, _) = report(&Plan { rows: 2_000, ..Plan::default() });
    let expected = rows(&*bytes);
    let broken_at = bytes.len() * 2 / 3;
    let mut reader = open(Breaks(&bytes[..broken_at], false), Hints::default()).unwrap();
    let mut order = ObservedOrder::default();
    let mut read = 0;
    let error = loop {
        match reader.next(&mut order) {
            Ok(Some(RowOutcome::Order { .. })) => read += 1,
            Ok(other) => panic!("{other:?}"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "read_failed");
    let point = reader.position();
    let from = usize::try_from(point.offset).unwrap();
    let mut resumed =
        open(&bytes[from..], Hints { resume: Some(point), ..Hints::default() }).unwrap();
    assert_eq!(rest(&mut resumed), expected[read..]);
}
