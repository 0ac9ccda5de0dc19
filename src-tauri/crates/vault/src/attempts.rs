//! Failed attempts to unlock, and how long the next one has to wait.

use crate::{Folder, VaultError};
use buyerwatch_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::io::Write as _;

/// Attempts that cost nothing: everybody mistypes.
const FREE: u32 = 2;
/// Longest wait: a quarter of an hour.
const LIMIT_MS: u64 = 15 * 60 * 1000;
/// Attempts that may be under way at the same time: more than scripts need, far fewer than guessing
/// does.
const AT_ONCE: u32 = 32;
/// Every so often one of them is taken for killed: its answer was never seen.
const FORGOTTEN_MS: u64 = 50;

/// How long the next attempt has to wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wait {
    /// Milliseconds; 0 when it may be tried now.
    pub wait_ms: u64,
    /// Failed attempts since the last success.
    pub attempts: u32,
}

/// How long the next attempt to unlock this vault has to wait.
///
/// A clock that is set back gains nothing: the wait starts anew.
///
/// # Errors
/// When the folder cannot be written.
pub fn unlock_wait(folder: &Folder, now: Timestamp) -> Result<Wait, VaultError> {
    match Failures::read(folder) {
        None => Ok(Wait::default()),
        Some(failures) if now < failures.last => {
            let _guard = folder.guard()?;
            Ok(anew(folder, now)?.map_or_else(Wait::default, |failures| failures.wait(now)))
        }
        Some(failures) => Ok(failures.wait(now)),
    }
}

/// Whether an attempt may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// It may: end it with [`failed`] or [`succeeded`].
    Begun,
    /// It comes too soon.
    Early(Wait),
}

/// Notes that an attempt is under way, so that not too many are made at once.
///
/// One that is killed in the middle costs nothing: whoever made it got no answer.
///
/// # Errors
/// When it could not be noted. [`VaultError::Busy`] when others are at it.
pub(crate) fn begin(folder: &Folder, now: Timestamp) -> Result<Attempt, VaultError> {
    let _guard = folder.guard()?;
    let before = anew(folder, now)?.unwrap_or(NONE);
    let wait = before.wait(now);
    if wait.wait_ms > 0 {
        return Ok(Attempt::Early(wait));
    }
    let under_way = before.under_way(now);
    if under_way >= AT_ONCE {
        return Ok(Attempt::Early(Wait { wait_ms: 1000, ..wait }));
    }
    Failures { under_way: under_way.saturating_add(1), begun: now, ..before }.write(folder)?;
    Ok(Attempt::Begun)
}

/// Counts a failed attempt, before anybody is told that it failed.
///
/// # Errors
/// When it could not be counted.
pub(crate) fn failed(folder: &Folder, now: Timestamp) -> Result<Wait, VaultError> {
    let _guard = folder.guard()?;
    let before = anew(folder, now)?.unwrap_or(NONE);
    let failures = Failures {
        attempts: before.attempts.saturating_add(1),
        last: now,
        under_way: before.under_way(now).saturating_sub(1),
        ..before
    };
    failures.write(folder)?;
    Ok(failures.wait(now))
}

/// Forgets the attempts after a success, if it can be done: whoever has the right secret gets in.
pub(crate) fn succeeded(folder: &Folder) {
    // On Windows, a file that another program looks at cannot always be removed.
    if let Err(error) = std::fs::remove_file(folder.attempts())
        && error.kind() != std::io::ErrorKind::NotFound
    {
        let _ = NONE.overwrite(folder);
    }
}

/// The failures so far. Those of the future begin now. Call under the guard.
fn anew(folder: &Folder, now: Timestamp) -> Result<Option<Failures>, VaultError> {
    let Some(found) = Failures::read(folder) else { return Ok(None) };
    if now >= found.last {
        return Ok(Some(found));
    }
    let failures = Failures { last: now, ..found };
    failures.write(folder)?;
    Ok(Some(failures))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Failures {
    attempts: u32,
    last: Timestamp,
    #[serde(default)]
    under_way: u32,
    #[serde(default)]
    begun: Timestamp,
}

const NONE: Failures =
    Failures { attempts: 0, last: Timestamp::EPOCH, under_way: 0, begun: Timestamp::EPOCH };

impl Failures {
    /// An unreadable file counts as none: it slows down a curious colleague, and whoever can
    /// damage it can also copy the folder.
    fn read(folder: &Folder) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(folder.attempts()).ok()?).ok()
    }

    fn write(self, folder: &Folder) -> Result<(), VaultError> {
        // On a full disk there is no room beside the file, and there is in it.
        folder.replace(&folder.attempts(), &self.text()).or_else(|_| self.overwrite(folder))
    }

    /// Writes into the file that is there.
    fn overwrite(self, folder: &Folder) -> Result<(), VaultError> {
        let text = self.text();
        let mut file =
            crate::folder::private().create(true).truncate(false).open(folder.attempts())?;
        file.write_all(&text)?;
        file.set_len(u64::try_from(text.len()).unwrap_or(u64::MAX))?;
        Ok(file.sync_all()?)
    }

    fn text(self) -> Vec<u8> {
        serde_json::to_vec(&self).unwrap_or_default()
    }

    /// Attempts that have not ended and are not taken for killed.
    fn under_way(self, now: Timestamp) -> u32 {
        let age = now.millis().saturating_sub(self.begun.millis()).max(0).unsigned_abs();
        let forgotten = u32::try_from(age / FORGOTTEN_MS).unwrap_or(u32::MAX);
        self.under_way.saturating_sub(forgotten)
    }

    /// One second after the free attempts, doubled with every further one.
    fn wait(self, now: Timestamp) -> Wait {
        let Self { attempts, last, .. } = self;
        let whole = attempts
            .checked_sub(FREE + 1)
            .map_or(0, |doublings| 1000_u64.checked_shl(doublings.min(20)).unwrap_or(LIMIT_MS))
            .min(LIMIT_MS);
        let passed = now.millis().saturating_sub(last.millis()).max(0).unsigned_abs();
        Wait { wait_ms: whole.saturating_sub(passed), attempts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000 + ms)
    }

    /// Attempts, each as soon as it may be made, and the waits after them.
    fn fail(folder: &Folder, times: u32) -> Vec<u64> {
        let mut now = at(0);
        let mut wait = 0;
        let attempt = |_| {
            now = Timestamp::from_millis(now.millis() + i64::try_from(wait).unwrap());
            assert_eq!(begin(folder, now).unwrap(), Attempt::Begun);
            wait = failed(folder, now).unwrap().wait_ms;
            wait
        };
        (0..times).map(attempt).collect()
    }

    #[test]
    fn only_so_many_are_under_way_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let attempts: Vec<_> = std::thread::scope(|scope| {
            let one = || begin(&folder, at(0)).unwrap();
            let all: Vec<_> = (0..AT_ONCE + 8).map(|_| scope.spawn(one)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let early = Attempt::Early(Wait { wait_ms: 1000, attempts: 0 });
        assert_eq!(attempts.iter().filter(|one| **one == early).count(), 8);
        // All of them fail: the next one waits for them all.
        (0..AT_ONCE).for_each(|_| _ = failed(&folder, at(1)).unwrap());
        assert_eq!(unlock_wait(&folder, at(1)).unwrap().wait_ms, LIMIT_MS);
    }

    #[test]
    fn an_attempt_that_was_killed_costs_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        for killed in 0..200 {
            assert_eq!(begin(&folder, at(killed * 100)).unwrap(), Attempt::Begun, "{killed}");
        }
        assert_eq!(unlock_wait(&folder, at(200 * 100)).unwrap(), Wait::default());
    }

    #[test]
    fn without_room_beside_it_the_file_itself_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        fail(&folder, 3);
        std::fs::create_dir(folder.attempts().with_extension("new")).unwrap();
        failed(&folder, at(60_000)).unwrap();
        assert_eq!(unlock_wait(&folder, at(60_000)).unwrap(), Wait { wait_ms: 2000, attempts: 4 });
        // As after a success when the file cannot be removed.
        NONE.overwrite(&folder).unwrap();
        assert_eq!(Failures::read(&folder), Some(NONE), "a shorter text leaves nothing behind");
        assert_eq!(unlock_wait(&folder, at(60_000)).unwrap(), Wait::default());
    }

    #[test]
    fn the_wait_grows_is_kept_on_disk_and_ends() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let waits = fail(&folder, 15);
        assert_eq!(waits.get(..6), Some(&[0, 0, 1000, 2000, 4000, 8000][..]));
        assert_eq!(waits.last(), Some(&LIMIT_MS));
        let last = Failures::read(&folder).unwrap().last.millis();
        let after = |ms: u64| Timestamp::from_millis(last + i64::try_from(ms).unwrap());
        assert_eq!(unlock_wait(&folder, after(1000)).unwrap().wait_ms, LIMIT_MS - 1000);
        let early = Wait { wait_ms: 1, attempts: 15 };
        assert_eq!(begin(&folder, after(LIMIT_MS - 1)).unwrap(), Attempt::Early(early));
        let over = Wait { wait_ms: 0, attempts: 15 };
        assert_eq!(unlock_wait(&folder, after(LIMIT_MS)).unwrap(), over);
        succeeded(&folder);
        assert_eq!(unlock_wait(&folder, after(0)).unwrap(), Wait::default());
    }

    #[test]
    fn setting_the_clock_back_starts_the_wait_anew_but_not_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        fail(&folder, 4);
        assert_eq!(unlock_wait(&folder, at(-5_000_000)).unwrap().wait_ms, 2000);
        assert_eq!(unlock_wait(&folder, at(-5_000_000 + 500)).unwrap().wait_ms, 1500);
        assert_eq!(unlock_wait(&folder, at(-5_000_000 + 2000)).unwrap().wait_ms, 0);
    }

    #[test]
    fn a_scribbled_file_never_locks_out() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        for content in ["", "{", "\0\0\0", "{\"attempts\":-1}", "[]"] {
            std::fs::write(folder.attempts(), content).unwrap();
            assert_eq!(unlock_wait(&folder, at(0)).unwrap(), Wait::default());
        }
    }
}
