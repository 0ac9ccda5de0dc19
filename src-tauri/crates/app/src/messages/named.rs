//! Messages that a person looks for by an order ID, an alias or a name.

use super::recognised::Marks;
use crate::{
    ApiError, Open,
    lookup::find::{self, Find, LookupItem},
};
use buyerwatch_domain::BuyerId;
use buyerwatch_vault::MessageKey;

/// Messages of one order that are looked at, the newest.
const OF_ORDER: usize = 1_000;

/// What a text names.
pub(super) struct Named {
    messages: Vec<MessageKey>,
    buyers: Vec<BuyerId>,
}

impl Named {
    /// Messages whose order ID or alias begins with the text; where none does, those that are signed with it,
    /// and the buyers and orders that the look-up finds by it.
    ///
    /// # Errors
    /// When the vault is locked or cannot be read.
    pub(super) fn by(open: &Open, text: &str) -> Result<Self, ApiError> {
        let messages = open.read(|read| read.messages_beginning(text))?;
        let mut named = Self { messages, buyers: Vec::new() };
        if !named.messages.is_empty() {
            return Ok(named);
        }
        named.messages = open.read(|read| read.messages_signed(text))?;
        open.session().recogniser.ensure(open)?;
        for item in find::run(open, Find { query: text.to_owned(), message_id: None })?.items {
            match item {
                LookupItem::Buyer { id, .. } => named.buyers.push(id),
                LookupItem::Order { order_id, .. } => {
                    let rows = open.read(|read| read.messages_by(&[], &[&order_id], OF_ORDER))?;
                    named.messages.extend(rows.into_iter().map(|row| row.id));
                }
            }
        }
        Ok(named)
    }

    /// Those messages and what those buyers wrote.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub(super) fn messages(self, marks: &Marks<'_>) -> Result<Vec<MessageKey>, ApiError> {
        let mut messages = self.messages;
        for buyer in self.buyers {
            messages.extend(marks.written_by(buyer)?);
        }
        Ok(messages)
    }
}
