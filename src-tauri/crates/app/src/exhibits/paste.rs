//! Takes in what was pasted.

use crate::{ApiError, Open, view::ExhibitView};
use buyerwatch_domain::{ExhibitKind, ExhibitLink};
use serde::Deserialize;
use ts_rs::TS;

/// What was pasted.
#[derive(Clone, Deserialize, TS)]
pub struct PasteExhibit {
    /// The content in Base64, at most 64 MB of it.
    pub data_base64: String,
    /// A name for it.
    pub name: String,
    /// What it shows.
    pub kind: ExhibitKind,
    /// What it belongs to.
    pub links: Vec<ExhibitLink>,
}

pub(crate) fn run(open: &Open, request: PasteExhibit) -> Result<ExhibitView, ApiError> {
    let _ = (open, request);
    Err(super::pending())
}
