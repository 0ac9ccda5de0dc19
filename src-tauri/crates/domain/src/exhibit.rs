//! Evidence: one file under custody.

use crate::{BuyerId, ExhibitId, IncidentId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// What an exhibit shows.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum ExhibitKind {
    /// Screenshot of the order page.
    OrderPage,
    /// Tracking page with the delivered state.
    Tracking,
    /// A message of the buyer.
    Message,
    /// Photo of what was packed.
    PackingPhoto,
    /// Film of the packing.
    PackingVideo,
    /// Photo of what came back.
    ReturnPhoto,
    /// Shipping or return label.
    Label,
    /// Note taken of a telephone call.
    PhoneNote,
    /// Anything else.
    Other,
}

impl ExhibitKind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [Self; 9] = [
        Self::OrderPage,
        Self::Tracking,
        Self::Message,
        Self::PackingPhoto,
        Self::PackingVideo,
        Self::ReturnPhoto,
        Self::Label,
        Self::PhoneNote,
        Self::Other,
    ];

    /// The stable name used in storage, on the command line and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OrderPage => "order_page",
            Self::Tracking => "tracking",
            Self::Message => "message",
            Self::PackingPhoto => "packing_photo",
            Self::PackingVideo => "packing_video",
            Self::ReturnPhoto => "return_photo",
            Self::Label => "label",
            Self::PhoneNote => "phone_note",
            Self::Other => "other",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether an exhibit of this kind meets a demand for `required`. A film of the packing shows
    /// all that a photo of it does.
    #[must_use]
    pub fn satisfies(self, required: Self) -> bool {
        self == required || (self == Self::PackingVideo && required == Self::PackingPhoto)
    }
}

/// One exhibit as it was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// Its identity.
    pub id: ExhibitId,
    /// The buyer whom it concerns.
    pub buyer: BuyerId,
    /// The incident that it proves, if one is named.
    pub incident: Option<IncidentId>,
    /// What it shows.
    pub kind: ExhibitKind,
    /// Name of the file, without its folder.
    pub name: String,
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was taken in.
    pub added_at: Timestamp,
    /// Who took it in.
    pub added_by: PersonId,
}
