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

impl Incident {
    /// Whether it still counts and names this order, however that is spelt.
    #[must_use]
    pub fn cites_order(&self, order_id: &str) -> bool {
        let key = order_key(order_id);
        self.withdrawn.is_none() && self.orders.iter().any(|order| order_key(order) == key)
    }
}

/// By what two writings of an order ID are one: letters and digits alone, in capitals, narrow. An ID
/// without any is what it is.
pub(crate) fn order_key(order: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let letters = order.chars().map(narrow).filter(|c| c.is_alphanumeric());
    let key: String = letters.flat_map(char::to_uppercase).collect();
    if key.is_empty() { order.to_owned() } else { key }
}
