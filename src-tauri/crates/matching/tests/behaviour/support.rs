//! A small list and orders to hold against it.

use buyerwatch_domain::{
    Address, BuyerId, Identifier, IdentifierId, IdentifierKind, ObservedOrder, ReasonField,
    Timestamp, Token,
};
use buyerwatch_matching::{
    BlindKey, Crowd, Index, ListedIdentifier, Match, NoCrowd, OrderTokens, order_tokens, screen,
};
use std::collections::HashMap;

pub fn key() -> BlindKey {
    BlindKey::from_bytes([42; 32])
}

pub fn buyer(number: u8) -> BuyerId {
    BuyerId::from_bytes([number; 16])
}

/// The identifiers of one buyer; the id of each is its position.
pub fn identifiers(values: &[(IdentifierKind, &str)]) -> Vec<ListedIdentifier> {
    let identifiers: Vec<Identifier> = values
        .iter()
        .enumerate()
        .map(|(position, (kind, value))| Identifier {
            id: IdentifierId::from_bytes([u8::try_from(position).unwrap(); 16]),
            kind: *kind,
            value: (*value).to_owned(),
            shared: false,
            added_at: Timestamp::from_millis(0),
        })
        .collect();
    ListedIdentifier::all_of(&key(), &identifiers)
        .into_iter()
        .zip(values)
        .map(|((_, listed), (_, value))| listed.unwrap_or_else(|e| panic!("{value}: {e}")))
        .collect()
}

/// An index of one buyer, number 1.
pub fn list(values: &[(IdentifierKind, &str)]) -> Index {
    let mut index = Index::new();
    index.insert_buyer(buyer(1), &identifiers(values));
    index
}

pub fn order(buyer_name: &str, lines: &[&str], city: &str, postal: &str) -> ObservedOrder {
    ObservedOrder {
        order_id: "302-1111111-2222222".to_owned(),
        buyer_name: buyer_name.to_owned(),
        ship_to: place(lines, city, "", postal, ""),
        ..ObservedOrder::default()
    }
}

pub fn place(lines: &[&str], city: &str, state: &str, postal: &str, country: &str) -> Address {
    Address {
        lines: lines.iter().map(|&line| line.to_owned()).collect(),
        city: city.to_owned(),
        state: state.to_owned(),
        postal: postal.to_owned(),
        country: country.to_owned(),
    }
}

pub fn tokens(order: &ObservedOrder) -> OrderTokens {
    order_tokens(&key(), order)
}

pub fn matches(index: &Index, order: &ObservedOrder) -> Vec<Match> {
    screen(index, &tokens(order), &NoCrowd)
}

/// A crowd with so many names under the given tokens.
#[derive(Default)]
pub struct Counted(pub HashMap<(ReasonField, Token), u32>);

impl Crowd for Counted {
    fn distinct_names(&self, field: ReasonField, token: Token) -> u32 {
        self.0.get(&(field, token)).copied().unwrap_or(0)
    }
}
