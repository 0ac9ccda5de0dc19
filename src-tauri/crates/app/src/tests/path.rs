//! From a first incident to a handled alert.

use crate::{
    Manner, Nothing,
    alerts::{OneAlert, handle::HandleAlert, list::AlertView, snooze::SnoozeAlert},
    buyers::{
        OneBuyer,
        add::{AddBuyer, TypedIdentifier},
        add_from_order::AddBuyerFromOrder,
        list::{BuyerSort, ListBuyers},
        remove_identifier::RemoveIdentifier,
    },
    exhibits::add::{AddExhibits, AddedFile},
    incidents::add::AddIncident,
    listings::{approve::ApproveListing, decline::EndListing, gate::AskGate},
    lookup::find::{Find, LookupItem},
    orders::{
        OneOrder,
        list::{ListOrders, OrderFlag, OrderSort},
    },
    people::{add::AddPerson, switch::SwitchPerson},
    policy::set::ChangePolicy,
    testing::{
        ALIAS, Bench, Line, NAME, PHONE, STREET, fresh, line, not_this_buyer, order_id, report,
        start,
    },
    view::{Approval, OrderMark, TimelineKind},
};
use buyerwatch_domain::{
    AlertState, BuyerId, BuyerStatus, ExhibitKind, ExhibitLink, IdentifierKind, ReasonField,
    ReasonNote, Role, Tier,
};

const CLAUSE: &str = "REVIEW_EXTORTION";

fn gate(bench: &Bench, buyer: BuyerId) -> crate::view::GateView {
    bench.desk.listings_gate(AskGate { buyer_id: buyer, clause: CLAUSE.to_owned() }).unwrap()
}

fn ask(buyer: BuyerId) -> AskGate {
    AskGate { buyer_id: buyer, clause: CLAUSE.to_owned() }
}

#[test]
fn flag_refused_exhibit_listed_import_alert_claim_handle() {
    let bench = fresh(Manner::Unattended);
    let desk = &bench.desk;
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS), (IdentifierKind::Name, NAME)]);

    let refused = desk.listings_add(ask(buyer)).unwrap_err();
    assert_eq!(refused.code, "clause_not_met");
    assert_eq!(serde_json::to_value(&refused.params).unwrap()["missing"][0], "incident");

    let incident = desk
        .incidents_add(AddIncident {
            buyer_id: buyer,
            clause: CLAUSE.to_owned(),
            at: start().plus_days(-1),
            orders: vec![order_id(77)],
            text: "Demanded a gift for a good review.".to_owned(),
            buyer_version: Some("Says that it was a joke.".to_owned()),
            exhibits: Vec::new(),
            messages: Vec::new(),
        })
        .unwrap();
    assert_eq!(incident.gate.missing, ["message"]);
    assert_eq!(incident.gate.counted, [incident.incident_id]);
    let refused = desk.listings_add(ask(buyer)).unwrap_err();
    assert_eq!(refused.code, "exhibits_missing");
    assert_eq!(refused.reference.len(), 8);

    let handle = bench.handle("chat.png", "pixels");
    let added = desk
        .exhibits_add(AddExhibits {
            files: vec![AddedFile { handle, kind: Some(ExhibitKind::Message) }],
            links: vec![ExhibitLink::Incident { buyer, incident: incident.incident_id }],
            purpose: None,
        })
        .unwrap();
    assert_eq!(added.exhibits[0].name, "chat.png");
    assert!(gate(&bench, buyer).met);
    assert_eq!(gate(&bench, buyer).approval, Approval::NotNeeded);
    let listed = desk.listings_add(ask(buyer)).unwrap();
    assert_eq!(listed.listing.review_due, start().plus_days(90));
    assert_eq!(desk.listings_add(ask(buyer)).unwrap_err().code, "already_listed");

    let mut lines: Vec<Line> = (1..50).map(line).collect();
    lines[7].alias = ALIAS.replace('@', "+9f0c11aa@");
    let record = bench.import(&report(&lines));
    assert_eq!((record.rows, record.orders, record.duplicates, record.skipped), (49, 49, 0, 0));
    assert_eq!((record.screened, record.alerts, record.possible), (49, 1, 0));

    let alerts = bench.open_alerts();
    assert_eq!(alerts.len(), 1);
    let id = alerts[0].id;
    assert_eq!(alerts[0].order_id, order_id(8));
    assert_eq!(alerts[0].buyer_label, "H••• S•••");
    assert_eq!(alerts[0].amount.as_ref().unwrap().amount, "19.90");
    let detail = desk.alerts_get(OneAlert { id }).unwrap();
    assert_eq!(detail.reasons[0].field, ReasonField::Alias);
    assert_eq!(detail.reasons[0].note, ReasonNote::Exact);
    assert_eq!(detail.reasons[0].query.as_deref(), Some("q4z8•••@…amazon.de"));
    assert_eq!(detail.reasons[0].listed.as_deref(), Some("q4z8•••@…amazon.de"));
    assert_eq!(detail.exhibits_present, [ExhibitKind::Message]);
    assert_eq!(detail.criterion_title.en, "Review threat for a refund or gift");
    assert!(detail.history.iter().all(|entry| entry.kind != TimelineKind::Alert));
    assert!(detail.order.is_some());

    let revealed = desk.alerts_reveal(OneAlert { id }).unwrap().values;
    assert_eq!(revealed["reason.0.listed"], ALIAS);
    assert_eq!(revealed["buyer_label"], NAME);
    assert!(revealed["order.ship_to"].contains("Nordstadt"));

    assert_eq!(desk.alerts_claim(OneAlert { id }).unwrap().row.state, AlertState::Claimed);
    assert_eq!(bench.alerts(AlertView::Mine).len(), 1);
    let note = Some("Signature confirmation bought.".to_owned());
    let handled = desk.alerts_handle(HandleAlert { id, note: note.clone() }).unwrap();
    assert_eq!((handled.row.state, handled.note), (AlertState::Handled, note));
    assert!(bench.open_alerts().is_empty());
    assert_eq!(desk.alerts_reopen(OneAlert { id }).unwrap().row.state, AlertState::Claimed);
    let until = start().plus_days(1);
    desk.alerts_snooze(SnoozeAlert { id, until }).unwrap();
    assert!(bench.open_alerts().is_empty());
    assert_eq!(desk.overview_get(Nothing {}).unwrap().alerts.snoozed, 1);
    desk.alerts_reopen(OneAlert { id }).unwrap();
    assert_eq!((bench.open_alerts().len(), bench.alerts(AlertView::Snoozed).len()), (1, 0));
    assert!(desk.journal_verify(Nothing {}).unwrap().ok);
    assert!(desk.open().unwrap().vault().rebuild_check().unwrap().ok);
}

#[test]
fn every_way_to_recognise_and_no_other() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[
        (IdentifierKind::Name, NAME),
        (IdentifierKind::Alias, ALIAS),
        (IdentifierKind::Phone, PHONE),
        (IdentifierKind::Address, &format!("{STREET}, 20095 Hamburg, DE")),
    ]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    let lines = [
        Line { alias: ALIAS.to_owned(), ..line(1) },
        Line { phone: "040 5550163".to_owned(), name: NAME.to_owned(), ..line(2) },
        Line {
            name: NAME.to_owned(),
            street: STREET.to_owned(),
            postal: "20095".to_owned(),
            ..line(3)
        },
        // The same name and postcode at another street.
        Line { name: NAME.to_owned(), postal: "20095".to_owned(), ..line(4) },
        // The name alone, and the address alone.
        Line { name: NAME.to_owned(), ..line(5) },
        Line { street: STREET.to_owned(), postal: "20095".to_owned(), ..line(6) },
        // A number that somebody else with another home has now.
        Line { phone: "040 5550163".to_owned(), ..line(7) },
    ];
    let record = bench.import(&report(&lines));
    assert_eq!((record.alerts, record.possible), (3, 2));
    let mut found: Vec<_> = bench.open_alerts().into_iter().map(|alert| alert.order_id).collect();
    found.sort();
    assert_eq!(found, [order_id(1), order_id(2), order_id(3)]);
    let possible = bench.alerts(AlertView::Possible);
    let mut unsure: Vec<_> = possible.into_iter().map(|of| (of.order_id, of.tier)).collect();
    unsure.sort();
    assert_eq!(unsure, [4, 7].map(|order| (order_id(order), Tier::Possible)));
    let orders = bench
        .desk
        .orders_list(ListOrders {
            flag: OrderFlag::Flagged,
            marketplace: None,
            from: None,
            to: None,
            imported_from: None,
            query: String::new(),
            sort: OrderSort::Purchased,
            descending: true,
            offset: 0,
            limit: 10,
        })
        .unwrap();
    assert_eq!(orders.total, 3);
    assert!(orders.items.iter().all(|order| order.flag == Some(OrderMark::Alert)));
    assert!(orders.items.iter().all(|order| order.buyer_id == Some(buyer)));
    // Who was recognised is not who the order names.
    let first = orders.items.iter().find(|order| order.order_id == order_id(1)).unwrap();
    assert_eq!(first.recognised_label.as_deref(), Some("H••• S•••"));
    assert_ne!(first.buyer_label, "H••• S•••");
}

#[test]
fn a_second_person_confirms_and_only_then_orders_alert() {
    let bench = fresh(Manner::Unattended);
    let desk = &bench.desk;
    desk.policy_set(ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    })
    .unwrap();
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    bench.add_incident(buyer, &[]);
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
    assert_eq!(gate(&bench, buyer).approval, Approval::Needed);
    bench.list(buyer);
    assert_eq!(gate(&bench, buyer).approval, Approval::Waiting);
    assert!(bench.open_alerts().is_empty(), "a proposal alerts nobody");
    let approve = || desk.listings_approve(ApproveListing { buyer_id: buyer });
    assert_eq!(approve().unwrap_err().code, "same_person");

    let lead =
        desk.people_add(AddPerson { name: "Ines Faber".to_owned(), role: Role::Lead }).unwrap();
    desk.people_switch(SwitchPerson { person_id: lead.id }).unwrap();
    let approved = approve().unwrap();
    assert_eq!(approved.row.status, BuyerStatus::Listed);
    assert_eq!(approved.listing.unwrap().approved_by.unwrap().name, "Ines Faber");
    assert_eq!(bench.open_alerts().len(), 1, "what was stored before is looked at");
    let again = bench.other(Manner::Unattended);
    assert_eq!(again.desk.people_list(Nothing {}).unwrap().me, lead.id);

    let cleared =
        desk.listings_clear(EndListing { buyer_id: buyer, reason: "Settled.".to_owned() }).unwrap();
    assert_eq!(cleared.row.status, BuyerStatus::Cleared);
    assert!(bench.open_alerts().is_empty(), "what was raised before ends with the listing");
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(2) }]));
    assert!(bench.open_alerts().is_empty(), "a cleared buyer is seen and alerts nobody");
    let detail = desk.buyers_get(OneBuyer { id: buyer }).unwrap();
    assert_eq!(detail.row.sightings, 2);
}

#[test]
fn a_buyer_from_an_order_is_recorded_without_showing_anything() {
    let bench = fresh(Manner::Unattended);
    let desk = &bench.desk;
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), name: NAME.to_owned(), ..line(1) }]));
    let order = OneOrder { order_id: order_id(1), marketplace: "Amazon.de".to_owned() };
    let carried = desk.orders_identifiers(order.clone()).unwrap();
    let kinds: Vec<_> = carried.identifiers.iter().map(|of| of.kind).collect();
    assert_eq!(
        kinds,
        [
            IdentifierKind::Alias,
            IdentifierKind::Phone,
            IdentifierKind::Name,
            IdentifierKind::Address,
            IdentifierKind::OrderId
        ]
    );
    let shown = serde_json::to_string(&carried).unwrap();
    assert!(!shown.contains(NAME) && !shown.contains(ALIAS), "{shown}");
    let added = desk
        .buyers_add_from_order(AddBuyerFromOrder {
            order_id: order.order_id.clone(),
            marketplace: order.marketplace.clone(),
            kinds: vec![IdentifierKind::Alias, IdentifierKind::Name],
            note: Some("Seen in the queue.".to_owned()),
        })
        .unwrap();
    let detail = desk.buyers_get(OneBuyer { id: added.buyer_id }).unwrap();
    assert_eq!(detail.identifiers.len(), 2);
    assert_eq!(detail.row.sightings, 1, "the order itself is a sighting");
    assert_eq!(added.label, "H••• S•••");
    let again = desk.orders_identifiers(order).unwrap();
    assert_eq!((again.buyer_id, again.existing.len()), (Some(added.buyer_id), 1));
    assert_eq!(again.existing[0].buyer_id, added.buyer_id);
    let plain = desk.buyers_reveal(OneBuyer { id: added.buyer_id }).unwrap();
    assert_eq!(plain.label, NAME);

    // Somebody else under the same alias in other writing is named, and not merged.
    let identifiers =
        vec![TypedIdentifier { kind: IdentifierKind::Alias, value: ALIAS.to_uppercase() }];
    bench.desk.open().unwrap().session().recogniser.ensure(&bench.desk.open().unwrap()).unwrap();
    let second = desk.buyers_add(AddBuyer { identifiers, note: None }).unwrap();
    assert_eq!(second.existing.len(), 1);
    assert_eq!(second.existing[0].buyer_id, added.buyer_id);
    assert_ne!(second.buyer_id, added.buyer_id);
}

#[test]
fn look_up_finds_by_exact_identifier_and_order() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }, line(2)]));
    let find = |query: &str| {
        bench.desk.lookup_find(Find { query: query.to_owned(), message_id: None }).unwrap().items
    };
    for query in [&ALIAS.replace('@', "+aa11bb22@"), "0049 40 5550163", "henrike sollwedel"] {
        let found = find(query);
        assert!(
            found.iter().any(|item| matches!(item, LookupItem::Buyer { id, .. } if *id == buyer)),
            "{query}: {found:?}"
        );
    }
    let found = find(&order_id(2));
    assert!(matches!(&found[..], [LookupItem::Order { order_id: id, .. }] if *id == order_id(2)));
    assert!(find("x").is_empty());
    assert!(find("nobody at all").is_empty());
}

#[test]
fn lists_page_count_and_mask() {
    let bench = fresh(Manner::Unattended);
    for n in 0..25 {
        bench.add_buyer(&[(IdentifierKind::Name, &line(n).name)]);
    }
    let list = |offset, query: &str| {
        bench
            .desk
            .buyers_list(ListBuyers {
                status: None,
                query: query.to_owned(),
                sort: BuyerSort::Name,
                descending: false,
                offset,
                limit: 10,
            })
            .unwrap()
    };
    assert_eq!((list(0, "").total, list(20, "").items.len()), (25, 5));
    assert_eq!(list(0, "").counts.watching, 25);
    let name = line(3).name;
    let found = list(0, &name);
    assert_eq!(found.total, 1);
    assert!(!found.items[0].label.contains(&name));
}

#[test]
fn what_is_refused_changes_nothing_and_names_no_data() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Name, NAME)]);
    let desk = &bench.desk;
    let id = desk.buyers_get(OneBuyer { id: buyer }).unwrap().identifiers[0].id;
    let refused = desk
        .buyers_remove_identifier(RemoveIdentifier {
            buyer_id: buyer,
            identifier_id: id,
            reason: "wrong".to_owned(),
        })
        .unwrap_err();
    assert_eq!(refused.code, "last_identifier");
    let gone = BuyerId::from_bytes([9; 16]);
    assert_eq!(desk.buyers_get(OneBuyer { id: gone }).unwrap_err().code, "not_found");
    let nothing = AddBuyer { identifiers: Vec::new(), note: None };
    assert_eq!(desk.buyers_add(nothing).unwrap_err().code, "no_identifier");
    let again = vec![
        TypedIdentifier { kind: IdentifierKind::Name, value: NAME.to_owned() },
        TypedIdentifier { kind: IdentifierKind::Name, value: NAME.to_owned() },
    ];
    let twice = desk.buyers_add(AddBuyer { identifiers: again, note: None }).unwrap_err();
    assert_eq!(twice.code, "identifier_exists");
    let told = format!("{twice:?}{refused:?}");
    assert!(!told.contains("Henrike") && !told.contains("Sollwedel"), "{told}");
    for line in bench.host.log.lock().unwrap().iter() {
        assert!(!line.contains("Sollwedel"), "{line}");
    }
    assert!(bench.host.log.lock().unwrap().iter().any(|line| line.ends_with(&twice.reference)));
    assert_eq!(desk.overview_get(Nothing {}).unwrap().buyers.watching, 1);
}

#[test]
fn dismissing_as_somebody_else_is_remembered_until_undone() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
    let id = bench.open_alerts()[0].id;
    let dismiss = not_this_buyer(id);
    bench.desk.alerts_dismiss(dismiss).unwrap();
    let pairs = bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap().pair_decisions;
    assert_eq!(pairs.len(), 1);
    assert!(!pairs[0].label.is_empty());
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(2) }]));
    assert!(bench.open_alerts().is_empty());
    // Taken back: what was silenced meanwhile comes up.
    bench.desk.alerts_reopen(OneAlert { id }).unwrap();
    let open: Vec<_> = bench.open_alerts().into_iter().map(|alert| alert.order_id).collect();
    assert_eq!(open.len(), 2, "{open:?}");
}
