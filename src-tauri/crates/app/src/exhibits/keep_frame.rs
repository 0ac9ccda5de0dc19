//! Keeps a frame of a film as its small picture: the web view decodes films, this program does not.

use crate::{ApiError, Nothing, Open};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use buyerwatch_domain::{ExhibitId, MediaClass, Refusal};
use buyerwatch_media::{Limits, thumbnail};
use buyerwatch_vault::Thumbnail;
use serde::Deserialize;
use std::io::Cursor;
use ts_rs::TS;

/// A frame of a film that is being looked at.
#[derive(Clone, Deserialize, TS)]
pub struct KeepFrame {
    /// The film.
    pub exhibit_id: ExhibitId,
    /// The frame as JPEG in Base64, at most 4 MB of it.
    pub jpeg_base64: String,
}

/// Bytes of a frame at most.
const LIMIT: usize = 4 << 20;

pub(crate) fn run(open: &Open, request: KeepFrame) -> Result<Nothing, ApiError> {
    let exhibit = open.read(|read| read.exhibit(request.exhibit_id))?;
    let exhibit =
        exhibit.filter(|exhibit| exhibit.removed.is_none()).ok_or(Refusal::UnknownExhibit)?;
    let malformed = || ApiError::new("malformed_paste", "the frame cannot be read");
    if MediaClass::of(&exhibit.media_type) != MediaClass::Video
        || request.jpeg_base64.len() / 4 > LIMIT / 3 + 1
    {
        return Err(malformed());
    }
    // Only who may see the film can have a frame of it.
    if !open.session().media.admits(exhibit.id)
        || open.read(|read| read.has_thumbnail(exhibit.blob))?
    {
        return Ok(Nothing {});
    }
    let frame = BASE64_STANDARD.decode(request.jpeg_base64.trim()).map_err(|_| malformed())?;
    // Decoded and written anew, so that what is kept is a picture whatever came.
    let picture = thumbnail(Cursor::new(frame), "image/jpeg", &Limits::default())?;
    let small = Thumbnail {
        mime: picture.mime.to_owned(),
        width: picture.width,
        height: picture.height,
        bytes: picture.bytes,
    };
    open.write_observations(|tx, _| Ok(tx.save_thumbnail(exhibit.blob, Some(&small))?))?;
    Ok(Nothing {})
}
