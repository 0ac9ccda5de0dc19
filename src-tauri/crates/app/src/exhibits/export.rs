//! Hands out copies of exhibits: the original bytes, their hashes and their custody.

use crate::{ApiError, Desk};
use buyerwatch_domain::ExhibitId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to hand out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportExhibits {
    /// The exhibits.
    pub exhibit_ids: Vec<ExhibitId>,
    /// What for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub purpose: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportedExhibits {
    /// The person chose no folder; nothing was handed out.
    pub cancelled: bool,
    /// Name of the folder, without where it lies.
    pub folder: Option<String>,
    /// Names of the files in it.
    pub files: Vec<String>,
}

pub(crate) fn run(desk: &Desk, request: ExportExhibits) -> Result<ExportedExhibits, ApiError> {
    let _ = (desk, request);
    Err(super::pending())
}
