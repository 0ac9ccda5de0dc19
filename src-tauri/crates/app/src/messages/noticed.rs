//! Messages in whose words something is noticed, told by the lists in force.

use super::findings::unquoted;
use crate::{ApiError, Open, desk::lock};
use buyerwatch_signals::Reader;
use buyerwatch_vault::MessageKey;
use std::sync::{Arc, Mutex};

/// What was found so far: a message is read once, until the lists change or the vault is locked.
#[derive(Default)]
pub(crate) struct Noticed(Mutex<Known>);

#[derive(Default)]
struct Known {
    by: Option<Arc<Reader>>,
    /// The number of the last message that was read.
    read: i64,
    messages: Vec<MessageKey>,
}

/// Messages that are read at a time.
const PART: u32 = 1_000;

impl Noticed {
    /// A message gave way to another, which may have its number.
    pub(crate) fn forget(&self) {
        *lock(&self.0) = Known::default();
    }
}

impl Open {
    /// Messages of buyers in whose words something is noticed.
    ///
    /// # Errors
    /// When the vault is locked or cannot be read.
    pub(super) fn noticed(&self, reader: &Arc<Reader>) -> Result<Vec<MessageKey>, ApiError> {
        let mut known = lock(&self.session().noticed.0);
        if !known.by.as_ref().is_some_and(|by| Arc::ptr_eq(by, reader)) {
            *known = Known { by: Some(Arc::clone(reader)), ..Known::default() };
        }
        loop {
            self.still_open()?;
            let part = self.read(|read| read.writings(known.read, PART))?;
            let Some((last, ..)) = part.last() else { return Ok(known.messages.clone()) };
            known.read = *last;
            let marked =
                part.iter().filter(|(.., text)| !reader.read(&unquoted(text)).findings.is_empty());
            known.messages.extend(marked.map(|(_, key, _)| *key));
        }
    }
}
