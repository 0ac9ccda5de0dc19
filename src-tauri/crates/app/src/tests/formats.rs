//! Files that are no Amazon order report: each once, joined with its orders, recognised.

use crate::{
    Manner,
    testing::{ALIAS, Bench, Line, fresh, line, order_id, report},
    view::{ImportRecord, ObservationCounts},
};
use buyerwatch_domain::Unscreenable;

fn returns(orders: &[u32]) -> String {
    let mut text = "Order ID\tOrder date\tReturn request date\tReturn request status\tAmazon RMA ID\tA-to-Z Claim\tMerchant SKU\n".to_owned();
    for order in orders {
        text.push_str(&format!(
            "{}\t01-Nov-2026\t05-Nov-2026\tApproved\tD{order}\tY\tSKU-1\n",
            order_id(*order)
        ));
    }
    text
}

fn unknown(record: &ImportRecord) -> u64 {
    let waiting = |of: &&crate::view::UnscreenableCount| of.reason == Unscreenable::OrderUnknown;
    record.unscreenable.iter().filter(waiting).map(|of| of.count).sum()
}

fn joined(bench: &Bench) -> (u64, u64) {
    let open = bench.desk.open().unwrap();
    let [returns, ..] = open.read(|read| read.after_sales_joined()).unwrap();
    (returns.screened, returns.order_unknown)
}

#[test]
fn returns_are_counted_once_and_wait_for_their_orders() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[line(1)]));
    let first = bench.import(&returns(&[1, 2]));
    assert_eq!((first.format.as_str(), first.rows, first.orders), ("returns", 2, 0));
    let observed = ObservationCounts { returns: 2, claims: 2, ..ObservationCounts::default() };
    assert_eq!(first.observations, observed);
    assert_eq!((first.screened, unknown(&first), first.alerts), (1, 1, 0));
    assert_eq!(joined(&bench), (1, 1));
    let again = bench.import(&returns(&[1, 2]));
    assert_eq!((again.observations, again.duplicates), (ObservationCounts::default(), 2));
    bench.import(&report(&[line(2)]));
    assert_eq!(joined(&bench), (2, 0), "the order came later");
}

#[test]
fn an_order_from_json_and_from_shopify_raises_an_alert() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let id = order_id(7);
    let json = format!(
        "{{\"payload\":{{\"Orders\":[{{\"AmazonOrderId\":\"{id}\",\"SalesChannel\":\"Amazon.de\",\
         \"BuyerInfo\":{{\"BuyerEmail\":\"{ALIAS}\"}}}}]}}}}\n"
    );
    let first = bench.import(&json);
    assert_eq!((first.format.as_str(), first.orders, first.alerts), ("sp_api_orders", 1, 1));
    // What the report of the same order adds is no second alert.
    let second = bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(7) }]));
    assert_eq!((second.alerts, bench.open_alerts().len()), (0, 1));
    let shopify = format!(
        "Name,Email,Financial Status,Lineitem name\n#1001,{ALIAS},paid,Lamp\n#1001,,,Bulb\n"
    );
    let third = bench.import(&shopify);
    assert_eq!((third.format.as_str(), third.rows, third.alerts), ("shopify", 2, 1));
    assert_eq!(third.unscreenable, [], "further lines of an order lack nothing");
}
