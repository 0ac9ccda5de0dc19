//! The phrases by which messages are noticed: shipped for eight languages, replaced by a shop's own.

pub mod list;
pub mod publish;
pub mod test;

use crate::{ApiError, Open, desk::lock};
use buyerwatch_domain::Event;
use buyerwatch_signals::{ListError, PhraseList, Reader, shipped_lists};
use std::sync::{Arc, Mutex};

/// The lists in force, prepared for reading; made when they are first needed.
#[derive(Default)]
pub(crate) struct Phrases(Mutex<Option<Arc<Reader>>>);

impl Phrases {
    /// Forgets what these events replaced.
    pub(crate) fn absorb(&self, events: &[Event]) {
        if events.iter().any(|event| matches!(event, Event::PhrasesPublished { .. })) {
            *lock(&self.0) = None;
        }
    }
}

impl Open {
    /// What finds phrases in messages, by the lists in force.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub(crate) fn phrases(&self) -> Result<Arc<Reader>, ApiError> {
        let mut kept = lock(&self.session().phrases.0);
        if let Some(reader) = &*kept {
            return Ok(Arc::clone(reader));
        }
        let reader = Arc::new(reader(&in_force(self)?)?);
        *kept = Some(Arc::clone(&reader));
        Ok(reader)
    }
}

/// The list of each language: the shop's own, else the shipped one.
pub(crate) fn in_force(open: &Open) -> Result<Vec<PhraseList>, ApiError> {
    let mut lists = shipped_lists().map_err(|error| malformed(&error))?;
    for (language, text) in open.read(|read| read.phrase_lists())? {
        // One that a newer version wrote and this one cannot read leaves the shipped list in force.
        let Ok(own) = PhraseList::parse(&text) else { continue };
        match lists.iter_mut().find(|list| list.language == language) {
            Some(list) => *list = own,
            None => lists.push(own),
        }
    }
    Ok(lists)
}

fn reader(lists: &[PhraseList]) -> Result<Reader, ApiError> {
    Reader::new(lists).map_err(|_| {
        ApiError::new("phrases_too_many", "the lists are too long together; shorten one")
    })
}

/// What is wrong with a list, with its line.
fn malformed(error: &ListError) -> ApiError {
    ApiError::new("malformed_phrases", error.to_string())
        .with("line", u32::try_from(error.line).unwrap_or(u32::MAX))
        .with("reason", error.problem.code())
        .with("problem", error.problem.to_string())
}
