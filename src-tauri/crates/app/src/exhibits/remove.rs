//! Takes an exhibit out. Its record stays, and so does its custody.

use super::shown;
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::{Command, ExhibitId};
use buyerwatch_vault::Leaving;
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
    let blob = open.read(|read| read.exhibit(exhibit))?.map(|known| known.blob);
    // Without it only a kill in between leaves the file; a full disk must not keep it here.
    let leaving = blob.and_then(|blob| open.vault().blobs().leaving(blob).ok().flatten());
    let mut refused = true;
    let unused = open.write_observations(|tx, stamp| {
        tx.execute(Command::RemoveExhibit { exhibit, reason }, stamp)?;
        let Some(blob) = blob else { return Ok(None) };
        let unused = tx.read().exhibits_on(blob)?.is_empty();
        if unused {
            tx.forget_unused_files()?;
        }
        refused = false;
        Ok(unused.then_some(blob))
    });
    let (leaving, unused) = match (leaving, unused) {
        // Whether it was recorded is open: the next start looks.
        (_, Err(error)) if !refused => return Err(error),
        (leaving, unused @ (Ok(None) | Err(_))) => {
            leaving.into_iter().for_each(Leaving::stay);
            (None, unused?)
        }
        (leaving, Ok(unused)) => (leaving, unused),
    };
    open.session().media.forget(exhibit);
    if let Some(blob) = unused {
        // The record says that it is gone: what cannot be removed now is swept at the next start.
        let gone = match leaving {
            Some(leaving) => leaving.remove(),
            None => open.vault().blobs().remove(blob),
        };
        if let Err(error) = gone {
            open.desk().report("exhibits.remove", error.into());
        }
    }
    shown::detail(open, exhibit)
}
