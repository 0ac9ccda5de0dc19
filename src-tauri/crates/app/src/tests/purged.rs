//! Orders whose plaintext is purged: recognised as before, and the honest ones left in peace as before.

use crate::{
    Manner,
    alerts::list::AlertView,
    orders::compare::CompareOrder,
    testing::{Bench, Line, fresh, line, order_id, report},
};
use buyerwatch_domain::{BuyerId, Ground, IdentifierKind, ReasonField, ReasonNote, Tier};
use buyerwatch_vault::OrderKey;

const NAME: &str = "Rosalinde Quastenberg";
const HOME: &str = "Fliederstieg 14 Apt 6, 20095 Nordstadt, DE";

fn at(order: u32, name: &str, street: &str) -> Line {
    Line {
        name: name.to_owned(),
        street: street.to_owned(),
        postal: "20095".to_owned(),
        ..line(order)
    }
}

/// Takes the plaintext out of every stored order; answers of how many.
pub(super) fn purge(bench: &Bench) -> u64 {
    let open = bench.desk.open().unwrap();
    let orders = open.read(|read| read.order_identities_after(OrderKey::FIRST, 10_000)).unwrap();
    let orders: Vec<OrderKey> = orders.into_iter().map(|(key, _)| key).collect();
    open.purge_orders(&orders).unwrap()
}

fn listed(bench: &Bench) -> BuyerId {
    let buyer = bench.add_buyer(&[(IdentifierKind::Name, NAME), (IdentifierKind::Address, HOME)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    buyer
}

#[test]
fn who_is_listed_later_is_recognised_in_orders_without_plaintext() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[
        line(1),
        at(2, "Rosalinde Quastenburg", "Fliedersteig 14 Apt 6"),
        line(3),
    ]));
    assert_eq!(purge(&bench), 3);
    assert_eq!(purge(&bench), 0, "there is nothing left");
    let open = bench.desk.open().unwrap();
    let left = open.read(|read| read.order(&order_id(2), "")).unwrap().unwrap();
    assert_eq!((&*left.order.recipient_name, left.order.ship_to.lines.len()), ("", 0));
    let buyer = listed(&bench);
    let alerts = bench.open_alerts();
    assert_eq!((alerts.len(), alerts[0].tier), (1, Tier::Alert));
    // The argument can still be asked for.
    let asked =
        CompareOrder { order_id: order_id(2), marketplace: "Amazon.de".into(), buyer_id: buyer };
    let told = bench.desk.orders_compare(asked.clone()).unwrap();
    assert_eq!((told.tier, told.ground), (Some(Tier::Alert), Ground::NameAndHome));
    let of = |field| told.reasons.iter().find(|of| of.field == field).map(|of| of.note);
    assert_eq!(of(ReasonField::GivenName), Some(ReasonNote::Exact));
    assert_eq!(of(ReasonField::FamilyName), Some(ReasonNote::Close));
    let stranger = CompareOrder { order_id: order_id(1), ..asked };
    assert_eq!(bench.desk.orders_compare(stranger).unwrap().tier, None);
    // Nothing is told twice, and what comes in anew is compared by its plaintext again.
    let kind = IdentifierKind::Name;
    let value = "Rosi Quastenberg".to_owned();
    let add = crate::buyers::add_identifier::AddIdentifier { buyer_id: buyer, kind, value };
    bench.desk.buyers_add_identifier(add).unwrap();
    let record = bench.import(&report(&[at(2, "Rosalinde Quastenburg", "Fliedersteig 14 Apt 6")]));
    assert_eq!((record.alerts, record.duplicates), (0, 1));
    assert_eq!(bench.open_alerts().len(), 1);
    assert_eq!(purge(&bench), 1);
}

#[test]
fn equal_names_and_homes_alert_without_plaintext_too() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[at(1, NAME, "Fliederstieg 14 Apt 6")]));
    purge(&bench);
    listed(&bench);
    assert_eq!(bench.open_alerts().len(), 1);
}

#[test]
fn housemates_neighbours_and_namesakes_without_plaintext_do_not_alert() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[
        at(1, "Leopold Quastenberg", "Fliederstieg 14 Apt 6"),
        at(2, "Rosalinde Weidenfeller", "Fliederstieg 14 Apt 6"),
        at(3, "Ottokar Brandis", "Fliederstieg 14 Apt 6"),
        at(4, "Ottokar Brandis", "Fliederstieg 14 Apt 7"),
        Line { postal: "80331".to_owned(), ..at(5, NAME, "Birkenring 3") },
    ]));
    assert_eq!(purge(&bench), 5);
    listed(&bench);
    assert!(bench.open_alerts().is_empty());
    let possible = bench.alerts(AlertView::Possible);
    assert!(possible.iter().any(|alert| alert.order_id == order_id(1)), "a housemate is possible");
}
