//! Lets a person pick a folder that is to be watched.

use crate::{ApiError, Desk, Nothing};
use serde::Serialize;
use ts_rs::TS;

/// What was picked; nothing when the person changed their mind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PickedFolder {
    /// The whole path.
    pub path: Option<String>,
}

pub(crate) fn run(desk: &Desk, _: Nothing) -> Result<PickedFolder, ApiError> {
    let picked = desk.host().choose_folder();
    Ok(PickedFolder { path: picked.map(|path| path.to_string_lossy().into_owned()) })
}
