//! What ties an order or a message to a buyer.

use crate::{IdentifierId, Timestamp};
use serde::{Deserialize, Serialize};

/// The kinds of identifier.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKind {
    /// Relay e-mail alias; stable for one buyer, seller and marketplace.
    Alias,
    /// Buyer ID that the marketplace assigns.
    MarketplaceId,
    /// Telephone number.
    Phone,
    /// Name of the buyer or of the recipient.
    Name,
    /// Postal address.
    Address,
    /// User name on a channel that has them.
    UserName,
    /// Order ID.
    OrderId,
}

impl IdentifierKind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [Self; 7] = [
        Self::Alias,
        Self::MarketplaceId,
        Self::Phone,
        Self::Name,
        Self::Address,
        Self::UserName,
        Self::OrderId,
    ];

    /// The stable name used in storage, on the command line and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::MarketplaceId => "marketplace_id",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Address => "address",
            Self::UserName => "user_name",
            Self::OrderId => "order_id",
        }
    }

    /// Whether a value of this kind belongs to one person, unless it is shared. Names and addresses
    /// are borne by many, and prove something only together.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        match self {
            Self::Alias | Self::MarketplaceId | Self::Phone | Self::UserName | Self::OrderId => {
                true
            }
            Self::Name | Self::Address => false,
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One identifier of a buyer, as a person wrote or accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// Its identity.
    pub id: IdentifierId,
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value as written; never normalised.
    pub value: String,
    /// Many unrelated people carry it: shown, but it proves nothing.
    pub shared: bool,
    /// When it was added.
    pub added_at: Timestamp,
}

/// A postal address as a report carries it. Absent parts are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Street lines in order.
    pub lines: Vec<String>,
    /// City or town.
    pub city: String,
    /// State, province, prefecture or region.
    pub state: String,
    /// Postcode.
    pub postal: String,
    /// Country code or name.
    pub country: String,
}

impl Address {
    /// Whether no part holds anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(String::is_empty)
            && [&self.city, &self.state, &self.postal, &self.country]
                .iter()
                .all(|part| part.is_empty())
    }

    /// The parts that hold something, joined by `, ` in postal order.
    #[must_use]
    pub fn one_line(&self) -> String {
        let tail = [&self.city, &self.state, &self.postal, &self.country];
        let parts: Vec<&str> = self
            .lines
            .iter()
            .chain(tail)
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }
}

/// A keyed hash of a normalised identifier, cut to 64 bits.
///
/// The key never leaves the vault, so a token says nothing without it, yet equal identifiers have
/// equal tokens after their plaintext is purged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Token(pub i64);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(***)")
    }
}
