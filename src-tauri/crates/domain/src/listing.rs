//! A person's decision that a clause is met.

use crate::{IncidentId, ListingId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a listing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ListingState {
    /// Proposed; a second person must confirm.
    AwaitingApproval,
    /// In force.
    Active,
    /// The second person declined.
    Declined,
    /// Ended, with a reason.
    Cleared,
}

impl ListingState {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AwaitingApproval => "awaiting_approval",
            Self::Active => "active",
            Self::Declined => "declined",
            Self::Cleared => "cleared",
        }
    }
}

/// One listing, with the version of the rule on which it rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Its identity.
    pub id: ListingId,
    /// Code of the clause that is met.
    pub clause: String,
    /// Version of the criterion, pinned.
    pub criterion_version: u32,
    /// Incidents on which it rests.
    pub incidents: Vec<IncidentId>,
    /// Where it stands.
    pub state: ListingState,
    /// When it was made.
    pub listed_at: Timestamp,
    /// Who made it.
    pub listed_by: PersonId,
    /// Who confirmed it as the second person.
    pub approved_by: Option<PersonId>,
    /// When it must be looked at again.
    pub review_due: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    pub ended_reason: Option<String>,
}

impl Listing {
    /// Whether it is in force or waits for a second person.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ListingState::Active | ListingState::AwaitingApproval)
    }
}
