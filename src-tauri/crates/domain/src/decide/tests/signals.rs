//! What a person may make of a signal.

use super::*;
use crate::{SignalBasis, SignalId, SignalKind, Verdict};

const SIGNAL: SignalId = SignalId::from_bytes([20; 16]);

fn cancelled(orders: &[&str]) -> Vec<SignalBasis> {
    let at = "2026-10-30T09:00:00Z".parse().unwrap();
    let of =
        |order: &&str| SignalBasis { at, order_id: (*order).to_owned(), message: String::new() };
    orders.iter().map(of).collect()
}

fn reject(reason: &str) -> Command {
    Command::RejectSignal {
        signal: SIGNAL,
        kind: SignalKind::Cancels,
        clause: "REPEAT_CANCEL".into(),
        basis: cancelled(&["302-0000001-0000002", "302-0000001-0000001", "302-0000001-0000001"]),
        reason: Some(reason.into()),
    }
}

fn accept(incidents: Vec<IncidentId>) -> Command {
    Command::AcceptSignal {
        signal: SIGNAL,
        kind: SignalKind::Cancels,
        clause: "REPEAT_CANCEL".into(),
        basis: cancelled(&["302-0000001-0000001"]),
        buyer: BUYER,
        incidents,
    }
}

#[test]
fn a_signal_is_decided_once() {
    let mut shop = Shop::with_buyer();
    shop.run(reject("  The shop was out of stock. ")).unwrap();
    let decision = shop.facts.signal_decision(SIGNAL).unwrap().unwrap();
    assert_eq!(decision.verdict, Verdict::Rejected);
    assert_eq!(decision.reason.as_deref(), Some("The shop was out of stock."));
    let orders: Vec<&str> = decision.basis.iter().map(|one| &*one.order_id).collect();
    assert_eq!(orders, ["302-0000001-0000001", "302-0000001-0000002"], "each once, in order");
    assert_eq!(shop.run(reject("Again")), Err(Refusal::SignalDecided));
    let incident = shop.incident("REPEAT_CANCEL", "2026-10-30T09:00:00Z", &[]).unwrap();
    assert_eq!(shop.run(accept(vec![incident])), Err(Refusal::SignalDecided));
    shop.run(Command::ReopenSignal { signal: SIGNAL }).unwrap();
    assert_eq!(shop.facts.signal_decision(SIGNAL), Ok(None));
    shop.run(accept(vec![incident])).unwrap();
}

#[test]
fn what_was_accepted_rests_on_incidents_that_stand() {
    let mut shop = Shop::with_buyer();
    assert_eq!(shop.run(accept(Vec::new())), Err(Refusal::NotFound("incident")));
    let unknown = IncidentId::from_bytes([77; 16]);
    assert_eq!(shop.run(accept(vec![unknown])), Err(Refusal::NotFound("incident")));
    let incident = shop.incident("REPEAT_CANCEL", "2026-10-30T09:00:00Z", &[]).unwrap();
    shop.run(accept(vec![incident])).unwrap();
    // It listed nobody.
    assert_eq!(shop.facts.buyer_status(BUYER), Ok(Some(BuyerStatus::Watching)));
    let again = Command::ReopenSignal { signal: SIGNAL };
    assert_eq!(shop.run(again), Err(Refusal::SignalAccepted));
}

#[test]
fn nothing_is_decided_on_nothing() {
    let mut shop = Shop::with_buyer();
    let none = Command::RejectSignal {
        signal: SIGNAL,
        kind: SignalKind::Abuse,
        clause: "ABUSIVE_LANGUAGE".into(),
        basis: Vec::new(),
        reason: None,
    };
    assert_eq!(shop.run(none), Err(Refusal::NotFound("signal")));
    let reopen = Command::ReopenSignal { signal: SIGNAL };
    assert_eq!(shop.run(reopen), Err(Refusal::NotFound("signal")));
}

#[test]
fn lists_of_phrases_follow_the_shipped_ones() {
    let mut shop = Shop::new();
    let publish = |version| Command::PublishPhrases {
        language: "en".into(),
        version,
        text: "language: en".into(),
    };
    assert_eq!(shop.run(publish(1)), Err(Refusal::WrongVersion(2)));
    shop.run(publish(2)).unwrap();
    assert_eq!(shop.run(publish(2)), Err(Refusal::WrongVersion(3)));
    shop.run(publish(3)).unwrap();
    shop.actor = AGENT;
    assert_eq!(shop.run(publish(4)), Err(Refusal::RoleNotAllowed));
}
