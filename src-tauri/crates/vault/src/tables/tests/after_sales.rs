//! Returns, claims and ratings: each once, joined with their order whichever comes first.

use super::*;
use crate::tables::after_sales::note;
use crate::{Joined, Noted};
use buyerwatch_domain::{AfterSale, ClaimKind, ObservedClaim, ObservedFeedback, ObservedReturn};

const ID: &str = "302-0000001-1234567";

fn a_return() -> ObservedReturn {
    ObservedReturn {
        order_id: ID.into(),
        return_id: "D1".into(),
        sku: "SKU-1".into(),
        status: "Pending approval".into(),
        requested_at: Some(at(-5)),
        tracking_id: "1Z".into(),
        ..ObservedReturn::default()
    }
}

fn put(shop: &Shop, observed: impl Into<AfterSale>) -> Noted {
    note(&shop.conn, origin(0), &observed.into()).unwrap()
}

fn order(unscreenable: Option<Unscreenable>, shop: &Shop) {
    let order = ObservedOrder { order_id: ID.into(), ..ObservedOrder::default() };
    let line = StoredOrder { order: &order, tokens: OrderTokenRow::default(), unscreenable };
    upsert(&shop.conn, origin(1), &[line]).unwrap();
}

#[test]
fn each_is_stored_once_and_gains_what_it_lacked() {
    let shop = Shop::new();
    assert!(put(&shop, AfterSale::Return(a_return())).new);
    let again = put(&shop, AfterSale::Return(a_return()));
    assert!(!again.new && !again.changed);
    let later = ObservedReturn {
        status: "Approved".into(),
        resolution: "StandardRefund".into(),
        refunded: Some(Money { amount: "49.90".into(), currency: "EUR".into() }),
        sku: "sku-1".into(),
        ..a_return()
    };
    assert!(put(&shop, AfterSale::Return(later.clone())).changed);
    // An older report comes in again.
    assert!(!put(&shop, AfterSale::Return(a_return())).changed);
    let stored = shop.read().returns_of(ID).unwrap();
    assert_eq!(stored, [ObservedReturn { sku: "SKU-1".into(), ..later }]);
    let other = ObservedReturn { sku: "SKU-2".into(), ..a_return() };
    assert!(put(&shop, AfterSale::Return(other)).new, "another article of the same return");
}

#[test]
fn a_decided_claim_is_not_reopened_by_an_older_report() {
    let shop = Shop::new();
    let claim = |state: &str| {
        AfterSale::Claim(ObservedClaim {
            order_id: ID.into(),
            kind: ClaimKind::SafeT,
            claim_id: "7".into(),
            state: state.into(),
            ..ObservedClaim::default()
        })
    };
    for state in ["Under review", "Granted", "Under review", "Reversed", "Pending"] {
        put(&shop, claim(state));
    }
    let stored = shop.read().claims_of(ID).unwrap();
    assert_eq!((stored.len(), &*stored[0].state), (1, "Reversed"));
    let a_to_z = ObservedClaim { order_id: ID.into(), ..ObservedClaim::default() };
    assert!(put(&shop, AfterSale::Claim(a_to_z)).new, "the other kind is another claim");
}

#[test]
fn they_gain_their_order_whichever_comes_first() {
    let shop = Shop::new();
    let first = put(&shop, AfterSale::Return(a_return()));
    assert_eq!((first.order, first.unscreenable), (None, Some(Unscreenable::OrderUnknown)));
    let unknown = Joined { order_unknown: 1, ..Joined::default() };
    assert_eq!(
        shop.read().after_sales_joined().unwrap(),
        [unknown, Joined::default(), Joined::default()]
    );
    order(None, &shop);
    let screened = Joined { screened: 1, ..Joined::default() };
    assert_eq!(shop.read().after_sales_joined().unwrap()[0], screened);
    let rating =
        ObservedFeedback { order_id: ID.into(), rating: Some(1), ..ObservedFeedback::default() };
    let noted = put(&shop, AfterSale::Feedback(rating));
    assert!(noted.order.is_some());
    assert_eq!(noted.unscreenable, None);
}

#[test]
fn a_revised_rating_takes_the_place_of_the_one_before() {
    let shop = Shop::new();
    let rated = |at, rating, comment: &str| {
        AfterSale::Feedback(ObservedFeedback {
            order_id: ID.into(),
            at,
            rating,
            comment: comment.into(),
            ..ObservedFeedback::default()
        })
    };
    let stored = |shop: &Shop| {
        let found = shop.read().feedback_of(ID).unwrap().remove(0);
        (found.at, found.rating, found.comment)
    };
    put(&shop, rated(Some(at(-5)), Some(1), "Broken"));
    assert!(put(&shop, rated(Some(at(-3)), Some(5), "Replaced at once")).changed);
    let revised = (Some(at(-3)), Some(5), "Replaced at once".to_owned());
    assert_eq!(stored(&shop), revised);
    // An older report, or one without a date, takes nothing back.
    assert!(!put(&shop, rated(Some(at(-5)), Some(1), "Broken")).changed);
    assert!(!put(&shop, rated(None, Some(2), "")).changed);
    // One that leaves the stars out says nothing of them.
    put(&shop, rated(Some(at(-3)), None, ""));
    assert_eq!(stored(&shop), revised);
    // Of the same date the report that came in last counts.
    put(&shop, rated(Some(at(-3)), Some(4), ""));
    assert_eq!(stored(&shop).1, Some(4));
    // Of none, too.
    let shop = Shop::new();
    put(&shop, rated(None, Some(1), ""));
    put(&shop, rated(None, Some(3), ""));
    assert_eq!(stored(&shop).1, Some(3));
}

#[test]
fn an_order_that_says_nothing_of_its_buyer_does_not_count_as_screened() {
    let shop = Shop::new();
    order(Some(Unscreenable::NoIdentityColumns), &shop);
    let noted = put(&shop, AfterSale::Return(a_return()));
    assert_eq!(noted.unscreenable, Some(Unscreenable::NoIdentityColumns));
    let joined = Joined { order_unscreenable: 1, ..Joined::default() };
    assert_eq!(shop.read().after_sales_joined().unwrap()[0], joined);
}

#[test]
fn they_are_found_by_date_and_purged_of_texts_alone() {
    let shop = Shop::new();
    put(&shop, AfterSale::Return(a_return()));
    let rating = ObservedFeedback {
        order_id: ID.into(),
        comment: "Never came".into(),
        ..ObservedFeedback::default()
    };
    put(&shop, AfterSale::Feedback(rating));
    assert_eq!(shop.read().returns_between(at(-5), at(-4)).unwrap().len(), 1);
    assert_eq!(shop.read().returns_between(at(-4), at(9)).unwrap().len(), 0, "the report dates it");
    assert_eq!(shop.read().feedback_between(at(0), at(1)).unwrap().len(), 1);
    assert_eq!(super::super::after_sales::purge(&shop.conn, at(0)).unwrap(), 0);
    assert_eq!(super::super::after_sales::purge(&shop.conn, at(1)).unwrap(), 2);
    assert_eq!(super::super::after_sales::purge(&shop.conn, at(1)).unwrap(), 0);
    assert_eq!(shop.read().feedback_of(ID).unwrap()[0].comment, "");
    let left = ObservedReturn { tracking_id: String::new(), ..a_return() };
    assert_eq!(shop.read().returns_of(ID).unwrap(), [left]);
}

#[test]
fn the_tables_come_to_a_vault_of_the_first_version() {
    let conn = Connection::open_in_memory().unwrap();
    for sql in [crate::journal::SCHEMA_1, crate::tables::SCHEMA_1].into_iter().flatten() {
        conn.execute_batch(sql).unwrap();
    }
    conn.pragma_update(None, "user_version", 1).unwrap();
    schema::migrate(&conn).unwrap();
    note(&conn, origin(0), &AfterSale::Return(a_return())).unwrap();
}
