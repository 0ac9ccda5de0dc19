use super::PersonView;
use crate::ApiError;
use buyerwatch_domain::{ExhibitId, ExhibitKind, ExhibitLink, IncidentId, MediaClass, Timestamp};
use serde::Serialize;
use ts_rs::TS;

/// One exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExhibitView {
    /// Its identity.
    pub id: ExhibitId,
    /// The first incident that it belongs to.
    pub incident_id: Option<IncidentId>,
    /// All that it belongs to.
    pub links: Vec<ExhibitLink>,
    /// What it shows.
    pub kind: ExhibitKind,
    /// Name of the file.
    pub name: String,
    /// Media type, by content.
    pub media_type: String,
    /// How it can be shown.
    pub class: MediaClass,
    /// SHA-256 of the content, 64 hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was captured: the claim of the device that did.
    pub captured_at: Option<Timestamp>,
    /// How far that clock was from UTC, in minutes. `None` when the device did not say: the time is then
    /// what its clock showed, wherever it was, and not to be shifted to another zone.
    pub captured_offset: Option<i16>,
    /// When it was taken in.
    pub added_at: Timestamp,
    /// Who took it in.
    pub added_by: PersonView,
    /// The exhibit from which it was made.
    pub derived_from: Option<ExhibitId>,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
    /// Whether a copy with parts blackened can be made of it: a picture that this program decodes.
    pub redactable: bool,
    /// It was taken out; only its record is left.
    pub removed: Option<RemovedView>,
    /// What the last check found wrong with it, by its stable name.
    pub damaged: Option<String>,
}

/// An exhibit was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "RemovedExhibit")]
pub struct RemovedView {
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: PersonView,
}

/// Something that an exhibit may belong to, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LinkView {
    /// What.
    pub link: ExhibitLink,
    /// The buyer, masked; the clause and day of the incident; the order ID.
    pub label: String,
}

/// A remark about an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "ExhibitNote")]
pub struct ExhibitNoteView {
    /// The remark.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub by: PersonView,
}

/// What happened to an exhibit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CustodyAct {
    /// Taken in; the detail is its SHA-256.
    Added,
    /// Said to belong to something.
    Linked,
    /// Said no longer to belong to something.
    Unlinked,
    /// A remark was written; the detail is the remark.
    Annotated,
    /// Said to show something else; the detail is the kind.
    KindChanged,
    /// Looked at.
    Viewed,
    /// A copy was handed out.
    Exported,
    /// Compared with what was taken in, and equal.
    Verified,
    /// Compared with what was taken in, and not equal; the detail is what is wrong.
    Damaged,
    /// Another exhibit was made from it; the detail is its ID.
    Derived,
    /// Taken out; the detail is the reason.
    Removed,
}

impl CustodyAct {
    const ALL: [Self; 11] = [
        Self::Added,
        Self::Linked,
        Self::Unlinked,
        Self::Annotated,
        Self::KindChanged,
        Self::Viewed,
        Self::Exported,
        Self::Verified,
        Self::Damaged,
        Self::Derived,
        Self::Removed,
    ];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
            Self::Annotated => "annotated",
            Self::KindChanged => "kind_changed",
            Self::Viewed => "viewed",
            Self::Exported => "exported",
            Self::Verified => "verified",
            Self::Damaged => "damaged",
            Self::Derived => "derived",
            Self::Removed => "removed",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}

/// One entry of an exhibit's custody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CustodyView {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: PersonView,
    /// Signing identity of the computer, 64 hexadecimal digits.
    pub device: String,
    /// What.
    pub act: CustodyAct,
    /// What else is to be said, see the act.
    pub detail: Option<String>,
    /// What for: a stable name, or the words of whoever did it.
    pub purpose: Option<String>,
    /// What it was tied to or untied from.
    pub links: Vec<LinkView>,
}

/// One exhibit in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExhibitDetail {
    /// What the list shows.
    pub exhibit: ExhibitView,
    /// What it belongs to, in words.
    pub links: Vec<LinkView>,
    /// Remarks, oldest first.
    pub notes: Vec<ExhibitNoteView>,
    /// All that happened to it, oldest first.
    pub custody: Vec<CustodyView>,
    /// The exhibit from which it was made.
    pub derived_from: Option<ExhibitId>,
    /// Exhibits that were made from it, oldest first.
    pub derived: Vec<ExhibitId>,
}

/// What can be told of a file before it is taken in.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct GuessedFile {
    /// The file.
    pub handle: String,
    /// Its name, without its folder.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Media type, by content.
    pub media_type: String,
    /// How it can be shown.
    pub class: MediaClass,
    /// Whether it begins as a report of orders does.
    pub table: bool,
    /// What it probably shows.
    pub kind: ExhibitKind,
    /// Order IDs in its name. They link by themselves.
    pub order_ids: Vec<String>,
    /// Tracking numbers in its name. Known ones link by themselves.
    pub tracking_numbers: Vec<String>,
    /// What it probably belongs to, the likeliest first.
    pub suggestions: Vec<LinkView>,
    /// Why it cannot be taken in.
    pub error: Option<ApiError>,
}
