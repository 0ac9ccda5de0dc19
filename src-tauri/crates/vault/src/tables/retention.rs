//! Which plaintext has outlived its time.

use super::orders::OrderKey;
use crate::{Read, VaultError};
use buyerwatch_domain::Timestamp;
use rusqlite::params;

/// An alert on the order on which somebody still works: what it says is needed until then.
const HELD: &str = "EXISTS (SELECT 1 FROM alerts AS a
    WHERE a.order_id = o.order_id AND a.state IN ('open', 'claimed'))";

/// What says who bought and where to.
const THERE: &str = "coalesce(nullif(buyer_name, ''), nullif(alias, ''), nullif(phone, ''),
    nullif(marketplace_buyer_id, ''), nullif(user_name, ''), nullif(recipient_name, ''),
    nullif(ship_phone, ''), nullif(ship_lines, ''), nullif(ship_city, ''), nullif(ship_state, ''),
    nullif(ship_postal, '')) IS NOT NULL";

impl Read<'_> {
    /// The next orders after one that were placed before an instant, or came in before it when the
    /// report does not say, and still tell who bought; with each whether an alert holds it back.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn orders_outlived(
        &self,
        before: Timestamp,
        after: OrderKey,
        limit: usize,
    ) -> Result<Vec<(OrderKey, bool)>, VaultError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT key, {HELD} FROM orders AS o
             WHERE key > ?1 AND coalesce(purchased_at, imported_at) < ?2 AND {THERE}
             ORDER BY key LIMIT ?3"
        ))?;
        let found = query.query_map(params![after.0, before.millis(), limit], |row| {
            Ok((OrderKey(row.get(0)?), row.get(1)?))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
