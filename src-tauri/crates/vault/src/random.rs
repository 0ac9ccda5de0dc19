//! Random commands: the vault decides like the reference in memory, and a replay of its journal
//! gives the same tables.

use crate::testing::{OWNER, at, fresh};
use crate::{Vault, WriteError};
use buyerwatch_domain::{
    AlertId, BlobId, BuyerId, Command, Declined, ExhibitId, ExhibitKind, ExhibitLink, IdentifierId,
    IdentifierKind, IncidentId, ListingId, Memory, NewExhibit, NewIdentifier, NoteId, Person,
    PersonId, Reason, ReasonField, ReasonNote, Role, SeenOrder, Stamp, State, Tier, Token, TrustId,
    decide, shipped_criteria,
};
use proptest::prelude::*;

/// Few enough that commands meet one another.
const IDS: u8 = 4;

fn id() -> impl Strategy<Value = [u8; 16]> {
    (1..=IDS).prop_map(|n| [n; 16])
}

/// An identity that nothing else has.
fn new_id() -> impl Strategy<Value = [u8; 16]> {
    any::<[u8; 16]>()
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![Just(" ".to_owned()), "[a-c]{1,2}", Just("拒收 \u{202e}x".to_owned())]
}

fn clause() -> impl Strategy<Value = String> {
    let known = shipped_criteria().into_iter().map(|criterion| criterion.code);
    let known: Vec<String> = known.chain(["NONE".to_owned()]).collect();
    proptest::sample::select(known)
}

fn kind() -> impl Strategy<Value = IdentifierKind> {
    proptest::sample::select(IdentifierKind::ALL.to_vec())
}

fn identifier() -> impl Strategy<Value = NewIdentifier> {
    (new_id(), kind(), word()).prop_map(|(id, kind, value)| NewIdentifier {
        id: IdentifierId::from_bytes(id),
        kind,
        value,
    })
}

fn exhibit() -> impl Strategy<Value = NewExhibit> {
    let kinds = proptest::sample::select(ExhibitKind::ALL.to_vec());
    let id = prop_oneof![id(), new_id()];
    (id, kinds).prop_map(|(id, kind)| NewExhibit {
        id: ExhibitId::from_bytes(id),
        kind,
        name: "screenshot.png".to_owned(),
        sha256: "0f".repeat(32),
        bytes: 4711,
        media_type: "image/png".to_owned(),
        captured_at: Some(at(1)),
        captured_offset: Some(-570),
        blob: BlobId::from_bytes([7; 32]),
        derived_from: None,
        links: Vec::new(),
    })
}

fn order() -> impl Strategy<Value = SeenOrder> {
    (0..4_i64, -2..3_i64).prop_map(|(order, identity)| SeenOrder {
        order_id: format!("305-0000000-000000{order}"),
        marketplace: "Amazon.de".to_owned(),
        at: at(order),
        identity: Token(identity),
        message: String::new(),
    })
}

fn about_buyers() -> impl Strategy<Value = Command> {
    let buyer = || id().prop_map(BuyerId::from_bytes);
    prop_oneof![
        (buyer(), prop::collection::vec(identifier(), 0..3), prop::option::of((new_id(), word())))
            .prop_map(|(buyer, identifiers, note)| Command::AddBuyer {
                buyer,
                identifiers,
                note: note.map(|(id, text)| (NoteId::from_bytes(id), text)),
            }),
        (buyer(), identifier())
            .prop_map(|(buyer, identifier)| Command::AddIdentifier { buyer, identifier }),
        (buyer(), new_id(), word()).prop_map(|(buyer, note, text)| Command::AddNote {
            buyer,
            note: NoteId::from_bytes(note),
            text
        }),
        (buyer(), new_id(), clause(), prop::collection::vec(exhibit(), 0..4), word()).prop_map(
            |(buyer, incident, clause, exhibits, text)| Command::AddIncident {
                buyer,
                incident: IncidentId::from_bytes(incident),
                clause,
                at: at(0),
                orders: vec!["305-0000000-0000001".to_owned()],
                text,
                buyer_version: None,
                exhibits,
            }
        ),
        (buyer(), new_id(), clause()).prop_map(|(buyer, listing, clause)| Command::AddListing {
            buyer,
            listing: ListingId::from_bytes(listing),
            clause
        }),
        buyer().prop_map(|buyer| Command::ApproveListing { buyer }),
        (buyer(), word()).prop_map(|(buyer, reason)| Command::DeclineListing { buyer, reason }),
        (buyer(), word()).prop_map(|(buyer, reason)| Command::ClearListing { buyer, reason }),
        buyer().prop_map(|buyer| Command::RecordReveal { buyer, order_id: None }),
    ]
}

fn link() -> impl Strategy<Value = ExhibitLink> {
    prop_oneof![
        id().prop_map(|n| ExhibitLink::Buyer { buyer: BuyerId::from_bytes(n) }),
        (id(), id()).prop_map(|(buyer, incident)| ExhibitLink::Incident {
            buyer: BuyerId::from_bytes(buyer),
            incident: IncidentId::from_bytes(incident),
        }),
        (0..3_u8).prop_map(|n| ExhibitLink::Order { order_id: format!("305-0000000-000000{n}") }),
    ]
}

fn about_exhibits() -> impl Strategy<Value = Command> {
    let of = || id().prop_map(ExhibitId::from_bytes);
    let why = || prop::option::of(word());
    let kinds = proptest::sample::select(ExhibitKind::ALL.to_vec());
    prop_oneof![
        (prop::collection::vec(exhibit(), 0..3), prop::collection::vec(link(), 0..3), why())
            .prop_map(|(exhibits, links, purpose)| Command::AddExhibits {
                exhibits,
                links,
                purpose
            }),
        (of(), link(), why()).prop_map(|(exhibit, link, purpose)| Command::LinkExhibit {
            exhibit,
            link,
            purpose
        }),
        (of(), link(), why()).prop_map(|(exhibit, link, purpose)| Command::UnlinkExhibit {
            exhibit,
            link,
            purpose
        }),
        (of(), word(), why()).prop_map(|(exhibit, text, purpose)| Command::AnnotateExhibit {
            exhibit,
            text,
            purpose
        }),
        (of(), kinds, why()).prop_map(|(exhibit, kind, purpose)| Command::ChangeExhibitKind {
            exhibit,
            kind,
            purpose
        }),
        (of(), why())
            .prop_map(|(exhibit, purpose)| Command::RecordExhibitView { exhibit, purpose }),
        (of(), why())
            .prop_map(|(exhibit, purpose)| Command::RecordExhibitExport { exhibit, purpose }),
        (of(), of(), any::<bool>()).prop_map(|(one, other, found)| {
            let damaged = if found { vec![(other, "altered".to_owned())] } else { Vec::new() };
            Command::RecordExhibitsVerified {
                intact: vec![one],
                damaged,
                purpose: found.then(|| "scrub".to_owned()),
            }
        }),
        (of(), word()).prop_map(|(exhibit, reason)| Command::RemoveExhibit { exhibit, reason }),
    ]
}

fn about_the_rest() -> impl Strategy<Value = Command> {
    let alert = || id().prop_map(AlertId::from_bytes);
    let reasons = vec![Reason {
        field: ReasonField::Alias,
        identifier: None,
        similarity: 1.0,
        weight: -0.0,
        note: ReasonNote::Exact,
    }];
    prop_oneof![
        (alert(), id(), order(), any::<bool>()).prop_map(move |(alert, buyer, order, sure)| {
            Command::RaiseAlert {
                alert,
                buyer: BuyerId::from_bytes(buyer),
                order,
                tier: if sure { Tier::Alert } else { Tier::Possible },
                score: 19.3,
                reasons: match sure {
                    true => vec![Reason {
                        identifier: Some(IdentifierId::from_bytes(buyer)),
                        weight: 9.5,
                        ..reasons[0].clone()
                    }],
                    false => reasons.clone(),
                },
                latency_ms: 7,
            }
        }),
        alert().prop_map(|alert| Command::ClaimAlert { alert }),
        alert().prop_map(|alert| Command::ReleaseAlert { alert }),
        (alert(), prop::option::of(word()))
            .prop_map(|(alert, note)| Command::HandleAlert { alert, note }),
        (alert(), prop::option::of(word()), any::<bool>(), prop::option::of(0..50_000_i64))
            .prop_map(|(alert, note, not_this_buyer, until)| Command::DismissAlert {
                alert,
                note,
                not_this_buyer,
                until: until.map(at),
            }),
        alert().prop_map(|alert| Command::ReopenAlert { alert }),
        (alert(), 0..50_000_i64)
            .prop_map(|(alert, ms)| Command::SnoozeAlert { alert, until: at(ms) }),
        (id(), kind(), word(), word(), prop::option::of(0..50_000_i64)).prop_map(
            |(trust, kind, value, reason, until)| Command::GrantTrust {
                trust: TrustId::from_bytes(trust),
                kind,
                value,
                reason,
                until: until.map(at),
            }
        ),
        (id(), word()).prop_map(|(trust, reason)| Command::RevokeTrust {
            trust: TrustId::from_bytes(trust),
            reason
        }),
        (prop::option::of(any::<bool>()), prop::option::of(0..500_u32)).prop_map(
            |(second_person, review_days)| Command::ChangePolicy {
                second_person,
                review_days,
                retention_days: review_days,
            }
        ),
        (id(), word()).prop_map(|(person, name)| Command::AddPerson {
            person: PersonId::from_bytes(person),
            name,
            role: Role::Lead
        }),
    ]
}

/// What the commands of one transaction do, and when: the clock may go back.
fn steps() -> impl Strategy<Value = Vec<(Command, i64, bool)>> {
    let command = prop_oneof![4 => about_buyers(), 3 => about_exhibits(), 2 => about_the_rest()];
    prop::collection::vec((command, 0..40_000_i64, any::<bool>()), 1..80)
}

fn same_state(vault: &Vault, memory: &Memory) {
    let sure = |n: u8| [n; 16];
    let _ = vault
        .write(|tx| -> Result<(), WriteError> {
            for n in 0..=IDS {
                let buyer = BuyerId::from_bytes(sure(n));
                assert_eq!(tx.buyer(buyer)?, memory.buyer(buyer).unwrap());
                let exhibit = ExhibitId::from_bytes(sure(n));
                assert_eq!(tx.exhibit(exhibit)?, memory.exhibit(exhibit).unwrap());
                let alert = AlertId::from_bytes(sure(n));
                assert_eq!(tx.alert(alert)?, memory.alert(alert).unwrap());
                let person = PersonId::from_bytes(sure(n));
                assert_eq!(tx.person(person)?, memory.person(person).unwrap());
                let trust = TrustId::from_bytes(sure(n));
                assert_eq!(tx.trust(trust)?, memory.trust(trust).unwrap());
                for identity in (-2..3).map(Token) {
                    assert_eq!(tx.pair(buyer, identity)?, memory.pair(buyer, identity).unwrap());
                }
            }
            assert_eq!(tx.policy()?, memory.policy().unwrap());
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_vault_decides_like_the_reference_and_replays_to_the_same_tables(steps in steps()) {
        let fresh = fresh();
        let mut memory = Memory::default();
        let owner = Person { id: OWNER, name: "Mara Lindqvist".to_owned(), role: Role::Owner };
        let first = Stamp { at: at(0), actor: OWNER };
        let Person { id: person, name, role } = owner;
        let setup = shipped_criteria().into_iter().map(|criterion| Command::PublishCriterion { criterion });
        for command in std::iter::once(Command::AddPerson { person, name, role }).chain(setup) {
            for event in decide(&memory, command, first).unwrap() {
                memory.apply(&event, first);
            }
        }
        // Several commands share a transaction; a refusal leaves the others standing.
        for batch in steps.chunks(7) {
            let _ = fresh.vault.write(|tx| -> Result<(), WriteError> {
                for (command, ms, second) in batch {
                    let actor = if *second { PersonId::from_bytes([2; 16]) } else { OWNER };
                    let stamp = Stamp { at: at(*ms), actor };
                    let expected = decide(&memory, command.clone(), stamp);
                    match (tx.execute(command.clone(), stamp), expected) {
                        (Ok(stored), Ok(expected)) => {
                            assert_eq!(stored, expected);
                            for event in &expected {
                                memory.apply(event, stamp);
                            }
                        }
                        (Err(WriteError::Refused(stored)), Err(Declined::Refused(expected))) => {
                            assert_eq!(stored, expected);
                        }
                        (stored, expected) => panic!("{stored:?} is not {expected:?}"),
                    }
                }
                Ok(())
            }).unwrap();
        }
        same_state(&fresh.vault, &memory);
        let report = fresh.vault.verify_journal().unwrap();
        prop_assert!(report.ok, "{report:?}");
        let rebuilt = fresh.vault.rebuild_check().unwrap();
        prop_assert!(rebuilt.ok, "{rebuilt:?}");
    }
}
