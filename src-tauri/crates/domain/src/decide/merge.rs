//! Merging buyers, and telling them apart.

use super::{Outcome, Stamp, TEXT_LIMIT, filled, known, remark};
use crate::{Buyer, BuyerId, BuyerStatus, Command, Declined, Event, ListingState, Refusal, State};

pub(super) fn decide<S: State>(state: &S, command: Command, stamp: Stamp) -> Outcome<S::Error> {
    let holder = |buyer| state.holder(buyer).map_err(Declined::Unreadable);
    match command {
        Command::MergeBuyers { into, from, reason } => {
            let stays = known(state.buyer(into), "buyer")?;
            let goes = known(state.buyer(from), "buyer")?;
            if stays.id == goes.id {
                return Err(match from == into || goes.id == from {
                    true => Refusal::SameBuyer.into(),
                    false => Refusal::AlreadyMerged.into(),
                });
            }
            if goes.id != from {
                return Err(Refusal::AlreadyMerged.into());
            }
            may_merge(state, &stays, &goes, stamp)?;
            let reason = remark(reason, "reason")?;
            Ok(vec![Event::BuyersMerged { into: stays.id, from, reason }])
        }
        Command::UnmergeBuyers { buyer: from, reason } => {
            let whole = known(state.buyer(from), "buyer")?;
            let merged = whole.merged.iter().find(|merged| merged.id == from);
            let into = merged.ok_or(Refusal::NotMerged)?.merge.into;
            stands_alone(&whole, &whole.leaving_with(from))?;
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            Ok(vec![Event::BuyersUnmerged { into, from, reason }])
        }
        Command::TellBuyersApart { one, other, apart, reason } => {
            known(state.buyer_status(one), "buyer")?;
            known(state.buyer_status(other), "buyer")?;
            if holder(one)? == holder(other)? {
                return Err(Refusal::SameBuyer.into());
            }
            let before = state.told_apart(one, other).map_err(Declined::Unreadable)?;
            // Said again, it counts from now on: somebody looked anew.
            if !apart && !before {
                return Ok(Vec::new());
            }
            let reason = remark(reason, "reason")?;
            Ok(vec![Event::BuyersToldApart { one, other, apart, reason }])
        }
        // `super::decide` sends no other command here.
        _ => Ok(Vec::new()),
    }
}

/// A merge that brings somebody under a listing lists them. Where that takes two people, the one who
/// made the listing is the first, and whoever merges the second.
fn may_merge<S: State>(
    state: &S,
    stays: &Buyer,
    goes: &Buyer,
    stamp: Stamp,
) -> Result<(), Declined<S::Error>> {
    let waits = |of: &Buyer| {
        of.every_listing().any(|(_, listing)| listing.state == ListingState::AwaitingApproval)
    };
    if waits(stays) || waits(goes) {
        return Err(Refusal::ListingWaits.into());
    }
    let listed = [stays, goes].map(|of| of.status == BuyerStatus::Listed);
    let policy = state.policy().map_err(Declined::Unreadable)?;
    if !policy.second_person || listed[0] == listed[1] {
        return Ok(());
    }
    let listing = if listed[0] { &stays.listing } else { &goes.listing };
    if listing.as_ref().is_some_and(|listing| listing.listed_by == stamp.actor) {
        return Err(Refusal::SamePerson.into());
    }
    super::space::may_lead(state, stamp)
}

/// No listing of the ones may be left on incidents of the others.
fn stands_alone(whole: &Buyer, leaving: &[BuyerId]) -> Result<(), Refusal> {
    for (owner, listing) in whole.every_listing().filter(|(_, listing)| listing.is_open()) {
        let side = leaving.contains(&owner);
        let of_both = listing
            .incidents
            .iter()
            .any(|incident| leaving.contains(&whole.owner_of_incident(*incident)) != side);
        if of_both {
            return Err(Refusal::ListingRestsOnBoth);
        }
    }
    Ok(())
}
