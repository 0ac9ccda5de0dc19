//! Ends the trust in an identity.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::{Command, TrustId};
use serde::Deserialize;
use ts_rs::TS;

/// Which trust.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveTrust {
    /// The trust.
    pub id: TrustId,
    /// Why.
    pub reason: String,
}

pub(crate) fn run(open: &Open, request: RemoveTrust) -> Result<Nothing, ApiError> {
    let RemoveTrust { id: trust, reason } = request;
    // The orders that it silenced are looked at in the same transaction.
    open.session().recogniser.ensure(open)?;
    open.write(|tx, stamp| {
        let ended = tx.read().trust(trust)?;
        tx.execute(Command::RevokeTrust { trust, reason }, stamp)?;
        if let Some(ended) = ended {
            tx.end_trust(ended);
        }
        Ok(Nothing {})
    })
}
