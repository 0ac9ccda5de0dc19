//! The reports, told apart by the columns that they have.

use crate::layout;
use serde::{Deserialize, Serialize};

/// The order reports of Amazon Seller Central.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReportFormat {
    /// All Orders: every order, without name, e-mail, telephone number or street.
    AllOrders,
    /// Unshipped orders as the reports API delivers them.
    Unshipped,
    /// Unshipped orders as Seller Central downloads them since 2025.
    UnshippedSellerCentral,
    /// New orders.
    NewOrders,
    /// Shipments fulfilled by Amazon.
    FbaShipments,
}

impl ReportFormat {
    /// Every order report.
    pub const ALL: [Self; 5] = [
        Self::AllOrders,
        Self::Unshipped,
        Self::UnshippedSellerCentral,
        Self::NewOrders,
        Self::FbaShipments,
    ];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AllOrders => "all_orders",
            Self::Unshipped => "unshipped",
            Self::UnshippedSellerCentral => "unshipped_seller_central",
            Self::NewOrders => "new_orders",
            Self::FbaShipments => "fba_shipments",
        }
    }

    /// The format with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// Reports that are known, but are not of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ForeignFormat {
    /// Returns to the seller.
    Returns,
    /// Returns to Amazon's warehouses.
    FbaReturns,
    /// Seller feedback.
    Feedback,
    /// Settlement of payments.
    Settlement,
    /// The seller's offers.
    Inventory,
}

impl ForeignFormat {
    /// The stable name used in error parameters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Returns => "returns",
            Self::FbaReturns => "fba_returns",
            Self::Feedback => "feedback",
            Self::Settlement => "settlement",
            Self::Inventory => "inventory",
        }
    }
}

/// What a header line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recognized {
    Order(ReportFormat),
    Foreign(ForeignFormat),
    Unknown,
}

const RETURNS: &[&str] = &["amazon-rma-id", "return-request-date", "return-request-status"];
const FBA_RETURNS: &[&str] = &["license-plate-number", "detailed-disposition"];
const FEEDBACK: &[&str] = &["comments", "your-response", "rater-email"];
const SETTLEMENT: &[&str] = &["settlement-id"];
const INVENTORY: &[&str] = &["seller-sku", "listing-id", "afn-listing-exists", "fnsku"];

const SHIPMENTS: &[&str] =
    &["shipment-id", "shipment-item-id", "amazon-order-item-id", "fulfillment-center-id"];
const ALL_ORDERS: &[&str] =
    &["amazon-order-id", "order-status", "item-status", "last-updated-date", "order-channel"];
const UNSHIPPED: &[&str] =
    &["reporting-date", "promise-date", "days-past-promise", "quantity-to-ship"];
// Columns that only the 2025 download has beside those of the API's report.
const SELLER_CENTRAL: &[&str] = &[
    "is-buyer-requested-cancellation",
    "buyer-requested-cancel-reason",
    "verge-of-cancellation",
    "verge-of-lateshipment",
    "signature-confirmation-recommended",
    "ship-service-name",
    "customized-url",
    "customized-page",
    "buyer-identification-number",
    "buyer-identification-type",
];
const SELLER_CENTRAL_ALONE: &[&str] = &["verge-of-cancellation", "verge-of-lateshipment"];

// Beside the order ID, one of these and one more column that is read make an order report: reports
// of removals, reimbursements and fees name orders and articles, too.
const ORDER: &[&str] = &["order-id", "amazon-order-id"];
const PLACED: &[&str] = &[
    "purchase-date",
    "buyer-name",
    "buyer-email",
    "buyer-phone-number",
    "recipient-name",
    "ship-address-1",
    "ship-phone-number",
    "sales-channel",
    "promise-date",
    "quantity-to-ship",
];

/// Columns of an order report beside the order ID.
const BESIDE: usize = 2;

/// Whether the columns can be those of an order report.
fn has_orders(names: &[String]) -> bool {
    let any = |telling: &[&str]| names.iter().any(|name| telling.contains(&name.as_str()));
    let known = |name: &str| {
        !ORDER.contains(&name)
            && (layout::is_read(name)
                || [PLACED, ALL_ORDERS, UNSHIPPED, SELLER_CENTRAL, SHIPMENTS]
                    .iter()
                    .any(|columns| columns.contains(&name)))
    };
    any(ORDER) && any(PLACED) && names.iter().filter(|name| known(name)).count() >= BESIDE
}

/// Tells what the columns, in normal form, are those of. Sellers add and remove columns, so a few
/// telling ones are enough.
pub(crate) fn recognize(names: &[String]) -> Recognized {
    let any = |telling: &[&str]| names.iter().any(|name| telling.contains(&name.as_str()));
    if any(FBA_RETURNS) {
        return Recognized::Foreign(ForeignFormat::FbaReturns);
    }
    if any(RETURNS) {
        return Recognized::Foreign(ForeignFormat::Returns);
    }
    if any(&["rating"]) && any(FEEDBACK) {
        return Recognized::Foreign(ForeignFormat::Feedback);
    }
    if any(SETTLEMENT) {
        return Recognized::Foreign(ForeignFormat::Settlement);
    }
    if has_orders(names) {
        return Recognized::Order(if any(SHIPMENTS) {
            ReportFormat::FbaShipments
        } else if any(ALL_ORDERS) {
            ReportFormat::AllOrders
        } else if any(SELLER_CENTRAL_ALONE) || any(UNSHIPPED) && any(SELLER_CENTRAL) {
            ReportFormat::UnshippedSellerCentral
        } else if any(UNSHIPPED) {
            ReportFormat::Unshipped
        } else {
            ReportFormat::NewOrders
        });
    }
    if any(INVENTORY) && !any(ORDER) {
        return Recognized::Foreign(ForeignFormat::Inventory);
    }
    Recognized::Unknown
}
