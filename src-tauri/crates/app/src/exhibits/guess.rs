//! Tells of files, before they are taken in, what they probably show and belong to.

use crate::{ApiError, Open, view::GuessedFile};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which files.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GuessExhibits {
    /// The files.
    pub handles: Vec<String>,
}

/// What can be told of them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GuessedFiles {
    /// One for each file, in their order.
    pub files: Vec<GuessedFile>,
}

pub(crate) fn run(open: &Open, request: GuessExhibits) -> Result<GuessedFiles, ApiError> {
    let _ = (open, request);
    Err(super::pending())
}
