//! What is stored of observed lines.

use super::*;
use crate::{Coverage, OrderKey, TokenFilters};
use buyerwatch_domain::ReasonField;

const ID: &str = "302-0000001-0000001";

fn is_new(answer: Upsert) -> bool {
    matches!(answer, Upsert::New { first_line_of_order: true, .. })
}

#[test]
fn an_order_reads_back_as_it_was_observed() {
    let shop = Shop::new();
    let (order, tokens) = line(ID);
    let answer = shop.take_one((order.clone(), tokens));
    assert!(is_new(answer) && answer.to_screen());
    let record = shop.read().order(ID, "Amazon.de").unwrap().unwrap();
    assert_eq!((&record.order, record.tokens), (&order, tokens));
    assert_eq!((record.lines.len(), record.unscreenable), (1, None));
    assert_eq!(record.amount(), order.price);
    assert_eq!(shop.read().order_by_key(answer.order()).unwrap().unwrap(), record);
    // The marketplace is no obstacle when one side does not know it, and spelling is none.
    assert!(shop.read().order(ID, "").unwrap().is_some());
    assert!(shop.read().order(&format!(" {ID}"), "amazon.DE").unwrap().is_some());
    assert!(shop.read().order(ID, "Amazon.fr").unwrap().is_none());
}

#[test]
fn the_same_report_again_changes_nothing() {
    let shop = Shop::new();
    let lines = [line(ID), line("302-0000002-0000002"), bare("302-0000003-0000003")];
    shop.take(&lines);
    let before = shop.read().order(ID, "").unwrap();
    let coverage = shop.read().coverage(None, None).unwrap();
    for answer in shop.take(&lines) {
        assert!(
            matches!(answer, Upsert::Duplicate { enriched: false, changed: false, .. }),
            "{answer:?}"
        );
        assert!(!answer.to_screen());
    }
    assert_eq!(shop.read().order(ID, "").unwrap(), before);
    assert_eq!(shop.read().coverage(None, None).unwrap(), coverage);
    assert_eq!(shop.read().order_count().unwrap(), 3);
}

#[test]
fn lines_are_told_apart_by_item_then_article_then_order() {
    let shop = Shop::new();
    let with = |item: &str, sku: &str| {
        let (mut order, tokens) = line(ID);
        (order.item_id, order.sku) = (item.into(), sku.into());
        (order, tokens)
    };
    let added = |answer| matches!(answer, Upsert::New { .. });
    assert!(added(shop.take_one(with("", "A"))));
    // The report with item IDs names the same line.
    assert!(!added(shop.take_one(with("1", "A"))));
    assert!(!added(shop.take_one(with("", "A"))));
    // Another item of the same article is another line once both have IDs.
    assert!(added(shop.take_one(with("2", "A"))));
    assert!(!added(shop.take_one(with("2", "A"))));
    assert!(added(shop.take_one(with("", "B"))));
    assert!(!added(shop.take_one(with("3", "B"))));
    // Nothing but the order: it is known.
    assert!(!added(shop.take_one(with("", ""))));
    let record = shop.read().order(ID, "").unwrap().unwrap();
    let lines: Vec<_> = record.lines.iter().map(|l| (&*l.item_id, &*l.sku)).collect();
    assert_eq!(lines, [("1", "A"), ("2", "A"), ("3", "B")]);
    assert_eq!(record.amount().unwrap().amount, "74.70");
    assert_eq!(shop.read().order_count().unwrap(), 1);
}

#[test]
fn a_line_that_knew_no_article_learns_it() {
    let shop = Shop::new();
    let (mut vague, tokens) = line(ID);
    for text in [&mut vague.item_id, &mut vague.sku, &mut vague.product] {
        text.clear();
    }
    (vague.quantity, vague.price) = (None, None);
    shop.take_one((vague, tokens));
    let full = line(ID);
    let answer = shop.take_one(full.clone());
    assert!(matches!(answer, Upsert::Duplicate { changed: true, enriched: false, .. }));
    assert_eq!(shop.read().order(ID, "").unwrap().unwrap().order, full.0);
}

#[test]
fn lines_of_one_order_in_one_batch_meet() {
    let shop = Shop::new();
    let (mut second, tokens) = line(ID);
    (second.item_id, second.sku) = ("2".into(), "BW-00018".into());
    second.price = Some(Money { amount: "5.10".into(), currency: "EUR".into() });
    let batch = [line(ID), line("302-0000002-0000002"), (second, tokens), line(ID)];
    let answers = shop.take(&batch);
    assert!(is_new(answers[0]) && is_new(answers[1]));
    assert!(matches!(answers[2], Upsert::New { first_line_of_order: false, enriched: false, .. }));
    assert!(matches!(answers[3], Upsert::Duplicate { changed: false, .. }));
    assert_eq!(answers[0].order(), answers[2].order());
    let record = shop.read().order(ID, "").unwrap().unwrap();
    assert_eq!(record.amount().unwrap().amount, "30.00");
    let amount: i64 =
        shop.conn.query_row("SELECT max(amount) FROM order_dates", [], |row| row.get(0)).unwrap();
    assert_eq!(amount, 300_000, "the list sorts by the sum");
}

#[test]
fn a_later_report_adds_who_bought() {
    let shop = Shop::new();
    let answer = shop.take_one(bare(ID));
    let screened = |shop: &Shop| shop.read().coverage(None, None).unwrap();
    let reasons = vec![(Unscreenable::IdentityEmpty, 1)];
    assert_eq!(screened(&shop), Coverage { screened: 0, unscreenable: reasons });
    assert!(shop.read().orders_with_tokens(&[Token(11)], 9).unwrap().is_empty());

    let full = line(ID);
    let again = shop.take_one(full.clone());
    assert!(matches!(again, Upsert::Duplicate { enriched: true, changed: true, .. }));
    assert!(again.to_screen());
    assert_eq!(again.order(), answer.order());
    let record = shop.read().order(ID, "").unwrap().unwrap();
    assert_eq!((record.order, record.tokens), full);
    assert_eq!(screened(&shop), Coverage { screened: 1, unscreenable: Vec::new() });
    for token in [11, 12, 13, 15] {
        let found = shop.read().orders_with_tokens(&[Token(token)], 9).unwrap();
        assert_eq!(found, [answer.order()], "token {token}");
    }
    // And the other way round nothing is lost.
    assert!(!shop.take_one(bare(ID)).to_screen());
    assert_eq!(shop.read().order(ID, "").unwrap().unwrap().order, full_order());
}

fn full_order() -> ObservedOrder {
    line(ID).0
}

#[test]
fn an_address_without_street_gives_way_to_one_with_it() {
    let shop = Shop::new();
    let (mut vague, mut tokens) = line(ID);
    vague.ship_to = Address { city: "WUERZBURG".into(), ..Address::default() };
    (tokens.address, tokens.postcode) = (Some(Token(99)), None);
    shop.take_one((vague, tokens));
    assert!(shop.take_one(line(ID)).to_screen());
    let record = shop.read().order(ID, "").unwrap().unwrap();
    assert_eq!(record.order.ship_to, full_order().ship_to);
    assert_eq!(record.tokens.address, Some(Token(15)));
    assert_eq!(shop.read().orders_with_tokens(&[Token(15)], 9).unwrap(), [record.key]);
}

#[test]
fn what_is_there_is_not_overwritten() {
    let shop = Shop::new();
    shop.take_one(line(ID));
    let (mut other, mut tokens) = line(ID);
    other.buyer_name = "Somebody Else".into();
    other.ship_to.lines = vec!["Elsewhere 1".into()];
    (tokens.buyer_name, tokens.address) = (Some(Token(77)), Some(Token(78)));
    let answer = shop.take_one((other, tokens));
    assert!(matches!(answer, Upsert::Duplicate { enriched: false, changed: false, .. }));
    assert_eq!(shop.read().order(ID, "").unwrap().unwrap().order, full_order());
}

#[test]
fn a_status_only_moves_forward() {
    use OrderStatus::{Cancelled, Pending, Shipped, Unknown, Unshipped};
    let shop = Shop::new();
    let seen = |status| {
        let (mut order, tokens) = line(ID);
        order.status = status;
        order.cancel_requested = status == Cancelled;
        shop.take_one((order, tokens));
        shop.read().order(ID, "").unwrap().unwrap().order
    };
    for (report, stored) in [
        (Pending, Pending),
        (Unknown, Pending),
        (Unshipped, Unshipped),
        (Pending, Unshipped),
        (Shipped, Shipped),
        (Unshipped, Shipped),
    ] {
        assert_eq!(seen(report).status, stored, "after {report:?}");
    }
    let cancelled = seen(Cancelled);
    assert!(cancelled.status == Cancelled && cancelled.cancel_requested);
    // One line cancelled, another on its way: the order is on its way.
    let (mut second, tokens) = line(ID);
    (second.item_id, second.sku, second.status) = ("2".into(), "X".into(), Shipped);
    shop.take_one((second, tokens));
    assert_eq!(shop.read().order(ID, "").unwrap().unwrap().order.status, Shipped);
}

#[test]
fn the_marketplace_and_the_date_are_filled_in() {
    let shop = Shop::new();
    let (mut vague, tokens) = line(ID);
    (vague.channel, vague.purchased_at) = (Channel::default(), None);
    shop.take_one((vague, tokens));
    assert!(matches!(shop.take_one(line(ID)), Upsert::Duplicate { changed: true, .. }));
    assert_eq!(shop.read().order(ID, "").unwrap().unwrap().order, full_order());
    let (at, marketplace): (i64, i64) = shop
        .conn
        .query_row("SELECT at, marketplace FROM order_dates", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!((at, marketplace), (super::at(-60_000).millis(), 1));
    assert_eq!(shop.read().marketplaces().unwrap(), ["Amazon.de"]);
    // The same ID on another marketplace is another order.
    let (mut other, tokens) = line(ID);
    other.channel = Channel("Amazon.fr".into());
    assert!(is_new(shop.take_one((other, tokens))));
    assert_eq!(shop.read().orders_by_id(ID).unwrap().len(), 2);
}

#[test]
fn order_ids_that_share_a_number_are_different_orders() {
    let shop = Shop::new();
    let lines = [line("302-0000001-0000001"), line("30-20000001-0000001")];
    assert!(shop.take(&lines).into_iter().all(is_new));
    assert!(shop.take(&lines).into_iter().all(|answer| !is_new(answer)));
    assert_eq!(shop.read().order_count().unwrap(), 2);
    for (order, _) in &lines {
        let found = shop.read().orders_by_id(&order.order_id).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].order.order_id, order.order_id);
    }
}

// Numbers are stored. If this fails, orders of existing vaults are imported a second time.
#[test]
fn numbers_of_orders_are_frozen() {
    use super::super::orders::number;
    assert_eq!(number("302-0000001-0000001"), 30_200_000_010_000_001);
    assert_eq!(number("S01-1234567-7654321"), 6_049_144_184_723_762_789);
    assert_eq!(number("s01-1234567-7654321"), number("S01-1234567-7654321"));
    assert_eq!(number(""), number(""));
    assert_ne!(number("1234567890123456789"), number("123456789012345678"));
}

#[test]
fn tokens_read_back_in_every_combination_of_fields() {
    let mut room = [0; super::super::tokens::ROOM];
    for present in 0..1u16 << 15 {
        let token = |bit: u16| {
            (present >> bit & 1 == 1).then(|| Token(i64::from(bit) - 5).0 << 40).map(Token)
        };
        let row = OrderTokenRow {
            alias: token(0),
            marketplace_id: token(1),
            phone: token(2),
            ship_phone: token(3),
            user_name: token(4),
            order_id: token(5),
            buyer_name: token(6),
            buyer_family: token(7),
            recipient_name: token(8),
            recipient_family: token(9),
            address: token(10),
            postcode: token(11),
            address_without_district: token(12),
            country: token(13),
            building: token(14),
            alias_shared: present & 1 == 1,
            phone_shared: present & 2 == 2,
            ship_phone_shared: present & 4 == 4,
            meaningless: present & 8 == 8,
        };
        assert_eq!(OrderTokenRow::decode(row.encode(&mut room)), Some(row));
    }
    let full = line(ID).1;
    let bytes = full.encode(&mut room).to_vec();
    for cut in 0..bytes.len() {
        assert_eq!(OrderTokenRow::decode(&bytes[..cut]), None, "cut at {cut}");
    }
    // Orders that were stored before buildings were told apart stay readable.
    let earlier = OrderTokenRow { alias: Some(Token(7)), ..OrderTokenRow::default() };
    let mut bytes = earlier.encode(&mut room).to_vec();
    bytes[0] = 1;
    assert_eq!(OrderTokenRow::decode(&bytes), Some(earlier));
    assert_eq!(OrderTokenRow::decode(&[3, 0, 0, 0]), None, "a layout of a later version");
}

#[test]
fn a_crowd_is_counted_by_who_pays_or_for_an_address_by_who_receives() {
    let shop = Shop::new();
    let mut lines = Vec::new();
    for n in 0..6_i64 {
        let (mut order, mut tokens) = line(&format!("302-0000001-{n:07}"));
        order.item_id.clear();
        // One buyer sends gifts to five people at one address; a sixth order names nobody.
        (tokens.recipient_name, tokens.recipient_family) = (Some(Token(100 + n)), None);
        if n == 5 {
            (tokens.buyer_name, tokens.buyer_family) = (None, None);
            tokens.recipient_name = None;
        }
        lines.push((order, tokens));
    }
    shop.take(&lines);
    let read = shop.read();
    let behind = |field, token| read.names_behind(field, Token(token), 9).unwrap().len();
    assert_eq!(behind(ReasonField::Alias, 11), 1);
    assert_eq!(behind(ReasonField::Phone, 12), 1);
    assert_eq!(behind(ReasonField::Address, 15), 5);
    assert_eq!(behind(ReasonField::Alias, 15), 0, "an address is no alias");
    assert_eq!(behind(ReasonField::Alias, 404), 0);
    assert_eq!(read.names_behind(ReasonField::Address, Token(15), 2).unwrap().len(), 2);
}

#[test]
fn the_one_name_that_a_report_carries_stands_for_the_other() {
    let shop = Shop::new();
    let mut lines = Vec::new();
    for n in 0..4_i64 {
        let (mut order, mut tokens) = line(&format!("302-0000002-{n:07}"));
        order.item_id.clear();
        (tokens.buyer_name, tokens.buyer_family) = (None, None);
        (tokens.recipient_name, tokens.recipient_family) = (Some(Token(200 + n)), None);
        if n > 1 {
            std::mem::swap(&mut tokens.buyer_name, &mut tokens.recipient_name);
        }
        lines.push((order, tokens));
    }
    shop.take(&lines);
    let read = shop.read();
    for (field, token) in [(ReasonField::Alias, 11), (ReasonField::Address, 15)] {
        assert_eq!(read.names_behind(field, Token(token), 9).unwrap().len(), 4, "{field:?}");
    }
}

#[test]
fn runs_of_tokens_find_what_a_scan_finds() {
    let shop = Shop::new();
    let mut filters = TokenFilters::default();
    let mut expected: std::collections::BTreeMap<Token, Vec<OrderKey>> = Default::default();
    let mut made = 0u64;
    // Large batches get runs of their own, small ones share; one large batch is rolled back.
    for (size, kept) in
        [(3, true), (14_000, true), (50, true), (14_000, false), (60, true), (13_900, true)]
    {
        let lines: Vec<_> = (0..size)
            .map(|_| {
                made += 1;
                let (mut order, mut tokens) = line(&format!("{:03}-{made:07}-0000001", 300));
                order.item_id.clear();
                let spread = |salt: u64| {
                    let hash = blake3::hash(&(made % 4_000 * 7 + salt).to_le_bytes());
                    Some(Token(i64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap())))
                };
                (tokens.alias, tokens.address) = (spread(1), spread(2));
                (tokens.phone, tokens.ship_phone) = (spread(3), spread(3));
                (tokens.buyer_name, tokens.recipient_name) = (spread(4), spread(5));
                tokens.order_id = Some(Token(made.cast_signed() << 30));
                (order, tokens)
            })
            .collect();
        shop.conn.execute_batch("BEGIN").unwrap();
        let answers = shop.take(&lines);
        // Asked inside, so that what is rolled back was seen.
        let _ = shop.read().crowd(&mut filters).unwrap();
        shop.conn.execute_batch(if kept { "COMMIT" } else { "ROLLBACK" }).unwrap();
        for ((_, tokens), answer) in lines.iter().zip(answers).filter(|_| kept) {
            for token in tokens.posted() {
                expected.entry(token).or_default().push(answer.order());
            }
        }
    }
    let runs: i64 =
        shop.conn.query_row("SELECT count(*) FROM token_runs", [], |row| row.get(0)).unwrap();
    assert!(runs >= 4, "{runs} runs");
    let read = shop.read();
    let crowd = read.crowd(&mut filters).unwrap();
    for (token, keys) in expected.iter().step_by(17) {
        let plain = read.orders_with_tokens(&[*token], usize::MAX).unwrap();
        assert_eq!(&plain, keys);
        assert_eq!(crowd.orders_with_tokens(&[*token], usize::MAX).unwrap(), plain);
    }
    assert!(crowd.orders_with_tokens(&[Token(3)], 9).unwrap().is_empty());
    // Going through everything finds each order once.
    let (mut after, mut seen) = (OrderKey::FIRST, 0);
    loop {
        let page = read.order_tokens_after(after, 5_000).unwrap();
        let Some((last, _)) = page.last() else { break };
        after = *last;
        seen += page.len();
    }
    assert_eq!(u64::try_from(seen).unwrap(), read.order_count().unwrap());
}

#[test]
fn hostile_texts_are_kept_as_they_are() {
    let shop = Shop::new();
    for (n, text) in
        ["'; DROP TABLE orders; --", "\u{202e}\u{0}x", "🂡\u{fffd}", "%_\\"].iter().enumerate()
    {
        let (mut order, tokens) = line(&format!("302-0000009-000000{n}"));
        for place in [&mut order.buyer_name, &mut order.product, &mut order.ship_to.city] {
            (*text).clone_into(place);
        }
        shop.take_one((order.clone(), tokens));
        let record = shop.read().order(&order.order_id, "").unwrap().unwrap();
        assert_eq!(record.order, order);
    }
}
