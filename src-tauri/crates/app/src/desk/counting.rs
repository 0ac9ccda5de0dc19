//! Counting what orders, returns and claims say of whoever placed them, whenever something came in
//! that counts. What is due stands in the vault, so that a break loses nothing.

use super::{
    Manner, Open,
    crowd::{crowd_names, order_tokens},
    sightings::Trusted,
};
use crate::ApiError;
use buyerwatch_domain::{
    Event, OrderStatus, ReasonField, SignalBasis, SignalId, SignalKind, Timestamp, Token, Trust,
};
use buyerwatch_matching::{BlindKey, identifier_tokens, is_shared};
use buyerwatch_signals::{Act, By, Counter, History, Observed, Proposal, Seen};
use buyerwatch_vault::{NotReceived, OrderAct, OrderTokenRow, Read, Signal, VaultError, Write};
use std::collections::{BTreeSet, HashSet};

/// Orders whose buyers are counted in one transaction.
const AT_ONCE: usize = 200;
/// Most orders of one identity that are looked at. Whoever has more is a business, and its buyers
/// are many people.
const ORDERS_LIMIT: usize = 2_000;
/// The kinds that are counted; the others are read in a message when it comes in.
const COUNTED: [SignalKind; 4] =
    [SignalKind::Cancels, SignalKind::NotReceived, SignalKind::Returns, SignalKind::SafeT];

/// What names one account, the surest first. A name or an address is not enough to count by.
pub(crate) fn counted_identity(tokens: &OrderTokenRow) -> Option<(ReasonField, Token)> {
    counted_identities(tokens).next()
}

/// All that does. An order counts for the first of them alone; before that was known, it counted for
/// another.
pub(crate) fn counted_identities(
    tokens: &OrderTokenRow,
) -> impl Iterator<Item = (ReasonField, Token)> {
    let known = [
        (ReasonField::MarketplaceId, tokens.marketplace_id),
        (ReasonField::Alias, tokens.alias.filter(|_| !tokens.alias_shared)),
        (ReasonField::UserName, tokens.user_name),
        (ReasonField::Phone, tokens.phone.filter(|_| !tokens.phone_shared)),
    ];
    known.into_iter().filter_map(|(field, token)| token.map(|token| (field, token)))
}

/// What one stored order says by itself.
pub(crate) fn observed_of_order(act: &OrderAct) -> impl Iterator<Item = Observed> + '_ {
    // What a buyer asked for is theirs, whoever carried it out.
    let by = match (act.cancel_requested, act.cancelled_by_shop) {
        (true, _) => By::Buyer,
        (false, true) => By::Shop,
        (false, false) => By::Unknown,
    };
    let cancelled = (act.status == OrderStatus::Cancelled).then_some(Act::Cancelled(by));
    let acts = [Some(Act::Placed), cancelled].into_iter().flatten();
    acts.map(|what| Observed { at: act.at, order_id: act.order_id.clone(), act: what })
}

/// What came after an order was delivered: returns, claims, and letters about claims.
pub(crate) fn observed_after(
    read: &Read<'_>,
    order: &OrderAct,
) -> Result<Vec<Observed>, VaultError> {
    let seen = |at: Option<Timestamp>, act| Observed {
        at: at.or(order.at),
        order_id: order.order_id.clone(),
        act,
    };
    let mut observed = Vec::new();
    for one in read.returns_of(&order.order_id)? {
        let at = one.requested_at.or(one.delivered_at);
        observed.extend(Act::of_return(&one).map(|act| seen(at, act)));
    }
    for claim in read.claims_of(&order.order_id)? {
        observed.extend(Act::of_claim(&claim).map(|act| seen(claim.filed_at, act)));
    }
    for (_, at, said) in read.not_received_messages(&order.order_id)? {
        // What a buyer chose from a list in a message is less than a claim.
        let by = if said == NotReceived::Demanded { By::Unknown } else { By::Buyer };
        // What the letter does not date is of no known time: the order's is long before.
        observed.push(Observed { at, ..seen(None, Act::NotReceived(by)) });
    }
    Ok(observed)
}

/// The counters of the criteria in force.
pub(crate) fn counters(read: &Read<'_>) -> Result<Vec<Counter>, VaultError> {
    let mut counters = Vec::new();
    for criterion in read.criteria()? {
        for clause in &criterion.clauses {
            counters.extend(Counter::of(clause).map(Counter::for_signals));
            let returns = Counter::many_returns();
            if returns.clause == clause.code {
                counters.push(returns);
            }
        }
    }
    Ok(counters)
}

/// The same for the same observation on every device that shares the vault's key.
pub(crate) fn signal_id(
    open: &Open,
    kind: SignalKind,
    identity: Option<Token>,
    first: &SignalBasis,
) -> SignalId {
    let key = blake3::derive_key("buyerwatch/1/signal", open.vault().blind_key().as_bytes());
    let mut hash = blake3::Hasher::new_keyed(&key);
    hash.update(kind.code().as_bytes()).update(&[0]);
    hash.update(&identity.map_or([0; 8], |token| token.0.to_le_bytes()));
    hash.update(first.key().as_bytes());
    let mut id = [0; 16];
    hash.finalize_xof().fill(&mut id);
    SignalId::from_bytes(id)
}

/// Orders that must be counted anew after a decision.
pub(super) fn mark(tx: &mut Write<'_>, events: &[Event]) -> Result<(), VaultError> {
    for event in events {
        match event {
            Event::CriterionPublished { .. }
            | Event::TrustGranted { .. }
            | Event::TrustRevoked { .. } => tx.count_all_again()?,
            Event::IncidentAdded { orders, .. } => {
                orders.iter().try_for_each(|order| tx.count_again(order))?;
            }
            Event::IncidentWithdrawn { buyer, incident, .. } => {
                let buyer = tx.read().buyer(*buyer)?;
                let incidents = buyer.into_iter().flat_map(|buyer| buyer.incidents);
                for order in incidents.filter(|of| of.id == *incident).flat_map(|of| of.orders) {
                    tx.count_again(&order)?;
                }
            }
            Event::SignalAccepted { basis, .. }
            | Event::SignalRejected { basis, .. }
            | Event::SignalReopened { basis, .. } => {
                basis.iter().try_for_each(|one| tx.count_again(&one.order_id))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What must be counted and read anew once identities are no longer trusted.
pub(super) fn mark_ended(
    key: &BlindKey,
    tx: &mut Write<'_>,
    ended: &[Trust],
) -> Result<(), VaultError> {
    for trust in ended {
        let Ok(tokens) = identifier_tokens(key, trust.kind, &trust.value) else { continue };
        tokens.all().try_for_each(|token| tx.read_again(token))?;
    }
    if ended.is_empty() { Ok(()) } else { tx.count_all_again() }
}

/// Whether a decision makes something due.
pub(super) fn concerns(events: &[Event]) -> bool {
    events.iter().any(|event| {
        matches!(
            event,
            Event::CriterionPublished { .. }
                | Event::TrustGranted { .. }
                | Event::TrustRevoked { .. }
                | Event::IncidentAdded { .. }
                | Event::IncidentWithdrawn { .. }
                | Event::SignalAccepted { .. }
                | Event::SignalRejected { .. }
                | Event::SignalReopened { .. }
        )
    })
}

impl Open {
    /// Counts what is due, at once or, while a window is open, beside.
    pub(super) fn count_after(&self, events: &[Event]) {
        if !concerns(events) {
            return;
        }
        if self.desk().options().manner == Manner::Attended {
            self.session().quiet.poke();
        } else {
            self.count_what_came_in();
        }
    }

    /// Counts what is due after something came in; answers the signals that are new. What came in is
    /// stored by then: that it could not be counted is no failure of that, and it stays due.
    pub(crate) fn count_what_came_in(&self) -> Vec<SignalId> {
        // No quiet worker does it where no window is open.
        let recounted = match self.desk().options().manner {
            Manner::Attended => Ok(Vec::new()),
            Manner::Unattended => self.recount_by_new_rules(),
        };
        // What the rules of this program find came in as well.
        let counted = recounted.and_then(|mut new| {
            new.append(&mut self.count_due()?);
            Ok(new)
        });
        counted.unwrap_or_else(|error| {
            if error.code != "locked" {
                self.desk().report("signals", error);
            }
            Vec::new()
        })
    }

    /// What was read in messages of somebody who is trusted since waits for nobody.
    fn withdraw_trusted(&self) -> Result<(), ApiError> {
        let now = self.now();
        let gone: Vec<Token> = self.read(|read| {
            let waiting = read.read_signal_identities()?;
            if waiting.is_empty() {
                return Ok(waiting);
            }
            let trusted = Trusted::of(self.key(), &read.trusts()?, now);
            Ok(waiting.into_iter().filter(|token| trusted.has([Some(*token)])).collect())
        })?;
        if gone.is_empty() {
            return Ok(());
        }
        self.write_observations(|tx, _| Ok(tx.withdraw_read_signals(gone)?))
    }

    /// Counts everybody of whom something came in since; answers the signals that are new.
    ///
    /// # Errors
    /// When the vault is locked, cannot be read or written. What was not counted stays due.
    pub(crate) fn count_due(&self) -> Result<Vec<SignalId>, ApiError> {
        self.withdraw_trusted()?;
        let (mut new, mut after) = (self.read_due()?, String::new());
        loop {
            // What is about an order that is not stored waits for it.
            let (due, known) = self.read(|read| {
                let due = read.to_count(&after, AT_ONCE)?;
                let mut known = Vec::new();
                for order in &due {
                    let acts = read.order_acts_by_id(order)?;
                    if !acts.is_empty() {
                        known.push((order.clone(), acts));
                    }
                }
                Ok((due, known))
            })?;
            let Some(last) = due.last() else { return Ok(new) };
            after.clone_from(last);
            if known.is_empty() {
                continue;
            }
            new.extend(self.write_observations(|tx, stamp| {
                let (counters, trusted) = {
                    let read = tx.read();
                    (counters(&read)?, Trusted::of(self.key(), &read.trusts()?, stamp.at))
                };
                // What was proposed of a weaker identity, before a surer one was known, is over.
                let standing = &tx.read().counted_identities()?;
                let mut done = HashSet::new();
                let mut new = Vec::new();
                for (order, acts) in &known {
                    let counted = acts.iter().flat_map(|of| {
                        let surest = counted_identity(&of.tokens);
                        counted_identities(&of.tokens)
                            .filter(move |one| Some(*one) == surest || standing.contains(&one.1))
                    });
                    for (field, identity) in counted {
                        if !done.insert(identity) {
                            continue;
                        }
                        let found = {
                            let counting = Counting { open: self, read: tx.read(), at: stamp.at };
                            counting.of(field, identity, &counters, &trusted)?
                        };
                        new.extend(tx.replace_signals(identity, &COUNTED, &found)?);
                    }
                    tx.counted(order)?;
                }
                Ok(new)
            })?);
        }
    }
}

/// One look at what is stored.
struct Counting<'a> {
    open: &'a Open,
    read: Read<'a>,
    at: Timestamp,
}

impl Counting<'_> {
    /// What the counters propose of one identity.
    fn of(
        &self,
        field: ReasonField,
        identity: Token,
        counters: &[Counter],
        trusted: &Trusted,
    ) -> Result<Vec<Signal>, ApiError> {
        let Some(history) = self.history(field, identity, trusted)? else { return Ok(Vec::new()) };
        let mut signals = Vec::new();
        for counter in counters {
            if counter.propose(&history, &BTreeSet::new()).is_empty() {
                continue;
            }
            // Only of those few who reach it everything else has to be asked.
            let judged = self.judged(counter, &history)?;
            let proposals = counter.propose(&history, &judged);
            if !proposals.is_empty() && is_shared(field, crowd_names(&self.read, field, identity)?)
            {
                continue;
            }
            let kind = counter.counted.signal();
            signals.extend(proposals.into_iter().filter_map(|of| self.signal(kind, of)));
        }
        Ok(signals)
    }

    /// All that is stored of one identity; `None` when it is no single buyer.
    fn history(
        &self,
        field: ReasonField,
        identity: Token,
        trusted: &Trusted,
    ) -> Result<Option<History>, ApiError> {
        let keys = self.read.orders_with_tokens(&[identity], ORDERS_LIMIT)?;
        if keys.len() >= ORDERS_LIMIT {
            return Ok(None);
        }
        let mut observed = Vec::new();
        for key in keys {
            let Some(act) = self.read.order_act(key)? else { continue };
            if counted_identity(&act.tokens) != Some((field, identity)) {
                continue;
            }
            if trusted.is_account(&order_tokens(&act.tokens)) {
                return Ok(None);
            }
            observed.extend(observed_of_order(&act));
            observed.extend(observed_after(&self.read, &act)?);
        }
        Ok(Some(History { identity, exempt: false, observed }))
    }

    /// Observations that need no further look: a person judged them, or an incident under the same
    /// clause names their order.
    fn judged(&self, counter: &Counter, history: &History) -> Result<BTreeSet<Observed>, ApiError> {
        let mut judged = BTreeSet::new();
        let kind = counter.counted.signal();
        for one in &history.observed {
            if one.act == Act::Placed {
                continue;
            }
            if self.read.is_judged(kind, &basis(one.at.unwrap_or_default(), &one.order_id))?
                || self.is_reported(counter, &one.order_id)?
            {
                judged.insert(one.clone());
            }
        }
        Ok(judged)
    }

    fn is_reported(&self, counter: &Counter, order_id: &str) -> Result<bool, ApiError> {
        for buyer in self.read.buyers_citing(order_id)? {
            let incidents =
                self.read.buyer(buyer)?.map(|buyer| buyer.incidents).unwrap_or_default();
            let under = |of: &buyerwatch_domain::Incident| {
                of.withdrawn.is_none()
                    && of.clause == counter.clause
                    && of.orders.iter().any(|order| order.eq_ignore_ascii_case(order_id))
            };
            if incidents.iter().any(under) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn signal(&self, kind: SignalKind, of: Proposal) -> Option<Signal> {
        let seen = |one: &Seen| basis(one.at, &one.order_id);
        let basis: Vec<SignalBasis> = of.observed.iter().map(seen).collect();
        let first = basis.first()?;
        Some(Signal {
            id: signal_id(self.open, kind, Some(of.identity), first),
            kind,
            clause: of.clause,
            identity: Some(of.identity),
            from: of.from,
            until: of.until,
            raised_at: self.at,
            orders: u32::try_from(of.orders).unwrap_or(u32::MAX),
            unsure: u32::try_from(of.unsure).unwrap_or(u32::MAX),
            basis,
        })
    }
}

fn basis(at: Timestamp, order_id: &str) -> SignalBasis {
    SignalBasis { at, order_id: order_id.to_owned(), message: String::new() }
}
