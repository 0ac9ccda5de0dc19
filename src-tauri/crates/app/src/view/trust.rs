use super::PersonView;
use buyerwatch_domain::{IdentifierKind, Timestamp, TrustId};
use serde::Serialize;
use ts_rs::TS;

/// An identity that never alerts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrustView {
    /// Its identity.
    pub id: TrustId,
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value, masked.
    pub masked: String,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it.
    pub by: PersonView,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// It has ended, and silences nobody any more.
    pub ended: bool,
}
