//! Opens an exhibit to be looked at; the record keeps that somebody did.

use crate::{ApiError, Open};
use buyerwatch_domain::{ExhibitId, MediaClass};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to open.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// What for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub purpose: Option<String>,
}

/// How to show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenedExhibit {
    /// How it can be shown.
    pub class: MediaClass,
    /// Media type, by content.
    pub mime: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Path for the media scheme, beginning with a slash; pages of a PDF are at `/page/` instead of
    /// `/exhibit/`, with the number of the page, from 0, after the ID.
    pub path: String,
    /// The whole address of that path.
    pub url: String,
    /// Pages of a PDF.
    pub pages: Option<u32>,
}

pub(crate) fn run(open: &Open, request: OpenExhibit) -> Result<OpenedExhibit, ApiError> {
    let _ = (open, request);
    Err(super::pending())
}
