//! The line with the names of the columns, wherever it stands and however it is written.

use crate::generate::{Format, Plan, report};
use crate::{Drip, Row, orders, refusal, rest, rows};
use buyerwatch_domain::ObservedOrder;
use buyerwatch_intake::{Hints, ResumePoint, open};

const HEADER: &str = "order-id,purchase-date,buyer-name,ship-city\n";
const ROWS: &str = "302-0000001-1234567,2026-11-02,Anna,Ort\n\
                    302-0000002-1234567,2026-11-03,Ben,\"Bad\nOrt\"\n\
                    302-0000003-1234567,2026-11-04,Cleo,Ort\n";

/// Numbers of the lines and names of the buyers.
fn named(rows: &[Row]) -> Vec<(u64, &str)> {
    rows.iter()
        .map(|row| match row {
            Row::Order(line, order) => (*line, order.buyer_name.as_str()),
            Row::Skipped(line, reason) => (*line, reason.code()),
        })
        .collect()
}

#[test]
fn titles_and_separators_before_the_header_are_passed_over() {
    for (before, lines) in [
        ("", 0),
        ("sep=,\n", 1),
        ("\"SEP=,\"\n\n", 2),
        ("sep=,\r\n\r\n", 2),
        ("Bestellungen M\u{fc}ller, November\n", 1),
        ("Orders 2026-11-02\n\n \n\nBuyer,Shop,Town\nsep=,\nc\n", 7),
        ("1\n2\n3\n4\n", 4),
    ] {
        let text = format!("{before}{HEADER}{ROWS}");
        let latin = text.replace('\u{fc}', "\u{1}");
        let latin: Vec<u8> =
            latin.bytes().map(|byte| if byte == 1 { 0xfc } else { byte }).collect();
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let expected = [(lines + 2, "Anna"), (lines + 3, "Ben"), (lines + 5, "Cleo")];
        assert_eq!(named(&rows(text.as_bytes())), expected, "{before:?}");
        assert_eq!(named(&rows(&*latin)), expected, "{before:?}");
        assert_eq!(named(&rows(Drip(text.as_bytes(), 1))), expected, "{before:?}");
        // Line ends inside wide values are not looked for.
        let wide = rows(&*wide);
        assert_eq!(named(&wide)[0], expected[0], "{before:?}");

        let expected = rows(text.as_bytes());
        let mut reader = open(text.as_bytes(), Hints::default()).unwrap();
        let mut order = ObservedOrder::default();
        for read in 0..=expected.len() {
            let kept = serde_json::to_string(&reader.position()).unwrap();
            let point: ResumePoint = serde_json::from_str(&kept).unwrap();
            let from = usize::try_from(point.offset).unwrap();
            let hints = Hints { resume: Some(point), ..Hints::default() };
            let mut resumed = open(&text.as_bytes()[from..], hints).unwrap();
            assert_eq!(rest(&mut resumed), expected[read..], "{before:?} after {read} rows");
            reader.next(&mut order).unwrap();
        }
    }
}

#[test]
fn a_header_is_not_looked_for_without_end() {
    let late = format!("{}{HEADER}{ROWS}", "1\n".repeat(12));
    assert_eq!(refusal(late.as_bytes()).code(), "unknown_columns");
    // The report of payments explains itself in seven lines.
    let payments = format!(
        "{}\"date/time\",\"settlement id\",\"type\",\"order id\"\n",
        "\"So it is\"\n".repeat(7)
    );
    assert_eq!(refusal(payments.as_bytes()).code(), "not_an_order_report");
    let titled = "My list\nAnna Nowhere,Lindenweg,Ort\n";
    let error = refusal(titled.as_bytes());
    assert_eq!(error.params()[0], ("found", "My list".to_owned()), "rows are not repeated");
    assert_eq!(refusal(&b"sep=,\n"[..]).code(), "empty_file");
    let returns = "sep=;\nReturns of November\nOrder ID;Order date;Amazon RMA ID\n";
    let reader = open(returns.as_bytes(), Hints::default()).unwrap();
    assert_eq!(reader.format().code(), "returns");
    let endless = format!("Title\n{}", "x".repeat(1 << 20));
    assert_eq!(refusal(endless.as_bytes()).code(), "unknown_columns");
    assert_eq!(orders(format!("sep=,\n{HEADER}").as_bytes()), []);
}

/// The one order below a header.
fn order(header: &str, row: &str) -> ObservedOrder {
    let mut orders = orders(format!("{header}\n{row}\n").as_bytes());
    assert_eq!(orders.len(), 1);
    orders.remove(0)
}

const ID: &str = "302-0000001-1234567";
const ALIAS: &str = "a1b2c3d4e5f6g7@marketplace.amazon.de";

#[test]
fn names_of_columns_are_read_however_they_are_written() {
    for header in [
        "order-id\tbuyer-email\tpurchase-date",
        "Order ID\tBuyer Email\tPurchase Date",
        "ORDER_ID\tBUYER_EMAIL\tPURCHASE_DATE",
        "\"order-id\"\t\"buyer-email\"\t\"purchase-date\"",
        "\u{feff}\"order-id\"\t\"buyer-email\"\t\"purchase-date\"",
        "\u{feff}\u{feff}order-id\tbuyer-email\tpurchase-date",
        " order-id  \tbuyer-email \u{a0}\tpurchase-date   ",
        "order-id\tbuyer-email\tpurchase-date\t",
        "order-id\tbuyer-email\tpurchase-date\t\t\t \t",
        "order--id\tbuyer - email\tpurchase_ date\r",
    ] {
        for row in
            [format!("{ID}\t{ALIAS}\t2026-11-02"), format!("{ID} \t{ALIAS}  \t2026-11-02\t\t ")]
        {
            let order = order(header, &row);
            assert_eq!(order.order_id, ID, "{header:?}");
            assert_eq!(order.alias, ALIAS, "{header:?}");
            let at = order.purchased_at.map(|at| at.to_string());
            assert_eq!(at.as_deref(), Some("2026-11-02T00:00:00.000Z"), "{header:?}");
        }
    }
    let marked = format!("\u{feff}\"Order ID\",\"Buyer Email\",\"Purchase Date\"\r{ID},{ALIAS},\r");
    assert_eq!(orders(marked.as_bytes())[0].alias, ALIAS, "a mark, quotes and old line ends");
}

#[test]
fn columns_stand_in_any_order_with_others_between() {
    let columns = [
        ("order-id", ID),
        ("buyer-email", ALIAS),
        ("purchase-date", "2026-11-02"),
        ("ship-city", "Ort"),
    ];
    for turn in 0..columns.len() {
        for strangers in 0..4 {
            let mut turned = columns.to_vec();
            turned.rotate_left(turn);
            for at in 0..strangers {
                turned.insert(
                    (at * 3 + turn) % (turned.len() + 1),
                    ("my-column", "302-9999999-9999999"),
                );
            }
            let (names, values): (Vec<_>, Vec<_>) = turned.into_iter().unzip();
            let order = order(&names.join("\t"), &values.join("\t"));
            assert_eq!(order.order_id, ID, "{names:?}");
            assert_eq!(order.alias, ALIAS, "{names:?}");
            assert_eq!(order.ship_to.city, "Ort", "{names:?}");
            assert!(order.purchased_at.is_some(), "{names:?}");
        }
    }
}

#[test]
fn an_order_id_and_two_more_columns_make_an_order_report() {
    for (header, code) in [
        ("order-id\tbuyer-email\tpurchase-date", "new_orders"),
        ("amazon-order-id\tsku\tbuyer-name", "all_orders"),
        ("order-id\trecipient-name\tship-address-1", "new_orders"),
        ("order-id\tpurchase-date\tpromise-date", "unshipped"),
        ("order-id\tbuyer-email\tverge-of-cancellation", "unshipped_seller_central"),
        ("amazon-order-id\torder-status\tsales-channel", "all_orders"),
        ("amazon-order-id\tshipment-id\tbuyer-email", "fba_shipments"),
    ] {
        let text = format!("{header}\n");
        assert_eq!(open(text.as_bytes(), Hints::default()).unwrap().format().code(), code);
    }
    for header in [
        "order-id\tbuyer-email",
        "order-id\torder-id\tbuyer-email",
        "order-id\tbuyer-email\tmy-column",
        "buyer-email\tpurchase-date\tsku",
        "merchant-order-id\tbuyer-email\tpurchase-date",
        // Reports of removals and of reimbursements.
        "request-date\torder-id\torder-type\torder-status\tlast-updated-date\tsku\tfnsku",
        "approval-date\treimbursement-id\tamazon-order-id\treason\tsku\tproduct-name",
    ] {
        assert_eq!(refusal(header.as_bytes()).code(), "unknown_columns", "{header}");
    }
}

#[test]
fn columns_of_like_names_are_not_confused() {
    let header = "merchant-order-id\torder-id\tbill-address-1\tbill-city\tbill-postal-code\tbill-country\t\
                  bill-name\tship-phone-number\tpurchase-date\tship-address-1\tship-city\tship-postal-code\t\
                  ship-country\trecipient-name\tmerchant-order-item-id\tamazon-order-id";
    let row = format!(
        "S01-1111111-1111111\t302-2222222-2222222\tBillweg 1\tBillstadt\t11111\tAT\tBill Payer\t\
         030 5550142\t2026-11-02\tHof 3\tOrt\t97070\tDE\tAnna\tm-7\t{ID}"
    );
    let order = order(header, &row);
    assert_eq!(order.order_id, ID, "Amazon's own, though it stands last");
    assert_eq!(order.ship_phone, "030 5550142");
    assert_eq!(order.phone, "", "the recipient's number is not the buyer's");
    assert_eq!((order.recipient_name.as_str(), order.buyer_name.as_str()), ("Anna", ""));
    assert_eq!(order.ship_to.lines, ["Hof 3"]);
    let address = &order.ship_to;
    assert_eq!([&address.city, &address.postal, &address.country], ["Ort", "97070", "DE"]);
    assert_eq!(order.item_id, "");
}

#[test]
fn shipments_of_japan_carry_points() {
    let plan = Plan { rows: 5, format: Format::FbaShipments, ..Plan::default() };
    let (bytes, _) = report(&plan);
    let plain = orders(&*bytes);
    for at in ["item-tax", "sku", "buyer-email"] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let at = Format::FbaShipments.columns().iter().position(|name| *name == at).unwrap();
        let pointed: String = text
            .lines()
            .enumerate()
            .map(|(line, row)| {
                let mut cells: Vec<_> = row.split('\t').collect();
                cells.insert(at, if line == 0 { "points-granted" } else { "120" });
                cells.join("\t") + "\r\n"
            })
            .collect();
        assert_eq!(orders(pointed.as_bytes()), plain);
    }
}

#[test]
fn a_missing_channel_is_told_by_the_alias() {
    let header = "order-id\tpurchase-date\tbuyer-email\tbuyer-phone-number\tsales-channel";
    for (alias, channel, expected) in [
        (ALIAS, "", "Amazon.de"),
        ("A1B2C3D4E5F6G7+0a1b@Marketplace.Amazon.CO.UK", "", "Amazon.co.uk"),
        (ALIAS, "Amazon.fr", "Amazon.fr"),
        ("anna@example.org", "", ""),
        ("", "", ""),
    ] {
        let order = order(header, &format!("{ID}\t\t{alias}\t*** *** 42\t{channel}"));
        assert_eq!(order.channel.0, expected, "{alias}");
        assert_eq!(order.alias, alias);
        assert_eq!(order.phone, "", "what is left of a hidden number is none");
    }
    let short = "order-id\tpurchase-date\tbuyer-email";
    assert_eq!(order(short, &format!("{ID}\t\t{ALIAS}")).channel.0, "Amazon.de");
}
