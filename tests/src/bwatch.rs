//! The command line program, asked in JSON.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The passphrase of every vault that a test makes.
pub const PASSPHRASE: &str = "seven quiet otters count parcels";

/// A vault of its own, spoken to through `bwatch --json`.
#[derive(Debug)]
pub struct Bwatch {
    home: TempDir,
    inputs: TempDir,
    vault: PathBuf,
}

/// What one command answered.
#[derive(Debug)]
pub struct Answer {
    /// The exit status: 0 done, 1 refused or failed, 2 wrong usage.
    pub status: Option<i32>,
    /// The object on standard output; `Null` when there was none.
    pub json: Value,
    /// Standard error: progress and logs.
    pub stderr: String,
}

impl Bwatch {
    /// Makes an empty folder for a vault; nothing is created in it yet.
    pub fn new() -> Self {
        let folder = |name| {
            let folder = tempfile::Builder::new().prefix(name).tempdir();
            folder.expect("the temporary folder takes a folder")
        };
        let (home, inputs) = (folder("buyerwatch-test-"), folder("buyerwatch-inputs-"));
        let vault = home.path().join("data");
        for name in ["tmp", "config", "share", "cache", "state"] {
            std::fs::create_dir_all(home.path().join(name)).expect("a folder takes folders");
        }
        Self { home, inputs, vault }
    }

    /// Makes a vault.
    pub fn with_vault() -> Self {
        let bwatch = Self::new();
        bwatch.ok(["init"]);
        bwatch
    }

    /// Makes a vault in a folder of the caller's.
    pub fn with_vault_at(vault: &Path) -> Self {
        let bwatch = Self { vault: vault.to_owned(), ..Self::new() };
        bwatch.ok(["init"]);
        bwatch
    }

    /// `bwatch` for the vault of a stage, beside the desktop that has it open.
    #[cfg(target_os = "linux")]
    pub fn beside(stage: &crate::stage::Stage) -> Self {
        Self { vault: stage.data_dir(), ..Self::new() }
    }

    /// Everything that the program may write to is below this folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The vault's folder.
    pub fn vault(&self) -> &Path {
        &self.vault
    }

    /// A command with this vault, `--json` and the passphrase in its environment, not yet run.
    pub fn command<I, A>(&self, arguments: I) -> Command
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        let folder = |name: &str| self.home.path().join(name);
        let mut command = Command::new(crate::program("bwatch"));
        command
            .arg("--json")
            .arg("--vault")
            .arg(&self.vault)
            .args(arguments)
            .env("BUYERWATCH_PASSPHRASE", PASSPHRASE)
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", folder("config"))
            .env("XDG_DATA_HOME", folder("share"))
            .env("XDG_CACHE_HOME", folder("cache"))
            .env("XDG_STATE_HOME", folder("state"))
            .env("TMPDIR", folder("tmp"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub fn run<I, A>(&self, arguments: I) -> Answer
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        answer(self.command(arguments).output().expect("bwatch starts"))
    }

    /// Runs a command that reads `input` from standard input.
    pub fn run_with_input<I, A>(&self, arguments: I, input: &[u8]) -> Answer
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        let mut child =
            self.command(arguments).stdin(Stdio::piped()).spawn().expect("bwatch starts");
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        let input = input.to_vec();
        // Written from a thread, so that a program that prints before it has read cannot deadlock.
        let writer = std::thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().expect("bwatch ends");
        let _ = writer.join();
        answer(output)
    }

    /// Runs a command that must succeed and returns its JSON.
    pub fn ok<I, A>(&self, arguments: I) -> Value
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        let answer = self.run(arguments);
        assert_eq!(answer.status, Some(0), "bwatch failed: {} {}", answer.json, answer.stderr);
        answer.json
    }

    /// Runs a command that must be refused and returns the code of the refusal.
    pub fn refused<I, A>(&self, arguments: I) -> String
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        let answer = self.run(arguments);
        assert_eq!(answer.status, Some(1), "bwatch was expected to refuse: {}", answer.json);
        answer.json["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Fails unless the vault is whole: `doctor` checks SQLite's and SQLCipher's integrity, foreign
    /// keys and the journal; `journal rebuild --check` that the tables follow from the journal.
    pub fn assert_whole(&self) {
        for check in [&["doctor"][..], &["journal", "verify"], &["journal", "rebuild", "--check"]] {
            let found = self.ok(check);
            assert_eq!(found["ok"], true, "{check:?} found problems: {found}");
        }
    }
}

impl Default for Bwatch {
    fn default() -> Self {
        Self::new()
    }
}

fn answer(output: Output) -> Answer {
    let json = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    Answer { status: output.status.code(), json, stderr }
}

/// The clause that one act is enough for, with exhibits that any file can stand for.
pub const CLAUSE: &str = "REVIEW_EXTORTION";

impl Bwatch {
    /// Writes a file beside the vault's home, where a search of what the program wrote does not
    /// look, and returns its path.
    pub fn input(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.inputs.path().join(name);
        std::fs::write(&path, bytes).expect("the temporary folder takes files");
        path
    }

    /// The exhibit kinds that a clause requires.
    pub fn required_exhibits(&self, clause: &str) -> Vec<String> {
        let criteria = self.ok(["criteria", "list"]);
        let clauses = criteria["criteria"].as_array().into_iter().flatten();
        clauses
            .flat_map(|criterion| criterion["clauses"].as_array().into_iter().flatten())
            .find(|found| found["code"] == clause)
            .and_then(|found| found["required_exhibits"].as_array())
            .unwrap_or_else(|| panic!("{clause} is not among the criteria: {criteria}"))
            .iter()
            .filter_map(|kind| kind.as_str().map(str::to_owned))
            .collect()
    }

    /// Adds a buyer with `identifiers` (each `TYPE=VALUE`), reports an incident with everything that
    /// the clause asks for, lists the buyer, and returns the buyer's ID.
    pub fn list_buyer(&self, identifiers: &[String]) -> String {
        let mut add = vec!["buyer".to_owned(), "add".to_owned()];
        add.extend(identifiers.iter().flat_map(|i| ["--identifier".to_owned(), i.clone()]));
        let buyer = text(&self.ok(add), "buyer_id");
        let mut incident: Vec<String> =
            ["incident", "add", "--buyer", &buyer, "--clause", CLAUSE, "--at", &yesterday()]
                .map(str::to_owned)
                .into();
        incident.extend(["--text".into(), "Asked for money in return for a good review".into()]);
        for kind in self.required_exhibits(CLAUSE) {
            let file = self.input(&format!("{kind}.txt"), kind.as_bytes());
            incident.extend(["--exhibit".into(), format!("{kind}={}", file.display())]);
        }
        let reported = self.ok(incident);
        assert_eq!(reported["clause_met"], true, "the clause is not met: {reported}");
        self.ok(["listing", "add", "--buyer", &buyer, "--clause", CLAUSE]);
        buyer
    }

    /// The alerts, each as (buyer, order, marketplace), sorted.
    pub fn alerts(&self) -> Vec<(String, String, String)> {
        let answer = self.ok(["alerts", "list"]);
        let mut alerts: Vec<_> = answer["alerts"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|alert| {
                let seen = &alert["observation"];
                (text(alert, "buyer_id"), text(seen, "order_id"), text(seen, "marketplace"))
            })
            .collect();
        alerts.sort();
        alerts
    }
}

/// A text field of an answer.
pub fn text(value: &Value, field: &str) -> String {
    let found = value[field].as_str();
    found.unwrap_or_else(|| panic!("{field} is missing in {value}")).to_owned()
}

/// Yesterday, in the form that `--at` takes: recent enough for every window of a criterion.
pub fn yesterday() -> String {
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("the clock is past 1970")
        .as_secs();
    rfc3339(seconds - 86_400)
}

/// An instant in RFC 3339, by the civil-from-days algorithm of
/// <https://howardhinnant.github.io/date_algorithms.html>.
fn rfc3339(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    #[test]
    fn instants_are_written_as_rfc_3339() {
        assert_eq!(super::rfc3339(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(super::rfc3339(1_795_262_399), "2026-11-21T11:59:59Z");
    }
}
