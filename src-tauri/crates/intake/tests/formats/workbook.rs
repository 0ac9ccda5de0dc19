//! Spreadsheets, packed by the tests themselves.

use crate::{read, refusal};
use buyerwatch_domain::{OrderStatus, SkipReason};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A workbook with these sheets, each with its name, what else the workbook says of it, and its rows of
/// texts.
fn sheets(all: &[(&str, &str, &[&[&str]])]) -> Vec<u8> {
    const NS: &str = "http://schemas.openxmlformats.org";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let (mut book, mut rels) = (String::new(), String::new());
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    for (n, (name, more, rows)) in all.iter().enumerate() {
        let n = n + 1;
        book.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{n}\" {more} r:id=\"rId{n}\"/>"));
        rels.push_str(&format!(
            "<Relationship Id=\"rId{n}\" Type=\"{NS}/officeDocument/2006/relationships/worksheet\" \
             Target=\"worksheets/sheet{n}.xml\"/>"
        ));
        let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let row =
            |row: &&[&str]| format!("<row>{}</row>", row.iter().map(cell).collect::<String>());
        let rows: String = rows.iter().map(row).collect();
        put(
            &format!("xl/worksheets/sheet{n}.xml"),
            &format!(
                "<?xml version=\"1.0\"?><worksheet xmlns=\"{NS}/spreadsheetml/2006/main\">\
                 <sheetData>{rows}</sheetData></worksheet>"
            ),
        );
    }
    put("[Content_Types].xml", TYPES);
    put("_rels/.rels", RELS);
    put(
        "xl/workbook.xml",
        &format!(
            "<?xml version=\"1.0\"?><workbook xmlns=\"{NS}/spreadsheetml/2006/main\" \
             xmlns:r=\"{NS}/officeDocument/2006/relationships\"><sheets>{book}</sheets></workbook>"
        ),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<?xml version=\"1.0\"?><Relationships \
             xmlns=\"{NS}/package/2006/relationships\">{rels}</Relationships>"
        ),
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_first_sheet_with_a_report_is_read_and_no_hidden_one() {
    let report = |id: &'static str| -> [[&'static str; 3]; 2] {
        [["order-id", "purchase-date", "buyer-name"], [id, "46328.5", "Anna"]]
    };
    let (one, two) = (report("302-1234567-7654321"), report("302-1234567-7654322"));
    let one: [&[&str]; 2] = [&one[0], &one[1]];
    let two: [&[&str]; 2] = [&two[0], &two[1]];
    let notes: [&[&str]; 2] = [&["Read me", "first"], &["x", "y"]];
    let hidden = "state=\"hidden\"";
    for (book, id) in [
        (sheets(&[("Old", hidden, &one), ("New", "", &two)]), "302-1234567-7654322"),
        (sheets(&[("Notes", "", &notes), ("New", "", &two)]), "302-1234567-7654322"),
        (sheets(&[("A", "", &one), ("B", "", &two)]), "302-1234567-7654321"),
        (sheets(&[("Blank", "", &[]), ("Old", hidden, &one)]), "302-1234567-7654321"),
    ] {
        let seen = read(book);
        assert_eq!((seen.orders.len(), &*seen.orders[0].order_id), (1, id));
        let at = seen.orders[0].purchased_at.unwrap().to_string();
        assert_eq!(at, "2026-11-02T12:00:00.000Z");
    }
    let other = sheets(&[("Notes", "", &notes), ("Old", hidden, &one)]);
    let error = crate::seen(&*other).unwrap_err();
    assert_eq!(error.code(), "unknown_columns");
    assert!(error.to_string().contains("Notes"), "{error}");
}

/// A workbook with these shared texts and this sheet.
pub(crate) fn book(shared: &str, sheet: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 6] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The rows as shared texts and cells.
pub(crate) fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    let (mut shared, mut cells, mut next) = (String::new(), String::new(), 0);
    for (r, row) in rows.iter().enumerate() {
        let r = r + 1;
        cells.push_str(&format!("<row r=\"{r}\">"));
        for (c, value) in row.iter().enumerate() {
            let column = char::from(b'A' + u8::try_from(c).unwrap());
            if let Some(number) = value.strip_prefix('#') {
                cells.push_str(&format!("<c r=\"{column}{r}\"><v>{number}</v></c>"));
            } else if !value.is_empty() {
                cells.push_str(&format!("<c r=\"{column}{r}\" t=\"s\"><v>{next}</v></c>"));
                shared.push_str(&format!("<si><t>{value}</t></si>"));
                next += 1;
            }
        }
        cells.push_str("</row>");
    }
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    book(
        &format!(
            "<?xml version=\"1.0\"?><sst {MAIN} count=\"{next}\" uniqueCount=\"{next}\">{shared}</sst>"
        ),
        format!(
            "<?xml version=\"1.0\"?><worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
        )
        .as_bytes(),
    )
}

pub(crate) fn walmart() -> Vec<u8> {
    sheet(&[
        &[
            "PO#",
            "Order#",
            "Order Date",
            "Customer Name",
            "Customer Shipping Address",
            "Customer Phone Number",
            "Ship to Address 1",
            "City",
            "State",
            "Zip",
            "Item Description",
            "SKU",
            "Qty",
            "Status",
        ],
        &[
            "#108800000000001",
            "#200012345678901",
            "2026-11-02",
            "Nora Keller",
            "12 Oak Street, Springfield, IL 62701",
            "5555550142",
            "12 Oak Street",
            "Springfield",
            "IL",
            "#62701",
            "Lamp",
            "L-1",
            "#1",
            "Acknowledged",
        ],
        &["#108800000000002", "#200012345678902", "", "Bo Lind"],
    ])
}

#[test]
fn walmart_comes_as_a_workbook() {
    let seen = read(walmart());
    assert_eq!((seen.format, seen.skipped.len()), ("walmart", 0));
    let [one, two] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((&*one.order_id, &*one.channel.0), ("200012345678901", "Walmart"));
    assert_eq!((&*one.buyer_name, &*one.ship_phone), ("Nora Keller", "5555550142"));
    assert_eq!(one.ship_to.lines, ["12 Oak Street"]);
    assert_eq!((&*one.ship_to.postal, one.quantity), ("62701", Some(1)));
    assert_eq!(one.status, OrderStatus::Unshipped);
    assert_eq!((&*two.order_id, &*two.buyer_name), ("200012345678902", "Bo Lind"));
    assert!(two.ship_to.is_empty());
}

#[test]
fn any_report_may_be_saved_as_a_workbook() {
    let bytes = sheet(&[
        &["order-id", "purchase-date", "buyer-name", "ship-address-1"],
        &["302-0000001-1234567", "2026-11-02", "Anna\tLind", "Hof 3"],
    ]);
    let seen = read(bytes);
    assert_eq!((seen.format, &*seen.orders[0].buyer_name), ("new_orders", "Anna Lind"));
}

#[test]
fn numbers_that_a_workbook_cannot_hold_are_no_order_ids() {
    let header: &[&str] = &["Order ID", "Order Status", "Created Time", "Phone #", "Recipient"];
    let row = |id| [id, "To ship", "2026-11-02", "5555550142", "Nora Keller"];
    let rows = [
        row("#577012345678901234"),
        row("#5.7701234567890099E+17"),
        row("577012345678901234"),
        row("#999999999999999"),
    ];
    let [a, b, c, d] = &rows;
    let seen = read(sheet(&[header, a, b, c, d]));
    assert_eq!(seen.format, "tiktok_shop");
    let rounded = SkipReason::OrderIdRounded;
    assert_eq!(seen.skipped, [(2, rounded), (3, rounded)]);
    let ids: Vec<_> = seen.orders.iter().map(|order| &*order.order_id).collect();
    assert_eq!(ids, ["577012345678901234", "999999999999999"]);
}

const REPORT: &str =
    "order-id\tpurchase-date\tbuyer-name\n302-0000001-1234567\t2026-11-02\tJürgen\n";

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_one_report_in_an_archive_is_read() {
    let latin = encoding_rs::WINDOWS_1252.encode(REPORT).0;
    for packed in [
        archive(&[("orders.txt", REPORT.as_bytes())]),
        archive(&[("November/Orders.TXT", &*latin)]),
        archive(&[
            ("report.csv", REPORT.replace('\t', ",").as_bytes()),
            ("__MACOSX/._report.csv", b"\0\x05\x16\x07"),
            (".DS_Store", b"\0\0\0\x01Bud1"),
        ]),
    ] {
        let seen = read(packed);
        assert_eq!((seen.format, seen.orders.len()), ("new_orders", 1));
        assert_eq!(seen.orders[0].buyer_name, "Jürgen");
    }
}

#[test]
fn an_archive_of_anything_else_is_refused() {
    for packed in [
        archive(&[("a.txt", REPORT.as_bytes()), ("b.txt", REPORT.as_bytes())]),
        archive(&[("a.txt", REPORT.as_bytes()), ("photo.jpg", b"\xff\xd8\xff")]),
        archive(&[("inner.zip", &archive(&[("a.txt", REPORT.as_bytes())]))]),
        archive(&[("content.xml", b"<office/>"), ("mimetype", b"application/vnd.oasis")]),
        archive(&[]),
    ] {
        assert_eq!(refusal(&*packed), "archive");
    }
    // Two of one name, which no packer writes: as `a.txt` and `b.txt`, renamed.
    let mut twice = archive(&[("a.txt", REPORT.as_bytes()), ("b.txt", REPORT.as_bytes())]);
    for at in 0..twice.len() - 5 {
        if &twice[at..at + 5] == b"b.txt" {
            twice[at] = b'a';
        }
    }
    assert_eq!(refusal(&*twice), "archive");
    let bomb = archive(&[("orders.txt", &vec![b'\n'; 100 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refusal(&*bomb), "file_too_large");
    let zip = archive(&[("inner.txt", &archive(&[("a.txt", REPORT.as_bytes())]))]);
    assert_eq!(refusal(&*zip), "archive");
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_report_in_gzip_is_read() {
    let latin = encoding_rs::WINDOWS_1252.encode(REPORT).0;
    let many = REPORT.to_owned() + &"302-0000002-1234567\t2026-11-03\tAnna\n".repeat(1000);
    for (text, rows) in [(REPORT.as_bytes(), 1), (&*latin, 1), (many.as_bytes(), 1001)] {
        let seen = read(gzipped(text));
        assert_eq!((seen.format, seen.orders.len()), ("new_orders", rows));
        assert_eq!(seen.orders[0].buyer_name, "Jürgen");
    }
    let json = "{\"Orders\":[{\"AmazonOrderId\":\"302-0000001-1234567\"}]}";
    assert_eq!(read(gzipped(json.as_bytes())).orders.len(), 1);
    let xml = "<a><order_id>302-0000001-1234567</order_id><amazon_rma_id>D</amazon_rma_id></a>";
    assert_eq!(read(gzipped(xml.as_bytes())).after.len(), 1);
}

#[test]
fn what_gzip_holds_is_bounded_and_whole() {
    // What is packed twice is unpacked alike for reading and for a look at its columns.
    let zip = gzipped(&archive(&[("orders.txt", REPORT.as_bytes())]));
    assert_eq!(read(zip.clone()).orders.len(), 1);
    assert_eq!(buyerwatch_intake::preview(&*zip).unwrap().names.len(), 3);
    let packed = gzipped(&REPORT.repeat(1000).into_bytes());
    assert_eq!(refusal(&packed[..packed.len() - 20]), "archive");
    assert_eq!(refusal(&packed[..packed.len() / 2]), "archive");
    assert_eq!(refusal(&*gzipped(&vec![b'\n'; 100 << 20])), "file_too_large");
    assert_eq!(refusal(&*gzipped(&packed)), "archive");
    assert_eq!(refusal(&*gzipped(b"")), "empty_file");
}
