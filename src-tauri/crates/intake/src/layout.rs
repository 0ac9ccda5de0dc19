//! Which column holds what.

use crate::format::{Recognized, recognize};
use crate::{Mapping, ReportFormat, returns, split, value};
use serde::{Deserialize, Serialize};

/// What separates the values of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// Tab: as Amazon writes it. A quote is a character like any other, unless only so the row fits its
    /// header.
    Tab,
    /// Comma, with quoted values that may hold line ends.
    Comma,
    /// Semicolon, as spreadsheets write it where the comma is the decimal sign.
    Semicolon,
    /// Upright bar, as programs write it that pass reports on; quoted as between commas. In Chinese and
    /// Japanese encodings its byte is the second half of some characters, too, so rows are cut as text.
    Pipe,
}

impl Delimiter {
    pub(crate) const ALL: [Self; 4] = [Self::Tab, Self::Comma, Self::Semicolon, Self::Pipe];

    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Pipe => b'|',
        }
    }
}

/// Identity that a report's columns can carry, whether or not its rows fill them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityColumns {
    /// Name of the buyer or of the recipient.
    pub name: bool,
    /// Relay alias.
    pub alias: bool,
    /// Telephone number of the buyer or of the recipient.
    pub phone: bool,
    /// Street of the address; city, postcode and country alone do not count.
    pub address: bool,
    /// Buyer ID of the marketplace, or user name.
    pub buyer_id: bool,
}

impl IdentityColumns {
    /// Whether there is no identity at all to compare.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        !(self.name || self.alias || self.phone || self.address || self.buyer_id)
    }
}

pub(crate) type Names = &'static [(Field, &'static [&'static str])];

macro_rules! fields {
    ($($field:ident: $($name:literal),+;)+ @ $($other:ident),+;) => {
        /// What a column can hold.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Field { $($field,)+ $($other),+ }

        /// Amazon's order reports: each field with the names of its columns, the preferred first.
        const NAMES: Names = &[$((Field::$field, &[$($name),+])),+];

        impl Field {
            pub(crate) const COUNT: usize = [$(Self::$field,)+ $(Self::$other),+].len();
        }
    };
}

// `buyer-identification-number` and `cpf` are tax numbers, not the buyer ID of the marketplace.
fields! {
    OrderId: "amazon-order-id", "order-id";
    ItemId: "order-item-id", "amazon-order-item-id";
    Sku: "sku";
    Product: "product-name";
    Quantity: "quantity-purchased", "quantity", "quantity-shipped", "quantity-to-ship";
    Price: "item-price";
    Currency: "currency";
    Channel: "sales-channel";
    PurchasedAt: "purchase-date";
    OrderStatus: "order-status";
    ItemStatus: "item-status";
    Fulfillment: "fulfillment-channel";
    Business: "is-business-order";
    CancelRequested: "is-buyer-requested-cancellation";
    BuyerName: "buyer-name";
    Alias: "buyer-email";
    Phone: "buyer-phone-number";
    BuyerId: "buyer-id", "amazon-buyer-id";
    UserName: "buyer-username", "buyer-user-name";
    RecipientName: "recipient-name";
    ShipPhone: "ship-phone-number";
    Street1: "ship-address-1";
    Street2: "ship-address-2";
    Street3: "ship-address-3";
    City: "ship-city";
    State: "ship-state";
    Postal: "ship-postal-code";
    Country: "ship-country";
    @ CancelledAt, CancelledBy, ReturnId, Asin, RequestedAt, DeliveredAt, Status, Reason, Disposition,
        Comment, Resolution, InPolicy, TrackingId, Refunded, AToZ, SafeTReason, SafeTId,
        SafeTState, SafeTFiledAt, SafeTAmount, Rating, Response;
}

/// The columns that reports of this format have.
const fn names_of(format: ReportFormat) -> Names {
    match format {
        ReportFormat::Returns => returns::RETURNS,
        ReportFormat::FbaReturns => returns::FBA_RETURNS,
        ReportFormat::Feedback => FEEDBACK,
        ReportFormat::Ebay => EBAY,
        ReportFormat::Etsy => ETSY,
        ReportFormat::Shopify => SHOPIFY,
        ReportFormat::TikTokShop => TIKTOK_SHOP,
        ReportFormat::Temu => TEMU,
        ReportFormat::Walmart => WALMART,
        _ => NAMES,
    }
}

// Amazon writes these in the language of the marketplace, and some of them in English all the same.
// German, Spanish and Mexican as seen in <https://github.com/airbytehq/airbyte/pull/9212>; Italian and
// French as public code names them that reads the report, with the same Spanish ones.
const FEEDBACK: Names = &[
    (Field::OrderId, returns::ORDER),
    (
        Field::RequestedAt,
        &["date", "datum", "fecha", "data", "日付", "評価日", "日期", "评分日期", "评价日期"],
    ),
    (Field::Rating, crate::format::RATING),
    (
        Field::Comment,
        &[
            "comments",
            "kommentar",
            "kommentare",
            "comentarios",
            "comentários",
            "commentaire",
            "commentaires",
            "commento",
            "commenti",
            "コメント",
            "评论",
            "评价",
            "备注",
        ],
    ),
    (Field::Response, crate::format::ANSWER),
    (Field::Alias, crate::format::RATER),
];

// British downloads write "Post to" and "Postcode" where American ones write "Ship To" and "Zip". German
// as public code names them that reads the download.
const EBAY: Names = &[
    (Field::OrderId, &["order-number", "bestellnummer", "order-id"]),
    (Field::ItemId, &["transaction-id", "transaktionsnummer", "item-number", "artikelnummer"]),
    (Field::Sku, &["custom-label", "custom-label-(sku)", "bestandseinheit"]),
    (Field::Product, &["item-title", "angebotstitel"]),
    (Field::Quantity, &["quantity", "anzahl", "stückzahl"]),
    (Field::Price, &["sold-for", "verkauft-für", "sale-price"]),
    (Field::PurchasedAt, &["sale-date", "verkauft-am"]),
    (Field::UserName, &["buyer-username", "nutzername-des-käufers", "user-id"]),
    (Field::BuyerName, &["buyer-name", "name-des-käufers", "buyer-fullname"]),
    (Field::Alias, &["buyer-email", "e-mail-des-käufers"]),
    (Field::RecipientName, &["ship-to-name", "post-to-name", "name-des-empfängers"]),
    (
        Field::ShipPhone,
        &["ship-to-phone", "post-to-phone", "telefonnummer-des-empfängers", "buyer-phone-number"],
    ),
    (
        Field::Street1,
        &["ship-to-address-1", "post-to-address-1", "adresse-1-des-empfängers", "buyer-address-1"],
    ),
    (
        Field::Street2,
        &["ship-to-address-2", "post-to-address-2", "adresse-2-des-empfängers", "buyer-address-2"],
    ),
    (
        Field::City,
        &["ship-to-city", "post-to-city", "versand-nach-ort", "buyer-city", "buyer-town/city"],
    ),
    (
        Field::State,
        &[
            "ship-to-state",
            "post-to-state",
            "post-to-county",
            "ship-to-county",
            "versand-nach-bundesland",
            "versand-nach-staat",
            "buyer-state",
            "buyer-county",
        ],
    ),
    (
        Field::Postal,
        &[
            "ship-to-zip",
            "post-to-postcode",
            "post-to-zip",
            "ship-to-postcode",
            "versand-nach-plz",
            "buyer-zip",
            "buyer-postcode",
        ],
    ),
    (Field::Country, &["ship-to-country", "post-to-country", "versand-nach-land", "buyer-country"]),
];

// One download has a row for each order, the other for each of its items, with other names.
const ETSY: Names = &[
    (Field::OrderId, &["order-id"]),
    (Field::ItemId, &["transaction-id"]),
    (Field::Sku, &["sku"]),
    (Field::Product, &["item-name"]),
    (Field::Quantity, &["quantity", "number-of-items"]),
    (Field::Price, &["item-total", "price", "order-value"]),
    (Field::Currency, &["currency"]),
    (Field::PurchasedAt, &["sale-date"]),
    (Field::OrderStatus, &["status"]),
    (Field::UserName, &["buyer-user-id", "buyer"]),
    (Field::RecipientName, &["ship-name", "full-name"]),
    (Field::Street1, &["ship-address1", "street-1"]),
    (Field::Street2, &["ship-address2", "street-2"]),
    (Field::City, &["ship-city"]),
    (Field::State, &["ship-state"]),
    (Field::Postal, &["ship-zipcode"]),
    (Field::Country, &["ship-country"]),
];

const SHOPIFY: Names = &[
    (Field::OrderId, &["name"]),
    (Field::Sku, &["lineitem-sku"]),
    (Field::Product, &["lineitem-name"]),
    (Field::Quantity, &["lineitem-quantity"]),
    (Field::Price, &["lineitem-price"]),
    (Field::Currency, &["currency"]),
    (Field::PurchasedAt, &["created-at"]),
    (Field::OrderStatus, &["fulfillment-status"]),
    (Field::CancelledAt, &["cancelled-at", "canceled-at"]),
    (Field::Alias, &["email"]),
    (Field::BuyerName, &["billing-name"]),
    (Field::Phone, &["phone", "billing-phone"]),
    (Field::RecipientName, &["shipping-name"]),
    (Field::ShipPhone, &["shipping-phone"]),
    (Field::Street1, &["shipping-address1", "shipping-street"]),
    (Field::Street2, &["shipping-address2"]),
    (Field::City, &["shipping-city"]),
    (Field::State, &["shipping-province"]),
    (Field::Postal, &["shipping-zip"]),
    (Field::Country, &["shipping-country"]),
];

const TIKTOK_SHOP: Names = &[
    (Field::OrderId, &["order-id"]),
    (Field::Sku, &["seller-sku", "sku-id"]),
    (Field::Product, &["product-name"]),
    (Field::Quantity, &["quantity"]),
    (Field::Price, &["sku-subtotal-after-discount", "order-amount"]),
    (Field::PurchasedAt, &["created-time"]),
    (Field::OrderStatus, &["order-status"]),
    // The states themselves are written in the language of the shop.
    (Field::CancelledAt, &["cancelled-time", "canceled-time"]),
    (Field::CancelledBy, &["cancel-by"]),
    (Field::UserName, &["buyer-username"]),
    (Field::RecipientName, &["recipient"]),
    (Field::ShipPhone, &["phone-#"]),
    (Field::Street1, &["detail-address", "address-line-1"]),
    (Field::Street2, &["additional-address-information", "address-line-2"]),
    (Field::City, &["post-town", "city"]),
    (Field::State, &["state", "province"]),
    (Field::Postal, &["zipcode", "postal-code"]),
    (Field::Country, &["country"]),
];

const TEMU: Names = &[
    (Field::OrderId, &["order-id"]),
    (Field::ItemId, &["order-item-id"]),
    (Field::Sku, &["contribution-sku", "sku-id"]),
    (Field::Product, &["product-name"]),
    (Field::Quantity, &["quantity-purchased", "quantity-to-ship"]),
    (Field::PurchasedAt, &["purchase-date"]),
    (Field::OrderStatus, &["order-status"]),
    (Field::Alias, &["virtual-email"]),
    (Field::RecipientName, &["recipient-name"]),
    (Field::ShipPhone, &["recipient-phone-number"]),
    (Field::Street1, &["ship-address-1"]),
    (Field::Street2, &["ship-address-2"]),
    (Field::Street3, &["ship-address-3"]),
    (Field::City, &["ship-city"]),
    (Field::State, &["ship-state"]),
    (
        Field::Postal,
        &["ship-postal-code", "ship-postal-code-(must-be-shipped-to-the-following-zip-code.)"],
    ),
    (Field::Country, &["ship-country"]),
];

const WALMART: Names = &[
    (Field::OrderId, &["order#"]),
    (Field::ItemId, &["line#", "po-line#"]),
    (Field::Sku, &["sku"]),
    (Field::Product, &["item-description"]),
    (Field::Quantity, &["qty"]),
    (Field::Price, &["item-cost"]),
    (Field::PurchasedAt, &["order-date"]),
    (Field::OrderStatus, &["status"]),
    (Field::BuyerName, &["customer-name"]),
    (Field::ShipPhone, &["customer-phone-number"]),
    (Field::Street1, &["ship-to-address-1", "customer-shipping-address"]),
    (Field::Street2, &["ship-to-address-2"]),
    (Field::City, &["city"]),
    (Field::State, &["state"]),
    (Field::Postal, &["zip"]),
    (Field::Country, &["ship-to-country"]),
];

/// Whether columns of this name, in normal form, are read.
pub(crate) fn is_read(name: &str) -> bool {
    NAMES.iter().any(|(_, names)| names.contains(&name))
}

/// The columns of one report.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) format: ReportFormat,
    pub(crate) identity: IdentityColumns,
    /// The header in normal form.
    pub(crate) names: Vec<String>,
    /// What the column at this position holds; ends at the last one that holds anything.
    pub(crate) fields: Vec<Option<Field>>,
    /// Sales channel of orders whose row names none, as a person said.
    pub(crate) channel: String,
    /// Whether dates between slashes have their day first.
    pub(crate) day_first: bool,
    /// Whether a date may be a number of days, as in spreadsheets.
    pub(crate) serials: bool,
    /// Whether a date between slashes whose year has two digits begins with it.
    pub(crate) year_first: bool,
}

impl Layout {
    /// Whether the names of its columns are those of a marketplace where the day comes first. Only
    /// American reports and those in English write the month first.
    pub(crate) fn day_first_by_names(&self) -> Option<bool> {
        // Chinese and Japanese names stand on American reports, too.
        let english = || self.names.iter().any(|name| name == "rater-email");
        let asian = || self.names.iter().any(|name| name.chars().any(|c| c >= '\u{3000}'));
        match self.format {
            ReportFormat::Feedback => (!english() && !asian()).then_some(true),
            ReportFormat::Returns | ReportFormat::FbaReturns => returns::day_first(&self.names),
            _ => None,
        }
    }
}

impl Layout {
    /// Whether a column holds the order.
    pub(crate) fn names_order(&self) -> bool {
        self.fields.contains(&Some(Field::OrderId))
    }

    /// The layout of what a person said of these columns, if somebody did.
    pub(crate) fn mapped(names: &[String], mappings: &[Mapping]) -> Option<Self> {
        let mapping = mappings.iter().find(|mapping| mapping.header == names)?;
        let columns = mapping.fields().collect();
        let channel = mapping.channel.clone();
        Some(Self { channel, ..Self::of(mapping.kind.format(), names.to_vec(), columns) })
    }

    pub(crate) fn new(format: ReportFormat, names: Vec<String>) -> Self {
        let columns = names_of(format).iter().filter_map(|(field, candidates)| {
            let mut candidates = candidates.iter();
            let at = candidates.find_map(|name| names.iter().position(|column| column == name));
            at.map(|at| (at, *field))
        });
        let columns = columns.collect();
        Self::of(format, names, columns)
    }

    fn of(format: ReportFormat, names: Vec<String>, columns: Vec<(usize, Field)>) -> Self {
        let mut fields = vec![None; names.len()];
        let mut present = [false; Field::COUNT];
        for (column, field) in columns {
            if let Some(slot) = fields.get_mut(column) {
                *slot = Some(field);
                present[field as usize] = true;
            }
        }
        let used = fields.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        fields.truncate(used);
        let has = |field: Field| present[field as usize];
        let identity = IdentityColumns {
            name: has(Field::BuyerName) || has(Field::RecipientName),
            alias: has(Field::Alias),
            phone: has(Field::Phone) || has(Field::ShipPhone),
            address: has(Field::Street1) || has(Field::Street2) || has(Field::Street3),
            buyer_id: has(Field::BuyerId) || has(Field::UserName),
        };
        // Ratings in Japanese are dated `26/5/13`.
        let dated = |name: &String| matches!(name.as_str(), "日付" | "評価日");
        let year_first = format == ReportFormat::Feedback && names.iter().any(dated);
        let channel = String::new();
        let (day_first, serials) = (false, false);
        Self { format, identity, names, fields, channel, day_first, serials, year_first }
    }
}

/// The names of the columns in a header line, in normal form: lower case, without quotes, words
/// joined by `-`.
pub(crate) fn names(line: &str, delimiter: Delimiter) -> Vec<String> {
    let mut names = Vec::new();
    split::each(line, delimiter, |_, cell| names.push(normal(cell)));
    names
}

fn normal(cell: &str) -> String {
    let mut name = String::with_capacity(cell.len());
    for word in value::tidy(cell)
        .split(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '-' | '_' | '"' | '\u{feff}')
        })
        .filter(|word| !word.is_empty())
    {
        if !name.is_empty() {
            name.push('-');
        }
        name.extend(word.chars().flat_map(char::to_lowercase));
    }
    name
}

/// What a header line is, under the delimiter that makes sense of it.
pub(crate) fn read(line: &str, mappings: &[Mapping]) -> (Delimiter, Vec<String>, Recognized) {
    // What a person said of exactly this header goes before what a few of its names suggest.
    if let Some((delimiter, names, format)) = crate::mapping::find(line, mappings) {
        return (delimiter, names, Recognized::Order(format));
    }
    let mut widest = (Delimiter::Tab, Vec::new(), Recognized::Unknown);
    for delimiter in Delimiter::ALL {
        let names = names(line, delimiter);
        let recognized = recognize(&names);
        if recognized != Recognized::Unknown {
            return (delimiter, names, recognized);
        }
        if names.len() > widest.1.len() {
            widest = (delimiter, names, recognized);
        }
    }
    widest
}
