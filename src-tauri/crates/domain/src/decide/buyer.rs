//! Buyers, identifiers, notes, incidents.

use super::{NAME_LIMIT, Outcome, Stamp, TEXT_LIMIT, VALUE_LIMIT, filled, known, remark};
use crate::{
    Buyer, BuyerId, Command, Declined, Event, ExhibitLink, Incident, IncidentId, NewIdentifier,
    Purpose, Refusal, State, Timestamp, order_id,
};

/// How far a clock may run ahead before an incident counts as lying in the future.
const CLOCK_SLACK_MS: i64 = 5 * 60 * 1000;

pub(super) fn decide<S: State>(state: &S, command: Command, stamp: Stamp) -> Outcome<S::Error> {
    match command {
        Command::AddBuyer { buyer, identifiers, note } => {
            if identifiers.is_empty() {
                return Err(Refusal::NoIdentifier.into());
            }
            let mut events = vec![Event::BuyerAdded { buyer }];
            for identifier in identifiers {
                let event = identifier_added(buyer, identifier)?;
                if events.iter().any(|seen| same_identifier(seen, &event)) {
                    return Err(Refusal::IdentifierExists.into());
                }
                events.push(event);
            }
            if let Some((note, text)) = note {
                let text = filled(text, "note", TEXT_LIMIT)?;
                events.push(Event::NoteAdded { buyer, note, text });
            }
            Ok(events)
        }
        Command::AddIdentifier { buyer, identifier } => {
            let known_buyer = known(state.buyer(buyer), "buyer")?;
            let NewIdentifier { kind, value, .. } = &identifier;
            if known_buyer.identifiers.iter().any(|i| i.kind == *kind && i.value == value.trim()) {
                return Err(Refusal::IdentifierExists.into());
            }
            Ok(vec![identifier_added(buyer, identifier)?])
        }
        Command::RemoveIdentifier { buyer, identifier, reason } => {
            let known_buyer = known(state.buyer(buyer), "buyer")?;
            carried(&known_buyer, identifier)?;
            let buyer = known_buyer.owner_of_identifier(identifier);
            let own = known_buyer.identifiers.iter();
            if own.filter(|of| known_buyer.owner_of_identifier(of.id) == buyer).count() == 1 {
                return Err(Refusal::LastIdentifier.into());
            }
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            Ok(vec![Event::IdentifierRemoved { buyer, identifier, reason }])
        }
        Command::MarkShared { buyer, identifier, shared } => {
            let known_buyer = known(state.buyer(buyer), "buyer")?;
            if carried(&known_buyer, identifier)?.shared == shared {
                return Ok(Vec::new());
            }
            let buyer = known_buyer.owner_of_identifier(identifier);
            Ok(vec![Event::IdentifierShared { buyer, identifier, shared }])
        }
        Command::AddNote { buyer, note, text } => {
            known(state.buyer_status(buyer), "buyer")?;
            Ok(vec![Event::NoteAdded { buyer, note, text: filled(text, "note", TEXT_LIMIT)? }])
        }
        Command::AddIncident {
            buyer,
            incident,
            clause,
            at,
            orders,
            text,
            buyer_version,
            exhibits,
        } => {
            known(state.buyer_status(buyer), "buyer")?;
            let criterion = state
                .criterion_of_clause(&clause)
                .map_err(Declined::Unreadable)?
                .ok_or_else(|| Refusal::UnknownClause(clause.clone()))?;
            if at > Timestamp::from_millis(stamp.at.millis().saturating_add(CLOCK_SLACK_MS)) {
                return Err(Refusal::InFuture.into());
            }
            let mut named = Vec::with_capacity(orders.len());
            for order in orders {
                let order = filled(order_id(&order), "order_id", NAME_LIMIT)?;
                if !named.contains(&order) {
                    named.push(order);
                }
            }
            let mut events = vec![Event::IncidentAdded {
                buyer,
                incident,
                clause,
                criterion_version: criterion.version,
                at,
                orders: named,
                text: filled(text, "text", TEXT_LIMIT)?,
                buyer_version: remark(buyer_version, "buyer_version")?,
            }];
            let link = ExhibitLink::Incident { buyer, incident };
            for exhibit in exhibits {
                events.push(super::exhibit::added(
                    state,
                    exhibit,
                    std::slice::from_ref(&link),
                    Some(Purpose::Incident.code().to_owned()),
                )?);
            }
            Ok(events)
        }
        Command::WithdrawIncident { buyer, incident, reason } => {
            let known_buyer = known(state.buyer(buyer), "buyer")?;
            standing(&known_buyer, incident)?;
            // One that waits for a second person, too: they confirm what was proposed.
            let mut open = known_buyer.every_listing().filter(|(_, listing)| listing.is_open());
            if open.any(|(_, listing)| listing.incidents.contains(&incident)) {
                return Err(Refusal::ListingRestsOnIt.into());
            }
            let buyer = known_buyer.owner_of_incident(incident);
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            Ok(vec![Event::IncidentWithdrawn { buyer, incident, reason }])
        }
        Command::RecordReveal { buyer, order_id } => {
            known(state.buyer_status(buyer), "buyer")?;
            Ok(vec![Event::ValuesRevealed { buyer, order_id }])
        }
        // `super::decide` sends no other command here.
        _ => Ok(Vec::new()),
    }
}

fn carried(buyer: &Buyer, id: crate::IdentifierId) -> Result<&crate::Identifier, Refusal> {
    buyer.identifiers.iter().find(|i| i.id == id).ok_or(Refusal::NotFound("identifier"))
}

pub(super) fn standing(buyer: &Buyer, id: IncidentId) -> Result<&Incident, Refusal> {
    buyer
        .incidents
        .iter()
        .find(|incident| incident.id == id && incident.withdrawn.is_none())
        .ok_or(Refusal::NotFound("incident"))
}

fn identifier_added(buyer: BuyerId, new: NewIdentifier) -> Result<Event, Refusal> {
    let value = filled(new.value, "value", VALUE_LIMIT)?;
    Ok(Event::IdentifierAdded { buyer, identifier: new.id, kind: new.kind, value })
}

fn same_identifier(a: &Event, b: &Event) -> bool {
    match (a, b) {
        (
            Event::IdentifierAdded { kind: ka, value: va, .. },
            Event::IdentifierAdded { kind: kb, value: vb, .. },
        ) => ka == kb && va == vb,
        _ => false,
    }
}
