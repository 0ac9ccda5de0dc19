//! What two devices decide merges to the same tables, in whatever order it arrives.

use super::*;
use buyerwatch_domain::{
    AlertState, BlobId, ExhibitLink, IdentifierId, NoteId, SignalBasis, SignalId, SignalKind,
    TrustId,
};
use proptest::prelude::*;
use rusqlite::types::Value;

const BUYER: BuyerId = BuyerId::from_bytes([1; 16]);
const OTHER: BuyerId = BuyerId::from_bytes([2; 16]);

/// Every kind of event that changes what another one set. What adds the things stands first.
fn events() -> (Vec<Event>, Vec<Event>) {
    let identifier = |n: u8| IdentifierId::from_bytes([n; 16]);
    let (alert, trust) = (AlertId::from_bytes([1; 16]), TrustId::from_bytes([1; 16]));
    let (listing, incident) = (ListingId::from_bytes([1; 16]), IncidentId::from_bytes([1; 16]));
    let identity = Token(5);
    let exhibit = ExhibitId::from_bytes([1; 16]);
    let link = ExhibitLink::Buyer { buyer: BUYER };
    let order = ExhibitLink::Order { order_id: "302-0000001-0000001".into() };
    let added = |n, value: &str| Event::IdentifierAdded {
        buyer: BUYER,
        identifier: identifier(n),
        kind: IdentifierKind::Name,
        value: value.into(),
    };
    let raised = Event::AlertRaised {
        alert,
        buyer: BUYER,
        listing,
        order: SeenOrder {
            order_id: "302-0000001-0000001".into(),
            marketplace: "Amazon.de".into(),
            at: at(0),
            identity,
            message: String::new(),
        },
        tier: Tier::Alert,
        score: 3.5,
        reasons: Vec::new(),
        latency_ms: 1,
    };
    let first = vec![
        Event::BuyerAdded { buyer: BUYER },
        Event::BuyerAdded { buyer: OTHER },
        added(1, "Carla"),
        Event::IncidentAdded {
            buyer: BUYER,
            incident,
            clause: "REVIEW_EXTORTION".into(),
            criterion_version: 1,
            at: at(0),
            orders: Vec::new(),
            text: "x".into(),
            buyer_version: None,
        },
        Event::ListingAdded {
            buyer: BUYER,
            listing,
            clause: "REVIEW_EXTORTION".into(),
            criterion_version: 1,
            incidents: vec![incident],
            review_due: at(9),
            awaiting_approval: true,
        },
        raised,
        Event::ExhibitAdded {
            exhibit,
            exhibit_kind: ExhibitKind::Other,
            name: "a.png".into(),
            sha256: "0f".repeat(32),
            bytes: 7,
            media_type: "image/png".into(),
            captured_at: None,
            captured_offset: None,
            blob: BlobId::from_bytes([7; 32]),
            derived_from: None,
            links: vec![link.clone()],
            purpose: None,
        },
        Event::TrustGranted {
            trust,
            identifier_kind: IdentifierKind::Alias,
            value: "a".into(),
            reason: "b".into(),
            until: None,
        },
    ];
    let policy = |second_person, review_days| Event::PolicyChanged {
        second_person,
        review_days,
        retention_days: review_days,
    };
    let note = |n: u8| Event::NoteAdded {
        buyer: OTHER,
        note: NoteId::from_bytes([n; 16]),
        text: "n".into(),
    };
    let signal = SignalId::from_bytes([1; 16]);
    let cancelled = |orders: &[&str]| -> Vec<SignalBasis> {
        let of = |order: &&str| SignalBasis {
            at: at(1),
            order_id: (*order).to_owned(),
            message: String::new(),
        };
        orders.iter().map(of).collect()
    };
    let rejected = |orders: &[&str], reason: Option<&str>| Event::SignalRejected {
        signal,
        signal_kind: SignalKind::Cancels,
        clause: "REPEAT_CANCEL".into(),
        basis: cancelled(orders),
        reason: reason.map(str::to_owned),
    };
    let reopened = |orders: &[&str]| Event::SignalReopened {
        signal,
        signal_kind: SignalKind::Cancels,
        basis: cancelled(orders),
    };
    let rejected_pair = |ties, until| Event::PairRejected {
        buyer: BUYER,
        identity,
        reason: Some("a".into()),
        ties,
        until,
    };
    let later = vec![
        rejected_pair(Some(vec![identifier(1), identifier(2)]), Some(at(77))),
        rejected_pair(Some(Vec::new()), None),
        Event::PairRestored { buyer: BUYER, identity, reason: Some("b".into()) },
        rejected_pair(None, None),
        rejected_pair(None, Some(at(78))),
        rejected_pair(Some(vec![identifier(2)]), None),
        policy(Some(true), None),
        policy(None, Some(30)),
        policy(Some(false), Some(60)),
        added(2, "Clara"),
        Event::IdentifierShared { buyer: BUYER, identifier: identifier(1), shared: true },
        Event::IdentifierShared { buyer: BUYER, identifier: identifier(1), shared: false },
        Event::IdentifierRemoved { buyer: BUYER, identifier: identifier(1), reason: "a".into() },
        Event::IncidentWithdrawn { buyer: BUYER, incident, reason: "a".into() },
        Event::ListingApproved { buyer: BUYER, listing },
        Event::ListingDeclined { buyer: BUYER, listing, reason: "a".into() },
        Event::ListingCleared { buyer: BUYER, listing, reason: "b".into() },
        Event::AlertClaimed { alert },
        Event::AlertReleased { alert },
        Event::AlertHandled { alert, note: None },
        Event::AlertDismissed { alert, note: Some("c".into()) },
        Event::AlertReopened { alert },
        Event::AlertSnoozed { alert, until: at(99) },
        rejected_pair(None, None),
        Event::PairRestored { buyer: BUYER, identity, reason: None },
        Event::BuyersMerged { into: OTHER, from: BUYER, reason: None },
        Event::BuyersUnmerged { into: OTHER, from: BUYER, reason: "a".into() },
        // Two devices may merge in a circle.
        Event::BuyersMerged { into: BUYER, from: OTHER, reason: Some("b".into()) },
        Event::BuyersMerged { into: OTHER, from: BUYER, reason: Some("c".into()) },
        Event::BuyersToldApart { one: OTHER, other: BUYER, apart: true, reason: None },
        Event::BuyersToldApart { one: BUYER, other: OTHER, apart: false, reason: None },
        Event::TrustRevoked { trust, reason: "a".into() },
        // Two devices may publish the same version.
        Event::PhrasesPublished { language: "en".into(), version: 2, text: "a".into() },
        Event::PhrasesPublished { language: "en".into(), version: 2, text: "b".into() },
        rejected(&["302-0000001-0000001", "302-0000001-0000002"], None),
        reopened(&["302-0000001-0000001", "302-0000001-0000002"]),
        rejected(&["302-0000001-0000001"], Some("a")),
        Event::SignalAccepted {
            signal,
            signal_kind: SignalKind::Cancels,
            clause: "REPEAT_CANCEL".into(),
            basis: cancelled(&["302-0000001-0000002"]),
            buyer: BUYER,
            incidents: vec![incident],
        },
        Event::ExhibitLinked { exhibit, link: order.clone(), purpose: None },
        Event::ExhibitUnlinked { exhibit, link: link.clone(), purpose: None },
        Event::ExhibitUnlinked { exhibit, link: order, purpose: None },
        Event::ExhibitLinked { exhibit, link, purpose: None },
        Event::ExhibitKindChanged { exhibit, exhibit_kind: ExhibitKind::Label, purpose: None },
        Event::ExhibitKindChanged { exhibit, exhibit_kind: ExhibitKind::Message, purpose: None },
        Event::ExhibitsVerified { intact: vec![exhibit], damaged: Vec::new(), purpose: None },
        Event::ExhibitsVerified {
            intact: Vec::new(),
            damaged: vec![(exhibit, "x".into())],
            purpose: Some("scrub".into()),
        },
        Event::ExhibitViewed { exhibit, purpose: None },
        Event::ExhibitRemoved { exhibit, reason: "a".into() },
        Event::ExhibitRemoved { exhibit, reason: "b".into() },
        note(1),
        note(2),
    ];
    (first, later)
}

fn stamped(n: usize, event: &Event) -> (Meta, Event) {
    // Two devices take turns; every third event has the clock reading of its predecessor.
    let ms = i64::try_from(n - usize::from(n % 3 == 2)).unwrap();
    let device = [u8::try_from(n % 2).unwrap(); 32];
    let actor = PersonId::from_bytes([device[0]; 16]);
    let seq = i64::try_from(n).unwrap();
    (Meta { at: at(ms), actor, hlc: at(ms).millis() << 16, device, seq }, event.clone())
}

pub(super) fn dump(conn: &Connection, table: &str) -> Vec<Vec<Value>> {
    let mut query = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns = query.column_count();
    let rows = query.query_map([], |row| (0..columns).map(|column| row.get(column)).collect());
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn merged(first: &[(Meta, Event)], later: &[(Meta, Event)]) -> Shop {
    let shop = Shop::empty();
    for (meta, event) in first.iter().chain(later) {
        apply(&shop.conn, event, meta).unwrap();
    }
    shop
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_does_not_matter(
        later in Just(events().1).prop_shuffle(),
        shuffled in Just((0..events().1.len()).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let first: Vec<_> =
            events().0.iter().enumerate().map(|(n, event)| stamped(n, event)).collect();
        let begin = first.len();
        let later: Vec<_> =
            later.iter().enumerate().map(|(n, event)| stamped(begin + n, event)).collect();
        let other: Vec<_> = shuffled.into_iter().map(|n| later[n].clone()).collect();
        let (one, other) = (merged(&first, &later), merged(&first, &other));
        for table in crate::tables::DECIDED.iter().chain(&["buyer_browse", "buyer_search"]) {
            prop_assert_eq!(dump(&one.conn, table), dump(&other.conn, table), "{}", table);
        }
        let identity = Token(5);
        prop_assert_eq!(
            one.read().pair(BUYER, identity).unwrap(),
            other.read().pair(BUYER, identity).unwrap()
        );
        // And events that arrive a second time change nothing.
        let before = dump(&one.conn, "alerts");
        for (meta, event) in &later {
            apply(&one.conn, event, meta).unwrap();
        }
        prop_assert_eq!(dump(&one.conn, "alerts"), before);
    }
}

#[test]
fn events_about_something_unknown_change_nothing() {
    let shop = Shop::empty();
    for (n, event) in events().1.iter().enumerate() {
        let (meta, event) = stamped(n, event);
        apply(&shop.conn, &event, &meta).unwrap();
    }
    for table in crate::tables::DECIDED {
        let expected = match *table {
            "policy" => 3,
            "pairs" | "phrases" | "signal_decisions" => 1,
            "signal_judgements" => 2,
            _ => 0,
        };
        assert_eq!(dump(&shop.conn, table).len(), expected, "{table}");
    }
    assert_eq!(shop.read().pair(BUYER, Token(5)).unwrap(), None);
    assert_eq!(shop.read().alert(AlertId::from_bytes([1; 16])).unwrap(), None);
}

#[test]
fn a_reopened_alert_goes_back_to_whoever_worked_on_it() {
    let mut shop = Shop::new();
    let buyer = shop.add(1, "Ada Kurz");
    shop.list(1, buyer);
    let alert = shop.raise(1, buyer, "302-0000001-0000002", Tier::Alert);
    shop.run(Command::ClaimAlert { alert });
    shop.run(not_this_buyer(alert));
    assert!(shop.read().pair(buyer, Token(1)).unwrap().is_some());
    assert_eq!(shop.read().pairs_of(buyer).unwrap().len(), 1);
    shop.run(Command::ReopenAlert { alert });
    let state = shop.read().alert(alert).unwrap().unwrap().state;
    assert_eq!(state, AlertState::Claimed);
    assert_eq!(shop.read().pairs().unwrap(), []);
}
