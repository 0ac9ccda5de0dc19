//! Evidence.

pub mod add;
mod hash;

pub use hash::HashedFile;
pub(crate) use hash::unreadable;

use crate::{ApiError, Open, people::shown::Team, view::ExhibitView};
use buyerwatch_domain::{Exhibit, ExhibitId, ExhibitKind, NewExhibit};

pub(crate) fn shown(of: &Exhibit, team: &Team) -> ExhibitView {
    ExhibitView {
        id: of.id,
        incident_id: of.incident,
        kind: of.kind,
        name: of.name.clone(),
        sha256: of.sha256.clone(),
        bytes: of.bytes,
        added_at: of.added_at,
        added_by: team.view(of.added_by),
    }
}

/// Reads a file that the window names and makes an exhibit of it.
pub(crate) fn take_in(
    open: &Open,
    kind: ExhibitKind,
    handle: &str,
) -> Result<NewExhibit, ApiError> {
    let path = open.desk().files().path(handle)?;
    let HashedFile { name, sha256, bytes } = HashedFile::read(&path)?;
    Ok(NewExhibit { id: open.draw(ExhibitId::from_bytes)?, kind, name, sha256, bytes })
}

/// The exhibits with these identities, in their order.
pub(crate) fn of_buyer(
    open: &Open,
    buyer: buyerwatch_domain::BuyerId,
    ids: &[ExhibitId],
) -> Result<Vec<ExhibitView>, ApiError> {
    let found = open.read(|read| {
        let team = Team::read(read)?;
        let exhibits = read.buyer(buyer)?.map(|buyer| buyer.exhibits).unwrap_or_default();
        let of = |id: &ExhibitId| exhibits.iter().find(|exhibit| exhibit.id == *id);
        Ok(ids.iter().filter_map(of).map(|exhibit| shown(exhibit, &team)).collect())
    })?;
    Ok(found)
}
