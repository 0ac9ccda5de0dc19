//! Says what an exhibit shows.

use super::shown;
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::{Command, ExhibitId, ExhibitKind, Purpose};
use serde::Deserialize;
use ts_rs::TS;

/// What it shows.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetExhibitKind {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// What it shows.
    pub kind: ExhibitKind,
}

pub(crate) fn run(open: &Open, request: SetExhibitKind) -> Result<ExhibitDetail, ApiError> {
    let SetExhibitKind { exhibit_id: exhibit, kind } = request;
    let purpose = Purpose::Filing.unless(None);
    open.execute(Command::ChangeExhibitKind { exhibit, kind, purpose })?;
    shown::detail(open, exhibit)
}
