//! Tells how far a trust would reach, before it is given.

use crate::{ApiError, Open};
use buyerwatch_domain::IdentifierKind;
use buyerwatch_matching::identifier_tokens;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What might be trusted.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskReach {
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value.
    pub value: String,
}

/// Whom a trust would reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct TrustReach {
    /// Stored orders that carry it.
    pub orders: u32,
    /// There are more than that.
    pub more: bool,
    /// Many people may carry it: matches that rest on an exact identifier alert all the same.
    pub borne_by_many: bool,
}

/// Orders that are counted.
const COUNTED: usize = 1_000;

pub(crate) fn run(open: &Open, request: AskReach) -> Result<TrustReach, ApiError> {
    let AskReach { kind, value } = request;
    // What cannot be compared reaches nobody, and cannot be trusted.
    let tokens: Vec<_> = identifier_tokens(open.key(), kind, &value)
        .map(|of| of.all().collect())
        .unwrap_or_default();
    let found = open.read(|read| {
        let mut found = 0;
        for key in read.orders_with_tokens(&tokens, COUNTED + 1)? {
            // A flat is found by its house, too, and is another address.
            let other = kind == IdentifierKind::Address
                && read.order_act(key)?.is_some_and(|act| {
                    act.tokens.address.is_none_or(|address| !tokens.contains(&address))
                });
            found += usize::from(!other);
        }
        Ok(found)
    })?;
    Ok(TrustReach {
        orders: u32::try_from(found.min(COUNTED)).unwrap_or(u32::MAX),
        more: found > COUNTED,
        borne_by_many: !kind.is_exact(),
    })
}
