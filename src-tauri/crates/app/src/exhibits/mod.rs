//! Evidence.

pub mod add;
pub mod annotate;
pub mod export;
pub mod freeze_order;
pub mod get;
pub mod guess;
mod hash;
pub mod link;
pub mod list;
pub mod open;
pub mod paste;
pub mod readiness;
pub mod redact;
pub mod remove;
pub mod set_kind;
pub(crate) mod shown;
pub mod start;
pub mod text;
pub mod unlink;
pub mod verify;

pub use hash::HashedFile;
pub(crate) use hash::unreadable;

use crate::{ApiError, Open, people::shown::Team, view::ExhibitView};
use buyerwatch_domain::{ExhibitId, ExhibitKind, NewExhibit};
use serde::Deserialize;
use ts_rs::TS;

/// Which exhibit.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
}

pub(crate) fn pending() -> ApiError {
    ApiError::new("internal", "not possible yet")
}

/// Reads a file that the window names and makes an exhibit of it.
pub(crate) fn take_in(
    open: &Open,
    kind: ExhibitKind,
    handle: &str,
) -> Result<NewExhibit, ApiError> {
    let _ = (open, kind, handle);
    Err(pending())
}

/// The exhibits with these identities, in their order.
pub(crate) fn of_buyer(
    open: &Open,
    buyer: buyerwatch_domain::BuyerId,
    ids: &[ExhibitId],
) -> Result<Vec<ExhibitView>, ApiError> {
    let _ = buyer;
    open.read(|read| {
        let team = Team::read(read)?;
        let mut views = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(exhibit) = read.exhibit(*id)? {
                views.push(shown::view(read, &exhibit, &team)?);
            }
        }
        Ok(views)
    })
}
