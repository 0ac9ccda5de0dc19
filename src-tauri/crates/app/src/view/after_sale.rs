use buyerwatch_domain::{
    ClaimKind, Money, ObservedClaim, ObservedFeedback, ObservedReturn, Timestamp,
};
use serde::Serialize;
use ts_rs::TS;

/// A return of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReturnView {
    /// When the buyer asked for it; of returns to a warehouse of the marketplace, when it came in.
    pub at: Option<Timestamp>,
    /// Title of the article.
    pub product: String,
    /// Units that come back.
    pub quantity: Option<u32>,
    /// How far it has come, in the marketplace's words.
    pub status: String,
    /// The reason that the buyer chose, in the marketplace's words.
    pub reason: String,
    /// In which condition the warehouse found it, in the marketplace's words.
    pub disposition: String,
    /// What the buyer wrote; empty when its retention time ended.
    pub comment: String,
    /// What was refunded.
    pub refunded: Option<Money>,
}

/// A claim about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClaimView {
    /// Who claims against whom.
    pub kind: ClaimKind,
    /// When it was filed.
    pub at: Option<Timestamp>,
    /// The marketplace's number of it; may be empty.
    pub claim_id: String,
    /// How far it has come, in the marketplace's words.
    pub state: String,
    /// On what ground, in the marketplace's words.
    pub reason: String,
    /// What was paid on it.
    pub amount: Option<Money>,
}

/// A buyer's rating of the shop for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FeedbackView {
    /// When it was given.
    pub at: Option<Timestamp>,
    /// Stars, 1 to 5.
    pub rating: Option<u8>,
    /// What the buyer wrote; empty when its retention time ended.
    pub comment: String,
    /// What the shop answered.
    pub response: String,
}

impl From<ObservedReturn> for ReturnView {
    fn from(one: ObservedReturn) -> Self {
        Self {
            at: one.requested_at.or(one.delivered_at),
            product: one.product,
            quantity: one.quantity,
            status: one.status,
            reason: one.reason,
            disposition: one.disposition,
            comment: one.comment,
            refunded: one.refunded,
        }
    }
}

impl From<ObservedClaim> for ClaimView {
    fn from(one: ObservedClaim) -> Self {
        Self {
            kind: one.kind,
            at: one.filed_at,
            claim_id: one.claim_id,
            state: one.state,
            reason: one.reason,
            amount: one.amount,
        }
    }
}

impl From<ObservedFeedback> for FeedbackView {
    fn from(one: ObservedFeedback) -> Self {
        Self { at: one.at, rating: one.rating, comment: one.comment, response: one.response }
    }
}
