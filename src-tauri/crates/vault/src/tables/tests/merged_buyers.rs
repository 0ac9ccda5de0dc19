//! Two records of one person, as the tables answer.

use super::*;
use crate::{AlertView, AlertsQuery, BuyerCounts, BuyerSort, BuyersQuery, Sighting, TimelineKind};
use buyerwatch_domain::BuyerStatus;

fn merge(shop: &mut Shop, into: BuyerId, from: BuyerId) {
    shop.run(Command::MergeBuyers { into, from, reason: Some("One flat".into()) });
}

fn unmerge(shop: &mut Shop, buyer: BuyerId) {
    shop.run(Command::UnmergeBuyers { buyer, reason: "Two brothers".into() });
}

fn listed(shop: &Shop, text: &str) -> Vec<BuyerId> {
    let query = BuyersQuery {
        status: None,
        text: text.to_owned(),
        sort: BuyerSort::Name,
        descending: false,
        offset: 0,
        limit: 9,
    };
    let (total, page) = shop.read().buyers(&query).unwrap();
    assert_eq!(total, page.len() as u64);
    page.into_iter().map(|buyer| buyer.id).collect()
}

fn sight(shop: &mut Shop, buyer: BuyerId, order: crate::OrderKey, tier: Tier) -> bool {
    crate::tables::sightings::record(&shop.conn, &Sighting { order, buyer, tier, at: at(0) })
        .unwrap()
}

#[test]
fn lists_searches_and_counts_show_one_and_afterwards_two_again() {
    let mut shop = Shop::new();
    let (ada, bo) = (shop.add(1, "Ada Kurz"), shop.add(2, "Bo Lindner"));
    shop.list(2, bo);
    let keys: Vec<crate::OrderKey> = (1..=3).map(crate::OrderKey).collect();
    for (buyer, order) in [(ada, keys[0]), (bo, keys[0]), (bo, keys[1])] {
        assert!(sight(&mut shop, buyer, order, Tier::Possible));
    }
    let tables = ["buyers", "identifiers", "incidents", "listings", "buyer_browse", "buyer_search"];
    let read = |shop: &Shop| (shop.read().buyer(ada).unwrap(), shop.read().buyer(bo).unwrap());
    let before = (read(&shop), listed(&shop, ""), shop.read().buyer_summary(bo).unwrap());
    assert_eq!(before.1, [ada, bo]);

    merge(&mut shop, ada, bo);
    assert_eq!((listed(&shop, ""), listed(&shop, "lindner")), (vec![ada], vec![ada]));
    let counts = shop.read().buyer_counts().unwrap();
    assert_eq!(counts, BuyerCounts { listed: 1, ..BuyerCounts::default() });
    let row = shop.read().buyer_summary(bo).unwrap().unwrap();
    assert_eq!((row.id, row.status, row.incidents), (ada, BuyerStatus::Listed, 1));
    // The order in which both were seen counts once.
    assert_eq!((row.sightings, row.label.unwrap().value), (2, "Ada Kurz".to_owned()));
    assert!(row.review_due.is_some());
    assert!(!sight(&mut shop, ada, keys[1], Tier::Alert), "seen as the other one before");
    assert!(sight(&mut shop, ada, keys[2], Tier::Alert));
    assert_eq!(shop.read().buyer_summary(ada).unwrap().unwrap().sightings, 3);
    let history = shop.read().timeline(bo, 99).unwrap();
    let merged = history.iter().find(|entry| entry.kind == TimelineKind::Merged).unwrap();
    assert_eq!(
        (merged.reference, merged.text.as_deref()),
        (Some(*bo.as_bytes()), Some("One flat"))
    );
    let kind = |of: TimelineKind| history.iter().filter(|entry| entry.kind == of).count();
    assert_eq!((kind(TimelineKind::Added), kind(TimelineKind::Listed)), (2, 1));

    unmerge(&mut shop, bo);
    assert_eq!((read(&shop), listed(&shop, "")), (before.0, before.1));
    let row = shop.read().buyer_summary(bo).unwrap();
    assert_eq!(row, before.2);
    // What was seen after the merge stays with the one who stayed.
    assert_eq!(shop.read().buyer_summary(ada).unwrap().unwrap().sightings, 3);
    assert!(shop.read().told_apart(bo, ada).unwrap());
    assert_eq!(shop.read().all_apart().unwrap().len(), 1);
    assert!(tables.iter().all(|table| !super::merging::dump(&shop.conn, table).is_empty()));
}

#[test]
fn alerts_name_whom_their_buyer_is_read_as() {
    let mut shop = Shop::new();
    let (ada, bo) = (shop.add(1, "Ada Kurz"), shop.add(2, "Bo Lindner"));
    shop.list(2, bo);
    let alert = shop.raise(1, bo, "302-0000001-0000002", Tier::Alert);
    merge(&mut shop, ada, bo);
    let query =
        AlertsQuery { view: AlertView::Open, now: at(0), text: "kurz".into(), offset: 0, limit: 9 };
    let (total, page) = shop.read().alerts(&query).unwrap();
    assert_eq!((total, page[0].alert.buyer, page[0].buyer_status), (1, ada, BuyerStatus::Listed));
    assert_eq!(page[0].buyer_label.as_ref().unwrap().value, "Ada Kurz");
    for asked in [ada, bo] {
        assert_eq!(shop.read().alerts_of_buyer(asked).unwrap().len(), 1);
    }
    assert_eq!(shop.read().buyer_summary(ada).unwrap().unwrap().open_alerts, 1);
    shop.run(not_this_buyer(alert));
    unmerge(&mut shop, bo);
    assert_eq!(shop.read().alert(alert).unwrap().unwrap().buyer, bo);
    // Decided while they were one, so it stays with the one who stayed.
    assert_eq!(shop.read().pairs_of(ada).unwrap().len(), 1);
    assert_eq!(shop.read().pairs_of(bo).unwrap(), []);
}
