//! Opens an exhibit to be looked at; the record keeps that somebody did.

use super::{present, thumbnails};
use crate::{ApiError, Open, media};
use buyerwatch_domain::{Command, ExhibitId, MediaClass, Purpose};
use buyerwatch_media::{Limits, pdf};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to open.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenExhibit {
    /// The exhibit.
    pub exhibit_id: ExhibitId,
    /// What for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub purpose: Option<String>,
}

/// How to show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenedExhibit {
    /// How it can be shown.
    pub class: MediaClass,
    /// Media type, by content.
    pub mime: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Path for the media scheme, beginning with a slash. Of a PDF it leads to its pages: a slash, the
    /// number of the page from 0, and `?px=` with the longest side in pixels are to follow.
    pub path: String,
    /// The whole address of that path.
    pub url: String,
    /// Pages of a PDF.
    pub pages: Option<u32>,
}

pub(crate) fn run(open: &Open, request: OpenExhibit) -> Result<OpenedExhibit, ApiError> {
    let OpenExhibit { exhibit_id: id, purpose } = request;
    let exhibit = present(open, id)?;
    let class = MediaClass::of(&exhibit.media_type);
    let mut pages = None;
    match class {
        // The web view decodes pictures without limits of its own.
        MediaClass::Image if buyerwatch_media::decodes(&exhibit.media_type) => {
            thumbnails::ensure(open, exhibit.blob, &exhibit.media_type)?;
        }
        // What only the system can decode, as the pictures of some telephones, it shows or says that it
        // cannot.
        MediaClass::Image => {
            let reader = open.vault().blobs().open(exhibit.blob)?;
            buyerwatch_media::measure(reader, &exhibit.media_type, &Limits::default())?;
        }
        MediaClass::Pdf => {
            let reader = open.vault().blobs().open(exhibit.blob)?;
            pages = Some(pdf::pages(reader)?);
        }
        _ => {
            // Tells now when the file is gone or cut.
            open.vault().blobs().open(exhibit.blob)?;
        }
    }
    // Recorded before anything is shown: a view that cannot be recorded does not happen.
    let purpose = Purpose::Review.unless(purpose);
    open.execute(Command::RecordExhibitView { exhibit: id, purpose })?;
    open.session().media.admit(id);
    let path = media::path_of(open, &exhibit)?;
    Ok(OpenedExhibit {
        class,
        mime: exhibit.media_type,
        bytes: exhibit.bytes,
        url: format!("{}{path}", media::root()),
        path,
        pages,
    })
}
