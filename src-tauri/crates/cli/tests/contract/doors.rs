//! `folder`, `mapping`, and imports that hold no orders.

use crate::program::{ALIAS, Bwatch, report};
use serde_json::{Value, json};

#[test]
fn returns_and_claims_are_counted_beside_orders() {
    let bwatch = Bwatch::new();
    let text = "Order ID\tReturn request date\tAmazon RMA ID\tA-to-Z Claim\n\
                305-1000000-0000001\t2026-11-20\tD1\tY\n";
    let file = bwatch.file("returns.txt", text);
    let answer = bwatch.ok(&["import", &file]);
    let one = &answer["files"][0];
    assert_eq!(one["format"], "returns");
    assert_eq!(
        one["observations"],
        json!({ "orders": 0, "messages": 0, "returns": 1, "claims": 1, "feedback": 0 })
    );
    assert_eq!(one["unscreenable"], json!({ "order_unknown": 1 }));
    let again = bwatch.ok(&["import", &file]);
    assert_eq!(
        (&again["files"][0]["duplicates"], &again["files"][0]["rows"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn a_watched_folder_feeds_the_watch() {
    let bwatch = Bwatch::new();
    bwatch.listed(&[&format!("alias={ALIAS}")]);
    let inbox = bwatch.vault().parent().unwrap().join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    let place = inbox.to_str().unwrap();
    let added = bwatch.ok(&["folder", "add", place, "--move"]);
    assert_eq!(added["folder"]["move_done"], true);
    std::fs::write(inbox.join("a.txt"), report(&[("305-1000000-0000001", ALIAS, "Jona Dorn")]))
        .unwrap();
    std::fs::write(inbox.join("b.txt"), "colour,size\nred,4\n").unwrap();
    let ran = bwatch.run(&["watch", "--once"]);
    let lines: Vec<Value> =
        ran.stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let has = |name: &str| lines.iter().filter(|line| line.get(name).is_some()).count();
    assert_eq!((has("import"), has("alert")), (1, 1), "{ran:?}");
    assert!(inbox.join("done/a.txt").exists() && inbox.join("b.txt").exists());
    let listed = bwatch.ok(&["folder", "list"]);
    let folder = &listed["folders"][0];
    assert_eq!((&folder["done"], &folder["failed"]), (&1.into(), &1.into()));
    let failed = folder["files"].as_array().unwrap().iter().find(|file| file["state"] == "failed");
    assert_eq!(failed.unwrap()["error"], "unknown_columns");
    let id = folder["id"].as_str().unwrap();
    bwatch.ok(&["folder", "remove", id]);
    assert_eq!(bwatch.ok(&["folder", "list"])["folders"], json!([]));
}

#[test]
fn a_mapping_is_previewed_saved_and_applied() {
    let bwatch = Bwatch::new();
    let text = "Auftragsnummer;Kunde;E-Mail\nA-1;Jona Dorn;jona@example.com\n";
    let file = bwatch.file("list.csv", text);
    assert_eq!(bwatch.run(&["import", &file]).json["error"]["code"], "unknown_columns");
    let preview = bwatch.ok(&["mapping", "preview", &file]);
    assert_eq!(preview["columns"][1]["guess"], "buyer_name");
    bwatch.ok(&["mapping", "save", &file, "--name", "Shop", "--column", "2=recipient_name"]);
    let imported = bwatch.ok(&["import", &file]);
    assert_eq!(imported["files"][0]["format"], "mapped");
    let saved = bwatch.ok(&["mapping", "list"]);
    assert_eq!(saved["mappings"][0]["columns"][1], json!(["kunde", "recipient_name"]));
}

#[test]
fn claims_are_mapped_as_what_they_are() {
    let bwatch = Bwatch::new();
    let text = "Auftragsnummer;Datum;Grund\nA-1;02.11.2026;Paket nicht erhalten\n";
    let file = bwatch.file("claims.csv", text);
    let orders = bwatch.ok(&["mapping", "preview", &file]);
    let claims = bwatch.ok(&["mapping", "preview", &file, "--kind", "claims"]);
    assert_eq!(
        (&orders["columns"][2]["guess"], &claims["columns"][2]["guess"]),
        (&Value::Null, &"reason".into())
    );
    bwatch.ok(&["mapping", "save", &file, "--name", "Claims", "--kind", "claims"]);
    assert_eq!(bwatch.ok(&["mapping", "list"])["mappings"][0]["kind"], "claims");
    let imported = bwatch.ok(&["import", &file]);
    let one = &imported["files"][0];
    assert_eq!(
        (&one["format"], &one["observations"]["claims"]),
        (&"mapped_claims".into(), &1.into())
    );
}

#[test]
fn a_mailbox_keeps_which_server_checks_senders_and_what_went_wrong() {
    let bwatch = Bwatch::new();
    let run = |args: &[&str]| bwatch.fed(&mut bwatch.command(args), "seven\n");
    let add = |server: &str| {
        let args =
            ["mailbox", "add", "--host", "no-such-host.invalid", "--user", "shop@example.com"];
        run(&[&args[..], &["--auth-server", server]].concat())
    };
    assert_eq!(add("spf=pass").json["error"]["code"], "malformed_auth_server");
    let added = add("MX.Example.com");
    assert_eq!(added.json["mailbox"]["auth_server"], "mx.example.com");
    let id = added.json["mailbox"]["id"].as_str().unwrap();
    bwatch.ok(&["mailbox", "checks", id]);
    assert_eq!(bwatch.ok(&["mailbox", "list"])["mailboxes"][0]["auth_server"], Value::Null);
    assert_eq!(run(&["mailbox", "sync", id]).json["error"]["code"], "mail_no_host");
    let errors = || bwatch.ok(&["mailbox", "list"])["mailboxes"][0]["errors"].clone();
    assert_eq!((&errors()[0]["error"], &errors()[0]["times"]), (&"mail_no_host".into(), &1.into()));
    // What it waits for here is the same: to be read now.
    assert_eq!(run(&["mailbox", "retry", id]).json["error"]["code"], "mail_no_host");
    assert_eq!(errors()[0]["times"], 2);
    assert_eq!(run(&["mailbox", "retry", &"0".repeat(32)]).json["error"]["code"], "not_found");
}
