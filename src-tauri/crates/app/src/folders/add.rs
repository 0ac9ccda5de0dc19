//! Watches a folder.

use super::list::{FolderView, view};
use crate::{ApiError, Open, exhibits::unreadable};
use buyerwatch_domain::{FolderId, Refusal};
use serde::Deserialize;
use std::path::Path;
use ts_rs::TS;

/// Which folder to watch.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddFolder {
    /// Where it is: a whole path, of this computer or of a network share.
    pub path: String,
    /// Whether its files go to a subfolder `done` after their import; otherwise they stay.
    pub move_done: bool,
}

pub(crate) fn run(open: &Open, request: AddFolder) -> Result<FolderView, ApiError> {
    let AddFolder { path, move_done } = request;
    let folder = open.draw(FolderId::from_bytes)?;
    let whole = readable(open, Path::new(&path))?;
    let added = open
        .write_observations(|tx, stamp| Ok(tx.add_folder(folder, &whole, move_done, stamp.at)?))?;
    if !added {
        return Err(ApiError::new("already_watched", "this folder is watched already"));
    }
    let found = open.read(|read| read.folders())?.into_iter().find(|row| row.id == folder);
    Ok(view(found.ok_or(Refusal::NotFound("folder"))?, Vec::new(), Vec::new()))
}

/// The whole path of a folder that can be read and is none of the product's own.
pub(super) fn readable(open: &Open, path: &Path) -> Result<String, ApiError> {
    let whole = std::fs::canonicalize(path).map_err(|error| missing(&error))?;
    std::fs::read_dir(&whole).map_err(|error| missing(&error))?;
    let data = std::fs::canonicalize(open.desk().data_dir()).map_err(|error| unreadable(&error))?;
    if whole.starts_with(&data) {
        return Err(ApiError::new(
            "folder_inside_data",
            "this folder holds the product's own data; choose another",
        ));
    }
    whole.into_os_string().into_string().map_err(|_| {
        ApiError::new("folder_name", "the path of this folder cannot be stored; rename it")
    })
}

/// What is wrong with a folder that cannot be read.
pub(super) fn missing(error: &std::io::Error) -> ApiError {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => ApiError::new(
            "folder_denied",
            "the folder may not be read; check its permissions and those of the share",
        ),
        std::io::ErrorKind::NotADirectory => {
            ApiError::new("not_a_folder", "this is no folder; choose one")
        }
        _ => ApiError::new(
            "folder_missing",
            "the folder is not there; connect the share or disk, watching goes on by itself",
        ),
    }
}
