//! Stored orders.

pub mod compare;
pub mod get;
pub mod identifiers;
pub(crate) mod known;
pub mod list;
pub mod reveal;
pub mod reveal_compared;
pub(crate) mod shown;

use serde::Deserialize;
use ts_rs::TS;

/// Which order.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneOrder {
    /// The marketplace's order ID.
    pub order_id: String,
    /// Where it was placed.
    pub marketplace: String,
}
