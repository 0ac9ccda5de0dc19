//! `journal`, `doctor`, `demo`.

use crate::program::{ALIAS, Bwatch};
use serde_json::json;

#[test]
fn the_record_is_checked_three_ways() {
    let bwatch = Bwatch::new();
    bwatch.listed(&[&format!("alias={ALIAS}")]);
    let verified = bwatch.ok(&["journal", "verify"]);
    let rebuilt = bwatch.ok(&["journal", "rebuild", "--check"]);
    let healthy = bwatch.ok(&["doctor"]);
    for report in [&verified, &rebuilt, &healthy] {
        assert_eq!((&report["ok"], &report["problems"]), (&true.into(), &json!([])), "{report}");
        assert!(report["head"]["seq"].is_u64() && report["head"]["hash"].is_string(), "{report}");
    }
    assert_eq!(verified["head"], healthy["head"]);
    for check in
        ["cipher_integrity_check", "integrity_check", "foreign_key_check", "journal", "tables"]
    {
        assert_eq!(healthy["checks"][check], true, "{check}");
    }
}

#[test]
fn a_lost_head_is_a_problem_until_somebody_accepts_it() {
    let bwatch = Bwatch::new();
    std::fs::remove_file(bwatch.vault().join("head")).unwrap();
    let ran = bwatch.run(&["journal", "verify"]);
    assert_eq!((ran.status, &ran.json["problems"][0]["code"]), (1, &"head_lost".into()));
    let accepted = bwatch.ok(&["journal", "accept-head", "--reason", "The file was deleted."]);
    assert_eq!((&accepted["ok"], &accepted["problems"]), (&true.into(), &json!([])));
    bwatch.ok(&["doctor"]);
}

#[test]
fn a_damaged_database_is_no_success() {
    let bwatch = Bwatch::new();
    bwatch.listed(&[&format!("alias={ALIAS}")]);
    bwatch.ok(&["doctor"]);
    let database = bwatch.vault().join("vault.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    for byte in bytes.iter_mut().skip(middle).take(64) {
        *byte ^= 0x55;
    }
    std::fs::write(&database, bytes).unwrap();
    let ran = bwatch.run(&["doctor"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let named = ran.json["error"]["code"] == "damaged" || ran.json["ok"] == false;
    assert!(named, "{ran:?}");
}

#[test]
fn the_demo_needs_nothing_and_leaves_nothing() {
    let bwatch = Bwatch::empty();
    let temporary = tempfile::tempdir().unwrap();
    let mut command = bwatch.bare(&["--json", "demo"]);
    let ran = bwatch.fed(command.env("TMPDIR", temporary.path()), "");
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(ran.json["orders"], 500);
    assert_eq!(ran.json["alerts"].as_array().unwrap().len(), 5);
    assert!(!bwatch.vault().exists());
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}
