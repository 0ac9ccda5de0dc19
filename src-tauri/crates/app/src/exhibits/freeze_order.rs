//! Takes a stored order in as evidence: a copy of it as it is now.

use crate::{ApiError, Open, view::ExhibitView};
use buyerwatch_domain::ExhibitLink;
use serde::Deserialize;
use ts_rs::TS;

/// Which order.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FreezeOrder {
    /// The marketplace's order ID.
    pub order_id: String,
    /// Where it was placed; any marketplace when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub marketplace: Option<String>,
    /// What the copy belongs to beside the order itself.
    pub links: Vec<ExhibitLink>,
}

pub(crate) fn run(open: &Open, request: FreezeOrder) -> Result<ExhibitView, ApiError> {
    let _ = (open, request);
    Err(super::pending())
}
