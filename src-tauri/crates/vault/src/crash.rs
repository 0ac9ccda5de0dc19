//! The power goes at any moment: nothing acknowledged is lost, nothing is half-done.

use crate::testing::{add_buyer, add_note, at, buyer, fresh, stamp};
use crate::{Folder, Passphrase, Unlock, Vault, WriteError};
use buyerwatch_domain::{Buyer, BuyerId, IdentifierId, IdentifierKind, NewIdentifier, State};
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};

/// Set for the process that is going to be killed.
const FOLDER: &str = "BUYERWATCH_CRASH_FOLDER";
const ROUNDS: u64 = 50;

fn passphrase(even: bool) -> Passphrase {
    let typed = if even { "plum lantern orbit canvas" } else { "velvet anchor tulip summit" };
    Passphrase::new(typed.to_owned())
}

fn open(folder: &Folder, even: bool) -> Option<Vault> {
    Vault::open(folder, Unlock::Passphrase(&passphrase(even)), at(1)).ok()
}

fn state(vault: &Vault) -> Buyer {
    vault.write(|tx| tx.buyer(buyer(1))).unwrap().view.unwrap()
}

/// Records one of many buyers.
fn numbered_buyer(n: u64) -> buyerwatch_domain::Command {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&n.to_be_bytes());
    let identifier = NewIdentifier {
        id: IdentifierId::from_bytes(id),
        kind: IdentifierKind::OrderId,
        value: format!("305-0000000-{n:07}"),
    };
    buyerwatch_domain::Command::AddBuyer {
        buyer: BuyerId::from_bytes(id),
        identifiers: vec![identifier],
        note: None,
    }
}

/// Writes until it is killed, and says what was acknowledged. Does nothing in an ordinary run.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(Folder::at) else { return };
    let mut even = true;
    let vault = open(&folder, even)
        .or_else(|| {
            even = false;
            open(&folder, even)
        })
        .unwrap();
    let first = u64::try_from(state(&vault).notes.len()).unwrap();
    let mut out = std::io::stdout().lock();
    for note in first.. {
        match note % 8 {
            // Several entries over many pages, in one transaction.
            0 => {
                let committed = vault.write(|tx| -> Result<(), WriteError> {
                    tx.execute(add_note(1, note, &"long ".repeat(100)), stamp(1))?;
                    for many in 0..20 {
                        tx.execute(numbered_buyer(note * 100 + many), stamp(1))?;
                    }
                    Ok(())
                });
                let _ = committed.unwrap();
            }
            1 => {
                vault.change_passphrase(&passphrase(even), &passphrase(!even), at(1)).unwrap();
                even = !even;
                writeln!(out, "passphrase {even}").unwrap();
                let _ = vault.execute(add_note(1, note, "after a change"), stamp(1)).unwrap();
            }
            _ => {
                let _ = vault.execute(add_note(1, note, "short"), stamp(1)).unwrap();
            }
        }
        writeln!(out, "note {note}").unwrap();
        out.flush().unwrap();
    }
}

/// Kills a writing child after so many acknowledgements; answers the highest acknowledged note
/// and the passphrase that was acknowledged last.
fn killed_after(folder: &Folder, lines: u64, mut even: bool) -> (Option<u64>, bool) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["crash::child", "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut highest, mut seen) = (None, 0);
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        // The test runner starts its first line without ending it.
        let mut words = line.rsplit(' ');
        let (value, what) = (words.next().unwrap(), words.next());
        match what {
            Some("note") => highest = value.parse().ok().or(highest),
            Some("passphrase") => even = value == "true",
            _ => continue,
        }
        seen += 1;
        if seen == lines {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(seen >= lines, "the writer stopped by itself");
    (highest, even)
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    let fresh = fresh();
    let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
    let (_dir, folder) = fresh.close();
    let mut even = true;
    for round in 0..ROUNDS {
        let (highest, acknowledged) = killed_after(&folder, 1 + round * 7 % 12, even);
        // A change that was under way is there or not, and nothing in between.
        even = acknowledged;
        let vault = open(&folder, even).unwrap_or_else(|| {
            even = !even;
            open(&folder, even).unwrap()
        });
        let notes = u64::try_from(state(&vault).notes.len()).unwrap();
        if let Some(highest) = highest {
            assert!(notes > highest, "round {round}: note {highest} is lost");
        }
        let report = vault.verify_journal().unwrap();
        assert!(report.ok, "round {round}: {report:?}");
        assert!(round % 10 != 9 || vault.rebuild_check().unwrap().ok, "round {round}");
        let report = vault.integrity().unwrap();
        assert!(report.ok, "round {round}: {report:?}");
    }
}
