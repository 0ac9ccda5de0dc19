use super::{ClaimView, FeedbackView, ReturnView};
use buyerwatch_domain::{
    AlertId, BuyerId, Fulfillment, Money, OrderStatus, Timestamp, Unscreenable,
};
use serde::Serialize;
use ts_rs::TS;

/// What was recognised in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderMark {
    /// It raised an alert.
    Alert,
    /// It might be a listed buyer.
    Possible,
    /// A buyer who is watched or was cleared.
    Watching,
}

/// One order in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OrderRow {
    /// The marketplace's order ID.
    pub order_id: String,
    /// Where it was placed.
    pub marketplace: String,
    /// When it was placed.
    pub purchased_at: Option<Timestamp>,
    /// How far it has come.
    pub status: OrderStatus,
    /// Who ships it.
    pub fulfillment: Fulfillment,
    /// Lines that it has.
    pub items: u32,
    /// Title of the first article.
    pub product: String,
    /// Article number of the first line.
    pub sku: String,
    /// Units of the first line.
    pub quantity: Option<u32>,
    /// Sum of its lines, if they name one currency.
    pub amount: Option<Money>,
    /// Name of the buyer, masked; empty when the report has none.
    pub buyer_label: String,
    /// Where it goes.
    pub city: String,
    /// Country where it goes.
    pub country: String,
    /// What was recognised.
    pub flag: Option<OrderMark>,
    /// Who was recognised.
    pub buyer_id: Option<BuyerId>,
    /// Name or first identifier of who was recognised, masked. The order itself may carry another.
    pub recognised_label: Option<String>,
    /// The alert that it raised.
    pub alert_id: Option<AlertId>,
    /// Why it could not be compared with the list.
    pub unscreenable: Option<Unscreenable>,
    /// Ordered by a company.
    pub business: bool,
    /// The buyer asked through the marketplace to cancel.
    pub cancel_requested: bool,
    /// Who bought was taken out when its retention time ended.
    pub purged: bool,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OrderLine {
    /// The marketplace's ID of the line.
    pub item_id: String,
    /// The seller's article number.
    pub sku: String,
    /// Title of the article.
    pub product: String,
    /// Units ordered.
    pub quantity: Option<u32>,
    /// Price of the line.
    pub price: Option<Money>,
}

/// One order in full, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OrderDetail {
    /// What the list shows.
    #[serde(flatten)]
    #[ts(flatten)]
    pub row: OrderRow,
    /// Name of the recipient, masked.
    pub recipient_label: String,
    /// Relay alias, masked.
    pub alias_masked: String,
    /// Telephone number, masked.
    pub phone_masked: String,
    /// Where the parcel goes, masked.
    pub ship_to_masked: String,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// When it was first imported.
    pub imported_at: Timestamp,
    /// Name of the file that it came in.
    pub source: String,
    /// What was sent back of it, oldest first.
    pub returns: Vec<ReturnView>,
    /// Claims about it, oldest first.
    pub claims: Vec<ClaimView>,
    /// Ratings of the shop for it.
    pub feedback: Vec<FeedbackView>,
}
