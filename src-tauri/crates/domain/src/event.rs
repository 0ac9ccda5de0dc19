//! What was decided. The journal keeps these for ever, so a variant is never changed: a new
//! meaning gets a new kind.

use crate::{
    AlertId, BlobId, BuyerId, Criterion, ExhibitId, ExhibitKind, ExhibitLink, IdentifierId,
    IdentifierKind, IncidentId, ListingId, NoteId, PersonId, Reason, Role, SeenOrder, SignalBasis,
    SignalId, SignalKind, Tag, Tier, Timestamp, Token, TrustId,
};
use serde::{Deserialize, Serialize};

/// The newest entry of a device that was remembered and is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostEnd {
    /// The device's public key, in hexadecimal digits.
    pub device: String,
    /// Number of the entry on that device.
    pub seq: u64,
}

/// One decision. Who made it and when stands in the journal's header beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
#[allow(missing_docs, reason = "the fields are those of the command of the same name")]
pub enum Event {
    /// A member joined the team.
    #[serde(rename = "person.added")]
    PersonAdded { person: PersonId, name: String, role: Role },
    /// A criterion came into force.
    #[serde(rename = "criterion.published")]
    CriterionPublished { criterion: Criterion },
    /// A list of phrases came into force.
    #[serde(rename = "phrases.published")]
    PhrasesPublished { language: String, version: u32, text: String },
    /// Rules of the house changed; only what changed is named.
    #[serde(rename = "policy.changed")]
    PolicyChanged {
        second_person: Option<bool>,
        review_days: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retention_days: Option<u32>,
    },
    /// A buyer was recorded.
    #[serde(rename = "buyer.added")]
    BuyerAdded { buyer: BuyerId },
    /// A buyer gained an identifier. A match that rests on it, if it is an exact one, outdoes a
    /// decision "not this buyer" that did not know of it.
    #[serde(rename = "identifier.added")]
    IdentifierAdded {
        buyer: BuyerId,
        identifier: IdentifierId,
        kind: IdentifierKind,
        value: String,
    },
    /// An identifier was taken back.
    #[serde(rename = "identifier.removed")]
    IdentifierRemoved { buyer: BuyerId, identifier: IdentifierId, reason: String },
    /// An identifier was marked as shared by many, or as not shared.
    #[serde(rename = "identifier.shared")]
    IdentifierShared { buyer: BuyerId, identifier: IdentifierId, shared: bool },
    /// A remark was written.
    #[serde(rename = "note.added")]
    NoteAdded { buyer: BuyerId, note: NoteId, text: String },
    /// Two records were told to be of one person: from now on `from` is read as `into`.
    #[serde(rename = "buyers.merged")]
    BuyersMerged { into: BuyerId, from: BuyerId, reason: Option<String> },
    /// A merge was taken back. The two were told apart by it, too.
    #[serde(rename = "buyers.unmerged")]
    BuyersUnmerged { into: BuyerId, from: BuyerId, reason: String },
    /// Two records were told to be of two people, or no longer.
    #[serde(rename = "buyers.told_apart")]
    BuyersToldApart { one: BuyerId, other: BuyerId, apart: bool, reason: Option<String> },
    /// An incident was reported.
    #[serde(rename = "incident.added")]
    IncidentAdded {
        buyer: BuyerId,
        incident: IncidentId,
        clause: String,
        criterion_version: u32,
        at: Timestamp,
        orders: Vec<String>,
        text: String,
        buyer_version: Option<String>,
    },
    /// An incident was taken back.
    #[serde(rename = "incident.withdrawn")]
    IncidentWithdrawn { buyer: BuyerId, incident: IncidentId, reason: String },
    /// Evidence was taken in.
    #[serde(rename = "exhibit.added")]
    ExhibitAdded {
        exhibit: ExhibitId,
        exhibit_kind: ExhibitKind,
        name: String,
        sha256: String,
        bytes: u64,
        media_type: String,
        captured_at: Option<Timestamp>,
        /// How far the device's clock was from UTC, in minutes, when it said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        captured_offset: Option<i16>,
        blob: BlobId,
        derived_from: Option<ExhibitId>,
        links: Vec<ExhibitLink>,
        /// What for; the vaults of earlier programs do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// An exhibit was said to belong to something.
    #[serde(rename = "exhibit.linked")]
    ExhibitLinked {
        exhibit: ExhibitId,
        link: ExhibitLink,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// An exhibit was said no longer to belong to something.
    #[serde(rename = "exhibit.unlinked")]
    ExhibitUnlinked {
        exhibit: ExhibitId,
        link: ExhibitLink,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// A remark was written to an exhibit.
    #[serde(rename = "exhibit.annotated")]
    ExhibitAnnotated {
        exhibit: ExhibitId,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// An exhibit was said to show something else.
    #[serde(rename = "exhibit.kind_changed")]
    ExhibitKindChanged {
        exhibit: ExhibitId,
        exhibit_kind: ExhibitKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// An exhibit was looked at.
    #[serde(rename = "exhibit.viewed")]
    ExhibitViewed { exhibit: ExhibitId, purpose: Option<String> },
    /// A copy of an exhibit was handed out.
    #[serde(rename = "exhibit.exported")]
    ExhibitExported { exhibit: ExhibitId, purpose: Option<String> },
    /// Stored files were compared with what was taken in.
    #[serde(rename = "exhibits.verified")]
    ExhibitsVerified {
        intact: Vec<ExhibitId>,
        damaged: Vec<(ExhibitId, String)>,
        /// Why, by its stable name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// An exhibit was taken out. Its record stays.
    #[serde(rename = "exhibit.removed")]
    ExhibitRemoved { exhibit: ExhibitId, reason: String },
    /// A listing was made. With `awaiting_approval` it counts only after a second person confirms.
    #[serde(rename = "listing.added")]
    ListingAdded {
        buyer: BuyerId,
        listing: ListingId,
        clause: String,
        criterion_version: u32,
        incidents: Vec<IncidentId>,
        review_due: Timestamp,
        awaiting_approval: bool,
    },
    /// A second person confirmed a listing.
    #[serde(rename = "listing.approved")]
    ListingApproved { buyer: BuyerId, listing: ListingId },
    /// A second person declined a listing.
    #[serde(rename = "listing.declined")]
    ListingDeclined { buyer: BuyerId, listing: ListingId, reason: String },
    /// A listing ended.
    #[serde(rename = "listing.cleared")]
    ListingCleared { buyer: BuyerId, listing: ListingId, reason: String },
    /// An order of a listed buyer was recognised.
    #[serde(rename = "alert.raised")]
    AlertRaised {
        alert: AlertId,
        buyer: BuyerId,
        listing: ListingId,
        order: SeenOrder,
        tier: Tier,
        score: f64,
        reasons: Vec<Reason>,
        latency_ms: u32,
    },
    /// A possible match became a certain one, under another alert.
    #[serde(rename = "alert.superseded")]
    AlertSuperseded { alert: AlertId, by: AlertId },
    /// Somebody took an alert on.
    #[serde(rename = "alert.claimed")]
    AlertClaimed { alert: AlertId },
    /// A claimed alert was put back.
    #[serde(rename = "alert.released")]
    AlertReleased { alert: AlertId },
    /// An alert was closed as done.
    #[serde(rename = "alert.handled")]
    AlertHandled { alert: AlertId, note: Option<String> },
    /// An alert was closed without action.
    #[serde(rename = "alert.dismissed")]
    AlertDismissed { alert: AlertId, note: Option<String> },
    /// The closing of an alert was taken back.
    #[serde(rename = "alert.reopened")]
    AlertReopened { alert: AlertId },
    /// An alert was hidden for a while.
    #[serde(rename = "alert.snoozed")]
    AlertSnoozed { alert: AlertId, until: Timestamp },
    /// An identity seen is not this buyer.
    #[serde(rename = "pair.rejected")]
    PairRejected {
        buyer: BuyerId,
        identity: Token,
        reason: Option<String>,
        /// The exact identifiers that tied them; earlier programs do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ties: Option<Vec<IdentifierId>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// A decision "not this buyer" was taken back.
    #[serde(rename = "pair.restored")]
    PairRestored {
        buyer: BuyerId,
        identity: Token,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// An identity never alerts from now on.
    #[serde(rename = "trust.granted")]
    TrustGranted {
        trust: TrustId,
        identifier_kind: IdentifierKind,
        value: String,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// The trust in an identity ended.
    #[serde(rename = "trust.revoked")]
    TrustRevoked { trust: TrustId, reason: String },
    /// Incidents were reported on what the program noticed.
    #[serde(rename = "signal.accepted")]
    SignalAccepted {
        signal: SignalId,
        signal_kind: SignalKind,
        clause: String,
        basis: Vec<SignalBasis>,
        buyer: BuyerId,
        incidents: Vec<IncidentId>,
    },
    /// What the program noticed was told to be nothing.
    #[serde(rename = "signal.rejected")]
    SignalRejected {
        signal: SignalId,
        signal_kind: SignalKind,
        clause: String,
        basis: Vec<SignalBasis>,
        reason: Option<String>,
    },
    /// That it was nothing was taken back.
    #[serde(rename = "signal.reopened")]
    SignalReopened { signal: SignalId, signal_kind: SignalKind, basis: Vec<SignalBasis> },
    /// A person accepted that the newest entries that were remembered are gone.
    #[serde(rename = "head.accepted")]
    HeadAccepted { lost: Vec<LostEnd>, reason: String },
    /// Masked values were looked at.
    #[serde(rename = "values.revealed")]
    ValuesRevealed { buyer: BuyerId, order_id: Option<String> },
}

impl Event {
    /// The stable name of the kind, part of the journal's format.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::PersonAdded { .. } => "person.added",
            Self::CriterionPublished { .. } => "criterion.published",
            Self::PhrasesPublished { .. } => "phrases.published",
            Self::PolicyChanged { .. } => "policy.changed",
            Self::BuyerAdded { .. } => "buyer.added",
            Self::IdentifierAdded { .. } => "identifier.added",
            Self::IdentifierRemoved { .. } => "identifier.removed",
            Self::IdentifierShared { .. } => "identifier.shared",
            Self::NoteAdded { .. } => "note.added",
            Self::BuyersMerged { .. } => "buyers.merged",
            Self::BuyersUnmerged { .. } => "buyers.unmerged",
            Self::BuyersToldApart { .. } => "buyers.told_apart",
            Self::IncidentAdded { .. } => "incident.added",
            Self::IncidentWithdrawn { .. } => "incident.withdrawn",
            Self::ExhibitAdded { .. } => "exhibit.added",
            Self::ExhibitLinked { .. } => "exhibit.linked",
            Self::ExhibitUnlinked { .. } => "exhibit.unlinked",
            Self::ExhibitAnnotated { .. } => "exhibit.annotated",
            Self::ExhibitKindChanged { .. } => "exhibit.kind_changed",
            Self::ExhibitViewed { .. } => "exhibit.viewed",
            Self::ExhibitExported { .. } => "exhibit.exported",
            Self::ExhibitsVerified { .. } => "exhibits.verified",
            Self::ExhibitRemoved { .. } => "exhibit.removed",
            Self::ListingAdded { .. } => "listing.added",
            Self::ListingApproved { .. } => "listing.approved",
            Self::ListingDeclined { .. } => "listing.declined",
            Self::ListingCleared { .. } => "listing.cleared",
            Self::AlertRaised { .. } => "alert.raised",
            Self::AlertSuperseded { .. } => "alert.superseded",
            Self::AlertClaimed { .. } => "alert.claimed",
            Self::AlertReleased { .. } => "alert.released",
            Self::AlertHandled { .. } => "alert.handled",
            Self::AlertDismissed { .. } => "alert.dismissed",
            Self::AlertReopened { .. } => "alert.reopened",
            Self::AlertSnoozed { .. } => "alert.snoozed",
            Self::PairRejected { .. } => "pair.rejected",
            Self::PairRestored { .. } => "pair.restored",
            Self::TrustGranted { .. } => "trust.granted",
            Self::TrustRevoked { .. } => "trust.revoked",
            Self::SignalAccepted { .. } => "signal.accepted",
            Self::SignalRejected { .. } => "signal.rejected",
            Self::SignalReopened { .. } => "signal.reopened",
            Self::HeadAccepted { .. } => "head.accepted",
            Self::ValuesRevealed { .. } => "values.revealed",
        }
    }

    /// Kind and identity of the thing that the event is about, for the journal's header. Events
    /// about the whole space have none.
    #[must_use]
    pub const fn entity(&self) -> (&'static str, [u8; 16]) {
        match self {
            Self::PersonAdded { person, .. } => ("person", *person.as_bytes()),
            Self::CriterionPublished { .. }
            | Self::PhrasesPublished { .. }
            | Self::PolicyChanged { .. }
            | Self::HeadAccepted { .. }
            | Self::ExhibitsVerified { .. } => ("space", [0; 16]),
            Self::ExhibitAdded { exhibit, .. }
            | Self::ExhibitLinked { exhibit, .. }
            | Self::ExhibitUnlinked { exhibit, .. }
            | Self::ExhibitAnnotated { exhibit, .. }
            | Self::ExhibitKindChanged { exhibit, .. }
            | Self::ExhibitViewed { exhibit, .. }
            | Self::ExhibitExported { exhibit, .. }
            | Self::ExhibitRemoved { exhibit, .. } => ("exhibit", *exhibit.as_bytes()),
            Self::BuyerAdded { buyer }
            | Self::IdentifierAdded { buyer, .. }
            | Self::IdentifierRemoved { buyer, .. }
            | Self::IdentifierShared { buyer, .. }
            | Self::NoteAdded { buyer, .. }
            | Self::IncidentAdded { buyer, .. }
            | Self::IncidentWithdrawn { buyer, .. }
            | Self::ListingAdded { buyer, .. }
            | Self::ListingApproved { buyer, .. }
            | Self::ListingDeclined { buyer, .. }
            | Self::ListingCleared { buyer, .. }
            | Self::PairRejected { buyer, .. }
            | Self::PairRestored { buyer, .. }
            | Self::ValuesRevealed { buyer, .. } => ("buyer", *buyer.as_bytes()),
            Self::BuyersMerged { from, .. } | Self::BuyersUnmerged { from, .. } => {
                ("buyer", *from.as_bytes())
            }
            Self::BuyersToldApart { one, .. } => ("buyer", *one.as_bytes()),
            Self::AlertRaised { alert, .. }
            | Self::AlertSuperseded { alert, .. }
            | Self::AlertClaimed { alert }
            | Self::AlertReleased { alert }
            | Self::AlertHandled { alert, .. }
            | Self::AlertDismissed { alert, .. }
            | Self::AlertReopened { alert }
            | Self::AlertSnoozed { alert, .. } => ("alert", *alert.as_bytes()),
            Self::SignalAccepted { signal, .. }
            | Self::SignalRejected { signal, .. }
            | Self::SignalReopened { signal, .. } => ("signal", *signal.as_bytes()),
            Self::TrustGranted { trust, .. } | Self::TrustRevoked { trust, .. } => {
                ("trust", *trust.as_bytes())
            }
        }
    }

    /// Stored files that the event brings in, for the journal's header.
    #[must_use]
    pub const fn blob(&self) -> Option<BlobId> {
        match self {
            Self::ExhibitAdded { blob, .. } => Some(*blob),
            _ => None,
        }
    }

    /// What the event makes stale.
    #[must_use]
    pub const fn tags(&self) -> &'static [Tag] {
        match self {
            Self::PersonAdded { .. } | Self::PolicyChanged { .. } => &[Tag::Policy, Tag::Journal],
            Self::CriterionPublished { .. } | Self::PhrasesPublished { .. } => {
                &[Tag::Criteria, Tag::Journal]
            }
            Self::AlertRaised { .. } => &[Tag::Alerts, Tag::Buyers, Tag::Orders, Tag::Journal],
            Self::AlertSuperseded { .. }
            | Self::AlertClaimed { .. }
            | Self::AlertReleased { .. }
            | Self::AlertHandled { .. }
            | Self::AlertDismissed { .. }
            | Self::AlertReopened { .. }
            | Self::AlertSnoozed { .. } => &[Tag::Alerts, Tag::Journal],
            Self::TrustGranted { .. } | Self::TrustRevoked { .. } => &[Tag::Trust, Tag::Journal],
            Self::SignalAccepted { .. }
            | Self::SignalRejected { .. }
            | Self::SignalReopened { .. } => &[Tag::Signals, Tag::Journal],
            Self::HeadAccepted { .. } | Self::ValuesRevealed { .. } => &[Tag::Journal],
            Self::ExhibitAnnotated { .. }
            | Self::ExhibitViewed { .. }
            | Self::ExhibitExported { .. } => &[Tag::Exhibits, Tag::Journal],
            Self::ExhibitAdded { .. }
            | Self::ExhibitLinked { .. }
            | Self::ExhibitUnlinked { .. }
            | Self::ExhibitKindChanged { .. }
            | Self::ExhibitsVerified { .. }
            | Self::ExhibitRemoved { .. } => {
                &[Tag::Exhibits, Tag::Buyers, Tag::Alerts, Tag::Journal]
            }
            Self::IncidentAdded { .. } | Self::IncidentWithdrawn { .. } => {
                &[Tag::Buyers, Tag::Alerts, Tag::Trust, Tag::Exhibits, Tag::Journal]
            }
            Self::BuyersMerged { .. } | Self::BuyersUnmerged { .. } => {
                &[Tag::Buyers, Tag::Alerts, Tag::Trust, Tag::Orders, Tag::Exhibits, Tag::Journal]
            }
            Self::BuyersToldApart { .. } => &[Tag::Buyers, Tag::Journal],
            _ => &[Tag::Buyers, Tag::Alerts, Tag::Trust, Tag::Journal],
        }
    }
}
