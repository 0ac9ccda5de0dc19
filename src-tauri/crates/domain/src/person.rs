//! The team and what it agreed on.

use crate::PersonId;
use serde::{Deserialize, Serialize};

/// What a member of the team does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works on alerts and incidents.
    Agent,
    /// Also confirms listings and adds leads.
    Lead,
    /// Also changes the rules of the house and adds owners.
    Owner,
}

impl Role {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Lead => "lead",
            Self::Owner => "owner",
        }
    }
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their identity.
    pub id: PersonId,
    /// Name as the team knows them.
    pub name: String,
    /// What they do.
    pub role: Role,
}

/// Rules of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// A listing counts only after a second person confirmed it.
    pub second_person: bool,
    /// Days until a listing must be looked at again.
    pub review_days: u32,
    /// Days after which names, addresses and messages of orders are taken out. Amazon allows personal
    /// data of buyers for no longer than 30 days after delivery (Data Protection Policy, "Data
    /// Retention").
    pub retention_days: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self { second_person: false, review_days: 90, retention_days: 30 }
    }
}
