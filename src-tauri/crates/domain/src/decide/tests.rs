//! Rules of deciding, one test each.

mod merging;
mod signals;

use crate::{
    Alert, AlertId, AlertState, BlobId, BuyerId, BuyerStatus, Command, Declined, Event, ExhibitId,
    ExhibitKind, ExhibitLink, IdentifierId, IdentifierKind, IncidentId, ListingId, LostEnd, Memory,
    NewExhibit, NewIdentifier, NoteId, PairDecision, PersonId, Reason, ReasonField, ReasonNote,
    Refusal, Role, SeenOrder, Stamp, State, Tier, Timestamp, Token, TrustId, decide,
    shipped_criteria,
};

const BUYER: BuyerId = BuyerId::from_bytes([1; 16]);
const ALERT: AlertId = AlertId::from_bytes([2; 16]);
const OWNER: PersonId = PersonId::from_bytes([3; 16]);
const LEAD: PersonId = PersonId::from_bytes([4; 16]);
const AGENT: PersonId = PersonId::from_bytes([5; 16]);

/// A shop with its team and the shipped criteria.
struct Shop {
    facts: Memory,
    now: Timestamp,
    actor: PersonId,
    drawn: u8,
}

impl Shop {
    fn new() -> Self {
        let now = "2026-11-01T09:00:00Z".parse().unwrap();
        let mut shop = Self { facts: Memory::default(), now, actor: OWNER, drawn: 100 };
        for (person, name, role) in
            [(OWNER, "Mei", Role::Owner), (LEAD, "Tom", Role::Lead), (AGENT, "Ana", Role::Agent)]
        {
            shop.run(Command::AddPerson { person, name: name.into(), role }).unwrap();
        }
        for criterion in shipped_criteria() {
            shop.run(Command::PublishCriterion { criterion }).unwrap();
        }
        shop
    }

    fn with_buyer() -> Self {
        let mut shop = Self::new();
        let identifiers = vec![identifier(1, IdentifierKind::Alias, "k7@marketplace.amazon.de")];
        shop.run(Command::AddBuyer { buyer: BUYER, identifiers, note: None }).unwrap();
        shop
    }

    fn with_listed() -> Self {
        let mut shop = Self::with_buyer();
        shop.incident("REVIEW_EXTORTION", "2026-10-30T09:00:00Z", &[ExhibitKind::Message]).unwrap();
        shop.list("REVIEW_EXTORTION").unwrap();
        shop
    }

    fn with_alert() -> Self {
        let mut shop = Self::with_listed();
        shop.raise(ALERT, "302-0000001-0000001", 77).unwrap();
        shop
    }

    fn run(&mut self, command: Command) -> Result<Vec<Event>, Refusal> {
        let stamp = Stamp { at: self.now, actor: self.actor };
        let events = match decide(&self.facts, command, stamp) {
            Ok(events) => events,
            Err(Declined::Refused(refusal)) => return Err(refusal),
            Err(Declined::Unreadable(never)) => match never {},
        };
        for event in &events {
            self.facts.apply(event, stamp);
        }
        Ok(events)
    }

    fn draw(&mut self) -> [u8; 16] {
        self.drawn += 1;
        [self.drawn; 16]
    }

    fn incident(
        &mut self,
        clause: &str,
        at: &str,
        exhibits: &[ExhibitKind],
    ) -> Result<IncidentId, Refusal> {
        let order = format!("302-0000001-{:07}", self.drawn);
        self.incident_on(&order, clause, at, exhibits)
    }

    fn incident_on(
        &mut self,
        order: &str,
        clause: &str,
        at: &str,
        exhibits: &[ExhibitKind],
    ) -> Result<IncidentId, Refusal> {
        self.incident_with(&[order], clause, at, exhibits)
    }

    fn incident_with(
        &mut self,
        orders: &[&str],
        clause: &str,
        at: &str,
        exhibits: &[ExhibitKind],
    ) -> Result<IncidentId, Refusal> {
        let incident = IncidentId::from_bytes(self.draw());
        let exhibits = exhibits.iter().map(|&kind| exhibit(self.draw(), kind)).collect();
        self.run(Command::AddIncident {
            buyer: BUYER,
            incident,
            clause: clause.into(),
            at: at.parse().unwrap(),
            orders: orders.iter().map(|order| (*order).into()).collect(),
            text: "Happened.".into(),
            buyer_version: None,
            exhibits,
        })?;
        Ok(incident)
    }

    fn list(&mut self, clause: &str) -> Result<Vec<Event>, Refusal> {
        let listing = ListingId::from_bytes(self.draw());
        self.run(Command::AddListing { buyer: BUYER, listing, clause: clause.into() })
    }

    fn raise(&mut self, alert: AlertId, order: &str, identity: i64) -> Result<Vec<Event>, Refusal> {
        self.raise_as(Tier::Alert, alert, order, identity)
    }

    fn raise_as(
        &mut self,
        tier: Tier,
        alert: AlertId,
        order: &str,
        identity: i64,
    ) -> Result<Vec<Event>, Refusal> {
        self.raise_by(&[1], tier, alert, order, identity)
    }

    /// An alert that rests on these of the buyer's identifiers.
    fn raise_by(
        &mut self,
        identifiers: &[u8],
        tier: Tier,
        alert: AlertId,
        order: &str,
        identity: i64,
    ) -> Result<Vec<Event>, Refusal> {
        self.run(Command::RaiseAlert {
            alert,
            buyer: BUYER,
            order: SeenOrder {
                order_id: order.into(),
                marketplace: "Amazon.de".into(),
                at: self.now,
                identity: Token(identity),
                message: String::new(),
            },
            tier,
            score: 20.0,
            reasons: identifiers.iter().map(|of| tied_by(*of, ReasonNote::Exact)).collect(),
            latency_ms: 12,
        })
    }

    fn status(&self) -> BuyerStatus {
        self.facts.buyer(BUYER).unwrap().unwrap().status
    }

    fn alert(&self) -> Alert {
        self.facts.alert(ALERT).unwrap().unwrap()
    }
}

fn tied_by(identifier: u8, note: ReasonNote) -> Reason {
    Reason {
        field: ReasonField::Phone,
        identifier: Some(IdentifierId::from_bytes([identifier; 16])),
        similarity: 1.0,
        weight: 13.0,
        note,
    }
}

fn not_this_buyer(alert: AlertId, until: Option<Timestamp>) -> Command {
    let note = Some("Her neighbour".into());
    Command::DismissAlert { alert, note, not_this_buyer: true, until }
}

fn identifier(id: u8, kind: IdentifierKind, value: &str) -> NewIdentifier {
    NewIdentifier { id: IdentifierId::from_bytes([id; 16]), kind, value: value.into() }
}

fn exhibit(id: [u8; 16], kind: ExhibitKind) -> NewExhibit {
    NewExhibit {
        id: ExhibitId::from_bytes(id),
        kind,
        name: "page.png".into(),
        sha256: "ab".repeat(32),
        bytes: 10,
        media_type: "image/png".into(),
        captured_at: None,
        captured_offset: None,
        blob: BlobId::from_bytes([7; 32]),
        derived_from: None,
        links: Vec::new(),
    }
}

#[test]
fn a_buyer_starts_watched_and_needs_an_identifier() {
    let shop = Shop::with_buyer();
    assert_eq!(shop.status(), BuyerStatus::Watching);
    let mut shop = Shop::new();
    let command = Command::AddBuyer { buyer: BUYER, identifiers: Vec::new(), note: None };
    assert_eq!(shop.run(command), Err(Refusal::NoIdentifier));
}

#[test]
fn the_same_identifier_is_not_recorded_twice() {
    let mut shop = Shop::with_buyer();
    let identifier = identifier(2, IdentifierKind::Alias, " k7@marketplace.amazon.de ");
    let again = Command::AddIdentifier { buyer: BUYER, identifier };
    assert_eq!(shop.run(again), Err(Refusal::IdentifierExists));
}

#[test]
fn the_last_identifier_stays() {
    let mut shop = Shop::with_buyer();
    let identifier = IdentifierId::from_bytes([1; 16]);
    let remove = Command::RemoveIdentifier { buyer: BUYER, identifier, reason: "typo".into() };
    assert_eq!(shop.run(remove), Err(Refusal::LastIdentifier));
}

#[test]
fn blank_and_endless_texts_are_refused() {
    let mut shop = Shop::with_buyer();
    let note = NoteId::from_bytes([9; 16]);
    let write = |text: String| Command::AddNote { buyer: BUYER, note, text };
    assert_eq!(shop.run(write(" \n".into())), Err(Refusal::Empty("note")));
    let endless = shop.run(write("好".repeat(20_001)));
    assert_eq!(endless, Err(Refusal::TooLong { field: "note", limit: 20_000 }));
    assert!(shop.run(write("好".repeat(20_000))).is_ok());
}

#[test]
fn an_incident_needs_a_known_clause_and_a_past_date() {
    let mut shop = Shop::with_buyer();
    let unknown = shop.incident("RUDE", "2026-10-01T00:00:00Z", &[]);
    assert_eq!(unknown, Err(Refusal::UnknownClause("RUDE".into())));
    let ahead = shop.incident("REVIEW_EXTORTION", "2026-11-02T00:00:00Z", &[]);
    assert_eq!(ahead, Err(Refusal::InFuture));
}

#[test]
fn listing_waits_for_enough_incidents_in_one_window() {
    let mut shop = Shop::with_buyer();
    for at in ["2026-09-01T00:00:00Z", "2026-10-15T00:00:00Z"] {
        shop.incident("REPEAT_CANCEL", at, &[ExhibitKind::OrderPage]).unwrap();
    }
    let Err(Refusal::ClauseNotMet(gate)) = shop.list("REPEAT_CANCEL") else { panic!() };
    assert_eq!((gate.incidents, gate.needed, gate.window_days), (1, 3, 30));
    for at in ["2026-10-20T00:00:00Z", "2026-10-30T00:00:00Z"] {
        shop.incident("REPEAT_CANCEL", at, &[]).unwrap();
    }
    assert!(shop.list("REPEAT_CANCEL").is_ok());
    assert_eq!(shop.status(), BuyerStatus::Listed);
}

#[test]
fn one_order_counts_once_where_the_clause_says_so() {
    let mut shop = Shop::with_buyer();
    for at in ["2026-10-20T00:00:00Z", "2026-10-21T00:00:00Z"] {
        let exhibits = [ExhibitKind::Tracking];
        shop.incident_on("302-0000001-0000009", "NOT_RECEIVED_CLAIMS", at, &exhibits).unwrap();
    }
    let Err(Refusal::ClauseNotMet(gate)) = shop.list("NOT_RECEIVED_CLAIMS") else { panic!() };
    assert_eq!(gate.incidents, 1);
    for at in ["2026-10-20T00:00:00Z", "2026-10-21T00:00:00Z"] {
        let exhibits = [ExhibitKind::Message];
        shop.incident_on("302-0000001-0000009", "ABUSIVE_LANGUAGE", at, &exhibits).unwrap();
    }
    assert!(shop.list("ABUSIVE_LANGUAGE").is_ok());
}

#[test]
fn one_order_is_one_however_it_is_written() {
    let mut shop = Shop::with_buyer();
    let orders = ["302-0000001-0000009", " 302 0000001 0000009", "３０２-0000001-0000009"];
    for order in orders {
        let (at, exhibits) = ("2026-10-20T00:00:00Z", [ExhibitKind::Tracking]);
        shop.incident_on(order, "NOT_RECEIVED_CLAIMS", at, &exhibits).unwrap();
    }
    let Err(Refusal::ClauseNotMet(gate)) = shop.list("NOT_RECEIVED_CLAIMS") else { panic!() };
    assert_eq!(gate.incidents, 1);
    assert!(shop.facts.buyer(BUYER).unwrap().unwrap().cites_order("30200000010000009"));
}

#[test]
fn what_names_no_order_counts_once_for_an_instant() {
    let mut shop = Shop::with_buyer();
    for (at, counted) in [
        ("2026-10-20T00:00:00Z", 1),
        ("2026-10-20T00:00:00Z", 1),
        ("2026-10-20T00:00:00Z", 1),
        ("2026-10-21T00:00:00Z", 2),
    ] {
        shop.incident_with(&[], "REPEAT_CANCEL", at, &[ExhibitKind::OrderPage]).unwrap();
        let Err(Refusal::ClauseNotMet(gate)) = shop.list("REPEAT_CANCEL") else { panic!() };
        assert_eq!(gate.incidents, counted);
    }
}

#[test]
fn where_one_incident_is_enough_its_own_evidence_must_be_whole() {
    let mut shop = Shop::with_buyer();
    for (at, kind) in [
        ("2026-10-20T00:00:00Z", ExhibitKind::PackingPhoto),
        ("2026-10-21T00:00:00Z", ExhibitKind::ReturnPhoto),
    ] {
        shop.incident("RETURN_ABUSE", at, &[kind]).unwrap();
    }
    let Err(Refusal::ExhibitsMissing(gate)) = shop.list("RETURN_ABUSE") else { panic!() };
    let missing: Vec<_> = gate.missing_exhibits().collect();
    assert_eq!(missing, [ExhibitKind::PackingPhoto], "of the newest");
    // One that is of no incident yet shows it for any.
    let exhibits = vec![exhibit(shop.draw(), ExhibitKind::PackingPhoto)];
    let links = vec![ExhibitLink::Buyer { buyer: BUYER }];
    shop.run(Command::AddExhibits { exhibits, links, purpose: None }).unwrap();
    assert!(shop.list("RETURN_ABUSE").is_ok());
}

#[test]
fn a_listing_in_force_keeps_the_incidents_on_which_it_rests() {
    let mut shop = Shop::with_listed();
    let incident = shop.facts.buyer(BUYER).unwrap().unwrap().incidents[0].id;
    let withdraw = Command::WithdrawIncident { buyer: BUYER, incident, reason: "typo".into() };
    assert_eq!(shop.run(withdraw), Err(Refusal::ListingRestsOnIt));
}

#[test]
fn the_second_person_confirms_what_was_proposed() {
    let mut shop = Shop::with_buyer();
    shop.run(Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    })
    .unwrap();
    let exhibits = [ExhibitKind::Message];
    let incident = shop.incident("REVIEW_EXTORTION", "2026-10-20T00:00:00Z", &exhibits).unwrap();
    shop.list("REVIEW_EXTORTION").unwrap();
    let reason = "another buyer's message".to_owned();
    let withdraw = Command::WithdrawIncident { buyer: BUYER, incident, reason: reason.clone() };
    assert_eq!(shop.run(withdraw), Err(Refusal::ListingRestsOnIt));
    // Withdrawn on another device meanwhile. One that came since does not stand in for it.
    let stamp = Stamp { at: shop.now, actor: OWNER };
    shop.facts.apply(&Event::IncidentWithdrawn { buyer: BUYER, incident, reason }, stamp);
    shop.incident("REVIEW_EXTORTION", "2026-10-25T00:00:00Z", &exhibits).unwrap();
    shop.actor = LEAD;
    let approve = || Command::ApproveListing { buyer: BUYER };
    assert_eq!(shop.run(approve()), Err(Refusal::ProposalOutdated));
    assert_eq!(shop.status(), BuyerStatus::Watching);
    let reason = "withdrawn".to_owned();
    shop.run(Command::DeclineListing { buyer: BUYER, reason }).unwrap();
    shop.list("REVIEW_EXTORTION").unwrap();
    shop.actor = OWNER;
    shop.run(approve()).unwrap();
    assert_eq!(shop.status(), BuyerStatus::Listed);
}

#[test]
fn a_proposal_is_confirmed_under_the_version_that_it_names() {
    let mut shop = Shop::with_buyer();
    shop.run(Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    })
    .unwrap();
    shop.incident("REVIEW_EXTORTION", "2026-10-20T00:00:00Z", &[ExhibitKind::Message]).unwrap();
    shop.list("REVIEW_EXTORTION").unwrap();
    let mut stricter = shipped_criteria().remove(2);
    stricter.version = 2;
    stricter.clauses[0].threshold.count = 5;
    shop.run(Command::PublishCriterion { criterion: stricter }).unwrap();
    shop.actor = LEAD;
    shop.run(Command::ApproveListing { buyer: BUYER }).unwrap();
    assert_eq!(shop.status(), BuyerStatus::Listed);
}

#[test]
fn an_agent_neither_switches_off_the_rules_nor_makes_leads() {
    let mut shop = Shop::new();
    shop.actor = AGENT;
    let policy = || Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    };
    assert_eq!(shop.run(policy()), Err(Refusal::OwnerOnly));
    let person = PersonId::from_bytes([9; 16]);
    let add = |person, role| Command::AddPerson { person, name: "Li".into(), role };
    assert_eq!(shop.run(add(person, Role::Lead)), Err(Refusal::RoleNotAllowed));
    assert_eq!(shop.run(add(AGENT, Role::Owner)), Err(Refusal::OwnerOnly), "not themselves either");
    assert!(shop.run(add(person, Role::Agent)).is_ok());
    // A lead confirms listings, so the rule that another must is not theirs to switch off.
    shop.actor = LEAD;
    assert_eq!(shop.run(policy()), Err(Refusal::OwnerOnly));
    assert_eq!(shop.run(add(person, Role::Owner)), Err(Refusal::OwnerOnly));
    assert!(shop.run(add(person, Role::Lead)).is_ok());
    shop.actor = OWNER;
    assert!(shop.run(policy()).is_ok());
    assert!(shop.run(add(person, Role::Owner)).is_ok());
}

#[test]
fn a_lead_accepts_with_a_reason_that_the_record_was_put_back() {
    let mut shop = Shop::new();
    let lost = vec![LostEnd { device: "0f".repeat(32), seq: 9 }];
    let accept = |reason: &str| Command::AcceptHead { lost: lost.clone(), reason: reason.into() };
    shop.actor = AGENT;
    assert_eq!(shop.run(accept("Restored.")), Err(Refusal::RoleNotAllowed));
    shop.actor = LEAD;
    assert_eq!(shop.run(accept(" ")), Err(Refusal::Empty("reason")));
    let events = shop.run(accept("Restored.")).unwrap();
    assert_eq!(events, [Event::HeadAccepted { lost: lost.clone(), reason: "Restored.".into() }]);
}

#[test]
fn the_window_is_closed_on_both_sides() {
    for (last, met) in [("2026-10-31T00:00:00Z", true), ("2026-10-31T00:00:00.001Z", false)] {
        let mut shop = Shop::with_buyer();
        for at in ["2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z", last] {
            shop.incident("REPEAT_CANCEL", at, &[ExhibitKind::OrderPage]).unwrap();
        }
        assert_eq!(shop.list("REPEAT_CANCEL").is_ok(), met, "{last}");
    }
}

#[test]
fn listing_waits_for_evidence() {
    let mut shop = Shop::with_buyer();
    let incident =
        shop.incident("RETURN_ABUSE", "2026-10-20T00:00:00Z", &[ExhibitKind::Label]).unwrap();
    let Err(Refusal::ExhibitsMissing(gate)) = shop.list("RETURN_ABUSE") else { panic!() };
    let missing: Vec<_> = gate.missing_exhibits().collect();
    assert_eq!(missing, [ExhibitKind::PackingPhoto, ExhibitKind::ReturnPhoto]);
    // A film of the packing stands in for a photo of it.
    let exhibits = [ExhibitKind::PackingVideo, ExhibitKind::ReturnPhoto];
    let exhibits: Vec<_> = exhibits.iter().map(|&kind| exhibit(shop.draw(), kind)).collect();
    let film = exhibits[0].id;
    let links = vec![ExhibitLink::Incident { buyer: BUYER, incident }];
    shop.run(Command::AddExhibits { exhibits, links, purpose: None }).unwrap();
    // One whose stored file is damaged shows nothing any more.
    let found = |damaged| Command::RecordExhibitsVerified {
        intact: if damaged { Vec::new() } else { vec![film] },
        damaged: if damaged { vec![(film, "missing".to_owned())] } else { Vec::new() },
        purpose: None,
    };
    shop.run(found(true)).unwrap();
    let Err(Refusal::ExhibitsMissing(gate)) = shop.list("RETURN_ABUSE") else { panic!() };
    assert_eq!(gate.missing_exhibits().collect::<Vec<_>>(), [ExhibitKind::PackingPhoto]);
    shop.run(found(false)).unwrap();
    assert!(shop.list("RETURN_ABUSE").is_ok());
}

#[test]
fn evidence_of_a_withdrawn_incident_does_not_count() {
    let mut shop = Shop::with_buyer();
    let first =
        shop.incident("REVIEW_EXTORTION", "2026-10-20T00:00:00Z", &[ExhibitKind::Message]).unwrap();
    let reason = "wrong order".to_owned();
    shop.run(Command::WithdrawIncident { buyer: BUYER, incident: first, reason }).unwrap();
    assert!(matches!(shop.list("REVIEW_EXTORTION"), Err(Refusal::ClauseNotMet(_))));
    shop.incident("REVIEW_EXTORTION", "2026-10-21T00:00:00Z", &[]).unwrap();
    assert!(matches!(shop.list("REVIEW_EXTORTION"), Err(Refusal::ExhibitsMissing(_))));
}

#[test]
fn a_listing_pins_its_version_and_falls_due_in_90_days() {
    let mut shop = Shop::with_listed();
    let mut next = shipped_criteria().remove(2);
    next.version = 3;
    let gap = shop.run(Command::PublishCriterion { criterion: next.clone() });
    assert_eq!(gap, Err(Refusal::WrongVersion(2)));
    next.version = 2;
    shop.run(Command::PublishCriterion { criterion: next }).unwrap();
    let listing = shop.facts.buyer(BUYER).unwrap().unwrap().listing.unwrap();
    assert_eq!(listing.criterion_version, 1);
    assert_eq!(listing.review_due, shop.now.plus_days(90));
    assert_eq!(shop.list("REVIEW_EXTORTION"), Err(Refusal::AlreadyListed));
}

#[test]
fn with_four_eyes_a_listing_counts_only_after_another_lead_confirms() {
    let mut shop = Shop::with_buyer();
    shop.run(Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    })
    .unwrap();
    shop.incident("REVIEW_EXTORTION", "2026-10-20T00:00:00Z", &[ExhibitKind::Message]).unwrap();
    shop.list("REVIEW_EXTORTION").unwrap();
    assert_eq!(shop.status(), BuyerStatus::Watching);
    assert_eq!(shop.raise(ALERT, "302-0000001-0000001", 1), Err(Refusal::NotListed));
    let approve = || Command::ApproveListing { buyer: BUYER };
    assert_eq!(shop.run(approve()), Err(Refusal::SamePerson));
    shop.actor = AGENT;
    assert_eq!(shop.run(approve()), Err(Refusal::RoleNotAllowed));
    shop.actor = LEAD;
    shop.run(approve()).unwrap();
    assert_eq!(shop.status(), BuyerStatus::Listed);
}

#[test]
fn clearing_needs_a_reason_and_ends_the_alerts() {
    let mut shop = Shop::with_alert();
    let taken = AlertId::from_bytes([8; 16]);
    shop.raise(taken, "302-0000001-0000002", 2).unwrap();
    shop.actor = AGENT;
    shop.run(Command::ClaimAlert { alert: taken }).unwrap();
    shop.actor = OWNER;
    let clear = |reason: &str| Command::ClearListing { buyer: BUYER, reason: reason.into() };
    assert_eq!(shop.run(clear(" ")), Err(Refusal::Empty("reason")));
    shop.run(clear("Two years without trouble.")).unwrap();
    assert_eq!(shop.status(), BuyerStatus::Cleared);
    for id in [ALERT, taken] {
        let alert = shop.facts.alert(id).unwrap().unwrap();
        assert_eq!(alert.state, AlertState::Dismissed);
        assert_eq!(alert.note.as_deref(), Some("Two years without trouble."));
    }
    let order = "302-0000001-0000003";
    assert_eq!(shop.raise(AlertId::from_bytes([9; 16]), order, 1), Err(Refusal::NotListed));
    assert!(shop.list("REVIEW_EXTORTION").is_ok());
}

#[test]
fn one_order_alerts_once() {
    let mut shop = Shop::with_alert();
    let again = shop.raise(AlertId::from_bytes([8; 16]), "302-0000001-0000001", 77);
    assert_eq!(again, Err(Refusal::AlreadyAlerted));
}

#[test]
fn a_possible_match_that_becomes_certain_alerts_once() {
    let mut shop = Shop::with_listed();
    let order = "302-0000001-0000001";
    shop.raise_as(Tier::Possible, ALERT, order, 77).unwrap();
    let again = shop.raise_as(Tier::Possible, AlertId::from_bytes([8; 16]), order, 77);
    assert_eq!(again, Err(Refusal::AlreadyAlerted));
    let sure = AlertId::from_bytes([9; 16]);
    let events = shop.raise_as(Tier::Alert, sure, order, 77).unwrap();
    assert_eq!(events[0], Event::AlertSuperseded { alert: ALERT, by: sure });
    assert_eq!(shop.alert().state, AlertState::Dismissed);
    let again = shop.raise_as(Tier::Alert, AlertId::from_bytes([10; 16]), order, 77);
    assert_eq!(again, Err(Refusal::AlreadyAlerted));
}

#[test]
fn a_claimed_alert_is_closed_by_whoever_claimed_it() {
    let mut shop = Shop::with_alert();
    shop.run(Command::ClaimAlert { alert: ALERT }).unwrap();
    assert_eq!(shop.run(Command::ClaimAlert { alert: ALERT }), Ok(Vec::new()));
    shop.actor = AGENT;
    let handle = || Command::HandleAlert { alert: ALERT, note: None };
    assert_eq!(shop.run(Command::ClaimAlert { alert: ALERT }), Err(Refusal::ClaimedByOther));
    assert_eq!(shop.run(handle()), Err(Refusal::ClaimedByOther));
    shop.actor = OWNER;
    shop.run(handle()).unwrap();
    assert_eq!(shop.alert().state, AlertState::Handled);
    assert_eq!(shop.run(handle()), Err(Refusal::WrongAlertState));
    shop.run(Command::ReopenAlert { alert: ALERT }).unwrap();
    assert_eq!((shop.alert().state, shop.alert().claimed_by), (AlertState::Claimed, Some(OWNER)));
}

#[test]
fn not_this_buyer_closes_all_that_the_identity_raised_and_the_undo_opens_it_again() {
    let mut shop = Shop::with_alert();
    let [same, else_where, handled] = [8, 9, 10].map(|n| AlertId::from_bytes([n; 16]));
    shop.raise(same, "302-0000001-0000002", 77).unwrap();
    shop.raise(else_where, "302-0000001-0000003", 78).unwrap();
    shop.raise(handled, "302-0000001-0000004", 77).unwrap();
    shop.run(Command::HandleAlert { alert: handled, note: None }).unwrap();
    let states = |shop: &Shop| {
        [ALERT, same, else_where, handled].map(|id| shop.facts.alert(id).unwrap().unwrap().state)
    };
    use AlertState::{Dismissed, Handled, Open};
    shop.now = shop.now.plus_days(1);
    shop.run(not_this_buyer(ALERT, None)).unwrap();
    assert_eq!(states(&shop), [Dismissed, Dismissed, Open, Handled]);
    shop.run(Command::ReopenAlert { alert: same }).unwrap();
    assert_eq!(states(&shop), [Open, Open, Open, Handled]);
    // One that somebody else works on stays theirs.
    shop.actor = LEAD;
    shop.run(Command::ClaimAlert { alert: same }).unwrap();
    shop.actor = OWNER;
    shop.run(not_this_buyer(ALERT, None)).unwrap();
    assert_eq!(states(&shop), [Dismissed, AlertState::Claimed, Open, Handled]);
}

#[test]
fn not_this_buyer_is_remembered_undone_and_outdone_by_what_was_not_known() {
    let mut shop = Shop::with_alert();
    let dismiss = || not_this_buyer(ALERT, None);
    let pair = |shop: &Shop| shop.facts.pair(BUYER, Token(77)).unwrap();
    shop.run(dismiss()).unwrap();
    assert!(pair(&shop).is_some());
    shop.run(Command::ReopenAlert { alert: ALERT }).unwrap();
    assert!(pair(&shop).is_none());
    shop.run(dismiss()).unwrap();
    let known = |shop: &Shop| pair(shop).unwrap();
    let outdone = |shop: &Shop, reason: Reason| {
        known(shop).is_outdone(&shop.facts.buyer(BUYER).unwrap().unwrap(), &[reason])
    };
    let exact = |id| tied_by(id, ReasonNote::Exact);
    shop.now = shop.now.plus_days(1);
    let phone = identifier(2, IdentifierKind::Phone, "+4930123456");
    shop.run(Command::AddIdentifier { buyer: BUYER, identifier: phone }).unwrap();
    assert!(!outdone(&shop, exact(1)), "it was known before");
    assert!(outdone(&shop, exact(2)));
    assert!(!outdone(&shop, tied_by(2, ReasonNote::Shared)));
    let name = Reason { field: ReasonField::Name, ..exact(3) };
    assert!(!outdone(&shop, name), "a name is no exact identifier");
    // Raised all the same, it can be decided anew.
    let decided = known(&shop).at;
    let again = AlertId::from_bytes([8; 16]);
    shop.raise_by(&[2], Tier::Alert, again, "302-0000001-0000002", 77).unwrap();
    shop.now = shop.now.plus_days(1);
    shop.run(not_this_buyer(again, None)).unwrap();
    assert!(known(&shop).at > decided);
    assert!(!outdone(&shop, exact(2)));
    assert!(!outdone(&shop, exact(1)), "the earlier decision knew of it");
}

#[test]
fn not_this_buyer_knows_what_tied_them_and_nothing_else() {
    let mut shop = Shop::with_listed();
    let phone = identifier(2, IdentifierKind::Phone, "+4930123456");
    shop.run(Command::AddIdentifier { buyer: BUYER, identifier: phone }).unwrap();
    shop.now = shop.now.plus_days(1);
    shop.raise(ALERT, "302-0000001-0000001", 77).unwrap();
    // Another order of the identity has the buyer's number, too: nobody looked at it.
    let surer = AlertId::from_bytes([8; 16]);
    shop.raise_by(&[1, 2], Tier::Alert, surer, "302-0000001-0000002", 77).unwrap();
    shop.run(not_this_buyer(ALERT, None)).unwrap();
    let state = |shop: &Shop, id| shop.facts.alert(id).unwrap().unwrap().state;
    assert_eq!(state(&shop, surer), AlertState::Open);
    let pair = |shop: &Shop| shop.facts.pair(BUYER, Token(77)).unwrap().unwrap();
    let buyer = shop.facts.buyer(BUYER).unwrap().unwrap();
    let [alias, number] = [1, 2].map(|id| tied_by(id, ReasonNote::Exact));
    assert!(!pair(&shop).is_outdone(&buyer, std::slice::from_ref(&alias)));
    assert!(pair(&shop).is_outdone(&buyer, &[alias.clone(), number.clone()]));
    // A decision of an earlier program knows only what the buyer carried.
    let old = PairDecision { ties: None, ..pair(&shop) };
    assert!(!old.is_outdone(&buyer, &[alias.clone(), number.clone()]));
    shop.run(not_this_buyer(surer, None)).unwrap();
    assert!(!pair(&shop).is_outdone(&buyer, &[alias, number]));
}

#[test]
fn not_this_buyer_needs_a_reason_and_may_end_by_itself() {
    let mut shop = Shop::with_alert();
    let without = |note: Option<&str>| Command::DismissAlert {
        alert: ALERT,
        note: note.map(str::to_owned),
        not_this_buyer: true,
        until: None,
    };
    assert_eq!(shop.run(without(None)), Err(Refusal::ReasonNeeded));
    assert_eq!(shop.run(without(Some("  "))), Err(Refusal::ReasonNeeded));
    let now = shop.now;
    assert_eq!(shop.run(not_this_buyer(ALERT, Some(now))), Err(Refusal::EndsInThePast));
    let end = now.plus_days(7);
    shop.run(not_this_buyer(ALERT, Some(end))).unwrap();
    let pair = |shop: &Shop| shop.facts.pair(BUYER, Token(77)).unwrap().unwrap();
    assert!(pair(&shop).holds(now) && !pair(&shop).holds(end));
    // One that ran out makes room for its successor.
    shop.now = end;
    let again = AlertId::from_bytes([8; 16]);
    shop.raise(again, "302-0000001-0000002", 77).unwrap();
    shop.run(not_this_buyer(again, None)).unwrap();
    assert_eq!((pair(&shop).at, pair(&shop).until), (end, None));
}

#[test]
fn not_this_buyer_of_an_earlier_program_is_read() {
    let old = r#"{"kind":"pair.rejected","data":{"buyer":"01010101010101010101010101010101",
        "identity":77,"reason":null}}"#;
    let old: Event = serde_json::from_str(old).unwrap();
    let event = Event::PairRejected {
        buyer: BUYER,
        identity: Token(77),
        reason: None,
        ties: None,
        until: None,
    };
    assert_eq!(old, event);
    // What it says is written as it was.
    assert_eq!(serde_json::to_value(&event).unwrap()["data"].as_object().unwrap().len(), 3);
}

#[test]
fn what_an_earlier_program_was_told_goes_on_counting_after_a_newer_decision() {
    let mut shop = Shop::with_listed();
    // It was decided when the buyer carried the alias alone, and nothing says what tied the two.
    let old = Event::PairRejected {
        buyer: BUYER,
        identity: Token(77),
        reason: None,
        ties: None,
        until: None,
    };
    shop.facts.apply(&old, Stamp { at: shop.now, actor: OWNER });
    shop.now = shop.now.plus_days(1);
    let phone = identifier(2, IdentifierKind::Phone, "+4930123456");
    shop.run(Command::AddIdentifier { buyer: BUYER, identifier: phone }).unwrap();
    shop.raise_by(&[2], Tier::Alert, ALERT, "302-0000001-0000001", 77).unwrap();
    shop.run(not_this_buyer(ALERT, None)).unwrap();
    let pair = shop.facts.pair(BUYER, Token(77)).unwrap().unwrap();
    let buyer = shop.facts.buyer(BUYER).unwrap().unwrap();
    for id in [1, 2] {
        let reason = tied_by(id, ReasonNote::Exact);
        assert!(!pair.is_outdone(&buyer, &[reason]), "{id}: {pair:?}");
    }
}

#[test]
fn snoozing_stays_within_thirty_days() {
    let mut shop = Shop::with_alert();
    let snooze = |until| Command::SnoozeAlert { alert: ALERT, until };
    let now = shop.now;
    assert_eq!(shop.run(snooze(now)), Err(Refusal::SnoozeOutOfRange));
    assert_eq!(shop.run(snooze(now.plus_days(31))), Err(Refusal::SnoozeOutOfRange));
    assert!(shop.run(snooze(now.plus_days(1))).is_ok());
}

#[test]
fn reopening_wakes_an_alert_that_sleeps() {
    let mut shop = Shop::with_alert();
    let reopen = || Command::ReopenAlert { alert: ALERT };
    assert_eq!(shop.run(reopen()), Err(Refusal::WrongAlertState));
    let until = shop.now.plus_days(1);
    shop.run(Command::SnoozeAlert { alert: ALERT, until }).unwrap();
    shop.run(reopen()).unwrap();
    let alert = shop.facts.alert(ALERT).unwrap().unwrap();
    assert!(alert.snoozed_until.is_some_and(|until| until <= shop.now), "{alert:?}");
    assert_eq!(shop.run(reopen()), Ok(Vec::new()), "awake already");
}

#[test]
fn trust_needs_a_reason_and_ends_with_one() {
    let mut shop = Shop::new();
    let trust = TrustId::from_bytes([6; 16]);
    let grant = |reason: &str| Command::GrantTrust {
        trust,
        kind: IdentifierKind::Phone,
        value: "+4930123456".into(),
        reason: reason.into(),
        until: None,
    };
    assert_eq!(shop.run(grant("")), Err(Refusal::Empty("reason")));
    shop.run(grant("Our own test orders")).unwrap();
    assert_eq!(shop.run(grant("again")), Err(Refusal::AlreadyTrusted));
    shop.run(Command::RevokeTrust { trust, reason: "over".into() }).unwrap();
    assert!(shop.facts.trust(trust).unwrap().is_none());
}

#[test]
fn trust_may_end_by_itself_and_make_room_for_another() {
    let mut shop = Shop::new();
    let grant = |id: u8, until: Timestamp| Command::GrantTrust {
        trust: TrustId::from_bytes([id; 16]),
        kind: IdentifierKind::Phone,
        value: "+4930123456".into(),
        reason: "Test orders until the fair is over".into(),
        until: Some(until),
    };
    let now = shop.now;
    assert_eq!(shop.run(grant(1, now)), Err(Refusal::EndsInThePast));
    let end = now.plus_days(7);
    shop.run(grant(1, end)).unwrap();
    let first = shop.facts.trust(TrustId::from_bytes([1; 16])).unwrap().unwrap();
    assert!(first.holds(now) && !first.holds(end));
    assert_eq!(shop.run(grant(2, end)), Err(Refusal::AlreadyTrusted));
    shop.now = end;
    shop.run(grant(2, end.plus_days(7))).unwrap();
    assert!(shop.facts.trust(first.id).unwrap().is_none());
}

#[test]
fn a_not_this_buyer_is_taken_back_with_a_reason_and_once() {
    let mut shop = Shop::new();
    let (buyer, identity) = (BuyerId::from_bytes([3; 16]), Token(77));
    let restore = |reason: &str| Command::RestorePair { buyer, identity, reason: reason.into() };
    assert_eq!(shop.run(restore("wrong")), Err(Refusal::NotFound("pair")));
    let rejected = Event::PairRejected { buyer, identity, reason: None, ties: None, until: None };
    shop.facts.apply(&rejected, Stamp { at: shop.now, actor: OWNER });
    assert_eq!(shop.run(restore(" ")), Err(Refusal::Empty("reason")));
    let restored = shop.run(restore("It was them after all")).unwrap();
    assert_eq!(
        restored,
        [Event::PairRestored { buyer, identity, reason: Some("It was them after all".into()) }]
    );
    assert_eq!(shop.run(restore("again")), Err(Refusal::NotFound("pair")));
}

/// Takes one exhibit in.
fn take_in(shop: &mut Shop, kind: ExhibitKind, links: Vec<ExhibitLink>) -> ExhibitId {
    let new = exhibit(shop.draw(), kind);
    let id = new.id;
    shop.run(Command::AddExhibits { exhibits: vec![new], links, purpose: None }).unwrap();
    id
}

fn order_link(order_id: &str) -> ExhibitLink {
    ExhibitLink::Order { order_id: order_id.into() }
}

#[test]
fn evidence_counts_by_incident_by_order_or_for_the_buyer_alone() {
    let clause = "REVIEW_EXTORTION";
    let at = "2026-10-20T00:00:00Z";
    let order = "302-0000001-0000009";
    let buyer = ExhibitLink::Buyer { buyer: BUYER };
    // Enough: the order of the incident; the buyer before anybody said for which incident.
    let written = [order_link("３０２－0000001－0000009"), order_link("302 0000001 0000009")];
    let [wide, spaced] = written.map(|link| vec![link]);
    for links in [vec![order_link(order)], wide, spaced, vec![buyer.clone()]] {
        let mut shop = Shop::with_buyer();
        shop.incident_on(order, clause, at, &[]).unwrap();
        take_in(&mut shop, ExhibitKind::Message, links);
        assert!(shop.list(clause).is_ok());
    }
    // Not enough: another order, nothing, another incident of the same buyer.
    let mut shop = Shop::with_buyer();
    let other = shop.incident_on("302-0000001-0000008", "ABUSIVE_LANGUAGE", at, &[]).unwrap();
    shop.incident_on(order, clause, at, &[]).unwrap();
    let elsewhere = ExhibitLink::Incident { buyer: BUYER, incident: other };
    for links in [vec![order_link("302-0000001-0000007")], Vec::new(), vec![elsewhere, buyer]] {
        take_in(&mut shop, ExhibitKind::Message, links);
        assert!(matches!(shop.list(clause), Err(Refusal::ExhibitsMissing(_))));
    }
}

#[test]
fn what_a_listing_rests_on_is_held() {
    let mut shop = Shop::with_listed();
    let of = shop.facts.buyer(BUYER).unwrap().unwrap();
    let (exhibit, link) = (of.exhibits[0].id, of.exhibits[0].links[0].clone());
    let remove = |reason: &str| Command::RemoveExhibit { exhibit, reason: reason.into() };
    assert_eq!(shop.run(remove(" ")), Err(Refusal::Empty("reason")));
    assert_eq!(shop.run(remove("a mistake")), Err(Refusal::ExhibitHeld));
    let unlink = Command::UnlinkExhibit { exhibit, link: link.clone(), purpose: None };
    assert_eq!(shop.run(unlink.clone()), Err(Refusal::ExhibitHeld));
    // By the order that the incident names it would still count.
    let order = of.incidents[0].orders[0].clone();
    shop.run(Command::LinkExhibit { exhibit, link: order_link(&order), purpose: None }).unwrap();
    shop.run(unlink).unwrap();
    assert_eq!(shop.run(remove("a mistake")), Err(Refusal::ExhibitHeld));
    shop.run(Command::ClearListing { buyer: BUYER, reason: "over".into() }).unwrap();
    shop.run(remove("a mistake")).unwrap();
    let left = shop.facts.exhibit(exhibit).unwrap().unwrap();
    assert_eq!(left.removed.unwrap().reason, "a mistake");
    assert!(matches!(shop.list("REVIEW_EXTORTION"), Err(Refusal::ExhibitsMissing(_))));
}

#[test]
fn what_a_held_copy_was_made_from_is_held_too() {
    let mut shop = Shop::with_buyer();
    let incident = shop.incident("REVIEW_EXTORTION", "2026-10-20T00:00:00Z", &[]).unwrap();
    let source = take_in(&mut shop, ExhibitKind::Message, Vec::new());
    let copy_of = |shop: &mut Shop, source, links| {
        let derived_from = Some(source);
        let new = NewExhibit { derived_from, ..exhibit(shop.draw(), ExhibitKind::Message) };
        let id = new.id;
        shop.run(Command::AddExhibits { exhibits: vec![new], links, purpose: None }).unwrap();
        id
    };
    let copy = copy_of(&mut shop, source, Vec::new());
    let of_incident = vec![ExhibitLink::Incident { buyer: BUYER, incident }];
    let last = copy_of(&mut shop, copy, of_incident);
    shop.list("REVIEW_EXTORTION").unwrap();
    let remove = |exhibit| Command::RemoveExhibit { exhibit, reason: "a mistake".into() };
    assert_eq!(shop.run(remove(last)), Err(Refusal::ExhibitHeld));
    assert_eq!(shop.run(remove(copy)), Err(Refusal::SourceHeld));
    assert_eq!(shop.run(remove(source)), Err(Refusal::SourceHeld));
    shop.run(Command::ClearListing { buyer: BUYER, reason: "over".into() }).unwrap();
    for exhibit in [source, copy, last] {
        shop.run(remove(exhibit)).unwrap();
    }
}

#[test]
fn what_a_listing_rests_on_stays_what_it_is() {
    let clause = "REVIEW_EXTORTION";
    let at = "2026-10-20T00:00:00Z";
    let mut shop = Shop::with_buyer();
    let other = shop.incident("ABUSIVE_LANGUAGE", at, &[]).unwrap();
    let proven = shop.incident(clause, at, &[]).unwrap();
    let buyer = ExhibitLink::Buyer { buyer: BUYER };
    let exhibit = take_in(&mut shop, ExhibitKind::Message, vec![buyer]);
    let photo = take_in(
        &mut shop,
        ExhibitKind::PackingPhoto,
        vec![order_link("x"), ExhibitLink::Incident { buyer: BUYER, incident: proven }],
    );
    shop.list(clause).unwrap();
    let link = |incident| Command::LinkExhibit {
        exhibit,
        link: ExhibitLink::Incident { buyer: BUYER, incident },
        purpose: None,
    };
    let kind = |exhibit, kind| Command::ChangeExhibitKind { exhibit, kind, purpose: None };
    // Tied to another incident it would no longer count for this one.
    assert_eq!(shop.run(link(other)), Err(Refusal::ExhibitHeld));
    assert_eq!(shop.run(kind(exhibit, ExhibitKind::Other)), Err(Refusal::ExhibitHeld));
    // What the clause does not ask for may be named better.
    shop.run(kind(photo, ExhibitKind::Other)).unwrap();
    shop.run(link(proven)).unwrap();
    shop.run(link(other)).unwrap();
    shop.run(Command::ClearListing { buyer: BUYER, reason: "over".into() }).unwrap();
    shop.run(kind(exhibit, ExhibitKind::Other)).unwrap();
}

#[test]
fn a_listing_that_waits_holds_too() {
    let mut shop = Shop::with_buyer();
    shop.run(Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    })
    .unwrap();
    shop.incident("REVIEW_EXTORTION", "2026-10-20T00:00:00Z", &[]).unwrap();
    let buyer = ExhibitLink::Buyer { buyer: BUYER };
    let exhibit = take_in(&mut shop, ExhibitKind::Message, vec![buyer]);
    shop.list("REVIEW_EXTORTION").unwrap();
    let remove = Command::RemoveExhibit { exhibit, reason: "a mistake".into() };
    assert_eq!(shop.run(remove), Err(Refusal::ExhibitHeld));
}

#[test]
fn what_is_not_there_or_was_taken_out_is_not_touched() {
    let mut shop = Shop::with_buyer();
    let exhibit = take_in(&mut shop, ExhibitKind::Other, Vec::new());
    let link = ExhibitLink::Buyer { buyer: BUYER };
    let touches = |exhibit| {
        let new = NewExhibit {
            derived_from: Some(exhibit),
            ..self::exhibit([77; 16], ExhibitKind::Other)
        };
        [
            Command::LinkExhibit { exhibit, link: link.clone(), purpose: None },
            Command::UnlinkExhibit { exhibit, link: link.clone(), purpose: None },
            Command::AnnotateExhibit { exhibit, text: "x".into(), purpose: None },
            Command::ChangeExhibitKind { exhibit, kind: ExhibitKind::Label, purpose: None },
            Command::RecordExhibitView { exhibit, purpose: None },
            Command::RecordExhibitExport { exhibit, purpose: None },
            Command::RecordExhibitsVerified {
                intact: vec![exhibit],
                damaged: Vec::new(),
                purpose: None,
            },
            Command::RemoveExhibit { exhibit, reason: "x".into() },
            Command::AddExhibits { exhibits: vec![new], links: Vec::new(), purpose: None },
        ]
    };
    for touch in touches(ExhibitId::from_bytes([9; 16])) {
        assert_eq!(shop.run(touch), Err(Refusal::UnknownExhibit));
    }
    shop.run(Command::RemoveExhibit { exhibit, reason: "not ours".into() }).unwrap();
    for touch in touches(exhibit) {
        assert_eq!(shop.run(touch), Err(Refusal::ExhibitRemoved));
    }
}

#[test]
fn links_lead_to_what_is_there_and_are_made_once() {
    let mut shop = Shop::with_buyer();
    let exhibit = take_in(&mut shop, ExhibitKind::Other, Vec::new());
    let link = |link| Command::LinkExhibit { exhibit, link, purpose: None };
    let stranger = ExhibitLink::Buyer { buyer: BuyerId::from_bytes([9; 16]) };
    assert_eq!(shop.run(link(stranger)), Err(Refusal::NotFound("buyer")));
    let incident = IncidentId::from_bytes([9; 16]);
    let gone = ExhibitLink::Incident { buyer: BUYER, incident };
    assert_eq!(shop.run(link(gone)), Err(Refusal::NotFound("incident")));
    assert_eq!(shop.run(link(order_link(" "))), Err(Refusal::Empty("order_id")));
    assert_eq!(shop.run(link(order_link(" 302-1 "))).unwrap().len(), 1);
    assert_eq!(shop.run(link(order_link("302-1"))), Ok(Vec::new()));
    let unlink = || Command::UnlinkExhibit { exhibit, link: order_link("302-1"), purpose: None };
    assert_eq!(shop.run(unlink()).unwrap().len(), 1);
    assert_eq!(shop.run(unlink()), Ok(Vec::new()));
}

#[test]
fn a_check_of_very_many_is_several_entries() {
    let mut shop = Shop::with_buyer();
    let exhibit = take_in(&mut shop, ExhibitKind::Other, Vec::new());
    let damaged = vec![(exhibit, "altered".to_owned())];
    let events = shop
        .run(Command::RecordExhibitsVerified {
            intact: vec![exhibit; 1_001],
            damaged,
            purpose: None,
        })
        .unwrap();
    assert_eq!(events.len(), 3);
    let found = |shop: &Shop| shop.facts.exhibit(exhibit).unwrap().unwrap().damaged;
    assert_eq!(found(&shop).as_deref(), Some("altered"));
    let again = Command::RecordExhibitsVerified {
        intact: vec![exhibit],
        damaged: Vec::new(),
        purpose: None,
    };
    shop.run(again).unwrap();
    assert_eq!(found(&shop), None);
}

#[test]
fn a_link_has_one_text() {
    let incident = IncidentId::from_bytes([8; 16]);
    for link in [
        ExhibitLink::Buyer { buyer: BUYER },
        ExhibitLink::Incident { buyer: BUYER, incident },
        order_link("302-1:2"),
    ] {
        assert_eq!(ExhibitLink::from_text(&link.text()), Some(link));
    }
    for bad in ["", "buyer", "buyer:1", "incident:1", "shop:1"] {
        assert_eq!(ExhibitLink::from_text(bad), None, "{bad}");
    }
}

#[test]
fn the_class_follows_from_the_media_type() {
    use crate::MediaClass as M;
    for (media_type, class) in [
        ("image/png", M::Image),
        ("image/svg+xml", M::Text),
        ("text/html", M::Text),
        ("application/pdf", M::Pdf),
        ("video/mp4", M::Video),
        ("audio/ogg", M::Audio),
        ("message/rfc822", M::Mail),
        ("application/zip", M::Other),
        ("", M::Other),
    ] {
        assert_eq!(M::of(media_type), class, "{media_type}");
    }
}

#[test]
fn every_kind_is_the_name_under_which_it_is_stored() {
    let mut shop = Shop::with_alert();
    let mut events = shop.run(Command::ClaimAlert { alert: ALERT }).unwrap();
    let new = exhibit(shop.draw(), ExhibitKind::Other);
    let id = new.id;
    let links = vec![order_link("302-1"), order_link("302-3")];
    for command in [
        Command::AddExhibits { exhibits: vec![new], links, purpose: None },
        Command::LinkExhibit { exhibit: id, link: order_link("302-2"), purpose: None },
        Command::UnlinkExhibit { exhibit: id, link: order_link("302-2"), purpose: None },
        Command::AnnotateExhibit { exhibit: id, text: "x".into(), purpose: None },
        Command::ChangeExhibitKind { exhibit: id, kind: ExhibitKind::Label, purpose: None },
        Command::RecordExhibitView { exhibit: id, purpose: Some("x".into()) },
        Command::RecordExhibitExport { exhibit: id, purpose: None },
        Command::RecordExhibitsVerified {
            intact: vec![id],
            damaged: vec![(id, "missing".into())],
            purpose: None,
        },
        Command::RemoveExhibit { exhibit: id, reason: "x".into() },
    ] {
        events.extend(shop.run(command).unwrap());
    }
    assert_eq!(events.len(), 11);
    for event in events {
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(json["kind"], event.kind());
        assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
    }
}
