//! One signal with the observations that it rests on.

use super::{BasisView, Known, OneSignal, SignalRow, Stored, known};
use crate::{
    ApiError, Open,
    buyers::{self, add::Existing},
    people::shown::Team,
};
use buyerwatch_domain::IncidentId;
use serde::Serialize;
use ts_rs::TS;

/// A signal in full.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SignalDetail {
    /// What the list shows.
    #[serde(flatten)]
    #[ts(flatten)]
    pub row: SignalRow,
    /// The observations, oldest first.
    pub basis: Vec<BasisView>,
    /// Buyers on record who share an identifier with it: perhaps the same person.
    pub existing: Vec<Existing>,
    /// The incidents that were reported on it.
    pub incidents: Vec<IncidentId>,
}

pub(crate) fn run(open: &Open, request: OneSignal) -> Result<SignalDetail, ApiError> {
    let known = match open.read(|read| read.withdrawn_signal(request.id))? {
        Some(withdrawn) => Known::withdrawn(withdrawn),
        None => known(open, request.id)?,
    };
    let identifiers = super::accept::identifiers(open, &known.signal.basis)?;
    let existing = buyers::add::sharing(open, &identifiers)?;
    let reader = open.phrases()?;
    open.read(|read| {
        let team = Team::read(read)?;
        let signal = &known.signal;
        let basis = signal.basis.iter().map(|one| Stored::view(&reader, read, signal, one));
        Ok(SignalDetail {
            row: known.row(read, &team)?,
            basis: basis.collect::<Result<_, _>>()?,
            existing,
            incidents: known.decision.map(|of| of.incidents).unwrap_or_default(),
        })
    })
}
