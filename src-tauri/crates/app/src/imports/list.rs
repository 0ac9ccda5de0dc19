//! Lists imports, newest first.

use crate::{
    ApiError, Open,
    page::{LIMIT, Page},
    view::ImportRecord,
};
use buyerwatch_domain::{ImportId, Refusal};
use serde::Deserialize;
use ts_rs::TS;

/// Which part of the list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListImports {
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many to show.
    pub limit: u32,
}

pub(crate) fn run(open: &Open, request: ListImports) -> Result<Page<ImportRecord>, ApiError> {
    let (total, imports) =
        open.read(|read| read.imports(request.offset, request.limit.min(LIMIT)))?;
    Ok(Page { total, items: imports.into_iter().map(Into::into).collect() })
}

/// One import.
pub(super) fn record(open: &Open, id: ImportId) -> Result<ImportRecord, ApiError> {
    let found = open.read(|read| read.import(id))?;
    Ok(found.ok_or(Refusal::NotFound("import"))?.into())
}
