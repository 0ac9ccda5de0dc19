//! Remembered decisions that keep honest buyers out of alerts.

use crate::{BuyerId, IdentifierKind, PersonId, Timestamp, Token, TrustId};
use serde::{Deserialize, Serialize};

/// An identity that never alerts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// Its identity.
    pub id: TrustId,
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value as written.
    pub value: String,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonId,
}

/// "Not this buyer": a decision on one pair. It silences that pair and no other, and ends when
/// the buyer gains an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairDecision {
    /// The buyer.
    pub buyer: BuyerId,
    /// The identity that was seen.
    pub identity: Token,
    /// Why.
    pub reason: Option<String>,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonId,
}
