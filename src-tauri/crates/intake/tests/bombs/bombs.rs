//! The bombs, made while they are read where they are long.

use buyerwatch_domain::ObservedOrder;
use buyerwatch_intake::{
    Hints, Report, RowOutcome,
    mail::{self, MboxReader},
};
use std::io::{BufReader, Cursor, Read, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// One of them.
pub(crate) struct Bomb {
    pub(crate) name: &'static str,
    /// What it has to come to: the code of a refusal, or how many rows were taken.
    pub(crate) expected: &'static str,
    pub(crate) read: fn() -> String,
}

pub(crate) const BOMBS: [Bomb; 15] = [
    Bomb { name: "mime_10000_deep", expected: "mail_too_complex", read: mime_deep },
    Bomb { name: "letters_10000_deep", expected: "mail_too_complex", read: letters_deep },
    Bomb { name: "mime_100000_parts", expected: "mail_too_complex", read: mime_wide },
    Bomb { name: "a_million_headers", expected: "mail_too_complex", read: headers },
    Bomb { name: "a_header_of_30_mb", expected: "mail_too_complex", read: long_header },
    Bomb { name: "a_letter_of_a_gigabyte", expected: "too_long_then_read", read: long_letter },
    Bomb { name: "a_row_of_a_gigabyte", expected: "taken_1", read: long_row },
    Bomb { name: "billion_laughs", expected: "xml_entities", read: laughs },
    Bomb { name: "elements_a_million_deep", expected: "malformed_file", read: xml_deep },
    Bomb { name: "xml_that_repeats_itself", expected: "file_too_large", read: xml_repeats },
    Bomb { name: "json_of_tiny_orders", expected: "file_too_large", read: json_tiny },
    Bomb { name: "json_that_repeats_itself", expected: "taken_0", read: json_repeats },
    Bomb { name: "json_half_a_million_deep", expected: "malformed_file", read: json_deep },
    Bomb { name: "workbook_of_a_gigabyte", expected: "file_too_large", read: workbook_large },
    Bomb { name: "workbook_of_shared_texts", expected: "file_too_large", read: workbook_shared },
];

fn letter(bytes: &[u8]) -> String {
    match mail::parse(bytes) {
        Ok(_) => "read".to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

/// Reads a report to its end; how many rows were taken, or why it was refused.
fn report(bytes: impl Read) -> String {
    let refused = |error: buyerwatch_intake::IntakeError| error.code().to_owned();
    let mut report = match Report::open(bytes, Hints::default()) {
        Ok(report) => report,
        Err(error) => return refused(error),
    };
    let (mut order, mut after, mut taken) = (ObservedOrder::default(), Vec::new(), 0u64);
    loop {
        match report.next(&mut order, &mut after) {
            Ok(Some(RowOutcome::Skipped { .. })) => {}
            Ok(Some(_)) => taken += 1,
            Ok(None) => return format!("taken_{taken}"),
            Err(error) => return refused(error),
        }
        after.clear();
    }
}

/// A text repeated, made while it is read.
fn repeated(text: &'static str, times: usize) -> impl Read {
    let mut left = text.len() * times;
    let mut at = 0;
    Made(move |room: &mut [u8]| {
        let mut made = 0;
        for place in room.iter_mut().take(left) {
            *place = text.as_bytes()[at];
            at = (at + 1) % text.len();
            made += 1;
        }
        left -= made;
        made
    })
}

struct Made<F>(F);

impl<F: FnMut(&mut [u8]) -> usize> Read for Made<F> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        Ok((self.0)(room))
    }
}

fn mime_deep() -> String {
    let mut text = String::from("From: a@amazon.de\r\nSubject: x\r\n");
    for n in 0..10_000 {
        text.push_str(&format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"));
    }
    letter(text.as_bytes())
}

fn letters_deep() -> String {
    let text = "From: a@amazon.de\r\nContent-Type: message/rfc822\r\n\r\n".repeat(10_000);
    letter(text.as_bytes())
}

fn mime_wide() -> String {
    let mut text = String::from(
        "From: a@amazon.de\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
    );
    text.push_str(&"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(100_000));
    letter(text.as_bytes())
}

fn headers() -> String {
    let text = format!("From: a@amazon.de\r\n{}\r\nx", "X-A: b\r\n".repeat(1_000_000));
    letter(text.as_bytes())
}

fn long_header() -> String {
    let text = format!("From: a@amazon.de\r\nSubject: {}\r\n\r\nx", "x".repeat(30_000_000));
    letter(text.as_bytes())
}

fn long_letter() -> String {
    let begin = &b"From a\nFrom: a@amazon.de\n\n"[..];
    let end = &b"\n\nFrom b Tue Nov 10 09:00:00 2026\nFrom: b@amazon.de\n\nhello\n"[..];
    let file = begin.chain(repeated("0123456789abcde\n", (1 << 30) / 16)).chain(end);
    let mut letters = MboxReader::new(BufReader::new(file), 0);
    let first = letters.next_letter().unwrap().unwrap();
    let second = letters.next_letter().unwrap().unwrap();
    match (first.bytes, second.bytes) {
        (None, Some(bytes)) => format!("too_long_then_{}", letter(&bytes)),
        other => format!("{}_{}", other.0.is_some(), other.1.is_some()),
    }
}

fn long_row() -> String {
    let head = &b"Order ID\tReturn request date\tAmazon RMA ID\n302-0000001-1234567\t"[..];
    let tail = &b"\n302-0000002-1234567\t2026-11-02\tD2\n"[..];
    report(head.chain(repeated("x", 1 << 30)).chain(tail))
}

fn laughs() -> String {
    let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"ha\">");
    for n in 1..30 {
        let before = n - 1;
        text.push_str(&format!("<!ENTITY e{n} \"&e{before};&e{before};\">"));
    }
    text.push_str("]><a>&e29;</a>");
    report(text.as_bytes())
}

fn xml_deep() -> String {
    report(repeated("<a>", 1_000_000))
}

/// What an order says once is held for each of its items.
fn xml_repeats() -> String {
    let long = "x".repeat(60_000);
    let items = "<Item><SKU>a</SKU><Quantity>1</Quantity></Item>".repeat(20_000);
    let text = format!(
        "<?xml version=\"1.0\"?><AmazonEnvelope><Message><OrderReport>\
         <AmazonOrderID>302-0000001-1234567</AmazonOrderID>\
         <BillingData><BuyerName>{long}</BuyerName></BillingData>{items}\
         </OrderReport></Message></AmazonEnvelope>"
    );
    report(text.as_bytes())
}

fn json_tiny() -> String {
    let file = (&b"{\"Orders\":[0"[..]).chain(repeated(",0", 15_000_000)).chain(&b"]}"[..]);
    report(file)
}

fn json_repeats() -> String {
    let long = "x".repeat(500_000);
    let items = "{\"SellerSKU\":\"a\"},".repeat(20_000);
    let text = format!(
        "{{\"Orders\":[{{\"AmazonOrderId\":\"302-0000001-1234567\",\
         \"BuyerInfo\":{{\"BuyerName\":\"{long}\"}},\
         \"OrderItems\":[{}]}}]}}",
        items.trim_end_matches(',')
    );
    report(text.as_bytes())
}

fn json_deep() -> String {
    report(repeated("[", 500_000))
}

const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
const RELS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const BOOK: &str = "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Orders\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const BOOK_RELS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
const SHEET: &str = "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
const SHARED: &str = "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>order-id</t></si></sst>";

/// A whole workbook, one part of which is as long as a bomb.
fn workbook(long: &str, mut part: impl Read) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/sharedStrings.xml", SHARED),
        ("xl/worksheets/sheet1.xml", SHEET),
    ];
    for (name, text) in parts.into_iter().filter(|(name, _)| *name != long) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file(long, SimpleFileOptions::default().large_file(true)).unwrap();
    std::io::copy(&mut part, &mut zip).unwrap();
    zip.finish().unwrap().into_inner()
}

fn workbook_large() -> String {
    let book = workbook("xl/worksheets/sheet1.xml", repeated(" ", 1 << 30));
    report(book.as_slice())
}

fn workbook_shared() -> String {
    let begin = &SHARED.as_bytes()[..SHARED.len() - "</sst>".len()];
    let part = begin.chain(repeated("<si></si>", 10_000_000)).chain(&b"</sst>"[..]);
    let book = workbook("xl/sharedStrings.xml", part);
    report(book.as_slice())
}
