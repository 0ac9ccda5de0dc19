//! What comes of an order after it was delivered: shown with the order and with the signal that rests on it.

use crate::{
    Manner,
    buyers::OneBuyer,
    orders::OneOrder,
    signals::{
        BasisView, OneSignal,
        accept::{AcceptSignal, AcceptedSignal},
        get::SignalDetail,
    },
    testing::{ALIAS, Bench, Line, fresh, line, order_id, report},
    view::OrderDetail,
};
use buyerwatch_domain::{ClaimKind, ExhibitKind, SignalKind};
use std::fmt::Write as _;

/// Orders of one buyer.
fn orders(count: u32) -> String {
    let one = |n| Line { alias: ALIAS.to_owned(), name: line(1).name, ..line(n) };
    let lines: Vec<Line> = (1..=count).map(one).collect();
    report(&lines)
}

/// Returns of the first orders, each with a SAFE-T claim in this state, if any.
fn returns(count: u32, claim: &str) -> String {
    let mut text =
        "Order ID\tReturn request date\tReturn request status\tAmazon RMA ID\tReturn quantity\t\
                    Return Reason\tSafeT Action reason\tSafeT claim id\tSafeT claim state\n"
            .to_owned();
    for n in 1..=count {
        let id = if claim.is_empty() { String::new() } else { format!("S{n}") };
        let _ = writeln!(
            text,
            "{}\t{}-Nov-2026\tApproved\tD{n}\t2\tCR-UNWANTED_ITEM\tAnother item came back\t{id}\t{claim}",
            order_id(n),
            // After every one of the orders was placed.
            18 + n
        );
    }
    text
}

/// What the marketplace writes of a claim.
fn claim_letter(n: u32, day: u32, text: &str) -> String {
    format!(
        "Message-ID: <z{n}d{day}@relay.example>\r\nFrom: <atoz-guarantee-no-reply@amazon.de>\r\n\
         X-Space-Notification-Type: A_TO_Z_GUARANTEE\r\nDate: {day} Nov 2026 10:00:00 +0000\r\n\
         Subject: A-to-z Guarantee claim for order {}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        order_id(n)
    )
}

const SAID: &str = "The buyer states that the package was not received.";

impl Bench {
    fn order(&self, n: u32) -> OrderDetail {
        let one = OneOrder { order_id: order_id(n), marketplace: String::new() };
        self.desk.orders_get(one).unwrap()
    }

    /// The one signal that waits.
    fn waiting(&self) -> SignalDetail {
        let open = self.open_signals();
        assert_eq!(open.len(), 1, "{open:?}");
        self.desk.signals_get(OneSignal { id: open[0].id }).unwrap()
    }

    fn report_all(&self, signal: &SignalDetail) -> AcceptedSignal {
        let request = AcceptSignal {
            id: signal.row.id,
            buyer_id: None,
            as_new: false,
            text: "Said twice not to have arrived.".to_owned(),
            except: Vec::new(),
        };
        self.desk.signals_accept(request).unwrap()
    }

    fn exhibits(&self, accepted: &AcceptedSignal) -> Vec<ExhibitKind> {
        let buyer = self.desk.buyers_get(OneBuyer { id: accepted.buyer_id }).unwrap();
        let mut kinds: Vec<ExhibitKind> = buyer.exhibits.iter().map(|of| of.kind).collect();
        kinds.sort_by_key(|kind| kind.code());
        kinds
    }
}

#[test]
fn an_order_shows_what_came_back_what_was_claimed_and_how_the_shop_was_rated() {
    let bench = fresh(Manner::Unattended);
    bench.import(&orders(2));
    bench.import(&returns(1, "Granted"));
    let fba = "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\t\
               detailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments\n";
    let came = "2026-11-25T10:11:12+00:00\t{}\tSKU-3\tB000000003\tX00\tKettle\t1\tXDE1\tCUSTOMER_DAMAGED\t\
                DEFECTIVE\tUnit returned to inventory\tLPN1\tThe box held a brick\n";
    bench.import(&format!("{fba}{}", came.replace("{}", &order_id(1))));
    bench.import(&format!(
        "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n\
         11/10/26\t1\tNever came\tIt did\t{}\t{ALIAS}\n",
        order_id(1)
    ));
    let shown = bench.order(1);
    let told: Vec<_> = shown
        .returns
        .iter()
        .map(|one| (&*one.reason, &*one.status, one.quantity, &*one.comment, &*one.disposition))
        .collect();
    assert_eq!(
        told,
        [
            ("CR-UNWANTED_ITEM", "Approved", Some(2), "", ""),
            (
                "DEFECTIVE",
                "Unit returned to inventory",
                Some(1),
                "The box held a brick",
                "CUSTOMER_DAMAGED"
            ),
        ]
    );
    assert!(shown.returns.iter().all(|one| one.at.is_some()));
    let [claim] = &*shown.claims else { panic!("{:?}", shown.claims) };
    assert_eq!(
        (claim.kind, &*claim.claim_id, &*claim.state, &*claim.reason),
        (ClaimKind::SafeT, "S1", "Granted", "Another item came back")
    );
    let [rating] = &*shown.feedback else { panic!("{:?}", shown.feedback) };
    assert_eq!(
        (rating.rating, &*rating.comment, &*rating.response),
        (Some(1), "Never came", "It did")
    );
    let other = bench.order(2);
    assert!(other.returns.is_empty() && other.claims.is_empty() && other.feedback.is_empty());
    // What buyers wrote goes when its time is over, and the rest stays.
    let late = crate::testing::start().plus_days(1);
    bench.desk.open().unwrap().write_observations(|tx, _| Ok(tx.purge_after_sales(late)?)).unwrap();
    let left = bench.order(1);
    assert_eq!((left.returns.len(), &*left.returns[1].comment), (2, ""));
    assert_eq!((left.feedback[0].rating, &*left.feedback[0].comment), (Some(1), ""));
}

/// What bears no date is kept, and named line by line.
#[test]
fn ratings_and_claims_without_a_date_are_told_with_their_lines() {
    let bench = fresh(Manner::Unattended);
    let rated = |n: u32, date: &str| format!("{date}\t1\tNever came\t\t{}\t{ALIAS}\n", order_id(n));
    let head = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n";
    let text = [head.to_owned(), rated(1, "11/10/26"), rated(2, ""), rated(3, "some day")].concat();
    let record = bench.import(&text);
    assert_eq!((record.observations.feedback, record.undated, record.skipped), (3, 2, 0));
    let open = bench.desk.open().unwrap();
    let named = |id: &str| -> Vec<_> {
        let rows = open.skipped_rows(id).unwrap().into_iter();
        rows.map(|row| (row.line, row.is_undated())).collect()
    };
    assert_eq!(named(&record.id), [(3, true), (4, true)]);
    assert_eq!(bench.order(3).feedback.len(), 1);
    // A claim within a return is dated by the return.
    let record = bench.import(&returns(1, "Granted"));
    assert_eq!((record.observations.claims, record.undated), (1, 0));
    let record = bench.import(&returns(2, "Granted").replace("20-Nov-2026", "soon"));
    assert_eq!((record.undated, named(&record.id)), (1, vec![(3, true)]));
}

#[test]
fn a_signal_tells_of_each_observation_what_it_is() {
    let bench = fresh(Manner::Unattended);
    bench.import(&orders(8));
    bench.import(&returns(5, ""));
    let signal = bench.waiting();
    assert_eq!((signal.row.kind, signal.basis.len()), (SignalKind::Returns, 5));
    let is_return = |one: &BasisView| {
        !one.cancelled
            && one.claims.is_empty()
            && one.returns.len() == 1
            && one.returns[0].reason == "CR-UNWANTED_ITEM"
            && one.returns[0].at == Some(one.at)
    };
    assert!(signal.basis.iter().all(is_return), "{:?}", signal.basis);

    let bench = fresh(Manner::Unattended);
    bench.import(&orders(1));
    bench.import(&returns(1, "Granted"));
    let signal = bench.waiting();
    let [one] = &*signal.basis else { panic!("{:?}", signal.basis) };
    assert_eq!((signal.row.kind, one.returns.len(), one.claims.len()), (SignalKind::SafeT, 0, 1));
    assert_eq!((one.claims[0].kind, &*one.claims[0].state), (ClaimKind::SafeT, "Granted"));

    let bench = fresh(Manner::Unattended);
    let mut text =
        "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tbuyer-email\n".to_owned();
    for n in 1..=3 {
        let _ = writeln!(
            text,
            "{}\t2026-11-0{n}T10:00:00+00:00\tCancelled\tAmazon.de\t{ALIAS}",
            order_id(n)
        );
    }
    bench.import(&text);
    let signal = bench.waiting();
    assert_eq!(signal.row.kind, SignalKind::Cancels);
    assert!(signal.basis.iter().all(|one| one.cancelled && one.returns.is_empty()));
}

/// What lay with the shop, came to nothing or came in another year is not what the signal rests on.
#[test]
fn a_signal_shows_of_an_order_only_the_returns_that_were_counted() {
    let bench = fresh(Manner::Unattended);
    bench.import(&orders(8));
    let head = "Order ID\tReturn request date\tReturn request status\tAmazon RMA ID\tReturn quantity\t\
                Return Reason\n";
    let one = |id: &str, day: &str, status: &str, reason: &str| {
        format!("{}\t{day}\t{status}\t{id}\t1\t{reason}\n", order_id(1))
    };
    let others = [
        one("X1", "20-Nov-2026", "Approved", "CR-DEFECTIVE"),
        one("X2", "20-Nov-2026", "Denied", "CR-UNWANTED_ITEM"),
        one("X3", "20-Nov-2028", "Approved", "CR-UNWANTED_ITEM"),
    ];
    bench.import(&(head.to_owned() + &others.concat()));
    bench.import(&returns(5, ""));
    assert_eq!(bench.order(1).returns.len(), 4);
    let signal = bench.waiting();
    let shown: Vec<_> = signal.basis.iter().map(|one| one.returns.len()).collect();
    assert_eq!((signal.row.kind, shown), (SignalKind::Returns, vec![1; 5]));
    let [counted] = &*signal.basis[0].returns else { panic!("{:?}", signal.basis[0]) };
    assert_eq!(counted.at, Some(signal.basis[0].at));
    assert_eq!((&*counted.reason, &*counted.status), ("CR-UNWANTED_ITEM", "Approved"));
}

#[test]
fn a_parcel_said_lost_in_a_letter_shows_the_letter_and_takes_it_along_as_evidence() {
    let bench = fresh(Manner::Unattended);
    bench.import(&orders(2));
    for (n, day) in [(1, 17), (1, 18), (2, 17)] {
        bench.import_file(&bench.file("claim.eml", claim_letter(n, day, SAID)));
    }
    let signal = bench.waiting();
    assert_eq!((signal.row.kind, signal.basis.len()), (SignalKind::NotReceived, 2));
    for one in &signal.basis {
        let letter = one.message.as_ref().unwrap();
        assert_eq!(letter.sent_at, Some(one.at), "the one that was counted");
        assert!(letter.id.len() == 32 && letter.text.contains(SAID) && !letter.purged);
        assert_eq!(one.key, one.order_id, "whoever judges it judges the order");
    }
    assert_eq!(signal.row.snippet, "", "a list shows what was counted");
    let accepted = bench.report_all(&signal);
    assert_eq!(accepted.incidents.len(), 2);
    let [page, letter] = [ExhibitKind::OrderPage, ExhibitKind::Message];
    assert_eq!(bench.exhibits(&accepted), [letter, letter, page, page]);
    let decided = bench.desk.signals_get(OneSignal { id: signal.row.id }).unwrap();
    assert!(decided.basis.iter().all(|one| one.message.is_some()));
    // One more letter about an order that was judged proposes nothing.
    bench.import_file(&bench.file("claim.eml", claim_letter(2, 19, SAID)));
    assert_eq!(bench.open_signals(), []);
}

#[test]
fn a_letter_whose_time_is_over_counts_and_is_shown_as_gone() {
    let bench = fresh(Manner::Unattended);
    bench.import(&orders(2));
    let late = crate::testing::start().plus_days(1);
    let purge = || {
        let open = bench.desk.open().unwrap();
        open.write_observations(|tx, _| Ok(tx.purge_messages(late)?)).unwrap()
    };
    bench.import_file(&bench.file("claim.eml", claim_letter(1, 17, SAID)));
    assert_eq!(purge(), 1);
    bench.import_file(&bench.file("claim.eml", claim_letter(2, 17, SAID)));
    let signal = bench.waiting();
    assert_eq!(purge(), 0, "the signal that rests on it waits for a person");
    let gone = |one: &BasisView| one.message.as_ref().is_some_and(|of| of.purged);
    assert_eq!(signal.basis.iter().map(gone).collect::<Vec<_>>(), [true, false]);
    let accepted = bench.report_all(&signal);
    let [page, letter] = [ExhibitKind::OrderPage, ExhibitKind::Message];
    assert_eq!(bench.exhibits(&accepted), [letter, page, page]);
    assert_eq!(purge(), 1);
}

#[test]
fn a_listed_buyer_who_rates_is_noticed_by_the_address_of_the_rating() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    let feedback = |orders: &[(u32, &str)]| {
        let mut text = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n".to_owned();
        for (order, email) in orders {
            let _ = writeln!(text, "11/12/26\t1\tBroken\t\t{}\t{email}", order_id(*order));
        }
        bench.import_file(&bench.file("feedback.txt", text))
    };
    // Of one order only the place is known, of another everything, of the last nothing.
    let mut known = format!(
        "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tship-city\n{}\t\
         2026-11-02T10:00:00+00:00\tShipped\tAmazon.de\tHanau\n",
        order_id(1)
    );
    bench.import(&known);
    bench.import(&report(&[line(2)]));
    assert_eq!(bench.open_alerts().len(), 0);
    let record = feedback(&[(1, &ALIAS.to_uppercase()), (2, ALIAS), (3, ALIAS)]);
    assert_eq!((record.rows, record.observations.feedback, record.orders), (3, 3, 0));
    assert_eq!((record.screened, record.unscreenable.len()), (3, 0));
    let mut orders: Vec<String> = bench.open_alerts().into_iter().map(|of| of.order_id).collect();
    orders.sort();
    assert_eq!(orders, [order_id(1), order_id(3)], "the second was placed by somebody else");
    assert!(record.alerts + record.possible > 0);
    let shown = bench.desk.buyers_get(OneBuyer { id: buyer }).unwrap();
    assert_eq!(shown.row.sightings, 2);
    // The same again, and the report of the order that was not known, say nothing new.
    feedback(&[(1, ALIAS), (3, ALIAS)]);
    known = known.replace(&order_id(1), &order_id(3));
    let record = bench.import(&known);
    assert_eq!((record.orders, record.duplicates), (0, 1));
    assert_eq!(bench.open_alerts().len(), 2);
    assert_eq!(bench.order(3).row.marketplace, "Amazon.de");
    // What many people share recognises nobody, and what is no address is none.
    let record =
        feedback(&[(8, "no-reply-amazon-iba-buyer@marketplace.amazon.it"), (9, "Anonymous")]);
    assert_eq!((record.observations.feedback, record.alerts), (2, 0));
    assert_eq!(record.unscreenable.iter().map(|of| of.count).sum::<u64>(), 2);
}
