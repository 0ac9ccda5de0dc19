//! Takes evidence in.

use super::{of_buyer, take_in};
use crate::{ApiError, Open, view::ExhibitView};
use buyerwatch_domain::{BuyerId, Command, ExhibitId, ExhibitKind, IncidentId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to take in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddExhibits {
    /// The buyer whom it concerns.
    pub buyer_id: BuyerId,
    /// The incident that it proves.
    pub incident_id: Option<IncidentId>,
    /// What it shows.
    pub kind: ExhibitKind,
    /// The files.
    pub handles: Vec<String>,
}

/// The evidence as taken in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AddedExhibits {
    /// One for each file.
    pub exhibits: Vec<ExhibitView>,
}

pub(crate) fn run(open: &Open, request: AddExhibits) -> Result<AddedExhibits, ApiError> {
    let AddExhibits { buyer_id: buyer, incident_id: incident, kind, handles } = request;
    let read = handles.iter().map(|handle| take_in(open, kind, handle));
    let exhibits = read.collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<ExhibitId> = exhibits.iter().map(|exhibit| exhibit.id).collect();
    open.execute(Command::AddExhibits { buyer, incident, exhibits })?;
    Ok(AddedExhibits { exhibits: of_buyer(open, buyer, &ids)? })
}
