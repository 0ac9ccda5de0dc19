//! What the stored orders say about how common an identity is, and their tokens.

use buyerwatch_domain::{ReasonField, Token};
use buyerwatch_matching::{Crowd, NameTokens, OrderTokens, RECIPIENTS_PER_NAME, unrelated_names};
use buyerwatch_vault::{NameRow, OrderTokenRow, Read, VaultError};
use std::cell::RefCell;

/// How common a token is among the stored orders.
pub(crate) struct StoredCrowd<'a, 'c> {
    read: &'a Read<'c>,
    /// A trait that cannot fail asks; the failure is told afterwards.
    failed: RefCell<Option<VaultError>>,
}

impl<'a, 'c> StoredCrowd<'a, 'c> {
    pub(crate) const fn new(read: &'a Read<'c>) -> Self {
        Self { read, failed: RefCell::new(None) }
    }

    pub(crate) fn finish(self) -> Result<(), VaultError> {
        self.failed.into_inner().map_or(Ok(()), Err)
    }
}

impl Crowd for StoredCrowd<'_, '_> {
    fn distinct_names(&self, field: ReasonField, token: Token) -> u32 {
        match crowd_names(self.read, field, token) {
            Ok(count) => count,
            Err(error) => {
                *self.failed.borrow_mut() = Some(error);
                0
            }
        }
    }
}

/// More names than any rule asks for.
const NAMES_LIMIT: usize = 64;

/// Unrelated names among the stored orders under this token.
pub(crate) fn crowd_names(
    read: &Read<'_>,
    field: ReasonField,
    token: Token,
) -> Result<u32, VaultError> {
    let names = read.names_behind(field, token, NAMES_LIMIT)?;
    let (stand_ins, own): (Vec<NameRow>, Vec<NameRow>) =
        names.into_iter().partition(|name| name.stands_in && is_account(field));
    let count = |names: Vec<NameRow>| {
        let tokens = names.into_iter();
        let tokens = tokens.map(|name| NameTokens { full: name.full, family: name.family });
        unrelated_names(field, tokens)
    };
    Ok(count(own).max(count(stand_ins) / RECIPIENTS_PER_NAME))
}

/// Whether the field names an account, which one buyer owns and from which they send to many.
const fn is_account(field: ReasonField) -> bool {
    matches!(field, ReasonField::Alias | ReasonField::MarketplaceId | ReasonField::UserName)
}

/// Stored tokens in the engine's form.
pub(crate) const fn order_tokens(row: &OrderTokenRow) -> OrderTokens {
    OrderTokens {
        alias: row.alias,
        alias_shared: row.alias_shared,
        marketplace_id: row.marketplace_id,
        phone: row.phone,
        phone_shared: row.phone_shared,
        ship_phone: row.ship_phone,
        ship_phone_shared: row.ship_phone_shared,
        user_name: row.user_name,
        order_id: row.order_id,
        buyer_name: NameTokens { full: row.buyer_name, family: row.buyer_family },
        recipient_name: NameTokens { full: row.recipient_name, family: row.recipient_family },
        address: row.address,
        address_without_district: row.address_without_district,
        building: row.building,
        postcode: row.postcode,
        country: row.country,
        meaningless: row.meaningless,
    }
}

/// The engine's tokens in the form in which they are stored.
pub(crate) const fn token_row(tokens: &OrderTokens) -> OrderTokenRow {
    OrderTokenRow {
        alias: tokens.alias,
        alias_shared: tokens.alias_shared,
        marketplace_id: tokens.marketplace_id,
        phone: tokens.phone,
        phone_shared: tokens.phone_shared,
        ship_phone: tokens.ship_phone,
        ship_phone_shared: tokens.ship_phone_shared,
        user_name: tokens.user_name,
        order_id: tokens.order_id,
        buyer_name: tokens.buyer_name.full,
        buyer_family: tokens.buyer_name.family,
        recipient_name: tokens.recipient_name.full,
        recipient_family: tokens.recipient_name.family,
        address: tokens.address,
        address_without_district: tokens.address_without_district,
        building: tokens.building,
        postcode: tokens.postcode,
        country: tokens.country,
        meaningless: tokens.meaningless,
    }
}
