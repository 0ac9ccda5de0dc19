//! Takes an exhibit out. Its record stays, and so does its custody.

use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::ExhibitId;
use serde::Deserialize;
use ts_rs::TS;

/// What to take out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// Why.
    pub reason: String,
}

pub(crate) fn run(open: &Open, request: RemoveExhibit) -> Result<ExhibitDetail, ApiError> {
    let _ = (open, request);
    Err(super::pending())
}
