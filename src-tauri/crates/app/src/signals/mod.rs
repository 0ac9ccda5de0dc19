//! What the program noticed by itself, put before a person. Nothing here lists anybody.

pub mod accept;
pub mod get;
pub mod list;
pub mod reject;
pub mod reopen;

use crate::{
    ApiError, Open,
    messages::{self, MessageView},
    orders,
    people::shown::Team,
    view::{ClaimView, OrderRow, PersonView, ReturnView},
};
use buyerwatch_domain::{
    BuyerId, Refusal, SignalBasis, SignalDecision, SignalId, SignalKind, Timestamp, Verdict,
};
use buyerwatch_signals::{Act, By, Reader, SafeTState};
use buyerwatch_vault::{MessageRow, OrderRecord, Read, Signal, VaultError, Withdrawn};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which signal.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct OneSignal {
    /// The signal.
    pub id: SignalId,
}

/// A signal as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SignalRow {
    /// The signal.
    pub id: SignalId,
    /// What was noticed.
    pub kind: SignalKind,
    /// The clause that it may fall under.
    pub clause: String,
    /// Who did it, masked.
    pub label: String,
    /// The marketplace of its first observation; may be empty.
    pub marketplace: String,
    /// The first observation.
    pub from: Timestamp,
    /// The last one.
    pub until: Timestamp,
    /// When it was noticed; for one that was decided, when that was.
    pub at: Timestamp,
    /// Observations that it rests on.
    pub count: u32,
    /// Orders of the same account in the same span; 0 for a message.
    pub orders: u32,
    /// Observations that may be the doing of the shop or of the carrier: the reports do not say.
    pub unsure: u32,
    /// The beginning of the message; empty for counts, and when its retention time ended.
    pub snippet: String,
    /// What a person made of it.
    pub verdict: Option<Verdict>,
    /// Who decided.
    pub decided_by: Option<PersonView>,
    /// Why.
    pub reason: Option<String>,
    /// On whom incidents were reported.
    pub buyer_id: Option<BuyerId>,
    /// When it was withdrawn: a newer program has other rules, and by those it does not hold.
    pub withdrawn_at: Option<Timestamp>,
}

/// One observation of a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BasisView {
    /// Names it within its signal.
    pub key: String,
    /// When it happened.
    pub at: Timestamp,
    /// The order; may be empty.
    pub order_id: String,
    /// The order, if it is stored.
    pub order: Option<OrderRow>,
    /// The message, if it is about one, or the letter of the marketplace from which it is known.
    pub message: Option<MessageView>,
    /// The order was cancelled, and that is what was observed.
    pub cancelled: bool,
    /// The returns of the order that were counted, if they are what was observed.
    pub returns: Vec<ReturnView>,
    /// The claims about the order that were counted, if they are what was observed.
    pub claims: Vec<ClaimView>,
}

/// Characters of a text in a list.
const SNIPPET: usize = 160;

/// An open signal or a decided one, in one form.
struct Known {
    signal: Signal,
    decision: Option<SignalDecision>,
    withdrawn_at: Option<Timestamp>,
}

impl Known {
    fn open(signal: Signal) -> Self {
        Self { signal, decision: None, withdrawn_at: None }
    }

    fn withdrawn(of: Withdrawn) -> Self {
        Self { signal: of.signal, decision: None, withdrawn_at: Some(of.at) }
    }

    /// A decided one. What it was when it was decided counts, not what it would be now.
    fn decided(decision: SignalDecision, now: Option<Signal>) -> Self {
        let first = decision.basis.first().map_or(decision.at, |one| one.at);
        let last = decision.basis.last().map_or(decision.at, |one| one.at);
        let signal = Signal {
            id: decision.signal,
            kind: decision.kind,
            clause: decision.clause.clone(),
            identity: now.as_ref().and_then(|of| of.identity),
            from: first,
            until: last,
            raised_at: decision.at,
            orders: now.as_ref().map_or(0, |of| of.orders),
            unsure: now.as_ref().map_or(0, |of| of.unsure),
            basis: decision.basis.clone(),
        };
        Self { signal, decision: Some(decision), withdrawn_at: None }
    }

    fn read(read: &Read<'_>, id: SignalId) -> Result<Option<Self>, VaultError> {
        let signal = read.signal(id)?;
        Ok(match read.signal_decision(id)? {
            Some(decision) => Some(Self::decided(decision, signal)),
            None => signal.map(Self::open),
        })
    }

    fn row(&self, read: &Read<'_>, team: &Team) -> Result<SignalRow, VaultError> {
        let Self { signal, decision, withdrawn_at } = self;
        let (mut label, mut marketplace, mut snippet) = Default::default();
        // The newest that says who it was: older ones may have been purged.
        for one in signal.basis.iter().rev() {
            let Stored { order, message } = Stored::read(read, one)?;
            if let Some(message) = &message {
                let of = &message.message;
                label = orders::shown::label(&of.buyer_name, "", &of.alias);
                marketplace = of.marketplace.clone();
                snippet = of.body.chars().take(SNIPPET).collect();
            }
            if let Some(order) = order.filter(|_| label.is_empty()) {
                let of = &order.order;
                label = orders::shown::label(&of.buyer_name, &of.recipient_name, &of.alias);
                marketplace = of.channel.0.clone();
            }
            if !label.is_empty() {
                break;
            }
        }
        Ok(SignalRow {
            id: signal.id,
            kind: signal.kind,
            clause: signal.clause.clone(),
            label,
            marketplace,
            from: signal.from,
            until: signal.until,
            at: signal.raised_at,
            count: u32::try_from(signal.basis.len()).unwrap_or(u32::MAX),
            orders: signal.orders,
            unsure: signal.unsure,
            snippet,
            verdict: decision.as_ref().map(|of| of.verdict),
            decided_by: decision.as_ref().map(|of| team.view(of.by)),
            reason: decision.as_ref().and_then(|of| of.reason.clone()),
            buyer_id: decision.as_ref().and_then(|of| of.buyer),
            withdrawn_at: *withdrawn_at,
        })
    }
}

/// What is stored of an observation.
struct Stored {
    order: Option<OrderRecord>,
    message: Option<MessageRow>,
}

impl Stored {
    fn read(read: &Read<'_>, one: &SignalBasis) -> Result<Self, VaultError> {
        let message = match crate::alerts::shown::message_key(&one.message) {
            Some(key) => read.message(&key)?,
            None => None,
        };
        let order = match one.order_id.as_str() {
            "" => None,
            order_id => {
                let mut found = read.orders_by_id(order_id)?;
                // An ID that several marketplaces gave out names nobody.
                found.pop().filter(|_| found.is_empty())
            }
        };
        Ok(Self { order, message })
    }

    fn view(
        reader: &Reader,
        read: &Read<'_>,
        signal: &Signal,
        one: &SignalBasis,
    ) -> Result<BasisView, VaultError> {
        let kind = signal.kind;
        let Self { order, message } = Self::read(read, one)?;
        let message = message.or(letter(read, kind, one)?);
        let window = Window {
            kind,
            from: signal.from,
            until: signal.until,
            ordered_at: order.as_ref().and_then(|order| order.order.purchased_at),
        };
        let summary = match order {
            Some(order) => read.order_summary(order.key)?,
            None => None,
        };
        Ok(BasisView {
            key: one.key(),
            at: one.at,
            order_id: one.order_id.clone(),
            order: summary.map(orders::shown::row),
            message: message.map(|row| messages::view(reader, row, None)),
            cancelled: kind == SignalKind::Cancels,
            returns: returns(read, &window, one)?,
            claims: claims(read, &window, one)?,
        })
    }
}

/// What counts for a signal.
struct Window {
    kind: SignalKind,
    from: Timestamp,
    until: Timestamp,
    /// When the order was placed: what bears no date of its own counts as of then.
    ordered_at: Option<Timestamp>,
}

impl Window {
    /// Whether what an order came to is of those that were counted: of the kind, by the buyer as far as is
    /// known, and in the span of the signal.
    fn holds(&self, act: Option<Act>, at: Option<Timestamp>) -> bool {
        let counted = match (self.kind, act) {
            (SignalKind::Returns, Some(Act::Returned(by)))
            | (SignalKind::NotReceived, Some(Act::NotReceived(by)))
            | (SignalKind::SafeT, Some(Act::SafeT(SafeTState::Granted, by))) => by != By::Shop,
            _ => false,
        };
        let at = at.or(self.ordered_at);
        counted && at.is_some_and(|at| (self.from..=self.until).contains(&at))
    }
}

/// Those that were counted. Where none of them is by the rules of today, as of a signal that was decided
/// long ago, all that there are.
fn counted<T>(found: Vec<T>, counts: impl Fn(&T) -> bool) -> Vec<T> {
    let any = found.iter().any(&counts);
    found.into_iter().filter(|one| !any || counts(one)).collect()
}

/// The returns that an observation of this kind is.
fn returns(
    read: &Read<'_>,
    window: &Window,
    one: &SignalBasis,
) -> Result<Vec<ReturnView>, VaultError> {
    if window.kind != SignalKind::Returns {
        return Ok(Vec::new());
    }
    let found = counted(read.returns_of(&one.order_id)?, |of| {
        window.holds(Act::of_return(of), of.requested_at.or(of.delivered_at))
    });
    Ok(found.into_iter().map(Into::into).collect())
}

/// The claims that an observation of this kind is.
fn claims(
    read: &Read<'_>,
    window: &Window,
    one: &SignalBasis,
) -> Result<Vec<ClaimView>, VaultError> {
    let is_kind = |act: Act| match act {
        Act::NotReceived(_) => window.kind == SignalKind::NotReceived,
        Act::SafeT(..) => window.kind == SignalKind::SafeT,
        _ => false,
    };
    if !matches!(window.kind, SignalKind::NotReceived | SignalKind::SafeT) {
        return Ok(Vec::new());
    }
    let mut stored = read.claims_of(&one.order_id)?;
    stored.retain(|claim| Act::of_claim(claim).is_some_and(is_kind));
    let found = counted(stored, |of| window.holds(Act::of_claim(of), of.filed_at));
    Ok(found.into_iter().map(Into::into).collect())
}

/// The letter of the marketplace from which it is known that an order is said not to have arrived:
/// among several the one that was counted, else the oldest. The observation is the order's all the
/// same, so that whoever judged it has judged it, whatever is written later.
fn letter(
    read: &Read<'_>,
    kind: SignalKind,
    one: &SignalBasis,
) -> Result<Option<MessageRow>, VaultError> {
    if kind != SignalKind::NotReceived {
        return Ok(None);
    }
    let letters = read.not_received_messages(&one.order_id)?;
    match letters.iter().min_by_key(|(_, at, _)| (*at != Some(one.at), *at)) {
        Some((key, ..)) => read.message(key),
        None => Ok(None),
    }
}

fn known(open: &Open, id: SignalId) -> Result<Known, ApiError> {
    Ok(open.read(|read| Known::read(read, id))?.ok_or(Refusal::NotFound("signal"))?)
}
