//! `signals …`

use crate::program::{Bwatch, keys};
use serde_json::json;

const HEADER: &str = "order-id\torder-item-id\tpurchase-date\tbuyer-email\tbuyer-name\t\
    recipient-name\tsales-channel\torder-status\tis-buyer-requested-cancellation\n";

/// Orders of one account, cancelled by it, numbered from `first`.
fn cancelled(first: u32, count: u32) -> String {
    let mut out = HEADER.to_owned();
    for n in first..first + count {
        out.push_str(&format!(
            "305-2000000-{n:07}\t{n:014}\t2026-11-{:02}T10:00:00+00:00\t\
             k1m2n3o4p5q6r7@marketplace.amazon.de\tJona Dorn\tJona Dorn\tAmazon.de\tCancelled\ttrue\n",
            n + 1
        ));
    }
    out
}

#[test]
fn what_an_import_noticed_is_accepted_or_rejected() {
    let bwatch = Bwatch::new();
    let file = bwatch.file("orders.txt", cancelled(1, 3));
    let imported = bwatch.ok(&["import", &file]);
    let ids = imported["signals"].as_array().unwrap();
    assert_eq!(ids.len(), 1, "{imported}");
    let id = ids[0].as_str().unwrap();
    assert_eq!(bwatch.ok(&["import", &file])["signals"], json!([]), "it is no news again");

    let listed = bwatch.ok(&["signals", "list"]);
    let signal = &listed["signals"][0];
    assert_eq!(signal["id"], json!(id));
    for key in ["id", "kind", "clause", "identity", "buyer_id", "count", "window", "observations"] {
        assert!(keys(signal).contains(&key), "{key} in {signal}");
    }
    assert_eq!(
        (&signal["kind"], &signal["clause"], &signal["count"]),
        (&json!("cancels"), &json!("REPEAT_CANCEL"), &json!(3))
    );
    assert!(!signal.to_string().contains("Dorn"), "names are masked: {signal}");

    let rejected = bwatch.ok(&["signals", "reject", id, "--reason", "Out of stock"]);
    assert_eq!(rejected["signal"]["verdict"], json!("rejected"));
    assert_eq!(bwatch.ok(&["signals", "list"])["signals"], json!([]));
    assert_eq!(bwatch.ok(&["signals", "list", "--decided"])["signals"][0]["id"], json!(id));
    assert_eq!(bwatch.refused(&["signals", "reject", id])["code"], "signal_decided");
    bwatch.ok(&["signals", "reopen", id]);

    let except = "305-2000000-0000003";
    let text = "Ordered and cancelled three times.";
    let accepted = bwatch.ok(&["signals", "accept", id, "--text", text, "--except", except]);
    assert_eq!(accepted["incidents"].as_array().map(Vec::len), Some(2));
    let buyer = accepted["buyer_id"].as_str().unwrap();
    let shown = bwatch.ok(&["buyer", "show", buyer]);
    assert_eq!(shown["buyer"]["status"], json!("watching"), "nothing lists by itself: {shown}");
    assert_eq!(bwatch.ok(&["signals", "list"])["signals"], json!([]));
    let more = bwatch.file("more.txt", cancelled(11, 3));
    let next = bwatch.ok(&["import", &more])["signals"][0].as_str().unwrap().to_owned();
    let unclear = bwatch.refused(&["signals", "accept", &next, "--text", text]);
    assert_eq!(unclear["code"], "choose_buyer");
    let same = bwatch.ok(&["signals", "accept", &next, "--text", text, "--buyer", buyer]);
    assert_eq!(same["buyer_id"], json!(buyer));
    assert_eq!(same["gate"]["met"], json!(true), "{same}");
}

#[test]
fn watching_tells_of_signals() {
    let bwatch = Bwatch::new();
    let file = bwatch.file("orders.txt", cancelled(1, 3));
    bwatch.ok(&["import", &file]);
    let ran = bwatch.run(&["watch", "--once"]);
    let lines: Vec<serde_json::Value> =
        ran.stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let signals: Vec<_> = lines.iter().filter(|line| line["signal"].is_object()).collect();
    assert_eq!(signals.len(), 1, "{lines:?}");
    assert_eq!(signals[0]["signal"]["clause"], json!("REPEAT_CANCEL"));
}

#[test]
fn phrases_are_shown_tried_and_published() {
    let bwatch = Bwatch::new();
    let listed = bwatch.ok(&["phrases", "list"]);
    assert_eq!(listed["phrases"].as_array().map(Vec::len), Some(8));
    let text = bwatch.ok(&["phrases", "show", "en"])["phrases"]["text"].clone();
    let own = text.as_str().unwrap().replacen("[insult]\n", "[insult]\nyou flumpet\n", 1);
    let file = bwatch.file("en.txt", &own);
    assert_eq!(bwatch.ok(&["phrases", "test", "You flumpet!"])["findings"], json!([]));
    let tried = bwatch.ok(&["phrases", "test", "You flumpet!", "--list", &file]);
    assert_eq!(tried["findings"][0]["kind"], json!("insult"));
    let broken = bwatch.file("broken.txt", own.replacen("you flumpet", "(you", 1));
    let refused = bwatch.refused(&["phrases", "publish", &broken]);
    assert_eq!(refused["code"], json!("malformed_phrases"));
    assert!(refused["params"]["line"].as_u64().is_some_and(|line| line > 3), "{refused}");
    let published = bwatch.ok(&["phrases", "publish", &file]);
    let english = published["phrases"].as_array().unwrap().iter().find(|of| of["language"] == "en");
    assert_eq!(english.map(|of| (&of["version"], &of["own"])), Some((&json!(2), &json!(true))));
    assert_eq!(bwatch.ok(&["phrases", "test", "You flumpet!"])["findings"][0]["kind"], "insult");
}
