//! What a person, or the program on a person's behalf, asks to be recorded.

use crate::{
    AlertId, BlobId, BuyerId, Criterion, ExhibitId, ExhibitKind, ExhibitLink, IdentifierId,
    IdentifierKind, IncidentId, ListingId, LostEnd, NoteId, PersonId, Reason, Role, SeenOrder,
    SignalBasis, SignalId, SignalKind, Tier, Timestamp, Token, TrustId,
};

/// An identifier to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIdentifier {
    /// Identity drawn for it.
    pub id: IdentifierId,
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value as written.
    pub value: String,
}

/// An exhibit to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExhibit {
    /// Identity drawn for it.
    pub id: ExhibitId,
    /// What it shows.
    pub kind: ExhibitKind,
    /// Name of the file, without its folder.
    pub name: String,
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Media type, by content.
    pub media_type: String,
    /// When it was captured, as the device claims.
    pub captured_at: Option<Timestamp>,
    /// How far that clock was from UTC, in minutes. `None` when the device did not say: the time is then
    /// what the clock on its wall showed, read as if it were UTC.
    pub captured_offset: Option<i16>,
    /// The stored file.
    pub blob: BlobId,
    /// The exhibit from which it was made.
    pub derived_from: Option<ExhibitId>,
    /// What it belongs to by itself, beside what the command says for all.
    pub links: Vec<ExhibitLink>,
}

/// A change that is asked for. New identities are drawn by the caller.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Adds a member of the team.
    AddPerson {
        /// Identity drawn for them.
        person: PersonId,
        /// Name as the team knows them.
        name: String,
        /// What they do.
        role: Role,
    },
    /// Publishes a criterion, or its next version.
    PublishCriterion {
        /// The criterion; its version must follow the newest one.
        criterion: Criterion,
    },
    /// Puts a list of phrases in the place of the one in force.
    PublishPhrases {
        /// Its language, as two small letters.
        language: String,
        /// Its version, which must follow the one in force.
        version: u32,
        /// The list, readable.
        text: String,
    },
    /// Changes rules of the house; `None` keeps what is.
    ChangePolicy {
        /// Whether listings need a second person.
        second_person: Option<bool>,
        /// Days until a listing must be looked at again.
        review_days: Option<u32>,
        /// Days after which plaintext of observations is taken out.
        retention_days: Option<u32>,
    },
    /// Records a buyer.
    AddBuyer {
        /// Identity drawn for them.
        buyer: BuyerId,
        /// What ties orders to them; at least one.
        identifiers: Vec<NewIdentifier>,
        /// A first remark.
        note: Option<(NoteId, String)>,
    },
    /// Adds an identifier.
    AddIdentifier {
        /// The buyer.
        buyer: BuyerId,
        /// What to add.
        identifier: NewIdentifier,
    },
    /// Takes an identifier back.
    RemoveIdentifier {
        /// The buyer.
        buyer: BuyerId,
        /// What to take back.
        identifier: IdentifierId,
        /// Why.
        reason: String,
    },
    /// Says whether many unrelated people carry an identifier.
    MarkShared {
        /// The buyer.
        buyer: BuyerId,
        /// Which identifier.
        identifier: IdentifierId,
        /// Whether it is shared.
        shared: bool,
    },
    /// Adds a remark.
    AddNote {
        /// The buyer.
        buyer: BuyerId,
        /// Identity drawn for it.
        note: NoteId,
        /// The remark.
        text: String,
    },
    /// Decides that two records are of one person.
    MergeBuyers {
        /// Who stays.
        into: BuyerId,
        /// Who becomes another name for them.
        from: BuyerId,
        /// Why.
        reason: Option<String>,
    },
    /// Takes the merge of a buyer back.
    UnmergeBuyers {
        /// Who was merged into another one.
        buyer: BuyerId,
        /// Why.
        reason: String,
    },
    /// Says that two records are of two people, or no longer says so.
    TellBuyersApart {
        /// One of them.
        one: BuyerId,
        /// The other one.
        other: BuyerId,
        /// Whether they are two.
        apart: bool,
        /// Why.
        reason: Option<String>,
    },
    /// Reports an incident.
    AddIncident {
        /// The buyer.
        buyer: BuyerId,
        /// Identity drawn for it.
        incident: IncidentId,
        /// Code of the clause.
        clause: String,
        /// When the act happened.
        at: Timestamp,
        /// Orders that it concerns.
        orders: Vec<String>,
        /// What happened.
        text: String,
        /// What the buyer says happened.
        buyer_version: Option<String>,
        /// Evidence that comes with it.
        exhibits: Vec<NewExhibit>,
    },
    /// Takes an incident back.
    WithdrawIncident {
        /// The buyer.
        buyer: BuyerId,
        /// Which incident.
        incident: IncidentId,
        /// Why.
        reason: String,
    },
    /// Adds evidence.
    AddExhibits {
        /// The evidence.
        exhibits: Vec<NewExhibit>,
        /// What all of it belongs to; may be nothing yet.
        links: Vec<ExhibitLink>,
        /// What for.
        purpose: Option<String>,
    },
    /// Says that an exhibit belongs to something.
    LinkExhibit {
        /// Which exhibit.
        exhibit: ExhibitId,
        /// What it belongs to.
        link: ExhibitLink,
        /// What for.
        purpose: Option<String>,
    },
    /// Says that an exhibit does not belong to something.
    UnlinkExhibit {
        /// Which exhibit.
        exhibit: ExhibitId,
        /// What it does not belong to.
        link: ExhibitLink,
        /// What for.
        purpose: Option<String>,
    },
    /// Writes a remark to an exhibit.
    AnnotateExhibit {
        /// Which exhibit.
        exhibit: ExhibitId,
        /// The remark.
        text: String,
        /// What for.
        purpose: Option<String>,
    },
    /// Says what an exhibit shows.
    ChangeExhibitKind {
        /// Which exhibit.
        exhibit: ExhibitId,
        /// What it shows.
        kind: ExhibitKind,
        /// What for.
        purpose: Option<String>,
    },
    /// Records that somebody looks at an exhibit.
    RecordExhibitView {
        /// Which exhibit.
        exhibit: ExhibitId,
        /// What for.
        purpose: Option<String>,
    },
    /// Records that a copy of an exhibit is handed out.
    RecordExhibitExport {
        /// Which exhibit.
        exhibit: ExhibitId,
        /// What for.
        purpose: Option<String>,
    },
    /// Records what comparing stored files with what was taken in found.
    RecordExhibitsVerified {
        /// As they were taken in.
        intact: Vec<ExhibitId>,
        /// Not so, each with the stable name of what is wrong.
        damaged: Vec<(ExhibitId, String)>,
        /// Why, by its stable name.
        purpose: Option<String>,
    },
    /// Takes an exhibit out; its record stays.
    RemoveExhibit {
        /// Which exhibit.
        exhibit: ExhibitId,
        /// Why.
        reason: String,
    },
    /// Decides that a clause is met.
    AddListing {
        /// The buyer.
        buyer: BuyerId,
        /// Identity drawn for it.
        listing: ListingId,
        /// Code of the clause.
        clause: String,
    },
    /// Confirms a listing as the second person.
    ApproveListing {
        /// The buyer.
        buyer: BuyerId,
    },
    /// Declines a listing as the second person.
    DeclineListing {
        /// The buyer.
        buyer: BuyerId,
        /// Why.
        reason: String,
    },
    /// Ends a listing.
    ClearListing {
        /// The buyer.
        buyer: BuyerId,
        /// Why.
        reason: String,
    },
    /// Raises an alert for an order of a listed buyer.
    RaiseAlert {
        /// Identity drawn for it.
        alert: AlertId,
        /// The buyer who was recognised.
        buyer: BuyerId,
        /// The order.
        order: SeenOrder,
        /// How sure the match is.
        tier: Tier,
        /// Sum of the weights, in bits.
        score: f64,
        /// The argument.
        reasons: Vec<Reason>,
        /// Milliseconds from the moment the input was handed over.
        latency_ms: u32,
    },
    /// Takes an alert on.
    ClaimAlert {
        /// Which alert.
        alert: AlertId,
    },
    /// Puts a claimed alert back.
    ReleaseAlert {
        /// Which alert.
        alert: AlertId,
    },
    /// Closes an alert as done.
    HandleAlert {
        /// Which alert.
        alert: AlertId,
        /// A remark.
        note: Option<String>,
    },
    /// Closes an alert without action.
    DismissAlert {
        /// Which alert.
        alert: AlertId,
        /// A remark; why, if the order is not of this buyer.
        note: Option<String>,
        /// The order is not of this buyer: remember that for the pair.
        not_this_buyer: bool,
        /// When that ends by itself.
        until: Option<Timestamp>,
    },
    /// Takes back the closing of an alert.
    ReopenAlert {
        /// Which alert.
        alert: AlertId,
    },
    /// Hides an alert from the list of work for a while.
    SnoozeAlert {
        /// Which alert.
        alert: AlertId,
        /// Until when.
        until: Timestamp,
    },
    /// Records that incidents were reported on a signal.
    AcceptSignal {
        /// Which signal.
        signal: SignalId,
        /// What was noticed.
        kind: SignalKind,
        /// The clause that was proposed.
        clause: String,
        /// The observations that were judged.
        basis: Vec<SignalBasis>,
        /// On whom incidents were reported.
        buyer: BuyerId,
        /// The incidents.
        incidents: Vec<IncidentId>,
    },
    /// Says that a signal is nothing.
    RejectSignal {
        /// Which signal.
        signal: SignalId,
        /// What was noticed.
        kind: SignalKind,
        /// The clause that was proposed.
        clause: String,
        /// The observations that were judged.
        basis: Vec<SignalBasis>,
        /// Why.
        reason: Option<String>,
    },
    /// Takes back that a signal is nothing.
    ReopenSignal {
        /// Which signal.
        signal: SignalId,
    },
    /// Makes an identity one that never alerts.
    GrantTrust {
        /// Identity drawn for it.
        trust: TrustId,
        /// What kind of thing the value is.
        kind: IdentifierKind,
        /// The value as written.
        value: String,
        /// Why.
        reason: String,
        /// When it ends by itself.
        until: Option<Timestamp>,
    },
    /// Takes a "not this buyer" back.
    RestorePair {
        /// The buyer.
        buyer: BuyerId,
        /// The identity that was seen.
        identity: Token,
        /// Why.
        reason: String,
    },
    /// Ends the trust in an identity.
    RevokeTrust {
        /// Which trust.
        trust: TrustId,
        /// Why.
        reason: String,
    },
    /// Accepts that the newest entries that were remembered are gone: from now on the record ends
    /// where it ends.
    AcceptHead {
        /// What is gone.
        lost: Vec<LostEnd>,
        /// Why.
        reason: String,
    },
    /// Records that somebody looked at masked values of a buyer.
    RecordReveal {
        /// The buyer.
        buyer: BuyerId,
        /// The order whose values were looked at, if it was through one.
        order_id: Option<String>,
    },
}

impl Command {
    /// The buyer about whom something is recorded, where it is recorded on the one they are read as.
    pub(crate) const fn buyer_mut(&mut self) -> Option<&mut BuyerId> {
        match self {
            Self::AddIdentifier { buyer, .. }
            | Self::RemoveIdentifier { buyer, .. }
            | Self::MarkShared { buyer, .. }
            | Self::AddNote { buyer, .. }
            | Self::AddIncident { buyer, .. }
            | Self::WithdrawIncident { buyer, .. }
            | Self::AddListing { buyer, .. }
            | Self::ApproveListing { buyer }
            | Self::DeclineListing { buyer, .. }
            | Self::ClearListing { buyer, .. }
            | Self::RaiseAlert { buyer, .. }
            | Self::AcceptSignal { buyer, .. }
            | Self::RecordReveal { buyer, .. } => Some(buyer),
            _ => None,
        }
    }
}
