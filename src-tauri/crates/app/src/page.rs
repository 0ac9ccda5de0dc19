//! Part of a list.

use serde::Serialize;
use ts_rs::TS;

/// Most items that one answer holds.
pub(crate) const LIMIT: u32 = 1_000;

/// Some items of a list and how many there are in all.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Page<T> {
    /// Items in all.
    pub total: u64,
    /// Those that were asked for.
    pub items: Vec<T>,
}
