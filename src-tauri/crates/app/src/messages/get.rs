//! One conversation.

use super::{
    MessageView, OneMessage,
    recognised::{Marks, RecognisedBuyer},
    view,
};
use crate::{ApiError, Open, alerts::shown::message_key, orders};
use buyerwatch_domain::{MessageKind, Refusal, Timestamp, reply_due};
use serde::Serialize;
use ts_rs::TS;

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Conversation {
    /// Who writes, masked.
    pub label: String,
    /// The buyer on record who wrote it. What looks forged is nobody's.
    pub buyer: Option<RecognisedBuyer>,
    /// Its messages, the newest first; at most 500.
    pub messages: Vec<MessageView>,
    /// When an answer is due. What was answered elsewhere is not seen.
    pub reply_due: Option<Timestamp>,
    /// When somebody said that it was answered elsewhere, if nothing was written since.
    pub answered_at: Option<Timestamp>,
    /// Orders that the marketplace names in it.
    pub order_ids: Vec<String>,
}

pub(crate) fn run(open: &Open, request: OneMessage) -> Result<Conversation, ApiError> {
    let key = message_key(&request.id).ok_or(Refusal::NotFound("message"))?;
    let rows = open.read(|read| read.conversation(&key))?;
    let (first, _) = rows.first().ok_or(Refusal::NotFound("message"))?;
    let writer = rows.iter().map(|(row, _)| &row.message).find(|of| !of.buyer_name.is_empty());
    let writer = writer.unwrap_or(&first.message);
    let label = orders::shown::label(&writer.buyer_name, "", &writer.alias);
    let genuine = rows.iter().filter(|(row, _)| row.message.forged.is_none());
    let due = reply_due(genuine.flat_map(|(row, _)| row.times()));
    // Once more was written, by either side, it says nothing.
    let answered_at = rows
        .iter()
        .map(|(row, _)| row)
        .filter(|row| row.message.forged.is_none())
        .find(|row| matches!(row.message.kind, MessageKind::Buyer | MessageKind::OwnReply))
        .and_then(|row| row.answered_at);
    let mut order_ids: Vec<String> = Vec::new();
    for (row, _) in &rows {
        let order = &row.message.order_id;
        if !order.is_empty() && !order_ids.contains(order) {
            order_ids.push(order.clone());
        }
    }
    let buyer = match first.message.forged {
        Some(_) => None,
        None => {
            let accounts: Vec<_> = rows.iter().map(|(row, _)| row.tokens).collect();
            let alert = rows.iter().find_map(|(_, alert)| *alert);
            Marks::new(open)?.of(alert, &first.message, &accounts)?
        }
    };
    let reader = open.phrases()?;
    let messages = rows.into_iter().map(|(row, alert)| {
        let kept = match row.message.attachments.as_slice() {
            [] => Vec::new(),
            _ => open.read(|read| read.attachments_kept(&row.id))?,
        };
        let mut message = view(&reader, row, alert);
        for (part, file) in (0_u32..).zip(&mut message.attachments) {
            file.kept = kept.contains(&part);
        }
        Ok(message)
    });
    let messages = messages.collect::<Result<Vec<_>, ApiError>>()?;
    Ok(Conversation { label, buyer, messages, reply_due: due, answered_at, order_ids })
}
