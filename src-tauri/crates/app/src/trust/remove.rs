//! Ends the trust in an identity.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::{Command, Timestamp, Trust, TrustId};
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

/// What ended by itself after `since` is treated as if a person had ended it. Doing it twice changes nothing.
pub(crate) fn expired(open: &Open, since: Timestamp, now: Timestamp) -> Result<(), ApiError> {
    let over = |trust: &Trust| trust.until.is_some_and(|until| until > since && until <= now);
    let ended: Vec<Trust> = open.read(|read| read.trusts())?.into_iter().filter(over).collect();
    if ended.is_empty() {
        return Ok(());
    }
    open.session().recogniser.ensure(open)?;
    open.write(|tx, _| {
        ended.into_iter().for_each(|trust| tx.end_trust(trust));
        Ok(())
    })
}
