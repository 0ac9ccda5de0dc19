//! What follows when an order is recognised.

use super::{Open, writer::Writer};
use crate::{ApiError, alerts::shown::message_hex, orders::compare::Silence};
use buyerwatch_domain::{
    Alert, AlertId, Buyer, BuyerId, BuyerStatus, Command, Incident, ListingState, ObservedMessage,
    PairDecision, Reason, Refusal, SeenOrder, Stamp, Tier, Timestamp, Token, Trust, exact_ties,
    ties,
};
use buyerwatch_matching::{
    BlindKey, Explanation, Match, OrderTokens, identifier_tokens, identity_token,
};
use buyerwatch_vault::{
    MessageKey, MessageRow, OrderKey, OrderRecord, Read, Sighting, Write, WriteError,
};
use std::{
    cell::{OnceCell, RefCell},
    collections::{HashMap, HashSet},
    rc::Rc,
    time::Instant,
};

/// What an order meant for the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sighted {
    /// Alerts that it raised, by tier.
    pub(crate) alerts: Vec<(AlertId, Tier)>,
    /// Buyers who were recognised, announced or not.
    pub(crate) sightings: Vec<Seen>,
}

/// One buyer recognised in one order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    /// The buyer.
    pub(crate) buyer: BuyerId,
    /// The order.
    pub(crate) order_id: String,
    /// Where it was placed.
    pub(crate) marketplace: String,
    /// When it was placed.
    pub(crate) at: Option<Timestamp>,
    /// How sure the match is.
    pub(crate) tier: Tier,
    /// Sum of the weights, in bits.
    pub(crate) score: f64,
    /// The argument.
    pub(crate) reasons: Vec<Reason>,
}

/// One transaction's view on recognised orders.
pub(crate) struct Watchman<'a> {
    pub(crate) open: &'a Open,
    pub(crate) stamp: Stamp,
    /// When the input was handed over.
    pub(crate) since: Instant,
    trusted: OnceCell<Trusted>,
    /// Buyers seen in this transaction, which changes none of them.
    known: RefCell<HashMap<BuyerId, Option<Rc<Known>>>>,
}

/// In milliseconds. Forms ask for no more.
const MINUTE: i64 = 60_000;

/// What of a buyer every sighting asks for. Identifiers are left out: there may be thousands.
struct Known {
    /// An order of theirs is announced.
    announced: bool,
    incidents: Vec<Incident>,
}

impl Known {
    fn read(read: &Read<'_>, buyer: BuyerId) -> Result<Option<Self>, ApiError> {
        let Some(status) = read.buyer_status(buyer)? else { return Ok(None) };
        let listing = read.newest_listing(buyer)?;
        let active = listing.is_some_and(|listing| listing.state == ListingState::Active);
        Ok(Some(Self {
            announced: status == BuyerStatus::Listed && active,
            incidents: read.incidents_of_buyer(buyer)?,
        }))
    }

    /// Whether the team reported a message: its order, or what was written in the same minute when it is
    /// about none.
    fn reported(&self, message: &SightedMessage<'_>) -> bool {
        let minute = |at: Timestamp| at.millis().div_euclid(MINUTE);
        self.incidents.iter().any(|incident| match message.order_id {
            "" => {
                incident.withdrawn.is_none() && message.at.map(minute) == Some(minute(incident.at))
            }
            order_id => incident.cites_order(order_id),
        })
    }
}

impl<'a> Watchman<'a> {
    pub(crate) fn new(open: &'a Open, stamp: Stamp, since: Instant) -> Self {
        Self { open, stamp, since, trusted: OnceCell::new(), known: RefCell::default() }
    }

    fn known(&self, read: &Read<'_>, id: BuyerId) -> Result<Option<Rc<Known>>, ApiError> {
        if let Some(known) = self.known.borrow().get(&id) {
            return Ok(known.clone());
        }
        let known = Known::read(read, id)?.map(Rc::new);
        self.known.borrow_mut().insert(id, known.clone());
        Ok(known)
    }

    /// Records what the matches of one order mean: a sighting for every buyer, an alert for those
    /// whose listing is in force. Silent for trusted identities, as far as a trust reaches, and for
    /// "not this buyer" unless the match outdoes it; an order that the team itself reported is no
    /// news.
    pub(crate) fn record(
        &self,
        tx: &mut Write<'_>,
        order: &SightedOrder<'_>,
        matches: Vec<Match>,
    ) -> Result<Sighted, ApiError> {
        let mut sighted = Sighted::default();
        let matches = self.not_trusted(&tx.read(), order.tokens, matches)?;
        let identity = identity_token(order.tokens);
        for found in matches {
            let Some(known) = self.known(&tx.read(), found.buyer)? else { continue };
            if is_told_apart(&tx.read(), &found, &[identity], self.stamp.at)? {
                continue;
            }
            let at = order.at.unwrap_or(self.stamp.at);
            tx.record_sighting(&Sighting {
                order: order.key,
                buyer: found.buyer,
                tier: found.tier,
                at,
            })?;
            sighted.sightings.push(Seen {
                buyer: found.buyer,
                order_id: order.order_id.to_owned(),
                marketplace: order.marketplace.to_owned(),
                at: order.at,
                tier: found.tier,
                score: found.score,
                reasons: found.reasons.clone(),
            });
            let reported = known.incidents.iter().any(|i| i.cites_order(order.order_id));
            if !known.announced || reported {
                continue;
            }
            let seen = SeenOrder {
                order_id: order.order_id.to_owned(),
                marketplace: order.marketplace.to_owned(),
                at,
                identity,
                message: String::new(),
            };
            sighted.alerts.extend(self.raise(tx, seen, found)?);
        }
        Ok(sighted)
    }

    /// Alerts of what the matches of one message mean, for those whose listing is in force. Silent as
    /// [`record`](Self::record) is, and while an alert on a message of the same identity, or about the same
    /// order, is open: a conversation is one piece of work. Of one that was stored before, what is no newer
    /// than a message that was announced, or was there when somebody closed that alert, is no news either.
    pub(crate) fn record_message(
        &self,
        tx: &mut Write<'_>,
        message: &SightedMessage<'_>,
        matches: Vec<Match>,
    ) -> Result<Vec<(AlertId, Tier)>, ApiError> {
        let mut alerts = Vec::new();
        let matches = self.not_trusted(&tx.read(), message.tokens, matches)?;
        let identity = identity_token(message.tokens);
        for found in matches {
            let Some(known) = self.known(&tx.read(), found.buyer)? else { continue };
            if is_told_apart(&tx.read(), &found, &message.identities, self.stamp.at)? {
                continue;
            }
            let at = message.at.unwrap_or(self.stamp.at);
            // Its identity may be another one since its order tells more.
            let of_conversation = |of: &SeenOrder| {
                let order = !of.order_id.is_empty() && of.order_id == message.order_id;
                !of.message.is_empty() && (message.identities.contains(&of.identity) || order)
            };
            let was_there = |alert: &Alert| {
                let closed = message.stored_at.zip(alert.closed_at);
                alert.order.at >= at || closed.is_some_and(|(stored, closed)| closed >= stored)
            };
            let told = tx.read().alerts_of_buyer(found.buyer)?.into_iter().any(|alert| {
                of_conversation(&alert.order)
                    && alert.tier >= found.tier
                    && (!alert.state.is_closed()
                        || (message.stored_at.is_some() && was_there(&alert)))
            });
            if !known.announced || known.reported(message) || told {
                continue;
            }
            let seen = SeenOrder {
                order_id: message.order_id.to_owned(),
                marketplace: message.marketplace.to_owned(),
                at,
                identity,
                message: message.id.clone(),
            };
            alerts.extend(self.raise(tx, seen, found)?);
        }
        Ok(alerts)
    }

    /// Raises an alert; none when it was raised before, by another report or program.
    fn raise(
        &self,
        tx: &mut Write<'_>,
        order: SeenOrder,
        found: Match,
    ) -> Result<Option<(AlertId, Tier)>, ApiError> {
        let Match { buyer, tier, score, reasons } = found;
        let alert = self.open.draw(AlertId::from_bytes)?;
        let latency_ms = u32::try_from(self.since.elapsed().as_millis()).unwrap_or(u32::MAX);
        let command = Command::RaiseAlert { alert, buyer, order, tier, score, reasons, latency_ms };
        match tx.execute(command, self.stamp) {
            Ok(_) => Ok(Some((alert, tier))),
            Err(WriteError::Refused(Refusal::AlreadyAlerted)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What keeps a match of an order with a buyer from alerting.
    pub(crate) fn silences(
        &self,
        read: &Read<'_>,
        order_id: &str,
        tokens: &OrderTokens,
        buyer: &Buyer,
        weighed: &Explanation,
    ) -> Result<Vec<Silence>, ApiError> {
        let mut silences = Vec::new();
        if self.trusted(read)?.silences(tokens, &weighed.reasons) {
            silences.push(Silence::Trusted);
        }
        for identity in identities(tokens) {
            let pairs = read.pairs_at(buyer.id, identity, self.stamp.at)?;
            if !pairs.is_empty() && !are_outdone(read, pairs, buyer, &weighed.reasons)? {
                silences.push(Silence::NotThisBuyer);
                break;
            }
        }
        if buyer.incidents.iter().any(|incident| incident.cites_order(order_id)) {
            silences.push(Silence::Reported);
        }
        if Known::read(read, buyer.id)?.is_none_or(|known| !known.announced) {
            silences.push(Silence::NotListed);
        }
        Ok(silences)
    }

    /// The matches that no trust silences.
    fn not_trusted(
        &self,
        read: &Read<'_>,
        tokens: &OrderTokens,
        mut matches: Vec<Match>,
    ) -> Result<Vec<Match>, ApiError> {
        if !matches.is_empty() {
            let trusted = self.trusted(read)?;
            matches.retain(|found| !trusted.silences(tokens, &found.reasons));
        }
        Ok(matches)
    }

    fn trusted(&self, read: &Read<'_>) -> Result<&Trusted, ApiError> {
        if let Some(trusted) = self.trusted.get() {
            return Ok(trusted);
        }
        let trusts = read.trusts()?;
        Ok(self.trusted.get_or_init(|| Trusted::of(self.open.key(), &trusts, self.stamp.at)))
    }
}

/// Whether "not this buyer" was said of one of the identities, and nothing in the match outdoes it.
pub(crate) fn is_told_apart(
    read: &Read<'_>,
    found: &Match,
    identities: &[Token],
    now: Timestamp,
) -> Result<bool, ApiError> {
    for identity in identities {
        let pairs = read.pairs_at(found.buyer, *identity, now)?;
        if pairs.is_empty() {
            continue;
        }
        let Some(buyer) = read.buyer(found.buyer)? else { return Ok(true) };
        if !are_outdone(read, pairs, &buyer, &found.reasons)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The identities under which decisions on an order are remembered. An address that a firm has for a task was one of its
/// own to earlier programs.
fn identities(tokens: &OrderTokens) -> impl Iterator<Item = Token> {
    let shared = tokens.alias.filter(|_| tokens.alias_shared);
    [Some(identity_token(tokens)), shared].into_iter().flatten()
}

/// Whether a match rests on an exact identifier that was not before anybody who decided.
fn are_outdone(
    read: &Read<'_>,
    mut pairs: Vec<PairDecision>,
    buyer: &Buyer,
    reasons: &[Reason],
) -> Result<bool, ApiError> {
    for pair in pairs.iter_mut().filter(|pair| pair.ties.is_none()) {
        // A decision of an earlier program: what it was made on stands in the alerts that it closed.
        let alerts = read.alerts_of_buyer(buyer.id)?;
        let closed = alerts.iter().filter(|alert| {
            alert.order.identity == pair.identity && alert.closed_at == Some(pair.at)
        });
        let known: Vec<_> = closed.map(|alert| ties(&alert.reasons)).collect();
        pair.ties = (!known.is_empty()).then(|| known.concat());
    }
    Ok(exact_ties(reasons).any(|id| !pairs.iter().any(|pair| pair.knows(buyer, id))))
}

/// The identities that are trusted at one moment.
#[derive(Default)]
pub(crate) struct Trusted {
    /// What one person alone carries. Whoever does never alerts.
    accounts: HashSet<Token>,
    /// Names and addresses, which many bear: they say nothing against an exact identifier.
    borne: HashSet<Token>,
}

impl Trusted {
    pub(crate) fn of(key: &BlindKey, trusts: &[Trust], now: Timestamp) -> Self {
        let mut trusted = Self::default();
        for trust in trusts.iter().filter(|trust| trust.holds(now)) {
            let Ok(tokens) = identifier_tokens(key, trust.kind, &trust.value) else { continue };
            let exact = trust.kind.is_exact();
            let into = if exact { &mut trusted.accounts } else { &mut trusted.borne };
            into.extend(tokens.all());
        }
        trusted
    }

    /// Whether a match does not alert.
    pub(crate) fn silences(&self, tokens: &OrderTokens, reasons: &[Reason]) -> bool {
        let [buyer, recipient] = [tokens.buyer_name.full, tokens.recipient_name.full];
        let mut borne = [buyer, recipient, tokens.address].into_iter().flatten();
        self.is_account(tokens)
            || (borne.any(|token| self.borne.contains(&token)) && ties(reasons).is_empty())
    }

    /// Whether it is an order of an account that is trusted, whatever it is compared with.
    pub(crate) fn is_account(&self, tokens: &OrderTokens) -> bool {
        let of = [
            tokens.alias,
            tokens.marketplace_id,
            tokens.phone,
            tokens.ship_phone,
            tokens.user_name,
            tokens.order_id,
        ];
        self.has(of)
    }

    /// Whether one of these exact identifiers is trusted. Tokens of different fields never agree.
    pub(crate) fn has(&self, of: impl IntoIterator<Item = Option<Token>>) -> bool {
        let mut of = of.into_iter().flatten();
        !self.accounts.is_empty() && of.any(|token| self.accounts.contains(&token))
    }
}

/// A message in which somebody was recognised.
pub(crate) struct SightedMessage<'a> {
    /// Its stored ID.
    pub(crate) id: String,
    pub(crate) order_id: &'a str,
    pub(crate) marketplace: &'a str,
    pub(crate) at: Option<Timestamp>,
    pub(crate) tokens: &'a OrderTokens,
    /// On which decisions may have been made.
    pub(crate) identities: Vec<Token>,
    /// When it was stored, of one that was stored before; the list or its order changed since.
    pub(crate) stored_at: Option<Timestamp>,
}

impl<'a> SightedMessage<'a> {
    /// A message that comes in.
    pub(crate) fn of(id: MessageKey, message: &'a ObservedMessage, writer: &'a Writer) -> Self {
        Self {
            id: message_hex(&id),
            order_id: &message.order_id,
            marketplace: &message.marketplace,
            at: message.sent_at,
            tokens: writer.tokens(),
            identities: writer.identities(),
            stored_at: None,
        }
    }

    /// One that was stored before.
    pub(crate) fn again(row: &'a MessageRow, writer: &'a Writer) -> Self {
        let at = Some(row.message.sent_at.unwrap_or(row.imported_at));
        Self { stored_at: Some(row.imported_at), at, ..Self::of(row.id, &row.message, writer) }
    }
}

/// An order in which somebody was recognised.
pub(crate) struct SightedOrder<'a> {
    pub(crate) key: OrderKey,
    pub(crate) order_id: &'a str,
    pub(crate) marketplace: &'a str,
    pub(crate) at: Option<Timestamp>,
    pub(crate) tokens: &'a OrderTokens,
}

impl<'a> SightedOrder<'a> {
    pub(crate) fn of(record: &'a OrderRecord, tokens: &'a OrderTokens) -> Self {
        Self {
            key: record.key,
            order_id: &record.order.order_id,
            marketplace: &record.order.channel.0,
            at: record.order.purchased_at,
            tokens,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner,
        testing::{ALIAS, Line, fresh, line, not_this_buyer, report},
    };
    use buyerwatch_domain::{IdentifierId, IdentifierKind, ReasonField, ReasonNote};

    #[test]
    fn what_a_decision_of_an_earlier_program_was_made_on_stands_in_its_alert() {
        let bench = fresh(Manner::Unattended);
        let buyer = bench.listed_buyer();
        bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
        bench.desk.alerts_dismiss(not_this_buyer(bench.open_alerts()[0].id)).unwrap();
        let open = bench.desk.open().unwrap();
        let outdone = |at: i64, kind: IdentifierKind, field| {
            open.vault().read(|read| -> Result<bool, ApiError> {
                let buyer = read.buyer(buyer)?.unwrap();
                let pair = read.pairs_of(buyer.id)?.remove(0);
                let at = Timestamp::from_millis(pair.at.millis() + at);
                let old = PairDecision { ties: None, at, ..pair };
                let one = buyer.identifiers.iter().find(|of| of.kind == kind);
                let reason = Reason {
                    field,
                    identifier: one
                        .map_or(Some(IdentifierId::from_bytes([9; 16])), |of| Some(of.id)),
                    similarity: 1.0,
                    weight: 20.0,
                    note: ReasonNote::Exact,
                };
                are_outdone(read, vec![old], &buyer, &[reason])
            })
        };
        let (alias, phone) = (IdentifierKind::Alias, IdentifierKind::Phone);
        assert!(!outdone(0, alias, ReasonField::Alias).unwrap());
        assert!(outdone(0, phone, ReasonField::Phone).unwrap());
        // Where no alert says so, what the buyer carried then is taken as known.
        assert!(!outdone(1, phone, ReasonField::Phone).unwrap());
    }
}
