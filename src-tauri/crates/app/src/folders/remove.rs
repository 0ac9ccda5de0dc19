//! Watches a folder no more. Its files and what was imported stay.

use super::OneFolder;
use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::{FolderId, Refusal};

pub(crate) fn run(open: &Open, request: OneFolder) -> Result<Nothing, ApiError> {
    let folder: FolderId = request.id.parse().map_err(|_| Refusal::NotFound("folder"))?;
    let removed = open.write_observations(|tx, _| Ok(tx.remove_folder(folder)?))?;
    if removed { Ok(Nothing {}) } else { Err(Refusal::NotFound("folder").into()) }
}
