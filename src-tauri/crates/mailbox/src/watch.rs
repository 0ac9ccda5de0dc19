//! Watching a mailbox: reading what is new, waiting for more, and coming back after whatever breaks.

use std::future::Future;
use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use async_imap::types::UnsolicitedResponse;
use tokio::sync::watch as signal;

use crate::connect::{ANSWER, Opened, examine, lost, open};
use crate::sync::{letters, numbers, plan};
use crate::{Account, Letter, Place, Trouble, Trust};

/// How long the server is waited for to tell of something before it is asked: also one that forgets to.
/// Far less than the 29 minutes after which it may hang up (RFC 2177).
const IDLE: Duration = Duration::from_secs(4 * 60);
/// Between two questions to a server that does not tell by itself.
const POLL: Duration = Duration::from_secs(20);
/// Time an answer may take.
const ANSWERED: Duration = Duration::from_secs(120);
/// The first wait before another try, which doubles each time, and the longest.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(300);
/// The first and the longest wait where a person has to do something: now and then, since the server may
/// have been wrong, and not so often that an account gets locked.
const FIRST_REFUSED: Duration = Duration::from_secs(30 * 60);
const LONGEST_REFUSED: Duration = Duration::from_secs(6 * 60 * 60);

/// Where a mailbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// On the way to it.
    Connecting,
    /// Reading: letters read of those that were new.
    Reading {
        /// Read so far.
        done: u64,
        /// New in all.
        total: u64,
    },
    /// Everything is read; waiting for more.
    Watching,
    /// It is tried again after a while.
    Waiting {
        /// What went wrong.
        trouble: Trouble,
        /// After how long it is tried again.
        wait: Duration,
    },
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// On.
    On,
    /// No further: the vault was locked, or nobody wants it any more.
    Stop,
}

/// Who takes letters in.
pub trait Door {
    /// How far the mailbox was read; the default before the first time.
    fn place(&mut self) -> Place;

    /// Letters, in the order of their numbers, and the place up to which all were handed over. Both are to
    /// be kept together or not at all. The list may be empty: then only the place is new.
    fn take(&mut self, letters: Vec<Letter>, place: Place) -> Go;

    /// Where the mailbox stands now.
    fn state(&mut self, state: State) -> Go;
}

/// Ends a watch from another thread, and wakes one that waits for its next try.
#[derive(Debug, Clone)]
pub struct Stop(signal::Sender<(bool, u64)>);

impl Default for Stop {
    fn default() -> Self {
        Self(signal::Sender::new((false, 0)))
    }
}

impl Stop {
    /// Ends the watch.
    pub fn stop(&self) {
        self.0.send_modify(|(stopped, _)| *stopped = true);
    }

    /// Tries again now instead of later.
    pub fn try_now(&self) {
        self.0.send_modify(|(_, tries)| *tries = tries.wrapping_add(1));
    }

    fn is_stopped(&self) -> bool {
        self.0.borrow().0
    }

    /// Does the work unless it is stopped first.
    async fn unless<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut stopped = self.0.subscribe();
        tokio::select! {
            biased;
            _ = stopped.wait_for(|(stopped, _)| *stopped) => None,
            done = work => Some(done),
        }
    }

    /// Waits for a while, or until somebody wants it tried now.
    async fn pause(&self, wait: Duration) {
        let mut changed = self.0.subscribe();
        let before = *changed.borrow_and_update();
        tokio::select! {
            _ = changed.wait_for(|now| *now != before) => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// What a mailbox has to offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Letters in the folder.
    pub letters: u32,
    /// The server tells by itself when something comes; otherwise it is asked every 20 seconds.
    pub tells: bool,
}

fn runtime() -> Result<tokio::runtime::Runtime, Trouble> {
    // Without one the computer is out of threads or memory.
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Trouble::Unreachable)
}

/// Goes the whole way to a folder and back.
///
/// # Errors
/// The first step that fails.
pub fn test(account: &Account, trust: &Trust) -> Result<Found, Trouble> {
    runtime()?.block_on(async {
        let Opened { mut session, folder, idle } = open(account, trust).await?;
        session.get_mut().allow(ANSWER);
        // Whether it says good-bye, too, is of no interest.
        let _ = tokio::time::timeout(Duration::from_secs(2), session.logout()).await;
        Ok(Found { letters: folder.exists, tells: idle })
    })
}

/// Watches a mailbox until `stop`, or until the door wants no more. Blocks.
///
/// # Errors
/// The system gives no event loop.
pub fn watch(
    account: &Account,
    trust: &Trust,
    door: &mut dyn Door,
    stop: &Stop,
) -> Result<(), Trouble> {
    runtime()?.block_on(async {
        let mut failed = 0;
        while !stop.is_stopped() {
            if door.state(State::Connecting) == Go::Stop {
                return;
            }
            let mut visit = Visit { account, trust, door, stop, watched: false };
            let Some(ended) = stop.unless(visit.run()).await else { return };
            let watched = visit.watched;
            let trouble = match ended {
                Ok(Ended) => return,
                Err(trouble) => trouble,
            };
            failed = if watched { 0 } else { failed };
            let wait = wait_after(trouble, failed);
            failed = failed.saturating_add(1);
            if door.state(State::Waiting { trouble, wait }) == Go::Stop {
                return;
            }
            stop.pause(wait).await;
        }
    });
    Ok(())
}

/// Doubles with each failure, a little more or less each time, so that ten mailboxes of one server do not
/// all come back in the same moment.
fn wait_after(trouble: Trouble, failed: u32) -> Duration {
    let (first, longest) =
        if trouble.needs_a_person() { (FIRST_REFUSED, LONGEST_REFUSED) } else { (FIRST, LONGEST) };
    let wait = first.saturating_mul(1_u32.checked_shl(failed).unwrap_or(u32::MAX)).min(longest);
    let mut drawn = [0];
    // Without chance all come at the same time, which is no harm worth an error.
    let _ = getrandom::fill(&mut drawn);
    wait.saturating_mul(768 + 2 * u32::from(drawn[0])) / 1024
}

/// The door wants no more.
struct Ended;

/// One connection, from its beginning to its end.
struct Visit<'a> {
    account: &'a Account,
    trust: &'a Trust,
    door: &'a mut dyn Door,
    stop: &'a Stop,
    /// Everything was read at least once.
    watched: bool,
}

impl Visit<'_> {
    async fn run(&mut self) -> Result<Ended, Trouble> {
        let mut opened = open(self.account, self.trust).await?;
        loop {
            if self.read(&mut opened).await? == Go::Stop {
                return Ok(Ended);
            }
            self.watched = true;
            if self.door.state(State::Watching) == Go::Stop {
                return Ok(Ended);
            }
            opened = self.wait(opened).await?;
        }
    }

    /// Reads all that is new. What comes while others are read is told of then and not again, so it is asked
    /// for until nothing is left.
    async fn read(&mut self, opened: &mut Opened) -> Result<Go, Trouble> {
        loop {
            let (go, again) = self.read_once(opened).await?;
            if go == Go::Stop || !again {
                return Ok(go);
            }
        }
    }

    /// Reads what is new; whether there may be more.
    async fn read_once(&mut self, opened: &mut Opened) -> Result<(Go, bool), Trouble> {
        let validity = opened.folder.uid_validity.unwrap_or(0);
        let mut place = self.door.place();
        let first = place.uid_validity != validity;
        if first {
            // Numbers mean something else now, or nothing was read yet.
            place = Place { uid_validity: validity, last_uid: 0 };
        }
        let since = self.account.first_days.filter(|_| first).map(day_before);
        let (found, news) =
            in_time(numbers(&mut opened.session, place.last_uid, since.as_deref())).await?;
        let total = found.len() as u64;
        let mut done = 0;
        if total == 0 {
            // Older ones stay unread: the place goes behind them, so that it is no first time again.
            let next = opened.folder.uid_next.unwrap_or(1).saturating_sub(1);
            if first {
                place.last_uid = place.last_uid.max(next);
                return Ok((self.door.take(Vec::new(), place), news));
            }
            return Ok((Go::On, news));
        }
        // Sizes of a few hundred at a time, so that the first letters come at once.
        for some in found.chunks(500) {
            let parts = in_time(plan(&mut opened.session, some)).await?;
            for part in parts {
                if self.door.state(State::Reading { done, total }) == Go::Stop {
                    return Ok((Go::Stop, false));
                }
                let read = in_time(letters(&mut opened.session, &part)).await?;
                place.last_uid = place.last_uid.max(part.last);
                if self.door.take(read, place) == Go::Stop {
                    return Ok((Go::Stop, false));
                }
                done = done.saturating_add(part.len() as u64);
            }
            // Those that vanished in between are behind, too.
            if let Some(last) = some.last()
                && place.last_uid < *last
            {
                place.last_uid = *last;
                if self.door.take(Vec::new(), place) == Go::Stop {
                    return Ok((Go::Stop, false));
                }
            }
        }
        Ok((Go::On, true))
    }

    /// Waits until there may be something new.
    async fn wait(&mut self, opened: Opened) -> Result<Opened, Trouble> {
        let Opened { mut session, folder, idle } = opened;
        session.get_mut().allow(ANSWER);
        if !idle {
            self.stop.pause(POLL).await;
            let folder = in_time(examine(&mut session, &self.account.folder)).await?;
            return Ok(Opened { session, folder, idle });
        }
        let unasked = session.unsolicited_responses.clone();
        while unasked.try_recv().is_ok() {}
        let mut handle = session.idle();
        in_time(async { handle.init().await.map_err(|error| lost(&error)) }).await?;
        // What is told before the waiting begins is not told in it.
        let before = std::iter::from_fn(|| unasked.try_recv().ok())
            .any(|told| matches!(told, UnsolicitedResponse::Exists(_)));
        let told = if before {
            IdleResponse::Timeout
        } else {
            let (told, _interrupt) = handle.wait_with_timeout(IDLE);
            // A server that says from time to time that it is there would put the end off for ever.
            match tokio::time::timeout(IDLE, told).await {
                Ok(told) => told.map_err(|error| lost(&error))?,
                Err(_) => IdleResponse::Timeout,
            }
        };
        if matches!(told, IdleResponse::ManualInterrupt) {
            // Nobody interrupts here: the connection has ended.
            return Err(Trouble::Lost);
        }
        let mut session =
            in_time(async { handle.done().await.map_err(|error| lost(&error)) }).await?;
        // From time to time, whether numbers still mean the same.
        let folder = match told {
            IdleResponse::Timeout => in_time(examine(&mut session, &self.account.folder)).await?,
            _ => folder,
        };
        Ok(Opened { session, folder, idle })
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    tokio::time::timeout(ANSWERED, work).await.unwrap_or(Err(Trouble::Lost))
}

/// The day so many days ago, as IMAP writes it.
fn day_before(days: u32) -> String {
    let now = chrono::Utc::now();
    let then = now - chrono::TimeDelta::days(i64::from(days));
    then.format("%d-%b-%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_less_and_less_often() {
        let near = |wait: Duration, seconds: f64| {
            let ratio = wait.as_secs_f64() / seconds;
            assert!((0.74..1.26).contains(&ratio), "{wait:?} is not about {seconds} s");
        };
        for (failed, seconds) in [(0, 1.0), (1, 2.0), (5, 32.0), (12, 300.0), (40, 300.0)] {
            near(wait_after(Trouble::Lost, failed), seconds);
        }
        for (failed, seconds) in [(0, 1800.0), (1, 3600.0), (9, 21600.0)] {
            near(wait_after(Trouble::Password, failed), seconds);
        }
    }

    #[test]
    fn days_are_written_as_imap_wants_them() {
        let day = day_before(0);
        assert_eq!((day.len(), day.as_bytes().get(2)), (11, Some(&b'-')), "{day}");
    }
}
