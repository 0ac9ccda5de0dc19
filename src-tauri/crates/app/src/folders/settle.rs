//! Whether a file is complete: nobody tells, so it counts as complete once nothing about it changed
//! for a while.

use std::{
    collections::{HashMap, HashSet},
    ffi::{OsStr, OsString},
    time::{Duration, Instant, SystemTime},
};

/// How long nothing may change. Programs that write a report pause for less.
pub(super) const SETTLED: Duration = Duration::from_millis(300);

/// How long nothing may change before an imported file is moved: whoever writes may have paused, and what is
/// written into a file that was moved is never read.
pub(super) const STILL: Duration = Duration::from_secs(10);

/// What a look at a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) size: u64,
    pub(super) modified: Option<SystemTime>,
}

struct Known {
    look: Look,
    since: Instant,
    /// When it is worth a try; `None` when it was dealt with as it is.
    due: Option<Instant>,
    /// It was imported, and is moved once it is due.
    to_move: bool,
}

/// What is left to do about a file as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing.
    Done,
    /// Another try.
    Try(Instant),
    /// It is moved.
    Move(Instant),
}

/// The files of one folder as they were seen. Only the clock of this computer counts: that of a
/// network share may be wrong.
#[derive(Default)]
pub(super) struct Files {
    known: HashMap<OsString, Known>,
    /// Nothing went away that was not told of. Not so at the beginning: nobody looked before.
    told: bool,
}

impl Files {
    /// Takes in what a look shows, and answers the files that are complete and not dealt with, with
    /// the moment since when they are as they are, in the order of their names. What is gone is
    /// forgotten: if it comes back it is new.
    pub(super) fn look(
        &mut self,
        seen: Vec<(OsString, Look)>,
        now: Instant,
    ) -> Vec<(OsString, Instant)> {
        let mut left = std::mem::take(&mut self.known);
        for (name, look) in seen {
            let known = match left.remove(&name) {
                Some(known) if known.look == look => known,
                _ => Known { look, since: now, due: Some(now + SETTLED), to_move: false },
            };
            self.known.insert(name, known);
        }
        self.told &= left.is_empty();
        let due = self.known.iter().filter(|(_, known)| known.due.is_some_and(|due| due <= now));
        // An empty file is one that somebody is about to write.
        let due = due.filter(|(_, known)| known.look.size > 0);
        let mut due: Vec<_> = due.map(|(name, known)| (name.clone(), known.since)).collect();
        due.sort_unstable();
        due
    }

    /// Whether something may be gone of which nobody was told.
    pub(super) const fn lost_some(&self) -> bool {
        !self.told
    }

    /// What is gone was told of.
    pub(super) const fn told(&mut self) {
        self.told = true;
    }

    /// The names of what is there, as they are stored.
    pub(super) fn names(&self) -> HashSet<String> {
        self.known.keys().map(|name| name.to_string_lossy().into_owned()).collect()
    }

    /// What a file looked like at the last look.
    pub(super) fn seen(&self, name: &OsStr) -> Option<Look> {
        self.known.get(name).map(|known| known.look)
    }

    /// A file was dealt with as it is, but for what is left to do.
    pub(super) fn dealt_with(&mut self, name: &OsStr, next: Next) {
        if let Some(known) = self.known.get_mut(name) {
            (known.due, known.to_move) = match next {
                Next::Done => (None, false),
                Next::Try(at) => (Some(at), false),
                Next::Move(at) => (Some(at), true),
            };
        }
    }

    /// What became of a file changed otherwise: it is worth a try now.
    pub(super) fn again(&mut self, name: &OsStr, now: Instant) {
        if let Some(known) = self.known.get_mut(name) {
            // One that still changes waits as any other.
            if known.due.is_none_or(|due| due > known.since + SETTLED) {
                known.due = Some(now);
            }
        }
    }

    /// Whatever is put off is worth a try now.
    pub(super) fn none_waits(&mut self, now: Instant) {
        for known in self.known.values_mut() {
            known.due = known.due.map(|due| due.min(now.max(known.since + SETTLED)));
        }
    }

    /// When a file is due next. One that waits to be written is awaited by looking.
    pub(super) fn next_due(&self) -> Option<Instant> {
        let full = self.known.values().filter(|known| known.look.size > 0);
        full.filter_map(|known| known.due).min()
    }

    /// Whether some file is not dealt with yet, and no later try is awaited.
    pub(super) fn wait(&self, now: Instant) -> bool {
        self.known.values().any(|known| {
            let soon = known.due.is_some_and(|due| due <= now + SETTLED);
            known.look.size > 0 && (soon || known.to_move)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(size: u64) -> Vec<(OsString, Look)> {
        vec![("a.txt".into(), Look { size, modified: None })]
    }

    #[test]
    fn a_file_that_grows_waits_and_one_that_rests_is_due_once() {
        let start = Instant::now();
        let after = |ms| start + Duration::from_millis(ms);
        let mut files = Files::default();
        assert_eq!(files.look(look(1), start), []);
        assert_eq!(files.look(look(2), after(400)), []);
        assert_eq!(files.look(look(2), after(699)), []);
        let due = files.look(look(2), after(700));
        assert_eq!(due, [("a.txt".into(), after(400))]);
        files.dealt_with(&due[0].0, Next::Move(after(10_000)));
        assert_eq!(files.look(look(2), after(5_000)), []);
        assert!(files.wait(after(5_000)), "it is to be moved");
        files.dealt_with(&due[0].0, Next::Done);
        assert!(!files.wait(after(5_000)));
        assert_eq!(files.look(look(3), after(6_000)), []);
        assert_eq!(files.look(look(3), after(6_500)).len(), 1, "it was written anew");
    }

    #[test]
    fn what_went_away_is_told_once_and_at_the_beginning() {
        let start = Instant::now();
        let mut files = Files::default();
        files.look(look(1), start);
        assert!(files.lost_some(), "nobody looked before");
        files.told();
        files.look(look(2), start);
        assert!(!files.lost_some(), "written anew, it is there");
        files.look(Vec::new(), start);
        files.look(Vec::new(), start);
        assert!(files.lost_some() && files.names().is_empty(), "until it is told");
    }

    #[test]
    fn later_tries_empty_files_and_files_that_come_back() {
        let start = Instant::now();
        let after = |ms| start + Duration::from_millis(ms);
        let mut files = Files::default();
        files.look(look(0), start);
        assert_eq!(files.look(look(0), after(9_000)), [], "nothing is in it yet");
        files.look(look(4), after(9_000));
        let due = files.look(look(4), after(9_500));
        files.dealt_with(&due[0].0, Next::Try(after(20_000)));
        assert_eq!(files.look(look(4), after(19_000)), []);
        assert_eq!(files.look(look(4), after(20_000)).len(), 1);
        files.dealt_with(&due[0].0, Next::Try(after(90_000)));
        files.again(OsStr::new("b.txt"), after(20_100));
        files.again(OsStr::new("a.txt"), after(20_100));
        assert_eq!(files.look(look(4), after(20_100)).len(), 1, "at once");
        files.dealt_with(&due[0].0, Next::Done);
        files.look(Vec::new(), after(21_000));
        files.look(look(4), after(22_000));
        assert_eq!(files.look(look(4), after(22_500)).len(), 1, "it came back");
    }
}
