//! Every line is an order or is skipped with a reason, whatever the bytes.

use crate::generate::{self, Format, Plan, report};
use crate::{Row, rows};
use buyerwatch_domain::{ObservedOrder, SkipReason};
use buyerwatch_intake::{Hints, IntakeError, RowOutcome, open};
use proptest::prelude::*;
use std::io::Read;

const HEADER: &str = "order-id\tpurchase-date\tbuyer-name\tship-address-1\tship-city\n";

/// Reads to the end whatever comes, and answers orders and skipped rows.
fn tally(bytes: &[u8]) -> Result<(usize, usize), IntakeError> {
    let mut reader = open(bytes, Hints::default())?;
    let mut order = ObservedOrder::default();
    let (mut orders, mut skipped, mut last) = (0, 0, 0);
    while let Some(outcome) = reader.next(&mut order)? {
        let line = match outcome {
            RowOutcome::Order { line } | RowOutcome::AfterSale { line } => {
                orders += 1;
                line
            }
            RowOutcome::Skipped { line, .. } => {
                skipped += 1;
                line
            }
        };
        assert!(line > last, "lines go up");
        last = line;
    }
    assert_eq!(reader.bytes_read(), bytes.len() as u64, "nothing is left over");
    Ok((orders, skipped))
}

fn lines(text: &[u8]) -> usize {
    let blank = |line: &[u8]| line.iter().all(|byte| *byte <= b' ');
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    while lines.last().is_some_and(|line| blank(line)) {
        lines.pop();
    }
    lines.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        let _ = tally(&bytes);
    }

    #[test]
    fn any_rows_below_a_header_are_accounted_for(
        body in prop::collection::vec(
            prop_oneof![
                4 => prop::collection::vec(any::<u8>(), 0..80),
                2 => Just(b"302-1234567-7654321\t2026-11-02\tJ\xf6rg\n".to_vec()),
                2 => Just(b"\n".to_vec()),
                1 => Just(HEADER.as_bytes().to_vec()),
                1 => Just("302-1234567-7654321\t\t\u{9ad9}\u{6a4b}\n".as_bytes().to_vec()),
                1 => Just(b"\"302-1234567-7654321\"\t\"a\r\nb\"\n".to_vec()),
            ],
            0..40,
        ),
    ) {
        let bytes = [HEADER.as_bytes(), &body.concat()].concat();
        let (orders, skipped) = tally(&bytes).unwrap();
        // A quoted value may span lines.
        let quoted = bytes.contains(&b'"');
        let rows = orders + skipped + 1;
        prop_assert!(rows == lines(&bytes) || quoted && rows < lines(&bytes), "{rows}");
    }

    #[test]
    fn any_text_between_commas_is_accounted_for(body in "[a-z0-9,;\"\r\n\u{f6}-]{0,400}") {
        let bytes = format!("order-id,purchase-date,buyer-name\n{body}");
        tally(bytes.as_bytes()).unwrap();
    }

    #[test]
    fn a_damaged_report_is_read_or_refused(
        seed in 0_u64..64,
        format in prop::sample::select(Format::ALL.to_vec()),
        encoding in prop::sample::select(generate::Encoding::ALL.to_vec()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        cut in any::<prop::sample::Index>(),
    ) {
        let (mut bytes, _) = report(&Plan { seed, rows: 12, format, encoding, ..Plan::default() });
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()));
        let _ = tally(&bytes);
    }
}

#[test]
fn repeated_headers_may_change_the_columns() {
    let text = "order-id\tpurchase-date\tbuyer-name\n\
                302-0000001-1234567\t2026-11-02\tAnna\n\
                order-id\tpurchase-date\tbuyer-name\n\
                302-0000002-1234567\t2026-11-02\tBen\n\
                buyer-name\torder-id\tpurchase-date\tpromise-date\n\
                Cleo\t302-0000003-1234567\t2026-11-02\t\n";
    let mut reader = open(text.as_bytes(), Hints::default()).unwrap();
    assert_eq!(reader.format().code(), "new_orders");
    let read = crate::rest(&mut reader);
    assert_eq!(reader.format().code(), "unshipped");
    let seen: Vec<_> = read
        .iter()
        .map(|row| match row {
            Row::Order(_, order) => order.buyer_name.as_str(),
            Row::Skipped(_, reason) => reason.code(),
        })
        .collect();
    assert_eq!(seen, ["Anna", "repeated_header", "Ben", "repeated_header", "Cleo"]);
}

#[test]
fn a_row_that_never_ends_is_passed_over_without_being_held() {
    let before = format!("{HEADER}302-0000001-1234567\t\tAnna\n302-0000002-1234567\t\t");
    let after = "\n302-0000003-1234567\t\tCleo\n";
    for (byte, ending) in [(b'x', after), (b'"', after), (0, after), (0xe4, after), (b'x', "")] {
        let long = std::io::repeat(byte).take(48 << 20);
        let read = rows(before.as_bytes().chain(long).chain(ending.as_bytes()));
        assert!(matches!(&read[0], Row::Order(2, order) if order.buyer_name == "Anna"));
        assert_eq!(read[1], Row::Skipped(3, SkipReason::RowTooLong));
        match read.get(2) {
            Some(Row::Order(4, order)) => assert_eq!(order.buyer_name, "Cleo"),
            other => assert!(ending.is_empty() && other.is_none(), "{other:?}"),
        }
    }
}

#[test]
fn lines_end_as_they_do_on_every_system() {
    let plan = Plan { rows: 30, ..Plan::default() };
    let (bytes, _) = report(&plan);
    let text = String::from_utf8(bytes).unwrap();
    let expected = rows(text.as_bytes());
    for ending in ["\r\n", "\r", "\r\r\n"] {
        assert_eq!(rows(text.replace('\n', ending).as_bytes()), expected, "{ending:?}");
    }
    assert_eq!(rows(text.trim_end().as_bytes()), expected, "no end of the last line");
    let form_feeds = text.replace('\n', "\u{c}\n") + "\u{1a}";
    assert_eq!(rows(form_feeds.as_bytes()), expected);
}

#[test]
fn text_of_spreadsheets_is_read_between_commas_and_semicolons() {
    for delimiter in [',', ';'] {
        let text = "order-id|purchase-date|buyer-name|ship-address-1|ship-city\n\
                    302-0000001-1234567|2026-11-02|\"Lind, Anna; Dr.\"|\"Hof 3\r\nHinterhaus\"|\"Bad \"\"Ort\"\"\"\n\
                    302-0000002-1234567|2026-11-02|\"Ben|Weg 4|Ort\n\
                    302-0000003-1234567|2026-11-02|5\" Cleo|\"Weg\" 5|Ort\n"
            .replace('|', &delimiter.to_string());
        let read = crate::orders(text.as_bytes());
        assert_eq!(read[0].buyer_name, "Lind, Anna; Dr.");
        assert_eq!(read[0].ship_to.lines, ["Hof 3  Hinterhaus"]);
        assert_eq!(read[0].ship_to.city, "Bad \"Ort\"");
        assert_eq!(read[1].buyer_name, "\"Ben", "a quote that never closes swallows no row");
        assert_eq!(read[1].ship_to.city, "Ort");
        assert_eq!(read[2].buyer_name, "5\" Cleo");
        assert_eq!(read[2].ship_to.lines, ["\"Weg\" 5"]);
    }
}

#[test]
fn a_stray_quote_swallows_no_rows() {
    let id = |n: u32| format!("302-{n:07}-1234567");
    let (a, b, c, d) = (id(1), id(2), id(3), id(4));
    let read = |text: String| {
        rows(text.as_bytes())
            .into_iter()
            .map(|row| match row {
                Row::Order(line, order) => (line, order.order_id, order.buyer_name),
                Row::Skipped(line, reason) => (line, reason.code().to_owned(), String::new()),
            })
            .collect::<Vec<_>>()
    };
    let named = |line, id: &str, name: &str| (line, id.to_owned(), name.to_owned());
    let header = "order-id,purchase-date,buyer-name,ship-city\n";
    for end in ["\n", "\r\n", "\r"] {
        let text = format!(
            "{header}{a},2026-11-02,\"Anna,Ort\n{b},2026-11-02,Ben,Ort\n\
             {c},2026-11-02,\"Cleo\",\"Bad\nOrt\"\n{d},2026-11-02,Dora\",Ort\n"
        );
        let expected = [
            named(2, &a, "\"Anna"),
            named(3, &b, "Ben"),
            named(4, &c, "Cleo"),
            named(6, &d, "Dora\""),
        ];
        assert_eq!(read(text.replace('\n', end)), expected, "{end:?}");
    }
    // A header among the swallowed lines changes the columns, as it does elsewhere.
    let text = format!(
        "{header}{a},2026-11-02,\"Anna,Ort\nbuyer-name,order-id,purchase-date\nBen\",{b},2026-11-02\n"
    );
    let header_again = named(3, "repeated_header", "");
    assert_eq!(read(text), [named(2, &a, "\"Anna"), header_again, named(4, &b, "Ben\"")]);
    // Values with line ends before the order ID are values all the same.
    let text = format!(
        "buyer-name,purchase-date,order-id\n\"Anna\nLind\",2026-11-02,{a}\n\
         \"Ben,2026-11-02,{b}\nCleo\",2026-11-02,{c}\n"
    );
    let expected = [named(2, &a, "Anna Lind"), named(4, &b, "\"Ben"), named(5, &c, "Cleo\"")];
    assert_eq!(read(text), expected);
}

#[test]
fn hardly_text_is_told_from_a_wrong_order_id() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend_from_slice(b"\x01\x02\x03\x04\0\0\x07\tx\n");
    bytes.extend_from_slice("Summe: 3 Bestellungen\n".as_bytes());
    let read = rows(&*bytes);
    assert_eq!(
        read,
        [Row::Skipped(2, SkipReason::NotText), Row::Skipped(3, SkipReason::MalformedOrderId)]
    );
}

#[test]
fn empty_cells_at_the_end_are_no_rows() {
    for (delimiter, empty) in
        [(",", ",,,\r\n"), (",", "\"\",\"\",\"\",\"\"\r\n"), ("\t", "\"\"\t\"\"\t\t\r\n")]
    {
        let header = ["order-id", "purchase-date", "buyer-name", "sku"].join(delimiter);
        let row = ["302-1234567-1234567", "2026-11-02", "Jo Sample", "A"].join(delimiter);
        let text = format!("{header}\r\n{row}\r\n{}", empty.repeat(3));
        assert_eq!(rows(text.as_bytes()).len(), 1, "{empty:?}");
    }
}

#[test]
fn what_a_spreadsheet_rounded_or_marked_as_text_makes_no_strangers_alike() {
    let text = "order-id;order-item-id;purchase-date;buyer-name;buyer-phone-number;ship-postal-code\n\
        302-0000001-1234567;5.23365E+13;2026-11-02;Anna;4,91523E+11;=\"07743\"\n\
        302-0000001-1234567;5.23365E+13;2026-11-02;\"=\"\"Ben\"\"\";=\"0303 1234567\";07743\n";
    let rows = rows(text.as_bytes());
    let [Row::Order(_, anna), Row::Order(_, ben)] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((&*anna.item_id, &*anna.phone, &*anna.ship_to.postal), ("", "", "07743"));
    assert_eq!((&*ben.item_id, &*ben.buyer_name, &*ben.phone), ("", "Ben", "0303 1234567"));
}
