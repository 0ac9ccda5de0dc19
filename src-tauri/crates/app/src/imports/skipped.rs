//! Lists rows that an import did not take, and those that it took without a date.

use crate::{
    ApiError, Open,
    page::{LIMIT, Page},
    view::SkippedRow,
};
use buyerwatch_domain::{ImportId, Refusal};
use serde::Deserialize;
use ts_rs::TS;

/// Which part of which list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListSkipped {
    /// The import.
    pub import_id: String,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many to show.
    pub limit: u32,
}

pub(crate) fn run(open: &Open, request: ListSkipped) -> Result<Page<SkippedRow>, ApiError> {
    page(open, &ListSkipped { limit: request.limit.min(LIMIT), ..request })
}

/// Without a limit of its own.
pub(super) fn page(open: &Open, request: &ListSkipped) -> Result<Page<SkippedRow>, ApiError> {
    let id: ImportId = request.import_id.parse().map_err(|_| Refusal::NotFound("import"))?;
    let (total, rows) = open.read(|read| read.skipped_rows(id, request.offset, request.limit))?;
    let row = |(line, reason)| SkippedRow { line, reason };
    Ok(Page { total, items: rows.into_iter().map(row).collect() })
}
