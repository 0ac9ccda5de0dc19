//! Lists the phrases in force.

use super::in_force;
use crate::{ApiError, Nothing, Open};
use buyerwatch_signals::{PhraseList, shipped_text};
use serde::Serialize;
use ts_rs::TS;

/// The phrases of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhrasesView {
    /// ISO 639-1 code.
    pub language: String,
    /// Counts up from 1, the shipped one.
    pub version: u32,
    /// The shop's own, in the place of the shipped one.
    pub own: bool,
    /// Lines of phrases.
    pub phrases: u32,
    /// The list as it is written.
    pub text: String,
}

/// Every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhrasesList {
    /// In the order in which they are shipped.
    pub items: Vec<PhrasesView>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<PhrasesList, ApiError> {
    let own = open.read(|read| read.phrase_lists())?;
    let view = |list: PhraseList| {
        let text = own.iter().find(|(language, text)| {
            *language == list.language && PhraseList::parse(text).is_ok_and(|of| of == list)
        });
        let shipped = shipped_text(&list.language).unwrap_or_default();
        PhrasesView {
            own: text.is_some(),
            text: text.map_or(shipped, |(_, text)| text).to_owned(),
            version: list.version,
            phrases: u32::try_from(list.len()).unwrap_or(u32::MAX),
            language: list.language,
        }
    };
    Ok(PhrasesList { items: in_force(open)?.into_iter().map(view).collect() })
}
