//! Evidence.

pub mod add;
pub mod annotate;
mod begun;
mod copies;
pub mod export;
pub mod freeze_message;
pub mod freeze_order;
pub mod get;
pub mod guess;
mod ingest;
pub mod keep_attachment;
pub mod keep_frame;
pub mod link;
pub mod list;
mod names;
pub mod open;
pub mod paste;
mod plain;
pub mod readiness;
pub mod redact;
pub mod remove;
pub mod set_kind;
pub(crate) mod shown;
pub mod start;
pub mod text;
pub(crate) mod thumbnails;
mod unfinished;
pub mod unlink;
pub mod verify;

pub(crate) use begun::{clear_away, is_note};
pub(crate) use ingest::{Received, Source, commit, commit_watched, receive};
pub(crate) use plain::unreadable;

use crate::{ApiError, Open, desk::Stopped, view::ExhibitView};
use buyerwatch_domain::{Command, Exhibit, ExhibitId, ExhibitKind, ExhibitLink, Purpose, Refusal};
use serde::Deserialize;
use ts_rs::TS;

/// Which exhibit.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
}

/// The exhibit, unless it was taken out.
pub(crate) fn present(open: &Open, id: ExhibitId) -> Result<Exhibit, ApiError> {
    let found = open.read(|read| read.exhibit(id))?.ok_or(Refusal::UnknownExhibit)?;
    if found.removed.is_some() { Err(Refusal::ExhibitRemoved.into()) } else { Ok(found) }
}

/// Reads a file that the window names, stores it, and leaves it to be recorded.
pub(crate) fn take_in(
    open: &Open,
    kind: Option<ExhibitKind>,
    handle: &str,
) -> Result<Received, ApiError> {
    let path = open.desk().files().path(handle)?;
    receive(open, Source::File(&path), kind, &mut |_| true).map_err(Stopped::into_error)
}

/// Takes bytes in that this program holds; without a kind, what their name says.
pub(crate) fn from_bytes(
    open: &Open,
    name: &str,
    bytes: &[u8],
    kind: impl Into<Option<ExhibitKind>>,
    links: Vec<ExhibitLink>,
) -> Result<ExhibitView, ApiError> {
    let source = Source::Bytes(name, bytes);
    let received =
        receive(open, source, kind.into(), &mut |_| true).map_err(Stopped::into_error)?;
    let id = commit(open, vec![received], |tx, stamp, exhibits| {
        let id = exhibits.first().map(|exhibit| exhibit.id);
        tx.execute(
            Command::AddExhibits { exhibits, links, purpose: Purpose::Evidence.unless(None) },
            stamp,
        )?;
        Ok(id)
    })?;
    shown::one(open, id.ok_or(Refusal::UnknownExhibit)?)
}
