//! Compares one order with one buyer and says why it alerts, or why it does not.

use crate::{
    ApiError, Open,
    buyers::shown,
    compared,
    desk::{Stored, StoredCrowd, Watchman, unread},
    view::ReasonView,
};
use buyerwatch_domain::{
    Alert, AlertId, Buyer, BuyerId, BuyerStatus, Ground, Reason, Refusal, Tier, Timestamp,
};
use buyerwatch_matching::Explanation;
use buyerwatch_vault::OrderRecord;
use serde::{Deserialize, Serialize};
use std::time::Instant;
use ts_rs::TS;

/// Which order and which buyer.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CompareOrder {
    /// The marketplace's order ID.
    pub order_id: String,
    /// Where it was placed; empty where the ID alone decides.
    pub marketplace: String,
    /// The buyer.
    pub buyer_id: BuyerId,
}

/// What keeps a match from alerting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The order carries a trusted identity.
    Trusted,
    /// A person decided that the identity is not this buyer.
    NotThisBuyer,
    /// The team reported the order itself in an incident.
    Reported,
    /// The buyer is not on the list.
    NotListed,
}

/// What the same comparison comes to by what is known today.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct Today {
    /// How sure a match it would be; none if it would be no match.
    pub tier: Option<Tier>,
    /// Sum of the weights, in bits.
    pub score: f64,
}

/// The whole argument on one order and one buyer. What was raised is explained as it was raised.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Comparison {
    /// The marketplace's order ID.
    pub order_id: String,
    /// Where it was placed.
    pub marketplace: String,
    /// The buyer.
    pub buyer_id: BuyerId,
    /// Their name or first identifier, masked.
    pub buyer_label: String,
    /// How the shop stands to them.
    pub buyer_status: BuyerStatus,
    /// How sure a match it is; none if it is no match.
    pub tier: Option<Tier>,
    /// Sum of the weights, in bits.
    pub score: f64,
    /// Sum from which names and addresses may alert, in bits.
    pub needed: f64,
    /// What the argument rests on.
    pub ground: Ground,
    /// The argument, masked.
    pub reasons: Vec<ReasonView>,
    /// What keeps it silent.
    pub silences: Vec<Silence>,
    /// The alert or possible match that was raised.
    pub alert_id: Option<AlertId>,
    /// When it was.
    pub raised_at: Option<Timestamp>,
    /// What was raised would be another verdict, or another sum, today.
    pub today: Option<Today>,
}

/// Weights that differ by less are told as the same.
const SAME: f64 = 0.05;

/// A comparison with what it was made from.
pub(super) struct Compared {
    pub(super) comparison: Comparison,
    pub(super) buyer: Buyer,
    pub(super) record: OrderRecord,
    pub(super) reasons: Vec<Reason>,
}

pub(crate) fn run(open: &Open, request: CompareOrder) -> Result<Comparison, ApiError> {
    Ok(compare(open, &request)?.comparison)
}

pub(super) fn compare(open: &Open, request: &CompareOrder) -> Result<Compared, ApiError> {
    let recogniser = &open.session().recogniser;
    recogniser.ensure(open)?;
    recogniser.catch_up(open)?;
    let list = recogniser.hold().ok_or_else(unread)?;
    let watchman = Watchman::new(open, open.stamp(), Instant::now());
    open.still_open()?;
    open.vault().read(|read| {
        let record = read
            .order(&request.order_id, &request.marketplace)?
            .ok_or(Refusal::NotFound("order"))?;
        let buyer = read.buyer(request.buyer_id)?.ok_or(Refusal::NotFound("buyer"))?;
        let stored = Stored::of(open.key(), read, record)?;
        let crowd = StoredCrowd::new(read);
        let weighed = list.weigh(&stored, &buyer.id, &crowd);
        crowd.finish()?;
        let Stored { record, tokens, .. } = stored;
        let weighed = weighed.ok_or_else(unread)?;
        let silences =
            watchman.silences(read, &record.order.order_id, &tokens, &buyer, &weighed)?;
        let summary = read.buyer_summary(buyer.id)?;
        let raised = read.alerts_of_order(&record.order.order_id)?.into_iter();
        let raised = raised.filter(|alert| alert.buyer == buyer.id);
        let by_order = |alert: &Alert| alert.order.message.is_empty();
        let raised = raised.max_by_key(|alert| (by_order(alert), alert.tier));
        let (id, raised_at) = raised.as_ref().map(|alert| (alert.id, alert.raised_at)).unzip();
        // A message may tell of its writer what no order does.
        let verdict = raised.filter(by_order).map(|alert| Explanation {
            tier: Some(alert.tier),
            score: alert.score,
            reasons: alert.reasons,
        });
        let raised_at = raised_at.filter(|_| verdict.is_some());
        let differs = |verdict: &Explanation| {
            verdict.tier != weighed.tier || (verdict.score - weighed.score).abs() >= SAME
        };
        let today = verdict
            .as_ref()
            .is_some_and(differs)
            .then_some(Today { tier: weighed.tier, score: weighed.score });
        let Explanation { tier, score, reasons } = verdict.unwrap_or(weighed);
        let comparison = Comparison {
            order_id: record.order.order_id.clone(),
            marketplace: record.order.channel.0.clone(),
            buyer_id: buyer.id,
            buyer_label: shown::label(summary.and_then(|summary| summary.label).as_ref()),
            buyer_status: buyer.status,
            tier,
            score,
            needed: list.needed(),
            ground: Ground::of(&reasons),
            reasons: compared::reasons(open.key(), &reasons, &buyer, Some(&record.order)),
            silences,
            alert_id: id,
            raised_at,
            today,
        };
        Ok(Compared { comparison, buyer, record, reasons })
    })
}
