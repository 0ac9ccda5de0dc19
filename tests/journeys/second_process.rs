//! `bwatch` and the desktop work on the same vault at the same time.

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::generate::{Encoding, Plan, people, report};
use buyerwatch_tests::stage::Stage;

use crate::steps::{Language, onboard};

#[test]
fn an_alert_raised_by_a_script_shows_in_the_open_window() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::English);
    window.find("alerts-empty");

    let bwatch = Bwatch::beside(&stage);
    let known = people(43, 1, Encoding::Utf8);
    bwatch.list_buyer(&[format!("alias={}", known[0].alias)]);
    let plan = Plan { seed: 3, rows: 500, known: &known, known_per_100k: 900, ..Plan::default() };
    let (bytes, planted) = report(&plan);
    assert!(!planted.is_empty(), "the report holds orders of the buyer");
    let file = bwatch.input("orders.txt", &bytes);
    bwatch.ok(["import".as_ref(), file.as_os_str()]);

    window.find("alert-row");
    window.click("alert-claim");
    window.find("alert-handle");
    let alerts = bwatch.ok(["alerts", "list"]);
    let claimed = alerts["alerts"].as_array().into_iter().flatten();
    assert_eq!(claimed.filter(|alert| alert["state"] == "claimed").count(), 1, "{alerts}");
    bwatch.assert_whole();
}
