//! Why a command was not carried out.

use crate::{ExhibitKind, Gate};

/// A command was refused, or the facts could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Declined<E> {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store could not be read.
    #[error("the record could not be read")]
    Unreadable(E),
}

/// A rule says no. Each text says what would help.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The thing does not exist.
    #[error("there is no such {0}; it may have been removed since the list was read")]
    NotFound(&'static str),
    /// A text that must say something is blank.
    #[error("{0} is empty; write it down first")]
    Empty(&'static str),
    /// "Not this buyer" was decided without saying why.
    #[error("\"not this buyer\" needs a reason; write in the note why it is somebody else")]
    ReasonNeeded,
    /// A text is longer than can be kept.
    #[error("{field} is longer than {limit} characters; shorten it")]
    TooLong {
        /// Which text.
        field: &'static str,
        /// How many characters are allowed.
        limit: usize,
    },
    /// A buyer without anything that ties orders to them.
    #[error("a buyer needs at least one identifier, for example the relay alias or an order ID")]
    NoIdentifier,
    /// The buyer carries that identifier already.
    #[error("the buyer has this identifier already")]
    IdentifierExists,
    /// A buyer's last identifier cannot be taken back.
    #[error("a buyer needs at least one identifier; add another one first")]
    LastIdentifier,
    /// No criterion in force has that clause.
    #[error("no criterion has the clause {0}; see the list of criteria")]
    UnknownClause(String),
    /// An incident cannot lie in the future.
    #[error("the incident lies in the future; check the date")]
    InFuture,
    /// Too few incidents within the window.
    #[error("the clause is not met: {have} of {need} incidents in {days} days", have = .0.incidents, need = .0.needed, days = .0.window_days)]
    ClauseNotMet(Box<Gate>),
    /// Required evidence is not there.
    #[error("evidence is missing: {}", codes(.0))]
    ExhibitsMissing(Box<Gate>),
    /// The buyer is listed, or a listing waits for approval.
    #[error("the buyer is already listed or a listing waits for confirmation")]
    AlreadyListed,
    /// A buyer cannot be merged with themselves.
    #[error("these are one record already; choose another buyer")]
    SameBuyer,
    /// The buyer was merged into another one before.
    #[error("this buyer was merged into another one; take that merge back first")]
    AlreadyMerged,
    /// The buyer was not merged into another one.
    #[error("this buyer was not merged into another one; read the record again")]
    NotMerged,
    /// A listing of one of the two waits for a second person.
    #[error("a listing waits for a second person; confirm or decline it before merging")]
    ListingWaits,
    /// A listing made after the merge rests on incidents of the other one.
    #[error(
        "a listing rests on incidents of both; clear or decline it before taking the merge back"
    )]
    ListingRestsOnBoth,
    /// A listing in force, or one that waits for a second person, cites the incident.
    #[error("a listing rests on this incident; clear or decline the listing first")]
    ListingRestsOnIt,
    /// What was proposed no longer meets the clause.
    #[error("what this listing was proposed on has changed since; decline it and propose anew")]
    ProposalOutdated,
    /// There is no listing to act on.
    #[error("the buyer has no listing in this state")]
    NotListed,
    /// The one who proposed cannot confirm.
    #[error("a second person must confirm; switch to another member of the team")]
    SamePerson,
    /// The role does not allow it.
    #[error("this needs a lead or an owner")]
    RoleNotAllowed,
    /// Only an owner may do it.
    #[error("this needs an owner")]
    OwnerOnly,
    /// A file's hash has the wrong form.
    #[error("the SHA-256 of the file is malformed; add the file again")]
    MalformedHash,
    /// There is no such exhibit.
    #[error("there is no such exhibit; read the list again")]
    UnknownExhibit,
    /// The exhibit was taken out.
    #[error("this exhibit was removed; only its record is left")]
    ExhibitRemoved,
    /// A listing rests on the exhibit.
    #[error("a listing rests on this exhibit; clear the listing first")]
    ExhibitHeld,
    /// A listing rests on what was made from the exhibit.
    #[error("a listing rests on a redacted copy of this exhibit; clear the listing first")]
    SourceHeld,
    /// Somebody else works on the alert.
    #[error("somebody else has claimed this alert")]
    ClaimedByOther,
    /// The alert is in a state that does not allow it.
    #[error("the alert is not in a state that allows this; read the list again")]
    WrongAlertState,
    /// The time to wake lies in the past or too far ahead.
    #[error("choose a time within the next 30 days")]
    SnoozeOutOfRange,
    /// What is to end by itself would have ended already.
    #[error("choose a time in the future")]
    EndsInThePast,
    /// This order raised an alert for this buyer before.
    #[error("this order raised an alert for this buyer before")]
    AlreadyAlerted,
    /// The identity is trusted already.
    #[error("this identity is trusted already")]
    AlreadyTrusted,
    /// A person decided on the signal before.
    #[error("somebody decided on this signal before; read the list again")]
    SignalDecided,
    /// Incidents were reported on the signal.
    #[error("incidents were reported on this signal; withdraw them instead")]
    SignalAccepted,
    /// Versions follow one another without a gap.
    #[error("the next version of this criterion is {0}")]
    WrongVersion(u32),
    /// A criterion without clause, or with a threshold of nothing.
    #[error("a criterion needs a clause with a text in both languages, a count and a window")]
    MalformedCriterion,
    /// A number is outside what is allowed.
    #[error("{field} must be between {min} and {max}")]
    OutOfRange {
        /// Which number.
        field: &'static str,
        /// Smallest allowed.
        min: u32,
        /// Largest allowed.
        max: u32,
    },
}

fn codes(gate: &Gate) -> String {
    let codes: Vec<&str> = gate.missing_exhibits().map(ExhibitKind::code).collect();
    codes.join(", ")
}

impl Refusal {
    /// The stable name by which callers tell refusals apart.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Empty(_) => "empty",
            Self::ReasonNeeded => "reason_needed",
            Self::TooLong { .. } => "too_long",
            Self::NoIdentifier => "no_identifier",
            Self::IdentifierExists => "identifier_exists",
            Self::LastIdentifier => "last_identifier",
            Self::UnknownClause(_) => "unknown_clause",
            Self::InFuture => "in_future",
            Self::ClauseNotMet(_) => "clause_not_met",
            Self::ExhibitsMissing(_) => "exhibits_missing",
            Self::AlreadyListed => "already_listed",
            Self::SameBuyer => "same_buyer",
            Self::AlreadyMerged => "already_merged",
            Self::NotMerged => "not_merged",
            Self::ListingWaits => "listing_waits",
            Self::ListingRestsOnBoth => "listing_rests_on_both",
            Self::ListingRestsOnIt => "listing_rests_on_it",
            Self::ProposalOutdated => "proposal_outdated",
            Self::NotListed => "not_listed",
            Self::SamePerson => "same_person",
            Self::RoleNotAllowed => "role_not_allowed",
            Self::OwnerOnly => "owner_only",
            Self::MalformedHash => "malformed_hash",
            Self::UnknownExhibit => "unknown_exhibit",
            Self::ExhibitRemoved => "exhibit_removed",
            Self::ExhibitHeld => "exhibit_held",
            Self::SourceHeld => "source_held",
            Self::ClaimedByOther => "claimed_by_other",
            Self::WrongAlertState => "wrong_alert_state",
            Self::SnoozeOutOfRange => "snooze_out_of_range",
            Self::EndsInThePast => "ends_in_the_past",
            Self::AlreadyAlerted => "already_alerted",
            Self::AlreadyTrusted => "already_trusted",
            Self::SignalDecided => "signal_decided",
            Self::SignalAccepted => "signal_accepted",
            Self::WrongVersion(_) => "wrong_version",
            Self::MalformedCriterion => "malformed_criterion",
            Self::OutOfRange { .. } => "out_of_range",
        }
    }
}
