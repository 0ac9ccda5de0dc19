//! Takes a "not this buyer" back.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::{BuyerId, Command, PairDecision, Refusal, Timestamp, Token};
use serde::Deserialize;
use ts_rs::TS;

/// Which decision.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RestorePair {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// Names the identity, as the list answered it.
    pub identity: String,
    /// Why.
    pub reason: String,
}

pub(crate) fn run(open: &Open, request: RestorePair) -> Result<Nothing, ApiError> {
    let RestorePair { buyer_id: buyer, identity, reason } = request;
    let identity = identity.parse().map(Token).map_err(|_| Refusal::NotFound("pair"))?;
    // The orders that it silenced are looked at again.
    open.session().recogniser.ensure(open)?;
    open.execute(Command::RestorePair { buyer, identity, reason })?;
    Ok(Nothing {})
}

/// What ended by itself after `since` is treated as if a person had taken it back. Doing it twice changes
/// nothing.
pub(crate) fn expired(open: &Open, since: Timestamp, now: Timestamp) -> Result<(), ApiError> {
    let over = |pair: &PairDecision| pair.until.is_some_and(|until| until > since && until <= now);
    let ended: Vec<PairDecision> =
        open.read(|read| read.pairs())?.into_iter().filter(over).collect();
    if ended.is_empty() {
        return Ok(());
    }
    open.session().recogniser.ensure(open)?;
    open.write(|tx, _| {
        ended.iter().for_each(|pair| tx.end_pair(pair.buyer));
        Ok(())
    })
}
