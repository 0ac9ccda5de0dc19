//! Takes files in as evidence, one job a file.

use crate::{ApiError, Open, incidents::add::ExhibitFile};
use buyerwatch_domain::ExhibitLink;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to take in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartExhibits {
    /// The files.
    pub files: Vec<ExhibitFile>,
    /// What all of them belong to; what stands in their names is added to it.
    pub links: Vec<ExhibitLink>,
}

/// The work that it is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StartedJobs {
    /// The jobs, in the order of the files.
    pub jobs: Vec<String>,
}

pub(crate) fn run(open: &Open, request: StartExhibits) -> Result<StartedJobs, ApiError> {
    let _ = (open, request);
    Err(super::pending())
}
