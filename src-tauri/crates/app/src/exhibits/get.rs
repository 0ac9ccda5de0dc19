//! Shows one exhibit in full: what it belongs to and all that happened to it.

use super::{OneExhibit, shown};
use crate::{ApiError, Open, view::ExhibitDetail};

pub(crate) fn run(open: &Open, request: OneExhibit) -> Result<ExhibitDetail, ApiError> {
    shown::detail(open, request.exhibit_id)
}
