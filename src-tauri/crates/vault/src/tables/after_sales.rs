//! Taking in what is observed of an order after it was delivered, and who is behind it.
//!
//! Returns, claims and ratings carry no buyer. They are joined with their order when they are read,
//! so that it does not matter which of the two came in first.

use super::orders::{self, OrderKey, number};
use super::upsert::Origin;
use super::{claims, coverage, feedback, returns};
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{AfterSale, Tag, Timestamp, Unscreenable};
use rusqlite::{Connection, OptionalExtension, params};

/// What became of an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// It was not stored before.
    pub new: bool,
    /// Something about it is newer or more complete than before.
    pub changed: bool,
    /// Its order, if that is stored.
    pub order: Option<OrderKey>,
    /// Why nobody can be recognised behind it: its order is unknown, or says nothing of its buyer.
    pub unscreenable: Option<Unscreenable>,
}

/// How many observations of one kind have an order that was compared with the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Joined {
    /// Those whose order was compared with the list.
    pub screened: u64,
    /// Those whose order is stored and could not be compared.
    pub order_unscreenable: u64,
    /// Those whose order is not stored.
    pub order_unknown: u64,
}

/// Where a stored observation comes from.
pub(super) struct Row<'a> {
    pub(super) identity: [u8; 16],
    pub(super) number: i64,
    pub(super) order_id: &'a str,
    pub(super) import: i64,
    pub(super) at: i64,
}

/// What tells one observation from others: its parts, in one order, whatever their length.
pub(super) fn identity(parts: &[&str]) -> [u8; 16] {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.to_uppercase().as_bytes());
    }
    let mut identity = [0; 16];
    identity.iter_mut().zip(hash.finalize().as_bytes()).for_each(|(to, from)| *to = *from);
    identity
}

/// How final a state is: what is asked or looked into, then what is decided. A report that is
/// imported again must not take back what a later one said.
pub(super) fn finality(state: &str) -> i64 {
    const OPEN: [&str; 8] =
        ["pending", "request", "review", "open", "submitted", "investigat", "progress", "await"];
    let state = state.to_lowercase();
    if state.is_empty() {
        0
    } else if OPEN.iter().any(|word| state.contains(word)) {
        1
    } else {
        2
    }
}

/// An empty text is no value.
pub(super) fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

pub(super) fn note(
    conn: &Connection,
    origin: Origin,
    observed: &AfterSale,
) -> Result<Noted, VaultError> {
    let order_id = observed.order_id();
    let import = conn
        .prepare_cached("SELECT no FROM imports WHERE id = ?1")?
        .query_row([origin.import.as_bytes()], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let row = |identity| Row {
        identity,
        number: number(order_id),
        order_id,
        import,
        at: origin.at.millis(),
    };
    let (new, changed) = match observed {
        AfterSale::Return(one) => returns::put(conn, &row(returns::identity(one)), one)?,
        AfterSale::Claim(one) => claims::put(conn, &row(claims::identity(one)), one)?,
        AfterSale::Feedback(one) => feedback::put(conn, &row(feedback::identity(one)), one)?,
    };
    let order = orders::keys_of(conn, order_id)?.first().map(|(key, _)| *key);
    let unscreenable = match order {
        None => Some(Unscreenable::OrderUnknown),
        Some(key) => conn
            .prepare_cached("SELECT unscreenable FROM orders WHERE key = ?1")?
            .query_row([key.0], |row| row.get(0))
            .map(coverage::reason)?,
    };
    Ok(Noted { new, changed, order, unscreenable })
}

/// The texts of a buyer that retention takes out of each table. The ground of a claim is of the
/// marketplace, and counted.
const TEXTS: [(&str, &str); 2] = [
    ("returns", "comment = NULL, tracking_id = NULL"),
    ("feedback", "comment = NULL, response = NULL, rater_email = NULL"),
];

fn joined(conn: &Connection, table: &str) -> Result<Joined, VaultError> {
    // Different IDs may share a number.
    let mut query = conn.prepare_cached(&format!(
        "SELECT stored, count(*) FROM (
             SELECT (SELECT min(o.unscreenable <> 0) FROM order_numbers AS n
                     JOIN orders AS o ON o.key = n.order_key
                     WHERE n.number = a.order_number
                         AND o.order_id = a.order_id COLLATE NOCASE) AS stored
             FROM {table} AS a)
         GROUP BY stored"
    ))?;
    let mut rows = query.query([])?;
    let mut joined = Joined::default();
    while let Some(row) = rows.next()? {
        let count = row.get::<_, i64>(1)?.unsigned_abs();
        match row.get(0)? {
            None => joined.order_unknown = count,
            Some(0) => joined.screened = count,
            Some(_) => joined.order_unscreenable = count,
        }
    }
    Ok(joined)
}

pub(super) fn purge(conn: &Connection, before: Timestamp) -> Result<u64, VaultError> {
    let mut purged = 0;
    for (table, texts) in TEXTS {
        let held: Vec<&str> = texts.split(", ").filter_map(|text| text.split(' ').next()).collect();
        let held = held.join(", ");
        let rows = conn.execute(
            &format!(
                "UPDATE {table} SET {texts}
                 WHERE imported_at < ?1 AND coalesce({held}, NULL) IS NOT NULL"
            ),
            params![before.millis()],
        )?;
        purged += rows as u64;
    }
    Ok(purged)
}

impl Write<'_> {
    /// Takes an observation in. One that is stored already gains what it lacked; its state moves
    /// on, and never from a decision back to what was open.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn note_after_sale(
        &mut self,
        origin: Origin,
        observed: &AfterSale,
    ) -> Result<Noted, VaultError> {
        self.mark_stale(Tag::Orders);
        self.mark_stale(Tag::Coverage);
        note(self.conn(), origin, observed)
    }

    /// Takes out what buyers wrote, tracking numbers and addresses of observations that came in
    /// before an instant; what is counted stays. Answers how many rows lost something.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn purge_after_sales(&mut self, before: Timestamp) -> Result<u64, VaultError> {
        purge(self.conn(), before)
    }
}

impl Read<'_> {
    /// How many returns, claims and ratings, in this order, have an order that was compared with
    /// the list. Counted anew each time, since an order may come in later.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn after_sales_joined(&self) -> Result<[Joined; 3], VaultError> {
        let [returns, claims, feedback] =
            ["returns", "claims", "feedback"].map(|table| joined(self.conn(), table));
        Ok([returns?, claims?, feedback?])
    }
}
