//! Shows the text of an exhibit, or an e-mail as text. Nothing in it is ever loaded or run.

use super::OneExhibit;
use crate::{ApiError, Open};
use serde::Serialize;
use ts_rs::TS;

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
    pub date: String,
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
    let _ = (open, request);
    Err(super::pending())
}
