//! Says that an exhibit belongs to something.

use super::shown;
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::{Command, ExhibitId, ExhibitLink, Purpose};
use serde::Deserialize;
use ts_rs::TS;

/// An exhibit and something that it may belong to.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LinkExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// What it belongs to, or does not.
    pub link: ExhibitLink,
    /// What for; by the place where it is done when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub purpose: Option<String>,
}

pub(crate) fn run(open: &Open, request: LinkExhibit) -> Result<ExhibitDetail, ApiError> {
    let LinkExhibit { exhibit_id: exhibit, link, purpose } = request;
    let purpose = Purpose::Filing.unless(purpose);
    open.execute(Command::LinkExhibit { exhibit, link, purpose })?;
    shown::detail(open, exhibit)
}
