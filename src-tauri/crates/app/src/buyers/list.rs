//! Lists buyers.

use super::shown;
use crate::{
    ApiError, Open,
    page::LIMIT,
    view::{BuyerCounts, BuyerRow},
};
use buyerwatch_domain::BuyerStatus;
use buyerwatch_vault::{BuyerSort as By, BuyersQuery, Read, VaultError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// By what to sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BuyerSort {
    /// When they were last seen or recorded.
    Recent,
    /// Name or first identifier.
    Name,
    /// Incidents that count.
    Incidents,
    /// Orders in which they were recognised.
    Sightings,
    /// When the listing must be looked at again.
    ReviewDue,
}

/// Which part of which list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListBuyers {
    /// Only those with this status.
    pub status: Option<BuyerStatus>,
    /// Part of an identifier; empty for all.
    pub query: String,
    /// By what to sort.
    pub sort: BuyerSort,
    /// Largest first.
    pub descending: bool,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many to show.
    pub limit: u32,
}

/// Some of the buyers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BuyersPage {
    /// Buyers that fit the question.
    pub total: u64,
    /// All buyers, by status.
    pub counts: BuyerCounts,
    /// Those that were asked for.
    pub items: Vec<BuyerRow>,
}

pub(crate) fn run(open: &Open, request: ListBuyers) -> Result<BuyersPage, ApiError> {
    let query = BuyersQuery {
        status: request.status,
        text: request.query,
        sort: match request.sort {
            BuyerSort::Recent => By::Recent,
            BuyerSort::Name => By::Name,
            BuyerSort::Incidents => By::Incidents,
            BuyerSort::Sightings => By::Sightings,
            BuyerSort::ReviewDue => By::ReviewDue,
        },
        descending: request.descending,
        offset: request.offset,
        limit: request.limit.min(LIMIT),
    };
    open.read(|read| {
        let (total, buyers) = read.buyers(&query)?;
        let counts = counts(read)?;
        Ok(BuyersPage { total, counts, items: buyers.iter().map(shown::row).collect() })
    })
}

/// All buyers, by status.
pub(crate) fn counts(read: &Read<'_>) -> Result<BuyerCounts, VaultError> {
    let counts = read.buyer_counts()?;
    Ok(BuyerCounts { watching: counts.watching, listed: counts.listed, cleared: counts.cleared })
}
