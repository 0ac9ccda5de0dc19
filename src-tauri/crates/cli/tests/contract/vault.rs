//! `init`, `passphrase change`, `recovery unlock`, and where passphrases come from.

use crate::program::{Bwatch, PASSPHRASE, keys, text};

#[test]
fn init_answers_once_with_the_recovery_key() {
    let bwatch = Bwatch::empty();
    let made = bwatch.ok(&["init"]);
    assert_eq!(keys(&made), ["device_id", "recovery_key", "vault_id"]);
    assert!(text(&made["recovery_key"]).len() >= 32);
    assert_eq!(bwatch.refused(&["init"])["code"], "vault_exists");
}

#[test]
fn nothing_is_written_beside_a_named_folder_unless_a_place_for_it_is_named() {
    let bwatch = Bwatch::new();
    let home = bwatch.vault().parent().unwrap().to_owned();
    let inside = |folder: &std::path::Path| std::fs::read_dir(folder).unwrap().count();
    bwatch.ok(&["buyer", "add", "--identifier", "phone=+49 40 5550163"]);
    assert_eq!(inside(&home), 1, "the vault alone");
    let state = home.join("state");
    let mut command = bwatch.command(&["buyer", "add", "--identifier", "phone=+49 40 5550164"]);
    let ran = bwatch.fed(command.env("BUYERWATCH_STATE_DIR", &state), "");
    assert_eq!((ran.status, inside(&state)), (0, 1), "{ran:?}");
}

#[test]
fn without_a_vault_everything_says_so() {
    let bwatch = Bwatch::empty();
    assert_eq!(bwatch.refused(&["criteria", "list"])["code"], "no_vault");
    assert_eq!(bwatch.refused(&["passphrase", "change"])["code"], "no_vault");
    assert_eq!(bwatch.refused(&["recovery", "unlock"])["code"], "no_vault");
    assert!(!bwatch.vault().join("vault.db").exists());
}

#[test]
fn passphrases_come_from_standard_input_when_asked() {
    let bwatch = Bwatch::empty();
    let typed = |args: &[&str]| bwatch.bare(&[&["--json", "--passphrase-stdin"], args].concat());
    let made = bwatch.fed(&mut typed(&["init"]), "first one of the otters\nignored\n");
    assert_eq!(made.status, 0, "{made:?}");

    let wrong = bwatch.fed(&mut typed(&["criteria", "list"]), "some other passphrase\n");
    assert_eq!(wrong.status, 1);
    assert_eq!(wrong.json["error"]["code"], "wrong_passphrase");
    assert_eq!(wrong.json["error"]["params"]["attempts"], 1);

    // CRLF is a line end, too.
    let lines = "first one of the otters\r\nsecond one of the otters\r\n";
    let changed = bwatch.fed(&mut typed(&["passphrase", "change"]), lines);
    assert_eq!((changed.status, changed.json.to_string().as_str()), (0, r#"{"changed":true}"#));

    let key = text(&made.json["recovery_key"]).to_lowercase().replace('-', " ");
    let lines = format!("{key}\nthird one of the otters\n");
    let changed = bwatch.fed(&mut typed(&["recovery", "unlock"]), lines);
    assert_eq!((changed.status, changed.json.to_string().as_str()), (0, r#"{"changed":true}"#));

    let opened = bwatch.fed(&mut typed(&["criteria", "list"]), "third one of the otters");
    assert_eq!(opened.status, 0, "{opened:?}");

    let lines = "AAAA-AAAA\nfourth one of the otters\n";
    let refused = bwatch.fed(&mut typed(&["recovery", "unlock"]), lines);
    assert_eq!(refused.json["error"]["code"], "malformed_recovery_key");
}

#[test]
fn short_passphrases_are_refused_and_weak_ones_remarked_on() {
    let bwatch = Bwatch::empty();
    let with = |passphrase: &str| {
        let mut command = bwatch.command(&["init"]);
        command.env("BUYERWATCH_PASSPHRASE", passphrase);
        bwatch.fed(&mut command, "")
    };
    let short = with("1234567");
    assert_eq!((short.status, &short.json["error"]["code"]), (1, &"passphrase_too_short".into()));
    assert!(!bwatch.vault().join("vault.db").exists());
    let weak = with("password1");
    assert_eq!(weak.status, 0, "{weak:?}");
    assert!(weak.stderr.contains("easy to guess"), "{}", weak.stderr);
}

#[cfg(unix)]
#[test]
fn nobody_to_ask_is_an_error_and_not_a_wait() {
    let bwatch = Bwatch::new();
    let mut command = bwatch.bare(&["--json", "criteria", "list"]);
    // Without a controlling terminal there is no prompt.
    let asked = bwatch.fed(
        std::process::Command::new("setsid")
            .arg("--wait")
            .arg(command.get_program())
            .args(command.get_args())
            .env_remove("BUYERWATCH_PASSPHRASE")
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped()),
        "",
    );
    let _ = &mut command;
    assert_eq!(asked.status, 1, "{asked:?}");
    assert_eq!(asked.json["error"]["code"], "passphrase_needed");
}

#[test]
fn nothing_that_was_typed_lies_readable_on_the_disk() {
    let bwatch = Bwatch::new();
    bwatch.buyer(&["name=Quirin Habermas-Zeisig", "user_name=zeisig_canary_77"]);
    for entry in std::fs::read_dir(bwatch.vault()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            for needle in ["Habermas", "zeisig_canary", PASSPHRASE] {
                assert!(!crate::program::holds(&path, needle.as_bytes()), "{path:?}: {needle}");
            }
        }
    }
}
