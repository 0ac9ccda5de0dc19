//! `buyer duplicates | merge | unmerge | distinct`.

use crate::program::{Bwatch, text};
use serde_json::json;

#[test]
fn two_records_of_one_person_are_suggested_merged_and_parted() {
    let bwatch = Bwatch::new();
    let first = bwatch.buyer(&["name=Jonas Dornfeld", "phone=+49 30 5550142"]);
    let second = bwatch.buyer(&["name=J. Dornfeld", "phone=030 5550142, DE", "phone=+49305550142"]);
    bwatch.buyer(&["name=Ottokar Brandis", "phone=+49 30 5550199"]);

    let found = bwatch.ok(&["buyer", "duplicates"]);
    assert_eq!((&found["total"], &found["by_likeness"]), (&json!(1), &json!(true)));
    let pair = &found["duplicates"][0];
    assert_eq!((&pair["one"]["id"], &pair["other"]["id"]), (&json!(first), &json!(second)));
    assert_eq!((&pair["ground"], &pair["lists"]), (&json!("identifier"), &json!(false)));
    let reasons = pair["reasons"].as_array().unwrap();
    assert!(reasons.iter().any(|reason| reason["field"] == "phone" && reason["note"] == "exact"));
    assert!(!text(&reasons[0]["query"]).contains("5550142"), "masked");

    let merged = bwatch.ok(&["buyer", "merge", &second, "--into", &first])["buyer"].clone();
    assert_eq!(merged["id"], json!(first));
    assert_eq!(merged["merged"][0]["id"], json!(second));
    assert_eq!(merged["identifiers"].as_array().unwrap().len(), 5);
    assert_eq!(bwatch.ok(&["buyer", "show", &second])["buyer"]["id"], json!(first));
    assert_eq!(bwatch.ok(&["buyer", "list"])["total"], 2);
    assert_eq!(bwatch.ok(&["buyer", "duplicates"])["total"], 0);
    let again = bwatch.refused(&["buyer", "merge", &second, "--into", &first]);
    assert_eq!(again["code"], "already_merged");

    let back = ["buyer", "unmerge", &second, "--reason", "Two brothers"];
    let parted = bwatch.ok(&back)["buyer"].clone();
    assert_eq!((&parted["id"], &parted["merged"]), (&json!(second), &json!([])));
    assert_eq!(bwatch.ok(&["buyer", "list"])["total"], 3);
    assert_eq!(bwatch.refused(&back)["code"], "not_merged");
    // Parted, they are two people until somebody says otherwise.
    assert_eq!(bwatch.ok(&["buyer", "duplicates", "--buyer", &first])["total"], 0);
    assert_eq!(bwatch.ok(&["buyer", "distinct", &first, &second, "--undo"])["distinct"], false);
    assert_eq!(bwatch.ok(&["buyer", "duplicates", "--buyer", &first])["total"], 1);
    assert_eq!(bwatch.ok(&["buyer", "distinct", &first, &second])["distinct"], true);
    assert_eq!(bwatch.ok(&["buyer", "duplicates"])["total"], 0);
    let checked = bwatch.ok(&["journal", "rebuild", "--check"]);
    assert_eq!(checked["ok"], true);
}
