//! Alerts: a listed buyer ordered again.

pub mod claim;
pub mod dismiss;
pub mod get;
pub mod handle;
pub mod list;
pub mod release;
pub mod reopen;
pub mod reveal;
pub(crate) mod shown;
pub mod snooze;

use buyerwatch_domain::AlertId;
use serde::Deserialize;
use ts_rs::TS;

/// Which alert.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct OneAlert {
    /// The alert.
    pub id: AlertId,
}
