//! The stored sample reports read as they always did.

use crate::{Row, rows};
use buyerwatch_domain::ObservedOrder;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/orders")
}

/// One line per row, every value in it.
fn account(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        match row {
            Row::Skipped(line, reason) => writeln!(text, "{line} skipped: {}", reason.code()),
            Row::Order(line, order) => writeln!(text, "{line} {}", values(order)),
        }
        .unwrap();
    }
    text
}

fn values(order: &ObservedOrder) -> String {
    let price = order.price.as_ref();
    let price = price.map(|price| format!("{} {}", price.amount, price.currency));
    let at = order.purchased_at.map(|at| at.to_string());
    let address = &order.ship_to;
    [
        &order.order_id,
        &order.item_id,
        &order.sku,
        &order.product,
        &order.quantity.map(|quantity| quantity.to_string()).unwrap_or_default(),
        &price.unwrap_or_default(),
        &order.channel.0,
        &at.unwrap_or_default(),
        &format!("{:?} {:?}", order.status, order.fulfillment),
        &format!("business {} cancel {}", order.business, order.cancel_requested),
        &order.buyer_name,
        &order.alias,
        &order.phone,
        &order.recipient_name,
        &order.ship_phone,
        &address.lines.join(" / "),
        &address.city,
        &address.state,
        &address.postal,
        &address.country,
    ]
    .map(String::as_str)
    .join(" | ")
}

/// To take over a wanted change, run with `BLESS=1` and read the difference.
#[test]
fn stored_reports_of_every_format_and_encoding_read_as_recorded() {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        seen += 1;
        let bytes = std::fs::read(&path).unwrap();
        let mut reader = buyerwatch_intake::open(&*bytes, Default::default()).unwrap();
        let rows = crate::rest(&mut reader);
        let name = format!("{}.{}.txt", reader.format().code(), reader.encoding().code());
        assert_eq!(path.file_name().unwrap().to_str().unwrap(), name);
        let recorded = path.with_extension("expected");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&recorded, account(&rows)).unwrap();
        }
        assert_eq!(account(&rows), std::fs::read_to_string(recorded).unwrap(), "{name}");
    }
    assert_eq!(seen, 35, "5 formats in 7 encodings");
}

#[test]
fn the_shipped_sample_holds_what_the_tour_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/assets/sample/orders.txt");
    let rows = rows(std::fs::File::open(path).unwrap());
    let mut skipped = Vec::new();
    let mut orders = Vec::new();
    for row in &rows {
        match row {
            Row::Order(_, order) => orders.push(order),
            Row::Skipped(_, reason) => skipped.push(reason.code()),
        }
    }
    assert_eq!(orders.len(), 500);
    assert_eq!(skipped, ["repeated_header"]);
    let ids: std::collections::HashSet<_> = orders.iter().map(|order| &order.order_id).collect();
    assert_eq!(ids.len(), 500, "each order has its own ID");
    assert!(orders.iter().all(|order| {
        order.purchased_at.is_some_and(|at| at.to_string().starts_with("2026-11-"))
    }));

    let count = |wanted: &dyn Fn(&ObservedOrder) -> bool| {
        orders.iter().filter(|order| wanted(order)).count()
    };
    assert_eq!(count(&|o| o.alias == "k7m2q9x4w1r8t5@marketplace.amazon.de"), 2);
    assert_eq!(count(&|o| o.alias.starts_with("k7m2q9x4w1r8t5+")), 1);
    assert_eq!(count(&|o| o.phone == "030 5550142"), 1);
    assert_eq!(
        count(&|o| o.buyer_name == "Jonas Dornfeld"
            && o.ship_to.lines == ["Lindenhofweg 14"]
            && o.ship_to.city == "Würzburg"
            && o.ship_to.postal == "97070"
            && !o.alias.starts_with("k7m2")
            && o.phone.is_empty()),
        1
    );
    assert_eq!(
        count(&|o| o.buyer_name == "Amazon Customer"
            && o.alias.is_empty()
            && o.phone.is_empty()
            && o.ship_to.lines.is_empty()),
        25
    );
}
