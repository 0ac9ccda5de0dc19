use super::{ExhibitView, ListingView, PersonView, ReasonView};
use buyerwatch_domain::{
    BuyerId, BuyerStatus, Ground, IdentifierId, IdentifierKind, IncidentId, NoteId, Timestamp,
};
use serde::Serialize;
use ts_rs::TS;

/// How many buyers have which status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct BuyerCounts {
    /// Recorded; no clause is met.
    pub watching: u64,
    /// Listed.
    pub listed: u64,
    /// No longer listed.
    pub cleared: u64,
}

/// One buyer in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BuyerRow {
    /// Their identity.
    pub id: BuyerId,
    /// Their name or first identifier, masked.
    pub label: String,
    /// How the shop stands to them.
    pub status: BuyerStatus,
    /// Clause of the listing that is in force or waits.
    pub clause: Option<String>,
    /// Incidents that count.
    pub incidents: u32,
    /// Orders in which they were recognised.
    pub sightings: u32,
    /// Alerts that nobody has closed.
    pub open_alerts: u32,
    /// When they were last recognised.
    pub last_seen_at: Option<Timestamp>,
    /// When the listing must be looked at again.
    pub review_due: Option<Timestamp>,
    /// When they were recorded.
    pub added_at: Timestamp,
    /// A listing waits for a second person.
    pub awaiting_approval: bool,
}

/// One identifier, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IdentifierView {
    /// Its identity.
    pub id: IdentifierId,
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value, masked.
    pub masked: String,
    /// Many unrelated people carry it, so it proves nothing alone: by its nature, by the names seen
    /// with it, or because a person said so.
    pub shared: bool,
    /// A person said so.
    pub marked_shared: bool,
    /// Distinct names seen with it in stored orders, where that tells something.
    pub shared_names: Option<u32>,
    /// Why it cannot match anything.
    pub unusable: Option<String>,
    /// When it was added.
    pub added_at: Timestamp,
}

/// One incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IncidentView {
    /// Its identity.
    pub id: IncidentId,
    /// Code of the clause.
    pub clause: String,
    /// Version of the criterion when it was reported.
    pub criterion_version: u32,
    /// When the act happened.
    pub at: Timestamp,
    /// Orders that it concerns.
    pub orders: Vec<String>,
    /// What happened.
    pub text: String,
    /// What the buyer says happened.
    pub buyer_version: Option<String>,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// Who reported it.
    pub reported_by: PersonView,
    /// Taken back with this reason.
    pub withdrawn: Option<String>,
    /// Evidence that belongs to it, or to an order that it names.
    pub exhibits: Vec<ExhibitView>,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NoteView {
    /// Its identity.
    pub id: NoteId,
    /// The remark.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub by: PersonView,
}

/// A remembered "not this buyer".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PairView {
    /// Names the identity within the decisions on this buyer.
    pub identity: String,
    /// Whose order it was, masked; empty when nothing is left that says so.
    pub label: String,
    /// The order on which it was decided.
    pub order_id: Option<String>,
    /// Why; decisions of earlier programs may not say.
    pub reason: Option<String>,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonView,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// It has ended, and silences nothing any more.
    pub ended: bool,
}

/// A buyer who was merged into another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MergedView {
    /// Their identity.
    pub id: BuyerId,
    /// Their name or first identifier, masked.
    pub label: String,
    /// How the shop stood to them alone.
    pub status: BuyerStatus,
    /// Which identifiers of the record are theirs.
    pub identifiers: Vec<IdentifierId>,
    /// Incidents of the record that are theirs and count.
    pub incidents: u32,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonView,
    /// Why.
    pub reason: Option<String>,
}

/// Two buyers who may be one person, side by side.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DuplicateView {
    /// Who would stay: the one who is listed, else the one who was recorded first.
    pub one: BuyerRow,
    /// Who would become another name for them.
    pub other: BuyerRow,
    /// What speaks for one person.
    pub ground: Ground,
    /// Sum of the weights, in bits.
    pub score: f64,
    /// The argument, masked: `query` is of `one`, `listed` of `other`.
    pub reasons: Vec<ReasonView>,
    /// They were told to be two people.
    pub apart: Option<ApartView>,
    /// How the shop would stand to them as one.
    pub status: BuyerStatus,
    /// Clause of the listing that would hold for them.
    pub clause: Option<String>,
    /// When that listing must be looked at again.
    pub review_due: Option<Timestamp>,
    /// The merge would bring one of them under the listing of the other.
    pub lists: bool,
}

/// Two buyers were told to be two people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ApartView {
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonView,
    /// Why.
    pub reason: Option<String>,
}

/// What happened to a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// Recorded.
    Added,
    /// An incident happened.
    Incident,
    /// An incident was taken back.
    IncidentWithdrawn,
    /// Evidence was taken in.
    Exhibit,
    /// A remark was written.
    Note,
    /// Listed.
    Listed,
    /// A listing was proposed to a second person.
    ListingProposed,
    /// The second person confirmed.
    Approved,
    /// The second person declined.
    Declined,
    /// The listing ended.
    Cleared,
    /// Recognised in an order.
    Sighting,
    /// An alert was raised.
    Alert,
    /// An identity was decided to be somebody else.
    NotThisBuyer,
    /// That decision was taken back.
    PairRestored,
    /// Another buyer was merged into this one.
    Merged,
    /// A merge with another buyer was taken back.
    Unmerged,
}

/// One entry of a buyer's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: TimelineKind,
    /// Who did it.
    pub by: Option<PersonView>,
    /// Clause concerned.
    pub clause: Option<String>,
    /// What was written.
    pub text: Option<String>,
    /// Order concerned.
    pub order_id: Option<String>,
    /// Where that order was placed.
    pub marketplace: Option<String>,
    /// Identity of the thing that the entry is about.
    pub ref_id: Option<String>,
}

/// One buyer in full, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BuyerDetail {
    /// What the list shows.
    #[serde(flatten)]
    #[ts(flatten)]
    pub row: BuyerRow,
    /// Who recorded them.
    pub added_by: PersonView,
    /// What ties orders to them.
    pub identifiers: Vec<IdentifierView>,
    /// What they did, newest first.
    pub incidents_list: Vec<IncidentView>,
    /// Evidence, newest first.
    pub exhibits: Vec<ExhibitView>,
    /// Remarks, newest first.
    pub notes: Vec<NoteView>,
    /// The newest listing, whatever its state.
    pub listing: Option<ListingView>,
    /// History, newest first.
    pub timeline: Vec<TimelineEntry>,
    /// Whether the history goes further back than what is shown.
    pub timeline_cut: bool,
    /// Identities that are not this buyer.
    pub pair_decisions: Vec<PairView>,
    /// Who was merged into this one, in the order in which that was decided.
    pub merged: Vec<MergedView>,
}
