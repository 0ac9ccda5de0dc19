//! What the program notices by itself: put before a person, decided once, and nobody is listed by it.

use crate::{
    Manner, Nothing,
    buyers::OneBuyer,
    signals::{
        OneSignal, SignalRow,
        accept::AcceptSignal,
        get::SignalDetail,
        list::{ListSignals, SignalsShown},
        reject::RejectSignal,
    },
    testing::{ALIAS, Bench, Line, fresh, line, order_id, report},
    trust::add::AddTrust,
};
use buyerwatch_domain::{BuyerStatus, ExhibitKind, IdentifierKind, SignalId, SignalKind, Verdict};
use std::fmt::Write as _;

/// Orders with their states, as the marketplace's report of all orders tells them.
fn states(orders: &[(u32, &str, &str)]) -> String {
    let mut text =
        "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tbuyer-email\tbuyer-name\n"
            .to_owned();
    for (order, status, alias) in orders {
        let day = 1 + order % 20;
        let _ = writeln!(
            text,
            "{}\t2026-11-{day:02}T10:00:00+00:00\t{status}\tAmazon.de\t{alias}\tHenrike Sollwedel",
            order_id(*order)
        );
    }
    text
}

fn letter(n: u32, text: &str) -> String {
    let (name, host) = ALIAS.split_once('@').unwrap();
    format!(
        "Message-ID: <{n}@relay.example>\r\n\
         From: \"Hanna Sorbe - Amazon Marketplace\" <{name}+c{n:07}@{host}>\r\n\
         Date: Tue, 17 Nov 2026 10:00:{:02} +0000\r\n\
         Subject: Anfrage (Bestellung: {})\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        n % 60,
        order_id(n)
    )
}

const THREAT: &str = "Refund me half or I will leave a one star review.";

impl Bench {
    fn signals(&self, show: SignalsShown) -> Vec<SignalRow> {
        self.desk.signals_list(ListSignals { show, offset: 0, limit: 100 }).unwrap().items
    }

    pub(super) fn open_signals(&self) -> Vec<SignalRow> {
        self.signals(SignalsShown::Open)
    }

    fn signal(&self, row: &SignalRow) -> SignalDetail {
        self.desk.signals_get(OneSignal { id: row.id }).unwrap()
    }

    fn accept(&self, row: &SignalRow) -> AcceptSignal {
        let _ = self;
        AcceptSignal {
            id: row.id,
            buyer_id: None,
            as_new: false,
            text: "Ordered and cancelled again.".to_owned(),
            except: Vec::new(),
        }
    }

    fn reject(&self, row: &SignalRow) {
        self.desk.signals_reject(RejectSignal { id: row.id, reason: None }).unwrap();
    }
}

#[test]
fn cancellations_are_put_before_a_person_who_reports_them() {
    let bench = fresh(Manner::Unattended);
    bench.import(&states(&[
        (1, "Cancelled", ALIAS),
        (2, "Cancelled", ALIAS),
        (4, "Shipped", ALIAS),
    ]));
    assert_eq!(bench.open_signals(), [], "two are not three");
    bench.import(&states(&[(3, "Shipped", ALIAS)]));
    assert_eq!(bench.open_signals(), []);
    // A later report tells that the third was cancelled, too.
    bench.import(&states(&[(3, "Cancelled", ALIAS)]));
    let open = bench.open_signals();
    assert_eq!(open.len(), 1, "{open:?}");
    let signal = &open[0];
    assert_eq!((signal.kind, signal.clause.as_str()), (SignalKind::Cancels, "REPEAT_CANCEL"));
    assert_eq!((signal.count, signal.orders, signal.unsure), (3, 3, 3));
    assert!(!signal.label.is_empty() && !signal.label.contains("Sollwedel"), "{}", signal.label);
    assert_eq!(bench.desk.overview_get(Nothing {}).unwrap().signals, 1);
    let detail = bench.signal(signal);
    let orders: Vec<&str> = detail.basis.iter().map(|one| &*one.order_id).collect();
    assert_eq!(orders, [order_id(1), order_id(2), order_id(3)]);
    assert_eq!((detail.existing.len(), bench.open_alerts().len()), (0, 0));

    let accepted = bench.desk.signals_accept(bench.accept(signal)).unwrap();
    assert_eq!((accepted.incidents.len(), accepted.personal_data_removed), (3, 0));
    // Each incident has its order as it was, so that the clause is met with its evidence.
    assert!(accepted.gate.met, "{:?}", accepted.gate);
    let buyer = bench.desk.buyers_get(OneBuyer { id: accepted.buyer_id }).unwrap();
    assert_eq!(buyer.row.status, BuyerStatus::Watching, "nothing lists by itself");
    let kinds: Vec<ExhibitKind> = buyer.exhibits.iter().map(|of| of.kind).collect();
    assert_eq!(kinds, [ExhibitKind::OrderPage; 3]);
    assert_eq!(bench.open_signals(), []);
    let decided = bench.signals(SignalsShown::Decided);
    assert_eq!(decided.len(), 1);
    assert_eq!(
        (decided[0].verdict, decided[0].buyer_id),
        (Some(Verdict::Accepted), Some(accepted.buyer_id))
    );
    assert_eq!(decided[0].decided_by.as_ref().map(|of| &*of.name), Some("Mara Lindqvist"));
    // The same reports again propose nothing, and deciding again is refused.
    bench.import(&states(&[
        (1, "Cancelled", ALIAS),
        (2, "Cancelled", ALIAS),
        (3, "Cancelled", ALIAS),
    ]));
    assert_eq!(bench.open_signals(), []);
    let again = bench.desk.signals_accept(bench.accept(signal)).unwrap_err();
    assert_eq!(again.code, "choose_buyer", "the buyer is on record by now");
    let again = AcceptSignal { buyer_id: Some(accepted.buyer_id), ..bench.accept(signal) };
    assert_eq!(bench.desk.signals_accept(again).unwrap_err().code, "signal_decided");
    let reopened = bench.desk.signals_reopen(OneSignal { id: signal.id }).unwrap_err();
    assert_eq!(reopened.code, "signal_accepted");
    assert!(bench.desk.journal_verify(Nothing {}).unwrap().ok);
}

#[test]
fn a_rejection_is_remembered_and_can_be_taken_back() {
    let bench = fresh(Manner::Unattended);
    let three = [(1, "Cancelled", ALIAS), (2, "Cancelled", ALIAS), (3, "Cancelled", ALIAS)];
    bench.import(&states(&three));
    let signal = bench.open_signals().remove(0);
    bench.reject(&signal);
    assert_eq!((bench.open_signals(), bench.signals(SignalsShown::Decided).len()), (vec![], 1));
    // Two more cancellations are no three.
    bench.import(&states(&[(4, "Cancelled", ALIAS), (5, "Cancelled", ALIAS)]));
    assert_eq!(bench.open_signals(), []);
    bench.desk.signals_reopen(OneSignal { id: signal.id }).unwrap();
    let open = bench.open_signals();
    assert_eq!(open.iter().map(|of| (of.id, of.count)).collect::<Vec<_>>(), [(signal.id, 5)]);
    // One that is unticked is judged with the others.
    let accept = AcceptSignal { except: vec![order_id(5)], ..bench.accept(&open[0]) };
    assert_eq!(bench.desk.signals_accept(accept).unwrap().incidents.len(), 4);
    assert_eq!(bench.open_signals(), []);
    bench.import(&states(&[(6, "Cancelled", ALIAS), (7, "Cancelled", ALIAS)]));
    assert_eq!(bench.open_signals(), []);
    bench.import(&states(&[(8, "Cancelled", ALIAS)]));
    assert_eq!(bench.open_signals().len(), 1);
}

#[test]
fn returns_and_claims_count_whenever_their_order_comes_in() {
    let bench = fresh(Manner::Unattended);
    let mut returns =
        "Order ID\tReturn request date\tReturn request status\tAmazon RMA ID\tSafeT claim id\tSafeT claim state\n"
            .to_owned();
    let _ = writeln!(returns, "{}\t05-Nov-2026\tApproved\tD1\tS1\tPending", order_id(1));
    bench.import(&returns);
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
    assert_eq!(bench.open_signals(), [], "it is not decided");
    bench.import(&returns.replace("Pending", "Granted"));
    let open = bench.open_signals();
    assert_eq!(open.iter().map(|of| of.kind).collect::<Vec<_>>(), [SignalKind::SafeT]);
    // The claim of an order that nobody knows waits for the order.
    let bench = fresh(Manner::Unattended);
    bench.import(&returns.replace("Pending", "Granted"));
    assert_eq!(bench.open_signals(), []);
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
    assert_eq!(bench.open_signals().len(), 1);
}

/// Returns of orders 1 to `orders`, each with a status, a reason and the ground of a granted SAFE-T claim.
fn returns(orders: u32, status: &str, reason: &str, ground: &str) -> String {
    let mut text = "Order ID\tReturn request date\tReturn request status\tAmazon RMA ID\t\
         Return Reason\tSafeT Action reason\tSafeT claim id\tSafeT claim state\n"
        .to_owned();
    for n in 1..=orders {
        let claim = if ground.is_empty() { "\t" } else { "S1\tGranted" };
        let (id, day) = (order_id(n), 19 + n);
        let _ = writeln!(text, "{id}\t{day}-Nov-2026\t{status}\tD{n}\t{reason}\t{ground}\t{claim}");
    }
    text
}

/// Orders of one account.
fn of_one(orders: impl Iterator<Item = u32>) -> String {
    let mine = |n| Line { alias: ALIAS.to_owned(), name: "Hanna Sorbe".to_owned(), ..line(n) };
    report(&orders.map(mine).collect::<Vec<_>>())
}

#[test]
fn a_return_counts_only_when_it_may_be_the_buyers_doing() {
    let open = |status: &str, reason: &str| {
        let bench = fresh(Manner::Unattended);
        bench.import(&of_one(1..=8));
        bench.import(&returns(5, status, reason, ""));
        bench.open_signals().iter().map(|of| (of.kind, of.count, of.unsure)).collect::<Vec<_>>()
    };
    assert_eq!(open("Approved", "CR-UNWANTED_ITEM"), [(SignalKind::Returns, 5, 0)]);
    assert_eq!(open("Approved", "CR-NO_REASON_GIVEN"), [(SignalKind::Returns, 5, 5)]);
    for (status, reason) in [
        ("Approved", "CR-DEFECTIVE"),
        ("Approved", "CR-DAMAGED_BY_CARRIER"),
        ("Approved", "AMZ-PG-BAD-DESC"),
        ("Cancelled", "CR-UNWANTED_ITEM"),
        ("Denied", "CR-UNWANTED_ITEM"),
    ] {
        assert_eq!(open(status, reason), [], "{status} {reason}");
    }
}

#[test]
fn a_safe_t_claim_about_the_way_of_the_parcel_proposes_nothing() {
    let open = |ground: &str| {
        let bench = fresh(Manner::Unattended);
        bench.import(&of_one(1..=1));
        bench.import(&returns(1, "Approved", "CR-SWITCHEROO", ground));
        bench.open_signals().iter().map(|of| (of.kind, of.unsure)).collect::<Vec<_>>()
    };
    assert_eq!(open("Damaged in transit"), []);
    assert_eq!(open("Buyer returned another item"), [(SignalKind::SafeT, 0)]);
    assert_eq!(open("Other"), [(SignalKind::SafeT, 1)]);
}

#[test]
fn what_was_known_of_an_order_counts_once_its_buyer_is() {
    let anonymous = states(&[1, 2, 3].map(|n| (n, "Cancelled", "")));
    let bench = fresh(Manner::Unattended);
    bench.import(&anonymous);
    assert_eq!(bench.open_signals(), [], "nobody is known");
    bench.import(&of_one(1..=3));
    let open = bench.open_signals();
    assert_eq!(
        open.iter().map(|of| (of.kind, of.count)).collect::<Vec<_>>(),
        [(SignalKind::Cancels, 3)]
    );
    // The other way round it is the same.
    let bench = fresh(Manner::Unattended);
    bench.import(&of_one(1..=3));
    bench.import(&anonymous);
    let again = bench.open_signals();
    assert_eq!(
        again.iter().map(|of| (of.kind, of.count)).collect::<Vec<_>>(),
        [(SignalKind::Cancels, 3)]
    );
    // So it is with what came back.
    let bench = fresh(Manner::Unattended);
    bench.import(&returns(1, "Approved", "", "Buyer returned another item"));
    bench.import(&states(&[(1, "Shipped", "")]));
    assert_eq!(bench.open_signals(), []);
    bench.import(&of_one(1..=1));
    assert_eq!(bench.open_signals().len(), 1);
}

#[test]
fn an_order_that_turns_out_to_be_somebody_elses_no_longer_counts() {
    let bench = fresh(Manner::Unattended);
    let mut text =
        "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tbuyer-phone-number\n"
            .to_owned();
    for n in 1..=3 {
        let phone = &line(1).phone;
        let _ = writeln!(
            text,
            "{}\t2026-11-0{n}T10:00:00+00:00\tCancelled\tAmazon.de\t{phone}",
            order_id(n)
        );
    }
    bench.import(&text);
    assert_eq!(bench.open_signals().len(), 1, "one telephone");
    bench.import(&report(&[Line { phone: line(1).phone, ..line(3) }]));
    assert_eq!(bench.open_signals(), [], "two orders are left");
}

#[test]
fn a_cancellation_that_is_undone_takes_its_signal_along() {
    let bench = fresh(Manner::Unattended);
    let article = |n: u32, status: &str, sku: &str| {
        format!(
            "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tbuyer-email\tsku\n\
             {}\t2026-11-0{n}T10:00:00+00:00\t{status}\tAmazon.de\t{ALIAS}\t{sku}\n",
            order_id(n)
        )
    };
    for n in 1..=3 {
        bench.import(&article(n, "Cancelled", "SKU-1"));
    }
    assert_eq!(bench.open_signals().len(), 1);
    bench.import(&article(3, "Shipped", "SKU-2"));
    assert_eq!(bench.open_signals(), []);
}

#[test]
fn more_orders_may_make_a_share_of_returns_too_small() {
    let bench = fresh(Manner::Unattended);
    bench.import(&of_one(1..=8));
    bench.import(&returns(5, "Approved", "UNWANTED_ITEM", ""));
    assert_eq!(bench.open_signals().len(), 1);
    let placed = |n: u32| (n, "Shipped", ALIAS);
    bench.import(&states(&[40, 41, 60, 61, 80, 81].map(placed)));
    assert_eq!(bench.open_signals(), [], "five of fourteen");
}

#[test]
fn an_a_to_z_claim_counts_as_not_received_when_the_letter_says_so() {
    let bench = fresh(Manner::Unattended);
    let orders: Vec<Line> = (1..=3).map(|n| Line { alias: ALIAS.to_owned(), ..line(n) }).collect();
    bench.import(&report(&orders));
    let claim = |n: u32, text: &str| {
        let letter = format!(
            "Message-ID: <z{n}@relay.example>\r\nFrom: <atoz-guarantee-no-reply@amazon.de>\r\n\
             X-Space-Notification-Type: A_TO_Z_GUARANTEE\r\nDate: Tue, 17 Nov 2026 10:00:00 +0000\r\n\
             Subject: A-to-z Guarantee claim for order {}\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
            order_id(n)
        );
        bench.import_file(&bench.file("claim.eml", letter))
    };
    claim(1, "The buyer states: item not as described.");
    claim(2, "The buyer states that the package was not received.");
    assert_eq!(bench.open_signals(), []);
    claim(3, "Der Käufer hat die Sendung nicht erhalten.");
    let open = bench.open_signals();
    assert_eq!(
        open.iter().map(|of| (of.kind, of.count)).collect::<Vec<_>>(),
        [(SignalKind::NotReceived, 2)]
    );
}

/// A letter of the marketplace about a claim.
fn claim(n: u32, text: &str) -> String {
    format!(
        "Message-ID: <y{n}@relay.example>\r\nFrom: <atoz-guarantee-no-reply@amazon.de>\r\n\
         X-Space-Notification-Type: A_Z_CLAIM_RESPONDENT_NOTIFY\r\n\
         Date: Tue, 17 Nov 2026 10:00:00 +0000\r\n\
         Subject: Action required: Claim received on order {}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        order_id(n)
    )
}

#[test]
fn what_the_marketplace_says_of_claims_in_general_is_no_claim_of_the_buyer() {
    let bench = fresh(Manner::Unattended);
    bench.import(&of_one(1..=4));
    let defect = "Claim amount: $119.00\r\nReason: Item is materially different\r\n\r\n\
                  If the buyer did not receive the item, provide the tracking number.";
    for n in 1..=4 {
        bench.import_file(&bench.file("claim.eml", claim(n, defect)));
    }
    assert_eq!(bench.open_signals(), []);
    let bench = fresh(Manner::Unattended);
    bench.import(&of_one(1..=4));
    for n in 1..=2 {
        let lost =
            "理由：未配達\r\n\r\n購入者が商品を受け取っていない場合は、追跡番号をご提出ください。";
        bench.import_file(&bench.file("claim.eml", claim(n, lost)));
    }
    let open = bench.open_signals();
    assert_eq!(open.iter().map(|of| (of.count, of.unsure)).collect::<Vec<_>>(), [(2, 0)]);
}

#[test]
fn a_refund_demanded_for_a_lost_parcel_counts_and_is_said_to_be_no_claim() {
    let bench = fresh(Manner::Unattended);
    bench.import(&of_one(1..=3));
    let (name, host) = ALIAS.split_once('@').unwrap();
    let demand = |n: u32, about: &str| {
        let letter = format!(
            "Message-ID: <d{n}@relay.example>\r\nFrom: \"D\" <{name}@{host}>\r\n\
             X-Space-Notification-Type: BBC_MESSAGE_SENT_TO_MERCHANT\r\n\
             Date: Tue, 17 Nov 2026 10:00:0{n} +0000\r\n\
             Subject: {about}(Bestellung: {})\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n\
             Wo bleibt das Paket? Bitte Geld zur\u{fc}ck.\r\n",
            order_id(n)
        );
        bench.import_file(&bench.file("demand.eml", letter))
    };
    demand(1, "Artikel defekt: Gutschrift anfordern");
    demand(2, "Paket nicht angekommen: Gutschrift anfordern");
    assert_eq!(bench.open_signals(), []);
    demand(3, "Paket nicht angekommen: Gutschrift anfordern");
    let open = bench.open_signals();
    assert_eq!(
        open.iter().map(|of| (of.kind, of.count, of.unsure)).collect::<Vec<_>>(),
        [(SignalKind::NotReceived, 2, 2)]
    );
    let shown = bench.signal(&open[0]);
    assert!(shown.basis.iter().all(|one| one.message.is_some()), "{:?}", shown.basis);
    // A claim about the same order is more than the message.
    bench.import_file(&bench.file("claim.eml", claim(3, "Grund: Artikel nicht erhalten")));
    let open = bench.open_signals();
    assert_eq!(open.iter().map(|of| (of.count, of.unsure)).collect::<Vec<_>>(), [(2, 1)]);
}

#[test]
fn what_bears_no_date_is_in_no_window() {
    let bench = fresh(Manner::Unattended);
    let report = |dates: [&str; 3]| {
        let mut text =
            "order-id\torder-status\tpurchase-date\tbuyer-email\tbuyer-name\n".to_owned();
        for (order, date) in (1..).zip(dates) {
            let _ = writeln!(
                text,
                "{}\tCancelled\t{date}\t{ALIAS}\tHenrike Sollwedel",
                order_id(order)
            );
        }
        text
    };
    let record = bench.import(&report(["", "some day", "2026-11-02"]));
    assert_eq!((record.orders, record.undated), (3, 2));
    assert_eq!(bench.open_signals(), []);
    let open = bench.desk.open().unwrap();
    let tried = || {
        let clause = "REPEAT_CANCEL".to_owned();
        let asked = crate::criteria::backtest::BacktestClause { clause, ..Default::default() };
        open.backtest(&asked, &mut |_| true).unwrap()
    };
    assert_eq!((tried().reached_total, tried().observed), (0, 1));
    // Over three years is in no month.
    bench.import(&report(["2024-01-05", "2025-03-02", "2026-11-02"]));
    assert_eq!(bench.open_signals(), []);
    let bench = fresh(Manner::Unattended);
    bench.import(&report(["", "", "2026-11-02"]));
    // A report that tells when is counted, whatever it says of the state.
    let record =
        bench.import(&report(["2026-11-01", "2026-11-03", ""]).replace("Cancelled", "Pending"));
    assert_eq!((record.duplicates, record.undated), (3, 1));
    assert_eq!(bench.open_signals().len(), 1);
}

#[test]
fn cancellations_by_nobody_knows_whom_of_whoever_orders_a_lot_propose_nothing() {
    let bench = fresh(Manner::Unattended);
    let of = |orders: u32| -> String {
        let status = |n| if n <= 3 { "Cancelled" } else { "Shipped" };
        states(&(1..=orders).map(|n| (n, status(n), ALIAS)).collect::<Vec<_>>())
    };
    bench.import(&of(20));
    let open = bench.open_signals();
    assert_eq!(
        open.iter().map(|of| (of.count, of.orders, of.unsure)).collect::<Vec<_>>(),
        [(3, 4, 3)],
        "of the orders placed up to the last of them"
    );
    let bench = fresh(Manner::Unattended);
    let late = of(60).replace("2026-11-02T", "2026-11-30T");
    bench.import(&late);
    assert_eq!(bench.open_signals(), []);
}

#[test]
fn a_threat_in_a_message_is_a_signal_and_a_complaint_is_none() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
    let import = |n: u32, text: &str| bench.import_file(&bench.file("letter.eml", letter(n, text)));
    import(9, "The lamp is broken, I am very angry and will return it.");
    assert_eq!(bench.open_signals(), []);
    import(1, THREAT);
    import(1, THREAT);
    let open = bench.open_signals();
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].kind, open[0].clause.as_str()),
        (SignalKind::ReviewThreat, "REVIEW_EXTORTION")
    );
    assert!(open[0].snippet.contains("one star"), "{}", open[0].snippet);
    let detail = bench.signal(&open[0]);
    let message = detail.basis[0].message.as_ref().unwrap();
    assert!(!message.findings.is_empty());
    let accept =
        AcceptSignal { text: "Threatened with a review.".into(), ..bench.accept(&open[0]) };
    let accepted = bench.desk.signals_accept(accept).unwrap();
    assert!(accepted.gate.met, "{:?}", accepted.gate);
    let buyer = bench.desk.buyers_get(OneBuyer { id: accepted.buyer_id }).unwrap();
    let mut kinds: Vec<ExhibitKind> = buyer.exhibits.iter().map(|of| of.kind).collect();
    kinds.sort();
    assert_eq!(kinds, [ExhibitKind::OrderPage, ExhibitKind::Message]);
    // The next threat may be of the same person.
    import(2, THREAT);
    let next = bench.open_signals().remove(0);
    assert_eq!(bench.signal(&next).existing.len(), 1);
    let blind = bench.desk.signals_accept(bench.accept(&next)).unwrap_err();
    assert_eq!(blind.code, "choose_buyer");
    let known = AcceptSignal { buyer_id: Some(accepted.buyer_id), ..bench.accept(&next) };
    assert_eq!(bench.desk.signals_accept(known).unwrap().buyer_id, accepted.buyer_id);
}

#[test]
fn trusted_accounts_and_reported_orders_propose_nothing() {
    let bench = fresh(Manner::Unattended);
    bench
        .desk
        .trust_add(AddTrust {
            kind: IdentifierKind::Alias,
            value: ALIAS.to_owned(),
            reason: "A partner shop.".to_owned(),
            until: None,
        })
        .unwrap();
    let three = [(1, "Cancelled", ALIAS), (2, "Cancelled", ALIAS), (3, "Cancelled", ALIAS)];
    bench.import(&states(&three));
    bench.import_file(&bench.file("letter.eml", letter(1, THREAT)));
    assert_eq!(bench.open_signals(), []);
    let trusts = bench.desk.trust_list(Nothing {}).unwrap().items;
    let remove = crate::trust::remove::RemoveTrust { id: trusts[0].id, reason: "Over.".to_owned() };
    bench.desk.trust_remove(remove).unwrap();
    let mut kinds: Vec<_> = bench.open_signals().iter().map(|of| of.kind).collect();
    kinds.sort();
    assert_eq!(kinds, [SignalKind::Cancels, SignalKind::ReviewThreat], "counted and read anew");
    // Trusted again, until tomorrow: nothing waits, and the day after everything does.
    let given = bench.desk.open().unwrap().now();
    let until = Some(given.plus_days(1));
    bench
        .desk
        .trust_add(AddTrust {
            kind: IdentifierKind::Alias,
            value: ALIAS.to_owned(),
            reason: "A partner shop.".to_owned(),
            until,
        })
        .unwrap();
    assert_eq!(bench.open_signals(), []);
    bench.host.advance(2 * 24 * 60 * 60 * 1000);
    let open = bench.desk.open().unwrap();
    crate::trust::remove::expired(&open, given, open.now()).unwrap();
    open.count_due().unwrap();
    assert_eq!(bench.open_signals().len(), 2);

    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    bench.import(&states(&three));
    let signal = bench.open_signals().remove(0);
    for n in 1..=3 {
        bench
            .desk
            .incidents_add(crate::incidents::add::AddIncident {
                buyer_id: buyer,
                clause: "REPEAT_CANCEL".to_owned(),
                at: crate::testing::start().plus_days(-3),
                orders: vec![order_id(n)],
                text: "Reported by hand.".to_owned(),
                buyer_version: None,
                exhibits: Vec::new(),
                messages: Vec::new(),
            })
            .unwrap();
    }
    assert_eq!(bench.open_signals(), [], "{signal:?} was reported by hand");
}

#[test]
fn a_business_with_many_names_behind_it_is_nobody() {
    let bench = fresh(Manner::Unattended);
    let mut text =
        "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tbuyer-email\tbuyer-name\n"
            .to_owned();
    for n in 1..=12 {
        let of = line(n * 7);
        let _ = writeln!(
            text,
            "{}\t2026-11-{n:02}T10:00:00+00:00\tCancelled\tAmazon.de\t{ALIAS}\t{}",
            order_id(n),
            of.name
        );
    }
    bench.import(&text);
    assert_eq!(bench.open_signals(), []);
}

#[test]
fn counting_goes_on_after_the_texts_are_gone() {
    let bench = fresh(Manner::Unattended);
    bench.import(&states(&[(1, "Cancelled", ALIAS), (2, "Cancelled", ALIAS)]));
    let open = bench.desk.open().unwrap();
    let late = crate::testing::start().plus_days(1);
    open.write_observations(|tx, _| {
        tx.purge_messages(late)?;
        tx.purge_after_sales(late)?;
        Ok(())
    })
    .unwrap();
    bench.import(&states(&[(3, "Cancelled", ALIAS)]));
    assert_eq!(bench.open_signals().len(), 1);
}

#[test]
fn it_is_said_that_the_copies_do_not_tell_who_bought() {
    let bench = fresh(Manner::Unattended);
    bench.import(&states(&[
        (1, "Cancelled", ALIAS),
        (2, "Cancelled", ALIAS),
        (3, "Cancelled", ALIAS),
    ]));
    assert_eq!(super::purged::purge(&bench), 3);
    let signal = bench.open_signals().remove(0);
    let accepted = bench.desk.signals_accept(bench.accept(&signal)).unwrap();
    assert_eq!((accepted.incidents.len(), accepted.personal_data_removed), (3, 3));
}

/// What waits was worked out by the rules of an earlier program: what does not hold by those of today is
/// withdrawn and told, what does stays as it is, and what somebody decided is theirs. A kill midway loses none.
#[test]
fn what_a_newer_program_does_not_propose_any_more_is_withdrawn_and_told() {
    let bench = fresh(Manner::Unattended);
    let of = |n| match n {
        1..=3 => ALIAS,
        4..=6 => "b1b2c3d4e5f6g7@marketplace.amazon.de",
        _ => "b2b2c3d4e5f6g7@marketplace.amazon.de",
    };
    let lines: Vec<_> = (1..=9).map(|n| (n, "Cancelled", of(n))).collect();
    bench.import(&states(&lines));
    for (n, text) in [
        (1, "Refund me half or I will leave a one star review."),
        (2, "You idiots!"),
        (3, "Where is it?"),
    ] {
        bench.import_file(&bench.file("letter.eml", letter(n, text)));
    }
    let waiting = bench.open_signals();
    assert_eq!(waiting.len(), 5, "{waiting:?}");
    let open = bench.desk.open().unwrap();
    // As an earlier program would have left it: one more of each sort, which today's rules do not find.
    let (of_count, of_words) = open
        .write_observations(|tx, _| {
            let read = tx.read();
            let counted = waiting.iter().find(|of| of.kind == SignalKind::Cancels).unwrap();
            let worded = waiting.iter().find(|of| of.kind == SignalKind::Abuse).unwrap();
            let mut counted = read.signal(counted.id)?.unwrap();
            let mut worded = read.signal(worded.id)?.unwrap();
            counted.id = SignalId::from_bytes([1; 16]);
            counted.kind = SignalKind::Returns;
            worded.id = SignalId::from_bytes([2; 16]);
            worded.kind = SignalKind::ReviewThreat;
            worded.clause = "REVIEW_EXTORTION".to_owned();
            tx.put_signal(&counted)?;
            tx.put_signal(&worded)?;
            Ok((counted.id, worded.id))
        })
        .unwrap();
    let decided = waiting.iter().rfind(|of| of.kind == SignalKind::Cancels).unwrap().id;
    bench.desk.signals_reject(RejectSignal { id: decided, reason: None }).unwrap();
    let before: Vec<_> = bench.open_signals().iter().map(|of| of.id).collect();
    assert_eq!(before.len(), 6);
    // By the same rules nothing is looked at again.
    open.recount_by_new_rules().unwrap();
    assert_eq!(bench.open_signals().len(), 6);
    open.write_observations(|tx, _| Ok(tx.set_signal_rules("earlier")?)).unwrap();
    // Killed when everything was counted and nothing read yet; the next program begins again.
    open.write_observations(|tx, stamp| {
        tx.keep_open_signals(stamp.at)?;
        Ok(tx.count_all_again()?)
    })
    .unwrap();
    open.count_due().unwrap();
    open.recount_by_new_rules().unwrap();
    let mut left: Vec<_> = bench.open_signals().iter().map(|of| of.id).collect();
    left.extend([of_count, of_words]);
    left.sort();
    let mut all = before;
    all.sort();
    assert_eq!(left, all);
    let told = bench.signals(SignalsShown::Withdrawn);
    let mut ids: Vec<_> = told.iter().map(|of| of.id).collect();
    ids.sort();
    assert_eq!(ids, [of_count, of_words]);
    assert!(told.iter().all(|of| of.withdrawn_at.is_some() && of.verdict.is_none()));
    assert!(bench.desk.signals_get(OneSignal { id: of_words }).unwrap().row.withdrawn_at.is_some());
    let gone = RejectSignal { id: of_words, reason: None };
    assert_eq!(bench.desk.signals_reject(gone).unwrap_err().code, "not_found");
    assert_eq!(bench.signals(SignalsShown::Decided).len(), 1);
    // Nor is it told of what is proposed again.
    open.write_observations(|tx, _| {
        let again = tx.read().withdrawn_signal(of_count)?.unwrap().signal;
        Ok(tx.put_signal(&again)?)
    })
    .unwrap();
    assert_eq!(bench.signals(SignalsShown::Withdrawn).len(), 1);
}

/// The rules of a fresh vault are noted with its first import, which tells its signals like any other.
#[test]
fn the_first_import_under_new_rules_tells_what_it_noticed() {
    let bench = fresh(Manner::Unattended);
    let lines: Vec<_> = (1..=3).map(|n| (n, "Cancelled", ALIAS)).collect();
    let open = bench.desk.open().unwrap();
    let source = crate::imports::Source::file(&bench.file("report.txt", states(&lines)));
    let imported = open.import(source, std::time::Instant::now(), &mut |_, _| true).unwrap();
    let waiting: Vec<_> = bench.open_signals().iter().map(|of| of.id).collect();
    assert_eq!((waiting.len(), imported.signals), (1, waiting));
}

/// A letter that an earlier program took for a claim is none any more, unless its text is gone.
#[test]
fn a_letter_that_is_no_claim_by_todays_rules_counts_no_longer() {
    let bench = fresh(Manner::Unattended);
    bench.import(&states(&[(1, "Shipped", ALIAS), (2, "Shipped", ALIAS)]));
    for n in [1, 2] {
        let text = letter(n, "Thank you for the lamp.");
        bench.import_file(&bench.file("letter.eml", text));
    }
    let open = bench.desk.open().unwrap();
    let misread = || {
        open.write_observations(|tx, _| {
            for row in tx.read().messages(&Default::default(), 0, 9)?.1 {
                tx.set_not_received(&row.id, buyerwatch_vault::NotReceived::Claimed)?;
                tx.count_again(&row.message.order_id)?;
            }
            Ok(tx.set_signal_rules("earlier")?)
        })
        .unwrap();
        open.count_due().unwrap();
        assert_eq!(bench.open_signals().len(), 1);
        open.recount_by_new_rules().unwrap();
        bench.open_signals().len()
    };
    assert_eq!(misread(), 0);
    let late = crate::testing::start().plus_days(1);
    open.write_observations(|tx, _| Ok(tx.purge_messages(late)?)).unwrap();
    assert_eq!(misread(), 1, "nobody can tell any more");
}

#[test]
fn what_was_due_when_a_program_was_killed_is_counted_later() {
    let bench = fresh(Manner::Unattended);
    bench.import(&states(&[
        (1, "Cancelled", ALIAS),
        (2, "Cancelled", ALIAS),
        (3, "Cancelled", ALIAS),
    ]));
    let signal = bench.open_signals().remove(0);
    let open = bench.desk.open().unwrap();
    // As if the transaction that took the orders in were the last thing that happened.
    open.write_observations(|tx, _| {
        let identity = tx.read().signal(signal.id)?.unwrap().identity.unwrap();
        tx.replace_signals(identity, &[SignalKind::Cancels], &[])?;
        Ok(tx.count_again(&order_id(1))?)
    })
    .unwrap();
    assert_eq!(bench.open_signals(), []);
    bench.import(&report(&[line(50)]));
    assert_eq!(bench.open_signals().iter().map(|of| of.id).collect::<Vec<_>>(), [signal.id]);
}

#[test]
fn phrases_of_the_shop_itself_are_tried_published_and_used() {
    use crate::phrases::{publish::PublishPhrases, test::TestPhrases};
    let bench = fresh(Manner::Unattended);
    let other = bench.other(Manner::Unattended);
    let import = |n: u32, text: &str| bench.import_file(&bench.file("letter.eml", letter(n, text)));
    let lists = bench.desk.phrases_list(Nothing {}).unwrap().items;
    assert_eq!(lists.len(), 8);
    let english = lists.iter().find(|of| of.language == "en").unwrap();
    assert!(!english.own && english.version == 1 && english.phrases > 50, "{}", english.phrases);
    // A word of the trade that no shipped list knows.
    let words = "You flumpet, where is my lamp?";
    let test = |list: Option<String>| {
        bench.desk.phrases_test(TestPhrases { list, text: words.to_owned() }).unwrap().findings
    };
    assert_eq!(test(None), []);
    let own = english.text.replacen("[insult]\n", "[insult]\nyou flumpet\n", 1);
    assert_eq!(test(Some(own.clone())).len(), 1, "tried before it is published");
    import(1, words);
    assert_eq!(bench.open_signals(), []);

    let broken = PublishPhrases { text: own.replacen("you flumpet", "(you flumpet", 1) };
    let error = bench.desk.phrases_publish(broken).unwrap_err();
    assert_eq!(error.code, "malformed_phrases");
    assert_eq!(error.params["reason"], "brackets".into());
    assert!(error.params.contains_key("line"), "{error:?}");
    let empty = PublishPhrases { text: "language: en\nversion: 9\n[insult]\n".to_owned() };
    assert_eq!(bench.desk.phrases_publish(empty).unwrap_err().code, "phrases_empty");

    let lists = bench.desk.phrases_publish(PublishPhrases { text: own }).unwrap().items;
    let english = lists.iter().find(|of| of.language == "en").unwrap();
    assert!(english.own && english.version == 2);
    assert!(english.text.contains("version: 2\n"), "{}", &english.text[..200]);
    assert_eq!(test(None).len(), 1);
    // What came in before is not judged anew, what comes in is; by another program, too.
    assert_eq!(bench.open_signals(), []);
    import(2, words);
    assert_eq!(bench.open_signals().len(), 1);
    other.desk.open().unwrap().follow().unwrap();
    let tried = other.desk.phrases_test(TestPhrases { list: None, text: words.to_owned() });
    assert_eq!(tried.unwrap().findings.len(), 1);
    assert!(bench.desk.journal_verify(Nothing {}).unwrap().ok);
}

/// Three orders of one buyer on TikTok Shop, whose report says who cancelled each.
fn cancelled_by(by: [&str; 3]) -> String {
    let mut text = "Order ID,Order Status,Created Time,Buyer Username,Recipient,Phone #,Detail Address,Cancel By\n".to_owned();
    for (n, by) in (1..).zip(by) {
        let _ = writeln!(
            text,
            "57640000000000000{n},Canceled,11/0{n}/2026 10:00:00 AM,nora_k,Nora,,,{by}"
        );
    }
    text
}

#[test]
fn what_the_shop_cancelled_does_not_count() {
    let bench = fresh(Manner::Unattended);
    bench.import(&cancelled_by(["User", "User", "Seller"]));
    assert_eq!(bench.open_signals(), []);
    let bench = fresh(Manner::Unattended);
    bench.import(&cancelled_by(["User", "User", "User"]));
    let open = bench.open_signals();
    let counts: Vec<_> = open.iter().map(|of| (of.kind, of.count, of.unsure)).collect();
    assert_eq!(counts, [(SignalKind::Cancels, 3, 0)]);
}

#[test]
fn the_letter_by_which_a_buyer_asks_to_cancel_says_who_did() {
    let bench = fresh(Manner::Unattended);
    bench.import(&states(&[
        (1, "Cancelled", ALIAS),
        (2, "Cancelled", ALIAS),
        (3, "Cancelled", ALIAS),
    ]));
    let unsure = || bench.open_signals().iter().map(|of| of.unsure).collect::<Vec<_>>();
    assert_eq!(unsure(), [3]);
    let asked = format!(
        "Message-ID: <c1@relay.example>\r\nFrom: <donotreply@amazon.de>\r\n\
         X-Space-Notification-Type: BRC_SELLER_NOTIFICATION\r\n\
         Subject: Cancellation request for order {}\r\n\r\nThe buyer asks to cancel.\r\n",
        order_id(2)
    );
    // Whoever forges it says nothing.
    let forged = format!("Authentication-Results: mx.example; dmarc=fail\r\n{asked}");
    bench.import_file(&bench.file("forged.eml", forged));
    assert_eq!(unsure(), [3]);
    bench.import_file(&bench.file("asked.eml", &asked));
    assert_eq!(unsure(), [2]);
}
