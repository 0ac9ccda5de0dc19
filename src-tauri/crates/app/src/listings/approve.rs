//! Confirms a listing as the second person.

use crate::{ApiError, Open, buyers, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command};
use serde::Deserialize;
use ts_rs::TS;

/// What to confirm.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ApproveListing {
    /// The buyer whose listing waits.
    pub buyer_id: BuyerId,
}

pub(crate) fn run(open: &Open, request: ApproveListing) -> Result<BuyerDetail, ApiError> {
    open.execute(Command::ApproveListing { buyer: request.buyer_id })?;
    buyers::shown::detail(open, request.buyer_id)
}
