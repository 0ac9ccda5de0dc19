//! Buyers and their identifiers.

pub mod add;
pub mod add_from_order;
pub mod add_identifier;
pub mod add_note;
pub mod check;
pub mod compare;
pub mod dismiss_duplicate;
pub mod duplicates;
pub mod get;
pub mod list;
pub mod mark_shared;
pub mod merge;
pub mod remove_identifier;
pub mod reveal;
pub(crate) mod shown;
pub mod unmerge;

use buyerwatch_domain::BuyerId;
use serde::Deserialize;
use ts_rs::TS;

/// Which buyer.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct OneBuyer {
    /// The buyer.
    pub id: BuyerId,
}
