//! Ends a listing.

use super::decline::EndListing;
use crate::{ApiError, Open, buyers, view::BuyerDetail};
use buyerwatch_domain::Command;

pub(crate) fn run(open: &Open, request: EndListing) -> Result<BuyerDetail, ApiError> {
    let EndListing { buyer_id: buyer, reason } = request;
    open.execute(Command::ClearListing { buyer, reason })?;
    buyers::shown::detail(open, buyer)
}
