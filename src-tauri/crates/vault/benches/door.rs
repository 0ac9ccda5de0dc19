//! What opening, the write door and the checks of the record cost. Run with
//! `cargo bench -p buyerwatch-vault --bench door`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program that prints figures")]

use buyerwatch_domain::{
    BuyerId, Command, IdentifierId, IdentifierKind, NewIdentifier, Person, PersonId, Role, Stamp,
    Timestamp, shipped_criteria,
};
use buyerwatch_vault::{
    Folder, KdfCost, NewVault, OsEntropy, Passphrase, Unlock, Vault, WriteError,
};
use std::time::{Duration, Instant};

const BULK: u64 = 20_000;
const SINGLE: u64 = 100;

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let answer = work();
    (answer, start.elapsed())
}

fn add(n: u64) -> Command {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&n.to_be_bytes());
    let id_of = IdentifierId::from_bytes(id);
    let value = format!("b{n:013}@marketplace.amazon.de");
    let identifiers = vec![NewIdentifier { id: id_of, kind: IdentifierKind::Alias, value }];
    Command::AddBuyer { buyer: BuyerId::from_bytes(id), identifiers, note: None }
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path().join("vault"));
    let at = Timestamp::from_millis(1_780_000_000_000);
    let actor = PersonId::from_bytes([1; 16]);
    let stamp = Stamp { at, actor };
    let passphrase = Passphrase::new("plum lantern orbit canvas".to_owned());
    let new = NewVault {
        kdf: KdfCost::Calibrated,
        person: Person { id: actor, name: "Mara Lindqvist".to_owned(), role: Role::Owner },
        criteria: shipped_criteria(),
        at,
    };
    let (created, took) = timed(|| Vault::create(&folder, &passphrase, new, &mut OsEntropy));
    let (vault, recovery) = created.unwrap();
    println!("create, with calibration     {took:>10.1?}");
    vault.close();
    let (vault, took) =
        timed(|| Vault::open(&folder, Unlock::Passphrase(&passphrase), at).unwrap());
    println!("open with the passphrase     {took:>10.1?}");
    vault.close();
    let (vault, took) = timed(|| Vault::open(&folder, Unlock::Recovery(&recovery), at).unwrap());
    println!("open without slow derivation {took:>10.1?}");

    let (_, took) = timed(|| {
        for n in 0..SINGLE {
            let _ = vault.execute(add(n), stamp).unwrap();
        }
    });
    println!("one command, one commit      {:>10.1?}", took / 100);
    let (_, took) = timed(|| {
        let _ = vault
            .write(|tx| -> Result<(), WriteError> {
                for n in SINGLE..SINGLE + BULK {
                    tx.execute(add(n), stamp)?;
                }
                Ok(())
            })
            .unwrap();
    });
    let events = f64::from(u32::try_from(2 * BULK).unwrap());
    println!("events in one transaction    {:>10.0} per second", events / took.as_secs_f64());
    let cursor = vault.cursor().unwrap();
    let (cursor, took) =
        timed(|| (0..1000).fold(cursor, |cursor, _| vault.changes(cursor).unwrap().0));
    drop(cursor);
    println!("changes, with none           {:>10.1?}", took / 1000);
    let (report, took) = timed(|| vault.verify_journal().unwrap());
    assert!(report.ok);
    println!("verify                       {:>10.0} per second", events / took.as_secs_f64());
    let (report, took) = timed(|| vault.rebuild_check().unwrap());
    assert!(report.ok);
    println!("rebuild and compare          {:>10.0} per second", events / took.as_secs_f64());
    let (report, took) = timed(|| vault.integrity().unwrap());
    assert!(report.ok);
    println!("integrity                    {took:>10.1?}");
}
