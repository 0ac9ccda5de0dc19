//! Closes an alert without action.

use super::shown;
use crate::{ApiError, Open, view::AlertDetail};
use buyerwatch_domain::{AlertId, Command, Timestamp};
use serde::Deserialize;
use ts_rs::TS;

/// What to close.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DismissAlert {
    /// The alert.
    pub id: AlertId,
    /// A remark; why, if the order is not of this buyer.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
    /// The order is not of this buyer: remember that for the pair.
    pub not_this_buyer: bool,
    /// When that ends by itself; without it, it holds until it is taken back.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<Timestamp>,
}

pub(crate) fn run(open: &Open, request: DismissAlert) -> Result<AlertDetail, ApiError> {
    let DismissAlert { id, note, not_this_buyer, until } = request;
    open.execute(Command::DismissAlert { alert: id, note, not_this_buyer, until })?;
    shown::detail(open, id)
}
