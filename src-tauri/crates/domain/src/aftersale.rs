//! What happens to an order after it was delivered: returns, claims and ratings, as reported.
//!
//! None of them says who bought. They belong to an order by its ID and to whoever placed it.

use crate::{Money, Timestamp};
use serde::{Deserialize, Serialize};

/// A return, or a request for one. Absent values are empty or `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedReturn {
    /// The marketplace's order ID.
    pub order_id: String,
    /// The marketplace's number of the return: RMA ID, or the licence plate of the unit that came
    /// back to its warehouse.
    pub return_id: String,
    /// The seller's article number.
    pub sku: String,
    /// Amazon's article number.
    pub asin: String,
    /// Title of the article.
    pub product: String,
    /// Units that come back.
    pub quantity: Option<u32>,
    /// When the buyer asked for it; for returns to a warehouse of the marketplace, when it came in.
    pub requested_at: Option<Timestamp>,
    /// When it came back to the seller.
    pub delivered_at: Option<Timestamp>,
    /// How far it has come, in the marketplace's words.
    pub status: String,
    /// The reason that the buyer chose, in the marketplace's words.
    pub reason: String,
    /// In which condition the warehouse found it, in the marketplace's words, e.g. `DAMAGED`.
    pub disposition: String,
    /// What the buyer wrote.
    pub comment: String,
    /// What it led to, in the marketplace's words, e.g. `StandardRefund`.
    pub resolution: String,
    /// Within the marketplace's policy, when the report says so.
    pub in_policy: Option<bool>,
    /// The carrier's number of the parcel.
    pub tracking_id: String,
    /// What was refunded.
    pub refunded: Option<Money>,
}

/// Which kind of claim.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// The buyer's claim against the seller: A-to-z.
    #[default]
    AToZ,
    /// The seller's claim against the marketplace: SAFE-T.
    SafeT,
}

impl ClaimKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::AToZ, Self::SafeT];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AToZ => "a_to_z",
            Self::SafeT => "safe_t",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A claim about an order. Absent values are empty or `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedClaim {
    /// The marketplace's order ID.
    pub order_id: String,
    /// Who claims against whom.
    pub kind: ClaimKind,
    /// The marketplace's number of the claim; empty when the report only says that there is one.
    pub claim_id: String,
    /// When it was filed. Of an A-to-z claim in a report of returns that is not known.
    pub filed_at: Option<Timestamp>,
    /// How far it has come, in the marketplace's words.
    pub state: String,
    /// On what ground, in the marketplace's words.
    pub reason: String,
    /// What was paid on it.
    pub amount: Option<Money>,
}

/// A buyer's rating of the seller. Absent values are empty or `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedFeedback {
    /// The marketplace's order ID.
    pub order_id: String,
    /// When it was given.
    pub at: Option<Timestamp>,
    /// Stars, 1 to 5.
    pub rating: Option<u8>,
    /// What the buyer wrote.
    pub comment: String,
    /// What the seller answered.
    pub response: String,
    /// The address of whoever gave it, where the report carries one.
    pub rater_email: String,
}

/// One observation on an order that is stored apart from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AfterSale {
    /// A return.
    Return(ObservedReturn),
    /// A claim.
    Claim(ObservedClaim),
    /// A rating.
    Feedback(ObservedFeedback),
}

impl AfterSale {
    /// The order that it is about.
    #[must_use]
    pub fn order_id(&self) -> &str {
        match self {
            Self::Return(one) => &one.order_id,
            Self::Claim(one) => &one.order_id,
            Self::Feedback(one) => &one.order_id,
        }
    }

    /// When it happened, as far as the report says.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Return(one) => one.requested_at.or(one.delivered_at),
            Self::Claim(one) => one.filed_at,
            Self::Feedback(one) => one.at,
        }
    }
}
