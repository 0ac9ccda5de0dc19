//! Two records of one person: suggested, merged, screened as one, parted.

use crate::{
    Manner,
    alerts::list::AlertView,
    buyers::{
        OneBuyer, compare::CompareBuyers, dismiss_duplicate::DismissDuplicate,
        duplicates::FindDuplicates, merge::MergeBuyers, unmerge::UnmergeBuyers,
    },
    testing::{ALIAS, Bench, Line, NAME, fresh, line, not_this_buyer, order_id, report},
    view::{BuyerDetail, DuplicateView, TimelineKind},
};
use buyerwatch_domain::{BuyerId, BuyerStatus, Ground, IdentifierKind, ReasonField, ReasonNote};

const SECOND: &str = "q4w8e2r6t1y5u9@marketplace.amazon.de";
const PHONE: &str = "+49 30 5550177";

/// A listed buyer, and a watched one under another alias with the same telephone number.
fn two(bench: &Bench) -> (BuyerId, BuyerId) {
    let listed = bench.add_buyer(&[
        (IdentifierKind::Name, NAME),
        (IdentifierKind::Alias, ALIAS),
        (IdentifierKind::Phone, PHONE),
    ]);
    bench.add_incident(listed, &[]);
    bench.list(listed);
    let watched = bench.add_buyer(&[
        (IdentifierKind::Name, "Quirin Habersack"),
        (IdentifierKind::Alias, SECOND),
        (IdentifierKind::Phone, "+49305550177"),
    ]);
    (listed, watched)
}

fn by(order: u32, alias: &str) -> Line {
    Line { alias: alias.to_owned(), ..line(order) }
}

fn suggested(bench: &Bench, buyer: Option<BuyerId>) -> Vec<DuplicateView> {
    bench.desk.buyers_duplicates(FindDuplicates { buyer_id: buyer }).unwrap().items
}

fn merge(bench: &Bench, into: BuyerId, from: BuyerId) -> BuyerDetail {
    bench.desk.buyers_merge(MergeBuyers { into, from, reason: None }).unwrap()
}

fn unmerge(bench: &Bench, buyer_id: BuyerId) -> BuyerDetail {
    let reason = "Two brothers".to_owned();
    bench.desk.buyers_unmerge(UnmergeBuyers { buyer_id, reason }).unwrap()
}

fn detail(bench: &Bench, id: BuyerId) -> BuyerDetail {
    bench.desk.buyers_get(OneBuyer { id }).unwrap()
}

#[test]
fn who_shares_a_number_is_suggested_with_the_argument_and_never_merged_by_itself() {
    let bench = fresh(Manner::Unattended);
    let (listed, watched) = two(&bench);
    for asked in [None, Some(listed), Some(watched)] {
        let pairs = suggested(&bench, asked);
        assert_eq!(pairs.len(), 1);
        let pair = &pairs[0];
        // Whoever is listed would stay.
        assert_eq!((pair.one.id, pair.other.id), (listed, watched));
        assert_eq!((pair.ground, pair.status), (Ground::Identifier, BuyerStatus::Listed));
        assert!(pair.lists && pair.review_due.is_some());
        let of = |field| pair.reasons.iter().find(|of| of.field == field);
        let phone = of(ReasonField::Phone).unwrap();
        assert_eq!(phone.note, ReasonNote::Exact);
        assert!(!phone.query.as_deref().unwrap().contains("5550177"));
        // The names differ, and that is told, too.
        let conflict = pair.reasons.iter().find(|of| of.note == ReasonNote::Conflict);
        let conflict = conflict.unwrap_or_else(|| panic!("{:?}", pair.reasons));
        assert!(conflict.query.is_some() && conflict.listed.is_some(), "{conflict:?}");
    }
    assert_eq!(detail(&bench, watched).row.id, watched);
}

#[test]
fn the_same_name_at_the_same_flat_is_suggested_and_a_neighbour_or_namesake_is_not() {
    let bench = fresh(Manner::Unattended);
    let add = |name: &str, home: &str| {
        bench.add_buyer(&[(IdentifierKind::Name, name), (IdentifierKind::Address, home)])
    };
    let one = add("Rosalinde Quastenberg", "Fliederstieg 14 Apt 6, 20095 Nordstadt, DE");
    add("Ottokar Brandis", "Fliederstieg 14 Apt 7, 20095 Nordstadt, DE");
    add("Rosalinde Quastenberg", "Birkenring 3, 80331 Suedstadt, DE");
    assert_eq!(suggested(&bench, None), []);
    bench.host.advance(1_000);
    let other = add("Rosalinde Quastenburg", "Fliedersteig 14 Apt 6, 20095 Nordstadt, DE");
    let pairs = suggested(&bench, None);
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert_eq!((pairs[0].one.id, pairs[0].other.id), (one, other));
    assert_eq!(pairs[0].ground, Ground::NameAndHome);
    assert_eq!(suggested(&bench, Some(other)).len(), 1);
}

#[test]
fn an_identifier_of_many_suggests_nobody() {
    let bench = fresh(Manner::Unattended);
    let (listed, watched) = two(&bench);
    let phone = detail(&bench, listed).identifiers[2].id;
    let mark = crate::buyers::mark_shared::MarkShared {
        buyer_id: listed,
        identifier_id: phone,
        shared: true,
    };
    bench.desk.buyers_mark_shared(mark).unwrap();
    assert_eq!(suggested(&bench, None), []);
    let compared = CompareBuyers { one: watched, other: listed };
    let compared = bench.desk.buyers_compare(compared).unwrap();
    let phone = compared.reasons.iter().find(|of| of.field == ReasonField::Phone).unwrap();
    assert_eq!((phone.note, phone.weight), (ReasonNote::Shared, 0.0));
}

#[test]
fn merged_they_are_screened_as_one_and_parted_as_two() {
    let bench = fresh(Manner::Unattended);
    let (listed, watched) = two(&bench);
    // Stored before: only sighted, since the watched one alerts nobody.
    bench.import(&report(&[line(1), by(2, SECOND)]));
    assert!(bench.open_alerts().is_empty());
    let before = detail(&bench, watched);
    assert_eq!(before.row.sightings, 1);

    let whole = merge(&bench, listed, watched);
    assert_eq!((whole.row.id, whole.identifiers.len(), whole.merged.len()), (listed, 6, 1));
    assert_eq!((whole.merged[0].id, whole.row.sightings), (watched, 1));
    // The stored order is one of a listed buyer now, and the alert names who stayed.
    let alerts = bench.open_alerts();
    assert_eq!(alerts.len(), 1);
    assert_eq!((alerts[0].buyer_id, alerts[0].order_id.clone()), (listed, order_id(2)));
    bench.import(&report(&[by(3, SECOND), by(4, ALIAS)]));
    let alerts = bench.open_alerts();
    assert_eq!(alerts.len(), 3);
    assert!(alerts.iter().all(|alert| alert.buyer_id == listed));
    assert_eq!(detail(&bench, watched).row.sightings, 3);
    assert!(detail(&bench, listed).timeline.iter().any(|of| of.kind == TimelineKind::Merged));

    let parted = unmerge(&bench, watched);
    assert_eq!((parted.row.id, parted.row.status), (watched, BuyerStatus::Watching));
    let ids = |of: &BuyerDetail| of.identifiers.iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(ids(&parted), ids(&before));
    // Their order from meanwhile is theirs again; alerts raised for who stayed remain with them.
    assert_eq!(parted.row.sightings, 2);
    assert_eq!(bench.open_alerts().len(), 3);
    bench.import(&report(&[by(5, SECOND)]));
    assert_eq!(bench.open_alerts().len(), 3);
    assert_eq!(detail(&bench, watched).row.sightings, 3);
    // A list that was read anew says the same as one that followed.
    let other = bench.other(Manner::Unattended);
    other.import(&report(&[by(6, SECOND), by(7, ALIAS)]));
    assert_eq!(other.open_alerts().len(), 4);
    let open = bench.desk.open().unwrap();
    assert!(open.vault().rebuild_check().unwrap().ok);
}

#[test]
fn another_program_follows_a_merge() {
    let bench = fresh(Manner::Unattended);
    let (listed, watched) = two(&bench);
    let other = bench.other(Manner::Unattended);
    other.import(&report(&[by(1, SECOND)]));
    assert!(other.open_alerts().is_empty());
    merge(&bench, listed, watched);
    other.import(&report(&[by(2, SECOND)]));
    let alerts = other.alerts(AlertView::Open);
    assert_eq!(alerts.len(), 2);
    assert!(alerts.iter().all(|alert| alert.buyer_id == listed));
}

#[test]
fn two_people_are_suggested_again_only_when_they_share_something_new() {
    let bench = fresh(Manner::Unattended);
    let (listed, watched) = two(&bench);
    let tell = |undo| {
        let asked = DismissDuplicate { one: listed, other: watched, undo, reason: None };
        bench.desk.buyers_dismiss_duplicate(asked).unwrap();
    };
    tell(false);
    assert_eq!(suggested(&bench, None), []);
    let compared = CompareBuyers { one: listed, other: watched };
    assert!(bench.desk.buyers_compare(compared).unwrap().apart.is_some());
    tell(true);
    assert_eq!(suggested(&bench, None).len(), 1);
    tell(false);
    bench.host.advance(60_000);
    let add = |buyer_id| crate::buyers::add_identifier::AddIdentifier {
        buyer_id,
        kind: IdentifierKind::UserName,
        value: "rosa_q_1984".to_owned(),
    };
    bench.desk.buyers_add_identifier(add(listed)).unwrap();
    assert_eq!(suggested(&bench, None), []);
    bench.desk.buyers_add_identifier(add(watched)).unwrap();
    assert_eq!(suggested(&bench, Some(listed)).len(), 1);
    // Merged and parted, they are two people, whatever they share.
    merge(&bench, listed, watched);
    bench.host.advance(60_000);
    unmerge(&bench, watched);
    assert_eq!(suggested(&bench, None), []);
}

#[test]
fn what_was_said_of_each_of_two_counts_when_they_are_one() {
    let bench = fresh(Manner::Unattended);
    let listed = |identifiers: &[(IdentifierKind, &str)]| {
        let buyer = bench.add_buyer(identifiers);
        bench.add_incident(buyer, &[]);
        bench.list(buyer);
        buyer
    };
    let one = listed(&[(IdentifierKind::Alias, ALIAS)]);
    let other = listed(&[(IdentifierKind::Name, NAME), (IdentifierKind::Phone, PHONE)]);
    // Somebody's order resembles both, and is neither's.
    let both = Line { phone: PHONE.to_owned(), name: NAME.to_owned(), ..by(1, ALIAS) };
    bench.import(&report(&[both]));
    assert_eq!(bench.open_alerts().len(), 2);
    for _ in 0..2 {
        bench.desk.alerts_dismiss(not_this_buyer(bench.open_alerts()[0].id)).unwrap();
    }
    merge(&bench, one, other);
    let later = Line { phone: "+49 911 1000009".to_owned(), ..by(2, ALIAS) };
    let record = bench.import(&report(&[later]));
    assert_eq!((record.alerts, record.possible), (0, 0));
}
