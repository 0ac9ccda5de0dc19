//! Stored orders as the list shows them.

use super::column::{at, at_or_none, id, id_or_none};
use super::orders::{self, OrderKey, flag, fulfillment, status};
use super::{coverage, identifiers, money};
use crate::{Read, VaultError};
use buyerwatch_domain::{
    AlertId, BuyerId, Fulfillment, Identifier, Money, OrderStatus, Timestamp, Unscreenable,
};
use rusqlite::{Connection, OptionalExtension, named_params};

/// Which orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderFilter {
    /// All.
    All,
    /// Orders in which a buyer was recognised for sure.
    Flagged,
    /// Orders that might be of a buyer.
    Possible,
    /// Orders that could not be compared with the list.
    Unscreenable,
}

/// By what orders are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderSort {
    /// When they were placed, or came in if that is not known.
    Purchased,
    /// The order in which they came in.
    Imported,
    /// Sum of their lines' prices, whatever the currency.
    Amount,
}

/// Which part of which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrdersQuery {
    /// Which orders.
    pub filter: OrderFilter,
    /// Only orders of this marketplace.
    pub marketplace: Option<String>,
    /// Only orders placed then or later.
    pub from: Option<Timestamp>,
    /// Only orders placed before then.
    pub to: Option<Timestamp>,
    /// Only orders that came in then or later.
    pub imported_from: Option<Timestamp>,
    /// Only orders whose ID, article number or article title holds this; empty for all.
    pub text: String,
    /// By what they are sorted.
    pub sort: OrderSort,
    /// Largest first.
    pub descending: bool,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// What was recognised in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderFlag {
    /// A buyer who is recorded but raised no alert here.
    Watching,
    /// It might be of a buyer.
    Possible,
    /// It raised an alert that was not dismissed.
    Alert,
}

/// An order as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSummary {
    /// The vault's number.
    pub key: OrderKey,
    /// The marketplace's ID.
    pub order_id: String,
    /// Where it was placed.
    pub marketplace: String,
    /// When it was placed.
    pub purchased_at: Option<Timestamp>,
    /// When it came in.
    pub imported_at: Timestamp,
    /// How far it has come.
    pub status: OrderStatus,
    /// Who ships it.
    pub fulfillment: Fulfillment,
    /// How many lines it has.
    pub items: u64,
    /// Title of the first article.
    pub product: String,
    /// Number of the first article.
    pub sku: String,
    /// Units of the first article.
    pub quantity: Option<u32>,
    /// Sum of the lines' prices, if they share a currency.
    pub amount: Option<Money>,
    /// Who paid.
    pub buyer_name: String,
    /// Who receives.
    pub recipient_name: String,
    /// Relay alias.
    pub alias: String,
    /// Where the parcel goes: city.
    pub city: String,
    /// Where the parcel goes: country.
    pub country: String,
    /// What was recognised.
    pub flag: Option<OrderFlag>,
    /// In whom.
    pub buyer: Option<BuyerId>,
    /// By what a list names them.
    pub buyer_label: Option<Identifier>,
    /// The alert that it raised.
    pub alert: Option<AlertId>,
    /// Why it could not be compared with the list.
    pub unscreenable: Option<Unscreenable>,
    /// Ordered by a company.
    pub business: bool,
    /// The buyer asked to cancel.
    pub cancel_requested: bool,
    /// Who bought was taken out when its retention time ended.
    pub purged: bool,
}

/// Sightings with their order and what became of it.
const SEEN: &str = "sightings AS s
    JOIN orders AS o ON o.key = s.order_key
    JOIN buyer_browse AS b ON b.buyer =
        coalesce((SELECT holder FROM buyers WHERE id = s.buyer), s.buyer)
    LEFT JOIN alerts AS a ON a.order_id = o.order_id AND a.buyer = s.buyer";

/// What a row of [`SEEN`] says about the order: 3 alert, 2 possible, 1 watching, 0 nothing. A buyer
/// who was cleared marks no order, and neither does an alert after which its identity was decided to
/// be somebody else.
const LEVEL: &str = "CASE
    WHEN b.status = 'cleared' THEN 0
    WHEN a.state = 'dismissed' THEN 0
    WHEN EXISTS (SELECT 1 FROM pairs AS p
        WHERE p.buyer = a.buyer AND p.identity = a.identity AND p.restored = 0
            AND p.stamp > a.stamp) THEN 0
    WHEN a.tier = 'alert' THEN 3
    WHEN a.tier = 'possible' THEN 2
    WHEN s.tier = 'possible' THEN 2
    ELSE 1 END";

fn level(flag: OrderFlag) -> i64 {
    match flag {
        OrderFlag::Watching => 1,
        OrderFlag::Possible => 2,
        OrderFlag::Alert => 3,
    }
}

impl OrderFilter {
    /// The condition on the column that holds the order's key.
    fn condition(self, key: &str) -> String {
        let at_level = |having: &str| {
            format!(
                "{key} IN (SELECT s.order_key FROM {SEEN}
                 GROUP BY s.order_key HAVING max({LEVEL}) {having})"
            )
        };
        match self {
            Self::All => "1".to_owned(),
            Self::Flagged => at_level("IN (1, 3)"),
            Self::Possible => at_level("= 2"),
            Self::Unscreenable => format!(
                "EXISTS (SELECT 1 FROM orders AS u WHERE u.key = {key} AND u.unscreenable > 0)"
            ),
        }
    }
}

/// What of a query becomes text of the statement; its values are bound.
struct Sql {
    condition: String,
    table: &'static str,
    key: &'static str,
    order: String,
}

fn sql(query: &OrdersQuery) -> Sql {
    // The list by date and amount is a narrow table; what came in last stands last in the wide one.
    let (table, key, at) = match query.sort {
        OrderSort::Purchased | OrderSort::Amount => ("order_dates AS d", "d.order_key", "d.at"),
        OrderSort::Imported => ("orders AS d", "d.key", "coalesce(d.purchased_at, d.imported_at)"),
    };
    let direction = if query.descending { "DESC" } else { "ASC" };
    let order = match query.sort {
        OrderSort::Purchased => format!("d.at {direction}, {key} {direction}"),
        OrderSort::Imported => format!("{key} {direction}"),
        OrderSort::Amount => format!("d.amount {direction} NULLS LAST, {key} {direction}"),
    };
    let mut condition = query.filter.condition(key);
    if query.from.is_some() || query.to.is_some() {
        condition.push_str(&format!(" AND {at} >= :from AND {at} < :to"));
    } else {
        condition.push_str(" AND :from IS :from AND :to IS :to");
    }
    if query.imported_from.is_some() {
        condition.push_str(&format!(
            " AND (SELECT i.imported_at FROM orders AS i WHERE i.key = {key}) >= :since"
        ));
    } else {
        condition.push_str(" AND :since IS :since");
    }
    condition.push_str(match query.marketplace {
        Some(_) => " AND d.marketplace = :marketplace",
        None => " AND :marketplace IS :marketplace",
    });
    if query.text.trim().is_empty() {
        condition.push_str(" AND :digits IS :digits AND :text IS :text");
    } else {
        condition.push_str(&format!(
            " AND {key} IN (
                SELECT order_key FROM order_numbers
                WHERE :digits IS NOT NULL AND instr(CAST(number AS TEXT), :digits)
                UNION SELECT order_key FROM order_lines WHERE article IN
                    (SELECT id FROM articles
                     WHERE sku LIKE :text ESCAPE '\\' OR product LIKE :text ESCAPE '\\'))"
        ));
    }
    Sql { condition, table, key, order }
}

fn page_sql(query: &OrdersQuery) -> String {
    let Sql { condition, table, key, order } = sql(query);
    format!(
        "SELECT {key} FROM {table} WHERE {condition} ORDER BY {order} LIMIT :limit OFFSET :offset"
    )
}

/// A pattern that finds the text anywhere.
pub(super) fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.trim().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The digits of what may be a part of an order ID.
fn digits(text: &str) -> Option<String> {
    let of_id = |c: char| c.is_ascii_digit() || c == '-';
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // Leading zeros are not part of a number.
    let digits = digits.trim_start_matches('0');
    (digits.len() >= 3 && text.trim().chars().all(of_id)).then(|| digits.to_owned())
}

impl Read<'_> {
    /// The buyer who was recognised for sure in the order with this ID, whatever their status; `None`
    /// where the ID is unknown or several marketplaces gave it out.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn recognised_in_order(&self, order_id: &str) -> Result<Option<BuyerId>, VaultError> {
        let keys = orders::keys_of(self.conn(), order_id)?;
        let [(key, _)] = keys.as_slice() else { return Ok(None) };
        let found = recognised(self.conn(), *key)?;
        Ok(found.filter(|(flag, ..)| *flag != OrderFlag::Possible).map(|(_, buyer, _)| buyer))
    }

    /// One page of the list, and how many orders the query finds.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn orders(&self, query: &OrdersQuery) -> Result<(u64, Vec<OrderSummary>), VaultError> {
        let conn = self.conn();
        let marketplace = match &query.marketplace {
            Some(name) => match marketplace(conn, name)? {
                Some(id) => Some(id),
                None => return Ok((0, Vec::new())),
            },
            None => None,
        };
        let exact = if query.text.trim().is_empty() { None } else { self.exact(query)? };
        if let Some(found) = exact {
            return Ok(found);
        }
        let text = (!query.text.trim().is_empty()).then(|| pattern(&query.text));
        let digits = digits(&query.text);
        let from = query.from.map_or(i64::MIN, Timestamp::millis);
        let to = query.to.map_or(i64::MAX, Timestamp::millis);
        let since = query.imported_from.map_or(i64::MIN, Timestamp::millis);
        let total = match self.counted(query)? {
            Some(total) => total,
            None => {
                let Sql { condition, table, .. } = sql(query);
                let found: i64 = conn
                    .prepare_cached(&format!("SELECT count(*) FROM {table} WHERE {condition}"))?
                    .query_row(
                        named_params! {
                            ":from": from, ":to": to, ":since": since,
                            ":marketplace": marketplace,
                            ":digits": digits, ":text": text,
                        },
                        |row| row.get(0),
                    )?;
                found.unsigned_abs()
            }
        };
        let mut page = conn.prepare_cached(&page_sql(query))?;
        let keys = page.query_map(
            named_params! {
                ":from": from, ":to": to, ":since": since, ":marketplace": marketplace,
                ":digits": digits, ":text": text,
                ":limit": query.limit, ":offset": query.offset,
            },
            |row| row.get(0).map(OrderKey),
        )?;
        let mut found = Vec::new();
        for key in keys {
            found.extend(summary(conn, key?)?);
        }
        Ok((total, found))
    }

    /// A whole order ID finds its order at once, whatever the filters say about dates.
    fn exact(&self, query: &OrdersQuery) -> Result<Option<(u64, Vec<OrderSummary>)>, VaultError> {
        if query.filter != OrderFilter::All || query.marketplace.is_some() {
            return Ok(None);
        }
        let keys = orders::keys_of(self.conn(), query.text.trim())?;
        if keys.is_empty() {
            return Ok(None);
        }
        let mut found = Vec::new();
        for (key, _) in keys {
            found.extend(summary(self.conn(), key)?);
        }
        let total = u64::try_from(found.len()).unwrap_or(0);
        let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let page = found.into_iter().skip(at(query.offset)).take(at(query.limit));
        Ok(Some((total, page.collect())))
    }

    /// The total, where it is counted already.
    fn counted(&self, query: &OrdersQuery) -> Result<Option<u64>, VaultError> {
        let narrowed = query.marketplace.is_some()
            || query.from.is_some()
            || query.to.is_some()
            || query.imported_from.is_some()
            || !query.text.trim().is_empty();
        if narrowed {
            return Ok(None);
        }
        Ok(match query.filter {
            OrderFilter::All => Some(self.order_count()?),
            OrderFilter::Unscreenable => {
                let reasons = self.coverage(None, None)?.unscreenable;
                Some(reasons.into_iter().map(|(_, orders)| orders).sum())
            }
            OrderFilter::Flagged | OrderFilter::Possible => None,
        })
    }

    /// An order as the list shows it.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn order_summary(&self, key: OrderKey) -> Result<Option<OrderSummary>, VaultError> {
        summary(self.conn(), key)
    }
}

fn marketplace(conn: &Connection, name: &str) -> Result<Option<i64>, VaultError> {
    if name.is_empty() {
        return Ok(Some(0));
    }
    let mut query = conn.prepare_cached("SELECT id FROM marketplaces WHERE name = ?1")?;
    Ok(query.query_row([name], |row| row.get(0)).optional()?)
}

/// The order with this ID and marketplace as the list shows it.
pub(super) fn summary_of(
    conn: &Connection,
    order_id: &str,
    marketplace: &str,
) -> Result<Option<OrderSummary>, VaultError> {
    let keys = orders::keys_of(conn, order_id)?;
    let same = keys.iter().find(|(_, name)| name.eq_ignore_ascii_case(marketplace));
    match same.or_else(|| keys.iter().find(|(_, name)| name.is_empty() || marketplace.is_empty())) {
        Some((key, _)) => summary(conn, *key),
        None => Ok(None),
    }
}

fn summary(conn: &Connection, key: OrderKey) -> Result<Option<OrderSummary>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT o.order_id, coalesce(m.name, ''), o.purchased_at, o.imported_at, o.status, o.flags,
             o.unscreenable, o.buyer_name, o.recipient_name, o.alias, o.ship_city, o.ship_country,
             EXISTS (SELECT 1 FROM veils AS v WHERE v.order_key = o.key)
         FROM orders AS o LEFT JOIN marketplaces AS m ON m.id = o.marketplace WHERE o.key = ?1",
    )?;
    let found = query
        .query_row([key.0], |row| {
            let text =
                |column: usize| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
            let flags: i64 = row.get(5)?;
            Ok(OrderSummary {
                key,
                order_id: row.get(0)?,
                marketplace: row.get(1)?,
                purchased_at: at_or_none(row, 2)?,
                imported_at: at(row, 3)?,
                status: status(row.get(4)?),
                fulfillment: fulfillment(flags),
                items: 0,
                product: String::new(),
                sku: String::new(),
                quantity: None,
                amount: None,
                buyer_name: text(7)?,
                recipient_name: text(8)?,
                alias: text(9)?,
                city: text(10)?,
                country: text(11)?,
                flag: None,
                buyer: None,
                buyer_label: None,
                alert: None,
                unscreenable: coverage::reason(row.get(6)?),
                business: flags & flag::BUSINESS != 0,
                cancel_requested: flags & flag::CANCEL_REQUESTED != 0,
                purged: row.get(12)?,
            })
        })
        .optional()?;
    let Some(mut order) = found else { return Ok(None) };
    let lines = orders::lines(conn, key)?;
    order.items = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    order.amount = money::total(lines.iter().filter_map(|line| line.price.as_ref()));
    if let Some(first) = lines.into_iter().next() {
        (order.product, order.sku, order.quantity) = (first.product, first.sku, first.quantity);
    }
    if let Some((flag, buyer, alert)) = recognised(conn, key)? {
        order.buyer_label = identifiers::label(conn, buyer)?;
        (order.flag, order.buyer, order.alert) = (Some(flag), Some(buyer), alert);
    }
    Ok(Some(order))
}

/// The surest of what was recognised in an order.
fn recognised(
    conn: &Connection,
    key: OrderKey,
) -> Result<Option<(OrderFlag, BuyerId, Option<AlertId>)>, VaultError> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {LEVEL} AS level, coalesce(h.holder, s.buyer), a.id FROM {SEEN}
         LEFT JOIN buyers AS h ON h.id = s.buyer
         WHERE s.order_key = ?1 ORDER BY level DESC, a.raised_at DESC, s.buyer LIMIT 1"
    ))?;
    let found = query
        .query_row([key.0], |row| Ok((row.get::<_, i64>(0)?, id(row, 1)?, id_or_none(row, 2)?)))
        .optional()?;
    let flags = [OrderFlag::Watching, OrderFlag::Possible, OrderFlag::Alert];
    Ok(found.and_then(|(found, buyer, alert)| {
        let flag = flags.into_iter().find(|flag| level(*flag) == found)?;
        Some((flag, buyer, alert))
    }))
}

#[cfg(test)]
pub(super) fn statement(query: &OrdersQuery) -> String {
    page_sql(query)
}
