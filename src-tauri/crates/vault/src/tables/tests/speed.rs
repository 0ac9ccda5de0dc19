//! How long lists of a grown shop take. Printed, not asserted: `cargo test -p buyerwatch-vault
//! --release -- --ignored --nocapture how_long`.

use super::*;
use crate::{BuyerSort, BuyersQuery};
use buyerwatch_domain::BuyerStatus;
use std::time::Instant;

#[test]
#[ignore = "measures"]
#[allow(clippy::print_stdout)]
fn how_long_lists_of_100_000_buyers_take() {
    let mut shop = Shop::new();
    shop.conn.execute_batch("BEGIN").unwrap();
    for n in 0..100_000u32 {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&n.wrapping_mul(2_654_435_761).to_be_bytes());
        let buyer = BuyerId::from_bytes(bytes);
        shop.apply(&Event::BuyerAdded { buyer });
        shop.apply(&Event::IdentifierAdded {
            buyer,
            identifier: IdentifierId::from_bytes(bytes),
            kind: IdentifierKind::Name,
            value: format!("Carla Beispiel {n}"),
        });
    }
    shop.conn.execute_batch("COMMIT").unwrap();
    let measured = |name: &str, work: &mut dyn FnMut(&Shop)| {
        work(&shop);
        let started = Instant::now();
        work(&shop);
        println!("{name}: {:?}", started.elapsed());
    };
    let query = |status, text: &str, offset| BuyersQuery {
        status,
        text: text.into(),
        sort: BuyerSort::Recent,
        descending: true,
        offset,
        limit: 50,
    };
    for (name, query) in [
        ("first page", query(None, "", 0)),
        ("last page", query(None, "", 99_950)),
        ("none listed", query(Some(BuyerStatus::Listed), "", 0)),
        ("search, one found", query(None, "beispiel 4711 ", 0)),
        ("search, all found", query(None, "carla", 0)),
    ] {
        measured(name, &mut |shop| {
            let _ = shop.read().buyers(&query).unwrap();
        });
    }
    measured("every identifier", &mut |shop| {
        let mut count = 0;
        shop.read().for_each_identifier(|_| count += 1).unwrap();
        assert_eq!(count, 100_000);
    });
}
