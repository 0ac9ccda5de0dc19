//! Evidence: taken in, listed, shown, verified, handed out, taken out.

use crate::program::{ALIAS, Bwatch, CLAUSE, PASSPHRASE, report, text, yesterday};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

const ORDER: &str = "306-1234567-1234567";

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(files_under(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

/// Stored files of evidence, finished or not.
fn stored(bwatch: &Bwatch) -> Vec<PathBuf> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut found = files_under(&bwatch.vault().join("blobs"));
    found.retain(|path| {
        let name = name(path);
        name != "identity.age" && (name.ends_with(".age") || name.ends_with(".part"))
    });
    found
}

fn acts(exhibit: &Value) -> Vec<String> {
    exhibit["custody"].as_array().unwrap().iter().map(|entry| text(&entry["act"])).collect()
}

fn letter(order: &str) -> String {
    let (name, host) = ALIAS.split_once('@').unwrap();
    format!(
        "Message-ID: <1@relay.example>\r\n\
         From: \"Jona Dorn - Amazon Marketplace\" <{name}+c1@{host}>\r\n\
         Date: Tue, 24 Nov 2026 10:00:00 +0000\r\n\
         Subject: Frage (Bestellung: {order})\r\n\r\nWhere is it?\r\n"
    )
}

#[test]
fn what_is_stored_becomes_evidence() {
    let bwatch = Bwatch::new();
    let orders = bwatch.file("orders.txt", report(&[(ORDER, ALIAS, "Jona Dorn")]));
    let mail = bwatch.file("1.eml", letter(ORDER));
    bwatch.ok(&["import", &orders, &mail]);
    let frozen = bwatch.ok(&["evidence", "freeze", "--order", ORDER]);
    assert_eq!(frozen["personal_data_removed"], json!(false));
    let copy = &frozen["exhibits"][0];
    assert_eq!((&copy["kind"], acts(copy)), (&json!("order_page"), vec!["added".to_owned()]));
    assert_eq!(copy["links"], json!([{ "type": "order", "order_id": ORDER }]));
    let here = ["evidence", "freeze", "--order", ORDER, "--marketplace", "Amazon.de"];
    assert_eq!(bwatch.ok(&here)["exhibits"][0]["kind"], "order_page");
    let listed = bwatch.ok(&["messages", "list", "--order", ORDER]);
    let message = text(&listed["conversations"][0]["newest"]["id"]);
    let frozen = bwatch.ok(&["evidence", "freeze", "--message", &message]);
    assert_eq!(frozen["exhibits"][0]["kind"], "message");
    assert_eq!(frozen["exhibits"][0]["media_type"], "text/plain");
    let other = "306-7654321-7654321";
    assert_eq!(bwatch.refused(&["evidence", "freeze", "--order", other])["code"], "not_found");
    let nobody = "0".repeat(32);
    assert_eq!(bwatch.refused(&["evidence", "freeze", "--message", &nobody])["code"], "not_found");
    for args in [
        &["evidence", "freeze"][..],
        &["evidence", "freeze", "--order", ORDER, "--message", &message],
        &["evidence", "freeze", "--message", &message, "--marketplace", "Amazon.de"],
        &["evidence", "kind", &nobody, "nonsense"],
        &["evidence", "readiness"],
    ] {
        assert_eq!(bwatch.run(args).status, 2, "{args:?}");
    }
}

#[test]
fn what_an_exhibit_shows_decides_what_a_clause_still_asks_for() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.buyer(&[&format!("alias={ALIAS}")]);
    let incident = |clause: &str| {
        let at = yesterday();
        let report = ["incident", "add", "--buyer", &buyer, "--clause", clause, "--at", &at];
        text(&bwatch.ok(&[&report[..], &["--text", "asked for money"]].concat())["incident_id"])
    };
    let (threat, other) = (incident(CLAUSE), incident("RETURN_ABUSE"));
    let note = bwatch.file("chat.txt", "one star or money");
    let added =
        bwatch.ok(&["evidence", "add", &note, "--incident", &threat, "--kind", "phone_note"]);
    let exhibit = text(&added["exhibits"][0]["id"]);
    let ready = |args: &[&str]| {
        let ready = bwatch.ok(&[&["evidence", "readiness", "--buyer", &buyer], args].concat());
        ready["readiness"].as_array().unwrap().clone()
    };
    let all = ready(&[]);
    assert!(all.iter().any(|item| item["incident_id"] == json!(other)), "{all:?}");
    let before = ready(&["--incident", &threat]);
    let asked = before.iter().find(|item| item["item"] == "message").unwrap();
    assert_eq!((&asked["clause"], &asked["present"]), (&json!(CLAUSE), &json!(false)));
    assert_eq!((&asked["incident_id"], &asked["exhibits"]), (&json!(threat), &json!([])));
    assert!(before.iter().all(|item| item["incident_id"] == json!(threat)), "{before:?}");

    let changed = bwatch.ok(&["evidence", "kind", &exhibit, "message"]);
    let one = &changed["exhibits"][0];
    assert_eq!(
        (&one["kind"], acts(one)),
        (&json!("message"), vec!["added".into(), "kind_changed".into()])
    );
    let after = ready(&["--incident", &threat]);
    let asked = after.iter().find(|item| item["item"] == "message").unwrap();
    assert_eq!((&asked["present"], &asked["exhibits"]), (&json!(true), &json!([exhibit])));
    assert_eq!(asked["damaged"], json!([]));

    let plain = |lang: &str| {
        let args = ["--lang", lang, "evidence", "readiness", "--buyer", &buyer];
        let mut command = bwatch.bare(&args);
        bwatch.fed(command.env("BUYERWATCH_PASSPHRASE", PASSPHRASE), "").stdout
    };
    assert!(plain("en").contains(&format!("  present message {exhibit}\n")), "{}", plain("en"));
    assert!(plain("zh-CN").contains(&format!("  已有 message {exhibit}\n")), "{}", plain("zh-CN"));
    let stranger = bwatch.buyer(&["alias=b1c2d3e4f5a6b7@marketplace.amazon.de"]);
    let theirs = ["evidence", "readiness", "--buyer", &stranger, "--incident", &threat];
    assert_eq!(bwatch.refused(&theirs)["code"], "not_found");
    let nobody = "0".repeat(32);
    assert_eq!(bwatch.refused(&["evidence", "readiness", "--buyer", &nobody])["code"], "not_found");
}

#[test]
fn evidence_comes_in_is_shown_and_goes_out_as_it_came() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.buyer(&[&format!("alias={ALIAS}")]);
    let film = bwatch.file("packing.bin", vec![7; 300_000]);
    let note = bwatch.file(&format!("chat {ORDER}.txt"), "one star or money");
    let added = bwatch.ok(&["evidence", "add", &film, &note, "--buyer", &buyer]);
    let exhibits = added["exhibits"].as_array().unwrap();
    assert_eq!(exhibits.len(), 2);
    let first = &exhibits[0];
    assert_eq!((&first["kind"], &first["bytes"]), (&json!("other"), &json!(300_000)));
    assert_eq!(first["captured_at"], Value::Null);
    let entry = &first["custody"][0];
    assert_eq!((&entry["act"], &entry["detail"]), (&json!("added"), &first["sha256"]));
    assert_eq!(text(&entry["device"]).len(), 64);
    assert_eq!(exhibits[1]["media_type"], "text/plain");

    // Nobody has to say where it belongs: a name may, and what nothing ties is kept nevertheless.
    let named = bwatch.file(&format!("seal {ORDER}.bin"), [8; 99]);
    let loose = bwatch.file("seal.bin", [9; 99]);
    let alone = bwatch.ok(&["evidence", "add", &named, &loose]);
    let links = |n: usize| alone["exhibits"][n]["links"].clone();
    assert_eq!(links(0), json!([{ "type": "order", "order_id": ORDER }]));
    assert_eq!(links(1), json!([]));

    let listed = |args: &[&str]| {
        let all = bwatch.ok(&[&["evidence", "list"], args].concat());
        all["exhibits"].as_array().unwrap().len()
    };
    assert_eq!((listed(&[]), listed(&["--buyer", &buyer])), (4, 2));
    assert_eq!((listed(&["--order", ORDER]), listed(&["--kind", "label"])), (2, 0));

    let id = text(&first["id"]);
    bwatch.ok(&["evidence", "annotate", &id, "--text", "seal number 4711"]);
    let out = bwatch.vault().with_file_name("out.bin");
    let path = out.display().to_string();
    let purpose = ["--purpose", "claim"];
    bwatch.ok(&[&["evidence", "export", &id, "--out", &path], &purpose[..]].concat());
    assert_eq!(fs::read(&out).unwrap(), vec![7; 300_000]);
    let refused = bwatch.refused(&["evidence", "export", &id, "--out", &path]);
    assert_eq!(refused["code"], "export_name_taken");
    let folder = bwatch.vault().with_file_name("copies");
    let both = [&id, &text(&exhibits[1]["id"])];
    bwatch.ok(&["evidence", "export", both[0], both[1], "--out", &folder.display().to_string()]);
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    assert!(sums.contains(&format!("{}  packing.bin\n", text(&first["sha256"]))), "{sums}");
    assert!(folder.join("custody.csv").exists());
    let shown = bwatch.ok(&["evidence", "show", &id]);
    assert_eq!(acts(&shown["exhibits"][0]), ["added", "annotated", "exported", "exported"]);
    // Everything says what for, told or not; what it belonged to at first stands there, too.
    let custody = shown["exhibits"][0]["custody"].as_array().unwrap();
    let why: Vec<_> = custody.iter().map(|entry| text(&entry["purpose"])).collect();
    assert_eq!(why, ["evidence", "remark", "claim", "handover"]);
    assert_eq!(custody[0]["links"], json!([{ "type": "buyer", "buyer": buyer }]));
    let other = "306-7654321-7654321";
    let link = |more: &[&str]| {
        let linked = bwatch.ok(&[&["evidence", "link", &id, "--order", other], more].concat());
        let linked = &linked["exhibits"][0];
        let last = linked["custody"].as_array().unwrap().last().unwrap().clone();
        (linked["links"].as_array().unwrap().len(), last)
    };
    let (links, last) = link(&["--purpose", "second parcel"]);
    assert_eq!(
        (links, &last["act"], &last["purpose"]),
        (2, &json!("linked"), &json!("second parcel"))
    );
    assert_eq!(last["links"], json!([{ "type": "order", "order_id": other }]));
    let (links, last) = link(&["--undo"]);
    assert_eq!((links, &last["act"], &last["purpose"]), (1, &json!("unlinked"), &json!("filing")));

    assert_eq!(bwatch.ok(&["evidence", "verify"])["verified"], 4);
    let gone = bwatch.ok(&["evidence", "remove", &id, "--reason", "another parcel"]);
    assert_eq!(gone["exhibits"][0]["removed"]["reason"], "another parcel");
    assert_eq!((listed(&[]), stored(&bwatch).len()), (3, 3));
    let again = bwatch.refused(&["evidence", "annotate", &id, "--text", "x"]);
    assert_eq!(again["code"], "exhibit_removed");
    let nobody = "0".repeat(32);
    assert_eq!(bwatch.refused(&["evidence", "show", &nobody])["code"], "unknown_exhibit");
    assert!(bwatch.ok(&["doctor"])["ok"].as_bool().unwrap());
}

#[test]
fn damage_is_named_and_fails_the_command() {
    let bwatch = Bwatch::new();
    let file = bwatch.file("a.bin", vec![1; 200_000]);
    let added = bwatch.ok(&["evidence", "add", &file, "--order", ORDER]);
    let id = text(&added["exhibits"][0]["id"]);
    let path = stored(&bwatch).remove(0);
    let mut bytes = fs::read(&path).unwrap();
    bytes[150_000] ^= 1;
    fs::write(&path, bytes).unwrap();
    let ran = bwatch.run(&["evidence", "verify", "--sample", "100"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.json["bad"], json!([{ "id": id, "reason": "altered" }]));
    // Among others it is found again by what was found.
    let whole = bwatch.file("b.bin", vec![2; 1_000]);
    bwatch.ok(&["evidence", "add", &whole, "--order", ORDER]);
    let damaged = bwatch.ok(&["evidence", "list", "--damaged"]);
    assert_eq!(damaged["exhibits"].as_array().unwrap().len(), 1);
    assert_eq!(damaged["exhibits"][0]["id"], id);
    // However the order is written.
    for written in ["３０６－1234567－1234567", "30612345671234567"] {
        let listed = bwatch.ok(&["evidence", "list", "--order", written]);
        assert_eq!(listed["exhibits"].as_array().unwrap().len(), 2, "{written}");
    }
    let out = bwatch.vault().with_file_name("out.bin").display().to_string();
    let refused = bwatch.refused(&["evidence", "export", &id, "--out", &out]);
    assert_eq!(refused["code"], "evidence_damaged");
    assert!(!Path::new(&out).exists());
}

#[test]
fn the_identity_is_printed_alone_after_passphrase_or_recovery_key() {
    let bwatch = Bwatch::new();
    let by_passphrase = bwatch.ok(&["recovery", "identity"]);
    assert!(text(&by_passphrase["identity"]).starts_with("AGE-SECRET-KEY-1"));
    assert!(bwatch.vault().join("blobs/identity.age").exists());
    let refused = bwatch.fed(
        &mut bwatch.bare(&["recovery", "identity", "--recovery-key", "--passphrase-stdin"]),
        "ABCD\n",
    );
    assert_eq!(refused.status, 1);
}

/// Names and kinds that somebody hostile may leave in a folder.
#[cfg(unix)]
#[test]
fn hostile_files_are_handled_or_refused() {
    let bwatch = Bwatch::new();
    let add = |path: &str| bwatch.run(&["evidence", "add", path, "--order", ORDER]);
    let folder = bwatch.vault().with_file_name("hostile");
    fs::create_dir(&folder).unwrap();
    let place = |name: &str| folder.join(name).display().to_string();
    let pipe = place("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let secret = bwatch.file("secret.txt", "elsewhere");
    std::os::unix::fs::symlink(&secret, place("link.txt")).unwrap();
    fs::write(place("empty"), "").unwrap();
    for (path, code) in [
        ("/dev/zero", "not_a_file"),
        (&*pipe, "not_a_file"),
        (&*folder.display().to_string(), "not_a_file"),
        (&*place("link.txt"), "file_elsewhere"),
        (&*place("empty"), "file_empty"),
        (&*place("gone"), "file_missing"),
    ] {
        let ran = add(path);
        assert_eq!(ran.status, 1, "{path}");
        assert_eq!(ran.json["failed"][0]["error"]["code"], code, "{path}");
    }
    assert!(stored(&bwatch).is_empty());
    let mut bomb =
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0".to_vec();
    bomb.extend([0; 8]);
    for (name, content, media_type) in [
        ("CON.txt", b"device".to_vec(), "text/plain"),
        ("invoice\u{202e}gpj.exe", b"turned".to_vec(), "text/plain"),
        ("page.png", b"<html><script>alert(1)</script>".to_vec(), "text/plain"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "text/plain"),
        ("bomb.png", bomb, "image/png"),
        (&*"n".repeat(250), b"long".to_vec(), "text/plain"),
    ] {
        fs::write(place(name), content).unwrap();
        let ran = add(&place(name));
        assert_eq!(ran.status, 0, "{name}: {ran:?}");
        let exhibit = &ran.json["exhibits"][0];
        assert_eq!(exhibit["media_type"], media_type, "{name}");
        assert!(!text(&exhibit["name"]).contains('\u{202e}'));
    }
    let all = bwatch.ok(&["evidence", "list"]);
    let ids: Vec<String> =
        all["exhibits"].as_array().unwrap().iter().map(|of| text(&of["id"])).collect();
    let out = bwatch.vault().with_file_name("copies").display().to_string();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    bwatch.ok(&[&["evidence", "export"], &ids[..], &["--out", &out]].concat());
    assert_eq!(files_under(Path::new(&out)).len(), ids.len() + 2);
}

#[test]
fn a_kill_while_taking_in_leaves_all_or_nothing() {
    let bwatch = Bwatch::new();
    for round in 0..12u8 {
        let mut content = vec![round; 12 << 20];
        content[0] = b'x';
        let file = bwatch.file(&format!("film {round}.bin"), content);
        let mut child = bwatch
            .command(&["evidence", "add", &file, "--order", ORDER])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From the moment at which something lies there: unlocking takes much longer than the rest.
        let before = stored(&bwatch).len();
        while stored(&bwatch).len() == before && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(u64::from(round) * 5));
        let _ = child.kill();
        child.wait().unwrap();
        let listed = bwatch.ok(&["evidence", "list"])["exhibits"].as_array().unwrap().len();
        assert_eq!(stored(&bwatch).len(), listed, "round {round}");
    }
    assert_eq!(bwatch.ok(&["evidence", "verify"])["bad"], json!([]));
}
