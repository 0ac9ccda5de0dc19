//! How far a buyer is from being listed.

use crate::{
    ApiError, Open,
    view::{Approval, GateExhibit, GateView},
};
use buyerwatch_domain::{BuyerId, Gate, ListingState, Refusal};
use serde::Deserialize;
use ts_rs::TS;

/// Which buyer, under which clause.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskGate {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// Code of the clause.
    pub clause: String,
}

pub(crate) fn run(open: &Open, request: AskGate) -> Result<GateView, ApiError> {
    view(open, request.buyer_id, &request.clause)
}

/// How far a buyer is from being listed under a clause.
pub(crate) fn view(open: &Open, buyer: BuyerId, clause: &str) -> Result<GateView, ApiError> {
    let (buyer, criterion, policy) = open
        .read(|read| Ok((read.buyer(buyer)?, read.criterion_of_clause(clause)?, read.policy()?)))?;
    let buyer = buyer.ok_or(Refusal::NotFound("buyer"))?;
    let unknown = || Refusal::UnknownClause(clause.to_owned());
    let criterion = criterion.ok_or_else(unknown)?;
    let rule = criterion.clause(clause).ok_or_else(unknown)?;
    let gate = Gate::new(&buyer, &criterion, rule);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let listing = buyer.open_listing();
    let approval = match listing {
        Some(listing) if listing.state == ListingState::AwaitingApproval => Approval::Waiting,
        Some(listing) if listing.approved_by.is_some() => Approval::Given,
        Some(_) => Approval::NotNeeded,
        None if policy.second_person => Approval::Needed,
        None => Approval::NotNeeded,
    };
    Ok(GateView {
        met: gate.met(),
        missing: gate.missing().into_iter().map(|missing| missing.code().to_owned()).collect(),
        incidents: count(gate.incidents),
        needed: gate.needed,
        window_days: gate.window_days,
        exhibits: gate
            .requirements
            .iter()
            .map(|of| GateExhibit { kind: of.kind, present: count(of.present) })
            .collect(),
        buyer_version_recorded: gate.buyer_version_recorded,
        clause: gate.clause,
        counted: gate.counted,
        criterion_version: gate.criterion_version,
        text: rule.text.clone(),
        title: criterion.title,
        approval,
    })
}
