//! Writes a remark to an exhibit.

use super::shown;
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::{Command, ExhibitId};
use serde::Deserialize;
use ts_rs::TS;

/// What to write.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AnnotateExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// The remark.
    pub text: String,
}

pub(crate) fn run(open: &Open, request: AnnotateExhibit) -> Result<ExhibitDetail, ApiError> {
    let AnnotateExhibit { exhibit_id: exhibit, text } = request;
    open.execute(Command::AnnotateExhibit { exhibit, text })?;
    shown::detail(open, exhibit)
}
