//! Lists conversations, the newest first.

use super::{
    MessageView,
    named::Named,
    recognised::{Marks, RecognisedBuyer},
    view,
};
use crate::{
    ApiError, Open, orders,
    page::{LIMIT, Page},
};
use buyerwatch_domain::{BuyerId, Timestamp, reply_due};
use buyerwatch_vault::ConversationFilter;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which conversations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MessagesShown {
    /// All that are what they say.
    #[default]
    All,
    /// Those in which the buyer had the last word.
    Unanswered,
    /// Those of which an alert was raised.
    Alerted,
    /// Those in which a buyer wrote words that are noticed.
    Marked,
    /// Those that look forged and were set aside.
    Forged,
}

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ListMessages {
    /// Which conversations.
    pub show: MessagesShown,
    /// Only those that this buyer wrote, as far as they were recognised. What looks forged is nobody's.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub buyer_id: Option<BuyerId>,
    /// Only that about the order with this ID.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub order_id: Option<String>,
    /// Only those of an order ID or alias that begins with this, else of whoever is found by this name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub query: Option<String>,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many to show.
    pub limit: u32,
}

/// A conversation as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConversationRow {
    /// Its newest message; the text is cut.
    pub newest: MessageView,
    /// Who writes, masked.
    pub label: String,
    /// The buyer on record who wrote it.
    pub buyer: Option<RecognisedBuyer>,
    /// How many messages it has.
    pub messages: u64,
    /// When an answer is due. What was answered elsewhere is not seen.
    pub reply_due: Option<Timestamp>,
}

/// Characters of a text in a list.
const SNIPPET: usize = 200;

pub(crate) fn run(open: &Open, request: ListMessages) -> Result<Page<ConversationRow>, ApiError> {
    let query = request.query.as_deref().map(str::trim).filter(|text| !text.is_empty());
    // Before the list is held: the look-up holds it, too, and reading takes a while.
    let named = query.map(|text| Named::by(open, text)).transpose()?;
    let reader = open.phrases()?;
    let noticed = match request.show {
        MessagesShown::Marked => Some(open.noticed(&reader)?),
        _ => None,
    };
    let marks = Marks::new(open)?;
    let order_id = request.order_id.as_deref().map(str::trim);
    // Most letters are about no order: whoever asks for that of none has lost its ID.
    if order_id == Some("") {
        return Ok(Page { total: 0, items: Vec::new() });
    }
    let filter = ConversationFilter {
        unanswered: request.show == MessagesShown::Unanswered,
        alerted: request.show == MessagesShown::Alerted,
        forged: request.show == MessagesShown::Forged,
        order_id: order_id.map(str::to_owned),
        among: request.buyer_id.map(|buyer| marks.written_by(buyer)).transpose()?,
        named: named.map(|named| named.messages(&marks)).transpose()?,
        noticed,
    };
    let (total, found) =
        open.read(|read| read.conversations(&filter, request.offset, request.limit.min(LIMIT)))?;
    let items = found.into_iter().map(|of| {
        let message = &of.newest.message;
        let label = orders::shown::label(&message.buyer_name, "", &message.alias);
        let reply_due = if filter.forged { None } else { reply_due(of.times) };
        let buyer = match filter.forged {
            true => None,
            false => marks.of(of.alert, message, &of.accounts)?,
        };
        let mut newest = view(&reader, of.newest, of.alert);
        newest.text = newest.text.chars().take(SNIPPET).collect();
        Ok(ConversationRow { newest, label, buyer, messages: of.messages, reply_due })
    });
    Ok(Page { total, items: items.collect::<Result<_, ApiError>>()? })
}
