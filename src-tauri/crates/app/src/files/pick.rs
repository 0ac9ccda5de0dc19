//! Lets a person pick files.

use super::FileHandle;
use crate::{ApiError, Desk};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What files are wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To be imported.
    Import,
    /// To be taken in as evidence.
    Exhibit,
}

/// What to pick.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PickFiles {
    /// What they are wanted for.
    pub purpose: Purpose,
    /// Whether more than one may be picked.
    pub multiple: bool,
}

/// What was picked; nothing when the person changed their mind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PickedFiles {
    /// The files.
    pub files: Vec<FileHandle>,
}

pub(crate) fn run(desk: &Desk, request: PickFiles) -> Result<PickedFiles, ApiError> {
    let paths = desk.host().pick_files(request.purpose, request.multiple);
    let files = paths.into_iter().map(|path| desk.offer_file(path)).collect::<Result<_, _>>()?;
    Ok(PickedFiles { files })
}
