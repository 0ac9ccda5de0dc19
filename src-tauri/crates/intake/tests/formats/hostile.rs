//! What is made to exhaust memory or time is refused, and says so.

use crate::workbook::{book, sheet};
use crate::{read, refusal, seen};
use buyerwatch_domain::SkipReason;
use std::io::Read;

#[test]
fn a_line_of_a_gigabyte_is_not_held() {
    const LONG: u64 = 1 << 30;
    let head = || &b"Order ID\tReturn request date\tAmazon RMA ID\n302-0000001-1234567\t"[..];
    let tail = || &b"\n302-0000002-1234567\t2026-11-02\tD2\n"[..];
    let text = head().chain(std::io::repeat(b'x').take(LONG)).chain(tail());
    let found = seen(text).unwrap();
    assert_eq!(found.skipped, [(2, SkipReason::RowTooLong)]);
    assert_eq!(found.after.len(), 1);
    for begin in [&b"{\"Orders\":["[..], b"[\n", b"<?xml version=\"1.0\"?><a>", b"PK\x03\x04"] {
        let text = begin.chain(std::io::repeat(b' ').take(LONG));
        assert_eq!(refusal(text), "file_too_large", "{begin:?}");
    }
}

#[test]
fn entities_are_refused_and_never_expanded() {
    let laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
    let unknown = "<a><order_id>&secret;</order_id></a>";
    for text in [laughs, outside, unknown] {
        assert_eq!(refusal(text.as_bytes()), "xml_entities", "{text}");
    }
}

#[test]
fn depth_is_bounded() {
    let deep = "<a>".repeat(1_000_000);
    assert_eq!(refusal(deep.as_bytes()), "malformed_file");
    for open in ["[", "{\"payload\":"] {
        let code = refusal(open.repeat(500_000).as_bytes());
        assert!(matches!(code, "malformed_file" | "structured_data"), "{code}");
    }
    // Deep within one order: that order alone is not taken.
    let inner = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let text =
        format!("{{\"Orders\":[{{\"AmazonOrderId\":\"302-0000001-1234567\",\"x\":{inner}}}]}}");
    let outcome = seen(text.as_bytes());
    assert!(outcome.is_err() || outcome.unwrap().orders.is_empty());
}

#[test]
fn packed_bombs_are_refused_before_they_are_read() {
    let zeros = vec![b' '; 100 << 20];
    let bomb = book("<sst/>", &zeros);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(refusal(&*bomb), "file_too_large");
    let promise =
        book("<?xml version=\"1.0\"?><sst uniqueCount = '9999999999999'></sst>", b"<worksheet/>");
    assert_eq!(refusal(&*promise), "file_too_large");
    let entities =
        book("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"x\">]><sst/>", b"<worksheet/>");
    assert_eq!(refusal(&*entities), "xml_entities");
    assert_eq!(refusal(&b"PK\x03\x04nothing"[..]), "archive");
}

#[test]
fn a_lone_cell_at_the_far_end_takes_no_room() {
    let far = "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>";
    let code = refusal(&*book("<sst/>", far.as_bytes()));
    assert!(matches!(code, "empty_file" | "unknown_columns"), "{code}");
    let wide = sheet(&[&["order-id", "purchase-date", "buyer-name"], &["302-0000001-1234567"]]);
    assert_eq!(read(wide).orders.len(), 1);
}

#[test]
fn other_xml_json_and_pages_say_what_they_are() {
    for (text, code) in [
        ("<?xml version=\"1.0\"?><invoice><id>7</id></invoice>", "structured_data"),
        ("{\"invoice\":7}", "structured_data"),
        ("[1,2]", "structured_data"),
        ("{\"Orders\":[", "malformed_file"),
        ("<a><b></a>", "malformed_file"),
        ("<!doctype html><html>", "web_page"),
        ("<?xml version=\"1.0\"?><html>", "web_page"),
        ("", "empty_file"),
        ("colour,size\nred,4\n", "unknown_columns"),
    ] {
        assert_eq!(refusal(text.as_bytes()), code, "{text}");
    }
}
