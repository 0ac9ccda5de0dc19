//! Lists a buyer.

use super::{
    gate::{AskGate, view},
    shown,
};
use crate::{
    ApiError, Open,
    people::shown::Team,
    view::{GateView, ListingView},
};
use buyerwatch_domain::{Command, ListingId, Refusal};
use serde::Serialize;
use ts_rs::TS;

/// The listing as made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AddedListing {
    /// The listing.
    pub listing: ListingView,
    /// On what it rests.
    pub gate: GateView,
}

pub(crate) fn run(open: &Open, request: AskGate) -> Result<AddedListing, ApiError> {
    let AskGate { buyer_id, clause } = request;
    let listing = open.draw(ListingId::from_bytes)?;
    open.execute(Command::AddListing { buyer: buyer_id, listing, clause: clause.clone() })?;
    let made = open.read(|read| {
        let team = Team::read(read)?;
        Ok(read.listing(listing)?.map(|made| shown::listing(&made, &team)))
    })?;
    Ok(AddedListing {
        listing: made.ok_or(Refusal::NotFound("listing"))?,
        gate: view(open, buyer_id, &clause)?,
    })
}
