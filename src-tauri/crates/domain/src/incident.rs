//! What a buyer did.

use crate::{IncidentId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// One act by one buyer under one clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Its identity.
    pub id: IncidentId,
    /// Code of the clause.
    pub clause: String,
    /// Version of the criterion in force when it was reported.
    pub criterion_version: u32,
    /// When the act happened.
    pub at: Timestamp,
    /// Orders that it concerns.
    pub orders: Vec<String>,
    /// What happened, in neutral words.
    pub text: String,
    /// What the buyer says happened, in the buyer's words.
    pub buyer_version: Option<String>,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// Who reported it.
    pub reported_by: PersonId,
    /// Taken back with this reason; it no longer counts.
    pub withdrawn: Option<String>,
}
