//! What lists show, and in which order.

use super::*;
use crate::tables::sightings::record;
use crate::{
    AlertCounts, AlertView, AlertsQuery, BuyerCounts, BuyerSort, BuyersQuery, OrderFilter,
    OrderFlag, OrderSort, OrdersQuery, Sighting, TimelineKind,
};
use buyerwatch_domain::{BuyerStatus, NoteId};

fn buyers(text: &str, sort: BuyerSort) -> BuyersQuery {
    BuyersQuery { status: None, text: text.into(), sort, descending: false, offset: 0, limit: 50 }
}

fn orders(filter: OrderFilter) -> OrdersQuery {
    OrdersQuery {
        filter,
        marketplace: None,
        from: None,
        to: None,
        imported_from: None,
        text: String::new(),
        sort: OrderSort::Purchased,
        descending: true,
        offset: 0,
        limit: 50,
    }
}

fn names(shop: &Shop, query: &BuyersQuery) -> Vec<String> {
    let (_, page) = shop.read().buyers(query).unwrap();
    page.into_iter().map(|buyer| buyer.label.unwrap().value).collect()
}

fn ids(shop: &Shop, query: &OrdersQuery) -> Vec<String> {
    let (total, page) = shop.read().orders(query).unwrap();
    assert_eq!(usize::try_from(total).unwrap(), page.len(), "{query:?}");
    page.into_iter().map(|order| order.order_id).collect()
}

/// Three buyers: one watched, one listed and seen, one cleared.
fn three() -> (Shop, [BuyerId; 3]) {
    let mut shop = Shop::new();
    let watched = shop.add(1, "Émile Zöllner");
    let listed = shop.add(2, "Ada Kurz");
    let cleared = shop.add(3, "山田 花子");
    shop.list(2, listed);
    shop.list(3, cleared);
    shop.run(Command::ClearListing { buyer: cleared, reason: "A mistake.".into() });
    (shop, [watched, listed, cleared])
}

#[test]
fn buyers_are_counted_sorted_and_narrowed() {
    let (shop, [watched, listed, _]) = three();
    let read = shop.read();
    assert_eq!(read.buyer_counts().unwrap(), BuyerCounts { watching: 1, listed: 1, cleared: 1 });
    let by_name = ["Ada Kurz", "Émile Zöllner", "山田 花子"];
    assert_eq!(names(&shop, &buyers("", BuyerSort::Name)), by_name);
    let mut recent = buyers("", BuyerSort::Recent);
    recent.descending = true;
    assert_eq!(names(&shop, &recent), ["山田 花子", "Ada Kurz", "Émile Zöllner"]);
    recent.offset = 2;
    assert_eq!(names(&shop, &recent), ["Émile Zöllner"]);
    let only = BuyersQuery { status: Some(BuyerStatus::Listed), ..recent };
    assert_eq!(read.buyers(&BuyersQuery { offset: 0, ..only }).unwrap().0, 1);

    let summary = read.buyer_summary(listed).unwrap().unwrap();
    assert_eq!(summary.clause.as_deref(), Some("REVIEW_EXTORTION"));
    assert_eq!((summary.incidents, summary.sightings, summary.open_alerts), (1, 0, 0));
    assert!(summary.review_due.is_some() && !summary.awaiting_approval);
    let summary = read.buyer_summary(watched).unwrap().unwrap();
    assert_eq!((summary.clause, summary.review_due, summary.incidents), (None, None, 0));
}

#[test]
fn buyers_are_found_by_any_text_however_it_is_written() {
    let (mut shop, [watched, ..]) = three();
    shop.run(Command::AddIdentifier {
        buyer: watched,
        identifier: NewIdentifier {
            id: IdentifierId::from_bytes([77; 16]),
            kind: IdentifierKind::Phone,
            value: "+49 (30) 555-0199".into(),
        },
    });
    let note = NoteId::from_bytes([5; 16]);
    shop.run(Command::AddNote { buyer: watched, note, text: "Rang twice on MONDAY".into() });
    let zollner = ["Émile Zöllner"];
    for needle in ["zöllner", "ÉMILE", " ａ00001B2 ", "305550199", "030 ", "30 555 0199", "monday"]
    {
        let found = names(&shop, &buyers(needle, BuyerSort::Name));
        let expected: &[&str] = if needle == "030 " { &[] } else { &zollner };
        assert_eq!(found, expected, "{needle}");
    }
    assert_eq!(names(&shop, &buyers("花子", BuyerSort::Name)), ["山田 花子"]);
    assert_eq!(names(&shop, &buyers("%", BuyerSort::Name)), Vec::<String>::new());
    let everybody = shop.read().buyers(&buyers("marketplace", BuyerSort::Recent)).unwrap();
    assert_eq!((everybody.0, everybody.1.len()), (3, 3));
    // What is taken back is no longer found.
    shop.run(Command::RemoveIdentifier {
        buyer: watched,
        identifier: IdentifierId::from_bytes([77; 16]),
        reason: "typo".into(),
    });
    assert_eq!(names(&shop, &buyers("5550199", BuyerSort::Name)), Vec::<String>::new());
}

#[test]
fn searching_sorts_like_listing() {
    let (mut shop, [watched, ..]) = three();
    shop.report(9, watched);
    shop.report(10, watched);
    for sort in [
        BuyerSort::Recent,
        BuyerSort::Name,
        BuyerSort::Incidents,
        BuyerSort::Sightings,
        BuyerSort::ReviewDue,
    ] {
        for descending in [false, true] {
            let all = BuyersQuery { descending, ..buyers("", sort) };
            let found = BuyersQuery { descending, ..buyers("amazon.de", sort) };
            assert_eq!(names(&shop, &all), names(&shop, &found), "{sort:?} {descending}");
        }
    }
}

#[test]
fn pages_follow_one_another_from_both_ends() {
    let mut shop = Shop::new();
    for n in 0..23 {
        let buyer = shop.add(n, &format!("Carla {}", n % 5));
        if n % 3 == 0 {
            shop.list(n, buyer);
        }
    }
    for status in [None, Some(BuyerStatus::Watching), Some(BuyerStatus::Listed)] {
        for descending in [false, true] {
            let query = BuyersQuery { status, descending, ..buyers("", BuyerSort::Name) };
            let (total, whole) = shop.read().buyers(&query).unwrap();
            assert_eq!(whole.len() as u64, total);
            let mut paged = Vec::new();
            for offset in (0..30).step_by(4) {
                let page = BuyersQuery { offset, limit: 4, ..query.clone() };
                paged.extend(shop.read().buyers(&page).unwrap().1);
            }
            assert_eq!(paged, whole, "{status:?} {descending}");
        }
    }
}

#[test]
fn identifiers_are_handed_over_with_whose_they_are() {
    let (mut shop, [watched, listed, _]) = three();
    let shared = IdentifierId::from_bytes(wide(2));
    shop.run(Command::MarkShared { buyer: listed, identifier: shared, shared: true });
    let mut carried = Vec::new();
    shop.read().for_each_identifier(|one| carried.push(one)).unwrap();
    assert_eq!(carried.len(), 6);
    let of = |id| carried.iter().find(|one| one.identifier.id == id).unwrap();
    assert_eq!(of(shared).status, BuyerStatus::Listed);
    assert!(of(shared).identifier.shared);
    let read = shop.read();
    assert_eq!(read.carriers(IdentifierKind::Name, "Émile Zöllner").unwrap(), [watched]);
    assert!(read.carriers(IdentifierKind::Alias, "Émile Zöllner").unwrap().is_empty());
}

#[test]
fn alerts_stand_in_the_views_to_which_they_belong() {
    let (mut shop, [_, listed, _]) = three();
    let id = |n: u32| format!("302-0000001-{n:07}");
    shop.take_one(line(&id(1)));
    let open = shop.raise(1, listed, &id(1), Tier::Alert);
    let possible = shop.raise(2, listed, &id(2), Tier::Possible);
    let mine = shop.raise(3, listed, &id(3), Tier::Alert);
    let asleep = shop.raise(4, listed, &id(4), Tier::Alert);
    let done = shop.raise(5, listed, &id(5), Tier::Alert);
    shop.run(Command::ClaimAlert { alert: mine });
    let until = at(shop.seq * 1000 + 60_000);
    shop.run(Command::SnoozeAlert { alert: asleep, until });
    shop.run(Command::HandleAlert { alert: done, note: Some("Sent with signature".into()) });
    let now = at(shop.seq * 1000);
    let read = shop.read();
    let view = |view, now| {
        let query = AlertsQuery { view, now, text: String::new(), offset: 0, limit: 9 };
        let (total, page) = read.alerts(&query).unwrap();
        assert_eq!(usize::try_from(total).unwrap(), page.len());
        page.into_iter().map(|summary| summary.alert.id).collect::<Vec<_>>()
    };
    assert_eq!(view(AlertView::Open, now), [mine, open]);
    assert_eq!(view(AlertView::Open, until), [asleep, mine, open], "it wakes");
    assert_eq!(view(AlertView::Mine(OWNER), now), [mine]);
    assert_eq!(view(AlertView::Possible, now), [possible]);
    assert_eq!(view(AlertView::Closed, now), [done]);
    assert_eq!(view(AlertView::Snoozed, now), [asleep]);
    assert_eq!(read.next_waking(now).unwrap(), Some(until));
    assert_eq!(read.next_waking(until).unwrap(), None);
    for (text, expected) in
        [(" 0000003 ", vec![mine]), ("ADA k", vec![mine, open]), ("nobody", Vec::new())]
    {
        let (text, view) = (text.to_owned(), AlertView::Open);
        let query = AlertsQuery { view, now, text, offset: 0, limit: 9 };
        let (total, page) = read.alerts(&query).unwrap();
        assert_eq!(usize::try_from(total).unwrap(), page.len());
        let found: Vec<_> = page.into_iter().map(|summary| summary.alert.id).collect();
        assert_eq!(found, expected, "{query:?}");
    }
    let counts = AlertCounts { open: 2, mine: 1, possible: 1, closed: 1, snoozed: 1 };
    assert_eq!(read.alert_counts(OWNER, now).unwrap(), counts);
    let summary = read.alert_summary(open).unwrap().unwrap();
    assert_eq!(summary.clause, "REVIEW_EXTORTION");
    assert_eq!(summary.buyer_label.unwrap().value, "Ada Kurz");
    assert_eq!(summary.order.unwrap().amount.unwrap().amount, "24.90");
    assert_eq!(read.alert_summary(mine).unwrap().unwrap().order, None);
    assert_eq!(read.alerts_of_buyer(listed).unwrap().len(), 5);
    assert_eq!(read.alerts_of_order(&id(3)).unwrap().len(), 1);
    assert_eq!(read.buyer_summary(listed).unwrap().unwrap().open_alerts, 4);
}

fn seen(shop: &Shop, buyer: BuyerId, order: &str, tier: Tier) -> bool {
    let order = shop.read().order(order, "").unwrap().unwrap().key;
    record(&shop.conn, &Sighting { order, buyer, tier, at: at(7) }).unwrap()
}

#[test]
fn a_sighting_counts_once_and_only_gets_surer() {
    let (shop, [watched, listed, _]) = three();
    let answer = shop.take_one(line("302-0000001-0000001"));
    assert!(seen(&shop, watched, "302-0000001-0000001", Tier::Possible));
    assert!(!seen(&shop, watched, "302-0000001-0000001", Tier::Alert));
    assert!(!seen(&shop, watched, "302-0000001-0000001", Tier::Possible));
    assert!(seen(&shop, listed, "302-0000001-0000001", Tier::Alert));
    let read = shop.read();
    let of_order = read.sightings_of_order(answer.order()).unwrap();
    assert!(of_order.len() == 2 && of_order.iter().all(|seen| seen.tier == Tier::Alert));
    assert_eq!(read.sightings_of_buyer(watched, 9).unwrap().len(), 1);
    let summary = read.buyer_summary(watched).unwrap().unwrap();
    assert_eq!((summary.sightings, summary.last_seen_at), (1, Some(at(7))));
}

#[test]
fn flags_say_what_was_recognised() {
    let (mut shop, [watched, listed, cleared]) = three();
    let id = |n: u32| format!("302-0000001-{n:07}");
    for n in 1..=7 {
        let (mut order, tokens) = if n == 7 { bare(&id(n)) } else { line(&id(n)) };
        order.purchased_at = Some(at(i64::from(n)));
        shop.take_one((order, tokens));
    }
    let alert = shop.raise(1, listed, &id(1), Tier::Alert);
    seen(&shop, listed, &id(1), Tier::Alert);
    shop.raise(2, listed, &id(2), Tier::Possible);
    seen(&shop, listed, &id(2), Tier::Possible);
    seen(&shop, watched, &id(3), Tier::Alert);
    seen(&shop, cleared, &id(4), Tier::Alert);
    let dismissed = shop.raise(5, listed, &id(5), Tier::Alert);
    seen(&shop, listed, &id(5), Tier::Alert);
    let note = Some("another person".into());
    shop.run(Command::DismissAlert { alert: dismissed, note, not_this_buyer: true, until: None });
    seen(&shop, watched, &id(6), Tier::Possible);
    let read = shop.read();
    let flag =
        |n| read.order_summary(read.order(&id(n), "").unwrap().unwrap().key).unwrap().unwrap();
    assert_eq!((flag(1).flag, flag(1).alert), (Some(OrderFlag::Alert), Some(alert)));
    assert_eq!(flag(1).buyer, Some(listed));
    assert_eq!(flag(2).flag, Some(OrderFlag::Possible));
    assert_eq!((flag(3).flag, flag(3).buyer), (Some(OrderFlag::Watching), Some(watched)));
    assert_eq!((flag(4).flag, flag(4).buyer), (None, None), "cleared");
    assert_eq!(flag(5).flag, None, "not this buyer");
    assert_eq!(flag(6).flag, Some(OrderFlag::Possible));
    assert_eq!(ids(&shop, &orders(OrderFilter::Flagged)), [id(3), id(1)]);
    assert_eq!(ids(&shop, &orders(OrderFilter::Possible)), [id(6), id(2)]);
    assert_eq!(ids(&shop, &orders(OrderFilter::Unscreenable)), [id(7)]);
    assert_eq!(ids(&shop, &orders(OrderFilter::All)).len(), 7);
    // A buyer who is cleared marks nothing, not even what was handled before.
    shop.run(Command::HandleAlert { alert, note: None });
    assert_eq!(ids(&shop, &orders(OrderFilter::Flagged)), [id(3), id(1)]);
    shop.run(Command::ClearListing { buyer: listed, reason: "Settled.".into() });
    assert_eq!(ids(&shop, &orders(OrderFilter::Flagged)), [id(3)]);
    assert_eq!(ids(&shop, &orders(OrderFilter::Possible)), [id(6)]);
}

#[test]
fn an_identity_that_is_somebody_else_marks_nothing_that_it_raised_before() {
    let (mut shop, [_, listed, _]) = three();
    let id = |n: u32| format!("302-0000001-{n:07}");
    let raise = |shop: &mut Shop, n: u16| {
        let (order, tokens) = line(&id(u32::from(n)));
        shop.take_one((order, tokens));
        seen(shop, listed, &id(u32::from(n)), Tier::Alert);
        let alert = AlertId::from_bytes(wide(n));
        shop.run(Command::RaiseAlert {
            alert,
            buyer: listed,
            order: SeenOrder {
                order_id: id(u32::from(n)),
                marketplace: "Amazon.de".into(),
                at: at(0),
                identity: Token(77),
                message: String::new(),
            },
            tier: Tier::Alert,
            score: 19.25,
            reasons: Vec::new(),
            latency_ms: 40,
        });
        alert
    };
    let handled = raise(&mut shop, 1);
    shop.run(Command::HandleAlert { alert: handled, note: None });
    let alert = raise(&mut shop, 2);
    shop.run(not_this_buyer(alert));
    assert!(ids(&shop, &orders(OrderFilter::Flagged)).is_empty());
    // What is raised all the same, afterwards, does.
    raise(&mut shop, 3);
    assert_eq!(ids(&shop, &orders(OrderFilter::Flagged)), [id(3)]);
}

#[test]
fn orders_are_sorted_narrowed_and_found() {
    let shop = Shop::new();
    let id = |n: u32| format!("302-0000001-{n:07}");
    // Came in as 1, 2, 3; placed as 3, 1, 2; 3 has no date; prices 5, 90, 10.
    for (n, placed, price, channel) in [
        (1, Some(at(-2_000)), "5.00", "Amazon.de"),
        (2, Some(at(-1_000)), "90.00", "Amazon.fr"),
        (3, None, "10.00", "Amazon.de"),
    ] {
        let (mut order, tokens) = line(&id(n));
        order.purchased_at = placed;
        order.channel = Channel(channel.into());
        order.price = Some(Money { amount: price.into(), currency: "EUR".into() });
        order.sku = format!("SKU_{n}%");
        order.product = format!("Lampe Grün {n}");
        shop.take_one((order, tokens));
    }
    let all = || orders(OrderFilter::All);
    let sorted = |sort, descending| ids(&shop, &OrdersQuery { sort, descending, ..all() });
    assert_eq!(sorted(OrderSort::Purchased, true), [id(3), id(2), id(1)], "undated: as it came in");
    assert_eq!(sorted(OrderSort::Purchased, false), [id(1), id(2), id(3)]);
    assert_eq!(sorted(OrderSort::Imported, true), [id(3), id(2), id(1)]);
    assert_eq!(sorted(OrderSort::Amount, false), [id(1), id(3), id(2)]);
    for sort in [OrderSort::Purchased, OrderSort::Imported, OrderSort::Amount] {
        let narrowed = |query: OrdersQuery| ids(&shop, &OrdersQuery { sort, ..query });
        let marketplace = |name: &str| Some(name.to_owned());
        let by = narrowed(OrdersQuery { marketplace: marketplace("amazon.fr"), ..all() });
        assert_eq!(by, [id(2)]);
        let none = narrowed(OrdersQuery { marketplace: marketplace("Amazon.it"), ..all() });
        assert!(none.is_empty());
        let from = narrowed(OrdersQuery { from: Some(at(-1_000)), to: Some(at(0)), ..all() });
        assert_eq!(from, [id(2)], "the end is not part of it");
        let came_in = |ms| narrowed(OrdersQuery { imported_from: Some(at(ms)), ..all() }).len();
        assert_eq!((came_in(0), came_in(1)), (3, 0));
        for (text, found) in [
            ("302-0000001-0000002", vec![id(2)]),
            (" 302-0000001-0000002 ", vec![id(2)]),
            ("0000001-0000003", vec![id(3)]),
            ("sku_1%", vec![id(1)]),
            ("SKU_", vec![id(1), id(2), id(3)]),
            ("lampe grün 2", vec![id(2)]),
            ("U%1", Vec::new()),
            ("404-4044044-4044044", Vec::new()),
        ] {
            let mut by_text = narrowed(OrdersQuery { text: text.into(), ..all() });
            by_text.sort();
            assert_eq!(by_text, found, "{text}");
        }
    }
    let page = OrdersQuery { offset: 1, limit: 1, ..all() };
    let (total, page) = shop.read().orders(&page).unwrap();
    assert_eq!((total, page.len(), &*page[0].order_id), (3, 1, &*id(2)));
    // A whole ID finds one order, and nothing comes after it.
    let behind = OrdersQuery { text: id(2), offset: 1, ..all() };
    let (total, page) = shop.read().orders(&behind).unwrap();
    assert_eq!((total, page.len()), (1, 0));
}

#[test]
fn an_order_is_shown_by_its_first_article_and_by_whom_it_was_recognised_as() {
    let (shop, [_, listed, _]) = three();
    let id = "302-0000001-0000001";
    let (mut first, tokens) = line(id);
    first.quantity = Some(3);
    let mut second = first.clone();
    (second.item_id, second.product, second.quantity) = ("2".into(), "Lampe".into(), Some(4));
    shop.take(&[(first, tokens), (second, tokens)]);
    seen(&shop, listed, id, Tier::Possible);
    let (_, page) = shop.read().orders(&orders(OrderFilter::All)).unwrap();
    let order = &page[0];
    assert_eq!((order.items, order.quantity, &*order.product), (2, Some(3), "Trinkflasche 750 ml"));
    assert_eq!(order.buyer_label.as_ref().unwrap().value, "Ada Kurz");
    assert_eq!((order.buyer, &*order.buyer_name), (Some(listed), "Carla Beispiel"));
}

#[test]
fn coverage_counts_by_when_orders_came_in() {
    let shop = Shop::new();
    let hour = 3_600_000;
    let (early, late) = (line("302-0000001-0000001"), bare("302-0000001-0000002"));
    let take = |ms, (order, tokens): &(ObservedOrder, OrderTokenRow), unscreenable| {
        let line = StoredOrder { order, tokens: *tokens, unscreenable };
        upsert(&shop.conn, origin(ms), &[line]).unwrap();
    };
    take(0, &early, None);
    take(2 * hour, &late, Some(Unscreenable::NoIdentityColumns));
    let screened = |from: Option<i64>, to: Option<i64>| {
        let found = shop.read().coverage(from.map(at), to.map(at)).unwrap();
        (found.screened, found.unscreenable.into_iter().map(|(_, orders)| orders).sum::<u64>())
    };
    assert_eq!(screened(None, None), (1, 1));
    assert_eq!(screened(None, Some(hour)), (1, 0));
    assert_eq!(screened(Some(hour), None), (0, 1));
    assert_eq!(screened(Some(hour), Some(hour)), (0, 0));
    // What a later report adds counts where the order came in.
    take(9 * hour, &line("302-0000001-0000002"), None);
    assert_eq!(screened(Some(hour), Some(3 * hour)), (1, 0));
    assert_eq!(screened(Some(8 * hour), None), (0, 0));
}

#[test]
fn the_timeline_tells_everything_newest_first() {
    use TimelineKind as K;
    let (mut shop, [_, _, buyer]) = three();
    shop.run(Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    });
    let note = NoteId::from_bytes([6; 16]);
    shop.run(Command::AddNote { buyer, note, text: "Called back.".into() });
    let withdrawn = shop.report(20, buyer);
    shop.run(Command::WithdrawIncident { buyer, incident: withdrawn, reason: "Doubled".into() });
    let listing = ListingId::from_bytes([7; 16]);
    shop.run(Command::AddListing { buyer, listing, clause: "REVIEW_EXTORTION".into() });
    let lead = PersonId::from_bytes([2; 16]);
    shop.run(Command::AddPerson { person: lead, name: "Jo".into(), role: Role::Lead });
    let meta = Meta { actor: lead, ..shop.meta(at(900_000)) };
    apply(&shop.conn, &Event::ListingApproved { buyer, listing }, &meta).unwrap();
    let raised = shop.raise(1, buyer, "302-0000001-0000009", Tier::Alert);
    shop.take_one(line("302-0000001-0000009"));
    seen(&shop, buyer, "302-0000001-0000009", Tier::Alert);
    let mut pair = |n: i64, restored: bool| {
        let (identity, reason) = (Token(n), Some("Her brother.".to_owned()));
        let rejected = Event::PairRejected { buyer, identity, reason, ties: None, until: None };
        let meta = shop.meta(at(910_000 + n));
        apply(&shop.conn, &rejected, &meta).unwrap();
        let taken_back = Event::PairRestored { buyer, identity, reason: Some("A slip.".into()) };
        if restored {
            let meta = shop.meta(at(920_000 + n));
            apply(&shop.conn, &taken_back, &meta).unwrap();
        }
    };
    pair(1, false);
    pair(2, true);
    let read = shop.read();
    let entries = read.timeline(buyer, 99).unwrap();
    assert!(entries.is_sorted_by(|a, b| a.at >= b.at));
    assert_eq!(read.timeline_length(buyer).unwrap(), entries.len() as u64);
    let mut kinds: Vec<_> = entries.iter().map(|entry| entry.kind.code()).collect();
    kinds.sort_unstable();
    let expected = [
        "added",
        "alert",
        "approved",
        "cleared",
        "exhibit",
        "exhibit",
        "incident",
        "incident",
        "incident_withdrawn",
        "listed",
        "listing_proposed",
        "not_this_buyer",
        "note",
        "pair_restored",
        "sighting",
    ];
    assert_eq!(kinds, expected);
    let one = |kind| entries.iter().find(|entry| entry.kind == kind).unwrap();
    assert_eq!(one(K::Approved).by, Some(lead));
    assert_eq!(one(K::NotThisBuyer).text.as_deref(), Some("Her brother."));
    assert!(one(K::NotThisBuyer).by.is_some());
    assert_eq!(one(K::Cleared).text.as_deref(), Some("A mistake."));
    assert_eq!(one(K::IncidentWithdrawn).reference, Some(*withdrawn.as_bytes()));
    assert_eq!(one(K::Alert).reference, Some(*raised.as_bytes()));
    assert_eq!(one(K::Sighting).order_id.as_deref(), Some("302-0000001-0000009"));
    assert_eq!(read.timeline(buyer, 3).unwrap(), entries[..3]);
    assert_eq!(read.timeline_length(BuyerId::from_bytes([0; 16])).unwrap(), 0);
}
