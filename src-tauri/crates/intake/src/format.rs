//! The reports, told apart by the columns that they have.

use crate::{layout, returns};
use serde::{Deserialize, Serialize};

/// The reports and exports that are read.
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
    /// Returns to the seller, with the state of claims.
    Returns,
    /// Returns to Amazon's warehouses.
    FbaReturns,
    /// Seller feedback.
    Feedback,
    /// Orders of eBay.
    Ebay,
    /// Orders of Etsy, or their items.
    Etsy,
    /// Orders of Shopify.
    Shopify,
    /// Orders of TikTok Shop.
    #[serde(rename = "tiktok_shop")]
    TikTokShop,
    /// Orders of Temu.
    Temu,
    /// Orders of Walmart.
    Walmart,
    /// Amazon's older order report in XML.
    OrderXml,
    /// Returns to the seller in XML.
    ReturnsXml,
    /// Orders as Amazon's Selling Partner API answers them, version 0 or 2026-01-01.
    SpApiOrders,
    /// Orders in columns whose meaning a person said.
    Mapped,
    /// Returns in such columns.
    MappedReturns,
    /// Claims of buyers in such columns.
    MappedClaims,
    /// Ratings in such columns.
    MappedFeedback,
}

impl ReportFormat {
    /// Every report.
    pub const ALL: [Self; 21] = [
        Self::AllOrders,
        Self::Unshipped,
        Self::UnshippedSellerCentral,
        Self::NewOrders,
        Self::FbaShipments,
        Self::Returns,
        Self::FbaReturns,
        Self::Feedback,
        Self::Ebay,
        Self::Etsy,
        Self::Shopify,
        Self::TikTokShop,
        Self::Temu,
        Self::Walmart,
        Self::OrderXml,
        Self::ReturnsXml,
        Self::SpApiOrders,
        Self::Mapped,
        Self::MappedReturns,
        Self::MappedClaims,
        Self::MappedFeedback,
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
            Self::Returns => "returns",
            Self::FbaReturns => "fba_returns",
            Self::Feedback => "feedback",
            Self::Ebay => "ebay",
            Self::Etsy => "etsy",
            Self::Shopify => "shopify",
            Self::TikTokShop => "tiktok_shop",
            Self::Temu => "temu",
            Self::Walmart => "walmart",
            Self::OrderXml => "order_xml",
            Self::ReturnsXml => "returns_xml",
            Self::SpApiOrders => "sp_api_orders",
            Self::Mapped => "mapped",
            Self::MappedReturns => "mapped_returns",
            Self::MappedClaims => "mapped_claims",
            Self::MappedFeedback => "mapped_feedback",
        }
    }

    /// The format with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The sales channel of its orders where it is one and the same; `None` for Amazon, whose
    /// reports name the marketplace.
    pub(crate) const fn channel(self) -> Option<&'static str> {
        match self {
            Self::Ebay => Some("eBay"),
            Self::Etsy => Some("Etsy"),
            Self::Shopify => Some("Shopify"),
            Self::TikTokShop => Some("TikTok Shop"),
            Self::Temu => Some("Temu"),
            Self::Walmart => Some("Walmart"),
            _ => None,
        }
    }

    /// Whether its orders may be of another channel than Amazon, with IDs of any form and values
    /// that the channel hid.
    pub(crate) const fn is_foreign(self) -> bool {
        self.channel().is_some()
            || matches!(
                self,
                Self::Mapped | Self::MappedReturns | Self::MappedClaims | Self::MappedFeedback
            )
    }

    /// Whether it holds returns, claims or ratings instead of orders.
    pub(crate) const fn is_after_sale(self) -> bool {
        matches!(
            self,
            Self::Returns
                | Self::FbaReturns
                | Self::Feedback
                | Self::ReturnsXml
                | Self::MappedReturns
                | Self::MappedClaims
                | Self::MappedFeedback
        )
    }
}

/// Reports that are known, but hold nothing about buyers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ForeignFormat {
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
            Self::Settlement => "settlement",
            Self::Inventory => "inventory",
        }
    }
}

/// What a header line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recognized {
    /// A report that is read.
    Order(ReportFormat),
    Foreign(ForeignFormat),
    Unknown,
}

const FEEDBACK: &[&str] = &["comments", "rater-email"];
/// Columns of ratings, in the languages in which they were seen or are plainly written.
pub(crate) const RATING: &[&str] = &[
    "rating",
    "bewertung",
    "évaluation",
    "valutazione",
    "calificación",
    "valoración",
    "puntuación",
    "classificação",
    "avaliação",
    "評価",
    "评分",
    "评级",
];
/// As [`RATING`], of who rated: no other report has these.
pub(crate) const RATER: &[&str] = &[
    "rater-email",
    "e-mail-des-bewertenden",
    "e-mail-adresse-des-bewertenden",
    "e-mail-del-cliente",
    "correo-electrónico-del-evaluador",
    "correo-electrónico-del-calificador",
    "e-mail-autore-della-valutazione",
    "e-mail-dell'autore-della-valutazione",
    "e-mail-del-valutatore",
    "e-mail-de-l'évaluateur",
    "e-mail-de-l’évaluateur",
    "adresse-e-mail-de-l'évaluateur",
    "e-mail-do-avaliador",
    "評価者のeメール",
    "評価者のeメールアドレス",
    "評価者のメールアドレス",
    "评分者电子邮件",
    "评分人电子邮件",
    "评价者电子邮件",
    "评价者邮箱",
    "买家电子邮件",
];
/// As [`RATING`], of what the seller answered.
pub(crate) const ANSWER: &[&str] = &[
    "your-response",
    "response",
    "ihre-antwort",
    "votre-réponse",
    "tu-respuesta",
    "su-respuesta",
    "la-tua-risposta",
    "la-risposta",
    "sua-resposta",
    "返答",
    "返信",
    "出品者からの返信",
    "您的回复",
    "你的回复",
    "卖家回复",
];
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

/// The export of another sales channel that the columns are those of: each with columns that all
/// stand in it, and columns of which one does.
fn channel(names: &[String]) -> Option<ReportFormat> {
    const CHANNELS: &[(ReportFormat, &[&str], &[&str])] = &[
        (ReportFormat::TikTokShop, &["order-id", "recipient"], &["phone-#", "detail-address"]),
        (
            ReportFormat::TikTokShop,
            &["order-id", "order-substatus"],
            &["created-time", "cancelation/return-type"],
        ),
        (ReportFormat::Temu, &["order-id"], &["virtual-email", "recipient-phone-number"]),
        (
            ReportFormat::Ebay,
            &["order-number", "buyer-username"],
            &["sales-record-number", "ship-to-name", "post-to-name"],
        ),
        (
            ReportFormat::Ebay,
            &["bestellnummer", "nutzername-des-käufers"],
            &["verkaufsprotokollnummer", "name-des-empfängers"],
        ),
        // As the File Exchange wrote it.
        (
            ReportFormat::Ebay,
            &["sales-record-number", "user-id", "order-id"],
            &["buyer-fullname", "buyer-address-1"],
        ),
        (ReportFormat::Etsy, &["sale-date", "order-id", "buyer"], &["listing-id", "ship-name"]),
        (
            ReportFormat::Etsy,
            &["sale-date", "order-id", "buyer-user-id"],
            &["full-name", "order-value"],
        ),
        (ReportFormat::Shopify, &["name", "email"], &["lineitem-name", "financial-status"]),
        (
            ReportFormat::Shopify,
            &["name", "financial-status", "created-at"],
            &["billing-name", "shipping-name"],
        ),
        (ReportFormat::Walmart, &["po#", "order#"], &["customer-name", "customer-phone-number"]),
    ];
    let has = |name: &&str| names.iter().any(|column| column == name);
    CHANNELS
        .iter()
        .find(|(_, all, any)| all.iter().all(&has) && any.iter().any(&has))
        .map(|(format, ..)| *format)
}

/// Tells what the columns, in normal form, are those of. Sellers add and remove columns, so a few
/// telling ones are enough.
pub(crate) fn recognize(names: &[String]) -> Recognized {
    let any = |telling: &[&str]| names.iter().any(|name| telling.contains(&name.as_str()));
    if let Some(format) = returns::recognize(names) {
        return Recognized::Order(format);
    }
    if any(RATING) && (any(FEEDBACK) || any(RATER) || any(ANSWER)) {
        return Recognized::Order(ReportFormat::Feedback);
    }
    if any(SETTLEMENT) {
        return Recognized::Foreign(ForeignFormat::Settlement);
    }
    if let Some(format) = channel(names) {
        return Recognized::Order(format);
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
