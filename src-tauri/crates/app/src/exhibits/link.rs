//! Says that an exhibit belongs to something.

use super::shown;
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::{Command, ExhibitId, ExhibitLink};
use serde::Deserialize;
use ts_rs::TS;

/// An exhibit and something that it may belong to.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LinkExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// What it belongs to, or does not.
    pub link: ExhibitLink,
}

pub(crate) fn run(open: &Open, request: LinkExhibit) -> Result<ExhibitDetail, ApiError> {
    let LinkExhibit { exhibit_id: exhibit, link } = request;
    open.execute(Command::LinkExhibit { exhibit, link })?;
    shown::detail(open, exhibit)
}
