//! Remembered decisions that keep honest buyers out of alerts.

use crate::{
    Buyer, BuyerId, IdentifierId, IdentifierKind, PersonId, Reason, ReasonField, ReasonNote,
    Timestamp, Token, TrustId,
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

/// "Not this buyer": a decision on one pair. It silences that pair and no other, until it ends or a
/// person takes it back. A match that rests on another exact identifier than those that tied the two
/// when it was decided is told all the same: whoever decided did not see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairDecision {
    /// The buyer.
    pub buyer: BuyerId,
    /// The identity that was seen.
    pub identity: Token,
    /// Why; decisions of earlier programs may not say.
    pub reason: Option<String>,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonId,
    /// The exact identifiers that tied the two when it was decided; earlier programs did not keep
    /// them.
    #[serde(default)]
    pub ties: Option<Vec<IdentifierId>>,
    /// When it ends by itself; without it, it holds until a person takes it back.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

impl PairDecision {
    /// Whether it still silences at this moment.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    /// Whether a match with the buyer, by its reasons, rests on an exact identifier that was not
    /// before whoever decided: one that the buyer gained since, be it from somebody who was merged
    /// with them, or one that the order which was judged did not carry.
    #[must_use]
    pub fn is_outdone(&self, buyer: &Buyer, reasons: &[Reason]) -> bool {
        exact_ties(reasons).any(|id| !self.knows(buyer, id))
    }

    /// Whether the identifier was before whoever decided.
    #[must_use]
    pub fn knows(&self, buyer: &Buyer, id: IdentifierId) -> bool {
        match &self.ties {
            Some(known) => known.contains(&id),
            // All that is left to go by is what the buyer carried at that time.
            None => !self.is_gained(buyer, id),
        }
    }

    /// Whether the buyer carries the identifier only since the decision.
    fn is_gained(&self, buyer: &Buyer, id: IdentifierId) -> bool {
        let later = || buyer.one_since(buyer.owner_of_identifier(id), self.buyer);
        buyer.identifiers.iter().any(|of| {
            of.id == id && (of.added_at > self.at || later().is_some_and(|since| since > self.at))
        })
    }
}

/// The buyer's identifiers that agree exactly, as they stand in an argument.
pub fn exact_ties(reasons: &[Reason]) -> impl Iterator<Item = IdentifierId> + '_ {
    reasons.iter().filter(|reason| reason.note == ReasonNote::Exact).filter_map(tie)
}

/// The buyer's exact identifiers on which an argument rests, each once, in the order of their
/// identities.
#[must_use]
pub fn ties(reasons: &[Reason]) -> Vec<IdentifierId> {
    let mut ties: Vec<_> = reasons.iter().filter_map(tie).collect();
    ties.sort_unstable();
    ties.dedup();
    ties
}

/// The exact identifier that speaks for a match in this line.
fn tie(reason: &Reason) -> Option<IdentifierId> {
    use ReasonField as F;
    let exact =
        matches!(reason.field, F::Alias | F::MarketplaceId | F::Phone | F::UserName | F::OrderId);
    reason.identifier.filter(|_| exact && reason.weight > 0.0)
}
