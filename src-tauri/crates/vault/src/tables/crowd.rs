//! How many people stand behind an identity, from the orders that carry it.

use super::column::decoded;
use super::orders::OrderKey;
use super::tokens::{OrderTokenRow, TokenFilters, orders_with};
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{ReasonField, Token};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;

/// Orders looked at for one question. Beyond that an identity is shared by any measure, or it is
/// one faithful customer.
const LOOKED_AT: usize = 500;

/// One name as stored tokens have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameRow {
    /// The whole name, unless it is one word.
    pub full: Option<Token>,
    /// The family name, if it can be told.
    pub family: Option<Token>,
    /// It stands in for the name that the order lacks: who receives for who pays, or the reverse.
    pub stands_in: bool,
}

impl OrderTokenRow {
    /// Whether the field of the order carries the token.
    fn carries(&self, field: ReasonField, token: Token) -> bool {
        let token = Some(token);
        match field {
            ReasonField::Alias => self.alias == token,
            ReasonField::MarketplaceId => self.marketplace_id == token,
            ReasonField::Phone => self.phone == token || self.ship_phone == token,
            ReasonField::UserName => self.user_name == token,
            ReasonField::OrderId => self.order_id == token,
            ReasonField::Address => self.address == token,
            // Everybody in the house, whatever the flat.
            ReasonField::Street => self.address == token || self.building == token,
            ReasonField::Name => self.buyer_name == token || self.recipient_name == token,
            ReasonField::Postcode => self.postcode == token,
            // Parts of names and addresses have no tokens of their own.
            _ => false,
        }
    }

    /// The name that tells how many people use the field: who receives for an address, who pays for
    /// all else, so that one buyer's gifts do not make an alias a shared one. Many reports carry
    /// only one of the two; then it stands in for the other.
    const fn name_behind(&self, field: ReasonField) -> NameRow {
        let buyer = (self.buyer_name, self.buyer_family);
        let recipient = (self.recipient_name, self.recipient_family);
        let (first, second) = match field {
            ReasonField::Address | ReasonField::Street => (recipient, buyer),
            _ => (buyer, recipient),
        };
        let stands_in = first.0.is_none() && first.1.is_none();
        let (full, family) = if stands_in { second } else { first };
        NameRow { full, family, stands_in }
    }
}

/// Answers about identities, for asking often within one transaction.
#[derive(Debug)]
pub struct Crowd<'a> {
    conn: &'a Connection,
    filters: &'a TokenFilters,
}

impl Crowd<'_> {
    /// As [`Read::names_behind`], at a fraction of the cost.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn names_behind(
        &self,
        field: ReasonField,
        token: Token,
        limit: usize,
    ) -> Result<Vec<NameRow>, VaultError> {
        let keys = self.filters.orders_with(self.conn, token, LOOKED_AT)?;
        names(self.conn, keys, field, token, limit)
    }

    /// As [`Read::orders_with_tokens`], at a fraction of the cost.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn orders_with_tokens(
        &self,
        tokens: &[Token],
        limit: usize,
    ) -> Result<Vec<OrderKey>, VaultError> {
        let mut keys = BTreeSet::new();
        for token in tokens {
            keys.extend(self.filters.orders_with(self.conn, *token, limit)?);
        }
        Ok(keys.into_iter().collect())
    }
}

impl<'a> Read<'a> {
    /// The different names on stored orders that carry a token in a field; at most `limit`, and
    /// from no more than 500 orders. Orders without a name do not count.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn names_behind(
        &self,
        field: ReasonField,
        token: Token,
        limit: usize,
    ) -> Result<Vec<NameRow>, VaultError> {
        let keys = orders_with(self.conn(), token, LOOKED_AT)?;
        names(self.conn(), keys, field, token, limit)
    }

    /// Prepares for asking often. Keep the filters over the transactions of an import: only what
    /// was added since is read again. What the transaction writes afterwards is not seen.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn crowd<'f>(&self, filters: &'f mut TokenFilters) -> Result<Crowd<'f>, VaultError>
    where
        'a: 'f,
    {
        filters.refresh(self.conn())?;
        Ok(Crowd { conn: self.conn(), filters })
    }
}

impl<'a> Write<'a> {
    /// As [`Read::crowd`]; the answers may be used while the transaction goes on.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn crowd<'f>(&self, filters: &'f mut TokenFilters) -> Result<Crowd<'f>, VaultError>
    where
        'a: 'f,
    {
        filters.refresh(self.conn())?;
        Ok(Crowd { conn: self.conn(), filters })
    }
}

fn names(
    conn: &Connection,
    keys: Vec<OrderKey>,
    field: ReasonField,
    token: Token,
    limit: usize,
) -> Result<Vec<NameRow>, VaultError> {
    let mut names = BTreeSet::new();
    for key in keys {
        if names.len() >= limit {
            break;
        }
        let Some(tokens) = tokens_of(conn, key)? else { continue };
        let name = tokens.name_behind(field);
        if tokens.carries(field, token) && (name.full.is_some() || name.family.is_some()) {
            names.insert(name);
        }
    }
    Ok(names.into_iter().collect())
}

fn tokens_of(conn: &Connection, key: OrderKey) -> Result<Option<OrderTokenRow>, VaultError> {
    let mut query = conn.prepare_cached("SELECT tokens FROM orders WHERE key = ?1")?;
    let tokens = query
        .query_row([key.0], |row| decoded(row, 0, |bytes| OrderTokenRow::decode(bytes).ok_or(())));
    Ok(tokens.optional()?)
}
