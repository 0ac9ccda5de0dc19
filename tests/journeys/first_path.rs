//! The main job: from an empty vault to a handled alert, in both languages.

use std::time::Instant;

use buyerwatch_tests::bwatch::PASSPHRASE;
use buyerwatch_tests::canary::leaks;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::generate::{Encoding, Person, Plan, people, report};
use buyerwatch_tests::stage::Stage;

use crate::steps::{Language, choose, onboard, set_an_hour_ago};

const CLAUSE: &str = "REVIEW_EXTORTION";
const NOTE: &str = "Wrote twice on the same day.";
const STORY: &str = "Offers five stars in return for a refund.";
const BUYER_VERSION: &str = "Says that it was meant as a joke.";
const EXHIBIT: &str = "Five stars if you send the money back.";

#[test]
fn from_an_empty_vault_to_a_handled_alert() {
    play(Language::English);
}

#[test]
fn from_an_empty_vault_to_a_handled_alert_in_chinese() {
    play(Language::Chinese);
}

fn play(language: Language) {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    let picture = |name: &str| {
        stage.screenshot(&format!("{name}-{}", language.tag()));
    };
    let recovery_key = onboard(&window, language);
    window.find("alerts-empty");
    window.assert_accessible("watch, empty");

    let buyer = people(41, 1, Encoding::Utf8).remove(0);
    flag(&window, &buyer);
    refuse_without_incident(&window);
    report_incident(&window);
    refuse_without_exhibit(&window);
    let exhibit = stage.write("thread.txt", EXHIBIT.as_bytes());
    let drag = window.hold_files(&[&exhibit], "[data-testid='listing-exhibit-message']");
    window.find("drop-target");
    assert!(drag.drop_here(), "the window takes the exhibit");
    window.find_css("[data-testid='listing-gate'][data-met='true']");
    window.click("listing-add");
    window.find_css("[data-testid='listing-state'][data-state='active']");
    window.assert_accessible("buyer, listed");
    picture("buyer");

    window.click("nav-watch");
    window.find("alerts-empty");
    let file = stage.write("orders.txt", &orders(&buyer));
    let drag = window.hold_files(&[&file], "body");
    window.find("drop-overlay");
    picture("drop");
    assert!(drag.drop_here(), "the window takes the report");
    let dropped = Instant::now();
    window.find("alert-row");
    println!("alert visible {} ms after the drop", dropped.elapsed().as_millis());

    window.find("alert-pane");
    window.find("alert-reasons");
    picture("watch");
    window.assert_accessible("watch, an open alert");
    popups_hold_no_personal_data(&stage, &buyer);

    handle(&window);
    look_around(&window, &picture);
    nothing_is_readable_on_the_disk(&stage, &buyer, recovery_key);
}

/// Flags a buyer by a relay address and a name.
fn flag(window: &Desktop, buyer: &Person) {
    window.click("empty-flag");
    window.find("flag-sheet");
    window.assert_accessible("flag a buyer");
    window.fill("flag-paste", &buyer.alias);
    window.fill("flag-note", NOTE);
    window.find("flag-value");
    if window
        .script("return document.querySelector('[data-testid=flag-then-incident]').checked", vec![])
        == true
    {
        window.click("flag-then-incident");
    }
    window.click("flag-submit");
    window.find("listing-gate");
}

fn refuse_without_incident(window: &Desktop) {
    choose(window, "listing-clause", CLAUSE);
    window.find("listing-missing");
    window.click("listing-add");
    window.find("error-banner");
    assert!(!window.has("listing-state"), "nobody is listed without an incident");
    window.assert_accessible("buyer, a listing refused");
}

fn report_incident(window: &Desktop) {
    window.click("report-incident");
    window.find("incident-sheet");
    choose(window, "incident-clause", CLAUSE);
    set_an_hour_ago(window, "incident-at");
    window.fill("incident-text", STORY);
    window.fill("incident-buyer-version", BUYER_VERSION);
    window.assert_accessible("report an incident");
    window.click("incident-submit");
    window.wait_gone("incident-sheet");
}

fn refuse_without_exhibit(window: &Desktop) {
    window.find_css("[data-testid='listing-gate-missing'][data-kind='message']");
    window.click("listing-add");
    window.find("error-banner");
    assert!(!window.has("listing-state"), "nobody is listed without the exhibits");
}

/// A report of 1,000 rows that holds orders of the buyer.
fn orders(buyer: &Person) -> Vec<u8> {
    let known = std::slice::from_ref(buyer);
    let plan = Plan { seed: 5, rows: 1_000, known, known_per_100k: 300, ..Plan::default() };
    let (bytes, planted) = report(&plan);
    assert!(!planted.is_empty(), "the report holds orders of the buyer");
    bytes
}

fn popups_hold_no_personal_data(stage: &Stage, buyer: &Person) {
    let popups = stage.wait_for_popups(1);
    assert!(popups.len() <= 2, "many alerts make one digest: {popups:?}");
    let shown = format!("{popups:?}").to_lowercase();
    for secret in buyer.name.split(' ').chain([buyer.alias.as_str(), &buyer.street, &buyer.phone]) {
        assert!(!shown.contains(&secret.to_lowercase()), "{popups:?}");
    }
}

/// Claims and handles every open alert.
fn handle(window: &Desktop) {
    let mut rest = window.all("alert-row").len();
    while rest > 0 {
        window.click("alert-claim");
        window.click("alert-handle");
        window.wait_until("a handled alert leaves the list", |window| {
            window.all("alert-row").len() < rest
        });
        rest = window.all("alert-row").len();
    }
    window.find("alerts-empty");
    window.click("alert-view-closed");
    window.find("alert-row");
}

/// Opens the other screens once; each has to be accessible.
fn look_around(window: &Desktop, picture: &impl Fn(&str)) {
    for (place, sign) in [
        ("buyers", "buyer-row"),
        ("orders", "order-row"),
        ("rules", "criterion"),
        ("settings", "settings"),
    ] {
        window.click(&format!("nav-{place}"));
        window.find(sign);
        window.assert_accessible(place);
        picture(place);
    }
}

/// What the window, its web view and the notification server wrote holds nothing of what was typed,
/// dropped or shown, not in caches either.
fn nothing_is_readable_on_the_disk(stage: &Stage, buyer: &Person, recovery_key: String) {
    let typed = [
        PASSPHRASE,
        NOTE,
        STORY,
        BUYER_VERSION,
        EXHIBIT,
        &buyer.alias,
        &buyer.name,
        &buyer.street,
        &buyer.phone,
    ];
    let mut canaries: Vec<String> = typed.iter().map(ToString::to_string).collect();
    canaries.push(recovery_key);
    assert_eq!(leaks(stage.home(), &canaries), []);
}
