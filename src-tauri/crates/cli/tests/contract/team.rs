//! `people`, `policy`, `--actor`, and a second person.

use crate::program::{ALIAS, Bwatch, CLAUSE, text, yesterday};
use serde_json::json;

#[test]
fn a_listing_can_need_a_second_person() {
    let bwatch = Bwatch::new();
    assert_eq!(
        bwatch.ok(&["policy"]),
        json!({ "policy": { "second_person": false, "review_days": 90, "retention_days": 30 } })
    );
    let changed = bwatch.ok(&["policy", "--second-person", "on", "--review-days", "30"]);
    assert_eq!(
        changed,
        json!({ "policy": { "second_person": true, "review_days": 30, "retention_days": 30 } })
    );
    assert_eq!(bwatch.refused(&["policy", "--review-days", "1"])["code"], "out_of_range");

    let added = bwatch.ok(&["people", "add", "--name", "Mei Lead", "--role", "lead"]);
    assert_eq!(
        (&added["person"]["name"], &added["person"]["role"]),
        (&"Mei Lead".into(), &"lead".into())
    );
    let team = bwatch.ok(&["people", "list"]);
    assert_eq!(team["people"].as_array().unwrap().len(), 2);

    let buyer = bwatch.buyer(&[&format!("alias={ALIAS}")]);
    let exhibit = format!("message={}", bwatch.file("m.txt", "one star"));
    let at = yesterday();
    bwatch.ok(&[
        "incident",
        "add",
        "--buyer",
        &buyer,
        "--clause",
        CLAUSE,
        "--at",
        &at,
        "--text",
        "t",
        "--exhibit",
        &exhibit,
    ]);
    let proposed = bwatch.ok(&["listing", "add", "--buyer", &buyer, "--clause", CLAUSE]);
    assert_eq!(proposed["state"], "awaiting_approval");
    assert_eq!(bwatch.refused(&["listing", "approve", "--buyer", &buyer])["code"], "same_person");
    let by_name = bwatch
        .ok(&["--actor", "Mei Lead", "listing", "decline", "--buyer", &buyer, "--reason", "thin"]);
    assert_eq!(by_name["state"], "declined");
    bwatch.ok(&["listing", "add", "--buyer", &buyer, "--clause", CLAUSE]);
    let by_id = text(&added["person"]["id"]);
    let approved = bwatch.ok(&["listing", "approve", "--buyer", &buyer, "--actor", &by_id]);
    assert_eq!(approved["state"], "active");

    // Acting for one command changes nothing for the next.
    assert_eq!(bwatch.ok(&["people", "list"])["me"], team["me"]);
    let switched = bwatch.ok(&["people", "switch", "Mei Lead"]);
    assert_eq!(switched["person"]["id"], added["person"]["id"]);
    assert_eq!(bwatch.ok(&["people", "list"])["me"], added["person"]["id"]);
    assert_eq!(bwatch.refused(&["--actor", "Nobody", "people", "list"])["code"], "unknown_person");
}
