//! Lists conversations, the newest first.

use super::{MessageView, view};
use crate::{
    ApiError, Open, orders,
    page::{LIMIT, Page},
};
use buyerwatch_domain::{Timestamp, reply_due};
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
    /// Those that look forged and were set aside.
    Forged,
}

/// Which part of the list.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
pub struct ListMessages {
    /// Which conversations.
    pub show: MessagesShown,
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
    /// How many messages it has.
    pub messages: u64,
    /// When an answer is due. What was answered elsewhere is not seen.
    pub reply_due: Option<Timestamp>,
}

/// Characters of a text in a list.
const SNIPPET: usize = 200;

pub(crate) fn run(open: &Open, request: ListMessages) -> Result<Page<ConversationRow>, ApiError> {
    let filter = ConversationFilter {
        unanswered: request.show == MessagesShown::Unanswered,
        alerted: request.show == MessagesShown::Alerted,
        forged: request.show == MessagesShown::Forged,
    };
    let (total, found) =
        open.read(|read| read.conversations(filter, request.offset, request.limit.min(LIMIT)))?;
    let reader = open.phrases()?;
    let items = found.into_iter().map(|of| {
        let message = &of.newest.message;
        let label = orders::shown::label(&message.buyer_name, "", &message.alias);
        let reply_due = if filter.forged { None } else { reply_due(of.times) };
        let mut newest = view(&reader, of.newest, of.alert);
        newest.text = newest.text.chars().take(SNIPPET).collect();
        ConversationRow { newest, label, messages: of.messages, reply_due }
    });
    Ok(Page { total, items: items.collect() })
}
