//! Names for what a view shows and a change makes stale.

use serde::{Deserialize, Serialize};

/// One kind of data. A read declares the tags it shows; a write declares the tags it made stale.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// Alerts and their states.
    Alerts,
    /// Buyers, identifiers, incidents, listings, notes.
    Buyers,
    /// Evidence, what it belongs to and its custody.
    Exhibits,
    /// What the program noticed by itself, and what was decided on it.
    Signals,
    /// Stored orders and what was recognised in them.
    Orders,
    /// History of imports.
    Imports,
    /// How much could be screened.
    Coverage,
    /// Criteria.
    Criteria,
    /// Team and rules of the house.
    Policy,
    /// Trusted identities and pair decisions.
    Trust,
    /// Settings of this computer.
    Settings,
    /// Locked or open.
    Session,
    /// The record itself.
    Journal,
}

impl Tag {
    /// Every tag.
    pub const ALL: [Self; 13] = [
        Self::Alerts,
        Self::Buyers,
        Self::Exhibits,
        Self::Signals,
        Self::Orders,
        Self::Imports,
        Self::Coverage,
        Self::Criteria,
        Self::Policy,
        Self::Trust,
        Self::Settings,
        Self::Session,
        Self::Journal,
    ];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alerts => "alerts",
            Self::Buyers => "buyers",
            Self::Exhibits => "exhibits",
            Self::Signals => "signals",
            Self::Orders => "orders",
            Self::Imports => "imports",
            Self::Coverage => "coverage",
            Self::Criteria => "criteria",
            Self::Policy => "policy",
            Self::Trust => "trust",
            Self::Settings => "settings",
            Self::Session => "session",
            Self::Journal => "journal",
        }
    }

    /// The tag with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.code() == code)
    }
}
