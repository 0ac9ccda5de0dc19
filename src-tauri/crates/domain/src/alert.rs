//! What a sighting of a listed buyer raises.

use crate::{AlertId, BuyerId, IdentifierId, ListingId, PersonId, Timestamp, Token};
use serde::{Deserialize, Serialize};

/// How sure a match is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Might be the same person; shown, never announced.
    Possible,
    /// Sure enough to tell the team.
    Alert,
}

impl Tier {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Alert => "alert",
        }
    }
}

/// Where an alert stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    /// Nobody has taken it.
    Open,
    /// Somebody works on it.
    Claimed,
    /// Done.
    Handled,
    /// Set aside.
    Dismissed,
}

impl AlertState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Claimed, Self::Handled, Self::Dismissed];

    /// The stable name used in storage, on the command line and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Claimed => "claimed",
            Self::Handled => "handled",
            Self::Dismissed => "dismissed",
        }
    }

    /// The state with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the alert has left the list of work.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Handled | Self::Dismissed)
    }
}

/// Which part of an order was compared.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum ReasonField {
    /// Relay alias.
    Alias,
    /// Marketplace buyer ID.
    MarketplaceId,
    /// Telephone number.
    Phone,
    /// Name of buyer or recipient.
    Name,
    /// Postal address.
    Address,
    /// Postcode alone.
    Postcode,
    /// User name.
    UserName,
    /// Order ID.
    OrderId,
    /// Given name.
    GivenName,
    /// Family name; of a Chinese, Japanese or Korean name the whole.
    FamilyName,
    /// Further given names and initials.
    MiddleName,
    /// What tells father from son.
    Generation,
    /// Name of street, village or building.
    Street,
    /// House number.
    HouseNumber,
    /// Flat, suite, room.
    Unit,
    /// City or town.
    City,
    /// Country.
    Country,
}

impl ReasonField {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::MarketplaceId => "marketplace_id",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Address => "address",
            Self::Postcode => "postcode",
            Self::UserName => "user_name",
            Self::OrderId => "order_id",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::MiddleName => "middle_name",
            Self::Generation => "generation",
            Self::Street => "street",
            Self::HouseNumber => "house_number",
            Self::Unit => "unit",
            Self::City => "city",
            Self::Country => "country",
        }
    }
}

/// How the two values of a compared field relate.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum ReasonNote {
    /// Equal after normalisation.
    Exact,
    /// Equal but for writing, e.g. ö and oe.
    Variant,
    /// Part of it agrees, e.g. the family name.
    Partial,
    /// Different.
    Conflict,
    /// The order does not carry it.
    MissingInOrder,
    /// The buyer's record does not carry it.
    MissingInRecord,
    /// Equal, but many unrelated people carry it.
    Shared,
    /// One is a short or pet form of the other, e.g. Bob and Robert.
    Nickname,
    /// A slip of the pen apart.
    Close,
    /// One is the first letter of the other.
    Initial,
    /// One of the two leaves it out.
    Missing,
}

impl ReasonNote {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Variant => "variant",
            Self::Partial => "partial",
            Self::Conflict => "conflict",
            Self::MissingInOrder => "missing_in_order",
            Self::MissingInRecord => "missing_in_record",
            Self::Shared => "shared",
            Self::Nickname => "nickname",
            Self::Close => "close",
            Self::Initial => "initial",
            Self::Missing => "missing",
        }
    }
}

/// One line of the argument for a match. It names the identifier and holds no personal data; the
/// two values are looked up when it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What was compared.
    pub field: ReasonField,
    /// The buyer's identifier, if the record carries one.
    pub identifier: Option<IdentifierId>,
    /// 0 for different to 1 for equal.
    pub similarity: f64,
    /// Evidence in bits: log2 of how much likelier this is for the same person. Negative speaks
    /// against.
    pub weight: f64,
    /// How the values relate.
    pub note: ReasonNote,
}

/// The order that was recognised, or the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenOrder {
    /// Its ID.
    pub order_id: String,
    /// Where it was placed.
    pub marketplace: String,
    /// When it was placed, or seen if the report does not say.
    pub at: Timestamp,
    /// The identity it carries, for remembering decisions on it.
    pub identity: Token,
    /// The message by which the buyer was recognised; empty for an order. A message may name an
    /// order.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
}

/// An alert with what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Its identity.
    pub id: AlertId,
    /// The buyer who was recognised.
    pub buyer: BuyerId,
    /// The listing in force when it was raised.
    pub listing: ListingId,
    /// The order that was recognised.
    pub order: SeenOrder,
    /// How sure the match is.
    pub tier: Tier,
    /// Sum of the weights, in bits.
    pub score: f64,
    /// The argument.
    pub reasons: Vec<Reason>,
    /// Milliseconds from the moment the input was handed over to the alert.
    pub latency_ms: u32,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// Where it stands.
    pub state: AlertState,
    /// Who works or worked on it.
    pub claimed_by: Option<PersonId>,
    /// Since when.
    pub claimed_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Who closed it.
    pub closed_by: Option<PersonId>,
    /// What was noted when it was closed.
    pub note: Option<String>,
    /// Hidden from the list of work until then.
    pub snoozed_until: Option<Timestamp>,
}
