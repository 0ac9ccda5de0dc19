//! `messages`, `orders show`, `coverage`: what the window shows of what came in.

use crate::program::{ALIAS, Bwatch, PASSPHRASE, keys, report, text};
use serde_json::{Value, json};

const HERS: &str = "305-1000000-0000001";
const OTHERS: &str = "305-1000000-0000002";
const OTHER: &str = "b1c2d3e4f5a6b7@marketplace.amazon.de";

/// A letter of a buyer; what it says may drive a terminal.
fn letter(n: u32, alias: &str, order: &str, text: &str) -> String {
    let (name, host) = alias.split_once('@').unwrap();
    format!(
        "Message-ID: <{n}@relay.example>\r\n\
         From: \"Jona Dorn - Amazon Marketplace\" <{name}+c1@{host}>\r\n\
         Date: Tue, 24 Nov 2026 10:00:{n:02} +0000\r\n\
         Subject: Frage (Bestellung: {order})\r\n\r\n{text}\r\n"
    )
}

fn with_letters() -> (Bwatch, String) {
    let bwatch = Bwatch::new();
    let buyer = bwatch.listed(&[&format!("alias={ALIAS}")]);
    let threat = "Refund me half or I will leave a one star review.";
    let forged = format!(
        "Authentication-Results: mx.example; dkim=fail\r\n{}",
        letter(3, ALIAS, OTHERS, "Sign in here.")
    );
    for (name, content) in [
        ("1.eml", letter(1, ALIAS, HERS, threat)),
        ("2.eml", letter(2, OTHER, OTHERS, "Thank you!\u{1b}[31m")),
        ("3.eml", forged),
    ] {
        let file = bwatch.file(name, content);
        bwatch.ok(&["import", &file]);
    }
    (bwatch, buyer)
}

fn orders_of(answer: &Value) -> Vec<&str> {
    let all = answer["conversations"].as_array().unwrap();
    all.iter().map(|of| of["newest"]["order_id"].as_str().unwrap()).collect()
}

#[test]
fn conversations_are_listed_by_buyer_order_and_what_waits() {
    let (bwatch, buyer) = with_letters();
    let list = |args: &[&str]| bwatch.ok(&[&["messages", "list"], args].concat());
    let all = list(&[]);
    assert_eq!((&all["total"], orders_of(&all)), (&2.into(), vec![OTHERS, HERS]));
    let hers = &all["conversations"][1];
    assert_eq!(keys(hers), ["buyer", "label", "messages", "newest", "reply_due"]);
    assert_eq!(
        hers["buyer"],
        json!({ "id": buyer, "label": "k7m2•••@…amazon.de", "status": "listed" })
    );
    assert_eq!(hers["reply_due"], "2026-11-25T10:00:01.000Z");
    assert_eq!(hers["newest"]["findings"][0]["clause"], "REVIEW_EXTORTION");
    assert_eq!(all["conversations"][0]["buyer"], Value::Null);
    assert!(!all.to_string().contains("Dorn"), "masked");
    assert_eq!(orders_of(&list(&["--buyer", &buyer])), [HERS]);
    assert_eq!(orders_of(&list(&["--order", OTHERS, "--waiting"])), [OTHERS]);
    assert_eq!(orders_of(&list(&["--alerted"])), [HERS]);
    assert_eq!(orders_of(&list(&["--forged"])), [OTHERS]);
    assert_eq!(orders_of(&list(&["--marked"])), [HERS]);
    assert_eq!(orders_of(&list(&["--query", "b1c2"])), [OTHERS]);
    assert_eq!(orders_of(&list(&["--marked", "--query", OTHERS])), [""; 0]);
    let one = list(&["--limit", "1"]);
    assert_eq!((&one["total"], orders_of(&one)), (&2.into(), vec![OTHERS]));
    let nobody = "0".repeat(32);
    assert_eq!(bwatch.refused(&["messages", "list", "--buyer", &nobody])["code"], "not_found");
    assert_eq!(bwatch.refused(&["messages", "list", "--buyer", "x"])["code"], "malformed_id");
    assert_eq!(bwatch.run(&["messages", "list", "--waiting", "--forged"]).status, 2);
}

#[test]
fn a_message_is_shown_with_who_wrote_it_and_cannot_drive_the_terminal() {
    let (bwatch, buyer) = with_letters();
    let all = bwatch.ok(&["messages", "list"]);
    let id = |at: usize| text(&all["conversations"][at]["newest"]["id"]);
    let shown = bwatch.ok(&["messages", "show", &id(1)]);
    assert_eq!(keys(&shown), ["conversation", "found"]);
    let conversation = &shown["conversation"];
    assert_eq!(
        keys(conversation),
        ["answered_at", "buyer", "label", "messages", "order_ids", "reply_due"]
    );
    assert_eq!(
        (&conversation["buyer"]["id"], &conversation["order_ids"]),
        (&json!(buyer), &json!([HERS]))
    );
    let message = &conversation["messages"][0];
    assert_eq!((&message["kind"], message["alert_id"].is_string()), (&"buyer".into(), true));
    assert_eq!(
        (&shown["found"][0]["type"], &shown["found"][0]["id"]),
        (&"buyer".into(), &json!(buyer))
    );
    let read = |lang: &str, at: usize| {
        let id = id(at);
        let mut command = bwatch.bare(&["--lang", lang, "messages", "show", &id]);
        bwatch.fed(command.env("BUYERWATCH_PASSPHRASE", PASSPHRASE), "").stdout
    };
    let english = read("en", 1);
    for part in ["answer by", "one star review", "may threaten with a review", "[listed]"] {
        assert!(english.contains(part), "{part}: {english}");
    }
    assert!(read("zh-CN", 1).contains("可能以评价相要挟"));
    assert!(!read("en", 0).contains('\u{1b}'));
    assert_eq!(bwatch.refused(&["messages", "show", "none"])["code"], "not_found");
}

#[test]
fn what_was_answered_elsewhere_waits_no_more_until_that_is_taken_back() {
    let (bwatch, _) = with_letters();
    let waiting = || bwatch.ok(&["messages", "list", "--waiting"]);
    let id = text(&waiting()["conversations"][1]["newest"]["id"]);
    let said = bwatch.ok(&["messages", "answered", &id]);
    assert_eq!(said["conversation"]["reply_due"], Value::Null);
    assert!(said["conversation"]["answered_at"].is_string(), "{said}");
    assert_eq!(orders_of(&waiting()), [OTHERS]);
    let back = bwatch.ok(&["messages", "answered", &id, "--undo"]);
    assert_eq!(back["conversation"]["answered_at"], Value::Null);
    assert_eq!(orders_of(&waiting()), [OTHERS, HERS]);
    assert_eq!(bwatch.refused(&["messages", "answered", "none"])["code"], "not_found");
}

#[test]
fn orders_are_listed_and_shown_masked_unless_they_are_revealed() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.listed(&[&format!("alias={ALIAS}")]);
    let rows = report(&[(HERS, ALIAS, "Jona Dorn"), (OTHERS, OTHER, "Ute Sander")]);
    let file = bwatch.file("orders.txt", rows);
    bwatch.ok(&["import", &file]);
    let list = |args: &[&str]| bwatch.ok(&[&["orders", "list"], args].concat());
    let all = list(&[]);
    assert_eq!((&all["total"], &all["marketplaces"]), (&2.into(), &json!(["Amazon.de"])));
    let flagged = list(&["--flag", "flagged"]);
    assert_eq!((&flagged["total"], &flagged["orders"][0]["order_id"]), (&1.into(), &HERS.into()));
    assert_eq!(flagged["orders"][0]["buyer_id"], json!(buyer));
    assert_eq!(list(&["--query", OTHERS])["orders"][0]["order_id"], OTHERS);
    assert_eq!(list(&["--offset", "1", "--limit", "5"])["orders"].as_array().unwrap().len(), 1);
    assert_eq!(list(&["--from", "2026-11-21"])["orders"], json!([]));
    let shown = bwatch.ok(&["orders", "show", HERS]);
    assert_eq!(
        (&shown["order"]["order_id"], &shown["order"]["flag"]),
        (&HERS.into(), &"alert".into())
    );
    assert!(!shown.to_string().contains("Jona Dorn") && shown.get("revealed").is_none(), "{shown}");
    let events = || bwatch.ok(&["journal", "verify"])["events"].as_u64().unwrap();
    let before = events();
    let clear = bwatch.ok(&["orders", "show", HERS, "--reveal"]);
    assert_eq!(clear["revealed"]["buyer_name"], "Jona Dorn");
    assert_eq!(events(), before + 1, "the record keeps it");
    assert_eq!(bwatch.refused(&["orders", "show", "305-9999999-0000009"])["code"], "not_found");
}

#[test]
fn coverage_is_told_day_by_day() {
    let (bwatch, _) = with_letters();
    let mut rows = report(&[(HERS, ALIAS, "Jona Dorn")]);
    rows.push_str(&report(&[(OTHERS, "", "")]).lines().nth(1).unwrap().replace("Ahornweg 0", ""));
    let file = bwatch.file("orders.txt", rows + "\n");
    bwatch.ok(&["import", &file]);
    let days = bwatch.ok(&["coverage", "--days", "2"])["days"].clone();
    assert_eq!(days.as_array().unwrap().len(), 2);
    let today = &days[0];
    let known = [
        "day",
        "messages",
        "messages_screened",
        "messages_unscreenable",
        "quarantined",
        "screened",
        "skipped",
        "unscreenable",
    ];
    assert_eq!(keys(today), known);
    assert_eq!(
        (&today["messages_screened"], &today["messages_unscreenable"], &today["skipped"]),
        (&2.into(), &json!({}), &json!({}))
    );
    assert_eq!((&today["screened"], &today["messages"]), (&1.into(), &2.into()));
    assert_eq!(
        (&today["quarantined"], &today["unscreenable"]),
        (&1.into(), &json!({ "identity_empty": 1 }))
    );
    assert_eq!((&days[1]["screened"], &days[1]["unscreenable"]), (&0.into(), &json!({})));
    assert_eq!(bwatch.run(&["coverage", "--days", "61"]).status, 2);
}
