//! Shows the text of an exhibit, or an e-mail as text. Nothing in it is ever loaded or run.

use super::{OneExhibit, present};
use crate::{ApiError, Open};
use buyerwatch_domain::{Command, MediaClass, Purpose, Timestamp};
use buyerwatch_vault::BlobError;
use serde::Serialize;
use std::io::Read as _;
use ts_rs::TS;

/// Bytes of a text that are shown at most.
const TEXT: u64 = 1 << 20;
/// Bytes of an e-mail that are read at most.
const MAIL: u64 = 64 << 20;

/// A file that came with an e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MailAttachment {
    /// Its name.
    pub name: String,
    /// Media type, as the e-mail says.
    pub mime: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// The parts of an e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MailView {
    /// Who sent it.
    pub from: String,
    /// Whom it went to.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// When it was sent, as it says.
    pub date: Option<Timestamp>,
    /// Files that came with it.
    pub attachments: Vec<MailAttachment>,
}

/// The text of an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExhibitText {
    /// The text; of an e-mail its body.
    pub text: String,
    /// There is more than is shown.
    pub truncated: bool,
    /// The parts of an e-mail.
    pub mail: Option<MailView>,
}

pub(crate) fn run(open: &Open, request: OneExhibit) -> Result<ExhibitText, ApiError> {
    let exhibit = present(open, request.exhibit_id)?;
    let class = MediaClass::of(&exhibit.media_type);
    let limit = match class {
        MediaClass::Text => TEXT,
        MediaClass::Mail => MAIL,
        _ => {
            return Err(ApiError::new(
                "no_text",
                "this exhibit holds no text; export it to look at it",
            ));
        }
    };
    let mut bytes = Vec::new();
    let reader = open.vault().blobs().open(exhibit.blob)?;
    reader.take(limit).read_to_end(&mut bytes).map_err(BlobError::from)?;
    let truncated = exhibit.bytes > limit;
    let shown = if class == MediaClass::Mail {
        let mail = buyerwatch_media::mail(&bytes)?;
        ExhibitText {
            text: mail.body,
            truncated: truncated || mail.truncated,
            mail: Some(MailView {
                from: mail.from,
                to: mail.to,
                subject: mail.subject,
                date: mail.date_ms.map(Timestamp::from_millis),
                attachments: mail
                    .attachments
                    .into_iter()
                    .map(|of| MailAttachment { name: of.name, mime: of.mime, bytes: of.bytes })
                    .collect(),
            }),
        }
    } else {
        ExhibitText { text: buyerwatch_media::text(&bytes, bytes.len()), truncated, mail: None }
    };
    // Whoever opened it was recorded then.
    if !open.session().media.admits(exhibit.id) {
        let purpose = Purpose::Review.unless(None);
        open.execute(Command::RecordExhibitView { exhibit: exhibit.id, purpose })?;
        open.session().media.admit(exhibit.id);
    }
    Ok(shown)
}
