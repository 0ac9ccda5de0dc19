//! Several records of one person, told to be one.
//!
//! A merged buyer becomes another name for the one they were merged into: nothing is rewritten. What
//! belongs to them stays under their own identity, and whoever reads the other one reads both. So
//! taking a merge back restores exactly what was, the journal keeps who recorded what about whom, and
//! two devices may decide in any order. What is recorded after the merge is recorded on the one that
//! stayed, and stays there.

use crate::{Buyer, BuyerId, BuyerStatus, IdentifierId, IncidentId, Listing, ListingState};
use crate::{PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// The decision that two records are of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// Whose other name it became.
    pub into: BuyerId,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonId,
    /// Why.
    pub reason: Option<String>,
}

/// A buyer within the record of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedBuyer {
    /// Their identity.
    pub id: BuyerId,
    /// The decision.
    pub merge: Merge,
    /// How the shop stood to them alone.
    pub status: BuyerStatus,
    /// Which identifiers of the record are theirs.
    pub identifiers: Vec<IdentifierId>,
    /// Which incidents of the record are theirs.
    pub incidents: Vec<IncidentId>,
}

impl BuyerStatus {
    /// The status of several people who are one: listed if one of them is, else cleared if one is.
    #[must_use]
    pub fn of_all(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        let rank = |status: &Self| match status {
            Self::Watching => 0,
            Self::Cleared => 1,
            Self::Listed => 2,
        };
        all.into_iter().max_by_key(rank)
    }
}

impl Listing {
    /// The one that holds for several people who are one: a listing in force before one that waits,
    /// and that before one that ended; of equals the newest.
    #[must_use]
    pub fn strictest(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        let rank = |state: ListingState| match state {
            ListingState::Declined => 0,
            ListingState::Cleared => 1,
            ListingState::AwaitingApproval => 2,
            ListingState::Active => 3,
        };
        all.into_iter().max_by_key(|listing| (rank(listing.state), listing.listed_at, listing.id))
    }
}

impl Buyer {
    /// This record together with those of the buyers who were merged into it, in the order in which
    /// that was decided. Their own names come after those of this one.
    #[must_use]
    pub fn with_merged(mut self, others: Vec<(Merge, Self)>) -> Self {
        if others.is_empty() {
            return self;
        }
        self.listings.extend(self.listing.take().map(|listing| (self.id, listing)));
        for (merge, other) in others {
            self.merged.push(MergedBuyer {
                id: other.id,
                merge,
                status: other.status,
                identifiers: other.identifiers.iter().map(|of| of.id).collect(),
                incidents: other.incidents.iter().map(|of| of.id).collect(),
            });
            self.listings.extend(other.listing.map(|listing| (other.id, listing)));
            self.identifiers.extend(other.identifiers);
            self.incidents.extend(other.incidents);
            self.notes.extend(other.notes);
            let known: Vec<_> = self.exhibits.iter().map(|exhibit| exhibit.id).collect();
            self.exhibits.extend(other.exhibits.into_iter().filter(|of| !known.contains(&of.id)));
        }
        self.incidents.sort_by_key(|of| of.reported_at);
        self.notes.sort_by_key(|of| of.at);
        self.exhibits.sort_by_key(|of| of.added_at);
        let each = self.merged.iter().map(|merged| merged.status).chain([self.status]);
        self.status = BuyerStatus::of_all(each).unwrap_or(self.status);
        self.listing = Listing::strictest(self.listings.iter().map(|(_, listing)| listing.clone()));
        self
    }

    /// Those of this record who go when the merge of a buyer is taken back: the buyer, and everybody
    /// who was merged into them.
    #[must_use]
    pub fn leaving_with(&self, buyer: BuyerId) -> Vec<BuyerId> {
        let leaves = |of: &&MergedBuyer| self.path(of.id).any(|on_it| on_it.id == buyer);
        self.merged.iter().filter(leaves).map(|of| of.id).collect()
    }

    /// When two people of this record became one; `None` if they always were.
    #[must_use]
    pub fn one_since(&self, one: BuyerId, other: BuyerId) -> Option<Timestamp> {
        let apart = |of: BuyerId, from: BuyerId| {
            self.path(of).filter(move |on_it| !self.path(from).any(|shared| shared.id == on_it.id))
        };
        apart(one, other).chain(apart(other, one)).map(|of| of.merge.at).max()
    }

    /// From a merged buyer to this one, by the merges between.
    fn path(&self, from: BuyerId) -> impl Iterator<Item = &MergedBuyer> {
        let find = |id: BuyerId| self.merged.iter().find(move |of| of.id == id);
        // No longer than there are merges, should two devices have merged in a circle.
        std::iter::successors(find(from), move |of| find(of.merge.into)).take(self.merged.len())
    }
}

/// The one whom each merged buyer is read as, from who was merged into whom. Two devices may have
/// merged in a circle; then the smallest identity stays.
#[must_use]
pub fn holder(buyer: BuyerId, into: impl Fn(BuyerId) -> Option<BuyerId>) -> BuyerId {
    let mut seen = vec![buyer];
    let mut at = buyer;
    while let Some(next) = into(at) {
        if let Some(start) = seen.iter().position(|of| *of == next) {
            return seen.iter().skip(start).min().copied().unwrap_or(next);
        }
        seen.push(next);
        at = next;
    }
    at
}
