//! Shows one buyer in full.

use super::{OneBuyer, shown};
use crate::{ApiError, Open, view::BuyerDetail};

pub(crate) fn run(open: &Open, request: OneBuyer) -> Result<BuyerDetail, ApiError> {
    shown::detail(open, request.id)
}
