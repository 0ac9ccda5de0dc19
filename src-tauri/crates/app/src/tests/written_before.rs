//! Messages that were stored before their writer came onto the list: told of once, and no others.

use super::mail::letter;
use crate::{
    Manner, Nothing,
    alerts::handle::HandleAlert,
    buyers::add_identifier::AddIdentifier,
    incidents::add::AddIncident,
    messages::{OneMessage, list::ListMessages},
    testing::{
        ALIAS, Bench, Line, NAME, PHONE, STREET, fresh, line, not_this_buyer, order_id, report,
    },
    trust::{add::AddTrust, remove::RemoveTrust},
    view::AlertRow,
};
use buyerwatch_domain::{BuyerId, IdentifierKind, Tier};

const HONEST: &str = "h0000000000001@marketplace.amazon.de";

fn import(bench: &Bench, n: u32, letter: &str) {
    bench.import_file(&bench.file(&format!("{n}.eml"), letter));
}

fn written(bench: &Bench, n: u32, alias: &str, order: &str) {
    import(bench, n, &letter(n, alias, order, &format!("Letter {n}")));
}

/// Alerts on messages, the newest first.
fn told(bench: &Bench) -> Vec<AlertRow> {
    let mut alerts = bench.open_alerts();
    alerts.retain(|alert| alert.message_id.is_some());
    alerts
}

fn text(bench: &Bench, alert: &AlertRow) -> String {
    let detail = bench.desk.alerts_get(crate::alerts::OneAlert { id: alert.id }).unwrap();
    detail.message.unwrap().text.trim().to_owned()
}

fn add(bench: &Bench, buyer_id: BuyerId, kind: IdentifierKind, value: &str) {
    let value = value.to_owned();
    bench.desk.buyers_add_identifier(AddIdentifier { buyer_id, kind, value }).unwrap();
}

#[test]
fn a_conversation_is_told_of_once_when_its_writer_is_listed() {
    let bench = fresh(Manner::Unattended);
    for n in 1..=3 {
        written(&bench, n, ALIAS, &order_id(1));
    }
    written(&bench, 4, HONEST, &order_id(2));
    let forged = letter(5, ALIAS, &order_id(3), "Letter 5");
    import(&bench, 5, &format!("Authentication-Results: mx.example; dkim=fail\r\n{forged}"));
    assert_eq!(told(&bench).len(), 0);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    bench.add_incident(buyer, &[]);
    assert_eq!(told(&bench).len(), 0, "watched only");
    bench.list(buyer);
    let alerts = told(&bench);
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert_eq!((alerts[0].buyer_id, alerts[0].tier), (buyer, Tier::Alert));
    assert_eq!(text(&bench, &alerts[0]), "Letter 3", "the newest");
    // Whatever the list gains, nothing is told twice, neither while somebody is at it nor afterwards.
    add(&bench, buyer, IdentifierKind::Phone, PHONE);
    assert_eq!(told(&bench).len(), 1);
    let handled = HandleAlert { id: alerts[0].id, note: None };
    bench.desk.alerts_handle(handled).unwrap();
    add(&bench, buyer, IdentifierKind::Name, NAME);
    assert_eq!(told(&bench).len(), 0);
    // What comes in now is news.
    written(&bench, 6, ALIAS, &order_id(1));
    assert_eq!(told(&bench).len(), 1);
}

#[test]
fn an_identifier_that_a_listed_buyer_gains_finds_what_was_written() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    written(&bench, 1, HONEST, &order_id(1));
    assert_eq!(told(&bench).len(), 0);
    add(&bench, buyer, IdentifierKind::Alias, HONEST);
    assert_eq!(told(&bench).len(), 1);
    // The same after its text is gone.
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    written(&bench, 1, HONEST, "");
    let open = bench.desk.open().unwrap();
    let later = open.now().plus_days(1);
    assert_eq!(open.vault().write(|tx| tx.purge_messages(later)).unwrap().view, 1);
    add(&bench, buyer, IdentifierKind::Alias, HONEST);
    assert_eq!(told(&bench).len(), 1);
}

#[test]
fn who_is_known_by_the_order_is_found_in_what_was_written_about_it() {
    let bench = fresh(Manner::Unattended);
    let of_buyer = Line { phone: PHONE.to_owned(), ..line(1) };
    let alike = Line {
        name: "Henrike Solwedel".to_owned(),
        street: STREET.to_owned(),
        postal: "20095".to_owned(),
        ..line(2)
    };
    bench.import(&report(&[of_buyer, alike, line(3)]));
    for order in 1..=3 {
        import(&bench, order, &request(order, order));
    }
    let buyer = bench.add_buyer(&[(IdentifierKind::Phone, PHONE)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    let orders = |bench: &Bench| {
        let mut orders: Vec<_> = told(bench).into_iter().map(|alert| alert.order_id).collect();
        orders.sort();
        orders
    };
    assert_eq!(orders(&bench), [order_id(1)]);
    add(&bench, buyer, IdentifierKind::Name, NAME);
    add(&bench, buyer, IdentifierKind::Address, &format!("{STREET}, 20095 Nordstadt, DE"));
    assert_eq!(orders(&bench), [order_id(1), order_id(2)], "and by likeness");
}

fn request(n: u32, order: u32) -> String {
    format!(
        "Message-ID: <r{n}@relay.example>\r\nFrom: <donotreply@amazon.de>\r\n\
         X-Space-Notification-Type: RETURN_REQUEST\r\n\
         Subject: Return authorization request for order {}\r\n\r\nA return was requested.\r\n",
        order_id(order)
    )
}

/// Who on record wrote about an order, as the messages show it.
fn mark(bench: &Bench, order: u32) -> Option<BuyerId> {
    let order_id = Some(order_id(order));
    let ask = ListMessages { order_id, limit: 10, ..ListMessages::default() };
    let row = bench.desk.messages_list(ask).unwrap().items.remove(0);
    let shown = bench.desk.messages_get(OneMessage { id: row.newest.id }).unwrap();
    assert_eq!(row.buyer, shown.buyer);
    row.buyer.map(|buyer| buyer.id)
}

#[test]
fn an_order_that_comes_later_tells_who_wrote_about_it() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Phone, PHONE)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    for n in 1..=2 {
        import(&bench, n, &request(n, 1));
    }
    // By an account that nobody knows, and about an order of somebody honest.
    written(&bench, 3, &line(2).alias, &order_id(2));
    import(&bench, 4, &request(4, 3));
    assert_eq!((told(&bench).len(), mark(&bench, 1), mark(&bench, 2)), (0, None, None));
    let of_buyer = |n| Line { phone: PHONE.to_owned(), ..line(n) };
    let rows = report(&[of_buyer(1), of_buyer(2), line(3)]);
    let record = bench.import(&rows);
    let mut orders: Vec<_> = told(&bench).into_iter().map(|alert| alert.order_id).collect();
    orders.sort();
    assert_eq!(orders, [order_id(1), order_id(2)], "one for each conversation");
    assert_eq!((record.alerts, record.possible), (4, 0), "orders and messages");
    assert_eq!([1, 2, 3].map(|n| mark(&bench, n)), [Some(buyer), Some(buyer), None]);
    // Nothing is told twice, neither by the same report nor by one that knows more.
    assert_eq!(bench.import(&rows).alerts, 0);
    let more = Line { alias: ALIAS.to_owned(), item: 2, ..of_buyer(1) };
    assert_eq!(bench.import(&report(&[more])).alerts, 0);
    assert!(bench.desk.journal_verify(Nothing {}).unwrap().ok);
}

#[test]
fn likeness_and_what_an_order_learns_later_are_noticed_in_what_was_written() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    add(&bench, buyer, IdentifierKind::Address, &format!("{STREET}, 20095 Nordstadt, DE"));
    import(&bench, 1, &request(1, 1));
    // All Orders names nobody: the message waits on.
    let nameless = format!(
        "amazon-order-id\tpurchase-date\torder-status\titem-status\tsales-channel\tsku\n\
         {}\t2026-11-20T10:00:00+00:00\tShipped\tShipped\tAmazon.de\tSKU-1\n",
        order_id(1)
    );
    assert_eq!(bench.import(&nameless).alerts, 0);
    assert_eq!((told(&bench).len(), mark(&bench, 1)), (0, None));
    let alike = Line {
        name: "Henrike Solwedel".to_owned(),
        street: STREET.to_owned(),
        postal: "20095".to_owned(),
        ..line(1)
    };
    bench.import(&report(&[alike]));
    assert_eq!((told(&bench).len(), mark(&bench, 1)), (1, Some(buyer)));
}

#[test]
fn a_conversation_that_was_told_of_by_its_account_is_not_told_of_by_its_order() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[
        (IdentifierKind::MarketplaceId, "A3HX5T9PLQ2WZK"),
        (IdentifierKind::Phone, PHONE),
    ]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    let link = "https://sellercentral.amazon.de/messaging/contact/returns?buyerID=A3HX5T9PLQ2WZK&custType=buyer";
    let with_account = |n| request(n, 1).replace("A return was requested.", link);
    import(&bench, 1, &with_account(1));
    import(&bench, 2, &with_account(2));
    assert_eq!(told(&bench).len(), 1);
    // The order is of another account, by which the writer is another identity.
    bench.import(&report(&[Line { phone: PHONE.to_owned(), ..line(1) }]));
    assert_eq!(told(&bench).len(), 1, "{:?}", told(&bench));
    let handled = HandleAlert { id: told(&bench)[0].id, note: None };
    bench.desk.alerts_handle(handled).unwrap();
    bench.import(&report(&[Line { phone: PHONE.to_owned(), alias: ALIAS.to_owned(), ..line(1) }]));
    assert_eq!(told(&bench).len(), 0, "handled");
}

/// A return request that gives the account of the buyer, and when it was written.
fn by_account(n: u32, order: u32, date: &str) -> String {
    let link = format!(
        "https://sellercentral.amazon.de/messaging/contact/returns?buyerID={ACCOUNT}&custType=buyer"
    );
    let dated = format!("Date: {date}\r\nFrom:");
    request(n, order).replace("A return was requested.", &link).replacen("From:", &dated, 1)
}

const ACCOUNT: &str = "A3HX5T9PLQ2WZK";

fn told_apart(bench: &Bench, alert: &AlertRow) {
    bench.desk.alerts_dismiss(not_this_buyer(alert.id)).unwrap();
}

#[test]
fn who_is_somebody_else_stays_so_when_the_order_tells_more() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::MarketplaceId, ACCOUNT)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    import(&bench, 1, &by_account(1, 1, "Mon, 16 Nov 2026 10:00:00 +0000"));
    bench.host.advance(1_000);
    import(&bench, 2, &by_account(2, 1, "Tue, 17 Nov 2026 10:00:00 +0000"));
    let alerts = told(&bench);
    assert_eq!((alerts.len(), mark(&bench, 1)), (1, Some(buyer)));
    told_apart(&bench, &alerts[0]);
    assert_eq!((told(&bench).len(), mark(&bench, 1)), (0, None));
    // By the order the writer is another identity; the decision was on the account.
    let order = Line { alias: HONEST.to_owned(), ..line(1) };
    bench.import(&report(&[order]));
    import(&bench, 3, &by_account(3, 1, "Wed, 18 Nov 2026 10:00:00 +0000"));
    assert_eq!((told(&bench).len(), mark(&bench, 1)), (0, None), "{:?}", told(&bench));

    // The other way round: decided with the order there, and asked by the account.
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::MarketplaceId, ACCOUNT)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    bench.import(&report(&[Line { alias: HONEST.to_owned(), ..line(1) }]));
    import(&bench, 1, &by_account(1, 1, "Mon, 16 Nov 2026 10:00:00 +0000"));
    told_apart(&bench, &told(&bench)[0]);
    assert_eq!((told(&bench).len(), mark(&bench, 1)), (0, None));
}

#[test]
fn what_was_there_when_somebody_closed_the_conversation_is_no_news() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench
        .add_buyer(&[(IdentifierKind::MarketplaceId, ACCOUNT), (IdentifierKind::Phone, PHONE)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    import(&bench, 1, &by_account(1, 1, "Mon, 16 Nov 2026 10:00:00 +0000"));
    import(&bench, 2, &by_account(2, 1, "Tue, 17 Nov 2026 10:00:00 +0000"));
    bench.host.advance(60_000);
    let handled = HandleAlert { id: told(&bench)[0].id, note: None };
    bench.desk.alerts_handle(handled).unwrap();
    bench.host.advance(60_000);
    bench.import(&report(&[Line { phone: PHONE.to_owned(), ..line(1) }]));
    assert_eq!(told(&bench).len(), 0, "both letters were there");
    import(&bench, 3, &by_account(3, 1, "Wed, 18 Nov 2026 10:00:00 +0000"));
    assert_eq!(told(&bench).len(), 1, "this one was not");
}

#[test]
fn a_trusted_identity_bears_no_mark() {
    let trust = |bench: &Bench| {
        let (kind, value) = (IdentifierKind::Phone, PHONE.to_owned());
        let reason = "A colleague".to_owned();
        bench.desk.trust_add(AddTrust { kind, value, reason, until: None }).unwrap();
    };
    // Of the order in which the buyer was recognised.
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Phone, PHONE)]);
    bench.add_incident(buyer, &[&order_id(1)]);
    bench.list(buyer);
    bench.import(&report(&[Line { phone: PHONE.to_owned(), ..line(1) }]));
    import(&bench, 1, &request(1, 1));
    assert_eq!(mark(&bench, 1), Some(buyer));
    trust(&bench);
    assert_eq!(mark(&bench, 1), None);
    // Of the order, where the account is that of a buyer.
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::MarketplaceId, ACCOUNT)]);
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    trust(&bench);
    bench.import(&report(&[Line { phone: PHONE.to_owned(), ..line(1) }]));
    import(&bench, 1, &by_account(1, 1, "Mon, 16 Nov 2026 10:00:00 +0000"));
    assert_eq!((told(&bench).len(), mark(&bench, 1)), (0, None));
}

#[test]
fn what_the_team_knows_already_stays_silent_when_the_order_comes_and_bears_the_mark() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Phone, PHONE)]);
    import(&bench, 1, &request(1, 1));
    // They reported this very order.
    bench.add_incident(buyer, &[&order_id(1)]);
    bench.list(buyer);
    let of_buyer = report(&[Line { phone: PHONE.to_owned(), ..line(1) }]);
    assert_eq!(bench.import(&of_buyer).alerts, 0);
    assert_eq!((told(&bench).len(), mark(&bench, 1)), (0, Some(buyer)));
}

#[test]
fn trust_keeps_silence_and_its_end_is_noticed() {
    let bench = fresh(Manner::Unattended);
    let trusted = bench
        .desk
        .trust_add(AddTrust {
            kind: IdentifierKind::Alias,
            value: ALIAS.to_owned(),
            reason: "A colleague".to_owned(),
            until: None,
        })
        .unwrap();
    written(&bench, 1, ALIAS, "");
    bench.listed_buyer();
    assert_eq!(told(&bench).len(), 0);
    bench
        .desk
        .trust_remove(RemoveTrust { id: trusted.id, reason: "It was none".to_owned() })
        .unwrap();
    assert_eq!(told(&bench).len(), 1);
}

#[test]
fn what_the_team_reported_itself_and_what_is_somebody_elses_is_no_news() {
    let bench = fresh(Manner::Unattended);
    written(&bench, 1, ALIAS, &order_id(1));
    written(&bench, 2, ALIAS, "");
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    bench.host.advance(10 * 86_400_000);
    let at = |orders: &[String], at: &str| AddIncident {
        buyer_id: buyer,
        clause: "REVIEW_EXTORTION".to_owned(),
        at: at.parse().unwrap(),
        orders: orders.to_vec(),
        text: "Demanded a refund under threat of a bad review.".to_owned(),
        buyer_version: None,
        exhibits: Vec::new(),
        messages: Vec::new(),
    };
    bench.desk.incidents_add(at(&[order_id(1)], "2026-11-24T08:00:00Z")).unwrap();
    bench.desk.incidents_add(at(&[], "2026-11-24T10:00:00Z")).unwrap();
    bench.add_incident(buyer, &[]);
    bench.list(buyer);
    assert_eq!(told(&bench).len(), 0, "{:?}", told(&bench));

    let bench = fresh(Manner::Unattended);
    written(&bench, 1, ALIAS, "");
    let buyer = bench.listed_buyer();
    let alert = told(&bench)[0].id;
    let dismissed = not_this_buyer(alert);
    bench.desk.alerts_dismiss(dismissed).unwrap();
    written(&bench, 2, ALIAS, "");
    add(&bench, buyer, IdentifierKind::UserName, "sollwedel_h");
    assert_eq!(told(&bench).len(), 0);
}
