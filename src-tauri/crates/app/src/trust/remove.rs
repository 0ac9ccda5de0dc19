//! Ends the trust in an identity.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::{Command, Timestamp, Token, Trust, TrustId};
use buyerwatch_matching::identifier_tokens;
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
    let ended = open.write(|tx, stamp| {
        let ended = tx.read().trust(trust)?;
        tx.execute(Command::RevokeTrust { trust, reason }, stamp)?;
        if let Some(ended) = ended.clone() {
            tx.end_trust(ended);
        }
        Ok(ended)
    })?;
    open.notice_again(&tokens(open, ended.as_slice()))?;
    Ok(Nothing {})
}

/// The keyed hashes of identities that were trusted.
fn tokens(open: &Open, trusts: &[Trust]) -> Vec<Token> {
    let of = |trust: &Trust| identifier_tokens(open.key(), trust.kind, &trust.value).ok();
    trusts.iter().filter_map(of).flat_map(|tokens| tokens.all().collect::<Vec<_>>()).collect()
}

/// What ended by itself after `since` is treated as if a person had ended it: stored orders are compared with
/// the list, counted and read again. Doing it twice changes nothing.
pub(crate) fn expired(open: &Open, since: Timestamp, now: Timestamp) -> Result<(), ApiError> {
    let over = |trust: &Trust| trust.until.is_some_and(|until| until > since && until <= now);
    let ended: Vec<Trust> = open.read(|read| read.trusts())?.into_iter().filter(over).collect();
    if ended.is_empty() {
        return Ok(());
    }
    open.session().recogniser.ensure(open)?;
    open.write(|tx, _| {
        for trust in &ended {
            tx.end_trust(trust.clone());
        }
        Ok(())
    })?;
    open.write_observations(|tx, _| Ok(tx.count_all_again()?))?;
    open.notice_again(&tokens(open, &ended))?;
    open.count_due().map(drop)
}
