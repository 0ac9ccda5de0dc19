//! Listing, second person, clearing.

use super::{Outcome, Stamp, TEXT_LIMIT, filled, known};
use crate::{Alert, Buyer, Command, Declined, Event, Gate, Listing, ListingState, Refusal, State};

pub(super) fn decide<S: State>(state: &S, command: Command, stamp: Stamp) -> Outcome<S::Error> {
    match command {
        Command::AddListing { buyer, listing, clause } => {
            let known_buyer = known(state.buyer(buyer), "buyer")?;
            if known_buyer.open_listing().is_some() {
                return Err(Refusal::AlreadyListed.into());
            }
            let gate = met(state, &known_buyer, &clause)?;
            let policy = state.policy().map_err(Declined::Unreadable)?;
            Ok(vec![Event::ListingAdded {
                buyer,
                listing,
                clause,
                criterion_version: gate.criterion_version,
                incidents: gate.counted,
                review_due: stamp.at.plus_days(i64::from(policy.review_days)),
                awaiting_approval: policy.second_person,
            }])
        }
        Command::ApproveListing { buyer } => {
            let known_buyer = known(state.buyer(buyer), "buyer")?;
            let listing = in_state(&known_buyer, ListingState::AwaitingApproval)?;
            second_person(state, listing, stamp)?;
            still_met(state, &known_buyer, listing)?;
            let buyer = known_buyer.owner_of_listing(listing.id);
            Ok(vec![Event::ListingApproved { buyer, listing: listing.id }])
        }
        Command::DeclineListing { buyer, reason } => {
            let known_buyer = known(state.buyer(buyer), "buyer")?;
            let listing = in_state(&known_buyer, ListingState::AwaitingApproval)?.id;
            let buyer = known_buyer.owner_of_listing(listing);
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            Ok(vec![Event::ListingDeclined { buyer, listing, reason }])
        }
        Command::ClearListing { buyer, reason } => {
            let known_buyer = known(state.buyer(buyer), "buyer")?;
            in_state(&known_buyer, ListingState::Active)?;
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            // Nobody is to act any more on what was raised because of the listing.
            let alerts = super::alert::alerts_of(state, buyer)?.into_iter();
            let open = alerts.filter(|alert| !alert.state.is_closed());
            let dismissed = |alert: Alert| Event::AlertDismissed {
                alert: alert.id,
                note: Some(reason.clone()),
            };
            let mut events: Vec<Event> = open.map(dismissed).collect();
            // Of people who were merged, every listing that is in force: whoever clears clears them all.
            let active =
                known_buyer.every_listing().filter(|(_, of)| of.state == ListingState::Active);
            events.extend(active.map(|(owner, listing)| Event::ListingCleared {
                buyer: owner,
                listing: listing.id,
                reason: reason.clone(),
            }));
            Ok(events)
        }
        // `super::decide` sends no other command here.
        _ => Ok(Vec::new()),
    }
}

fn in_state(buyer: &Buyer, wanted: ListingState) -> Result<&Listing, Refusal> {
    buyer.listing.as_ref().filter(|l| l.state == wanted).ok_or(Refusal::NotListed)
}

/// The gate of a clause that is met with its evidence there.
fn met<S: State>(state: &S, buyer: &Buyer, clause: &str) -> Result<Gate, Declined<S::Error>> {
    let criterion = state.criterion_of_clause(clause).map_err(Declined::Unreadable)?;
    let (criterion, rule) = criterion
        .as_ref()
        .and_then(|criterion| Some((criterion, criterion.clause(clause)?)))
        .ok_or_else(|| Refusal::UnknownClause(clause.to_owned()))?;
    let gate = Gate::new(buyer, criterion, rule);
    if !gate.clause_met() {
        return Err(Refusal::ClauseNotMet(Box::new(gate)).into());
    }
    if !gate.met() {
        return Err(Refusal::ExhibitsMissing(Box::new(gate)).into());
    }
    Ok(gate)
}

/// What a second person confirms is what was proposed: those incidents under that version. Other
/// incidents do not make up for one that is gone, and a newer version does not count yet.
fn still_met<S: State>(
    state: &S,
    buyer: &Buyer,
    listing: &Listing,
) -> Result<(), Declined<S::Error>> {
    let pinned = state.clause_at(&listing.clause, listing.criterion_version);
    let criterion = pinned.map_err(Declined::Unreadable)?;
    let rule = criterion.as_ref().and_then(|of| Some((of, of.clause(&listing.clause)?)));
    let mut proposed = buyer.clone();
    proposed.incidents.retain(|of| of.withdrawn.is_none() && listing.incidents.contains(&of.id));
    let all_stand = proposed.incidents.len() == listing.incidents.len();
    match rule {
        Some((criterion, rule)) if all_stand && Gate::new(&proposed, criterion, rule).met() => {
            Ok(())
        }
        _ => Err(Refusal::ProposalOutdated.into()),
    }
}

/// The proposer cannot confirm, and an agent cannot either.
fn second_person<S: State>(
    state: &S,
    listing: &Listing,
    stamp: Stamp,
) -> Result<(), Declined<S::Error>> {
    if listing.listed_by == stamp.actor {
        return Err(Refusal::SamePerson.into());
    }
    super::space::may_lead(state, stamp)
}
