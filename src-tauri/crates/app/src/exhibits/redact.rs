//! Makes a copy of a picture in which parts are blackened. The picture itself never changes.

use crate::{ApiError, Open, view::ExhibitView};
use buyerwatch_domain::ExhibitId;
use serde::Deserialize;
use ts_rs::TS;

/// A part of a picture, in fractions of its width and height, from the upper left corner of the
/// upright picture.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, TS)]
pub struct RedactBox {
    /// From the left, 0 to 1.
    pub x: f64,
    /// From the top, 0 to 1.
    pub y: f64,
    /// Width, 0 to 1.
    pub w: f64,
    /// Height, 0 to 1.
    pub h: f64,
}

/// What to blacken.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RedactExhibit {
    /// The picture.
    pub exhibit_id: ExhibitId,
    /// The parts.
    pub boxes: Vec<RedactBox>,
}

pub(crate) fn run(open: &Open, request: RedactExhibit) -> Result<ExhibitView, ApiError> {
    let _ = (open, request);
    Err(super::pending())
}
