//! A buyer with all that is recorded about them.

use crate::{
    BuyerId, Exhibit, Identifier, IdentifierId, Incident, IncidentId, Listing, ListingId,
    MergedBuyer, NoteId, PersonId, Timestamp,
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
    /// The newest listing, whatever its state. Of several people merged into one, the strictest.
    pub listing: Option<Listing>,
    /// When they were recorded.
    pub added_at: Timestamp,
    /// Who recorded them.
    pub added_by: PersonId,
    /// Buyers who were merged into this one, in the order in which that was decided. What belongs to
    /// them stands in this record, too.
    pub merged: Vec<MergedBuyer>,
    /// The newest listing of each of them and of this one alone, with whose it is; empty while nobody
    /// was merged into this one.
    pub listings: Vec<(BuyerId, Listing)>,
}

impl Buyer {
    /// The listing that is in force or waits for a second person.
    #[must_use]
    pub fn open_listing(&self) -> Option<&Listing> {
        self.listing.as_ref().filter(|listing| listing.is_open())
    }

    /// The newest listing of everybody in this record, with whose it is.
    pub fn every_listing(&self) -> impl Iterator<Item = (BuyerId, &Listing)> {
        let alone = self.listing.as_ref().filter(|_| self.listings.is_empty());
        let each = self.listings.iter().map(|(owner, listing)| (*owner, listing));
        alone.map(|listing| (self.id, listing)).into_iter().chain(each)
    }

    /// Whose identifier it is by itself.
    #[must_use]
    pub fn owner_of_identifier(&self, id: IdentifierId) -> BuyerId {
        let owner = self.merged.iter().find(|merged| merged.identifiers.contains(&id));
        owner.map_or(self.id, |owner| owner.id)
    }

    /// Whose incident it is by itself.
    #[must_use]
    pub fn owner_of_incident(&self, id: IncidentId) -> BuyerId {
        let owner = self.merged.iter().find(|merged| merged.incidents.contains(&id));
        owner.map_or(self.id, |owner| owner.id)
    }

    /// Whose listing it is by itself.
    #[must_use]
    pub fn owner_of_listing(&self, id: ListingId) -> BuyerId {
        let owner = self.every_listing().find(|(_, listing)| listing.id == id);
        owner.map_or(self.id, |(owner, _)| owner)
    }

    /// Whether an exhibit counts as evidence where this buyer is held against these incidents.
    #[must_use]
    pub fn is_shown_by(&self, exhibit: &Exhibit, incidents: &[&Incident]) -> bool {
        let mut people = self.merged.iter().map(|merged| merged.id).chain([self.id]);
        people.any(|person| exhibit.counts_for(person, incidents))
    }

    /// Whether an incident that still counts names this order: the team already knows of it.
    #[must_use]
    pub fn cites_order(&self, order_id: &str) -> bool {
        self.incidents.iter().any(|incident| incident.cites_order(order_id))
    }
}
