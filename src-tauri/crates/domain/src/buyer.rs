//! A buyer with all that is recorded about them.

use crate::{
    BuyerId, Exhibit, Identifier, Incident, Listing, ListingState, NoteId, PersonId, Timestamp,
};
use serde::{Deserialize, Serialize};

/// How the shop stands to a buyer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum BuyerStatus {
    /// Recorded; no clause is met.
    Watching,
    /// A person decided that a clause is met.
    Listed,
    /// No longer listed; kept for the record.
    Cleared,
}

impl BuyerStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Watching, Self::Listed, Self::Cleared];

    /// The stable name used in storage, on the command line and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Watching => "watching",
            Self::Listed => "listed",
            Self::Cleared => "cleared",
        }
    }

    /// The status with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// A remark about a buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its identity.
    pub id: NoteId,
    /// The remark.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub by: PersonId,
}

/// A person or household behind one or more identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// Its identity.
    pub id: BuyerId,
    /// How the shop stands to them.
    pub status: BuyerStatus,
    /// What ties orders to them. Removed ones are left out.
    pub identifiers: Vec<Identifier>,
    /// What they did, oldest first.
    pub incidents: Vec<Incident>,
    /// Evidence, oldest first.
    pub exhibits: Vec<Exhibit>,
    /// Remarks, oldest first.
    pub notes: Vec<Note>,
    /// The newest listing, whatever its state.
    pub listing: Option<Listing>,
    /// When they were recorded.
    pub added_at: Timestamp,
    /// Who recorded them.
    pub added_by: PersonId,
}

impl Buyer {
    /// The listing that is in force or waits for a second person.
    #[must_use]
    pub fn open_listing(&self) -> Option<&Listing> {
        self.listing.as_ref().filter(|listing| {
            matches!(listing.state, ListingState::Active | ListingState::AwaitingApproval)
        })
    }

    /// Whether an incident that still counts names this order: the team already knows of it.
    #[must_use]
    pub fn cites_order(&self, order_id: &str) -> bool {
        self.incidents.iter().any(|incident| incident.cites_order(order_id))
    }
}
