//! Honest buyers and known things raise nothing.

use crate::{
    Manner,
    alerts::{dismiss::DismissAlert, list::AlertView},
    buyers::{OneBuyer, add_identifier::AddIdentifier, mark_shared::MarkShared},
    incidents::withdraw::WithdrawIncident,
    testing::{ALIAS, Line, NAME, PHONE, fresh, line, order_id, report},
    trust::{add::AddTrust, remove::RemoveTrust},
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
    bench.import(&report(&[Line { phone: PHONE.to_owned(), ..line(1) }]));
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
    let dismiss = DismissAlert { id, note: None, not_this_buyer: true };
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
    let dismiss = DismissAlert { id: alerts[0].id, note: None, not_this_buyer: true };
    bench.desk.alerts_dismiss(dismiss).unwrap();
    bench.import(&report(&[Line { phone: line(2).phone, ..of_buyer(4) }]));
    assert!(bench.open_alerts().is_empty());
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
