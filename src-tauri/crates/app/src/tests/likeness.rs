//! Buyers who write their name and address in another way, and the honest people like them.

use crate::{
    Manner, Nothing,
    alerts::{OneAlert, list::AlertView},
    buyers::add_identifier::AddIdentifier,
    lookup::find::{Find, LookupItem},
    orders::compare::{CompareOrder, Comparison, Silence},
    testing::{Bench, Line, fresh, line, not_this_buyer, order_id, report, start},
    trust::{add::AddTrust, restore_pair::RestorePair},
    view::Named,
};
use buyerwatch_domain::{BuyerId, Event, Ground, IdentifierKind, ReasonField, ReasonNote, Tier};

const NAME: &str = "Rosalinde Quastenberg";
const HOME: &str = "Fliederstieg 14 Apt 6, 20095 Nordstadt, DE";

fn listed(bench: &Bench) -> BuyerId {
    let buyer = bench.add_buyer(&[(IdentifierKind::Name, NAME), (IdentifierKind::Address, HOME)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    buyer
}

fn at(order: u32, name: &str, street: &str, postal: &str) -> Line {
    Line {
        name: name.to_owned(),
        street: street.to_owned(),
        postal: postal.to_owned(),
        ..line(order)
    }
}

/// The listed buyer with a slip in either name.
fn misspelt(order: u32) -> Line {
    at(order, "Rosalinde Quastenburg", "Fliedersteig 14 Apt 6", "20095")
}

#[test]
fn a_misspelt_name_at_the_same_flat_alerts() {
    let bench = fresh(Manner::Unattended);
    listed(&bench);
    let record = bench.import(&report(&[line(1), misspelt(2)]));
    assert_eq!((record.alerts, record.possible), (1, 0));
    let alert = &bench.open_alerts()[0];
    assert_eq!(alert.tier, Tier::Alert);
    let detail = bench.desk.alerts_get(OneAlert { id: alert.id }).unwrap();
    assert_eq!(detail.ground, Ground::NameAndHome);
    let of = |field| detail.reasons.iter().find(|of| of.field == field).unwrap();
    assert_eq!(of(ReasonField::GivenName).note, ReasonNote::Exact);
    assert_eq!(of(ReasonField::FamilyName).note, ReasonNote::Close);
    assert_eq!(of(ReasonField::Unit).note, ReasonNote::Exact);
    let sum: f64 = detail.reasons.iter().map(|of| of.weight).sum();
    assert!((sum - detail.score).abs() < 1e-6, "{sum} {}", detail.score);
    assert_eq!(of(ReasonField::FamilyName).query.as_deref(), Some("Q•••"));
    let plain = bench.desk.alerts_reveal(OneAlert { id: alert.id }).unwrap().values;
    let family = detail.reasons.iter().position(|of| of.field == ReasonField::FamilyName).unwrap();
    assert_eq!(plain[&format!("reason.{family}.query")], "Quastenburg");
    assert_eq!(plain[&format!("reason.{family}.listed")], "Quastenberg");
}

#[test]
fn neither_namesakes_nor_neighbours_alert() {
    let bench = fresh(Manner::Unattended);
    listed(&bench);
    let record = bench.import(&report(&[
        // A namesake in another town, one in the same town, and a namesake of the given name.
        at(1, NAME, "Birkenring 3", "80331"),
        at(2, "Rosalinde Weidenfeller", "Fliederstieg 14 Apt 6", "20095"),
        // Who lives next door, and who moved in.
        at(3, "Ottokar Brandis", "Fliederstieg 14 Apt 7", "20095"),
        at(4, "Ottokar Brandis", "Fliederstieg 14 Apt 6", "20095"),
    ]));
    assert_eq!(record.alerts, 0);
    assert!(bench.open_alerts().is_empty());
}

#[test]
fn a_housemate_is_only_possible_and_nobody_is_told() {
    let bench = fresh(Manner::Attended);
    listed(&bench);
    let line = at(1, "Leopold Quastenberg", "Fliederstieg 14 Apt 6", "20095");
    let record = bench.import(&report(&[line]));
    assert_eq!((record.alerts, record.possible), (0, 1));
    let possible = bench.alerts(AlertView::Possible);
    let detail = bench.desk.alerts_get(OneAlert { id: possible[0].id }).unwrap();
    assert_eq!(detail.ground, Ground::Household);
    assert!(bench.host.notifications.lock().unwrap().is_empty());
    assert_eq!(bench.desk.overview_get(crate::Nothing {}).unwrap().alerts.open, 0);
}

#[test]
fn a_forwarders_house_never_alerts() {
    let bench = fresh(Manner::Unattended);
    let house = "9302 Airport Way";
    // Who came before makes it a forwarder's: everybody has a suite of their own.
    let customers: Vec<Line> = (1..=20)
        .map(|n| at(n, &line(n + 500).name, &format!("{house} Suite {n}"), "20095"))
        .collect();
    bench.import(&report(&customers));
    let address = format!("{house} Suite 77, 20095 Nordstadt, DE");
    let buyer =
        bench.add_buyer(&[(IdentifierKind::Name, NAME), (IdentifierKind::Address, &address)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    let record = bench.import(&report(&[
        at(101, "Rosalinde Quastenberg", &format!("{house} Suite 40"), "20095"),
        at(102, "Rosalinde Quastenburg", house, "20095"),
        at(103, "Leopold Quastenberg", &format!("{house} Suite 41"), "20095"),
        at(104, "Ottokar Brandis", &format!("{house} Suite 42"), "20095"),
    ]));
    assert_eq!(record.alerts, 0);
    // In a suite of their own they are recognised, slip or not.
    let own = at(105, "Rosalinde Quastenburg", &format!("{house} Suite 77"), "20095");
    assert_eq!(bench.import(&report(&[own])).alerts, 1);
}

#[test]
fn what_is_stored_is_looked_through_when_the_list_gains_somebody() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[line(1), misspelt(2), line(3)]));
    let buyer = bench.add_buyer(&[(IdentifierKind::Name, NAME)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    assert!(bench.open_alerts().is_empty(), "a name alone says nothing");
    let kind = IdentifierKind::Address;
    let add = AddIdentifier { buyer_id: buyer, kind, value: HOME.to_owned() };
    bench.desk.buyers_add_identifier(add).unwrap();
    assert_eq!(bench.open_alerts().len(), 1);
    // Nothing is told twice, whatever is added or imported again.
    let kind = IdentifierKind::Name;
    let value = "Rosi Quastenberg".to_owned();
    bench.desk.buyers_add_identifier(AddIdentifier { buyer_id: buyer, kind, value }).unwrap();
    let record = bench.import(&report(&[misspelt(2)]));
    assert_eq!((record.alerts, record.duplicates), (0, 1));
    assert_eq!(bench.open_alerts().len(), 1);
}

#[test]
fn what_another_program_lists_is_recognised_by_likeness() {
    let window = fresh(Manner::Unattended);
    let script = window.other(Manner::Unattended);
    window.import(&report(&[line(1)]));
    let buyer = listed(&script);
    assert_eq!(window.import(&report(&[misspelt(2)])).alerts, 1);
    script
        .desk
        .listings_clear(crate::listings::decline::EndListing {
            buyer_id: buyer,
            reason: "Settled.".to_owned(),
        })
        .unwrap();
    assert_eq!(window.import(&report(&[misspelt(3)])).alerts, 0);
}

#[test]
fn decisions_silence_likenesses_too() {
    let bench = fresh(Manner::Unattended);
    listed(&bench);
    // One person's orders, each under the same alias.
    let theirs = |order| Line { alias: line(900).alias, ..misspelt(order) };
    bench.import(&report(&[theirs(1)]));
    let id = bench.open_alerts()[0].id;
    let dismiss = not_this_buyer(id);
    bench.desk.alerts_dismiss(dismiss).unwrap();
    bench.import(&report(&[theirs(2)]));
    assert!(bench.open_alerts().is_empty());
    // Somebody else who is as alike still alerts, unless trusted.
    let trust = AddTrust {
        kind: IdentifierKind::Alias,
        value: line(901).alias,
        reason: "Our own test account".to_owned(),
        until: None,
    };
    bench.desk.trust_add(trust).unwrap();
    bench.import(&report(&[Line { alias: line(901).alias, ..misspelt(3) }]));
    assert!(bench.open_alerts().is_empty());
    bench.import(&report(&[misspelt(4)]));
    assert_eq!(bench.open_alerts().len(), 1);
}

fn compare(bench: &Bench, order: u32, buyer_id: BuyerId) -> Comparison {
    let order_id = order_id(order);
    let marketplace = "Amazon.de".to_owned();
    bench.desk.orders_compare(CompareOrder { order_id, marketplace, buyer_id }).unwrap()
}

#[test]
fn any_order_and_buyer_can_be_asked_about() {
    let bench = fresh(Manner::Unattended);
    let buyer = listed(&bench);
    let watched = bench.add_buyer(&[(IdentifierKind::Name, "Ottokar Brandis")]);
    bench.import(&report(&[
        misspelt(1),
        at(2, NAME, "Birkenring 3", "80331"),
        at(3, "Leopold Quastenberg", "Fliederstieg 14 Apt 6", "20095"),
        line(4),
    ]));
    let of = |order| compare(&bench, order, buyer);
    assert_eq!((of(1).tier, of(1).ground), (Some(Tier::Alert), Ground::NameAndHome));
    assert_eq!(of(1).alert_id, Some(bench.open_alerts()[0].id));
    assert!(of(1).score >= of(1).needed && of(1).silences.is_empty());
    // The town is the same, the street is not.
    assert_eq!((of(2).tier, of(2).ground), (Some(Tier::Possible), Ground::NameAlone));
    assert_eq!((of(3).tier, of(3).ground), (Some(Tier::Possible), Ground::Household));
    assert_eq!((of(4).tier, of(4).ground), (None, Ground::TooLittle));
    assert!(of(4).reasons.iter().any(|of| of.note == ReasonNote::Conflict));
    assert_eq!(compare(&bench, 1, watched).silences, [Silence::NotListed]);
    let id = bench.open_alerts()[0].id;
    bench.desk.alerts_dismiss(not_this_buyer(id)).unwrap();
    assert_eq!(of(1).silences, [Silence::NotThisBuyer]);
    // It is managed apart from the alert, and taking it back looks at the order again.
    let pairs = || bench.desk.trust_pairs(Nothing {}).unwrap().items;
    assert_eq!((pairs().len(), pairs()[0].buyer_id), (1, buyer));
    let restore = |reason: &str| RestorePair {
        buyer_id: buyer,
        identity: pairs()[0].pair.identity.clone(),
        reason: reason.to_owned(),
    };
    assert_eq!(bench.desk.trust_restore_pair(restore("")).unwrap_err().code, "empty");
    bench.desk.trust_restore_pair(restore("It was them after all")).unwrap();
    assert!(pairs().is_empty() && of(1).silences.is_empty());
    assert!(bench.desk.open().unwrap().vault().rebuild_check().unwrap().ok);
    let (kind, value) = (IdentifierKind::Alias, line(1).alias);
    bench
        .desk
        .trust_add(AddTrust {
            kind,
            value,
            reason: "Ours".to_owned(),
            until: Some(start().plus_days(7)),
        })
        .unwrap();
    assert_eq!(of(1).silences, [Silence::Trusted]);
    // Its end comes by itself.
    bench.host.advance(8 * 86_400_000);
    assert!(of(1).silences.is_empty());
    assert!(bench.desk.trust_list(Nothing {}).unwrap().items[0].ended);
    let shown = serde_json::to_string(&of(1)).unwrap();
    assert!(!shown.contains("Quastenb") && !shown.contains("Flieder"), "{shown}");
}

#[test]
fn a_pasted_label_finds_its_buyer() {
    let bench = fresh(Manner::Unattended);
    let buyer = listed(&bench);
    for n in 1..40 {
        let Line { name, street, postal, .. } = line(n);
        let address = format!("{street}, {postal} Nordstadt, DE");
        bench.add_buyer(&[(IdentifierKind::Name, &name), (IdentifierKind::Address, &address)]);
    }
    let open = bench.desk.open().unwrap();
    open.session().recogniser.ensure(&open).unwrap();
    let first = |query: &str| {
        let found = bench
            .desk
            .lookup_find(Find { query: query.to_owned(), message_id: None })
            .unwrap()
            .items;
        match found.first() {
            Some(LookupItem::Buyer { id, .. }) => Some(*id),
            _ => None,
        }
    };
    for query in [
        "Rosalinde Quastenberg\nFliederstieg 14 Apt 6\n20095 Nordstadt\nDE",
        "Name: R. Quastenberg\nAddress: Fliedersteig 14 #6\n20095 Nordstadt\n+49 30 1234567",
        "Quastenburg Rosalinde, Fliederstieg 14, 20095 Nordstadt",
        "Rosalinde Quastenburg",
        "rosalinde quast",
        "Fliederstieg 14 Apt 6, 20095 Nordstadt, DE",
    ] {
        assert_eq!(first(query), Some(buyer), "{query}");
    }
    assert_eq!(first("Ottokar Brandis\nBirkenring 3\n80331 Suedstadt"), None);
}

/// Somebody of a name that few bear anywhere else and many in this shop.
fn theirs(order: u32) -> Line {
    at(order, "Rajesh Kumar", "Birkenring 3", "80331")
}

fn rajesh(bench: &Bench) -> BuyerId {
    let home = "Fliederstieg 14, 20095 Nordstadt, DE";
    let buyer =
        bench.add_buyer(&[(IdentifierKind::Name, "Rajesh Kumar"), (IdentifierKind::Address, home)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    buyer
}

#[test]
fn a_verdict_does_not_depend_on_how_orders_are_cut_into_reports_or_on_the_program() {
    let strangers: Vec<Line> = (1..=1_300).map(line).collect();
    let verdict = |bench: &Bench, buyer| {
        let told = compare(bench, 9_001, buyer);
        let raised = bench.alerts(AlertView::Possible).into_iter().chain(bench.open_alerts());
        (raised.map(|raised| raised.tier).collect::<Vec<_>>(), told.tier, told.score, told.today)
    };
    let at_once = fresh(Manner::Unattended);
    let buyer = rajesh(&at_once);
    let all: Vec<Line> = strangers.iter().cloned().chain([theirs(9_001)]).collect();
    at_once.import(&report(&all));
    let at_once = verdict(&at_once, buyer);

    let in_two = fresh(Manner::Unattended);
    let buyer = rajesh(&in_two);
    in_two.import(&report(&strangers));
    in_two.import(&report(&[theirs(9_001)]));
    let same_program = verdict(&in_two, buyer);
    let other_program = verdict(&in_two.other(Manner::Unattended), buyer);

    let by_two = fresh(Manner::Unattended);
    let buyer = rajesh(&by_two);
    let (one, other) = strangers.split_at(700);
    by_two.import(&report(one));
    let script = by_two.other(Manner::Unattended);
    script.import(&report(other));
    by_two.import(&report(&[theirs(9_001)]));
    let by_two = verdict(&by_two, buyer);

    assert_eq!(at_once.3, None, "nothing was learnt since: {at_once:?}");
    assert_eq!(at_once, same_program);
    assert_eq!(at_once, other_program);
    assert_eq!(at_once, by_two);
}

#[test]
fn a_raised_alert_is_explained_as_it_was_raised() {
    let bench = fresh(Manner::Unattended);
    let buyer = rajesh(&bench);
    bench.import(&report(&[theirs(9_001)]));
    let raised = bench.alerts(AlertView::Possible).into_iter().chain(bench.open_alerts()).next();
    let raised = bench.desk.alerts_get(OneAlert { id: raised.unwrap().id }).unwrap();
    // From then on half of the shop is called so.
    let namesakes = (1..=1_200).map(|n| Line { name: theirs(n).name, ..line(n) });
    bench.import(&report(&namesakes.collect::<Vec<_>>()));
    for told in
        [compare(&bench, 9_001, buyer), compare(&bench.other(Manner::Unattended), 9_001, buyer)]
    {
        assert_eq!((told.tier, told.score), (Some(raised.row.tier), raised.score));
        assert_eq!((&told.reasons, told.ground), (&raised.reasons, raised.ground));
        assert_eq!((told.alert_id, told.raised_at), (Some(raised.row.id), Some(start())));
        let today = told.today.expect("another verdict today");
        assert_eq!(today.tier, None);
        assert!(today.score < told.score - 1.0, "{today:?} {}", told.score);
    }
}

#[test]
fn what_is_screened_and_not_stored_teaches_nothing() {
    let bench = fresh(Manner::Unattended);
    rajesh(&bench);
    let namesakes: Vec<Line> =
        (1..=1_200).map(|n| Line { name: theirs(n).name, ..line(n) }).collect();
    let file = bench.file("screened.txt", report(&namesakes));
    let open = bench.desk.open().unwrap();
    open.screen(crate::imports::Source::file(&file), &mut |_| true).unwrap();
    bench.import(&report(&[theirs(9_001)]));
    let fresh_one = fresh(Manner::Unattended);
    rajesh(&fresh_one);
    fresh_one.import(&report(&[theirs(9_001)]));
    let scores = |bench: &Bench| {
        let raised = bench.alerts(AlertView::Possible).into_iter().chain(bench.open_alerts());
        let detail = raised.map(|of| bench.desk.alerts_get(OneAlert { id: of.id }).unwrap());
        detail.map(|of| (of.row.tier, of.score)).collect::<Vec<_>>()
    };
    assert_eq!(scores(&bench), scores(&fresh_one));
    assert_eq!(scores(&bench).len(), 1);
}

#[test]
fn the_compared_values_are_shown_and_the_record_keeps_it() {
    let bench = fresh(Manner::Unattended);
    let buyer = listed(&bench);
    bench.import(&report(&[misspelt(1), line(2)]));
    let script = bench.other(Manner::Unattended);
    let script = script.desk.open().unwrap();
    let before = script.vault().cursor().unwrap();
    let looked = || {
        let (_, changes) = script.vault().changes(before.clone()).unwrap();
        let of = |event: (_, Event)| match event.1 {
            Event::ValuesRevealed { buyer: of, order_id } if of == buyer => order_id,
            _ => None,
        };
        changes.events.into_iter().filter_map(of).collect::<Vec<_>>()
    };
    let ask = |order| CompareOrder {
        order_id: order_id(order),
        marketplace: "Amazon.de".to_owned(),
        buyer_id: buyer,
    };
    let masked = compare(&bench, 1, buyer);
    assert!(looked().is_empty());
    let shown = bench.desk.orders_reveal_compared(ask(1)).unwrap();
    assert_eq!(shown.comparison, masked);
    let family = masked.reasons.iter().position(|of| of.field == ReasonField::FamilyName).unwrap();
    assert_eq!(shown.values[&format!("reason.{family}.query")], "Quastenburg");
    assert_eq!(shown.values[&format!("reason.{family}.listed")], "Quastenberg");
    assert_eq!(shown.values["buyer_label"], NAME);
    assert_eq!(looked(), [order_id(1)]);
    // Of an order that is no match, too.
    let shown = bench.desk.orders_reveal_compared(ask(2)).unwrap();
    assert_eq!(shown.comparison.tier, None);
    let query = |of: &String| of.ends_with(".query");
    assert!(shown.values.keys().any(query), "{:?}", shown.values);
    assert_eq!(looked().len(), 2);
}

#[test]
fn whose_name_agreed_is_told_where_another_pays() {
    let bench = fresh(Manner::Unattended);
    let buyer = listed(&bench);
    let paid =
        |order, by: &str| report(&[misspelt(order)]).replacen("Rosalinde Quastenburg", by, 1);
    bench.import(&paid(1, "Ottokar Brandis"));
    bench.import(&report(&[misspelt(2)]));
    let sent = report(&[at(3, "Ottokar Brandis", "Fliederstieg 14 Apt 6", "20095")]);
    bench.import(&sent.replacen("Ottokar Brandis", NAME, 1));
    let named = |order| {
        let told = compare(&bench, order, buyer);
        assert_eq!(told.tier, Some(Tier::Alert));
        let of = |field| told.reasons.iter().find(|of| of.field == field).unwrap().named;
        assert_eq!(of(ReasonField::Street), None);
        of(ReasonField::FamilyName)
    };
    assert_eq!((named(1), named(2), named(3)), (Some(Named::Recipient), None, Some(Named::Buyer)));
    let id = bench.open_alerts().iter().find(|of| of.order_id == order_id(1)).unwrap().id;
    let alert = bench.desk.alerts_get(OneAlert { id }).unwrap();
    assert!(alert.reasons.iter().any(|of| of.named == Some(Named::Recipient)));
}
