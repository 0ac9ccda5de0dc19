//! Forgets a mapping. What was imported by it stays.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::{BlobId, Refusal};
use serde::Deserialize;
use ts_rs::TS;

/// Which mapping.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveMapping {
    /// Its identity.
    pub id: String,
}

pub(crate) fn run(open: &Open, request: RemoveMapping) -> Result<Nothing, ApiError> {
    // 64 hexadecimal digits are read in one place.
    let id: BlobId = request.id.parse().map_err(|_| Refusal::NotFound("mapping"))?;
    let removed = open.write_observations(|tx, _| Ok(tx.remove_mapping(id.as_bytes())?))?;
    if removed { Ok(Nothing {}) } else { Err(Refusal::NotFound("mapping").into()) }
}
