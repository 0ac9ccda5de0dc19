use super::PersonView;
use buyerwatch_domain::{ExhibitKind, IncidentId, ListingId, ListingState, Localized, Timestamp};
use serde::Serialize;
use ts_rs::TS;

/// Required evidence of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct GateExhibit {
    /// What must be shown.
    pub kind: ExhibitKind,
    /// How many exhibits show it.
    pub present: u32,
}

/// Whether a second person has a say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// One person decides.
    NotNeeded,
    /// A second person will have to confirm.
    Needed,
    /// Proposed; a second person must confirm now.
    Waiting,
    /// Confirmed.
    Given,
}

/// How far a buyer is from being listed under a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Gate")]
pub struct GateView {
    /// Code of the clause.
    pub clause: String,
    /// Version of the criterion.
    pub criterion_version: u32,
    /// What the criterion is about.
    pub title: Localized,
    /// The rule, in full.
    pub text: Localized,
    /// Incidents that count.
    pub incidents: u32,
    /// Which they are.
    pub counted: Vec<IncidentId>,
    /// Incidents needed.
    pub needed: u32,
    /// Days that they may span.
    pub window_days: u32,
    /// Required evidence.
    pub exhibits: Vec<GateExhibit>,
    /// Whether the buyer's own version stands with each incident. Asked for, never required.
    pub buyer_version_recorded: bool,
    /// Whether a second person has a say.
    pub approval: Approval,
    /// Whether a person may list the buyer.
    pub met: bool,
    /// What is missing: `incident`, or kinds of exhibit.
    pub missing: Vec<String>,
}

/// A listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ListingView {
    /// Its identity.
    pub id: ListingId,
    /// Code of the clause that is met.
    pub clause: String,
    /// Version of the criterion, pinned.
    pub criterion_version: u32,
    /// Where it stands.
    pub state: ListingState,
    /// When it was made.
    pub listed_at: Timestamp,
    /// Who made it.
    pub listed_by: PersonView,
    /// Who confirmed it.
    pub approved_by: Option<PersonView>,
    /// When it must be looked at again.
    pub review_due: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    pub ended_reason: Option<String>,
}
