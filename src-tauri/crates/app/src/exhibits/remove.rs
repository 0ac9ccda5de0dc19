//! Takes an exhibit out. Its record stays, and so does its custody.

use super::shown;
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::{Command, ExhibitId};
use serde::Deserialize;
use ts_rs::TS;

/// What to take out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// Why.
    pub reason: String,
}

pub(crate) fn run(open: &Open, request: RemoveExhibit) -> Result<ExhibitDetail, ApiError> {
    let RemoveExhibit { exhibit_id: exhibit, reason } = request;
    let unused = open.write_observations(|tx, stamp| {
        let blob = tx.read().exhibit(exhibit)?.map(|known| known.blob);
        tx.execute(Command::RemoveExhibit { exhibit, reason }, stamp)?;
        let Some(blob) = blob else { return Ok(None) };
        if !tx.read().exhibits_on(blob)?.is_empty() {
            return Ok(None);
        }
        tx.forget_unused_files()?;
        Ok(Some(blob))
    })?;
    open.session().media.forget(exhibit);
    if let Some(blob) = unused {
        // The record says that it is gone: what cannot be removed now is swept at the next start.
        if let Err(error) = open.vault().blobs().remove(blob) {
            open.desk().report("exhibits.remove", error.into());
        }
    }
    shown::detail(open, exhibit)
}
