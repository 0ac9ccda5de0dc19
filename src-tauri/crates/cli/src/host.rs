//! The surroundings of a command: no window, no notifications, a terminal or a script.

use buyerwatch_app::{Host, LogLine, Notification, Push, Tag};
use std::{
    collections::BTreeSet,
    io::Write as _,
    sync::{Mutex, PoisonError},
};

/// A terminal, or whatever stands in its place.
#[derive(Debug, Default)]
pub(crate) struct Terminal {
    stale: Mutex<BTreeSet<Tag>>,
}

impl Terminal {
    /// What became stale since the last question.
    pub(crate) fn take_stale(&self) -> BTreeSet<Tag> {
        std::mem::take(&mut *self.stale.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A remark beside the answer.
    #[expect(clippy::unused_self, reason = "whoever remarks has a terminal")]
    pub(crate) fn warn(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "bwatch: {text}");
    }
}

impl Host for Terminal {
    fn push(&self, push: Push) {
        if let Push::Stale { tags } = push {
            self.stale.lock().unwrap_or_else(PoisonError::into_inner).extend(tags);
        }
    }

    fn notify(&self, _: Notification) {}

    // The error itself is the answer of the command.
    fn log(&self, _: &LogLine<'_>) {}
}
