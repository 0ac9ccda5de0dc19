//! Rows that came from outside: what a marketplace reports about an order.

use crate::{Address, Timestamp};
use serde::{Deserialize, Serialize};

/// Where an order was placed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Channel(pub String);

/// Who ships an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Fulfillment {
    /// The seller.
    Seller,
    /// The marketplace, for Amazon: FBA.
    Marketplace,
    /// The report does not say.
    #[default]
    Unknown,
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Placed, not yet to be shipped.
    Pending,
    /// To be shipped.
    Unshipped,
    /// Handed to the carrier.
    Shipped,
    /// Cancelled.
    Cancelled,
    /// The report does not say.
    #[default]
    Unknown,
}

/// An amount with its currency, as reported; never computed with in floating point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Money {
    /// Decimal digits with `.` as the separator.
    pub amount: String,
    /// ISO 4217 code; empty when the report names none.
    pub currency: String,
}

/// One line of an order as a report carries it. Absent values are empty or `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservedOrder {
    /// The marketplace's order ID.
    pub order_id: String,
    /// The marketplace's ID of the line; empty when the report has none.
    pub item_id: String,
    /// The seller's article number.
    pub sku: String,
    /// Title of the article.
    pub product: String,
    /// Units ordered.
    pub quantity: Option<u32>,
    /// Price of the line.
    pub price: Option<Money>,
    /// Where it was placed, e.g. `Amazon.de`.
    pub channel: Channel,
    /// When it was placed.
    pub purchased_at: Option<Timestamp>,
    /// How far it has come.
    pub status: OrderStatus,
    /// Who ships it.
    pub fulfillment: Fulfillment,
    /// Ordered by a company.
    pub business: bool,
    /// The buyer asked through the marketplace to cancel.
    pub cancel_requested: bool,
    /// The report says that the shop or the channel cancelled, not the buyer.
    pub cancelled_by_shop: bool,
    /// Who paid.
    pub buyer_name: String,
    /// Relay alias as reported.
    pub alias: String,
    /// The buyer's telephone number.
    pub phone: String,
    /// Buyer ID that the marketplace assigns.
    pub marketplace_buyer_id: String,
    /// User name on channels that have them.
    pub user_name: String,
    /// Who receives the parcel.
    pub recipient_name: String,
    /// The recipient's telephone number.
    pub ship_phone: String,
    /// Where the parcel goes.
    pub ship_to: Address,
}

/// Why an order could not be compared with the list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Unscreenable {
    /// The report has no identity columns at all.
    NoIdentityColumns,
    /// The columns exist and the row leaves them empty.
    IdentityEmpty,
    /// Everything it carries is shared by many or means nothing.
    OnlySharedIdentity,
    /// A return, claim, rating, message or notice whose order is not stored: who is behind it is known once it is.
    OrderUnknown,
}

impl Unscreenable {
    /// Every reason.
    pub const ALL: [Self; 4] = [
        Self::NoIdentityColumns,
        Self::IdentityEmpty,
        Self::OnlySharedIdentity,
        Self::OrderUnknown,
    ];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoIdentityColumns => "no_identity_columns",
            Self::IdentityEmpty => "identity_empty",
            Self::OnlySharedIdentity => "only_shared_identity",
            Self::OrderUnknown => "order_unknown",
        }
    }
}

/// Why a row of a report was not taken.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// The header line stands again among the rows.
    RepeatedHeader,
    /// The row has no order ID.
    MissingOrderId,
    /// What stands under order ID is no order ID.
    MalformedOrderId,
    /// A spreadsheet rounded the order ID, which now stands for many orders.
    OrderIdRounded,
    /// The row holds bytes that are no text.
    NotText,
    /// The row is longer than a row can be.
    RowTooLong,
    /// The row is blank.
    Blank,
    /// A line that some downloads put below their rows, such as a count of them.
    Footer,
    /// The record breaks the rules of its format, such as JSON that ends in the middle.
    Malformed,
    /// No e-mail.
    NotMail,
    /// An e-mail larger than one can be.
    MailTooLarge,
    /// An e-mail that the mail server does not give, although it is there.
    MailWithheld,
    /// An e-mail that nests too many parts.
    MailTooComplex,
    /// An e-mail that is of no marketplace.
    NotOfMarketplace,
}

impl SkipReason {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RepeatedHeader => "repeated_header",
            Self::MissingOrderId => "missing_order_id",
            Self::MalformedOrderId => "malformed_order_id",
            Self::OrderIdRounded => "order_id_rounded",
            Self::NotText => "not_text",
            Self::RowTooLong => "row_too_long",
            Self::Blank => "blank",
            Self::Footer => "footer",
            Self::Malformed => "malformed",
            Self::NotMail => "not_mail",
            Self::MailTooLarge => "mail_too_large",
            Self::MailWithheld => "mail_withheld",
            Self::MailTooComplex => "mail_too_complex",
            Self::NotOfMarketplace => "not_of_marketplace",
        }
    }
}
