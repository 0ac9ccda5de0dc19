//! Alerts as the list of work shows them.

use super::alerts::{COLUMNS, WIDTH, alert};
use super::browse;
use super::column::code;
use super::identifiers;
use super::order_list::{OrderSummary, summary_of};
use crate::{Read, VaultError};
use buyerwatch_domain::{Alert, AlertId, BuyerStatus, Identifier, PersonId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// Which alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertView {
    /// Open or claimed, sure enough to have been announced, not asleep.
    Open,
    /// Claimed by this member of the team.
    Mine(PersonId),
    /// Might be the same person; open or claimed, not asleep.
    Possible,
    /// Handled or dismissed.
    Closed,
    /// Asleep.
    Snoozed,
}

/// Which part of which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertsQuery {
    /// Which alerts.
    pub view: AlertView,
    /// The present time, for those that sleep.
    pub now: Timestamp,
    /// Only alerts whose order ID, or an identifier or remark of whose buyer, holds this; empty for
    /// all.
    pub text: String,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// How many alerts there are in each view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AlertCounts {
    /// In [`AlertView::Open`].
    pub open: u64,
    /// In [`AlertView::Mine`].
    pub mine: u64,
    /// In [`AlertView::Possible`].
    pub possible: u64,
    /// In [`AlertView::Closed`].
    pub closed: u64,
    /// In [`AlertView::Snoozed`].
    pub snoozed: u64,
}

/// An alert with what is shown beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertSummary {
    /// The alert.
    pub alert: Alert,
    /// How the shop stands to the buyer now.
    pub buyer_status: BuyerStatus,
    /// By what a list names the buyer.
    pub buyer_label: Option<Identifier>,
    /// Code of the clause of the listing.
    pub clause: String,
    /// The order, unless it is no longer stored.
    pub order: Option<OrderSummary>,
}

/// The condition on what was typed to narrow the list.
const HOLDS: &str = "(:text IS NULL OR instr(lower(a.order_id), :text)
    OR a.buyer IN (SELECT buyer FROM buyer_search WHERE instr(folded, :text))
    OR a.buyer IN (SELECT b.id FROM buyer_search AS s JOIN buyers AS b ON b.holder = s.buyer
        WHERE instr(s.folded, :text)))";

/// The row that says how the shop stands to whom the alert's buyer is read as.
const BUYER: &str = "LEFT JOIN buyer_browse AS b ON b.buyer =
    coalesce((SELECT holder FROM buyers WHERE id = a.buyer), a.buyer)";

const AWAKE: &str = "(a.snoozed_until IS NULL OR a.snoozed_until <= :now)";

impl AlertView {
    /// The condition, over the parameters `:now` and `:me`. The terms `closed IS NULL` and the like
    /// are those of the indexes.
    fn condition(self) -> String {
        match self {
            Self::Open => format!("a.closed IS NULL AND a.tier = 'alert' AND {AWAKE}"),
            Self::Mine(_) => "a.closed IS NULL AND a.claimed_by = :me".to_owned(),
            Self::Possible => format!("a.closed IS NULL AND a.tier = 'possible' AND {AWAKE}"),
            Self::Closed => "a.closed IS NOT NULL".to_owned(),
            Self::Snoozed => "a.closed IS NULL AND a.snoozed_until > :now".to_owned(),
        }
    }

    const fn me(self) -> Option<[u8; 16]> {
        match self {
            Self::Mine(me) => Some(*me.as_bytes()),
            _ => None,
        }
    }
}

/// The statement that lists a view.
fn list_sql(view: AlertView) -> String {
    format!(
        "SELECT {COLUMNS}, b.status, l.clause
         FROM alerts AS a
         {BUYER} LEFT JOIN listings AS l ON l.id = a.listing
         WHERE {} AND {HOLDS} AND :now IS :now AND :me IS :me
         ORDER BY a.raised_at DESC, a.id LIMIT :limit OFFSET :offset",
        view.condition()
    )
}

fn joined(row: &Row<'_>) -> rusqlite::Result<(Alert, Option<BuyerStatus>, Option<String>)> {
    let status = match row.get_ref(WIDTH)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(code(row, WIDTH, BuyerStatus::from_code)?),
    };
    Ok((alert(row)?, status, row.get(WIDTH + 1)?))
}

fn summary(
    conn: &Connection,
    (alert, status, clause): (Alert, Option<BuyerStatus>, Option<String>),
) -> Result<AlertSummary, VaultError> {
    Ok(AlertSummary {
        buyer_status: status.unwrap_or(BuyerStatus::Cleared),
        buyer_label: identifiers::label(conn, alert.buyer)?,
        clause: clause.unwrap_or_default(),
        order: summary_of(conn, &alert.order.order_id, &alert.order.marketplace)?,
        alert,
    })
}

impl Read<'_> {
    /// One page of a view, newest first, and how many alerts the view has.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn alerts(&self, query: &AlertsQuery) -> Result<(u64, Vec<AlertSummary>), VaultError> {
        let conn = self.conn();
        let text = (!query.text.trim().is_empty()).then(|| browse::fold(&query.text));
        let total = count(conn, query.view, query.now, text.as_deref())?;
        let mut list = conn.prepare_cached(&list_sql(query.view))?;
        let rows = list.query_map(
            named_params! {
                ":now": query.now.millis(),
                ":me": query.view.me(),
                ":text": text,
                ":limit": query.limit,
                ":offset": query.offset,
            },
            joined,
        )?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let page = rows.into_iter().map(|row| summary(conn, row)).collect::<Result<_, _>>()?;
        Ok((total, page))
    }

    /// One alert with what is shown beside it.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn alert_summary(&self, id: AlertId) -> Result<Option<AlertSummary>, VaultError> {
        let conn = self.conn();
        let mut query = conn.prepare_cached(&format!(
            "SELECT {COLUMNS}, b.status, l.clause
             FROM alerts AS a
             {BUYER} LEFT JOIN listings AS l ON l.id = a.listing
             WHERE a.id = ?1"
        ))?;
        let found = query.query_row([id.as_bytes()], joined).optional()?;
        found.map(|found| summary(conn, found)).transpose()
    }

    /// How many alerts there are in each view.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn alert_counts(&self, me: PersonId, now: Timestamp) -> Result<AlertCounts, VaultError> {
        let count = |view| count(self.conn(), view, now, None);
        Ok(AlertCounts {
            open: count(AlertView::Open)?,
            mine: count(AlertView::Mine(me))?,
            possible: count(AlertView::Possible)?,
            closed: count(AlertView::Closed)?,
            snoozed: count(AlertView::Snoozed)?,
        })
    }
}

fn count(
    conn: &Connection,
    view: AlertView,
    now: Timestamp,
    text: Option<&str>,
) -> Result<u64, VaultError> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT count(*) FROM alerts AS a
         WHERE {} AND {HOLDS} AND :now IS :now AND :me IS :me",
        view.condition()
    ))?;
    let values = named_params! { ":now": now.millis(), ":me": view.me(), ":text": text };
    let found: i64 = query.query_row(values, |row| row.get(0))?;
    Ok(found.unsigned_abs())
}

#[cfg(test)]
pub(super) fn statements() -> Vec<String> {
    let me = PersonId::from_bytes([0; 16]);
    [
        AlertView::Open,
        AlertView::Mine(me),
        AlertView::Possible,
        AlertView::Closed,
        AlertView::Snoozed,
    ]
    .into_iter()
    .map(list_sql)
    .collect()
}
