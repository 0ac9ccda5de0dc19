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
}

/// Why a message looks forged. It is set aside and shown, never dropped.
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
    /// Where its encoded form stands in the message: first byte, and the first one after it.
    pub range: (u64, u64),
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
