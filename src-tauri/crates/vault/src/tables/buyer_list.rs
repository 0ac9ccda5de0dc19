//! Buyers as the list shows them.

use super::browse;
use super::column::{at, at_or_none, code, id};
use super::{identifiers, merges};
use crate::{Read, VaultError};
use buyerwatch_domain::{BuyerId, BuyerStatus, Identifier, ListingState, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};

/// By what buyers are sorted. Equal ones stand in the order of their identities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuyerSort {
    /// When something was last recorded or seen.
    Recent,
    /// Name, or whatever else names them in a list.
    Name,
    /// How many incidents count.
    Incidents,
    /// In how many orders they were recognised.
    Sightings,
    /// When their listing must be looked at again; those without one come first.
    ReviewDue,
}

impl BuyerSort {
    /// The expression of the index.
    const fn expression(self) -> &'static str {
        match self {
            Self::Recent => "max(w.changed_at, coalesce(w.seen_at, w.changed_at))",
            Self::Name => "w.name",
            Self::Incidents => "w.incidents",
            Self::Sightings => "w.sightings",
            Self::ReviewDue => "w.review_due",
        }
    }
}

/// Which part of which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyersQuery {
    /// Only buyers with this status.
    pub status: Option<BuyerStatus>,
    /// Only buyers one of whose identifiers or notes holds this; empty for all.
    pub text: String,
    /// By what they are sorted.
    pub sort: BuyerSort,
    /// Largest first.
    pub descending: bool,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// How many buyers there are of each status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BuyerCounts {
    /// Recorded; no clause is met.
    pub watching: u64,
    /// Listed.
    pub listed: u64,
    /// No longer listed.
    pub cleared: u64,
}

/// A buyer as the list shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerSummary {
    /// Their identity.
    pub id: BuyerId,
    /// How the shop stands to them.
    pub status: BuyerStatus,
    /// By what the list names them: the first name, else the first identifier.
    pub label: Option<Identifier>,
    /// Code of the clause of the newest listing that was neither declined nor cleared.
    pub clause: Option<String>,
    /// How many incidents count.
    pub incidents: u64,
    /// In how many orders they were recognised.
    pub sightings: u64,
    /// Alerts that are neither handled nor dismissed.
    pub open_alerts: u64,
    /// When they were last recognised.
    pub last_seen_at: Option<Timestamp>,
    /// When their listing must be looked at again.
    pub review_due: Option<Timestamp>,
    /// When they were recorded.
    pub added_at: Timestamp,
    /// A listing waits for a second person.
    pub awaiting_approval: bool,
}

const COLUMNS: &str = "w.buyer, w.status, w.incidents, w.sightings,
    (SELECT count(*) FROM alerts WHERE closed IS NULL
        AND buyer IN (SELECT w.buyer UNION ALL SELECT id FROM buyers WHERE holder = w.buyer)),
    w.seen_at, w.review_due, b.added_at";

fn summary(row: &Row<'_>) -> rusqlite::Result<BuyerSummary> {
    let count = |column| Ok::<_, rusqlite::Error>(row.get::<_, i64>(column)?.unsigned_abs());
    Ok(BuyerSummary {
        id: id(row, 0)?,
        status: code(row, 1, BuyerStatus::from_code)?,
        label: None,
        clause: None,
        incidents: count(2)?,
        sightings: count(3)?,
        open_alerts: count(4)?,
        last_seen_at: at_or_none(row, 5)?,
        review_due: at_or_none(row, 6)?,
        added_at: at(row, 7)?,
        awaiting_approval: false,
    })
}

fn completed(conn: &Connection, mut buyer: BuyerSummary) -> Result<BuyerSummary, VaultError> {
    buyer.label = identifiers::label(conn, buyer.id)?;
    let listing = merges::listing(conn, buyer.id)?;
    if let Some(listing) = listing {
        buyer.awaiting_approval = listing.state == ListingState::AwaitingApproval;
        if buyer.awaiting_approval || listing.state == ListingState::Active {
            buyer.clause = Some(listing.clause);
        }
    }
    Ok(buyer)
}

/// The statement that finds one page of buyers. Every status has its stretch of the index; those
/// of all are merged, so that no page needs sorting.
fn page_sql(sort: BuyerSort, status: Option<BuyerStatus>, descending: bool) -> String {
    let one = |status: BuyerStatus| {
        format!(
            "SELECT {}, w.buyer FROM buyer_browse AS w WHERE w.status = '{}'",
            sort.expression(),
            status.code()
        )
    };
    let stretches = match status {
        Some(status) => one(status),
        None => BuyerStatus::ALL.map(one).join(" UNION ALL "),
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!("{stretches} ORDER BY 1 {direction}, 2 {direction} LIMIT ?2 OFFSET ?1")
}

impl Read<'_> {
    /// One page of the list, and how many buyers the query finds.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyers(&self, query: &BuyersQuery) -> Result<(u64, Vec<BuyerSummary>), VaultError> {
        let (total, page) =
            if query.text.trim().is_empty() { self.page(query)? } else { self.found(query)? };
        let page = page.into_iter().filter_map(|id| self.buyer_summary(id).transpose());
        Ok((total, page.collect::<Result<_, _>>()?))
    }

    /// A buyer as the list shows them. One who was merged into another is read as that one.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer_summary(&self, id: BuyerId) -> Result<Option<BuyerSummary>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM buyer_browse AS w JOIN buyers AS b ON b.id = w.buyer
             WHERE w.buyer = ?1"
        ))?;
        let holder = self.holder(id)?;
        let found = query.query_row([holder.as_bytes()], summary).optional()?;
        found.map(|found| completed(self.conn(), found)).transpose()
    }

    /// How many buyers there are of each status.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer_counts(&self) -> Result<BuyerCounts, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT status, buyers FROM buyer_counts WHERE status <> 'merged'")?;
        let mut rows = query.query([])?;
        let mut counts = BuyerCounts::default();
        while let Some(row) = rows.next()? {
            let count = row.get::<_, i64>(1)?.unsigned_abs();
            match code(row, 0, BuyerStatus::from_code)? {
                BuyerStatus::Watching => counts.watching = count,
                BuyerStatus::Listed => counts.listed = count,
                BuyerStatus::Cleared => counts.cleared = count,
            }
        }
        Ok(counts)
    }

    fn page(&self, query: &BuyersQuery) -> Result<(u64, Vec<BuyerId>), VaultError> {
        let counts = self.buyer_counts()?;
        let total = match query.status {
            None => counts.watching + counts.listed + counts.cleared,
            Some(BuyerStatus::Watching) => counts.watching,
            Some(BuyerStatus::Listed) => counts.listed,
            Some(BuyerStatus::Cleared) => counts.cleared,
        };
        let (offset, limit) = (u64::from(query.offset), u64::from(query.limit));
        let shown = limit.min(total.saturating_sub(offset));
        // Pages of the second half are nearer from the other end.
        let turned = offset > total / 2;
        let offset = if turned { total.saturating_sub(offset + shown) } else { offset };
        let sql = page_sql(query.sort, query.status, query.descending != turned);
        let mut page = self.conn().prepare_cached(&sql)?;
        let bounds = [offset, shown].map(|bound| i64::try_from(bound).unwrap_or(i64::MAX));
        let rows = page.query_map(bounds, |row| id(row, 1))?;
        let mut found = rows.collect::<Result<Vec<_>, _>>()?;
        if turned {
            found.reverse();
        }
        Ok((total, found))
    }

    /// What holds the text is found by reading every text; only then is it sorted.
    fn found(&self, query: &BuyersQuery) -> Result<(u64, Vec<BuyerId>), VaultError> {
        let mut key = self.conn().prepare_cached(&format!(
            "SELECT {}, w.status FROM buyer_browse AS w WHERE w.buyer = ?1",
            query.sort.expression()
        ))?;
        let mut found = Vec::new();
        for buyer in browse::found(self.conn(), &query.text)? {
            let sorted = key
                .query_row([buyer.as_bytes()], |row| {
                    Ok((SortKey::read(row)?, code(row, 1, BuyerStatus::from_code)?))
                })
                .optional()?;
            if let Some((sort, status)) = sorted
                && query.status.is_none_or(|wanted| wanted == status)
            {
                found.push((sort, buyer));
            }
        }
        found.sort_unstable();
        if query.descending {
            found.reverse();
        }
        let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
        let page = found
            .into_iter()
            .map(|(_, buyer)| buyer)
            .skip(usize::try_from(query.offset).unwrap_or(usize::MAX))
            .take(usize::try_from(query.limit).unwrap_or(usize::MAX));
        Ok((total, page.collect()))
    }
}

/// A value to sort by, compared as the database does.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Absent,
    Number(i64),
    Text(String),
}

impl SortKey {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        use rusqlite::types::ValueRef;
        Ok(match row.get_ref(0)? {
            ValueRef::Integer(number) => Self::Number(number),
            ValueRef::Text(_) => Self::Text(row.get(0)?),
            _ => Self::Absent,
        })
    }
}

#[cfg(test)]
pub(super) fn statements() -> Vec<String> {
    let sorts = [
        BuyerSort::Recent,
        BuyerSort::Name,
        BuyerSort::Incidents,
        BuyerSort::Sightings,
        BuyerSort::ReviewDue,
    ];
    let narrowed = [(None, false), (None, true), (Some(BuyerStatus::Listed), true)];
    sorts
        .into_iter()
        .flat_map(|sort| narrowed.map(|(status, descending)| page_sql(sort, status, descending)))
        .collect()
}
