//! Writes a remark to an exhibit.

use super::shown;
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::{Command, ExhibitId, Purpose};
use serde::Deserialize;
use ts_rs::TS;

/// What to write.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AnnotateExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// The remark.
    pub text: String,
    /// What for; by the place where it is done when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub purpose: Option<String>,
}

pub(crate) fn run(open: &Open, request: AnnotateExhibit) -> Result<ExhibitDetail, ApiError> {
    let AnnotateExhibit { exhibit_id: exhibit, text, purpose } = request;
    let purpose = Purpose::Remark.unless(purpose);
    open.execute(Command::AnnotateExhibit { exhibit, text, purpose })?;
    shown::detail(open, exhibit)
}
