//! Takes in what was pasted.

use super::from_bytes;
use crate::{ApiError, Open, view::ExhibitView};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use buyerwatch_domain::{ExhibitKind, ExhibitLink};
use serde::Deserialize;
use ts_rs::TS;

/// What was pasted.
#[derive(Clone, Deserialize, TS)]
pub struct PasteExhibit {
    /// The content in Base64, at most 64 MB of it.
    pub data_base64: String,
    /// A name for it.
    pub name: String,
    /// What it shows.
    pub kind: ExhibitKind,
    /// What it belongs to.
    pub links: Vec<ExhibitLink>,
}

/// Bytes that are pasted at most.
const LIMIT: usize = 64 << 20;

pub(crate) fn run(open: &Open, request: PasteExhibit) -> Result<ExhibitView, ApiError> {
    let PasteExhibit { data_base64, name, kind, links } = request;
    let too_large = || {
        ApiError::new(
            "paste_too_large",
            "what was pasted is too large; save it as a file and add that",
        )
        .with("limit", LIMIT >> 20)
    };
    if data_base64.len() / 4 > LIMIT / 3 + 1 {
        return Err(too_large());
    }
    let bytes = BASE64_STANDARD.decode(data_base64.trim()).map_err(|_| {
        ApiError::new(
            "malformed_paste",
            "what was pasted cannot be read; save it as a file and add that",
        )
    })?;
    drop(data_base64);
    if bytes.len() > LIMIT {
        return Err(too_large());
    }
    from_bytes(open, &name, &bytes, kind, links)
}
