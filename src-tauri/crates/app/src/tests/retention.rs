//! What may not be kept any longer is taken out, and what goes on without it goes on.

use crate::{
    Manner, Nothing,
    alerts::dismiss::DismissAlert,
    messages::list::{ListMessages, MessagesShown},
    policy::set::ChangePolicy,
    testing::{ALIAS, Bench, Line, fresh, line, report},
};

const DAY: i64 = 24 * 60 * 60 * 1_000;

fn labels(bench: &Bench) -> Vec<(String, bool)> {
    let list = || {
        bench.desk.orders_get(crate::orders::OneOrder {
            order_id: crate::testing::order_id(1),
            marketplace: String::new(),
        })
    };
    let orders = [list().unwrap().row];
    orders.into_iter().map(|order| (order.buyer_label, order.purged)).collect()
}

fn letter(n: u32) -> String {
    format!(
        "Message-ID: <{n}@relay.example>\r\n\
         From: \"Hanna - Amazon Marketplace\" <h9{n:011}+c1@marketplace.amazon.de>\r\n\
         Date: Wed, 18 Nov 2026 10:00:00 +0000\r\nSubject: Anfrage\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nWhere is it?\r\n"
    )
}

#[test]
fn plaintext_goes_when_its_time_is_over_and_not_before() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[line(1), line(2)]));
    bench.import_file(&bench.file("letter.eml", letter(1)));
    // Placed two days before they came in.
    bench.host.advance(27 * DAY);
    let early = bench.desk.retention_run(Nothing {}).unwrap();
    assert_eq!((early.orders, early.messages), (0, 0));
    bench.host.advance(2 * DAY);
    let purged = bench.desk.retention_run(Nothing {}).unwrap();
    assert_eq!((purged.orders, purged.messages, purged.held), (2, 0, 0), "the letter came later");
    assert!(labels(&bench).iter().all(|(label, purged)| label.is_empty() && *purged));
    bench.host.advance(2 * DAY);
    assert_eq!(bench.desk.retention_run(Nothing {}).unwrap().messages, 1);
    let list =
        ListMessages { show: MessagesShown::All, offset: 0, limit: 10, ..ListMessages::default() };
    assert!(bench.desk.messages_list(list).unwrap().items[0].newest.purged);
    assert_eq!(
        bench.desk.retention_run(Nothing {}).unwrap(),
        crate::retention::run::Purged::default()
    );
    assert!(bench.desk.journal_verify(Nothing {}).unwrap().ok);
}

#[test]
fn an_order_waits_for_the_end_of_its_alert_and_the_shop_sets_the_days() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }, line(2)]));
    let refused = bench
        .desk
        .policy_set(ChangePolicy { retention_days: Some(3), ..ChangePolicy::default() })
        .unwrap_err();
    assert_eq!(refused.code, "out_of_range");
    bench
        .desk
        .policy_set(ChangePolicy { retention_days: Some(10), ..ChangePolicy::default() })
        .unwrap();
    bench.host.advance(9 * DAY);
    let purged = bench.desk.retention_run(Nothing {}).unwrap();
    assert_eq!((purged.orders, purged.held), (1, 1));
    let alert = bench.open_alerts()[0].id;
    bench
        .desk
        .alerts_dismiss(DismissAlert { id: alert, note: None, not_this_buyer: false, until: None })
        .unwrap();
    let purged = bench.desk.retention_run(Nothing {}).unwrap();
    assert_eq!((purged.orders, purged.held), (1, 0));
}
