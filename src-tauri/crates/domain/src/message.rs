//! Messages that came from outside: what a buyer or the marketplace wrote to the seller.

use crate::{Channel, ObservedOrder, Timestamp};
use serde::{Deserialize, Serialize};

/// What a message is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A buyer writes.
    Buyer,
    /// A copy of the seller's own reply.
    OwnReply,
    /// A buyer asks to return something.
    ReturnRequest,
    /// A buyer has filed a claim.
    ClaimFiled,
    /// A claim is decided.
    ClaimClosed,
    /// A buyer asks to cancel.
    CancelRequest,
    /// A refund is under way.
    Refund,
    /// A reply was not delivered, since the buyer wants none.
    OptedOut,
    /// Something was sold.
    Sold,
    /// A bank takes a payment back.
    Chargeback,
    /// Another message of the marketplace.
    Notice,
    /// Not of a marketplace.
    #[default]
    Foreign,
}

impl MessageKind {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::OwnReply => "own_reply",
            Self::ReturnRequest => "return_request",
            Self::ClaimFiled => "claim_filed",
            Self::ClaimClosed => "claim_closed",
            Self::CancelRequest => "cancel_request",
            Self::Refund => "refund",
            Self::OptedOut => "opted_out",
            Self::Sold => "sold",
            Self::Chargeback => "chargeback",
            Self::Notice => "notice",
            Self::Foreign => "foreign",
        }
    }

    /// Whether the buyer is the one who acts: only then somebody has to hear of it.
    #[must_use]
    pub const fn is_of_buyer(self) -> bool {
        matches!(
            self,
            Self::Buyer
                | Self::ReturnRequest
                | Self::ClaimFiled
                | Self::CancelRequest
                | Self::Chargeback
        )
    }
}

/// Hours within which a marketplace expects an answer to a buyer, weekends and holidays included (Amazon's
/// contact response time, Seller Central, "Communicate with buyers").
pub const REPLY_HOURS: i64 = 24;

/// When the answer to a conversation is due: so many hours after the first message of the buyer that
/// came after the seller's last reply. `None` when nothing waits for one. What was answered elsewhere is
/// not seen, so this is a reminder and no proof.
#[must_use]
pub fn reply_due(
    messages: impl IntoIterator<Item = (Timestamp, MessageKind)>,
) -> Option<Timestamp> {
    let (mut asked, mut replied): (Vec<Timestamp>, Option<Timestamp>) = (Vec::new(), None);
    for (at, kind) in messages {
        match kind {
            MessageKind::Buyer => asked.push(at),
            MessageKind::OwnReply => replied = replied.max(Some(at)),
            _ => {}
        }
    }
    let waiting = asked.into_iter().filter(|at| replied.is_none_or(|replied| *at > replied)).min();
    waiting.map(|at| Timestamp::from_millis(at.millis().saturating_add(REPLY_HOURS * 3_600_000)))
}

/// Why a message looks forged, or why nobody can tell. It is set aside and shown, never dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Forgery {
    /// The receiving server says that SPF failed (RFC 7208).
    Spf,
    /// The receiving server says that DKIM failed (RFC 6376).
    Dkim,
    /// The receiving server says that DMARC failed (RFC 7489).
    Dmarc,
    /// The sender's domain only looks like the marketplace's.
    Lookalike,
    /// It hung on another letter: no server saw who sent it, and whoever attached it may have written
    /// it. It may well be genuine.
    Attached,
}

impl Forgery {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spf => "spf",
            Self::Dkim => "dkim",
            Self::Dmarc => "dmarc",
            Self::Lookalike => "lookalike",
            Self::Attached => "attached",
        }
    }
}

/// What hangs on a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservedAttachment {
    /// The name that the message gives it, which may be anything: never a path to write to.
    pub name: String,
    /// Its type, told by its first bytes; `application/octet-stream` when they tell none.
    pub media_type: String,
    /// How many bytes it has once decoded.
    pub bytes: u64,
    /// What it is, decoded; empty where it is not kept, or not at hand.
    pub content: Vec<u8>,
}

/// One message. Absent values are empty or `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservedMessage {
    /// Its `Message-ID` without angle brackets.
    pub message_id: String,
    /// What it is about.
    pub kind: MessageKind,
    /// Why it looks forged.
    pub forged: Option<Forgery>,
    /// Which marketplace it comes from, e.g. `Amazon.de`.
    pub marketplace: String,
    /// The marketplace's own ID, as the header names it.
    pub marketplace_id: String,
    /// The buyer's relay alias without the part that names the case.
    pub alias: String,
    /// The conversation, as the relay address names it.
    pub case: String,
    /// The order that the marketplace itself names. Never one that only the buyer's text names.
    pub order_id: String,
    /// Orders that the buyer's text names. Anybody can write any number: not for recognising.
    pub mentioned: Vec<String>,
    /// Who wrote it, as the marketplace names them.
    pub buyer_name: String,
    /// Buyer ID that a link in the marketplace's own text carries.
    pub marketplace_buyer_id: String,
    /// Its subject.
    pub subject: String,
    /// When it says it was written.
    pub sent_at: Option<Timestamp>,
    /// What was written, as text, without quotations and the marketplace's frame.
    pub body: String,
    /// The body was longer than is kept.
    pub truncated: bool,
    /// What hangs on it, in order.
    pub attachments: Vec<ObservedAttachment>,
}

impl ObservedMessage {
    /// What of the message is compared with the list, in the form of an order; `None` when it looks
    /// forged or is of no marketplace: whoever forged it chose whom it is from.
    #[must_use]
    pub fn compared(&self) -> Option<ObservedOrder> {
        (self.forged.is_none() && self.kind != MessageKind::Foreign).then(|| ObservedOrder {
            order_id: self.order_id.clone(),
            channel: Channel(self.marketplace.clone()),
            buyer_name: self.buyer_name.clone(),
            alias: self.alias.clone(),
            marketplace_buyer_id: self.marketplace_buyer_id.clone(),
            ..ObservedOrder::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_message_without_an_answer_sets_the_clock() {
        let at = |hours: i64| Timestamp::from_millis(hours * 3_600_000);
        let buyer = |hours| (at(hours), MessageKind::Buyer);
        let reply = |hours| (at(hours), MessageKind::OwnReply);
        assert_eq!(reply_due([]), None);
        // Over a weekend as on any other day.
        assert_eq!(reply_due([buyer(10)]), Some(at(34)));
        assert_eq!(reply_due([buyer(10), buyer(20)]), Some(at(34)));
        assert_eq!(reply_due([buyer(20), reply(15), buyer(10)]), Some(at(44)), "in any order");
        assert_eq!(reply_due([buyer(10), reply(15)]), None);
        // What the marketplace writes needs none.
        assert_eq!(
            reply_due([(at(10), MessageKind::Refund), (at(9), MessageKind::ReturnRequest)]),
            None
        );
    }
}
