//! Tries whether a folder can be watched: read, and written to if its files are to be moved.

use super::{add, watch};
use crate::{ApiError, Open};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// Which folder to try.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TestFolder {
    /// Where it is.
    pub path: String,
    /// Whether its files are to be moved.
    pub move_done: bool,
}

/// What a trial showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderTested {
    /// Files that would be imported.
    pub files: u64,
}

pub(crate) fn run(open: &Open, request: TestFolder) -> Result<FolderTested, ApiError> {
    let path = add::readable(open, Path::new(&request.path))?;
    let path = Path::new(&path);
    let files = watch::files(path).map_err(|error| add::missing(&error))?.len() as u64;
    if request.move_done {
        watch::make_done(path).map_err(|_| {
            ApiError::new(
                "folder_read_only",
                "files cannot be moved within this folder; allow writing, or leave files in place",
            )
        })?;
    }
    Ok(FolderTested { files })
}
