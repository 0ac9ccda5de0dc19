//! Lists trusted identities.

use crate::{ApiError, Nothing, Open, mask, people::shown::Team, view::TrustView};
use buyerwatch_domain::{Timestamp, Trust};
use serde::Serialize;
use ts_rs::TS;

/// Every trusted identity.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Trusts {
    /// Newest first.
    pub items: Vec<TrustView>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Trusts, ApiError> {
    open.read(|read| {
        let team = Team::read(read)?;
        let trusts = read.trusts()?;
        Ok(Trusts { items: trusts.iter().map(|trust| shown(trust, &team, open.now())).collect() })
    })
}

pub(super) fn shown(trust: &Trust, team: &Team, now: Timestamp) -> TrustView {
    TrustView {
        id: trust.id,
        kind: trust.kind,
        masked: mask::mask(trust.kind, &trust.value),
        reason: trust.reason.clone(),
        at: trust.at,
        by: team.view(trust.by),
        until: trust.until,
        ended: !trust.holds(now),
    }
}
