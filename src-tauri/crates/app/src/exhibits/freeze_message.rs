//! Takes a stored message in as evidence: a copy of its text as it is now.

use super::{Received, Source, from_bytes, receive};
use crate::{ApiError, Open, alerts::shown::message_key, desk::Stopped, view::ExhibitView};
use buyerwatch_domain::{ExhibitKind, ExhibitLink, Forgery, ObservedMessage, Refusal, Timestamp};
use buyerwatch_vault::MessageRow;
use serde::Deserialize;
use std::fmt::Write as _;
use ts_rs::TS;

/// Which message.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FreezeMessage {
    /// Its ID, as the lists and alerts name it.
    pub message_id: String,
    /// What the copy belongs to beside the order that the message names.
    pub links: Vec<ExhibitLink>,
}

pub(crate) fn run(open: &Open, request: FreezeMessage) -> Result<ExhibitView, ApiError> {
    let FreezeMessage { message_id, mut links } = request;
    let row = stored(open, &message_id)?;
    if !row.message.order_id.is_empty() {
        let own = ExhibitLink::Order { order_id: row.message.order_id.clone() };
        if !links.contains(&own) {
            links.push(own);
        }
    }
    let text = frozen(&row, open.now());
    from_bytes(open, &file_name(&row), text.as_bytes(), ExhibitKind::Message, links)
}

/// A message as it is stored, and what hangs on it, taken in and yet to be recorded.
pub(crate) fn copies(open: &Open, message_id: &str) -> Result<Vec<Received>, ApiError> {
    let row = stored(open, message_id)?;
    let take = |name: &str, bytes: &[u8], kind| {
        receive(open, Source::Bytes(name, bytes), kind, &mut |_| true).map_err(Stopped::into_error)
    };
    let text = frozen(&row, open.now());
    let mut copies = vec![take(&file_name(&row), text.as_bytes(), Some(ExhibitKind::Message))?];
    for (part, file) in (0_u32..).zip(&row.message.attachments) {
        if let Some(content) = open.read(|read| read.attachment(&row.id, part))? {
            copies.push(take(&attachment_name(&file.name, part), &content, None)?);
        }
    }
    Ok(copies)
}

/// The message, while something of it is left.
pub(super) fn stored(open: &Open, message_id: &str) -> Result<MessageRow, ApiError> {
    let key = message_key(message_id).ok_or(Refusal::NotFound("message"))?;
    let row = open.read(|read| read.message(&key))?.ok_or(Refusal::NotFound("message"))?;
    if is_purged(&row.message) {
        return Err(ApiError::new(
            "message_purged",
            "the text of this message was removed when its retention time ended",
        ));
    }
    Ok(row)
}

/// Not every attachment bears a name.
pub(super) fn attachment_name(name: &str, part: u32) -> String {
    if name.is_empty() { format!("attachment {}", part + 1) } else { name.to_owned() }
}

/// Whether nothing of what was written is left.
pub(crate) fn is_purged(message: &ObservedMessage) -> bool {
    [&message.subject, &message.body, &message.alias, &message.buyer_name]
        .iter()
        .all(|text| text.is_empty())
}

pub(crate) fn file_name(row: &MessageRow) -> String {
    let day = row.message.sent_at.unwrap_or(row.imported_at).to_string();
    let day = day.get(..10).unwrap_or_default();
    match row.message.order_id.as_str() {
        "" => format!("message {day}.txt"),
        order => format!("message {day} {order}.txt"),
    }
}

/// What is stored of a message, as text that a person reads. It is never read back. It says of
/// itself that it is not the mail, since headers and pictures of the mail are not kept.
pub(crate) fn frozen(row: &MessageRow, at: Timestamp) -> String {
    let message = &row.message;
    let mut text = String::from(
        "A copy of the text of a message as it was stored. It is not the mail itself.\n\n",
    );
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            // One line each: nobody writes a line of the head from outside.
            let value: String =
                value.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
            let _ = writeln!(text, "{name}: {value}");
        }
    };
    line("Marketplace", &message.marketplace);
    line("Kind", message.kind.code());
    line("Order", &message.order_id);
    line("Conversation", &message.case);
    line("From", &message.buyer_name);
    line("Address", &message.alias);
    line("Buyer ID", &message.marketplace_buyer_id);
    line("Message-ID", &message.message_id);
    line("Sent", &message.sent_at.map(|at| at.to_string()).unwrap_or_default());
    line("Stored", &row.imported_at.to_string());
    line("Copied", &at.to_string());
    match message.forged {
        Some(Forgery::Attached) => line("Hung on another mail", "its sender was not checked"),
        Some(forged) => line("Looks forged", forged.code()),
        None => {}
    }
    for file in &message.attachments {
        line("Attached", &format!("{} ({}, {} bytes)", file.name, file.media_type, file.bytes));
    }
    line("Subject", &message.subject);
    if message.truncated {
        line("Cut", "the text was longer than is kept");
    }
    text.push('\n');
    text.push_str(&message.body);
    text.push('\n');
    text
}
