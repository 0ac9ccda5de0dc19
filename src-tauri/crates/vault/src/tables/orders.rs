//! Stored orders: one row per order with who bought, one per line with what.

use super::column::{at, at_or_none, decoded, id_or_none};
use super::coverage;
use super::tokens::{self, OrderTokenRow};
use crate::{Read, VaultError};
use buyerwatch_domain::{
    Address, Channel, Fulfillment, ImportId, Money, ObservedOrder, OrderStatus, Timestamp, Token,
    Unscreenable,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

// `order_numbers` and `order_dates` are indexes that are filled in sorted order, a batch at a time;
// an index of the database would be filled in the order of the rows, a random page for each.
pub(super) const SCHEMA_1: &str = "
CREATE TABLE marketplaces (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL,
    product TEXT NOT NULL,
    UNIQUE (sku, product)
) STRICT;
CREATE TABLE orders (
    key INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL,
    marketplace INTEGER NOT NULL,
    purchased_at INTEGER,
    imported_at INTEGER NOT NULL,
    import INTEGER NOT NULL,
    status INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    unscreenable INTEGER NOT NULL,
    tokens BLOB NOT NULL,
    buyer_name TEXT,
    alias TEXT,
    phone TEXT,
    marketplace_buyer_id TEXT,
    user_name TEXT,
    recipient_name TEXT,
    ship_phone TEXT,
    ship_lines TEXT,
    ship_city TEXT,
    ship_state TEXT,
    ship_postal TEXT,
    ship_country TEXT
) STRICT;
CREATE TABLE order_numbers (
    number INTEGER NOT NULL,
    order_key INTEGER NOT NULL,
    PRIMARY KEY (number, order_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE order_dates (
    at INTEGER NOT NULL,
    order_key INTEGER NOT NULL,
    marketplace INTEGER NOT NULL,
    amount INTEGER,
    PRIMARY KEY (at, order_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE order_lines (
    order_key INTEGER NOT NULL,
    line INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    article INTEGER NOT NULL,
    quantity INTEGER,
    price TEXT,
    currency TEXT,
    status INTEGER NOT NULL,
    PRIMARY KEY (order_key, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_unscreenable ON orders (key) WHERE unscreenable > 0;
";

/// The vault's own number of a stored order. Later orders have larger ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderKey(pub(crate) i64);

impl OrderKey {
    /// Before every order, for going through all of them.
    pub const FIRST: Self = Self(0);

    /// The number by itself, for keeping little of an order.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// So many orders earlier, at most [before every one](Self::FIRST).
    #[must_use]
    pub const fn earlier(self, orders: u32) -> Self {
        let earlier = self.0.saturating_sub(orders as i64);
        Self(if earlier < 0 { 0 } else { earlier })
    }

    /// So many orders later.
    #[must_use]
    pub const fn later(self, orders: u32) -> Self {
        Self(self.0.saturating_add(orders as i64))
    }

    /// The last order up to this one that completes a step of so many.
    #[must_use]
    pub const fn step(self, orders: u32) -> Self {
        if orders == 0 { self } else { Self(self.0 - self.0 % orders as i64) }
    }
}

/// One line of a stored order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderLine {
    /// The marketplace's ID of the line; may be empty.
    pub item_id: String,
    /// The seller's article number; may be empty.
    pub sku: String,
    /// Title of the article; may be empty.
    pub product: String,
    /// Units ordered.
    pub quantity: Option<u32>,
    /// Price of the line.
    pub price: Option<Money>,
    /// How far the line has come.
    pub status: OrderStatus,
}

/// A stored order with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRecord {
    /// The vault's number.
    pub key: OrderKey,
    /// Who bought, where to, and how far it has come. Item, article, quantity and price are those
    /// of the first line.
    pub order: ObservedOrder,
    /// Every line.
    pub lines: Vec<OrderLine>,
    /// What is compared.
    pub tokens: OrderTokenRow,
    /// Why it could not be compared with the list.
    pub unscreenable: Option<Unscreenable>,
    /// When it came in.
    pub imported_at: Timestamp,
    /// The import that brought it.
    pub import: Option<ImportId>,
    /// Name of the file that brought it; empty if unknown.
    pub source: String,
}

impl OrderRecord {
    /// Sum of the lines' prices, `None` when no line has one or their currencies differ.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        super::money::total(self.lines.iter().filter_map(|line| line.price.as_ref()))
    }
}

/// The number under which an order ID is looked up: its digits if it has nothing else, else a hash.
/// Numbers are stored: the way they are made never changes.
pub(super) fn number(order_id: &str) -> i64 {
    let mut digits = order_id.bytes().filter(|b| *b != b'-');
    let folded = digits.try_fold((0i64, 0u8), |(number, count), byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        (count < 18).then(|| (number * 10 + digit, count + 1))
    });
    match folded {
        Some((number, 1..)) => number,
        _ => {
            let hash = blake3::hash(order_id.to_ascii_uppercase().as_bytes());
            let (first, _) = hash.as_bytes().split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
            i64::from_le_bytes(*first)
        }
    }
}

/// Statuses by how far an order has come; the numbers are stored.
pub(super) const STATUSES: [OrderStatus; 5] = [
    OrderStatus::Unknown,
    OrderStatus::Pending,
    OrderStatus::Unshipped,
    OrderStatus::Shipped,
    OrderStatus::Cancelled,
];

/// The number under which a status is stored.
pub(super) const fn rank(status: OrderStatus) -> i64 {
    match status {
        OrderStatus::Unknown => 0,
        OrderStatus::Pending => 1,
        OrderStatus::Unshipped => 2,
        OrderStatus::Shipped => 3,
        OrderStatus::Cancelled => 4,
    }
}

/// The status with this number.
pub(super) fn status(rank: i64) -> OrderStatus {
    usize::try_from(rank).ok().and_then(|rank| STATUSES.get(rank)).copied().unwrap_or_default()
}

/// Bits of the column `flags`.
pub(super) mod flag {
    pub(crate) const BUSINESS: i64 = 1;
    pub(crate) const CANCEL_REQUESTED: i64 = 2;
    pub(crate) const BY_SELLER: i64 = 4;
    pub(crate) const BY_MARKETPLACE: i64 = 8;
    pub(crate) const CANCELLED_BY_SHOP: i64 = 16;
}

/// The stored bits of an order.
pub(super) fn flags(order: &ObservedOrder) -> i64 {
    let by = match order.fulfillment {
        Fulfillment::Seller => flag::BY_SELLER,
        Fulfillment::Marketplace => flag::BY_MARKETPLACE,
        Fulfillment::Unknown => 0,
    };
    let business = if order.business { flag::BUSINESS } else { 0 };
    let cancel = if order.cancel_requested { flag::CANCEL_REQUESTED } else { 0 };
    let shop = if order.cancelled_by_shop { flag::CANCELLED_BY_SHOP } else { 0 };
    by | business | cancel | shop
}

/// Who ships, by the stored bits.
pub(super) const fn fulfillment(flags: i64) -> Fulfillment {
    if flags & flag::BY_SELLER != 0 {
        Fulfillment::Seller
    } else if flags & flag::BY_MARKETPLACE != 0 {
        Fulfillment::Marketplace
    } else {
        Fulfillment::Unknown
    }
}

/// The lines of an order.
pub(super) fn lines(conn: &Connection, key: OrderKey) -> Result<Vec<OrderLine>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT l.item_id, a.sku, a.product, l.quantity, l.price, l.currency, l.status
         FROM order_lines AS l JOIN articles AS a ON a.id = l.article
         WHERE l.order_key = ?1 ORDER BY l.line",
    )?;
    let lines = query.query_map([key.0], |row| {
        let amount: Option<String> = row.get(4)?;
        let currency: Option<String> = row.get(5)?;
        Ok(OrderLine {
            item_id: row.get(0)?,
            sku: row.get(1)?,
            product: row.get(2)?,
            quantity: row.get(3)?,
            price: amount.map(|amount| Money { amount, currency: currency.unwrap_or_default() }),
            status: status(row.get(6)?),
        })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

const COLUMNS: &str = "o.key, o.order_id, coalesce(m.name, ''), o.purchased_at, o.imported_at,
    o.status, o.flags, o.unscreenable, o.tokens, o.buyer_name, o.alias, o.phone,
    o.marketplace_buyer_id, o.user_name, o.recipient_name, o.ship_phone, o.ship_lines,
    o.ship_city, o.ship_state, o.ship_postal, o.ship_country, i.id, coalesce(i.name, '')";

const JOINS: &str = "orders AS o
    LEFT JOIN marketplaces AS m ON m.id = o.marketplace
    LEFT JOIN imports AS i ON i.no = o.import";

/// Splits the stored street lines.
pub(super) fn ship_lines(stored: &str) -> Vec<String> {
    if stored.is_empty() { Vec::new() } else { stored.split('\n').map(str::to_owned).collect() }
}

/// A record without its lines.
fn record(row: &Row<'_>) -> rusqlite::Result<OrderRecord> {
    let text = |column: usize| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
    let stored_flags: i64 = row.get(6)?;
    let order = ObservedOrder {
        order_id: row.get(1)?,
        channel: Channel(row.get(2)?),
        purchased_at: at_or_none(row, 3)?,
        status: status(row.get(5)?),
        fulfillment: fulfillment(stored_flags),
        business: stored_flags & flag::BUSINESS != 0,
        cancel_requested: stored_flags & flag::CANCEL_REQUESTED != 0,
        cancelled_by_shop: stored_flags & flag::CANCELLED_BY_SHOP != 0,
        buyer_name: text(9)?,
        alias: text(10)?,
        phone: text(11)?,
        marketplace_buyer_id: text(12)?,
        user_name: text(13)?,
        recipient_name: text(14)?,
        ship_phone: text(15)?,
        ship_to: Address {
            lines: ship_lines(&text(16)?),
            city: text(17)?,
            state: text(18)?,
            postal: text(19)?,
            country: text(20)?,
        },
        ..ObservedOrder::default()
    };
    Ok(OrderRecord {
        key: OrderKey(row.get(0)?),
        order,
        lines: Vec::new(),
        tokens: decoded(row, 8, |bytes| OrderTokenRow::decode(bytes).ok_or(()))?,
        unscreenable: coverage::reason(row.get(7)?),
        imported_at: at(row, 4)?,
        import: id_or_none(row, 21)?,
        source: row.get(22)?,
    })
}

fn with_lines(conn: &Connection, mut record: OrderRecord) -> Result<OrderRecord, VaultError> {
    record.lines = lines(conn, record.key)?;
    if let Some(first) = record.lines.first() {
        record.order.item_id.clone_from(&first.item_id);
        record.order.sku.clone_from(&first.sku);
        record.order.product.clone_from(&first.product);
        record.order.quantity = first.quantity;
        record.order.price.clone_from(&first.price);
    }
    Ok(record)
}

/// Stored orders with this ID, one per marketplace.
pub(super) fn keys_of(
    conn: &Connection,
    order_id: &str,
) -> Result<Vec<(OrderKey, String)>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT o.key, o.order_id, coalesce(m.name, '')
         FROM order_numbers AS n JOIN orders AS o ON o.key = n.order_key
         LEFT JOIN marketplaces AS m ON m.id = o.marketplace
         WHERE n.number = ?1 ORDER BY n.order_key",
    )?;
    let mut rows = query.query([number(order_id)])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        // Different IDs may share a number.
        if row.get_ref(1)?.as_str().is_ok_and(|stored| stored.eq_ignore_ascii_case(order_id)) {
            keys.push((OrderKey(row.get(0)?), row.get(2)?));
        }
    }
    Ok(keys)
}

impl Read<'_> {
    /// The order with this ID and marketplace. With an empty marketplace on either side the ID
    /// alone decides.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order(
        &self,
        order_id: &str,
        marketplace: &str,
    ) -> Result<Option<OrderRecord>, VaultError> {
        let keys = keys_of(self.conn(), order_id.trim())?;
        let same = keys.iter().find(|(_, name)| name.eq_ignore_ascii_case(marketplace));
        let key = same
            .or_else(|| keys.iter().find(|(_, name)| name.is_empty() || marketplace.is_empty()));
        match key {
            Some((key, _)) => self.order_by_key(*key),
            None => Ok(None),
        }
    }

    /// The order with this number.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_by_key(&self, key: OrderKey) -> Result<Option<OrderRecord>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM {JOINS} WHERE o.key = ?1"))?;
        let found = query.query_row([key.0], record).optional()?;
        found.map(|found| with_lines(self.conn(), found)).transpose()
    }

    /// Every order with this ID, on whatever marketplace.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn orders_by_id(&self, order_id: &str) -> Result<Vec<OrderRecord>, VaultError> {
        let mut found = Vec::new();
        for (key, _) in keys_of(self.conn(), order_id.trim())? {
            found.extend(self.order_by_key(key)?);
        }
        Ok(found)
    }

    /// Orders that carry any of the tokens, each once, oldest first; at most `limit` for each token,
    /// so that one that many carry takes no room from another.
    ///
    /// Says nothing about which field carries it: a match must be decided on the order's tokens.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn orders_with_tokens(
        &self,
        tokens: &[Token],
        limit: usize,
    ) -> Result<Vec<OrderKey>, VaultError> {
        let mut keys = std::collections::BTreeSet::new();
        for token in tokens {
            keys.extend(tokens::orders_with(self.conn(), *token, limit)?);
        }
        Ok(keys.into_iter().collect())
    }

    /// The tokens of the next orders after one, in the order in which they came in. For comparing
    /// everything stored with a list that changed a lot; start at [`OrderKey::FIRST`].
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_tokens_after(
        &self,
        after: OrderKey,
        limit: usize,
    ) -> Result<Vec<(OrderKey, OrderTokenRow)>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT key, tokens FROM orders WHERE key > ?1 ORDER BY key LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![after.0, limit], |row| {
            let tokens = decoded(row, 1, |bytes| OrderTokenRow::decode(bytes).ok_or(()))?;
            Ok((OrderKey(row.get(0)?), tokens))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Names of the marketplaces of stored orders, in alphabetical order.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn marketplaces(&self) -> Result<Vec<String>, VaultError> {
        let mut query =
            self.conn().prepare_cached("SELECT name FROM marketplaces ORDER BY name")?;
        Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}
