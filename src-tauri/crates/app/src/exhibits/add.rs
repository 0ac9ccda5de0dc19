//! Takes files in as evidence and waits.

use super::{ingest::commit, shown, take_in};
use crate::{ApiError, Open, view::ExhibitView};
use buyerwatch_domain::{Command, ExhibitId, ExhibitKind, ExhibitLink, Purpose};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A file that was dropped or picked.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddedFile {
    /// The file.
    pub handle: String,
    /// What it shows; a guess by name and content when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub kind: Option<ExhibitKind>,
}

/// What to take in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddExhibits {
    /// The files.
    pub files: Vec<AddedFile>,
    /// What all of them belong to; what stands in their names is added to it.
    pub links: Vec<ExhibitLink>,
    /// What for; by the place where it is done when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub purpose: Option<String>,
}

/// The evidence as taken in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AddedExhibits {
    /// One for each file.
    pub exhibits: Vec<ExhibitView>,
}

pub(crate) fn run(open: &Open, request: AddExhibits) -> Result<AddedExhibits, ApiError> {
    let AddExhibits { files, links, purpose } = request;
    let purpose = Purpose::Evidence.unless(purpose);
    let received = files.iter().map(|file| take_in(open, file.kind, &file.handle));
    let received = received.collect::<Result<Vec<_>, _>>()?;
    let ids = commit(open, received, |tx, stamp, exhibits| {
        let ids: Vec<ExhibitId> = exhibits.iter().map(|exhibit| exhibit.id).collect();
        tx.execute(Command::AddExhibits { exhibits, links, purpose }, stamp)?;
        Ok(ids)
    })?;
    Ok(AddedExhibits { exhibits: shown::several(open, &ids)? })
}
