//! `bwatch bench`: figures without a vault.

use crate::program::{Bwatch, text};
use std::fs;
use std::path::Path;

const HEADER: &str =
    "id,buyer_name,recipient_name,email_alias,phone,addr1,addr2,city,state,postal,country\n";

fn scenario(folder: &Path) {
    let street = |n: usize| format!("{} Marigold Terrace", 11 + 7 * n);
    let names = ["Ottokar Brandis", "Ottilie Weidenfeller", "Hildegund Sorbenrath"];
    let mut flagged = HEADER.to_owned();
    let mut orders = HEADER.to_owned();
    let mut truth = "order_id,flagged_id,kind,lang\n".to_owned();
    for (n, name) in names.iter().enumerate() {
        let street = street(n);
        flagged.push_str(&format!("F{n},{name},,,,{street},,Ashford,,TN2{n} 4XA,GB\n"));
        // The same person, spelled otherwise.
        let typed = name.replace("ie", "y").to_uppercase();
        orders.push_str(&format!("M{n},{typed},,,,{street},,Ashford,,TN2{n} 4XA,GB\n"));
        truth.push_str(&format!("M{n},F{n},match,EN\n"));
        // Somebody else in the same house.
        orders.push_str(&format!("H{n},Wendelin Kropp,,,,{street},,Ashford,,TN2{n} 4XA,GB\n"));
        truth.push_str(&format!("H{n},,household,EN\n"));
    }
    for (name, text) in [("flagged.csv", flagged), ("orders.csv", orders), ("truth.csv", truth)] {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn a_scenario_is_measured_without_a_vault() {
    let dir = tempfile::tempdir().unwrap();
    scenario(dir.path());
    let folder = dir.path().to_str().unwrap();
    let bwatch = Bwatch::empty();
    let json = bwatch.ok(&["bench", "matching", folder]);
    assert_eq!((&json["listed"], &json["orders"]), (&3.into(), &6.into()));
    let alert = &json["tier"]["alert"];
    for (field, value) in
        [("precision", 1.0), ("recall", 1.0), ("f1", 1.0), ("false_alert_rate", 0.0)]
    {
        assert_eq!(alert[field].as_f64(), Some(value), "{field}: {json}");
    }
    assert_eq!(json["by_kind"]["household"]["alert"], 0);
    assert_eq!(json["by_kind"]["match"]["orders"], 3);
    assert_eq!(json["by_lang"]["EN"]["alert"]["recall"], 1.0);
    for field in ["mean", "p50", "p99"] {
        assert!(json["us_per_order"][field].as_f64().is_some_and(|us| us > 0.0), "{json}");
    }
    // What is left after a purge knows no other spelling.
    let purged = bwatch.ok(&["bench", "matching", folder, "--purged", "--guard", "off"]);
    assert!(purged["tier"]["alert"]["recall"].as_f64().unwrap() <= 1.0, "{purged}");
}

#[test]
fn a_scenario_that_lacks_something_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().to_str().unwrap();
    let bwatch = Bwatch::empty();
    assert_eq!(
        text(&bwatch.refused(&["bench", "matching", folder])["code"]),
        "scenario_unreadable"
    );
    scenario(dir.path());
    fs::write(dir.path().join("truth.csv"), "order_id,kind\nM0,match\n").unwrap();
    assert_eq!(
        text(&bwatch.refused(&["bench", "matching", folder])["code"]),
        "scenario_unreadable"
    );
}

#[test]
fn a_truth_may_be_shorter_or_longer_than_the_orders() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().to_str().unwrap();
    let bwatch = Bwatch::empty();
    scenario(dir.path());
    let truth = |rows: &str| {
        fs::write(dir.path().join("truth.csv"), format!("kind,flagged_id,order_id\r\n{rows}"))
            .unwrap();
    };
    // What it does not name is honest and counted apart.
    truth("MATCH,F0,M0\r\nmatch,F1,M1\r\nmatch,F2,M2\r\n");
    let json = bwatch.ok(&["bench", "matching", folder]);
    assert_eq!(json["by_kind"]["match"]["alert"], 3, "{json}");
    assert_eq!(json["by_kind"]["unnamed"]["orders"], 3, "{json}");
    assert_eq!(json["tier"]["alert"]["precision"], 1.0, "{json}");
    truth("");
    let json = bwatch.ok(&["bench", "matching", folder]);
    assert_eq!(json["by_kind"]["unnamed"]["alert"], 3, "{json}");
    assert_eq!(json["tier"]["alert"]["false_alert_rate"], 0.5, "{json}");
    // Somebody who is listed twice is found twice.
    let path = dir.path().join("flagged.csv");
    let flagged = fs::read_to_string(&path).unwrap();
    let again = flagged.lines().nth(1).unwrap().replacen("F0", "F9", 1);
    fs::write(&path, format!("\u{feff}{flagged}{again}\n")).unwrap();
    truth("match,F0,M0\nmatch,F9,M0\nmatch,F1,M1\nmatch,F2,M2\n");
    let json = bwatch.ok(&["bench", "matching", folder]);
    let alert = &json["tier"]["alert"];
    assert_eq!((&alert["precision"], &alert["recall"]), (&1.0.into(), &1.0.into()), "{json}");
    // It is about another scenario.
    truth("match,F0,X0\n");
    let refused = bwatch.refused(&["bench", "matching", folder]);
    assert_eq!(text(&refused["code"]), "scenario_unreadable");
}
