//! Team, criteria, rules of the house, trusted identities.

use super::{NAME_LIMIT, Outcome, Stamp, TEXT_LIMIT, VALUE_LIMIT, filled, known};
use crate::{Command, Criterion, Declined, Event, Refusal, Role, State};

/// Longest list of phrases, in characters; the shipped ones have some ten thousand.
const LIST_LIMIT: usize = 200_000;
/// The version of the lists that come with the product.
const SHIPPED_PHRASES: u32 = 1;

pub(super) fn decide<S: State>(state: &S, command: Command, stamp: Stamp) -> Outcome<S::Error> {
    match command {
        Command::AddPerson { person, name, role } => {
            let name = filled(name, "name", NAME_LIMIT)?;
            // The first member adds themselves; nobody else may hand out more than they have.
            let known = state.person(stamp.actor).map_err(Declined::Unreadable)?;
            match role {
                _ if known.is_none() && person == stamp.actor => {}
                Role::Agent => {}
                Role::Lead => may_lead(state, stamp)?,
                Role::Owner => must_own(state, stamp)?,
            }
            Ok(vec![Event::PersonAdded { person, name, role }])
        }
        Command::PublishCriterion { criterion } => {
            check(&criterion)?;
            let newest = state.criterion_version(&criterion.code).map_err(Declined::Unreadable)?;
            if criterion.version != newest.saturating_add(1) {
                return Err(Refusal::WrongVersion(newest.saturating_add(1)).into());
            }
            Ok(vec![Event::CriterionPublished { criterion }])
        }
        Command::PublishPhrases { language, version, text } => {
            may_lead(state, stamp)?;
            let text = filled(text, "text", LIST_LIMIT)?;
            let next = state.phrases_version(&language).map_err(Declined::Unreadable)?;
            let next = next.max(SHIPPED_PHRASES).saturating_add(1);
            if version != next {
                return Err(Refusal::WrongVersion(next).into());
            }
            Ok(vec![Event::PhrasesPublished { language, version, text }])
        }
        Command::ChangePolicy { second_person, review_days, retention_days } => {
            must_own(state, stamp)?;
            let policy = state.policy().map_err(Declined::Unreadable)?;
            if review_days.is_some_and(|days| !(7..=365).contains(&days)) {
                return Err(Refusal::OutOfRange { field: "review_days", min: 7, max: 365 }.into());
            }
            if retention_days.is_some_and(|days| !(7..=365).contains(&days)) {
                let field = "retention_days";
                return Err(Refusal::OutOfRange { field, min: 7, max: 365 }.into());
            }
            let retention_days = retention_days.filter(|&wanted| wanted != policy.retention_days);
            let second_person = second_person.filter(|&wanted| wanted != policy.second_person);
            let review_days = review_days.filter(|&wanted| wanted != policy.review_days);
            if second_person.is_none() && review_days.is_none() && retention_days.is_none() {
                return Ok(Vec::new());
            }
            Ok(vec![Event::PolicyChanged { second_person, review_days, retention_days }])
        }
        Command::AcceptHead { lost, reason } => {
            may_lead(state, stamp)?;
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            Ok(vec![Event::HeadAccepted { lost, reason }])
        }
        Command::GrantTrust { trust, kind, value, reason, until } => {
            let value = filled(value, "value", VALUE_LIMIT)?;
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            if until.is_some_and(|until| until <= stamp.at) {
                return Err(Refusal::EndsInThePast.into());
            }
            let before = state.trust_of(kind, &value).map_err(Declined::Unreadable)?;
            let mut events = Vec::new();
            match before {
                Some(before) if before.holds(stamp.at) => {
                    return Err(Refusal::AlreadyTrusted.into());
                }
                // One that ran out makes room for its successor.
                Some(before) => {
                    events.push(Event::TrustRevoked { trust: before.id, reason: reason.clone() });
                }
                None => {}
            }
            events.push(Event::TrustGranted { trust, identifier_kind: kind, value, reason, until });
            Ok(events)
        }
        Command::RestorePair { buyer, identity, reason } => {
            let pair = known(state.pair(buyer, identity), "pair")?;
            let reason = Some(filled(reason, "reason", TEXT_LIMIT)?);
            let restored = |buyer| Event::PairRestored { buyer, identity, reason: reason.clone() };
            let mut events = vec![restored(pair.buyer)];
            // Of people who were merged several may have one: it is taken back for all of them.
            let whole = state.buyer(buyer).map_err(Declined::Unreadable)?;
            if let Some(whole) = whole.filter(|whole| whole.id == buyer && !whole.merged.is_empty())
            {
                for other in whole.merged.iter().map(|of| of.id).filter(|of| *of != pair.buyer) {
                    let own = state.pair(other, identity).map_err(Declined::Unreadable)?;
                    events.extend(own.map(|own| restored(own.buyer)));
                }
                events.extend((pair.buyer != buyer).then(|| restored(buyer)));
            }
            Ok(events)
        }
        Command::RevokeTrust { trust, reason } => {
            known(state.trust(trust), "trust")?;
            let reason = filled(reason, "reason", TEXT_LIMIT)?;
            Ok(vec![Event::TrustRevoked { trust, reason }])
        }
        // `super::decide` sends no other command here.
        _ => Ok(Vec::new()),
    }
}

/// Whoever may confirm a listing must not switch off the rule that another must.
fn must_own<S: State>(state: &S, stamp: Stamp) -> Result<(), Declined<S::Error>> {
    match known(state.person(stamp.actor), "person")?.role {
        Role::Owner => Ok(()),
        Role::Agent | Role::Lead => Err(Refusal::OwnerOnly.into()),
    }
}

/// An agent confirms nothing, makes nobody a lead and says nothing about the record itself.
pub(super) fn may_lead<S: State>(state: &S, stamp: Stamp) -> Result<(), Declined<S::Error>> {
    match known(state.person(stamp.actor), "person")?.role {
        Role::Lead | Role::Owner => Ok(()),
        Role::Agent => Err(Refusal::RoleNotAllowed.into()),
    }
}

fn check(criterion: &Criterion) -> Result<(), Refusal> {
    let blank = |text: &str| text.trim().is_empty();
    let bad_clause = criterion.clauses.iter().any(|clause| {
        blank(&clause.code)
            || blank(&clause.text.zh)
            || blank(&clause.text.en)
            || clause.threshold.count == 0
            || clause.threshold.window_days == 0
    });
    let untitled = blank(&criterion.title.zh) || blank(&criterion.title.en);
    if criterion.clauses.is_empty() || bad_clause || untitled || blank(&criterion.code) {
        return Err(Refusal::MalformedCriterion);
    }
    Ok(())
}
