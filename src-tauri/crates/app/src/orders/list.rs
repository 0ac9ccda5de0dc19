//! Lists stored orders.

use super::shown;
use crate::{ApiError, Open, page::LIMIT, view::OrderRow};
use buyerwatch_domain::Timestamp;
use buyerwatch_vault::{OrderFilter, OrderSort as By, OrdersQuery};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderFlag {
    /// All.
    All,
    /// Those that raised an alert.
    Flagged,
    /// Those with a possible match.
    Possible,
    /// Those that could not be compared with the list.
    Unscreenable,
}

/// By what to sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderSort {
    /// When it was placed.
    Purchased,
    /// When it was imported.
    Imported,
    /// Its sum.
    Amount,
}

/// Which part of which list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListOrders {
    /// Which orders.
    pub flag: OrderFlag,
    /// Only of this marketplace.
    pub marketplace: Option<String>,
    /// Placed at or after.
    pub from: Option<Timestamp>,
    /// Placed before.
    pub to: Option<Timestamp>,
    /// Imported at or after.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub imported_from: Option<Timestamp>,
    /// Part of an order ID, article number or title; empty for all.
    pub query: String,
    /// By what to sort.
    pub sort: OrderSort,
    /// Largest first.
    pub descending: bool,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many to show.
    pub limit: u32,
}

/// Some of the orders.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrdersPage {
    /// Orders that fit the question.
    pub total: u64,
    /// Every marketplace that occurs.
    pub marketplaces: Vec<String>,
    /// Those that were asked for.
    pub items: Vec<OrderRow>,
}

pub(crate) fn run(open: &Open, request: ListOrders) -> Result<OrdersPage, ApiError> {
    let query = OrdersQuery {
        filter: match request.flag {
            OrderFlag::All => OrderFilter::All,
            OrderFlag::Flagged => OrderFilter::Flagged,
            OrderFlag::Possible => OrderFilter::Possible,
            OrderFlag::Unscreenable => OrderFilter::Unscreenable,
        },
        marketplace: request.marketplace,
        from: request.from,
        to: request.to,
        imported_from: request.imported_from,
        text: request.query,
        sort: match request.sort {
            OrderSort::Purchased => By::Purchased,
            OrderSort::Imported => By::Imported,
            OrderSort::Amount => By::Amount,
        },
        descending: request.descending,
        offset: request.offset,
        limit: request.limit.min(LIMIT),
    };
    open.read(|read| {
        let (total, orders) = read.orders(&query)?;
        let items = orders.into_iter().map(shown::row).collect();
        Ok(OrdersPage { total, marketplaces: read.marketplaces()?, items })
    })
}
