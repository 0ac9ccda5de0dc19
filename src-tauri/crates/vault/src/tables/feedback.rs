//! Ratings of the seller as observed.

use super::after_sales::{Row, some};
use super::column::at_or_none;
use super::orders::number;
use crate::{Read, VaultError};
use buyerwatch_domain::{ObservedFeedback, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const SCHEMA_2: &str = "
CREATE TABLE feedback (
    identity BLOB NOT NULL PRIMARY KEY,
    order_number INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    import INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    given_at INTEGER,
    rating INTEGER,
    comment TEXT,
    response TEXT,
    rater_email TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_order ON feedback (order_number);
";

/// What tells one rating from another.
pub(super) fn identity(one: &ObservedFeedback) -> [u8; 16] {
    // A marketplace takes one rating of an order.
    super::after_sales::identity(&[&one.order_id])
}

/// A column of what the buyer gave last: a revised rating takes the place of the one before. Of the same
/// date, or of none, the report that came in last counts; what it leaves out stays.
fn newer(column: &str) -> String {
    format!(
        "CASE WHEN given_at IS NULL OR excluded.given_at >= given_at
             THEN coalesce(excluded.{column}, {column})
             ELSE coalesce({column}, excluded.{column}) END"
    )
}

/// Stores one: whether it is new, and whether a stored one changed.
pub(super) fn put(
    conn: &Connection,
    row: &Row<'_>,
    one: &ObservedFeedback,
) -> Result<(bool, bool), VaultError> {
    let before = stored(conn, &row.identity)?;
    conn.prepare_cached(&format!(
        "INSERT INTO feedback (identity, order_number, order_id, import, imported_at, given_at,
                 rating, comment, response, rater_email)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (identity) DO UPDATE SET
             given_at = max(coalesce(given_at, excluded.given_at),
                 coalesce(excluded.given_at, given_at)),
             rating = {rating}, comment = {comment}, response = {response},
             rater_email = coalesce(rater_email, excluded.rater_email)",
        rating = newer("rating"),
        comment = newer("comment"),
        response = newer("response"),
    ))?
    .execute(params![
        row.identity,
        row.number,
        row.order_id,
        row.import,
        row.at,
        one.at.map(Timestamp::millis),
        one.rating,
        some(&one.comment),
        some(&one.response),
        some(&one.rater_email),
    ])?;
    let after = stored(conn, &row.identity)?;
    Ok((before.is_none(), before.is_some() && before != after))
}

const COLUMNS: &str = "order_id, given_at, rating, comment, response, rater_email";

fn stored(conn: &Connection, identity: &[u8; 16]) -> Result<Option<ObservedFeedback>, VaultError> {
    let found = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM feedback WHERE identity = ?1"))?
        .query_row([identity], read)
        .optional()?;
    Ok(found)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<ObservedFeedback> {
    let text = |column: usize| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
    Ok(ObservedFeedback {
        order_id: row.get(0)?,
        at: at_or_none(row, 1)?,
        rating: row.get(2)?,
        comment: text(3)?,
        response: text(4)?,
        rater_email: text(5)?,
    })
}

impl Read<'_> {
    /// The feedback of an order, oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn feedback_of(&self, order_id: &str) -> Result<Vec<ObservedFeedback>, VaultError> {
        let order_id = order_id.trim();
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM feedback
             WHERE order_number = ?1 AND order_id = ?2 COLLATE NOCASE
             ORDER BY given_at, imported_at"
        ))?;
        let found = query.query_map(params![number(order_id), order_id], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The feedback dated from `from` up to but not including `to`, by what the report says, else
    /// by when they came in; oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn feedback_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<ObservedFeedback>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM feedback
             WHERE coalesce(given_at, imported_at) >= ?1 AND coalesce(given_at, imported_at) < ?2
             ORDER BY coalesce(given_at, imported_at), identity"
        ))?;
        let found = query.query_map(params![from.millis(), to.millis()], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
