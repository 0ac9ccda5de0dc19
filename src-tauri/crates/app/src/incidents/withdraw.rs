//! Takes an incident back.

use crate::{ApiError, Open, buyers, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command, IncidentId};
use serde::Deserialize;
use ts_rs::TS;

/// What to take back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WithdrawIncident {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// The incident.
    pub incident_id: IncidentId,
    /// Why.
    pub reason: String,
}

pub(crate) fn run(open: &Open, request: WithdrawIncident) -> Result<BuyerDetail, ApiError> {
    let WithdrawIncident { buyer_id: buyer, incident_id: incident, reason } = request;
    open.execute(Command::WithdrawIncident { buyer, incident, reason })?;
    buyers::shown::detail(open, buyer)
}
