//! What is no order report is refused by its own error, and early.

use crate::refusal;
use std::cell::Cell;
use std::io::Read;

fn code(bytes: &[u8]) -> String {
    let error = refusal(bytes);
    let mut text = error.code().to_owned();
    for (name, value) in error.params() {
        text.push_str(&format!(" {name}={value}"));
    }
    text
}

#[test]
fn each_kind_of_file_is_named() {
    const EMPTY: &str = "empty_file needed=order-id or amazon-order-id; purchase-date, buyer-name, \
                         buyer-email or recipient-name; one more column of the report";
    let filler = [0x9c_u8, 0, 3, 0xff].repeat(64);
    let with = |head: &[u8]| [head, &filler].concat();
    for (bytes, expected) in [
        (Vec::new(), EMPTY),
        (b"\xef\xbb\xbf".to_vec(), EMPTY),
        (b" \r\n\r\n\t\n".to_vec(), EMPTY),
        (with(b"\x89PNG\r\n\x1a\n"), "not_text kind=image"),
        (with(b"\xff\xd8\xff\xe0"), "not_text kind=image"),
        (with(b"GIF89a"), "not_text kind=image"),
        (with(b"RIFF\x10\x20\0\0WEBPVP8 "), "not_text kind=image"),
        (with(b"\0\0\0\x18ftypheic"), "not_text kind=image"),
        (with(b"\0\0\0\x18ftypisom"), "not_text kind=media"),
        (with(b"%PDF-1.7\n"), "not_text kind=pdf"),
        (with(b"SQLite format 3\0"), "not_text kind=database"),
        (with(b"MZ\x90\0\x03\0"), "not_text kind=program"),
        (with(b"\x7fELF"), "not_text kind=program"),
        (with(b"PK\x03\x04"), "archive kind=zip"),
        (with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "archive kind=old_office"),
        (with(b"\x1f\x8b\x08"), "archive kind=compressed"),
        (filler.clone(), "not_text kind=binary"),
        (b"\xff\xfe\0\0o\0\0\0r\0\0\0".repeat(9), "not_text kind=binary"),
        (b"\n<!DOCTYPE html><html><body>Sign in".to_vec(), "web_page"),
        (b"<HTML>".to_vec(), "web_page"),
        (b"<?xml version=\"1.0\"?><!DOCTYPE html><html>".to_vec(), "web_page"),
        (b"<?xml version=\"1.0\"?><AmazonEnvelope>".to_vec(), "structured_data kind=xml"),
        (b"{\"Orders\": []}".to_vec(), "structured_data kind=json"),
        (
            b"settlement-id\tsettlement-start-date\torder-id\n".to_vec(),
            "not_an_order_report format=settlement",
        ),
        (b"seller-sku\tasin1\tprice\n".to_vec(), "not_an_order_report format=inventory"),
        (b"302-1234567-1234567\t2026-11-02\tAnna Nowhere\n".to_vec(), "no_header"),
        (b"Anna,anna@example.org\n".to_vec(), "no_header"),
    ] {
        assert_eq!(code(&bytes), expected, "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn unknown_columns_are_repeated_within_bounds() {
    let long = "x".repeat(90);
    let header = format!("Name\t\u{202e}Town\u{7}\t{long}\ta\tb\tc\td\te\tf\tg\n");
    let error = refusal(header.as_bytes());
    let params = error.params();
    let found = format!("Name, Town, {}, a, b, c, d, e", "x".repeat(40));
    assert_eq!(params[0], ("found", found));
    assert_eq!(params[1].0, "needed");
    assert!(error.to_string().contains("order-id"));
    assert!(!error.to_string().contains("Town"), "what was found is not in the log");
}

#[test]
fn a_header_without_rows_is_a_report() {
    for text in ["order-id\tpurchase-date\tsku", "order-id\tpurchase-date\tsku\r\n\r\n"] {
        assert_eq!(crate::rows(text.as_bytes()), []);
    }
}

/// Counts what is taken from a source.
struct Counted<'a, R>(R, &'a Cell<u64>);

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let len = self.0.read(out)?;
        self.1.set(self.1.get() + len as u64);
        Ok(len)
    }
}

#[test]
fn an_endless_first_line_is_refused_after_its_beginning() {
    for byte in [b'a', b' ', b'\t', b'\n', 0xe4, b'"', 0] {
        let taken = Cell::new(0);
        let error = refusal(Counted(std::io::repeat(byte), &taken));
        let expected: &[&str] = match byte {
            // The byte above ASCII is text in some encoding.
            b'a' | b'"' | b' ' | b'\t' | b'\n' | 0xe4 => &["header_too_long"],
            _ => &["not_text"],
        };
        assert!(expected.contains(&error.code()), "{byte}: {}", error.code());
        assert!(taken.get() <= 512 << 10, "{byte}: {} bytes", taken.get());
    }
}

#[test]
fn a_source_that_fails_says_so() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
    }
    assert_eq!(refusal(Broken).code(), "read_failed");
    let rows = "order-id\tpurchase-date\tsku\n302-1234567-1234567\t2026-11-02\n";
    // The beginning is read before the failure is met.
    assert_eq!(refusal(rows.as_bytes().chain(Broken)).code(), "read_failed");
}
