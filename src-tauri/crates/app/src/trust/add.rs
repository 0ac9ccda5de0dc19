//! Trusts an identity.

use super::list::shown;
use crate::{ApiError, Open, people::shown::Team, view::TrustView};
use buyerwatch_domain::{Command, IdentifierKind, Refusal, Timestamp, TrustId};
use buyerwatch_matching::identifier_tokens;
use serde::Deserialize;
use ts_rs::TS;

/// Whom to trust.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddTrust {
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value.
    pub value: String,
    /// Why.
    pub reason: String,
    /// When it ends by itself; without it, it holds until it is taken back.
    pub until: Option<Timestamp>,
}

pub(crate) fn run(open: &Open, request: AddTrust) -> Result<TrustView, ApiError> {
    let AddTrust { kind, value, reason, until } = request;
    // A trust that can match nothing would only seem to protect somebody.
    identifier_tokens(open.key(), kind, &value).map_err(|why| {
        ApiError::new("unusable_identifier", why.to_string()).with("reason", why.code())
    })?;
    let trust = open.draw(TrustId::from_bytes)?;
    open.execute(Command::GrantTrust { trust, kind, value, reason, until })?;
    let view = open.read(|read| {
        let team = Team::read(read)?;
        Ok(read.trust(trust)?.map(|trust| shown(&trust, &team, open.now())))
    })?;
    Ok(view.ok_or(Refusal::NotFound("trust"))?)
}
