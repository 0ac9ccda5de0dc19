//! Shows one alert in full.

use super::{OneAlert, shown};
use crate::{ApiError, Open, view::AlertDetail};

pub(crate) fn run(open: &Open, request: OneAlert) -> Result<AlertDetail, ApiError> {
    shown::detail(open, request.id)
}
