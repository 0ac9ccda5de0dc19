//! Remembered decisions that keep honest buyers out of alerts.

use crate::{
    Buyer, BuyerId, IdentifierKind, PersonId, Reason, ReasonNote, Timestamp, Token, TrustId,
};
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
    /// When it ends by itself; without it, it holds until a person takes it back.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

impl Trust {
    /// Whether it still silences at this moment.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// "Not this buyer": a decision on one pair. It silences that pair and no other, until a person
/// takes it back. Only a match that rests on an exact identifier which the buyer gained afterwards
/// is told all the same: whoever decided did not know of it.
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

impl PairDecision {
    /// Whether a match with the buyer, by its reasons, rests on an exact identifier that was added
    /// after the decision. What another one carries who was merged with the buyer after it was not
    /// known to whoever decided either.
    #[must_use]
    pub fn is_outdone(&self, buyer: &Buyer, reasons: &[Reason]) -> bool {
        let gained = |id| {
            let mut identifiers = buyer.identifiers.iter();
            let later = || buyer.one_since(buyer.owner_of_identifier(id), self.buyer);
            identifiers.any(|of| {
                of.id == id
                    && of.kind.is_exact()
                    && (of.added_at > self.at || later().is_some_and(|since| since > self.at))
            })
        };
        reasons.iter().any(|reason| {
            reason.note == ReasonNote::Exact
                && reason.weight > 0.0
                && reason.identifier.is_some_and(gained)
        })
    }
}
