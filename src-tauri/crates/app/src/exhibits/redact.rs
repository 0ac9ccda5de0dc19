//! Makes a copy of a picture in which parts are blackened. The picture itself never changes.

use super::{Source, commit, present, receive, shown};
use crate::{
    ApiError, Open,
    desk::{Stopped, Tx},
    view::ExhibitView,
};
use buyerwatch_domain::{Command, ExhibitId, ExhibitLink, MediaClass, Purpose, Refusal};
use buyerwatch_media::Area;
use buyerwatch_vault::BlobError;
use serde::Deserialize;
use std::io::Read as _;
use ts_rs::TS;

/// Bytes of a picture that are read at most.
const LIMIT: u64 = 128 << 20;

/// A part of a picture, in fractions of its width and height, from the upper left corner of the
/// upright picture.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, TS)]
pub struct RedactBox {
    /// From the left, 0 to 1.
    pub x: f64,
    /// From the top, 0 to 1.
    pub y: f64,
    /// Width, 0 to 1.
    pub w: f64,
    /// Height, 0 to 1.
    pub h: f64,
}

/// What to blacken.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RedactExhibit {
    /// The picture.
    pub exhibit_id: ExhibitId,
    /// The parts.
    pub boxes: Vec<RedactBox>,
}

pub(crate) fn run(open: &Open, request: RedactExhibit) -> Result<ExhibitView, ApiError> {
    let RedactExhibit { exhibit_id, boxes } = request;
    let source = present(open, exhibit_id)?;
    if MediaClass::of(&source.media_type) != MediaClass::Image {
        return Err(ApiError::new("not_a_picture", "only pictures can be redacted"));
    }
    if boxes.is_empty() {
        return Err(ApiError::new("nothing_to_redact", "draw a box over what is to be blackened"));
    }
    let mut bytes = Vec::new();
    let reader = open.vault().blobs().open(source.blob)?;
    reader.take(LIMIT).read_to_end(&mut bytes).map_err(BlobError::from)?;
    let areas: Vec<Area> =
        boxes.into_iter().map(|RedactBox { x, y, w, h }| Area { x, y, w, h }).collect();
    let picture = buyerwatch_media::redact(&bytes, &areas)?;
    drop(bytes);
    let stem = source.name.rsplit_once('.').map_or(&*source.name, |(stem, _)| stem);
    let stem: String = stem.chars().take(150).collect();
    let mark = open.desk().settings().language.pick("已涂黑", "redacted");
    let name = format!("{stem} ({mark}).png");
    let received =
        receive(open, Source::Bytes(&name, &picture.bytes), Some(source.kind), &mut |_| true)
            .map_err(Stopped::into_error)?;
    // What the source belongs to holds for its copy; its name may have said more since.
    let id = commit(open, vec![received.derived_from(source.id)], |tx, stamp, exhibits| {
        let id = exhibits.first().map(|exhibit| exhibit.id);
        let links = tx.read().exhibit(source.id)?.map(|of| of.links).unwrap_or_default();
        let links = links.into_iter().filter(|link| still_there(tx, link)).collect();
        tx.execute(
            Command::AddExhibits { exhibits, links, purpose: Purpose::Redaction.unless(None) },
            stamp,
        )?;
        Ok(id)
    })?;
    shown::one(open, id.ok_or(Refusal::UnknownExhibit)?)
}

/// Whether an incident was not withdrawn since the source was tied to it.
fn still_there(tx: &Tx<'_, '_>, link: &ExhibitLink) -> bool {
    let ExhibitLink::Incident { buyer, incident } = link else { return true };
    tx.read().buyer(*buyer).is_ok_and(|buyer| {
        let incidents = buyer.map(|buyer| buyer.incidents).unwrap_or_default();
        incidents.iter().any(|of| of.id == *incident && of.withdrawn.is_none())
    })
}
