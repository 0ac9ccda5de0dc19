//! Honest buyers and known things raise nothing.

use crate::{
    Manner, Nothing,
    alerts::{dismiss::DismissAlert, list::AlertView},
    buyers::{OneBuyer, add_identifier::AddIdentifier, mark_shared::MarkShared},
    incidents::withdraw::WithdrawIncident,
    testing::{
        ALIAS, Line, NAME, PHONE, STREET, fresh, line, not_this_buyer, order_id, report, start,
    },
    trust::{add::AddTrust, reach::AskReach, remove::RemoveTrust},
};
use buyerwatch_domain::{BuyerStatus, IdentifierKind};

fn of_buyer(order: u32) -> Line {
    Line { alias: ALIAS.to_owned(), ..line(order) }
}

#[test]
fn a_trusted_identity_is_silent_until_the_trust_ends() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let trust = bench
        .desk
        .trust_add(AddTrust {
            kind: IdentifierKind::Alias,
            value: ALIAS.to_uppercase(),
            reason: "Our own test purchases.".to_owned(),
            until: None,
        })
        .unwrap();
    assert!(!trust.masked.to_lowercase().contains("v6c1x5m9"));
    let record = bench.import(&report(&[of_buyer(1)]));
    assert_eq!((record.alerts, bench.open_alerts().len()), (0, 0));
    let end = RemoveTrust { id: trust.id, reason: "Account sold.".to_owned() };
    bench.desk.trust_remove(end).unwrap();
    assert_eq!(bench.open_alerts().len(), 1, "what it silenced comes up");
    let nameless = AddTrust {
        kind: IdentifierKind::Name,
        value: "Amazon Customer".to_owned(),
        reason: "x".to_owned(),
        until: None,
    };
    assert_eq!(bench.desk.trust_add(nameless).unwrap_err().code, "unusable_identifier");
}

#[test]
fn an_order_that_the_team_reported_is_seen_and_no_news() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    let known = order_id(1);
    bench.add_incident(buyer, &[known.as_str()]);
    bench.list(buyer);
    let record = bench.import(&report(&[of_buyer(1), of_buyer(2)]));
    assert_eq!(record.alerts, 1);
    assert_eq!(bench.open_alerts()[0].order_id, order_id(2));
    let detail = bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap();
    assert_eq!(detail.row.sightings, 2);
}

#[test]
fn a_withdrawn_incident_reports_nothing_any_more() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    let wrong = order_id(1);
    bench.add_incident(buyer, &[wrong.as_str()]);
    let detail = bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap();
    let incident_id = detail.incidents_list[0].id;
    let reason = "Wrong order.".to_owned();
    let withdraw = WithdrawIncident { buyer_id: buyer, incident_id, reason };
    let detail = bench.desk.incidents_withdraw(withdraw).unwrap();
    assert_eq!(detail.incidents_list[0].withdrawn.as_deref(), Some("Wrong order."));
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    assert_eq!(bench.import(&report(&[of_buyer(1)])).alerts, 1);
}

#[test]
fn watched_buyers_are_seen_and_listing_raises_what_is_stored() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    let record = bench.import(&report(&[of_buyer(1), line(2)]));
    assert_eq!((record.alerts, record.possible), (0, 0));
    let row = bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap().row;
    assert_eq!((row.status, row.sightings), (BuyerStatus::Watching, 1));
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    assert_eq!(bench.open_alerts().len(), 1);
    // A new identifier looks backwards, too, and nothing is raised twice.
    bench.import(&report(&[Line { phone: PHONE.to_owned(), ..line(3) }]));
    assert_eq!(bench.open_alerts().len(), 1);
    let kind = IdentifierKind::Phone;
    let value = "0049 (40) 555 0163".to_owned();
    bench.desk.buyers_add_identifier(AddIdentifier { buyer_id: buyer, kind, value }).unwrap();
    assert_eq!(bench.open_alerts().len(), 2);
    assert_eq!(bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap().row.sightings, 2);
}

#[test]
fn what_many_share_proves_nothing() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    // One alias under several unrelated names: a business relay.
    let crowd: Vec<Line> = (1..=6).map(of_buyer).collect();
    bench.import(&report(&crowd));
    let raised = bench.open_alerts().len();
    let record = bench.import(&report(&[of_buyer(7), of_buyer(8)]));
    assert_eq!(record.alerts, 0, "the alias is known to be shared by now");
    assert_eq!(bench.open_alerts().len(), raised);
    let detail = bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap();
    let alias = detail.identifiers.iter().find(|of| of.kind == IdentifierKind::Alias).unwrap();
    assert!(alias.shared_names.unwrap() >= 3);
}

#[test]
fn a_possible_match_that_becomes_certain_is_announced() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[
        (IdentifierKind::Name, NAME),
        (IdentifierKind::Address, "Quittenstieg 9, 20095 Hamburg, DE"),
    ]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    let moved = Line { name: NAME.to_owned(), postal: "20095".to_owned(), ..line(1) };
    let record = bench.import(&report(&[moved]));
    assert_eq!((record.alerts, record.possible), (0, 1));
    let kind = IdentifierKind::Alias;
    let value = line(1).alias;
    bench.desk.buyers_add_identifier(AddIdentifier { buyer_id: buyer, kind, value }).unwrap();
    assert_eq!(bench.open_alerts().len(), 1);
    assert!(bench.alerts(AlertView::Possible).is_empty());
}

#[test]
fn a_mark_of_shared_silences_and_lifting_it_looks_back() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Phone, PHONE), (IdentifierKind::Name, NAME)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    let detail = bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap();
    let id = detail.identifiers.iter().find(|of| of.kind == IdentifierKind::Phone).unwrap().id;
    let mark = |shared| {
        let mark = MarkShared { buyer_id: buyer, identifier_id: id, shared };
        bench.desk.buyers_mark_shared(mark).unwrap()
    };
    assert!(mark(true).identifiers.iter().any(|of| of.shared));
    let hers = Line { phone: PHONE.to_owned(), name: NAME.to_owned(), ..line(1) };
    bench.import(&report(&[hers]));
    assert!(bench.open_alerts().is_empty());
    mark(false);
    assert_eq!(bench.open_alerts().len(), 1);
}

#[test]
fn only_an_exact_identifier_that_is_new_outdoes_a_not_this_buyer() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    bench.import(&report(&[of_buyer(1)]));
    let id = bench.open_alerts()[0].id;
    let dismiss = not_this_buyer(id);
    bench.desk.alerts_dismiss(dismiss).unwrap();
    bench.import(&report(&[of_buyer(2)]));
    assert!(bench.open_alerts().is_empty());
    bench.host.advance(1_000);
    let add = |kind, value: &str| {
        let add = AddIdentifier { buyer_id: buyer, kind, value: value.to_owned() };
        bench.desk.buyers_add_identifier(add).unwrap()
    };
    // What decided them apart still does.
    let detail = add(IdentifierKind::Address, "Quittenstieg 9, 20095 Hamburg");
    assert_eq!(detail.pair_decisions.len(), 1);
    add(IdentifierKind::Phone, "+49 40 5550164");
    bench.import(&report(&[of_buyer(3)]));
    assert!(bench.open_alerts().is_empty());
    // Nobody knew of this one then.
    add(IdentifierKind::Phone, &line(2).phone);
    let alerts = bench.open_alerts();
    assert_eq!((alerts.len(), alerts[0].order_id.clone()), (1, order_id(2)));
    // It can be decided again, and holds for that, too.
    bench.host.advance(1_000);
    let dismiss = not_this_buyer(alerts[0].id);
    bench.desk.alerts_dismiss(dismiss).unwrap();
    bench.import(&report(&[Line { phone: line(2).phone, ..of_buyer(4) }]));
    assert!(bench.open_alerts().is_empty());
}

#[test]
fn an_identifier_that_a_later_order_brings_outdoes_a_not_this_buyer() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[
        (IdentifierKind::Phone, PHONE),
        (IdentifierKind::Name, NAME),
        (IdentifierKind::Address, "Quittenstieg 9, 20095 Hamburg, DE"),
    ]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    // Alike in name and home, without a number.
    let alike = |order| Line {
        alias: ALIAS.to_owned(),
        name: NAME.to_owned(),
        street: STREET.to_owned(),
        postal: "20095".to_owned(),
        phone: String::new(),
        ..line(order)
    };
    bench.import(&report(&[alike(1)]));
    let alerts = bench.open_alerts();
    assert_eq!(alerts.len(), 1);
    bench.desk.alerts_dismiss(not_this_buyer(alerts[0].id)).unwrap();
    bench.host.advance(1_000);
    bench.import(&report(&[alike(2)]));
    assert!(bench.open_alerts().is_empty(), "what decided them apart still does");
    // The number was on record all the time, and nobody had seen it in an order of theirs.
    bench.import(&report(&[Line { phone: PHONE.to_owned(), ..alike(3) }]));
    let alerts = bench.open_alerts();
    assert_eq!((alerts.len(), alerts[0].order_id.clone()), (1, order_id(3)));
    // Decided again it holds for the number, too.
    bench.desk.alerts_dismiss(not_this_buyer(alerts[0].id)).unwrap();
    bench.import(&report(&[Line { phone: PHONE.to_owned(), ..alike(4) }]));
    assert!(bench.open_alerts().is_empty());
    assert!(bench.desk.open().unwrap().vault().rebuild_check().unwrap().ok);
}

#[test]
fn a_trusted_name_or_home_silences_no_exact_identifier() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[
        (IdentifierKind::Alias, ALIAS),
        (IdentifierKind::Name, NAME),
        (IdentifierKind::Address, "Quittenstieg 9, 20095 Hamburg, DE"),
    ]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    let namesake = |order| Line {
        name: NAME.to_owned(),
        street: STREET.to_owned(),
        postal: "20095".to_owned(),
        ..line(order)
    };
    let trust = |kind, value: &str| {
        let (value, reason) = (value.to_owned(), "Another one".to_owned());
        bench.desk.trust_add(AddTrust { kind, value, reason, until: None }).unwrap()
    };
    let granted = trust(IdentifierKind::Name, NAME);
    bench.import(&report(&[namesake(1)]));
    assert!(bench.open_alerts().is_empty(), "name and home alone");
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..namesake(2) }]));
    let alerts = bench.open_alerts();
    assert_eq!((alerts.len(), alerts[0].order_id.clone()), (1, order_id(2)));
    let end = RemoveTrust { id: granted.id, reason: "Moved away.".to_owned() };
    bench.desk.trust_remove(end).unwrap();
    assert_eq!(bench.open_alerts().len(), 2, "what it silenced comes up");
    trust(IdentifierKind::Address, "Quittenstieg 9, 20095 Hamburg");
    bench.import(&report(&[namesake(3)]));
    assert_eq!(bench.open_alerts().len(), 2);
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..namesake(4) }]));
    assert_eq!(bench.open_alerts().len(), 3);
}

#[test]
fn a_not_this_buyer_has_a_reason_a_face_and_an_end() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    bench.import(&report(&[of_buyer(1)]));
    let id = bench.open_alerts()[0].id;
    let unsaid = DismissAlert { note: None, ..not_this_buyer(id) };
    assert_eq!(bench.desk.alerts_dismiss(unsaid).unwrap_err().code, "reason_needed");
    let day = 86_400_000;
    let until = Some(start().plus_days(7));
    bench.desk.alerts_dismiss(DismissAlert { until, ..not_this_buyer(id) }).unwrap();
    bench.import(&report(&[of_buyer(2)]));
    assert!(bench.open_alerts().is_empty());
    let decided = || bench.desk.trust_pairs(Nothing {}).unwrap().items[0].clone();
    let pair = decided().pair;
    assert_eq!((pair.until, pair.ended), (until, false));
    assert_eq!(pair.order_id, Some(order_id(1)));
    let masked = crate::mask::name(&line(1).name);
    assert_eq!((pair.label.as_str(), pair.reason.as_deref()), (&*masked, Some("Her sister.")));
    // Its end comes by itself, and what it silenced comes up.
    bench.host.advance(8 * day);
    let open = bench.desk.open().unwrap();
    crate::trust::restore_pair::expired(&open, start(), open.now()).unwrap();
    let alerts = bench.open_alerts();
    assert_eq!((alerts.len(), alerts[0].order_id.clone()), (1, order_id(2)));
    assert!(decided().pair.ended);
    let detail = bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap();
    assert!(detail.pair_decisions[0].ended);
    bench.import(&report(&[of_buyer(3)]));
    assert_eq!(bench.open_alerts().len(), 2);
    // Without the plaintext the order is still named.
    let keys: Vec<_> = (1..=3)
        .map(|n| open.vault().read(|read| read.order(&order_id(n), "Amazon.de")).unwrap())
        .map(|found| found.unwrap().key)
        .collect();
    open.purge_orders(&keys).unwrap();
    let pair = decided().pair;
    assert_eq!((pair.label.as_str(), pair.order_id), ("", Some(order_id(1))));
    // Decided again it has no end.
    bench.desk.alerts_dismiss(not_this_buyer(alerts[0].id)).unwrap();
    assert_eq!((decided().pair.until, decided().pair.ended), (None, false));
    assert!(bench.open_alerts().is_empty());
    assert!(open.vault().rebuild_check().unwrap().ok);
}

#[test]
fn how_far_a_trust_reaches_is_told_before_it_is_given() {
    let bench = fresh(Manner::Unattended);
    let named = |order| Line { name: NAME.to_owned(), ..line(order) };
    bench.import(&report(&[named(1), named(2), line(3)]));
    let reach = |kind, value: &str| {
        bench.desk.trust_reach(AskReach { kind, value: value.to_owned() }).unwrap()
    };
    let name = reach(IdentifierKind::Name, &NAME.to_uppercase());
    assert_eq!((name.orders, name.more, name.borne_by_many), (2, false, true));
    let alias = reach(IdentifierKind::Alias, &line(3).alias);
    assert_eq!((alias.orders, alias.borne_by_many), (1, false));
    let home = format!("{}, {} Nordstadt", line(3).street, line(3).postal);
    assert_eq!(reach(IdentifierKind::Address, &home).orders, 1);
    assert_eq!(reach(IdentifierKind::Name, "").orders, 0);
}

#[test]
fn one_account_that_sends_to_several_people_alerts() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    // A report without the buyer's name: who receives stands in for them.
    let gift = |order: u32, recipient: &str| {
        format!(
            "{}\t{order}\t2026-11-18T10:00:00+00:00\t{ALIAS}\tSKU-1\t1\t{recipient}\t{order} Gift Lane\t\
             Nordstadt\t{}\tDE\n",
            order_id(order),
            20_000 + order
        )
    };
    let header = "order-id\torder-item-id\tpurchase-date\tbuyer-email\tsku\tquantity-purchased\t\
                  recipient-name\tship-address-1\tship-city\tship-postal-code\tship-country\n";
    let names = ["Anna Ahorn", "Ben Birke", "Cora Zeder", "Dirk Distel", "Eva Esche", "Finn Farn"];
    let rows: String = names.iter().zip(1..).map(|(name, order)| gift(order, name)).collect();
    let record = bench.import(&format!("{header}{rows}"));
    assert_eq!((record.alerts, record.possible), (6, 0));
}
