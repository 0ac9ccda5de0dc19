//! Running the program.

use serde_json::Value;
use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// The passphrase of every vault here.
pub const PASSPHRASE: &str = "seven quiet otters count parcels";

/// The relay alias of the buyer whom the tests list.
pub const ALIAS: &str = "k7m2q9x4w1r8t5@marketplace.amazon.de";

/// The clause that one act is enough for; it asks for a `message`.
pub const CLAUSE: &str = "REVIEW_EXTORTION";

/// A folder for a vault and files beside it.
pub struct Bwatch {
    folder: TempDir,
}

/// What one run came to.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub json: Value,
    pub stdout: String,
    pub stderr: String,
}

impl Bwatch {
    /// A folder without a vault.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with a vault.
    pub fn new() -> Self {
        let bwatch = Self::empty();
        bwatch.ok(&["init", "--person", "Lin Owner"]);
        bwatch
    }

    pub fn vault(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Writes a file beside the vault.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program, told nothing but where its vault is.
    pub fn bare(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bwatch"));
        command
            .arg("--vault")
            .arg(self.vault())
            .args(args)
            .env_remove("BUYERWATCH_DATA_DIR")
            .env_remove("BUYERWATCH_STATE_DIR")
            .env_remove("BUYERWATCH_PASSPHRASE")
            .env("HOME", self.folder.path())
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // A prompt would find the terminal of whoever runs the tests.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    /// The program with the passphrase in its environment, asked for JSON.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = self.bare(&["--json"]);
        command.args(args).env("BUYERWATCH_PASSPHRASE", PASSPHRASE);
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().unwrap())
    }

    /// Runs with bytes on standard input.
    pub fn fed(&self, command: &mut Command, input: impl AsRef<[u8]>) -> Ran {
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // It may end without reading, as a refusal does.
        let _ = stdin.write_all(input.as_ref());
        drop(stdin);
        ran(child.wait_with_output().unwrap())
    }

    /// Runs what must succeed.
    pub fn ok(&self, args: &[&str]) -> Value {
        let ran = self.run(args);
        assert_eq!(ran.status, 0, "{args:?}: {ran:?}");
        ran.json
    }

    /// Runs what must be refused; the error.
    pub fn refused(&self, args: &[&str]) -> Value {
        let ran = self.run(args);
        assert_eq!(ran.status, 1, "{args:?}: {ran:?}");
        let error = ran.json["error"].clone();
        assert!(!error["message"].as_str().unwrap_or_default().is_empty(), "{error}");
        assert!(error["params"].is_object(), "{error}");
        error
    }

    /// Records a buyer; their ID.
    pub fn buyer(&self, identifiers: &[&str]) -> String {
        let mut args = vec!["buyer", "add"];
        for identifier in identifiers {
            args.extend(["--identifier", *identifier]);
        }
        text(&self.ok(&args)["buyer_id"])
    }

    /// Records and lists a buyer; their ID.
    pub fn listed(&self, identifiers: &[&str]) -> String {
        let buyer = self.buyer(identifiers);
        let exhibit = format!("message={}", self.file("message.txt", "money or one star"));
        self.ok(&[
            "incident",
            "add",
            "--buyer",
            &buyer,
            "--clause",
            CLAUSE,
            "--at",
            &yesterday(),
            "--text",
            "asked for money",
            "--exhibit",
            &exhibit,
        ]);
        self.ok(&["listing", "add", "--buyer", &buyer, "--clause", CLAUSE]);
        buyer
    }
}

fn ran(output: Output) -> Ran {
    let stdout = String::from_utf8(output.stdout).unwrap();
    Ran {
        status: output.status.code().unwrap_or(-1),
        json: serde_json::from_str(&stdout).unwrap_or(Value::Null),
        stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A text of an answer.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The names under which an object holds something, sorted.
pub fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"))
        .keys()
        .map(String::as_str)
        .collect()
}

/// A plain date inside every window of a criterion.
pub fn yesterday() -> String {
    (chrono::Utc::now() - chrono::TimeDelta::days(1)).format("%Y-%m-%d").to_string()
}

/// An order report with these orders: ID, relay alias, name.
pub fn report(orders: &[(&str, &str, &str)]) -> String {
    let mut out = String::from(
        "order-id\torder-item-id\tpurchase-date\tbuyer-email\tbuyer-name\tsku\tproduct-name\t\
         quantity-purchased\trecipient-name\tship-address-1\tship-city\tship-postal-code\t\
         ship-country\tsales-channel\n",
    );
    for (n, (order, alias, name)) in orders.iter().enumerate() {
        out.push_str(&format!(
            "{order}\t{n:014}\t2026-11-20T10:00:00+00:00\t{alias}\t{name}\tSKU-{n}\tKettle\t1\t\
             {name}\tAhornweg {n}\tUlm\t89073\tDE\tAmazon.de\n",
        ));
    }
    out
}

/// Whether a file holds these bytes.
pub fn holds(path: &Path, needle: &[u8]) -> bool {
    std::fs::read(path).unwrap().windows(needle.len()).any(|window| window == needle)
}
