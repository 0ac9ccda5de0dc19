//! The journal of a real vault: every way to tamper with it is named, erasing is not.

use super::entry::{self, Header, Sealed};
use super::*;
use crate::pool::lock;
use crate::testing::{Fresh, add_buyer, add_note, at, buyer, fresh, open, stamp};
use crate::{DeviceId, Part, Vault, VaultError, Write};
use buyerwatch_domain::{PersonId, State};
use ed25519_dalek::SigningKey;
use rusqlite::params;

/// A vault with a journal of some length.
fn written() -> Fresh {
    let fresh = fresh();
    for n in 1..=3 {
        let _ = fresh.vault.execute(add_buyer(n), stamp(i64::from(n))).unwrap();
        let note = add_note(n, 1, "asked for a refund before the parcel was sent");
        let _ = fresh.vault.execute(note, stamp(10)).unwrap();
    }
    assert!(fresh.vault.verify_journal().unwrap().ok);
    fresh
}

fn tamper(vault: &Vault, sql: &str) {
    let writer = lock(vault.writer());
    writer.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    writer.execute_batch(sql).unwrap();
}

fn codes(vault: &Vault) -> Vec<(ProblemCode, Option<u64>)> {
    let report = vault.verify_journal().unwrap();
    assert_eq!(report.ok, report.problems.is_empty());
    assert_eq!(report.problem_count, u64::try_from(report.problems.len()).unwrap());
    report.problems.iter().map(|problem| (problem.code, problem.seq)).collect()
}

/// What is done to the database, and what a check must find.
type Case = (&'static str, &'static [(ProblemCode, Option<u64>)]);

#[test]
fn every_way_to_tamper_is_named() {
    use ProblemCode as P;
    // The journal has entries 0 to 14; position is one more than the number.
    let cases: &[Case] = &[
        (
            "UPDATE journal SET header = zeroblob(300) WHERE seq = 7",
            &[(P::HashMismatch, Some(7)), (P::SignatureInvalid, Some(7)), (P::Malformed, Some(7))],
        ),
        (
            "UPDATE journal SET signature = zeroblob(64) WHERE seq = 7",
            &[(P::HashMismatch, Some(7)), (P::SignatureInvalid, Some(7))],
        ),
        (
            "UPDATE journal SET hash = zeroblob(32) WHERE seq = 7",
            &[(P::HashMismatch, Some(7)), (P::ChainBroken, Some(8))],
        ),
        ("UPDATE journal SET hlc = hlc + 1 WHERE seq = 7", &[(P::RowMismatch, Some(7))]),
        ("DELETE FROM journal WHERE seq = 7", &[(P::Gap, Some(8)), (P::ChainBroken, Some(8))]),
        ("DELETE FROM journal WHERE seq = 14", &[(P::TailCut, Some(14))]),
        ("DELETE FROM journal WHERE seq > 5", &[(P::TailCut, Some(14))]),
        ("DELETE FROM journal", &[(P::TailCut, Some(14))]),
        (
            "UPDATE journal_payload SET payload = x'a0' WHERE position = 8",
            &[(P::PayloadMismatch, Some(7))],
        ),
        (
            "UPDATE journal_payload SET salt = zeroblob(32) WHERE position = 8",
            &[(P::PayloadMismatch, Some(7))],
        ),
        ("DELETE FROM journal_payload WHERE position = 8", &[(P::PayloadMissing, Some(7))]),
        // Two entries change places.
        (
            "UPDATE journal SET seq = -1 WHERE seq = 7;
             UPDATE journal SET seq = 7 WHERE seq = 8;
             UPDATE journal SET seq = 8 WHERE seq = -1",
            &[
                (P::RowMismatch, Some(7)),
                (P::ChainBroken, Some(7)),
                (P::RowMismatch, Some(8)),
                (P::ChainBroken, Some(8)),
                (P::ClockBackwards, Some(8)),
                (P::OutOfOrder, Some(8)),
                (P::ChainBroken, Some(9)),
            ],
        ),
        // Two entries change their places in the order of arrival.
        (
            "UPDATE journal SET position = -1 WHERE seq = 7;
             UPDATE journal SET position = 8 WHERE seq = 8;
             UPDATE journal SET position = 9 WHERE seq = 7",
            &[
                (P::PayloadMismatch, Some(7)),
                (P::OutOfOrder, Some(8)),
                (P::PayloadMismatch, Some(8)),
            ],
        ),
    ];
    for (sql, expected) in cases {
        let fresh = written();
        tamper(&fresh.vault, sql);
        assert_eq!(codes(&fresh.vault), *expected, "{sql}");
    }
}

#[test]
fn an_entry_replaced_by_a_well_signed_other_one_is_noticed() {
    let fresh = written();
    let head = fresh.vault.head().unwrap().unwrap();
    // Whoever has the keys rewrites the newest entry, signature and all.
    {
        let writer = lock(fresh.vault.writer());
        let (secret, encoded): ([u8; 32], Vec<u8>) = writer
            .query_row(
                "SELECT signing_key, header FROM device, journal WHERE seq = 14",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        let mut header = Header::decode(&encoded).unwrap();
        header.actor_id = [99; 16];
        let forged = entry::seal(&header, &SigningKey::from_bytes(&secret)).unwrap();
        writer
            .execute(
                "UPDATE journal SET header = ?1, signature = ?2, hash = ?3 WHERE seq = 14",
                params![forged.header, forged.signature, forged.hash],
            )
            .unwrap();
    }
    assert_eq!(codes(&fresh.vault), [(ProblemCode::ChainBroken, Some(head.seq))]);
}

#[test]
fn an_erased_payload_leaves_the_chain_whole_and_the_replay_without_it() {
    let fresh = written();
    let device = fresh.vault.device_id();
    // Entry 8 is the note about the first buyer.
    let erased = fresh.vault.erase_payload(device, 8, stamp(20)).unwrap();
    assert!(erased.view);
    let note_of =
        |vault: &Vault, n| vault.write(|tx| tx.buyer(buyer(n))).unwrap().view.unwrap().notes.len();
    assert_eq!((note_of(&fresh.vault, 1), note_of(&fresh.vault, 2)), (0, 1));
    let report = fresh.vault.verify_journal().unwrap();
    assert!(report.ok, "{report:?}");
    assert_eq!((report.events, report.erased, report.set_aside), (16, 1, 0));
    assert!(fresh.vault.rebuild_check().unwrap().ok);
    let again = fresh.vault.erase_payload(device, 8, stamp(21)).unwrap();
    assert!(!again.view, "there is nothing left to erase");
    let _ = fresh.vault.execute(add_note(1, 2, "another"), stamp(22)).unwrap();
    assert!(fresh.vault.verify_journal().unwrap().ok);

    // An erased buyer takes everything that hangs on them along.
    assert!(fresh.vault.erase_payload(device, 6, stamp(23)).unwrap().view);
    assert!(fresh.vault.write(|tx| tx.buyer(buyer(1))).unwrap().view.is_none());
    assert!(fresh.vault.rebuild_check().unwrap().ok);
    assert!(fresh.vault.verify_journal().unwrap().ok);
}

#[test]
fn the_clock_survives_a_restart_and_a_lie() {
    let fresh = fresh();
    let latest = |vault: &Vault| -> i64 {
        let writer = lock(vault.writer());
        writer.query_row("SELECT max(hlc) FROM journal", [], |row| row.get(0)).unwrap()
    };
    let start = latest(&fresh.vault);
    let _ = fresh.vault.execute(add_buyer(1), stamp(100_000_000_000_000)).unwrap();
    let ahead = latest(&fresh.vault);
    assert!(ahead > start);
    let (_dir, folder) = fresh.close();
    let vault = open(&folder);
    let _ = vault.execute(add_buyer(2), stamp(-1_000_000)).unwrap();
    assert!(latest(&vault) > ahead);
    let report = vault.verify_journal().unwrap();
    assert!(report.ok, "{report:?}");
    // What is shown is the time that the computer had.
    let found = vault.write(|tx| tx.buyer(buyer(2))).unwrap().view.unwrap();
    assert_eq!(found.added_at, at(-1_000_000));
    assert!(vault.rebuild_check().unwrap().ok);
}

/// Another device that writes to the same vault, as far as its entries show.
struct Other {
    key: SigningKey,
    space_id: [u8; 16],
    seq: u64,
    prev: Option<[u8; 32]>,
}

impl Other {
    fn new(vault: &Vault) -> Self {
        let key = SigningKey::from_bytes(&[77; 32]);
        Self { key, space_id: *vault.id().as_bytes(), seq: 0, prev: None }
    }

    fn device(&self) -> DeviceId {
        DeviceId(self.key.verifying_key().to_bytes())
    }

    /// Signs an entry without moving on.
    fn sign(&self, kind: &str, payload: &[u8], hlc: i64) -> (Received, Sealed) {
        let salt = [3; 32];
        let commit = entry::commit(&salt, payload);
        let actor = PersonId::from_bytes([1; 16]);
        let header = Header {
            space_id: self.space_id,
            device_id: *self.device().as_bytes(),
            seq: self.seq,
            prev: self.prev,
            hlc,
            ..Header::draft(kind, ("buyer", [9; 16]), actor, commit, payload)
        };
        let sealed = entry::seal(&header, &self.key).unwrap();
        let received = Received {
            header: sealed.header.clone(),
            signature: sealed.signature,
            payload: Some((salt, payload.to_vec())),
        };
        (received, sealed)
    }

    fn next(&mut self, kind: &str, payload: &[u8], hlc: i64) -> Received {
        let (received, sealed) = self.sign(kind, payload, hlc);
        self.seq += 1;
        self.prev = Some(sealed.hash);
        received
    }
}

fn payload_of(event: &buyerwatch_domain::Event, ms: i64) -> Vec<u8> {
    entry::payload(event, at(ms)).unwrap()
}

fn take_in(vault: &Vault, received: &Received) -> Result<TakenIn, VaultError> {
    Ok(vault.write(|tx: &mut Write<'_>| tx.take_in(received))?.view)
}

#[test]
fn entries_of_another_device_are_taken_in_once_and_in_any_order_give_the_same_tables() {
    use buyerwatch_domain::{Event, NoteId};
    let fresh = written();
    let mut other = Other::new(&fresh.vault);
    let added = Event::BuyerAdded { buyer: buyer(40) };
    let note = Event::NoteAdded {
        buyer: buyer(1),
        note: NoteId::from_bytes([40; 16]),
        text: "from the other desk".to_owned(),
    };
    // Between the entries that are there already.
    let first = other.next(added.kind(), &payload_of(&added, 2), at(2).millis() << 16);
    let second = other.next(note.kind(), &payload_of(&note, 3), (at(3).millis() << 16) + 7);
    assert!(
        matches!(take_in(&fresh.vault, &second), Err(VaultError::Damaged(Part::Journal))),
        "the entry before it is missing"
    );
    assert_eq!(take_in(&fresh.vault, &first).unwrap(), TakenIn::New);
    assert_eq!(take_in(&fresh.vault, &second).unwrap(), TakenIn::New);
    assert_eq!(take_in(&fresh.vault, &first).unwrap(), TakenIn::Known);
    let found = fresh.vault.write(|tx| tx.buyer(buyer(1))).unwrap().view.unwrap();
    assert_eq!(found.notes.len(), 2);
    assert!(fresh.vault.verify_journal().unwrap().ok);
    assert!(fresh.vault.rebuild_check().unwrap().ok);
    // From now on own entries name what was known of the other device.
    let _ = fresh.vault.execute(add_buyer(5), stamp(50)).unwrap();
    tamper(&fresh.vault, "DELETE FROM journal WHERE hlc & 65535 = 7");
    let found: Vec<_> = codes(&fresh.vault).into_iter().map(|(code, _)| code).collect();
    assert!(found.contains(&ProblemCode::DepMissing), "{found:?}");
    assert!(found.contains(&ProblemCode::TailCut), "{found:?}");
}

#[test]
fn a_fork_is_kept_as_proof_and_reported() {
    use buyerwatch_domain::Event;
    let fresh = written();
    let mut other = Other::new(&fresh.vault);
    let event = |n| Event::BuyerAdded { buyer: buyer(n) };
    let hlc = at(900).millis() << 16;
    let (twin, _) = other.sign("buyer.added", &payload_of(&event(41), 900), hlc);
    let first = other.next("buyer.added", &payload_of(&event(40), 900), hlc);
    assert_eq!(take_in(&fresh.vault, &first).unwrap(), TakenIn::New);
    assert_eq!(take_in(&fresh.vault, &twin).unwrap(), TakenIn::Fork);
    assert_eq!(take_in(&fresh.vault, &twin).unwrap(), TakenIn::Fork);
    assert_eq!(codes(&fresh.vault), [(ProblemCode::Fork, Some(0))]);
    assert!(fresh.vault.write(|tx| tx.buyer(buyer(41))).unwrap().view.is_none());
}

#[test]
fn what_cannot_be_read_yet_is_stored_skipped_and_applied_after_an_upgrade() {
    let fresh = written();
    let mut other = Other::new(&fresh.vault);
    let hlc = at(900).millis() << 16;
    let unknown = other.next("buyer.frozen", b"\xa2bat\x00ddata\xf6", hlc);
    assert_eq!(take_in(&fresh.vault, &unknown).unwrap(), TakenIn::SetAside);
    let report = fresh.vault.verify_journal().unwrap();
    assert!(report.ok, "{report:?}");
    assert_eq!(report.set_aside, 1);
    assert!(fresh.vault.rebuild_check().unwrap().ok);

    // A kind that came in before this program knew it: marked, and not in the tables.
    tamper(
        &fresh.vault,
        "UPDATE journal SET aside = 1 WHERE seq = 12;
         DELETE FROM buyers WHERE id = x'03030303030303030303030303030303'",
    );
    assert!(!fresh.vault.rebuild_check().unwrap().ok);
    let (_dir, folder) = fresh.close();
    let vault = open(&folder);
    assert!(vault.write(|tx| tx.buyer(buyer(3))).unwrap().view.is_some());
    assert!(vault.rebuild_check().unwrap().ok);
    let aside: i64 = lock(vault.writer())
        .query_row("SELECT count(*) FROM journal WHERE aside = 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(aside, 1, "the one that is still unknown");
}

#[test]
fn entries_that_do_not_belong_here_are_refused() {
    let fresh = written();
    let hlc = at(900).millis() << 16;
    let mut stranger = Other::new(&fresh.vault);
    stranger.space_id = [8; 16];
    let mut refused = vec![stranger.next("buyer.added", b"\xa0", hlc)];
    let good = Other::new(&fresh.vault).sign("buyer.added", b"\xa0", hlc).0;
    refused.push(Received { signature: [1; 64], ..good.clone() });
    refused.push(Received { payload: Some(([3; 32], b"\xa1".to_vec())), ..good.clone() });
    refused.push(Received { header: b"junk".to_vec(), ..good });
    let before = fresh.vault.verify_journal().unwrap().events;
    for received in refused {
        assert!(matches!(
            take_in(&fresh.vault, &received),
            Err(VaultError::Damaged(Part::Journal))
        ));
    }
    assert_eq!(fresh.vault.verify_journal().unwrap().events, before);
}
