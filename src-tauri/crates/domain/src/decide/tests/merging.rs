//! Two records of one person.

use super::*;
use crate::{Buyer, ListingState, PairDecision};

const OTHER: BuyerId = BuyerId::from_bytes([9; 16]);
const THIRD: BuyerId = BuyerId::from_bytes([10; 16]);

impl Shop {
    /// A listed buyer and another one, who is watched.
    fn with_two() -> Self {
        let mut shop = Self::with_listed();
        shop.add(OTHER, 20, "q9@marketplace.amazon.de");
        shop
    }

    fn add(&mut self, buyer: BuyerId, n: u8, alias: &str) {
        let identifiers = vec![identifier(n, IdentifierKind::Alias, alias)];
        self.run(Command::AddBuyer { buyer, identifiers, note: None }).unwrap();
        self.later();
    }

    fn later(&mut self) {
        self.now = Timestamp::from_millis(self.now.millis() + 60_000);
    }

    fn merge(&mut self, into: BuyerId, from: BuyerId) -> Result<Vec<Event>, Refusal> {
        self.later();
        self.run(Command::MergeBuyers { into, from, reason: None })
    }

    fn unmerge(&mut self, buyer: BuyerId) -> Result<Vec<Event>, Refusal> {
        self.later();
        self.run(Command::UnmergeBuyers { buyer, reason: "Two brothers".into() })
    }

    fn read(&self, buyer: BuyerId) -> Buyer {
        self.facts.buyer(buyer).unwrap().unwrap()
    }

    fn report_on(&mut self, buyer: BuyerId) -> IncidentId {
        let incident = IncidentId::from_bytes(self.draw());
        let exhibits = vec![exhibit(self.draw(), ExhibitKind::Message)];
        self.run(Command::AddIncident {
            buyer,
            incident,
            clause: "REVIEW_EXTORTION".into(),
            at: "2026-10-31T09:00:00Z".parse().unwrap(),
            orders: Vec::new(),
            text: "Happened.".into(),
            buyer_version: None,
            exhibits,
        })
        .unwrap();
        incident
    }

    fn list_buyer(&mut self, buyer: BuyerId) -> ListingId {
        let listing = ListingId::from_bytes(self.draw());
        let clause = "REVIEW_EXTORTION".into();
        self.run(Command::AddListing { buyer, listing, clause }).unwrap();
        listing
    }
}

#[test]
fn a_merged_buyer_is_read_as_the_one_who_stays_and_nothing_is_rewritten() {
    let mut shop = Shop::with_two();
    let (listed, alone) = (shop.read(BUYER), shop.read(OTHER));
    // The unlisted one may stay, too: the listing holds all the same, with its criterion and date.
    shop.merge(OTHER, BUYER).unwrap();
    for asked in [BUYER, OTHER] {
        let whole = shop.read(asked);
        assert_eq!((whole.id, whole.status), (OTHER, BuyerStatus::Listed));
        assert_eq!(whole.listing, listed.listing);
        assert_eq!(whole.identifiers.len(), 2);
        assert_eq!(whole.identifiers[0], alone.identifiers[0]);
        assert_eq!(whole.incidents, listed.incidents);
        assert_eq!(whole.exhibits, listed.exhibits);
        assert_eq!((whole.merged[0].id, whole.merged[0].status), (BUYER, BuyerStatus::Listed));
    }
    shop.unmerge(BUYER).unwrap();
    assert_eq!((shop.read(BUYER), shop.read(OTHER)), (listed, alone));
}

#[test]
fn merging_and_parting_again_is_as_if_nothing_had_been() {
    // Every state that either may be in, and both ways round.
    for state in 0..9u8 {
        let mut shop = Shop::new();
        for (buyer, n, alias, kind) in [
            (BUYER, 1, "a@marketplace.amazon.de", state % 3),
            (OTHER, 2, "b@marketplace.amazon.de", state / 3),
        ] {
            shop.add(buyer, n, alias);
            shop.report_on(buyer);
            if kind > 0 {
                shop.list_buyer(buyer);
            }
            if kind > 1 {
                shop.run(Command::ClearListing { buyer, reason: "Settled".into() }).unwrap();
            }
        }
        for (into, from) in [(BUYER, OTHER), (OTHER, BUYER)] {
            let before = (shop.read(BUYER), shop.read(OTHER));
            shop.merge(into, from).unwrap();
            let whole = shop.read(from);
            assert_eq!((whole.id, whole.incidents.len()), (into, 2));
            let listed = [&before.0, &before.1].iter().any(|of| of.status == BuyerStatus::Listed);
            assert_eq!(whole.status == BuyerStatus::Listed, listed);
            let in_force = whole.listing.filter(|listing| listing.state == ListingState::Active);
            assert_eq!(in_force.is_some(), listed);
            shop.unmerge(from).unwrap();
            assert_eq!((shop.read(BUYER), shop.read(OTHER)), before, "{state}");
            assert!(shop.facts.told_apart(BUYER, OTHER).unwrap());
        }
    }
}

#[test]
fn what_comes_after_the_merge_stays_with_the_one_who_stayed() {
    let mut shop = Shop::with_two();
    shop.merge(BUYER, OTHER).unwrap();
    // Also what is said of the merged one: it is recorded on the one they are read as.
    let note = NoteId::from_bytes([1; 16]);
    let noted = shop.run(Command::AddNote { buyer: OTHER, note, text: "Moved".into() }).unwrap();
    assert!(matches!(noted[..], [Event::NoteAdded { buyer: BUYER, .. }]));
    let new = identifier(40, IdentifierKind::Phone, "+49 30 5550142");
    shop.run(Command::AddIdentifier { buyer: OTHER, identifier: new }).unwrap();
    shop.unmerge(OTHER).unwrap();
    assert_eq!((shop.read(BUYER).notes.len(), shop.read(OTHER).notes.len()), (1, 0));
    assert_eq!((shop.read(BUYER).identifiers.len(), shop.read(OTHER).identifiers.len()), (2, 1));
}

#[test]
fn what_belongs_to_the_merged_one_is_changed_as_theirs() {
    let mut shop = Shop::with_two();
    let incident = shop.report_on(OTHER);
    shop.merge(BUYER, OTHER).unwrap();
    let id = IdentifierId::from_bytes([20; 16]);
    let marked = shop.run(Command::MarkShared { buyer: BUYER, identifier: id, shared: true });
    assert!(matches!(marked.unwrap()[..], [Event::IdentifierShared { buyer: OTHER, .. }]));
    let reason = || "Mistaken".to_owned();
    let gone =
        shop.run(Command::RemoveIdentifier { buyer: BUYER, identifier: id, reason: reason() });
    // Their last one: parted again, they would have none.
    assert_eq!(gone.unwrap_err().code(), "last_identifier");
    let gone = shop.run(Command::WithdrawIncident { buyer: BUYER, incident, reason: reason() });
    assert!(matches!(gone.unwrap()[..], [Event::IncidentWithdrawn { buyer: OTHER, .. }]));
    shop.unmerge(OTHER).unwrap();
    assert!(shop.read(OTHER).identifiers[0].shared);
    assert!(shop.read(OTHER).incidents[0].withdrawn.is_some());
}

#[test]
fn clearing_clears_every_listing_of_those_who_are_one() {
    let mut shop = Shop::with_two();
    shop.report_on(OTHER);
    shop.list_buyer(OTHER);
    shop.merge(BUYER, OTHER).unwrap();
    let cleared =
        shop.run(Command::ClearListing { buyer: BUYER, reason: "Settled".into() }).unwrap();
    let owners: Vec<BuyerId> = cleared
        .iter()
        .filter_map(|event| match event {
            Event::ListingCleared { buyer, .. } => Some(*buyer),
            _ => None,
        })
        .collect();
    assert_eq!(owners, [BUYER, OTHER]);
    assert_eq!(shop.read(BUYER).status, BuyerStatus::Cleared);
    shop.unmerge(OTHER).unwrap();
    assert_eq!(shop.read(OTHER).status, BuyerStatus::Cleared);
}

#[test]
fn only_two_who_are_two_can_be_merged_and_only_merged_ones_parted() {
    let mut shop = Shop::with_two();
    shop.add(THIRD, 30, "z3@marketplace.amazon.de");
    let code = |outcome: Result<Vec<Event>, Refusal>| outcome.unwrap_err().code();
    assert_eq!(code(shop.merge(BUYER, BUYER)), "same_buyer");
    assert_eq!(code(shop.merge(BUYER, BuyerId::from_bytes([77; 16]))), "not_found");
    assert_eq!(code(shop.unmerge(OTHER)), "not_merged");
    shop.merge(BUYER, OTHER).unwrap();
    assert_eq!(code(shop.merge(BUYER, OTHER)), "already_merged");
    assert_eq!(code(shop.merge(OTHER, BUYER)), "same_buyer");
    assert_eq!(code(shop.merge(THIRD, OTHER)), "already_merged");
    assert_eq!(code(shop.unmerge(BUYER)), "not_merged");
    // A chain is one person; parted in the middle, each end keeps who was merged into it.
    shop.merge(THIRD, BUYER).unwrap();
    assert_eq!(shop.read(OTHER).id, THIRD);
    assert_eq!(shop.read(THIRD).identifiers.len(), 3);
    shop.unmerge(BUYER).unwrap();
    assert_eq!((shop.read(OTHER).id, shop.read(THIRD).merged.len()), (BUYER, 0));
}

#[test]
fn no_merge_while_a_listing_waits() {
    let mut shop = Shop::with_two();
    shop.run(Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    })
    .unwrap();
    shop.report_on(OTHER);
    shop.list_buyer(OTHER);
    assert_eq!(shop.merge(BUYER, OTHER).unwrap_err().code(), "listing_waits");
    assert_eq!(shop.merge(OTHER, BUYER).unwrap_err().code(), "listing_waits");
}

#[test]
fn bringing_somebody_under_a_listing_takes_the_right_to_confirm_one() {
    let mut shop = Shop::with_two();
    shop.add(THIRD, 30, "z3@marketplace.amazon.de");
    shop.run(Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    })
    .unwrap();
    assert_eq!(shop.merge(BUYER, OTHER).unwrap_err().code(), "same_person");
    shop.actor = AGENT;
    assert_eq!(shop.merge(OTHER, BUYER).unwrap_err().code(), "role_not_allowed");
    // Two who are both watched list nobody.
    shop.merge(OTHER, THIRD).unwrap();
    shop.actor = LEAD;
    shop.merge(BUYER, OTHER).unwrap();
    assert_eq!(shop.read(THIRD).id, BUYER);
}

#[test]
fn a_listing_that_rests_on_both_keeps_them_together() {
    let mut shop = Shop::with_two();
    shop.run(Command::ClearListing { buyer: BUYER, reason: "Settled".into() }).unwrap();
    shop.report_on(OTHER);
    shop.merge(BUYER, OTHER).unwrap();
    shop.list_buyer(BUYER);
    assert!(shop.read(BUYER).listing.unwrap().incidents.len() >= 2);
    assert_eq!(shop.unmerge(OTHER).unwrap_err().code(), "listing_rests_on_both");
    shop.run(Command::ClearListing { buyer: BUYER, reason: "Two people".into() }).unwrap();
    shop.unmerge(OTHER).unwrap();
    assert_eq!(shop.read(OTHER).status, BuyerStatus::Watching);
}

#[test]
fn alerts_of_the_merged_one_name_the_one_who_stays() {
    let mut shop = Shop::with_two();
    shop.raise(ALERT, "302-0000001-0000001", 77).unwrap();
    shop.merge(OTHER, BUYER).unwrap();
    assert_eq!(shop.facts.alert(ALERT).unwrap().unwrap().buyer, OTHER);
    // What one was told of is not told again of the other.
    let again = shop.raise(AlertId::from_bytes([3; 16]), "302-0000001-0000001", 77);
    assert_eq!(again.unwrap_err().code(), "already_alerted");
    let next = shop.raise(AlertId::from_bytes([4; 16]), "302-0000001-0000002", 77).unwrap();
    assert!(matches!(next[..], [Event::AlertRaised { buyer: OTHER, .. }]));
    shop.unmerge(BUYER).unwrap();
    assert_eq!(shop.facts.alert(ALERT).unwrap().unwrap().buyer, BUYER);
}

#[test]
fn somebody_else_for_the_one_is_somebody_else_for_both_unless_the_other_carries_the_identifier() {
    let mut shop = Shop::with_two();
    shop.raise(ALERT, "302-0000001-0000001", 77).unwrap();
    shop.later();
    shop.run(not_this_buyer(ALERT, None)).unwrap();
    shop.merge(OTHER, BUYER).unwrap();
    let pair: PairDecision = shop.facts.pair(OTHER, Token(77)).unwrap().unwrap();
    assert_eq!(pair.buyer, BUYER);
    let by = |identifier: u8| Reason {
        field: ReasonField::Alias,
        identifier: Some(IdentifierId::from_bytes([identifier; 16])),
        similarity: 1.0,
        weight: 20.0,
        note: ReasonNote::Exact,
    };
    let whole = shop.read(OTHER);
    assert!(!pair.is_outdone(&whole, &[by(1)]), "they who decided knew of it");
    assert!(pair.is_outdone(&whole, &[by(20)]), "the other one's was not before them");
    // Taking the closing back lets the pair alert again, on whomever it was decided.
    let back = shop.run(Command::ReopenAlert { alert: ALERT }).unwrap();
    assert!(back.contains(&Event::PairRestored {
        buyer: BUYER,
        identity: Token(77),
        reason: None
    }));
    assert_eq!(shop.facts.pair(OTHER, Token(77)).unwrap(), None);
}

#[test]
fn two_who_were_told_apart_stay_so_until_they_are_merged() {
    let mut shop = Shop::with_two();
    let tell = |shop: &mut Shop, apart| {
        let (one, other, reason) = (BUYER, OTHER, None);
        shop.run(Command::TellBuyersApart { one, other, apart, reason })
    };
    assert_eq!(tell(&mut shop, false).unwrap(), []);
    tell(&mut shop, true).unwrap();
    assert!(shop.facts.told_apart(OTHER, BUYER).unwrap());
    tell(&mut shop, false).unwrap();
    assert!(!shop.facts.told_apart(OTHER, BUYER).unwrap());
    tell(&mut shop, true).unwrap();
    shop.merge(BUYER, OTHER).unwrap();
    assert!(!shop.facts.told_apart(OTHER, BUYER).unwrap());
    assert_eq!(tell(&mut shop, true).unwrap_err().code(), "same_buyer");
}
