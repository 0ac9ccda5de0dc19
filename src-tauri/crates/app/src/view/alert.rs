use super::{ListingView, OrderDetail, PersonView, TimelineEntry};
use buyerwatch_domain::{
    AlertId, AlertState, BuyerId, BuyerStatus, ExhibitKind, Ground, Localized, MessageKind, Money,
    ReasonField, ReasonNote, Tier, Timestamp,
};
use serde::Serialize;
use ts_rs::TS;

/// One alert in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AlertRow {
    /// Its identity.
    pub id: AlertId,
    /// How sure the match is.
    pub tier: Tier,
    /// Where it stands.
    pub state: AlertState,
    /// Who was recognised.
    pub buyer_id: BuyerId,
    /// Their name or first identifier, masked.
    pub buyer_label: String,
    /// How the shop stands to them now.
    pub buyer_status: BuyerStatus,
    /// Clause of the listing that raised it.
    pub clause: String,
    /// The order.
    pub order_id: String,
    /// Where it was placed.
    pub marketplace: String,
    /// The message by which the buyer was recognised; `None` for an order. With it, `order_id` may be
    /// empty.
    pub message_id: Option<String>,
    /// Sum of the order, if its lines name one currency.
    pub amount: Option<Money>,
    /// When the order was placed.
    pub at: Timestamp,
    /// When the alert was raised.
    pub raised_at: Timestamp,
    /// Who works on it.
    pub claimed_by: Option<PersonView>,
    /// Hidden until then.
    pub snoozed_until: Option<Timestamp>,
}

/// The message that raised an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AlertMessage {
    /// What it is about.
    pub kind: MessageKind,
    /// Its subject.
    pub subject: String,
    /// What was written, as text.
    pub text: String,
    /// The text was longer than is kept.
    pub truncated: bool,
    /// When it says it was written.
    pub sent_at: Option<Timestamp>,
    /// Names of what hangs on it, as the message gives them.
    pub attachments: Vec<String>,
}

/// Whose name of an order was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// Who pays.
    Buyer,
    /// Who receives the parcel.
    Recipient,
}

/// One line of the argument.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "Reason")]
pub struct ReasonView {
    /// What was compared.
    pub field: ReasonField,
    /// Value in the order, masked.
    pub query: Option<String>,
    /// Value in the buyer's record, masked.
    pub listed: Option<String>,
    /// 0 for different to 1 for equal.
    pub similarity: f64,
    /// Evidence in bits; negative speaks against.
    pub weight: f64,
    /// How the values relate.
    pub note: ReasonNote,
    /// Whose name it is about, where one pays and another receives.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub named: Option<Named>,
}

/// One alert in full, masked.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AlertDetail {
    /// What the list shows.
    #[serde(flatten)]
    #[ts(flatten)]
    pub row: AlertRow,
    /// Sum of the weights, in bits.
    pub score: f64,
    /// Milliseconds from the moment the input was handed over to the alert.
    pub latency_ms: u32,
    /// The order; `None` after its plaintext was purged.
    pub order: Option<OrderDetail>,
    /// The message that raised it; `None` for an order, and after its text was purged.
    pub message: Option<AlertMessage>,
    /// What the argument rests on.
    pub ground: Ground,
    /// The argument.
    pub reasons: Vec<ReasonView>,
    /// The listing that raised it.
    pub listing: Option<ListingView>,
    /// What the criterion is about.
    pub criterion_title: Localized,
    /// Newest three entries of the buyer's history.
    pub history: Vec<TimelineEntry>,
    /// How many entries there are.
    pub history_total: u32,
    /// Kinds of evidence that the buyer's record holds.
    pub exhibits_present: Vec<ExhibitKind>,
    /// What was noted when it was closed.
    pub note: Option<String>,
    /// When it was claimed.
    pub claimed_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Who closed it.
    pub closed_by: Option<PersonView>,
}
