//! What the program notices by itself: a proposal to a person, and what the person decided on it.
//!
//! A signal is worked out from what was observed, so it is not recorded. What is recorded is the
//! decision, with the observations that it was about: they are judged, and do not propose again.

use crate::{BuyerId, IncidentId, PersonId, SignalId, Timestamp};
use serde::{Deserialize, Serialize};

/// What was noticed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// Orders placed and cancelled, not by the shop.
    Cancels,
    /// Orders said not to have arrived.
    NotReceived,
    /// An unusual share of orders sent back.
    Returns,
    /// Returns about which a SAFE-T claim of the shop was granted.
    SafeT,
    /// A message makes a review the condition for a benefit.
    ReviewThreat,
    /// A message insults or threatens.
    Abuse,
}

impl SignalKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Cancels,
        Self::NotReceived,
        Self::Returns,
        Self::SafeT,
        Self::ReviewThreat,
        Self::Abuse,
    ];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cancels => "cancels",
            Self::NotReceived => "not_received",
            Self::Returns => "returns",
            Self::SafeT => "safe_t",
            Self::ReviewThreat => "review_threat",
            Self::Abuse => "abuse",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One observation on which a signal rests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SignalBasis {
    /// When it happened.
    pub at: Timestamp,
    /// The order; empty if only a message is known.
    pub order_id: String,
    /// The message, as 32 hexadecimal digits; empty if it is about an order.
    pub message: String,
}

impl SignalBasis {
    /// What tells it from the others of its kind: however often an order is reported, it is one.
    #[must_use]
    pub fn key(&self) -> String {
        if self.message.is_empty() {
            self.order_id.to_ascii_uppercase()
        } else {
            self.message.clone()
        }
    }
}

/// What a person made of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Incidents were reported on it.
    Accepted,
    /// It was nothing.
    Rejected,
}

impl Verdict {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    /// The verdict with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Accepted, Self::Rejected].into_iter().find(|verdict| verdict.code() == code)
    }
}

/// A decision on a signal that still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalDecision {
    /// Which signal.
    pub signal: SignalId,
    /// What was noticed.
    pub kind: SignalKind,
    /// The clause that was proposed.
    pub clause: String,
    /// The observations that were judged, oldest first.
    pub basis: Vec<SignalBasis>,
    /// What was made of them.
    pub verdict: Verdict,
    /// On whom incidents were reported.
    pub buyer: Option<BuyerId>,
    /// The incidents.
    pub incidents: Vec<IncidentId>,
    /// Why.
    pub reason: Option<String>,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonId,
}
