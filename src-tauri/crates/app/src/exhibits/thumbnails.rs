//! Small pictures of exhibits, kept in the database.

use crate::{ApiError, Open};
use buyerwatch_domain::BlobId;
use buyerwatch_media::{Limits, PreviewError, thumbnail};
use buyerwatch_vault::Thumbnail;

/// Makes the small picture of a stored file unless it is there. What can be made small was decoded
/// within limits and can be shown.
pub(crate) fn ensure(open: &Open, blob: BlobId, media_type: &str) -> Result<(), ApiError> {
    if open.read(|read| read.has_thumbnail(blob))? {
        // Tells now when the file is gone or cut.
        open.vault().blobs().open(blob)?;
        return Ok(());
    }
    make(open, blob, media_type)?.map_err(ApiError::from)
}

/// Makes the small picture of a stored file and keeps it, or notes that there can be none.
pub(crate) fn make(
    open: &Open,
    blob: BlobId,
    media_type: &str,
) -> Result<Result<(), PreviewError>, ApiError> {
    let reader = open.vault().blobs().open(blob)?;
    let made = thumbnail(reader, media_type, &Limits::default());
    let small = match made {
        Ok(picture) => Some(Thumbnail {
            mime: picture.mime.to_owned(),
            width: picture.width,
            height: picture.height,
            bytes: picture.bytes,
        }),
        Err(error) if error.passes() => return Ok(Err(error)),
        Err(error) => {
            open.write_observations(|tx, _| Ok(tx.save_thumbnail(blob, None)?))?;
            return Ok(Err(error));
        }
    };
    open.write_observations(|tx, _| Ok(tx.save_thumbnail(blob, small.as_ref())?))?;
    Ok(Ok(()))
}
