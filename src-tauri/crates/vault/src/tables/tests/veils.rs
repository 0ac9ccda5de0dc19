//! Purged orders: nothing of a person is left, and a kept key leads to them.

use super::*;
use crate::tables::veils::purge;
use crate::{OrderKey, VeilRow};

const KEYS: [u64; 3] = [7, 1 << 40, u64::MAX];

/// So many orders, each of another ID.
fn orders(shop: &Shop, count: usize) -> Vec<OrderKey> {
    let lines: Vec<_> = (0..count).map(|n| line(&format!("302-{n:07}-0000001"))).collect();
    shop.take(&lines).into_iter().map(Upsert::order).collect()
}

#[test]
fn a_purged_order_keeps_what_is_compared_and_counted_and_nothing_of_the_person() {
    let shop = Shop::new();
    let [order, other] = orders(&shop, 2)[..] else { panic!() };
    let before = shop.read().order_by_key(order).unwrap().unwrap();
    let veil = VeilRow { order, veil: b"veil", keys: &KEYS };
    assert_eq!(purge(&shop.conn, &[veil]).unwrap(), 1);
    let after = shop.read().order_by_key(order).unwrap().unwrap();
    assert_eq!((after.tokens, &after.lines), (before.tokens, &before.lines));
    let country = before.order.ship_to.country.clone();
    let left = ObservedOrder {
        buyer_name: String::new(),
        alias: String::new(),
        phone: String::new(),
        marketplace_buyer_id: String::new(),
        user_name: String::new(),
        recipient_name: String::new(),
        ship_phone: String::new(),
        ship_to: Address { country, ..Address::default() },
        ..before.order
    };
    assert_eq!(after.order, left);
    assert_eq!(shop.read().veil(order).unwrap().as_deref(), Some(&b"veil"[..]));
    assert_eq!(shop.read().veil(other).unwrap(), None);
    // There is nothing to take out any more, so what was kept stays.
    let again = VeilRow { order, veil: b"", keys: &[] };
    assert_eq!(purge(&shop.conn, &[again]).unwrap(), 0);
    assert_eq!(shop.read().veil(order).unwrap().as_deref(), Some(&b"veil"[..]));
    // Unless it came in anew.
    let lines: Vec<_> = (0..1).map(|n| line(&format!("302-{n:07}-0000001"))).collect();
    shop.take(&lines);
    let anew = VeilRow { order, veil: b"anew", keys: &KEYS };
    assert_eq!(purge(&shop.conn, &[anew]).unwrap(), 1);
    assert_eq!(shop.read().veil(order).unwrap().as_deref(), Some(&b"anew"[..]));
}

#[test]
fn orders_are_found_by_two_keys_that_few_share() {
    let shop = Shop::new();
    let found = |keys: &[u64]| shop.read().orders_kept_under(keys, 2, 4).unwrap();
    assert!(found(&KEYS).is_empty(), "nothing is purged");
    let orders = orders(&shop, 7);
    // Five share the first key, four the second; each has one of its own.
    let keys: Vec<Vec<u64>> = (0..7)
        .map(|n| {
            let shared = [(n < 5, KEYS[0]), (n >= 3, KEYS[1])].into_iter();
            shared.filter(|(has, _)| *has).map(|(_, key)| key).chain([100 + n]).collect()
        })
        .collect();
    let kept: Vec<VeilRow<'_>> = orders
        .iter()
        .zip(&keys)
        .map(|(order, keys)| VeilRow { order: *order, veil: b"", keys })
        .collect();
    assert_eq!(purge(&shop.conn, &kept).unwrap(), 7);
    assert_eq!(found(&[KEYS[1], 105]), [orders[5]]);
    assert_eq!(found(&[KEYS[1], 105, 103]), [orders[3], orders[5]]);
    assert_eq!(found(&[KEYS[0], 100]), [], "five are more than four");
    assert_eq!(found(&[KEYS[1]]), [], "one key is no two");
    // What came in long after stands in another slab, and is found as well.
    let far = OrderKey(3 << 14);
    let moved = "UPDATE orders SET key = ?1, buyer_name = 'x' WHERE key = ?2";
    shop.conn.execute(moved, [far.0, orders[6].0]).unwrap();
    purge(&shop.conn, &[VeilRow { order: far, veil: b"", keys: &[KEYS[2], 106] }]).unwrap();
    assert_eq!(found(&[KEYS[2], 106]), [far]);
}

#[test]
fn a_key_leads_to_its_orders_along_the_index() {
    let shop = Shop::empty();
    let sql =
        "EXPLAIN QUERY PLAN SELECT order_key FROM veil_keys WHERE slab = 1 AND key = 2 LIMIT 3";
    let plan: String = shop.conn.query_row(sql, [], |row| row.get(3)).unwrap();
    assert_eq!(plan, "SEARCH veil_keys USING PRIMARY KEY (slab=? AND key=?)");
}
