//! From what is known and what is asked to what is recorded.

mod alert;
mod buyer;
mod exhibit;
mod listing;
mod merge;
mod signal;
mod space;
#[cfg(test)]
mod tests;

use crate::{Command, Declined, Event, PersonId, Refusal, State, Timestamp};

/// Who asks, and when. Both are arguments, so that a decision can be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The time of asking.
    pub at: Timestamp,
    /// The member of the team who asks.
    pub actor: PersonId,
}

/// Longest text that a person may write, in characters.
const TEXT_LIMIT: usize = 20_000;
/// Longest value of an identifier, in characters.
const VALUE_LIMIT: usize = 1_000;
/// Longest name of a file or person, in characters.
const NAME_LIMIT: usize = 255;

type Outcome<E> = Result<Vec<Event>, Declined<E>>;

/// Decides on a command. Pure: the same state, command and stamp give the same events.
///
/// # Errors
/// [`Declined::Refused`] when a rule says no; nothing is to be recorded then.
/// [`Declined::Unreadable`] when the state could not be read.
pub fn decide<S: State>(state: &S, mut command: Command, stamp: Stamp) -> Outcome<S::Error> {
    use Command as C;
    // Whoever still has a merged buyer before them means the one that stayed.
    if let Some(buyer) = command.buyer_mut() {
        *buyer = state.holder(*buyer).map_err(Declined::Unreadable)?;
    }
    match command {
        C::AddPerson { .. }
        | C::PublishCriterion { .. }
        | C::PublishPhrases { .. }
        | C::ChangePolicy { .. }
        | C::AcceptHead { .. }
        | C::GrantTrust { .. }
        | C::RestorePair { .. }
        | C::RevokeTrust { .. } => space::decide(state, command, stamp),
        C::AddListing { .. }
        | C::ApproveListing { .. }
        | C::DeclineListing { .. }
        | C::ClearListing { .. } => listing::decide(state, command, stamp),
        C::RaiseAlert { .. }
        | C::ClaimAlert { .. }
        | C::ReleaseAlert { .. }
        | C::HandleAlert { .. }
        | C::DismissAlert { .. }
        | C::ReopenAlert { .. }
        | C::SnoozeAlert { .. } => alert::decide(state, command, stamp),
        C::AddExhibits { .. }
        | C::LinkExhibit { .. }
        | C::UnlinkExhibit { .. }
        | C::AnnotateExhibit { .. }
        | C::ChangeExhibitKind { .. }
        | C::RecordExhibitView { .. }
        | C::RecordExhibitExport { .. }
        | C::RecordExhibitsVerified { .. }
        | C::RemoveExhibit { .. } => exhibit::decide(state, command),
        C::AcceptSignal { .. } | C::RejectSignal { .. } | C::ReopenSignal { .. } => {
            signal::decide(state, command)
        }
        C::MergeBuyers { .. } | C::UnmergeBuyers { .. } | C::TellBuyersApart { .. } => {
            merge::decide(state, command, stamp)
        }
        _ => buyer::decide(state, command, stamp),
    }
}

fn known<T, E>(found: Result<Option<T>, E>, what: &'static str) -> Result<T, Declined<E>> {
    found.map_err(Declined::Unreadable)?.ok_or(Declined::Refused(Refusal::NotFound(what)))
}

fn filled(text: String, field: &'static str, limit: usize) -> Result<String, Refusal> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Refusal::Empty(field));
    }
    if trimmed.chars().count() > limit {
        return Err(Refusal::TooLong { field, limit });
    }
    Ok(if trimmed.len() == text.len() { text } else { trimmed.to_owned() })
}

/// A remark that may be left out; blank counts as left out.
fn remark(text: Option<String>, field: &'static str) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !text.trim().is_empty() => filled(text, field, TEXT_LIMIT).map(Some),
        _ => Ok(None),
    }
}
