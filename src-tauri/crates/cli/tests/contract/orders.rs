//! `import`, `screen`, `alerts`, `trust`, `watch`.

use crate::program::{ALIAS, Bwatch, PASSPHRASE, keys, report, text};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};

const HERS: &str = "305-1000000-0000001";
const OTHERS: &str = "305-1000000-0000002";

fn two_orders() -> String {
    report(&[
        (HERS, ALIAS, "Jona Dorn"),
        (OTHERS, "b1c2d3e4f5a6b7@marketplace.amazon.de", "Ute Sander"),
    ])
}

#[test]
fn an_import_accounts_for_every_row_and_raises_alerts() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.listed(&[&format!("alias={ALIAS}")]);
    let mut text_of = two_orders();
    text_of.push_str("not an order\t1\n");
    let file = bwatch.file("orders.txt", &text_of);
    let ran = bwatch.run(&["import", &file]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let answer = &ran.json;
    let one = &answer["files"][0];
    assert_eq!(one["path"], json!(file));
    assert_eq!(
        (&one["rows"], &one["duplicates"], &one["screened"]),
        (&3.into(), &0.into(), &2.into())
    );
    assert_eq!(
        one["observations"],
        json!({ "orders": 2, "messages": 0, "returns": 0, "claims": 0, "feedback": 0 })
    );
    assert_eq!(one["skipped"], json!([{ "line": 4, "reason": "malformed_order_id" }]));
    assert_eq!((&one["encoding"], &one["unscreenable"]), (&"utf-8".into(), &json!({})));
    assert!(one["format"].is_string());
    assert_eq!(answer["signals"], json!([]));
    let alerts = answer["alerts"].as_array().unwrap();
    assert_eq!(alerts.len(), 1);
    // Progress is told on standard error, one object a line, and ends with all rows stored.
    let last: Value = serde_json::from_str(ran.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(last["progress"]["committed"], 3, "{last}");
    assert_eq!(keys(&last["progress"]), ["bytes", "bytes_total", "committed", "file", "rows"]);

    let again = bwatch.ok(&["import", &file]);
    assert_eq!((&again["files"][0]["duplicates"], &again["alerts"]), (&2.into(), &json!([])));

    let listed = bwatch.ok(&["alerts", "list", "--state", "open"]);
    let alert = &listed["alerts"][0];
    assert_eq!(alert["id"], alerts[0]);
    assert_eq!(
        (&alert["buyer_id"], &alert["tier"], &alert["state"]),
        (&json!(buyer), &"alert".into(), &"open".into())
    );
    assert_eq!(
        alert["observation"],
        json!({ "kind": "order", "order_id": HERS, "marketplace": "Amazon.de", "at": "2026-11-20T10:00:00.000Z" })
    );
    assert!(alert["score"].as_f64().unwrap() > 0.0);
    assert!(alert["latency_ms"].is_u64());
    let reason = &alert["reasons"][0];
    assert_eq!(keys(reason), ["field", "listed", "note", "query", "similarity", "weight"]);
    assert_eq!((&reason["field"], &reason["similarity"]), (&"alias".into(), &1.0.into()));
    let sightings = &bwatch.ok(&["buyer", "show", &buyer])["buyer"]["sightings"];
    assert_eq!((&sightings[0]["order_id"], &sightings[0]["alert_id"]), (&HERS.into(), &alerts[0]));
}

#[test]
fn alerts_go_from_open_to_handled() {
    let bwatch = Bwatch::new();
    bwatch.listed(&[&format!("alias={ALIAS}")]);
    let file = bwatch.file("orders.txt", two_orders());
    let alert = text(&bwatch.ok(&["import", &file])["alerts"][0]);
    let act = |args: &[&str]| bwatch.ok(&[&["alerts"], args].concat())["alert"].clone();
    assert_eq!(act(&["claim", &alert])["claimed_by"]["name"], "Lin Owner");
    assert_eq!(act(&["release", &alert])["state"], "open");
    let handled = act(&["handle", &alert, "--note", "packed on film"]);
    assert_eq!(
        (&handled["state"], &handled["note"]),
        (&"handled".into(), &"packed on film".into())
    );
    assert_eq!(bwatch.refused(&["alerts", "claim", &alert])["code"], "wrong_alert_state");
    assert_eq!(act(&["reopen", &alert])["state"], "open");
    let soon = (chrono::Utc::now() + chrono::TimeDelta::days(2)).to_rfc3339();
    assert!(act(&["snooze", &alert, "--until", &soon])["snoozed_until"].is_string());
    assert_eq!(bwatch.ok(&["alerts", "list"])["alerts"].as_array().unwrap().len(), 1);
    let dismissed = act(&["dismiss", &alert, "--not-this-buyer", "--note", "another person"]);
    assert_eq!(dismissed["state"], "dismissed");
    assert_eq!(bwatch.ok(&["alerts", "list", "--state", "open"])["alerts"], json!([]));

    // The pair is silent from now on.
    let next = bwatch.file("next.txt", report(&[("305-1000000-0000009", ALIAS, "Jona Dorn")]));
    assert_eq!(bwatch.ok(&["import", &next])["alerts"], json!([]));
}

#[test]
fn standard_input_can_hold_passphrase_and_report() {
    let bwatch = Bwatch::new();
    bwatch.listed(&[&format!("alias={ALIAS}")]);
    let mut command = bwatch.bare(&["--json", "--passphrase-stdin", "import", "-"]);
    let ran = bwatch.fed(&mut command, format!("{PASSPHRASE}\n{}", two_orders()));
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(
        (&ran.json["files"][0]["path"], &ran.json["files"][0]["rows"]),
        (&"-".into(), &2.into())
    );
    assert_eq!(ran.json["alerts"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_is_no_report_fails_and_the_others_are_imported() {
    let bwatch = Bwatch::new();
    let good = bwatch.file("orders.txt", two_orders());
    let bad = bwatch.file("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let ran = bwatch.run(&["import", &bad, &good, "/nowhere/at/all.txt"]);
    assert_eq!(ran.status, 1);
    let files = ran.json["files"].as_array().unwrap();
    assert_eq!(files[0]["error"]["code"], "not_text");
    assert_eq!(files[1]["rows"], 2);
    assert_eq!(files[2]["error"]["code"], "file_missing");
    assert_eq!(ran.json["error"]["code"], "not_text");
    assert!(text(&ran.json["error"]["message"]).contains("report"));
    let chinese = bwatch.run(&["--lang", "zh-CN", "import", &bad]);
    assert!(text(&chinese.json["error"]["message"]).contains("报表"), "{chinese:?}");
}

#[test]
fn screening_stores_nothing() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.listed(&[&format!("alias={ALIAS}")]);
    let file = bwatch.file("orders.txt", two_orders());
    let screened = bwatch.ok(&["screen", &file]);
    assert_eq!(
        (&screened["files"][0]["rows"], &screened["files"][0]["screened"]),
        (&2.into(), &2.into())
    );
    let found = &screened["matches"][0];
    assert_eq!(
        (&found["buyer_id"], &found["observation"]["order_id"]),
        (&json!(buyer), &HERS.into())
    );
    assert_eq!(bwatch.ok(&["alerts", "list"])["alerts"], json!([]));
    assert_eq!(bwatch.ok(&["import", &file])["files"][0]["duplicates"], 0);
}

#[test]
fn trusted_identities_never_alert() {
    let bwatch = Bwatch::new();
    bwatch.listed(&[&format!("alias={ALIAS}")]);
    let added = bwatch.ok(&[
        "trust",
        "add",
        "--identifier",
        &format!("alias={ALIAS}"),
        "--reason",
        "our own account",
    ]);
    assert_eq!(added["trust"]["masked"], "k7m2•••@…amazon.de");
    let file = bwatch.file("orders.txt", two_orders());
    assert_eq!(bwatch.ok(&["import", &file])["alerts"], json!([]));
    let trusts = bwatch.ok(&["trust", "list"]);
    assert_eq!(trusts["trusts"][0]["reason"], "our own account");
    let id = text(&trusts["trusts"][0]["id"]);
    assert_eq!(
        bwatch.ok(&["trust", "remove", &id, "--reason", "closed"]),
        json!({ "removed": true })
    );
    assert_eq!(bwatch.ok(&["trust", "list"])["trusts"], json!([]));
}

#[test]
fn watching_tells_what_another_process_does() {
    let bwatch = Bwatch::new();
    bwatch.listed(&[&format!("alias={ALIAS}")]);
    let before = bwatch.file("before.txt", report(&[(HERS, ALIAS, "Jona Dorn")]));
    bwatch.ok(&["import", &before]);

    let once = bwatch.run(&["watch", "--once"]);
    assert_eq!(once.status, 0, "{once:?}");
    let lines: Vec<Value> =
        once.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0]["import"]["name"], &lines[0]["import"]["rows"]),
        (&"before.txt".into(), &1.into())
    );
    assert_eq!(lines[1]["alert"]["observation"]["order_id"], HERS);

    let mut watching = bwatch.command(&["watch"]).spawn().unwrap();
    let mut heard = BufReader::new(watching.stdout.take().unwrap()).lines();
    // It says nothing of what was there before, so it is ready when something new is heard. Orders
    // go on coming until then.
    let mut first = None;
    std::thread::scope(|scope| {
        let (tell, told) = std::sync::mpsc::channel();
        scope.spawn(move || {
            let line = heard.next().unwrap().unwrap();
            tell.send(serde_json::from_str::<Value>(&line).unwrap()).unwrap();
        });
        for n in 1..60 {
            let order = format!("305-2000000-{n:07}");
            let file = bwatch.file("new.txt", report(&[(&order, ALIAS, "Jona Dorn")]));
            bwatch.ok(&["import", &file]);
            if let Ok(line) = told.recv_timeout(std::time::Duration::from_secs(1)) {
                first = Some(line);
                break;
            }
        }
        // Ends the reader, too, when nothing was heard.
        watching.kill().unwrap();
        watching.wait().unwrap();
    });
    let first = first.expect("the watcher tells of an import or alert");
    let fresh = |order: &Value| order.as_str().is_some_and(|id| id.starts_with("305-2000000-"));
    let news =
        first["import"]["name"] == "new.txt" || fresh(&first["alert"]["observation"]["order_id"]);
    assert!(news, "{first}");
}

#[test]
fn an_argument_is_told_and_decisions_are_taken_back() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.listed(&[&format!("alias={ALIAS}")]);
    let file = bwatch.file("orders.txt", two_orders());
    let screened = bwatch.ok(&["screen", &file]);
    let found = &screened["matches"][0];
    assert_eq!(found["ground"], "identifier");
    assert_eq!(found["reasons"][0]["field"], "alias");
    let alert = text(&bwatch.ok(&["import", &file])["alerts"][0]);
    let explain = |order: &str| {
        bwatch.ok(&["explain", "--order", order, "--buyer", &buyer])["comparison"].clone()
    };
    let hers = explain(HERS);
    assert_eq!((&hers["tier"], &hers["alert_id"]), (&"alert".into(), &alert.clone().into()));
    let others = explain(OTHERS);
    assert_eq!((&others["tier"], &others["ground"]), (&Value::Null, &"nothing".into()));
    assert!(hers["raised_at"].is_string() && hers["today"].is_null(), "{hers}");
    assert_eq!(others["raised_at"], Value::Null);
    let asked = ["explain", "--order", HERS, "--buyer", &buyer];
    let clear = bwatch.ok(&[&asked[..], &["--reveal"]].concat());
    assert_eq!(clear["comparison"], hers);
    assert_eq!(clear["revealed"]["reason.0.query"], ALIAS);
    assert_eq!(clear["revealed"]["reason.0.listed"], ALIAS);
    assert!(bwatch.ok(&asked).get("revealed").is_none());
    let apart = ["alerts", "dismiss", &alert, "--not-this-buyer"];
    let unsaid = bwatch.run(&apart);
    assert_eq!(unsaid.json["error"]["code"], "reason_needed");
    assert!(text(&unsaid.json["error"]["message"]).contains("--note"), "{}", unsaid.json);
    let until = ["--note", "her sister", "--until", "2999-01-01"];
    bwatch.ok(&[&apart[..], &until[..]].concat());
    assert_eq!(explain(HERS)["silences"], json!(["not_this_buyer"]));
    let decided = bwatch.ok(&["trust", "decisions"])["decisions"].clone();
    assert_eq!(
        (&decided[0]["reason"], &decided[0]["ended"]),
        (&"her sister".into(), &false.into())
    );
    assert_eq!(decided[0]["order_id"], HERS);
    assert!(decided[0]["until"].is_string());
    let identity = text(&decided[0]["identity"]);
    let args = ["trust", "restore", "--buyer", &buyer, "--identity", &identity];
    assert_eq!(bwatch.ok(&[&args[..], &["--reason", "it was them"]].concat())["restored"], true);
    assert_eq!(explain(HERS)["silences"], json!([]));
    let trust = ["trust", "add", "--identifier", "phone=+4930123456", "--reason", "fair"];
    let past = bwatch.run(&[&trust[..], &["--until", "2020-01-01"]].concat());
    assert_eq!(past.json["error"]["code"], "ends_in_the_past");
    let granted = bwatch.ok(&[&trust[..], &["--until", "2999-01-01"]].concat());
    assert_eq!(granted["trust"]["ended"], false);
    assert!(granted["trust"]["until"].is_string());
    assert_eq!(granted["reach"]["borne_by_many"], false);
    // Many may bear a name: how far it reaches is told.
    let name = ["trust", "add", "--identifier", "name=Jona Dorn", "--reason", "another one"];
    let granted = bwatch.ok(&name);
    assert_eq!(granted["reach"]["borne_by_many"], true);
    assert!(granted["reach"]["orders"].is_u64(), "{granted}");
}

#[test]
fn a_letter_of_a_listed_buyer_raises_an_alert() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.listed(&["alias=k7m2q9x4w1r8t5@marketplace.amazon.de"]);
    let letter = "Message-ID: <1@relay.example>\r\n\
        From: \"Jona Dorn - Amazon Marketplace\" <k7m2q9x4w1r8t5+c1@marketplace.amazon.de>\r\n\
        Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nSubject: Question\r\n\r\nWhere is it?\r\n";
    let file = bwatch.file("letter.eml", letter);
    let done = bwatch.ok(&["import", &file]);
    assert_eq!(done["files"][0]["format"], "eml");
    assert_eq!(done["files"][0]["observations"]["messages"], 1);
    assert_eq!(done["alerts"].as_array().map(Vec::len), Some(1), "{done}");
    let listed = bwatch.ok(&["alerts", "list", "--state", "open"]);
    let alert = &listed["alerts"][0];
    assert_eq!(alert["buyer_id"], buyer.as_str());
    assert_eq!(
        keys(&alert["observation"]),
        ["at", "kind", "marketplace", "message_id", "order_id"]
    );
    assert_eq!(alert["observation"]["kind"], "message");
    let again = bwatch.ok(&["import", &file]);
    assert_eq!((&again["files"][0]["duplicates"], &again["alerts"]), (&1.into(), &json!([])));
}

#[test]
fn an_order_is_shown_with_what_came_after_the_sale() {
    let bwatch = Bwatch::new();
    let id = "305-1000000-0000001";
    let orders = bwatch.file("orders.txt", report(&[(id, ALIAS, "Jona Dorn")]));
    let returns = format!(
        "Order ID\tReturn request date\tReturn request status\tAmazon RMA ID\tReturn quantity\t\
         Return Reason\tSafeT claim id\tSafeT claim state\n\
         {id}\t2026-11-20\tApproved\tD1\t2\tCR-DEFECTIVE\tS1\tGranted\n"
    );
    let feedback = format!(
        "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n\
         11/10/26\t1\tNever came\t\t{id}\t\n"
    );
    bwatch.ok(&["import", &orders]);
    bwatch.ok(&["import", &bwatch.file("returns.txt", returns)]);
    bwatch.ok(&["import", &bwatch.file("feedback.txt", feedback)]);
    let order = bwatch.ok(&["orders", "show", id])["order"].clone();
    assert_eq!(order["returns"][0]["reason"], "CR-DEFECTIVE");
    assert_eq!(
        (&order["returns"][0]["status"], &order["returns"][0]["quantity"]),
        (&"Approved".into(), &2.into())
    );
    assert_eq!(
        (&order["claims"][0]["kind"], &order["claims"][0]["state"]),
        (&"safe_t".into(), &"Granted".into())
    );
    assert_eq!(
        (&order["feedback"][0]["rating"], &order["feedback"][0]["comment"]),
        (&1.into(), &"Never came".into())
    );
    let read = |lang: &str| {
        let mut command = bwatch.bare(&["--lang", lang, "orders", "show", id]);
        bwatch.fed(command.env("BUYERWATCH_PASSPHRASE", PASSPHRASE), "").stdout
    };
    let (english, chinese) = (read("en"), read("zh-CN"));
    for part in [
        "return 2026-",
        "reason: CR-DEFECTIVE",
        "SAFE-T claim",
        "state: Granted",
        "1/5",
        "Never came",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    for part in ["退货 2026-", "SAFE-T 索赔", "评分"] {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
}
