//! Hot queries go through an index: a scan would only show once a shop has grown.

use super::*;
use crate::tables::order_list::statement;
use crate::tables::{alert_list, alerts, buyer_list, conversations, messages, timeline};
use crate::{OrderFilter, OrderSort, OrdersQuery};

/// The steps by which the database answers.
fn plan(shop: &Shop, sql: &str) -> String {
    let mut query = shop.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = query.raw_query();
    let mut steps = String::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push_str(&row.get::<_, String>(3).unwrap());
        steps.push('\n');
    }
    steps
}

#[test]
fn buyers_are_listed_along_an_index_without_sorting() {
    let shop = Shop::empty();
    for sql in buyer_list::statements() {
        let plan = plan(&shop, &sql);
        assert!(plan.contains("COVERING INDEX buyer_browse_"), "{sql}\n{plan}");
        assert!(!plan.contains("B-TREE"), "{sql}\n{plan}");
    }
}

#[test]
fn alerts_are_listed_along_their_indexes() {
    let shop = Shop::empty();
    for sql in alert_list::statements() {
        let plan = plan(&shop, &sql);
        let scanned =
            plan.lines().any(|step| step.starts_with("SCAN a") && !step.contains("INDEX"));
        assert!(!scanned, "{sql}\n{plan}");
    }
}

#[test]
fn messages_of_somebody_are_found_along_their_indexes() {
    let shop = Shop::empty();
    let indexes = ["messages_alias", "messages_buyer", "messages_order", "messages_at"];
    for (sql, index) in messages::statements().iter().zip(indexes) {
        let plan = plan(&shop, sql);
        assert!(plan.contains(&format!("USING INDEX {index}")), "{sql}\n{plan}");
    }
}

/// Whoever makes a file of letters makes them all of one second.
#[test]
fn letters_of_one_second_are_not_all_looked_through() {
    let shop = Shop::empty();
    let [.., named] = messages::statements();
    let steps = |letters: i64| {
        shop.conn.execute("DELETE FROM messages", []).unwrap();
        shop.conn
            .execute(
                "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
                 INSERT INTO messages (id, import, imported_at, kind, marketplace, order_number,
                     order_id, conversation, message_id, sent_at, truncated, not_received, attachments)
                 SELECT CAST(n AS BLOB), 0, 0, 'buyer', '', 0, '', '', n, 7, 0, 0, x'80' FROM n",
                [letters],
            )
            .unwrap();
        let mut query = shop.conn.prepare(&named).unwrap();
        let found = query.query_row((7, "3", true), |row| row.get::<_, Vec<u8>>(0)).unwrap();
        assert_eq!(found, b"3");
        assert!(!query.exists((7, "none", true)).unwrap());
        query.get_status(rusqlite::StatementStatus::VmStep)
    };
    assert_eq!(steps(2_000), steps(1_000));
}

#[test]
fn messages_of_a_day_are_counted_without_their_texts() {
    let shop = Shop::empty();
    let sql = "SELECT order_id, count(*) FROM messages WHERE imported_at >= 1 AND imported_at < 2
                   AND forged IS NULL AND kind IN ('buyer') AND alias_token IS NULL
                   AND buyer_token IS NULL GROUP BY order_id";
    let plan = plan(&shop, sql);
    assert!(plan.contains("USING COVERING INDEX messages_came"), "{plan}");
}

#[test]
fn a_conversation_is_found_along_its_indexes() {
    let shop = Shop::empty();
    for (sql, index) in conversations::statements().iter().zip(["messages_order", "messages_alias"])
    {
        let plan = plan(&shop, sql);
        assert!(plan.contains(&format!("USING INDEX {index}")), "{sql}\n{plan}");
        assert!(plan.contains("SEARCH r USING INDEX messages_case"), "{sql}\n{plan}");
        assert!(!plan.contains("SCAN messages"), "{sql}\n{plan}");
    }
}

#[test]
fn orders_are_listed_along_the_dates_or_keys() {
    let shop = Shop::empty();
    for filter in [OrderFilter::All, OrderFilter::Unscreenable] {
        for (sort, table) in [(OrderSort::Purchased, "SEARCH d"), (OrderSort::Imported, "SCAN d")] {
            let query = OrdersQuery {
                filter,
                marketplace: Some("Amazon.de".into()),
                from: Some(at(0)),
                to: None,
                imported_from: Some(at(0)),
                text: String::new(),
                sort,
                descending: true,
                offset: 0,
                limit: 50,
            };
            let plan = plan(&shop, &statement(&query));
            assert!(plan.contains(table), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}

#[test]
fn everything_about_one_buyer_or_order_is_looked_up() {
    let shop = Shop::empty();
    let one_buyer = "buyer = ?1 ORDER BY stamp";
    let sqls = [
        format!("SELECT * FROM identifiers WHERE {one_buyer}"),
        format!("SELECT * FROM incidents WHERE {one_buyer}"),
        "SELECT * FROM exhibit_links WHERE buyer = ?1 AND linked".into(),
        "SELECT * FROM exhibit_links WHERE order_id = ?1 AND linked".into(),
        "SELECT * FROM exhibit_links WHERE exhibit = ?1".into(),
        "SELECT * FROM exhibits WHERE sha256 = ?1".into(),
        "SELECT * FROM exhibits WHERE blob = ?1".into(),
        "SELECT * FROM exhibits WHERE derived_from = ?1".into(),
        "SELECT * FROM custody WHERE exhibit = ?1 ORDER BY stamp".into(),
        format!("SELECT * FROM notes WHERE {one_buyer}"),
        format!("SELECT * FROM listings WHERE {one_buyer}"),
        "SELECT * FROM identifiers WHERE value = ?1 AND kind = ?2".into(),
        "SELECT * FROM alerts WHERE order_id = ?1 AND buyer = ?2".into(),
        "SELECT 1 FROM order_numbers WHERE number = ?1 LIMIT 1".into(),
        "SELECT order_key FROM order_tokens WHERE run = ?1 AND token = ?2".into(),
        "SELECT * FROM imports WHERE fingerprint = ?1".into(),
        "SELECT * FROM sightings WHERE buyer = ?1 ORDER BY at DESC".into(),
        "SELECT * FROM trusts WHERE kind = ?1 AND value = ?2".into(),
        timeline::STATEMENT.to_owned(),
        alerts::NEXT_WAKING.to_owned(),
    ];
    for sql in sqls {
        let plan = plan(&shop, &sql);
        let scan = |step: &&str| step.starts_with("SCAN") && !step.contains("(subquery");
        assert_eq!(plan.lines().find(scan), None, "{sql}\n{plan}");
    }
}
