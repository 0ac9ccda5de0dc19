//! Evidence: taken in, linked, looked at, verified, taken out.

use super::buyer::standing;
use super::{NAME_LIMIT, Outcome, TEXT_LIMIT, filled, known, remark};
use crate::{
    BuyerId, Command, Declined, Event, Exhibit, ExhibitId, ExhibitKind, ExhibitLink, Incident,
    NewExhibit, Refusal, State,
};
use std::collections::BTreeSet;

/// Exhibits that one entry about a check names: an entry has a size limit.
const VERIFIED_AT_ONCE: usize = 1_000;

pub(super) fn decide<S: State>(state: &S, command: Command) -> Outcome<S::Error> {
    match command {
        Command::AddExhibits { exhibits, links, purpose } => {
            let links = checked(state, links)?;
            let purpose = remark(purpose, "purpose")?;
            let add = |exhibit| added(state, exhibit, &links, purpose.clone());
            exhibits.into_iter().map(add).collect()
        }
        Command::LinkExhibit { exhibit, link, purpose } => {
            let of = present(state, exhibit)?;
            let link = check(state, link)?;
            if of.links.contains(&link) {
                return Ok(Vec::new());
            }
            // What is tied to an incident no longer counts for the buyer alone.
            let links = of.links.iter().chain([&link]).cloned().collect();
            keeps_what_rests_on_it(state, &of, &Exhibit { links, ..of.clone() })?;
            Ok(vec![Event::ExhibitLinked { exhibit, link, purpose: remark(purpose, "purpose")? }])
        }
        Command::UnlinkExhibit { exhibit, link, purpose } => {
            let of = present(state, exhibit)?;
            if !of.links.contains(&link) {
                return Ok(Vec::new());
            }
            let links = of.links.iter().filter(|kept| **kept != link).cloned().collect();
            let after = Exhibit { links, ..of.clone() };
            keeps_what_rests_on_it(state, &of, &after)?;
            Ok(vec![Event::ExhibitUnlinked { exhibit, link, purpose: remark(purpose, "purpose")? }])
        }
        Command::AnnotateExhibit { exhibit, text, purpose } => {
            present(state, exhibit)?;
            let text = filled(text, "text", TEXT_LIMIT)?;
            Ok(vec![Event::ExhibitAnnotated {
                exhibit,
                text,
                purpose: remark(purpose, "purpose")?,
            }])
        }
        Command::ChangeExhibitKind { exhibit, kind, purpose } => {
            let of = present(state, exhibit)?;
            if of.kind == kind {
                return Ok(Vec::new());
            }
            keeps_what_rests_on_it(state, &of, &Exhibit { kind, ..of.clone() })?;
            Ok(vec![Event::ExhibitKindChanged {
                exhibit,
                exhibit_kind: kind,
                purpose: remark(purpose, "purpose")?,
            }])
        }
        Command::RecordExhibitView { exhibit, purpose } => {
            present(state, exhibit)?;
            Ok(vec![Event::ExhibitViewed { exhibit, purpose: remark(purpose, "purpose")? }])
        }
        Command::RecordExhibitExport { exhibit, purpose } => {
            present(state, exhibit)?;
            Ok(vec![Event::ExhibitExported { exhibit, purpose: remark(purpose, "purpose")? }])
        }
        Command::RecordExhibitsVerified { intact, damaged, purpose } => {
            for exhibit in intact.iter().chain(damaged.iter().map(|(exhibit, _)| exhibit)) {
                present(state, *exhibit)?;
            }
            let intact = intact.chunks(VERIFIED_AT_ONCE).map(|some| (some.to_vec(), Vec::new()));
            let damaged = damaged.chunks(VERIFIED_AT_ONCE).map(|some| (Vec::new(), some.to_vec()));
            let event = |(intact, damaged)| Event::ExhibitsVerified {
                intact,
                damaged,
                purpose: purpose.clone(),
            };
            Ok(intact.chain(damaged).map(event).collect())
        }
        Command::RemoveExhibit { exhibit, reason } => {
            let of = present(state, exhibit)?;
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            keeps_what_rests_on_it(state, &of, &without_links(&of))?;
            keeps_what_was_made_from_it(state, exhibit)?;
            Ok(vec![Event::ExhibitRemoved { exhibit, reason }])
        }
        // `super::decide` sends no other command here.
        _ => Ok(Vec::new()),
    }
}

/// The exhibit, unless it was taken out.
fn present<S: State>(state: &S, id: ExhibitId) -> Result<Exhibit, Declined<S::Error>> {
    let found = state.exhibit(id).map_err(Declined::Unreadable)?;
    let found = found.ok_or(Refusal::UnknownExhibit)?;
    if found.removed.is_some() { Err(Refusal::ExhibitRemoved.into()) } else { Ok(found) }
}

fn checked<S: State>(
    state: &S,
    links: Vec<ExhibitLink>,
) -> Result<Vec<ExhibitLink>, Declined<S::Error>> {
    links.into_iter().map(|link| check(state, link)).collect()
}

/// The link, if what it names is there. An order need not be stored.
fn check<S: State>(state: &S, link: ExhibitLink) -> Result<ExhibitLink, Declined<S::Error>> {
    match link {
        ExhibitLink::Buyer { buyer } => {
            known(state.buyer_status(buyer), "buyer")?;
            Ok(ExhibitLink::Buyer { buyer: state.holder(buyer).map_err(Declined::Unreadable)? })
        }
        ExhibitLink::Incident { buyer, incident } => {
            let whole = known(state.buyer(buyer), "buyer")?;
            standing(&whole, incident)?;
            // It stays with whom the incident is of, should a merge be taken back.
            Ok(ExhibitLink::Incident { buyer: whole.owner_of_incident(incident), incident })
        }
        ExhibitLink::Order { order_id } => {
            let order_id = crate::order_id(&order_id);
            Ok(ExhibitLink::Order { order_id: filled(order_id, "order_id", NAME_LIMIT)? })
        }
    }
}

/// The event that takes evidence in. `links` and `purpose` were checked.
pub(super) fn added<S: State>(
    state: &S,
    new: NewExhibit,
    links: &[ExhibitLink],
    purpose: Option<String>,
) -> Result<Event, Declined<S::Error>> {
    let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if new.sha256.len() != 64 || !new.sha256.bytes().all(is_hex) {
        return Err(Refusal::MalformedHash.into());
    }
    if let Some(source) = new.derived_from {
        present(state, source)?;
    }
    let own = checked(state, new.links)?;
    let links: BTreeSet<ExhibitLink> = links.iter().cloned().chain(own).collect();
    Ok(Event::ExhibitAdded {
        exhibit: new.id,
        exhibit_kind: new.kind,
        name: filled(new.name, "name", NAME_LIMIT)?,
        sha256: new.sha256,
        bytes: new.bytes,
        media_type: filled(new.media_type, "media_type", NAME_LIMIT)?,
        captured_at: new.captured_at,
        captured_offset: new.captured_offset,
        blob: new.blob,
        derived_from: new.derived_from,
        links: links.into_iter().collect(),
        purpose,
    })
}

/// The exhibit as if it belonged to nothing.
fn without_links(of: &Exhibit) -> Exhibit {
    Exhibit { links: Vec::new(), ..of.clone() }
}

/// Refuses when an exhibit counts for a listing in force, or one that waits, and no longer would.
fn keeps_what_rests_on_it<S: State>(
    state: &S,
    before: &Exhibit,
    after: &Exhibit,
) -> Result<(), Declined<S::Error>> {
    if is_held(state, before, after)? { Err(Refusal::ExhibitHeld.into()) } else { Ok(()) }
}

/// Refuses when a listing rests on what was made from an exhibit: a blackened copy proves only as much
/// as what it was made from.
fn keeps_what_was_made_from_it<S: State>(
    state: &S,
    source: ExhibitId,
) -> Result<(), Declined<S::Error>> {
    let mut seen = BTreeSet::from([source]);
    let mut sources = vec![source];
    while let Some(source) = sources.pop() {
        for id in state.exhibits_derived_from(source).map_err(Declined::Unreadable)? {
            if !seen.insert(id) {
                continue;
            }
            sources.push(id);
            let Some(copy) = state.exhibit(id).map_err(Declined::Unreadable)? else { continue };
            if is_held(state, &copy, &without_links(&copy))? {
                return Err(Refusal::SourceHeld.into());
            }
        }
    }
    Ok(())
}

/// Whether an exhibit counts for a listing in force, or one that waits, and no longer would.
fn is_held<S: State>(
    state: &S,
    before: &Exhibit,
    after: &Exhibit,
) -> Result<bool, Declined<S::Error>> {
    let mut buyers: BTreeSet<BuyerId> = BTreeSet::new();
    for link in &before.links {
        match link {
            ExhibitLink::Buyer { buyer } | ExhibitLink::Incident { buyer, .. } => {
                buyers.insert(*buyer);
            }
            ExhibitLink::Order { order_id } => {
                buyers.extend(state.buyers_citing(order_id).map_err(Declined::Unreadable)?);
            }
        }
    }
    for id in buyers {
        let Some(buyer) = state.buyer(id).map_err(Declined::Unreadable)? else { continue };
        for (_, listing) in buyer.every_listing().filter(|(_, listing)| listing.is_open()) {
            let rests_on: Vec<&Incident> = buyer
                .incidents
                .iter()
                .filter(|incident| listing.incidents.contains(&incident.id))
                .collect();
            if !buyer.is_shown_by(before, &rests_on) {
                continue;
            }
            let pinned = state.clause_at(&listing.clause, listing.criterion_version);
            let criterion = pinned.map_err(Declined::Unreadable)?;
            let required = criterion.as_ref().and_then(|of| of.clause(&listing.clause));
            let required = required.map_or(&ExhibitKind::ALL[..], |rule| &rule.required_exhibits);
            let no_longer =
                |kind: &ExhibitKind| before.kind.satisfies(*kind) && !after.kind.satisfies(*kind);
            if !buyer.is_shown_by(after, &rests_on) || required.iter().any(no_longer) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
