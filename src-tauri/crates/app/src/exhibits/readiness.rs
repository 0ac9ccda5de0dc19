//! What the clauses of a buyer's incidents ask for, and what of it is there.

use crate::{ApiError, Open, buyers::OneBuyer};
use buyerwatch_domain::{
    Buyer, ExhibitId, ExhibitKind, Incident, IncidentId, Localized, Refusal, Timestamp,
};
use serde::Serialize;
use ts_rs::TS;

/// One kind of evidence that a clause asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadyItem {
    /// What must be shown.
    pub kind: ExhibitKind,
    /// Exhibits that show it.
    pub present: Vec<ExhibitId>,
    /// Exhibits that would, had the last check not found their files damaged.
    pub damaged: Vec<ExhibitId>,
}

/// One incident with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadyIncident {
    /// The incident.
    pub incident_id: IncidentId,
    /// When it happened.
    pub at: Timestamp,
    /// Orders that it concerns.
    pub orders: Vec<String>,
    /// What the clause asks for.
    pub items: Vec<ReadyItem>,
}

/// One clause with the incidents under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadyClause {
    /// Code of the clause.
    pub clause: String,
    /// What the criterion is about.
    pub title: Localized,
    /// Incidents under it that still count, newest first.
    pub incidents: Vec<ReadyIncident>,
}

/// Every clause under which a buyer has incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Readiness {
    /// The clauses.
    pub clauses: Vec<ReadyClause>,
}

pub(crate) fn run(open: &Open, request: OneBuyer) -> Result<Readiness, ApiError> {
    let found = open.read(|read| {
        let Some(buyer) = read.buyer(request.id)? else { return Ok(None) };
        let mut codes: Vec<&str> = Vec::new();
        for incident in buyer.incidents.iter().filter(|incident| incident.withdrawn.is_none()) {
            if !codes.contains(&incident.clause.as_str()) {
                codes.push(&incident.clause);
            }
        }
        let mut clauses = Vec::new();
        for code in codes {
            // A clause that no criterion in force holds any more asks for nothing.
            let Some(criterion) = read.criterion_of_clause(code)? else { continue };
            let required = criterion.clause(code).map(|clause| &*clause.required_exhibits);
            let required = required.unwrap_or_default().to_vec();
            let mut under: Vec<&Incident> = buyer
                .incidents
                .iter()
                .filter(|incident| incident.clause == code && incident.withdrawn.is_none())
                .collect();
            under.sort_by_key(|incident| std::cmp::Reverse((incident.at, incident.id)));
            clauses.push(ReadyClause {
                clause: code.to_owned(),
                title: criterion.title.clone(),
                incidents: under.into_iter().map(|of| ready(&buyer, of, &required)).collect(),
            });
        }
        Ok(Some(Readiness { clauses }))
    })?;
    Ok(found.ok_or(Refusal::NotFound("buyer"))?)
}

fn ready(buyer: &Buyer, of: &Incident, required: &[ExhibitKind]) -> ReadyIncident {
    let item = |kind: ExhibitKind| {
        let shows = buyer.exhibits.iter().filter(|exhibit| exhibit.kind.satisfies(kind));
        let counts = shows.filter(|exhibit| buyer.is_shown_by(exhibit, &[of]));
        let (sound, damaged): (Vec<_>, Vec<_>) = counts.partition(|exhibit| exhibit.is_sound());
        ReadyItem {
            kind,
            present: sound.into_iter().map(|exhibit| exhibit.id).collect(),
            damaged: damaged.into_iter().map(|exhibit| exhibit.id).collect(),
        }
    };
    ReadyIncident {
        incident_id: of.id,
        at: of.at,
        orders: of.orders.clone(),
        items: required.iter().map(|&kind| item(kind)).collect(),
    }
}
