//! Which column holds what.

use crate::format::{Recognized, recognize};
use crate::{ReportFormat, split};
use serde::{Deserialize, Serialize};

/// What separates the values of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// Tab: as Amazon writes it. A quote is a character like any other.
    Tab,
    /// Comma, with quoted values that may hold line ends.
    Comma,
    /// Semicolon, as spreadsheets write it where the comma is the decimal sign.
    Semicolon,
}

impl Delimiter {
    pub(crate) const ALL: [Self; 3] = [Self::Tab, Self::Comma, Self::Semicolon];

    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Comma => b',',
            Self::Semicolon => b';',
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

macro_rules! fields {
    ($($field:ident: $($name:literal),+;)+) => {
        /// What a column can hold, each with the names of its columns, the preferred one first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Field { $($field),+ }

        const NAMES: &[(Field, &[&str])] = &[$((Field::$field, &[$($name),+])),+];

        impl Field {
            pub(crate) const COUNT: usize = NAMES.len();
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
}

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
}

impl Layout {
    pub(crate) fn new(format: ReportFormat, names: Vec<String>) -> Self {
        let mut fields = vec![None; names.len()];
        let mut present = [false; Field::COUNT];
        for (field, candidates) in NAMES {
            let column =
                candidates.iter().find_map(|name| names.iter().position(|column| column == name));
            if let Some(slot) = column.and_then(|at| fields.get_mut(at)) {
                *slot = Some(*field);
                present[*field as usize] = true;
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
        Self { format, identity, names, fields }
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
    for word in cell
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
pub(crate) fn read(line: &str) -> (Delimiter, Vec<String>, Recognized) {
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
