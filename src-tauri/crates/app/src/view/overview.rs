use super::{BuyerCounts, Coverage, ImportRecord};
use serde::Serialize;
use ts_rs::TS;

/// How many alerts stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct AlertCounts {
    /// Open or claimed, not snoozed.
    pub open: u64,
    /// Claimed by who works here.
    pub mine: u64,
    /// Possible matches that wait.
    pub possible: u64,
    /// Handled or dismissed.
    pub closed: u64,
    /// Hidden for a while.
    pub snoozed: u64,
}

/// What the frame of the window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Overview {
    /// Alerts.
    pub alerts: AlertCounts,
    /// Signals that wait for a person.
    pub signals: u64,
    /// Buyers.
    pub buyers: BuyerCounts,
    /// Stored orders.
    pub orders: u64,
    /// Coverage of what came in today, by the local day.
    pub coverage: Coverage,
    /// Coverage of all that is stored.
    pub coverage_total: Coverage,
    /// The newest import.
    pub last_import: Option<ImportRecord>,
}
