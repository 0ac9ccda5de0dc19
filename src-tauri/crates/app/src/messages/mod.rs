//! What buyers wrote, as conversations.

pub mod answered;
mod findings;
pub mod get;
pub mod list;
mod named;
mod noticed;
mod recognised;

pub use findings::FindingView;
pub(crate) use findings::{found, signal_kinds};
pub(crate) use noticed::Noticed;
pub use recognised::RecognisedBuyer;

use crate::alerts::shown::message_hex;
use buyerwatch_domain::{AlertId, Forgery, MessageKind, Timestamp};
use buyerwatch_signals::Reader;
use buyerwatch_vault::MessageRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which message.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneMessage {
    /// Its ID.
    pub id: String,
}

/// What hangs on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AttachmentView {
    /// Its name as the message gives it; may be empty.
    pub name: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// It is stored with the message and can be taken in as evidence. Not told in lists.
    pub kept: bool,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MessageView {
    /// Its ID.
    pub id: String,
    /// What it is about.
    pub kind: MessageKind,
    /// Why it looks forged.
    pub forged: Option<Forgery>,
    /// Where it comes from, such as `Amazon.de`.
    pub marketplace: String,
    /// The order that the marketplace names; empty when it names none.
    pub order_id: String,
    /// When it says it was written.
    pub sent_at: Option<Timestamp>,
    /// When it came in.
    pub received_at: Timestamp,
    /// Its subject.
    pub subject: String,
    /// What was written, as text. Empty when its retention time ended.
    pub text: String,
    /// The text was longer than is kept.
    pub truncated: bool,
    /// What hangs on it.
    pub attachments: Vec<AttachmentView>,
    /// The text was removed when its retention time ended.
    pub purged: bool,
    /// The alert that it raised.
    pub alert_id: Option<AlertId>,
    /// What is noticed in its words, in the order of the text: hints to a person.
    pub findings: Vec<FindingView>,
}

pub(crate) fn view(reader: &Reader, row: MessageRow, alert_id: Option<AlertId>) -> MessageView {
    let message = row.message;
    let texts = [&message.subject, &message.body, &message.alias, &message.buyer_name];
    let findings =
        findings::findings(reader, message.kind, message.forged.is_some(), &message.body);
    MessageView {
        findings,
        id: message_hex(&row.id),
        kind: message.kind,
        forged: message.forged,
        purged: texts.iter().all(|text| text.is_empty()),
        marketplace: message.marketplace,
        order_id: message.order_id,
        sent_at: message.sent_at,
        received_at: row.imported_at,
        subject: message.subject,
        text: message.body,
        truncated: message.truncated,
        attachments: message
            .attachments
            .into_iter()
            .map(|of| AttachmentView { name: of.name, bytes: of.bytes, kept: false })
            .collect(),
        alert_id,
    }
}
