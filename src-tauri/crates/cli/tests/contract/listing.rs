//! `criteria`, `buyer`, `incident`, `listing`.

use crate::program::{Bwatch, CLAUSE, keys, text, yesterday};
use serde_json::json;

#[test]
fn the_five_criteria_stand_in_both_languages() {
    let bwatch = Bwatch::new();
    let listed = bwatch.ok(&["criteria", "list"]);
    let criteria = listed["criteria"].as_array().unwrap();
    let mut codes = Vec::new();
    for criterion in criteria {
        assert!(criterion["version"].as_u64().unwrap() >= 1);
        for language in ["zh", "en"] {
            assert!(!text(&criterion["title"][language]).is_empty());
        }
        for clause in criterion["clauses"].as_array().unwrap() {
            codes.push(text(&clause["code"]));
            assert!(clause["threshold"]["count"].as_u64().unwrap() >= 1);
            assert!(clause["threshold"]["window_days"].as_u64().unwrap() >= 1);
            assert!(!clause["required_exhibits"].as_array().unwrap().is_empty());
            assert!(!text(&clause["text"]["zh"]).is_empty());
        }
    }
    codes.sort();
    assert_eq!(
        codes,
        [
            "ABUSIVE_LANGUAGE",
            "NOT_RECEIVED_CLAIMS",
            "REPEAT_CANCEL",
            "RETURN_ABUSE",
            "REVIEW_EXTORTION"
        ]
    );
}

#[test]
fn buyers_are_masked_until_somebody_reveals_them() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.buyer(&["name=Jonas Dornfeld", "phone=+49 30 5550142"]);
    let shown = bwatch.ok(&["buyer", "show", &buyer])["buyer"].clone();
    assert_eq!(shown["id"], json!(buyer));
    assert_eq!(shown["status"], "watching");
    let first = &shown["identifiers"][0];
    assert_eq!((&first["type"], &first["masked"]), (&"name".into(), &"J••• D•••".into()));
    assert_eq!(first["shared"], false);
    assert!(first.get("value").is_none());
    for list in ["incidents", "sightings", "exhibits"] {
        assert_eq!(shown[list], json!([]), "{list}");
    }
    assert!(shown["listing"].is_null());

    let revealed = bwatch.ok(&["buyer", "show", &buyer, "--reveal"])["buyer"].clone();
    assert_eq!(revealed["identifiers"][0]["value"], "Jonas Dornfeld");

    let added = bwatch.ok(&[
        "buyer",
        "identifier",
        "add",
        "--buyer",
        &buyer,
        "--identifier",
        "user_name=jd_ulm",
    ]);
    let identifier = text(&added["buyer"]["identifiers"][2]["id"]);
    let shared = bwatch.ok(&[
        "buyer",
        "identifier",
        "shared",
        "--buyer",
        &buyer,
        "--identifier",
        &identifier,
    ]);
    assert_eq!(shared["buyer"]["identifiers"][2]["shared"], true);
    let removed = bwatch.ok(&[
        "buyer",
        "identifier",
        "remove",
        "--buyer",
        &buyer,
        "--identifier",
        &identifier,
        "--reason",
        "typo",
    ]);
    assert_eq!(removed["buyer"]["identifiers"].as_array().unwrap().len(), 2);
    let noted = bwatch.ok(&["buyer", "note", "--buyer", &buyer, "--text", "called twice"]);
    assert_eq!(noted["buyer"]["notes"][0]["text"], "called twice");

    let all = bwatch.ok(&["buyer", "list"]);
    assert_eq!(all["buyers"].as_array().unwrap().len(), 1);
    assert_eq!(all["buyers"][0]["id"], json!(buyer));
    assert_eq!(all["buyers"][0]["identifiers"][0]["masked"], "J••• D•••");
    assert!(bwatch.ok(&["buyer", "list", "--brief"])["buyers"][0].get("identifiers").is_none());
    assert_eq!(bwatch.ok(&["buyer", "list", "--status", "listed"])["buyers"], json!([]));
}

#[test]
fn a_listing_waits_for_its_clause_and_evidence() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.buyer(&["order_id=305-1111111-2222222"]);
    let list = ["listing", "add", "--buyer", &buyer, "--clause", CLAUSE];
    let refused = bwatch.refused(&list);
    assert_eq!(refused["code"], "clause_not_met");
    assert!(
        refused["params"]["missing"].as_array().unwrap().contains(&json!("incident")),
        "{refused}"
    );

    let at = yesterday();
    let report =
        ["incident", "add", "--buyer", &buyer, "--clause", CLAUSE, "--at", &at, "--text", "threat"];
    let first = bwatch.ok(&[&report[..], &["--order", "305-1111111-2222222"]].concat());
    assert_eq!(first["clause_met"], true);
    assert_eq!(first["missing"], json!(["message"]));
    assert_eq!(first["exhibits"], json!([]));
    let refused = bwatch.refused(&list);
    assert_eq!(
        (&refused["code"], &refused["params"]["missing"]),
        (&"exhibits_missing".into(), &json!(["message"]))
    );

    let exhibit = format!("message={}", bwatch.file("mail=1.txt", "abc"));
    let second =
        bwatch.ok(&[&report[..], &["--buyer-version", "never wrote that", "--exhibit", &exhibit]]
            .concat());
    assert_eq!(second["missing"], json!([]));
    let shown = &second["exhibits"][0];
    // FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(
        (&shown["kind"], &shown["name"], &shown["bytes"]),
        (&"message".into(), &"mail=1.txt".into(), &3.into())
    );
    assert_eq!(shown["sha256"], abc);

    let listed = bwatch.ok(&list);
    assert!(keys(&listed).is_sorted());
    assert_eq!((&listed["criterion_version"], &listed["state"]), (&1.into(), &"active".into()));
    let (from, due) = (text(&listed["listed_at"]), text(&listed["review_due"]));
    let days = due.parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        - from.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!(days.num_days(), 90);
    assert_eq!(bwatch.refused(&list)["code"], "already_listed");

    let clear = ["listing", "clear", "--buyer", &buyer, "--reason"];
    assert_eq!(bwatch.refused(&[&clear[..], &[" "]].concat())["params"]["field"], "reason");
    let cleared = bwatch.ok(&[&clear[..], &["paid and apologised"]].concat());
    assert_eq!(
        (&cleared["listing_id"], &cleared["state"]),
        (&listed["listing_id"], &"cleared".into())
    );
    assert_eq!(bwatch.ok(&["buyer", "show", &buyer])["buyer"]["status"], "cleared");
}

#[test]
fn incidents_can_be_taken_back() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.buyer(&["user_name=someone"]);
    let at = yesterday();
    let added = bwatch.ok(&[
        "incident", "add", "--buyer", &buyer, "--clause", CLAUSE, "--at", &at, "--text", "t",
    ]);
    let incident = text(&added["incident_id"]);
    let withdrawn = bwatch.ok(&[
        "incident",
        "withdraw",
        "--buyer",
        &buyer,
        "--incident",
        &incident,
        "--reason",
        "wrong buyer",
    ]);
    assert_eq!(withdrawn, json!({ "incident_id": incident, "withdrawn": true, "incidents": 0 }));
}

#[test]
fn what_makes_no_sense_is_refused_with_its_reason() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.buyer(&["user_name=someone"]);
    let unknown = "0".repeat(32);
    assert_eq!(bwatch.refused(&["buyer", "show", &unknown])["code"], "not_found");
    assert_eq!(bwatch.refused(&["buyer", "show", "12"])["code"], "malformed_id");
    let incident = |clause: &str, at: &str| {
        bwatch.refused(&[
            "incident", "add", "--buyer", &buyer, "--clause", clause, "--at", at, "--text", "t",
        ])
    };
    assert_eq!(incident("NO_SUCH", &yesterday())["code"], "unknown_clause");
    assert_eq!(incident(CLAUSE, "2999-01-01")["code"], "in_future");
    let gone = bwatch.refused(&[
        "incident",
        "add",
        "--buyer",
        &buyer,
        "--clause",
        CLAUSE,
        "--at",
        &yesterday(),
        "--text",
        "t",
        "--exhibit",
        "message=/nowhere/at/all.txt",
    ]);
    assert_eq!(gone["code"], "file_missing");
}
