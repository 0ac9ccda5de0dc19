//! Reports an incident.

use crate::{
    ApiError, Open,
    exhibits::{commit, freeze_message, shown, take_in},
    listings,
    view::{ExhibitView, GateView},
};
use buyerwatch_domain::{BuyerId, Command, ExhibitId, ExhibitKind, IncidentId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A file that was dropped or picked.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExhibitFile {
    /// What it shows.
    pub kind: ExhibitKind,
    /// The file.
    pub handle: String,
}

/// What to report.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddIncident {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// Code of the clause.
    pub clause: String,
    /// When the act happened.
    pub at: Timestamp,
    /// Orders that it concerns.
    pub orders: Vec<String>,
    /// What happened.
    pub text: String,
    /// What the buyer says happened.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub buyer_version: Option<String>,
    /// Evidence that comes with it.
    pub exhibits: Vec<ExhibitFile>,
    /// IDs of messages that are copied as they are stored, each with what hangs on it.
    #[serde(default)]
    pub messages: Vec<String>,
}

/// The incident as reported.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AddedIncident {
    /// Its identity.
    pub incident_id: IncidentId,
    /// Its evidence.
    pub exhibits: Vec<ExhibitView>,
    /// How far the buyer is now from being listed under the clause.
    pub gate: GateView,
}

pub(crate) fn run(open: &Open, request: AddIncident) -> Result<AddedIncident, ApiError> {
    let AddIncident {
        buyer_id: buyer,
        clause,
        at,
        orders,
        text,
        buyer_version,
        exhibits,
        messages,
    } = request;
    let received = exhibits.iter().map(|file| take_in(open, Some(file.kind), &file.handle));
    let mut received = received.collect::<Result<Vec<_>, _>>()?;
    for message in &messages {
        received.extend(freeze_message::copies(open, message)?);
    }
    let incident = open.draw(IncidentId::from_bytes)?;
    let ids = commit(open, received, |tx, stamp, exhibits| {
        let ids: Vec<ExhibitId> = exhibits.iter().map(|exhibit| exhibit.id).collect();
        tx.execute(
            Command::AddIncident {
                buyer,
                incident,
                clause: clause.clone(),
                at,
                orders,
                text,
                buyer_version,
                exhibits,
            },
            stamp,
        )?;
        Ok(ids)
    })?;
    Ok(AddedIncident {
        incident_id: incident,
        exhibits: shown::several(open, &ids)?,
        gate: listings::gate::view(open, buyer, &clause)?,
    })
}
