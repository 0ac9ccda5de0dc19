//! Reads every draft.

use crate::{ApiError, Nothing, Open, exhibits::is_note};
use serde::Serialize;
use ts_rs::TS;

/// Something begun and not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Draft {
    /// What it is about.
    pub target: String,
    /// What was written, in the form in which it was kept.
    pub content: String,
}

/// Every draft.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Drafts {
    /// The drafts.
    pub items: Vec<Draft>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Drafts, ApiError> {
    let drafts = open.read(|read| read.drafts())?;
    let items = drafts
        .into_iter()
        .filter(|of| !is_note(&of.target))
        .map(|of| Draft { target: of.target, content: of.content });
    Ok(Drafts { items: items.collect() })
}
