//! What orders say about how common a token is, without a vault.

use crate::{Crowd, NameTokens, OrderTokens, unrelated_names};
use buyerwatch_domain::{ReasonField, Token};
use std::collections::HashMap;

/// Orders in memory, which answer as those of a vault do: for measuring, where there is no vault.
#[derive(Debug, Default)]
pub struct OrdersInMemory(HashMap<Token, Vec<OrderTokens>>);

impl OrdersInMemory {
    /// Stores what one order carries.
    pub fn put(&mut self, tokens: &OrderTokens) {
        let carried = [tokens.alias, tokens.phone, tokens.address, tokens.building];
        for token in carried.into_iter().flatten() {
            self.0.entry(token).or_default().push(*tokens);
        }
    }
}

impl Crowd for OrdersInMemory {
    fn distinct_names(&self, field: ReasonField, token: Token) -> u32 {
        let orders = self.0.get(&token).map(Vec::as_slice).unwrap_or_default();
        let at_home = matches!(field, ReasonField::Address | ReasonField::Street);
        let name = |order: &OrderTokens| {
            let (first, second) = if at_home {
                (order.recipient_name, order.buyer_name)
            } else {
                (order.buyer_name, order.recipient_name)
            };
            if first.is_present() { first } else { second }
        };
        let counts =
            |order: &&OrderTokens| field != ReasonField::Address || order.address == Some(token);
        let names: Vec<NameTokens> = orders.iter().filter(counts).map(name).collect();
        unrelated_names(field, names)
    }
}
