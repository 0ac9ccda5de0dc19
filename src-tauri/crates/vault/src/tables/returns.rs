//! Returns as observed.

use super::after_sales::{Row, finality, some};
use super::column::at_or_none;
use super::orders::number;
use crate::{Read, VaultError};
use buyerwatch_domain::{Money, ObservedReturn, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const SCHEMA_2: &str = "
CREATE TABLE returns (
    identity BLOB NOT NULL PRIMARY KEY,
    order_number INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    import INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    return_id TEXT,
    sku TEXT,
    asin TEXT,
    product TEXT,
    quantity INTEGER,
    requested_at INTEGER,
    delivered_at INTEGER,
    status TEXT,
    reason TEXT,
    disposition TEXT,
    comment TEXT,
    resolution TEXT,
    in_policy INTEGER,
    tracking_id TEXT,
    refunded TEXT,
    currency TEXT,
    finality INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX returns_order ON returns (order_number);
";

/// What tells one return from another.
pub(super) fn identity(one: &ObservedReturn) -> [u8; 16] {
    let article = if one.sku.is_empty() { &one.asin } else { &one.sku };
    let asked = one.requested_at.filter(|_| one.return_id.is_empty());
    let asked = asked.map(|at| at.to_string()).unwrap_or_default();
    super::after_sales::identity(&[&one.order_id, &one.return_id, article, &asked])
}

/// Stores one: whether it is new, and whether a stored one changed.
pub(super) fn put(
    conn: &Connection,
    row: &Row<'_>,
    one: &ObservedReturn,
) -> Result<(bool, bool), VaultError> {
    let before = stored(conn, &row.identity)?;
    conn.prepare_cached(
        "INSERT INTO returns (identity, order_number, order_id, import, imported_at, return_id,
                 sku, asin, product, quantity, requested_at, delivered_at,
                 status, reason, disposition, comment, resolution, in_policy,
                 tracking_id, refunded, currency, finality)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
                 ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                 ?21, ?22)
             ON CONFLICT (identity) DO UPDATE SET
             return_id = coalesce(return_id, excluded.return_id),
             sku = coalesce(sku, excluded.sku),
             asin = coalesce(asin, excluded.asin),
             product = coalesce(product, excluded.product),
             quantity = coalesce(quantity, excluded.quantity),
             requested_at = coalesce(requested_at, excluded.requested_at),
             delivered_at = coalesce(delivered_at, excluded.delivered_at),
             status = CASE WHEN excluded.finality >= finality THEN
                 coalesce(excluded.status, status) ELSE status END,
             reason = coalesce(reason, excluded.reason),
             disposition = coalesce(disposition, excluded.disposition),
             comment = coalesce(comment, excluded.comment),
             resolution = coalesce(resolution, excluded.resolution),
             in_policy = coalesce(in_policy, excluded.in_policy),
             tracking_id = coalesce(tracking_id, excluded.tracking_id),
             refunded = coalesce(refunded, excluded.refunded),
             currency = coalesce(currency, excluded.currency),
             finality = max(finality, excluded.finality)",
    )?
    .execute(params![
        row.identity,
        row.number,
        row.order_id,
        row.import,
        row.at,
        some(&one.return_id),
        some(&one.sku),
        some(&one.asin),
        some(&one.product),
        one.quantity,
        one.requested_at.map(Timestamp::millis),
        one.delivered_at.map(Timestamp::millis),
        some(&one.status),
        some(&one.reason),
        some(&one.disposition),
        some(&one.comment),
        some(&one.resolution),
        one.in_policy,
        some(&one.tracking_id),
        one.refunded.as_ref().map(|money| &money.amount),
        one.refunded.as_ref().map(|money| &money.currency),
        finality(&one.status),
    ])?;
    let after = stored(conn, &row.identity)?;
    Ok((before.is_none(), before.is_some() && before != after))
}

const COLUMNS: &str =
    "order_id, return_id, sku, asin, product, quantity, requested_at, delivered_at,
    status, reason, disposition, comment, resolution, in_policy, tracking_id,
    refunded, currency, finality";

fn stored(conn: &Connection, identity: &[u8; 16]) -> Result<Option<ObservedReturn>, VaultError> {
    let found = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM returns WHERE identity = ?1"))?
        .query_row([identity], read)
        .optional()?;
    Ok(found)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<ObservedReturn> {
    let text = |column: usize| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
    Ok(ObservedReturn {
        order_id: row.get(0)?,
        return_id: text(1)?,
        sku: text(2)?,
        asin: text(3)?,
        product: text(4)?,
        quantity: row.get(5)?,
        requested_at: at_or_none(row, 6)?,
        delivered_at: at_or_none(row, 7)?,
        status: text(8)?,
        reason: text(9)?,
        disposition: text(10)?,
        comment: text(11)?,
        resolution: text(12)?,
        in_policy: row.get(13)?,
        tracking_id: text(14)?,
        refunded: row
            .get::<_, Option<String>>(15)?
            .map(|amount| text(16).map(|currency| Money { amount, currency }))
            .transpose()?,
    })
}

impl Read<'_> {
    /// IDs of the orders of which something came back under this tracking number, in letters of either
    /// case.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn orders_returned_under(
        &self,
        number: &str,
        limit: u32,
    ) -> Result<Vec<String>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT DISTINCT order_id FROM returns
             WHERE tracking_id = ?1 COLLATE NOCASE ORDER BY order_id LIMIT ?2",
        )?;
        let found = query.query_map(params![number, limit], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The returns of an order, oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn returns_of(&self, order_id: &str) -> Result<Vec<ObservedReturn>, VaultError> {
        let order_id = order_id.trim();
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM returns
             WHERE order_number = ?1 AND order_id = ?2 COLLATE NOCASE
             ORDER BY requested_at, imported_at"
        ))?;
        let found = query.query_map(params![number(order_id), order_id], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The returns dated from `from` up to but not including `to`, by what the report says, else
    /// by when they came in; oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn returns_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<ObservedReturn>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM returns
             WHERE coalesce(requested_at, imported_at) >= ?1 AND coalesce(requested_at, imported_at) < ?2
             ORDER BY coalesce(requested_at, imported_at), identity"
        ))?;
        let found = query.query_map(params![from.millis(), to.millis()], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
