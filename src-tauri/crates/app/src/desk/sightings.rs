//! What follows when an order is recognised.

use super::{Open, writer::Writer};
use crate::{ApiError, alerts::shown::message_hex, orders::compare::Silence};
use buyerwatch_domain::{
    Alert, AlertId, Buyer, BuyerId, BuyerStatus, Command, Incident, ListingState, ObservedMessage,
    Reason, Refusal, SeenOrder, Stamp, Tier, Timestamp, Token, Trust,
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
    trusted: OnceCell<HashSet<Token>>,
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
    /// whose listing is in force. Silent for trusted identities, and for "not this buyer" unless
    /// the match outdoes it; an order that the team itself reported is no news.
    pub(crate) fn record(
        &self,
        tx: &mut Write<'_>,
        order: &SightedOrder<'_>,
        matches: Vec<Match>,
    ) -> Result<Sighted, ApiError> {
        let mut sighted = Sighted::default();
        if matches.is_empty() || self.is_trusted(&tx.read(), order.tokens)? {
            return Ok(sighted);
        }
        let identity = identity_token(order.tokens);
        for found in matches {
            let Some(known) = self.known(&tx.read(), found.buyer)? else { continue };
            if is_told_apart(&tx.read(), &found, &[identity])? {
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
        if matches.is_empty() || self.is_trusted(&tx.read(), message.tokens)? {
            return Ok(alerts);
        }
        let identity = identity_token(message.tokens);
        for found in matches {
            let Some(known) = self.known(&tx.read(), found.buyer)? else { continue };
            if is_told_apart(&tx.read(), &found, &message.identities)? {
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
        if self.is_trusted(read, tokens)? {
            silences.push(Silence::Trusted);
        }
        if let Some(pair) = read.pair(buyer.id, identity_token(tokens))?
            && !pair.is_outdone(buyer, &weighed.reasons)
        {
            silences.push(Silence::NotThisBuyer);
        }
        if buyer.incidents.iter().any(|incident| incident.cites_order(order_id)) {
            silences.push(Silence::Reported);
        }
        if Known::read(read, buyer.id)?.is_none_or(|known| !known.announced) {
            silences.push(Silence::NotListed);
        }
        Ok(silences)
    }

    fn is_trusted(&self, read: &Read<'_>, tokens: &OrderTokens) -> Result<bool, ApiError> {
        let trusted = match self.trusted.get() {
            Some(trusted) => trusted,
            None => {
                let trusts = read.trusts()?;
                self.trusted.get_or_init(|| trusted_tokens(self.open.key(), &trusts, self.stamp.at))
            }
        };
        Ok(!trusted.is_empty() && carried(tokens).any(|token| trusted.contains(&token)))
    }
}

/// Whether "not this buyer" was said of one of the identities, and nothing in the match outdoes it.
pub(crate) fn is_told_apart(
    read: &Read<'_>,
    found: &Match,
    identities: &[Token],
) -> Result<bool, ApiError> {
    for identity in identities {
        let Some(pair) = read.pair(found.buyer, *identity)? else { continue };
        let buyer = read.buyer(found.buyer)?;
        if buyer.is_none_or(|buyer| !pair.is_outdone(&buyer, &found.reasons)) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(crate) fn trusted_tokens(key: &BlindKey, trusts: &[Trust], now: Timestamp) -> HashSet<Token> {
    trusts
        .iter()
        .filter(|trust| trust.holds(now))
        .filter_map(|trust| identifier_tokens(key, trust.kind, &trust.value).ok())
        .flat_map(|tokens| tokens.all().collect::<Vec<_>>())
        .collect()
}

/// Every token of an order that names who it is. Tokens of different fields never agree.
pub(crate) fn carried(tokens: &OrderTokens) -> impl Iterator<Item = Token> {
    [
        tokens.alias,
        tokens.marketplace_id,
        tokens.phone,
        tokens.ship_phone,
        tokens.user_name,
        tokens.order_id,
        tokens.buyer_name.full,
        tokens.recipient_name.full,
        tokens.address,
    ]
    .into_iter()
    .flatten()
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
