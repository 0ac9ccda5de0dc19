//! Evidence: one file under custody.

use crate::{BlobId, BuyerId, ExhibitId, Incident, IncidentId, PersonId, Timestamp};
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

/// What sort of content an exhibit holds, and so how it can be shown.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum MediaClass {
    /// A picture.
    Image,
    /// A PDF.
    Pdf,
    /// A film.
    Video,
    /// Sound.
    Audio,
    /// An e-mail.
    Mail,
    /// Text, also what would be a web page elsewhere: it is shown as source.
    Text,
    /// Anything else.
    Other,
}

impl MediaClass {
    /// Every class.
    pub const ALL: [Self; 7] =
        [Self::Image, Self::Pdf, Self::Video, Self::Audio, Self::Mail, Self::Text, Self::Other];

    /// The class of a media type. Drawings in SVG are text: they may carry scripts.
    #[must_use]
    pub fn of(media_type: &str) -> Self {
        match media_type.split_once('/') {
            Some(("image", "svg+xml")) | Some(("text", _)) => Self::Text,
            Some(("image", _)) => Self::Image,
            Some(("video", _)) => Self::Video,
            Some(("audio", _)) => Self::Audio,
            Some(("message", "rfc822")) => Self::Mail,
            Some(("application", "pdf")) => Self::Pdf,
            Some(("application", "json" | "xml")) => Self::Text,
            _ => Self::Other,
        }
    }

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Pdf => "pdf",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Mail => "mail",
            Self::Text => "text",
            Self::Other => "other",
        }
    }
}

/// What an exhibit belongs to. It may belong to several things.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ExhibitLink {
    /// A buyer.
    Buyer {
        /// Who.
        buyer: BuyerId,
    },
    /// An incident of a buyer.
    Incident {
        /// Whose.
        buyer: BuyerId,
        /// Which.
        incident: IncidentId,
    },
    /// An order, stored or not.
    Order {
        /// The marketplace's order ID.
        order_id: String,
    },
}

impl ExhibitLink {
    /// The buyer whom it names.
    #[must_use]
    pub const fn buyer(&self) -> Option<BuyerId> {
        match self {
            Self::Buyer { buyer } | Self::Incident { buyer, .. } => Some(*buyer),
            Self::Order { .. } => None,
        }
    }

    /// One text for each link: its key in storage, and what the record of custody says.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Buyer { buyer } => format!("buyer:{buyer}"),
            Self::Incident { buyer, incident } => format!("incident:{buyer}:{incident}"),
            Self::Order { order_id } => format!("order:{order_id}"),
        }
    }

    /// The link with this [`text`](Self::text).
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "buyer" => Some(Self::Buyer { buyer: rest.parse().ok()? }),
            "incident" => {
                let (buyer, incident) = rest.split_once(':')?;
                let (buyer, incident) = (buyer.parse().ok()?, incident.parse().ok()?);
                Some(Self::Incident { buyer, incident })
            }
            "order" => Some(Self::Order { order_id: rest.to_owned() }),
            _ => None,
        }
    }
}

/// An exhibit was taken out; its record stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: PersonId,
}

/// One exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// Its identity.
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
    /// When it was captured, by the clock of the device that did: a claim.
    pub captured_at: Option<Timestamp>,
    /// How far that clock was from UTC, in minutes. `None` when the device did not say: the time is then
    /// what the clock on its wall showed, read as if it were UTC.
    pub captured_offset: Option<i16>,
    /// The stored file. Equal contents share one.
    pub blob: BlobId,
    /// The exhibit from which it was made.
    pub derived_from: Option<ExhibitId>,
    /// What it belongs to, in the order of their kinds.
    pub links: Vec<ExhibitLink>,
    /// When it was taken in.
    pub added_at: Timestamp,
    /// Who took it in.
    pub added_by: PersonId,
    /// It was taken out.
    pub removed: Option<Removal>,
    /// What the last check found wrong with the stored file.
    pub damaged: Option<String>,
}

impl Exhibit {
    /// The first incident that it belongs to.
    #[must_use]
    pub fn incident(&self) -> Option<IncidentId> {
        self.links.iter().find_map(|link| match link {
            ExhibitLink::Incident { incident, .. } => Some(*incident),
            _ => None,
        })
    }

    /// Whether it belongs to this incident, or to an order that the incident names.
    #[must_use]
    pub fn proves(&self, of: &Incident) -> bool {
        self.links.iter().any(|link| match link {
            ExhibitLink::Incident { incident, .. } => *incident == of.id,
            ExhibitLink::Order { order_id } => of.orders.contains(order_id),
            ExhibitLink::Buyer { .. } => false,
        })
    }

    /// Whether it concerns a buyer with these incidents.
    #[must_use]
    pub fn concerns(&self, buyer: BuyerId, incidents: &[Incident]) -> bool {
        let standing = || incidents.iter().filter(|incident| incident.withdrawn.is_none());
        self.links.iter().any(|link| link.buyer() == Some(buyer))
            || standing().any(|incident| self.proves(incident))
    }

    /// Whether it can show what it shows: it was not taken out, and the last check did not find the
    /// stored file damaged.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.removed.is_none() && self.damaged.is_none()
    }

    /// Whether it belongs to the evidence where a buyer is held against these incidents: it proves one
    /// of them, or was given for the buyer before anybody said for which incident. A new decision asks
    /// that it [is sound](Self::is_sound), too.
    #[must_use]
    pub fn counts_for(&self, buyer: BuyerId, incidents: &[&Incident]) -> bool {
        self.removed.is_none()
            && (incidents.iter().any(|incident| self.proves(incident))
                || (self.incident().is_none()
                    && self.links.contains(&ExhibitLink::Buyer { buyer })))
    }
}
