//! Trusts an identity.

use super::list::shown;
use crate::{ApiError, Open, people::shown::Team, view::TrustView};
use buyerwatch_domain::{Command, IdentifierKind, Refusal, TrustId};
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
}

pub(crate) fn run(open: &Open, request: AddTrust) -> Result<TrustView, ApiError> {
    let AddTrust { kind, value, reason } = request;
    // A trust that can match nothing would only seem to protect somebody.
    identifier_tokens(open.key(), kind, &value).map_err(|why| {
        ApiError::new("unusable_identifier", why.to_string()).with("reason", why.code())
    })?;
    let trust = open.draw(TrustId::from_bytes)?;
    open.execute(Command::GrantTrust { trust, kind, value, reason })?;
    let view = open.read(|read| {
        let team = Team::read(read)?;
        Ok(read.trust(trust)?.map(|trust| shown(&trust, &team)))
    })?;
    Ok(view.ok_or(Refusal::NotFound("trust"))?)
}
