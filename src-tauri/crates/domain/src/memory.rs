//! The facts in plain collections: the reference for what each event means.

use crate::{
    Alert, AlertId, AlertState, Buyer, BuyerId, BuyerStatus, Criterion, Event, Exhibit, ExhibitId,
    Identifier, IdentifierKind, Incident, Listing, ListingState, Merge, Note, PairDecision, Person,
    PersonId, Policy, Removal, SeenOrder, SignalDecision, SignalId, Stamp, State, Token, Trust,
    TrustId, Verdict,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A [`State`] in memory. A store holds the same facts in tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    people: BTreeMap<PersonId, Person>,
    criteria: BTreeMap<(String, u32), Criterion>,
    phrases: BTreeMap<String, u32>,
    policy: Policy,
    buyers: BTreeMap<BuyerId, Buyer>,
    /// Merged buyers.
    merges: BTreeMap<BuyerId, Merge>,
    /// Told to be two people, the smaller identity first.
    apart: BTreeSet<(BuyerId, BuyerId)>,
    /// In the order in which they were taken in.
    exhibits: Vec<Exhibit>,
    alerts: BTreeMap<AlertId, Alert>,
    pairs: BTreeMap<(BuyerId, Token), PairDecision>,
    signals: BTreeMap<SignalId, SignalDecision>,
    trusts: BTreeMap<TrustId, Trust>,
    revoked: BTreeSet<TrustId>,
}

impl Memory {
    /// Takes an event in. An event about something unknown changes nothing, and neither does one that
    /// adds a buyer, alert or trust under an identity that was drawn before.
    pub fn apply(&mut self, event: &Event, stamp: Stamp) {
        let Stamp { at, actor } = stamp;
        match event.clone() {
            Event::PersonAdded { person, name, role } => {
                self.people.insert(person, Person { id: person, name, role });
            }
            Event::CriterionPublished { criterion } => {
                self.criteria.insert((criterion.code.clone(), criterion.version), criterion);
            }
            Event::PhrasesPublished { language, version, .. } => {
                let newest = self.phrases.entry(language).or_default();
                *newest = version.max(*newest);
            }
            Event::PolicyChanged { second_person, review_days, retention_days } => {
                self.policy = Policy {
                    second_person: second_person.unwrap_or(self.policy.second_person),
                    review_days: review_days.unwrap_or(self.policy.review_days),
                    retention_days: retention_days.unwrap_or(self.policy.retention_days),
                };
            }
            Event::BuyerAdded { buyer } => {
                let new = Buyer {
                    id: buyer,
                    status: BuyerStatus::Watching,
                    identifiers: Vec::new(),
                    incidents: Vec::new(),
                    exhibits: Vec::new(),
                    notes: Vec::new(),
                    listing: None,
                    added_at: at,
                    added_by: actor,
                    merged: Vec::new(),
                    listings: Vec::new(),
                };
                self.buyers.entry(buyer).or_insert(new);
            }
            Event::BuyersMerged { into, from, reason } => {
                if self.buyers.contains_key(&into) && self.buyers.contains_key(&from) {
                    self.merges.insert(from, Merge { into, at, by: actor, reason });
                    self.apart.remove(&both(into, from));
                }
            }
            Event::BuyersUnmerged { into, from, .. } => {
                if self.merges.remove(&from).is_some() {
                    self.apart.insert(both(into, from));
                }
            }
            Event::BuyersToldApart { one, other, apart, .. } => {
                let pair = both(one, other);
                let _ = if apart { self.apart.insert(pair) } else { self.apart.remove(&pair) };
            }
            Event::PairRejected { buyer, identity, reason, ties, until } => {
                let pair = PairDecision { buyer, identity, reason, at, by: actor, ties, until };
                self.pairs.insert((buyer, identity), pair);
            }
            Event::PairRestored { buyer, identity, .. } => {
                self.pairs.remove(&(buyer, identity));
            }
            Event::TrustGranted { trust, identifier_kind: kind, value, reason, until } => {
                let new = Trust { id: trust, kind, value, reason, at, by: actor, until };
                if !self.revoked.contains(&trust) {
                    self.trusts.entry(trust).or_insert(new);
                }
            }
            Event::TrustRevoked { trust, .. } => {
                if self.trusts.remove(&trust).is_some() {
                    self.revoked.insert(trust);
                }
            }
            Event::SignalAccepted { signal, signal_kind, clause, basis, buyer, incidents } => {
                let decision = SignalDecision {
                    signal,
                    kind: signal_kind,
                    clause,
                    basis,
                    verdict: Verdict::Accepted,
                    buyer: Some(buyer),
                    incidents,
                    reason: None,
                    at,
                    by: actor,
                };
                self.signals.insert(signal, decision);
            }
            Event::SignalRejected { signal, signal_kind, clause, basis, reason } => {
                let decision = SignalDecision {
                    signal,
                    kind: signal_kind,
                    clause,
                    basis,
                    verdict: Verdict::Rejected,
                    buyer: None,
                    incidents: Vec::new(),
                    reason,
                    at,
                    by: actor,
                };
                self.signals.insert(signal, decision);
            }
            Event::SignalReopened { signal, .. } => {
                self.signals.remove(&signal);
            }
            Event::AlertRaised {
                alert,
                buyer,
                listing,
                order,
                tier,
                score,
                reasons,
                latency_ms,
            } => {
                let new = Alert {
                    id: alert,
                    buyer,
                    listing,
                    order,
                    tier,
                    score,
                    reasons,
                    latency_ms,
                    raised_at: at,
                    state: AlertState::Open,
                    claimed_by: None,
                    claimed_at: None,
                    closed_at: None,
                    closed_by: None,
                    note: None,
                    snoozed_until: None,
                };
                self.alerts.entry(alert).or_insert(new);
            }
            Event::AlertSuperseded { alert, .. }
            | Event::AlertClaimed { alert }
            | Event::AlertReleased { alert }
            | Event::AlertHandled { alert, .. }
            | Event::AlertDismissed { alert, .. }
            | Event::AlertReopened { alert }
            | Event::AlertSnoozed { alert, .. } => {
                if let Some(alert) = self.alerts.get_mut(&alert) {
                    alert_changed(alert, event, stamp);
                }
            }
            Event::ExhibitAdded {
                exhibit,
                exhibit_kind: kind,
                name,
                sha256,
                bytes,
                media_type,
                captured_at,
                captured_offset,
                blob,
                derived_from,
                mut links,
                purpose: _,
            } => {
                links.sort();
                let new = Exhibit {
                    id: exhibit,
                    kind,
                    name,
                    sha256,
                    bytes,
                    media_type,
                    captured_at,
                    captured_offset,
                    blob,
                    derived_from,
                    links,
                    added_at: at,
                    added_by: actor,
                    removed: None,
                    damaged: None,
                };
                if self.exhibit_mut(exhibit).is_none() {
                    self.exhibits.push(new);
                }
            }
            Event::ExhibitsVerified { intact, damaged, .. } => {
                let intact = intact.into_iter().map(|id| (id, None));
                for (id, found) in intact.chain(damaged.into_iter().map(|(id, c)| (id, Some(c)))) {
                    if let Some(exhibit) = self.exhibit_mut(id) {
                        exhibit.damaged = found;
                    }
                }
            }
            Event::ExhibitLinked { exhibit, .. }
            | Event::ExhibitUnlinked { exhibit, .. }
            | Event::ExhibitKindChanged { exhibit, .. }
            | Event::ExhibitRemoved { exhibit, .. } => {
                if let Some(exhibit) = self.exhibit_mut(exhibit) {
                    exhibit_changed(exhibit, event, stamp);
                }
            }
            Event::ExhibitAnnotated { .. }
            | Event::ExhibitViewed { .. }
            | Event::ExhibitExported { .. }
            | Event::HeadAccepted { .. }
            | Event::ValuesRevealed { .. } => {}
            _ => self.buyer_changed(event, stamp),
        }
    }

    fn exhibit_mut(&mut self, id: ExhibitId) -> Option<&mut Exhibit> {
        self.exhibits.iter_mut().find(|exhibit| exhibit.id == id)
    }

    fn read_as(&self, buyer: BuyerId) -> BuyerId {
        crate::holder(buyer, |of| Some(self.merges.get(&of)?.into))
    }

    /// The buyer first, then those merged into them, in the order in which that was decided.
    fn people(&self, holder: BuyerId) -> Vec<BuyerId> {
        let mut merged: Vec<_> = self
            .merges
            .iter()
            .filter(|(of, _)| **of != holder && self.read_as(**of) == holder)
            .map(|(of, merge)| (merge.at, *of))
            .collect();
        merged.sort_unstable();
        std::iter::once(holder).chain(merged.into_iter().map(|(_, of)| of)).collect()
    }

    fn alone(&self, id: BuyerId) -> Option<Buyer> {
        let mut buyer = self.buyers.get(&id).cloned()?;
        let of = |exhibit: &&Exhibit| exhibit.concerns(id, &buyer.incidents);
        buyer.exhibits = self.exhibits.iter().filter(of).cloned().collect();
        Some(buyer)
    }

    fn shown(&self, alert: &Alert) -> Alert {
        Alert { buyer: self.read_as(alert.buyer), ..alert.clone() }
    }

    fn buyer_changed(&mut self, event: &Event, stamp: Stamp) {
        let id = BuyerId::from_bytes(event.entity().1);
        if let Some(buyer) = self.buyers.get_mut(&id) {
            buyer_changed(buyer, event, stamp);
        }
    }
}

const fn both(one: BuyerId, other: BuyerId) -> (BuyerId, BuyerId) {
    let (a, b) = (u128::from_be_bytes(*one.as_bytes()), u128::from_be_bytes(*other.as_bytes()));
    if a < b { (one, other) } else { (other, one) }
}

fn exhibit_changed(exhibit: &mut Exhibit, event: &Event, Stamp { at, actor }: Stamp) {
    match event.clone() {
        Event::ExhibitLinked { link, .. } => {
            if let Err(place) = exhibit.links.binary_search(&link) {
                exhibit.links.insert(place, link);
            }
        }
        Event::ExhibitUnlinked { link, .. } => exhibit.links.retain(|kept| *kept != link),
        Event::ExhibitKindChanged { exhibit_kind, .. } => exhibit.kind = exhibit_kind,
        Event::ExhibitRemoved { reason, .. } => {
            exhibit.removed = Some(Removal { reason, at, by: actor });
        }
        _ => {}
    }
}

fn alert_changed(alert: &mut Alert, event: &Event, Stamp { at, actor }: Stamp) {
    let mut close = |state, note: &Option<String>| {
        alert.state = state;
        alert.closed_at = Some(at);
        alert.closed_by = Some(actor);
        alert.note.clone_from(note);
        alert.snoozed_until = None;
    };
    match event {
        Event::AlertHandled { note, .. } => close(AlertState::Handled, note),
        Event::AlertSuperseded { .. } => close(AlertState::Dismissed, &None),
        Event::AlertDismissed { note, .. } => close(AlertState::Dismissed, note),
        Event::AlertClaimed { .. } => {
            alert.state = AlertState::Claimed;
            (alert.claimed_by, alert.claimed_at) = (Some(actor), Some(at));
            alert.snoozed_until = None;
        }
        Event::AlertReleased { .. } => {
            alert.state = AlertState::Open;
            (alert.claimed_by, alert.claimed_at) = (None, None);
        }
        Event::AlertReopened { .. } => {
            // Back to whoever worked on it.
            alert.state =
                if alert.claimed_by.is_some() { AlertState::Claimed } else { AlertState::Open };
            (alert.closed_at, alert.closed_by, alert.note) = (None, None, None);
        }
        Event::AlertSnoozed { until, .. } => alert.snoozed_until = Some(*until),
        _ => {}
    }
}

fn buyer_changed(buyer: &mut Buyer, event: &Event, Stamp { at, actor }: Stamp) {
    match event.clone() {
        Event::IdentifierAdded { identifier, kind, value, .. } => buyer
            .identifiers
            .push(Identifier { id: identifier, kind, value, shared: false, added_at: at }),
        Event::IdentifierRemoved { identifier, .. } => {
            buyer.identifiers.retain(|i| i.id != identifier);
        }
        Event::IdentifierShared { identifier, shared, .. } => {
            if let Some(i) = buyer.identifiers.iter_mut().find(|i| i.id == identifier) {
                i.shared = shared;
            }
        }
        Event::NoteAdded { note, text, .. } => {
            buyer.notes.push(Note { id: note, text, at, by: actor });
        }
        Event::IncidentAdded {
            incident,
            clause,
            criterion_version,
            at: happened,
            orders,
            text,
            buyer_version,
            ..
        } => buyer.incidents.push(Incident {
            id: incident,
            clause,
            criterion_version,
            at: happened,
            orders,
            text,
            buyer_version,
            reported_at: at,
            reported_by: actor,
            withdrawn: None,
        }),
        Event::IncidentWithdrawn { incident, reason, .. } => {
            if let Some(i) = buyer.incidents.iter_mut().find(|i| i.id == incident) {
                i.withdrawn = Some(reason);
            }
        }
        Event::ListingAdded {
            listing,
            clause,
            criterion_version,
            incidents,
            review_due,
            awaiting_approval,
            ..
        } => {
            let state = if awaiting_approval {
                ListingState::AwaitingApproval
            } else {
                buyer.status = BuyerStatus::Listed;
                ListingState::Active
            };
            buyer.listing = Some(Listing {
                id: listing,
                clause,
                criterion_version,
                incidents,
                state,
                listed_at: at,
                listed_by: actor,
                approved_by: None,
                review_due,
                ended_at: None,
                ended_reason: None,
            });
        }
        Event::ListingApproved { listing, .. } => {
            if let Some(l) = buyer.listing.as_mut().filter(|l| l.id == listing) {
                (l.state, l.approved_by) = (ListingState::Active, Some(actor));
                buyer.status = BuyerStatus::Listed;
            }
        }
        Event::ListingDeclined { listing, reason, .. } => {
            if let Some(l) = buyer.listing.as_mut().filter(|l| l.id == listing) {
                (l.state, l.ended_at, l.ended_reason) =
                    (ListingState::Declined, Some(at), Some(reason));
            }
        }
        Event::ListingCleared { listing, reason, .. } => {
            if let Some(l) = buyer.listing.as_mut().filter(|l| l.id == listing) {
                (l.state, l.ended_at, l.ended_reason) =
                    (ListingState::Cleared, Some(at), Some(reason));
                buyer.status = BuyerStatus::Cleared;
            }
        }
        _ => {}
    }
}

impl State for Memory {
    type Error = std::convert::Infallible;

    fn buyer(&self, id: BuyerId) -> Result<Option<Buyer>, Self::Error> {
        let people = self.people(self.read_as(id));
        let mut people = people.into_iter().filter_map(|id| self.alone(id));
        let Some(holder) = people.next() else { return Ok(None) };
        let merge = |of: Buyer| Some((self.merges.get(&of.id)?.clone(), of));
        Ok(Some(holder.with_merged(people.filter_map(merge).collect())))
    }

    fn holder(&self, buyer: BuyerId) -> Result<BuyerId, Self::Error> {
        Ok(self.read_as(buyer))
    }

    fn told_apart(&self, one: BuyerId, other: BuyerId) -> Result<bool, Self::Error> {
        Ok(self.apart.contains(&both(one, other)))
    }

    fn buyer_status(&self, id: BuyerId) -> Result<Option<BuyerStatus>, Self::Error> {
        Ok(self.buyer(id)?.map(|buyer| buyer.status))
    }

    fn newest_listing(&self, buyer: BuyerId) -> Result<Option<Listing>, Self::Error> {
        Ok(self.buyer(buyer)?.and_then(|buyer| buyer.listing))
    }

    fn buyers_citing(&self, order_id: &str) -> Result<Vec<BuyerId>, Self::Error> {
        let citing = self.buyers.values().filter(|buyer| buyer.cites_order(order_id));
        let citing: BTreeSet<BuyerId> = citing.map(|buyer| self.read_as(buyer.id)).collect();
        Ok(citing.into_iter().collect())
    }

    fn exhibit(&self, id: ExhibitId) -> Result<Option<Exhibit>, Self::Error> {
        Ok(self.exhibits.iter().find(|exhibit| exhibit.id == id).cloned())
    }

    fn exhibits_derived_from(&self, source: ExhibitId) -> Result<Vec<ExhibitId>, Self::Error> {
        let made = self.exhibits.iter().filter(|exhibit| exhibit.derived_from == Some(source));
        Ok(made.map(|exhibit| exhibit.id).collect())
    }

    fn criterion_of_clause(&self, clause: &str) -> Result<Option<Criterion>, Self::Error> {
        let holds = |c: &&Criterion| c.clause(clause).is_some();
        Ok(self
            .criteria
            .values()
            .filter(|c| Ok(c.version) == self.criterion_version(&c.code))
            .find(holds)
            .cloned())
    }

    fn clause_at(&self, clause: &str, version: u32) -> Result<Option<Criterion>, Self::Error> {
        let holds = |c: &&Criterion| c.version == version && c.clause(clause).is_some();
        Ok(self.criteria.values().find(holds).cloned())
    }

    fn criterion_version(&self, code: &str) -> Result<u32, Self::Error> {
        let of_code = self.criteria.keys().filter(|(c, _)| c == code);
        Ok(of_code.map(|(_, version)| *version).max().unwrap_or(0))
    }

    fn phrases_version(&self, language: &str) -> Result<u32, Self::Error> {
        Ok(self.phrases.get(language).copied().unwrap_or(0))
    }

    fn policy(&self) -> Result<Policy, Self::Error> {
        Ok(self.policy)
    }

    fn person(&self, id: PersonId) -> Result<Option<Person>, Self::Error> {
        Ok(self.people.get(&id).cloned())
    }

    fn alert(&self, id: AlertId) -> Result<Option<Alert>, Self::Error> {
        Ok(self.alerts.get(&id).map(|alert| self.shown(alert)))
    }

    fn alert_on(&self, buyer: BuyerId, order: &SeenOrder) -> Result<Option<Alert>, Self::Error> {
        let same =
            |a: &Alert| a.order.order_id == order.order_id && a.order.message == order.message;
        let on_it = self.alerts_of(buyer)?.into_iter().filter(same);
        Ok(on_it.max_by_key(|a| (a.tier, Reverse(a.id))))
    }

    fn alerts_of(&self, buyer: BuyerId) -> Result<Vec<Alert>, Self::Error> {
        let holder = self.read_as(buyer);
        let alerts = self.alerts.values().map(|alert| self.shown(alert));
        Ok(alerts.filter(|alert| alert.buyer == holder).collect())
    }

    fn pair(&self, buyer: BuyerId, identity: Token) -> Result<Option<PairDecision>, Self::Error> {
        let people = if self.read_as(buyer) == buyer { self.people(buyer) } else { vec![buyer] };
        let pairs = people.into_iter().filter_map(|of| self.pairs.get(&(of, identity)));
        Ok(pairs.max_by_key(|pair| (pair.at, pair.buyer == buyer)).cloned())
    }

    fn signal_decision(&self, id: SignalId) -> Result<Option<SignalDecision>, Self::Error> {
        Ok(self.signals.get(&id).cloned())
    }

    fn trust(&self, id: TrustId) -> Result<Option<Trust>, Self::Error> {
        Ok(self.trusts.get(&id).cloned())
    }

    fn trust_of(&self, kind: IdentifierKind, value: &str) -> Result<Option<Trust>, Self::Error> {
        Ok(self.trusts.values().find(|t| t.kind == kind && t.value == value).cloned())
    }
}
