//! Puts a list of one's own in the place of the one in force. What came in before is not read again.

use super::{
    in_force,
    list::{self, PhrasesList},
    malformed, reader,
};
use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::Command;
use buyerwatch_signals::PhraseList;
use serde::Deserialize;
use ts_rs::TS;

/// The list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PublishPhrases {
    /// As it is written. Its version is set to the next one.
    pub text: String,
}

pub(crate) fn run(open: &Open, request: PublishPhrases) -> Result<PhrasesList, ApiError> {
    let list = PhraseList::parse(&request.text).map_err(|error| malformed(&error))?;
    let language = list.language;
    let mut lists = in_force(open)?;
    let before = lists.iter().find(|of| of.language == language).map_or(0, |of| of.version);
    let version = before.max(1) + 1;
    let text = with_version(&request.text, version);
    let list = PhraseList::parse(&text).map_err(|error| malformed(&error))?;
    if list.is_empty() {
        let why = "the list holds no phrase; write one, or leave the list in force";
        return Err(ApiError::new("phrases_empty", why));
    }
    lists.retain(|of| of.language != language);
    lists.push(list);
    reader(&lists)?;
    open.execute(Command::PublishPhrases { language, version, text })?;
    list::run(open, Nothing {})
}

/// The same list under another version.
fn with_version(text: &str, version: u32) -> String {
    let mut set = false;
    let lines = text.lines().map(|line| {
        if !set && line.trim_start().starts_with("version:") {
            set = true;
            format!("version: {version}")
        } else {
            line.to_owned()
        }
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}
