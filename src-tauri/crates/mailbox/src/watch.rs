//! Watching a mailbox: reading what is new, waiting for more, and coming back after whatever breaks.

use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use async_imap::imap_proto::{MailboxDatum, Response};
use async_imap::types::{Mailbox, UnsolicitedResponse};
use tokio::sync::watch as signal;

use crate::connect::{ANSWER, Opened, examine, lost, open};
use crate::folders::folders;
use crate::sync::{highest, letter, letters, numbers, plan};
use crate::{Account, Content, FolderName, Letter, Place, Trouble, Trust};

/// How long the server is waited for to tell of something before it is asked: also one that forgets to.
/// Far less than the 29 minutes after which it may hang up (RFC 2177).
const IDLE: Duration = Duration::from_secs(4 * 60);
/// Between two questions to a server that does not tell by itself.
const POLL: Duration = Duration::from_secs(20);
/// How often in a row a server gets the pause it wants instead of a letter: about an hour in all.
const PAUSES: u32 = 20;
/// After how many days without everything read it gets none either: whoever visits it but now and then
/// does not count pauses.
const DAYS: u32 = 2;
/// Letters that were withheld which are asked for again, and at how many later visits.
const HELD: usize = 50;
const AGAIN: u32 = 3;
/// How often in a row nothing is found of what the server tells of, before it is waited for again.
const NOTHING: u32 = 3;
/// Time an answer may take that is no letter and no list.
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

    /// Days since everything in the mailbox had been read last, or since it is to be watched when that never
    /// was; `None` when nobody knows. A mailbox whose numbers mean something else from now on is read again
    /// from further back.
    fn days_behind(&mut self) -> Option<u32> {
        None
    }

    /// Letters, in the order of their numbers, and the place up to which all were handed over. Both are to
    /// be kept together or not at all. The list may be empty: then only the place is new. A letter that came
    /// as withheld may come once more, whole, when the place is behind it.
    fn take(&mut self, letters: Vec<Letter>, place: Place) -> Go;

    /// What was last noted with [`hold`](Self::hold).
    fn withheld(&mut self) -> String {
        String::new()
    }

    /// Notes which letters the server did not give, for later visits. In words that only this crate
    /// reads.
    fn hold(&mut self, _withheld: &str) {}

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Letters in the folder.
    pub letters: u32,
    /// The server tells by itself when something comes; otherwise it is asked every 20 seconds.
    pub tells: bool,
    /// The folders that can be read, the one for what comes in first; none when the server does not tell.
    pub folders: Vec<FolderName>,
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
        let mut opened = open(account, trust).await?;
        // Whoever cannot be told of folders can read the one that was opened.
        let folders = folders(&mut opened).await.unwrap_or_default();
        let Opened { mut session, folder, idle, .. } = opened;
        session.get_mut().allow(ANSWER);
        // Whether it says good-bye, too, is of no interest.
        let _ = tokio::time::timeout(Duration::from_secs(2), session.logout()).await;
        Ok(Found { letters: folder.exists, tells: idle, folders })
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
        let (mut failed, mut withheld) = (0, Withheld::from_text(&door.withheld()));
        while !stop.is_stopped() {
            if door.state(State::Connecting) == Go::Stop {
                return;
            }
            let held = &mut withheld;
            let mut visit =
                Visit { account, trust, door, stop, in_vain: 0, failed, withheld: held };
            let Some(ended) = stop.unless(visit.run()).await else { return };
            failed = visit.failed;
            let trouble = match ended {
                Ok(Ended) => return,
                Err(trouble) => trouble,
            };
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
pub(crate) struct Ended;

/// What a reading came to.
enum Read {
    /// Something was new.
    Some,
    /// Nothing was.
    Nothing,
    /// The door wants no more.
    Stopped,
}

/// Letters that the server did not give, to be asked for again at later visits.
#[derive(Debug, Default)]
pub(crate) struct Withheld {
    /// What their numbers mean.
    validity: u32,
    /// Their numbers, and how often each was asked for again.
    letters: VecDeque<(u32, u32)>,
}

impl Withheld {
    /// Those whose numbers mean this; others are forgotten.
    fn of(&mut self, validity: u32) -> &mut VecDeque<(u32, u32)> {
        if self.validity != validity {
            *self = Self { validity, letters: VecDeque::new() };
        }
        &mut self.letters
    }

    /// Whether there were any.
    fn note(&mut self, validity: u32, letters: &[Letter]) -> bool {
        let held = self.of(validity);
        let before = held.len();
        let refused = letters.iter().filter(|letter| letter.content == Content::Withheld);
        held.extend(refused.map(|letter| (letter.uid, 0)));
        held.truncate(HELD);
        held.len() > before
    }

    /// The meaning of the numbers, then each with how often it was asked for: `7 12/0 15/2`.
    fn to_text(&self) -> String {
        let letters = self.letters.iter().map(|(uid, asked)| format!(" {uid}/{asked}"));
        format!("{}{}", self.validity, letters.collect::<String>())
    }

    /// What it cannot read is left out.
    fn from_text(text: &str) -> Self {
        let mut words = text.split(' ');
        let validity = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let letter = |word: &str| {
            let (uid, asked) = word.split_once('/')?;
            Some((uid.parse().ok()?, asked.parse().ok()?))
        };
        Self { validity, letters: words.filter_map(letter).take(HELD).collect() }
    }
}

/// One connection, from its beginning to its end.
pub(crate) struct Visit<'a> {
    pub(crate) account: &'a Account,
    pub(crate) trust: &'a Trust,
    pub(crate) door: &'a mut dyn Door,
    pub(crate) stop: &'a Stop,
    /// How often in a row the server told of something and nothing was new.
    pub(crate) in_vain: u32,
    /// Visits in a row that came to nothing: none when letters came at this one.
    pub(crate) failed: u32,
    /// Letters that did not come, at this visit and before.
    pub(crate) withheld: &'a mut Withheld,
}

impl Visit<'_> {
    async fn run(&mut self) -> Result<Ended, Trouble> {
        let opened = open(self.account, self.trust).await?;
        self.follow(opened).await
    }

    /// Reads and waits, in turns.
    pub(crate) async fn follow(&mut self, mut opened: Opened) -> Result<Ended, Trouble> {
        let validity = opened.folder.uid_validity.unwrap_or(0);
        let mut of_before = self.withheld.of(validity).len();
        loop {
            if self.read(&mut opened).await? == Go::Stop {
                return Ok(Ended);
            }
            self.failed = 0;
            if self.ask_again(&mut opened, std::mem::take(&mut of_before)).await? == Go::Stop {
                return Ok(Ended);
            }
            if self.door.state(State::Watching) == Go::Stop {
                return Ok(Ended);
            }
            opened = self.wait(opened).await?;
        }
    }

    /// Reads all that is new, also what comes while it reads.
    async fn read(&mut self, opened: &mut Opened) -> Result<Go, Trouble> {
        let mut nothing = 0;
        // Some servers tell of letters at every question, whether there are any or not.
        while nothing < NOTHING {
            opened.more = false;
            match self.read_once(opened).await? {
                Read::Stopped => return Ok(Go::Stop),
                Read::Some => (nothing, self.in_vain) = (0, 0),
                Read::Nothing if opened.more => nothing += 1,
                Read::Nothing => break,
            }
        }
        Ok(Go::On)
    }

    /// Asks for the first of the withheld letters once more.
    async fn ask_again(&mut self, opened: &mut Opened, first: usize) -> Result<Go, Trouble> {
        let validity = opened.folder.uid_validity.unwrap_or(0);
        for _ in 0..first {
            let Some((uid, asked)) = self.withheld.of(validity).pop_front() else { break };
            let asked = asked + 1;
            if asked < AGAIN {
                // Noted before it is asked for: the connection may break.
                self.withheld.of(validity).push_back((uid, asked));
            }
            self.door.hold(&self.withheld.to_text());
            let Some(letter) = letter(opened, uid).await? else { continue };
            let place = self.door.place();
            if self.door.take(vec![letter], place) == Go::Stop {
                return Ok(Go::Stop);
            }
            self.withheld.of(validity).retain(|(held, _)| *held != uid);
            self.door.hold(&self.withheld.to_text());
        }
        Ok(Go::On)
    }

    /// Reads what is new now.
    async fn read_once(&mut self, opened: &mut Opened) -> Result<Read, Trouble> {
        let validity = opened.folder.uid_validity.unwrap_or(0);
        let mut place = self.door.place();
        let first = place == Place::default() || place.uid_validity != validity;
        let (mut since, mut behind) = (None, 0);
        if first {
            // Numbers mean something else now, or nothing was read yet.
            place = Place { uid_validity: validity, last_uid: 0 };
            // As far back as is wanted, from when all was known: nobody may have been here for a while.
            let more = self.door.days_behind().map_or(0, |days| days.saturating_add(1));
            since = self.account.first_days.and_then(|days| day_before(days.saturating_add(more)));
            behind = self.end(opened).await?;
        }
        let found = numbers(opened, place.last_uid, since.as_deref()).await?;
        let total = found.len() as u64;
        let mut done = 0;
        if total == 0 {
            // Older ones stay unread: the place goes behind them, so that it is no first time again.
            if first {
                place.last_uid = behind;
                return Ok(match self.door.take(Vec::new(), place) {
                    Go::On => Read::Nothing,
                    Go::Stop => Read::Stopped,
                });
            }
            return Ok(Read::Nothing);
        }
        // A pause is made as often as the server wants one, but not for ever.
        let patient = self.failed < PAUSES && self.door.days_behind().unwrap_or(0) < DAYS;
        // Sizes of a few hundred at a time, so that the first letters come at once.
        for some in found.chunks(500) {
            let parts = plan(opened, some, patient).await?;
            for part in parts {
                if self.door.state(State::Reading { done, total }) == Go::Stop {
                    return Ok(Read::Stopped);
                }
                let read = letters(opened, &part, patient).await?;
                place.last_uid = place.last_uid.max(part.last);
                // Before the place goes behind them.
                if self.withheld.note(validity, &read) {
                    self.door.hold(&self.withheld.to_text());
                }
                let some = !read.is_empty();
                if self.door.take(read, place) == Go::Stop {
                    return Ok(Read::Stopped);
                }
                if some {
                    self.failed = 0;
                }
                done = done.saturating_add(part.len() as u64);
            }
            // Those that vanished in between are behind, too.
            if let Some(last) = some.last()
                && place.last_uid < *last
            {
                place.last_uid = *last;
                if self.door.take(Vec::new(), place) == Go::Stop {
                    return Ok(Read::Stopped);
                }
            }
        }
        // So it does behind older ones that came into the folder later.
        if place.last_uid < behind {
            place.last_uid = behind;
            if self.door.take(Vec::new(), place) == Go::Stop {
                return Ok(Read::Stopped);
            }
        }
        Ok(Read::Some)
    }

    /// The highest number in the folder, or the one before the next.
    async fn end(&self, opened: &mut Opened) -> Result<u32, Trouble> {
        match opened.folder.uid_next {
            Some(next) => Ok(next.saturating_sub(1)),
            None if opened.folder.exists == 0 => Ok(0),
            None => highest(opened).await,
        }
    }

    /// Waits until there may be something new.
    async fn wait(&mut self, opened: Opened) -> Result<Opened, Trouble> {
        let Opened { mut session, folder, idle, .. } = opened;
        session.get_mut().allow(ANSWER);
        if !idle {
            self.stop.pause(POLL).await;
            let folder = in_time(examine(&mut session, &self.account.folder)).await?;
            return Ok(Opened { session, folder, idle, more: false });
        }
        let aside = session.unsolicited_responses.clone();
        // Of before the last reading.
        while aside.try_recv().is_ok() {}
        let mut handle = session.idle();
        in_time(async { handle.init().await.map_err(|error| lost(&error)) }).await?;
        // What was told before the server began to wait: a letter of the last moment.
        let mut exists = folder.exists;
        let mut came = false;
        while let Ok(told) = aside.try_recv() {
            came |= count(&told, &mut exists);
        }
        let in_vain = self.in_vain >= NOTHING;
        let told = if came && !in_vain {
            true
        } else {
            let (told, _interrupt) = handle.wait_with_timeout(IDLE);
            // Its own clock begins anew with every word of the server.
            match tokio::time::timeout(IDLE, told).await {
                Err(_) => false,
                Ok(told) => match told.map_err(|error| lost(&error))? {
                    IdleResponse::Timeout => false,
                    IdleResponse::NewData(told) => {
                        match told.parsed() {
                            Response::MailboxData(MailboxDatum::Exists(letters)) => {
                                exists = *letters;
                            }
                            Response::Expunge(_) => exists = exists.saturating_sub(1),
                            _ => {}
                        }
                        true
                    }
                    // Nobody interrupts here: the connection has ended.
                    IdleResponse::ManualInterrupt => return Err(Trouble::Lost),
                },
            }
        };
        if told && in_vain {
            // Flags, or one that repeats itself: it may tell a little later.
            self.stop.pause(FIRST).await;
        }
        self.in_vain = if told { self.in_vain.saturating_add(1) } else { 0 };
        let mut session =
            in_time(async { handle.done().await.map_err(|error| lost(&error)) }).await?;
        while let Ok(told) = aside.try_recv() {
            count(&told, &mut exists);
        }
        // From time to time, whether numbers still mean the same.
        let folder = if told {
            Mailbox { exists, ..folder }
        } else {
            in_time(examine(&mut session, &self.account.folder)).await?
        };
        Ok(Opened { session, folder, idle, more: false })
    }
}

/// Keeps count of the letters there are; whether some came.
const fn count(told: &UnsolicitedResponse, exists: &mut u32) -> bool {
    match told {
        UnsolicitedResponse::Exists(letters) => {
            let came = *letters != *exists;
            *exists = *letters;
            came
        }
        UnsolicitedResponse::Expunge(_) => {
            *exists = exists.saturating_sub(1);
            false
        }
        _ => false,
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    tokio::time::timeout(ANSWERED, work).await.unwrap_or(Err(Trouble::Lost))
}

/// The day so many days ago, as IMAP writes it; `None` before any letter.
fn day_before(days: u32) -> Option<String> {
    let days = chrono::TimeDelta::days(i64::from(days.min(100 * 366)));
    Some(chrono::Utc::now().checked_sub_signed(days)?.format("%d-%b-%Y").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Content;
    use crate::scripted::{Folder, Kept, account, follow, follow_from, say, wait};

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
    fn withheld_letters_outlive_the_watch_as_text() {
        let withheld = Withheld { validity: 7, letters: [(12, 0), (15, 2)].into() };
        assert_eq!(withheld.to_text(), "7 12/0 15/2");
        let again = Withheld::from_text("7 12/0 15/2");
        assert_eq!((again.validity, again.letters), (7, withheld.letters));
        for (text, validity) in [("", 0), ("x 1/0", 0), ("7 x 1/ /2 3", 7)] {
            let read = Withheld::from_text(text);
            let letters = usize::from(text == "x 1/0");
            assert_eq!((read.validity, read.letters.len()), (validity, letters), "{text}");
        }
    }

    #[test]
    fn days_are_written_as_imap_wants_them() {
        let day = day_before(0).unwrap();
        assert!(day_before(u32::MAX).is_some());
        assert_eq!((day.len(), day.as_bytes().get(2)), (11, Some(&b'-')), "{day}");
    }

    #[test]
    fn a_letter_that_comes_while_another_is_fetched_is_read_at_once() {
        let mut came = false;
        let kept = follow(
            &account(None),
            move |command, folder| {
                if command.contains("BODY.PEEK") && !came {
                    came = true;
                    folder.add(3);
                    return Some(folder.fetch(command, "* 3 EXISTS\r\n"));
                }
                None
            },
            Folder::of(&[1, 2]),
            |kept| kept.watching == 1,
        );
        assert_eq!(kept.uids(), [1, 2, 3]);
        assert!(kept.took < Duration::from_secs(1), "{:?}", kept.took);
    }

    #[test]
    fn a_letter_that_comes_during_the_search_is_read_at_once() {
        let mut came = false;
        let kept = follow(
            &account(None),
            move |command, folder| {
                if command.starts_with("UID SEARCH") && !came {
                    came = true;
                    folder.add(1);
                    return Some(vec![say("* SEARCH\r\n* 1 EXISTS\r\nTAG OK\r\n")]);
                }
                None
            },
            Folder::default(),
            |kept| kept.watching == 1,
        );
        assert_eq!(kept.uids(), [1]);
    }

    #[test]
    fn a_letter_that_comes_before_the_server_waits_is_read_at_once() {
        let mut came = false;
        let kept = follow(
            &account(None),
            move |command, folder| {
                if command == "IDLE" && !came {
                    came = true;
                    folder.add(2);
                    return Some(vec![say("* 2 EXISTS\r\n+ idling\r\n")]);
                }
                None
            },
            Folder::of(&[1]),
            |kept| kept.watching == 2,
        );
        assert_eq!(kept.uids(), [1, 2]);
        assert!(kept.took < Duration::from_secs(1), "{:?}", kept.took);
    }

    /// It tells of letters that are known, each time: that is no reason to ask without end.
    #[test]
    fn a_server_that_repeats_itself_is_not_asked_without_end() {
        let kept = follow(
            &account(None),
            move |command, folder| {
                if command == "IDLE" {
                    return Some(vec![say("* 1 EXISTS\r\n+ idling\r\n* 1 EXISTS\r\n")]);
                }
                let lies = folder.asked.len();
                command
                    .starts_with("UID SEARCH UID 2")
                    .then(|| vec![say(&format!("* SEARCH\r\n* {lies} EXISTS\r\nTAG OK\r\n"))])
            },
            Folder::of(&[1]),
            |kept| kept.watching == 20,
        );
        assert!(kept.took > Duration::from_secs(10), "{:?}", kept.took);
    }

    #[test]
    fn a_server_that_is_still_there_is_asked_all_the_same() {
        let kept = follow(
            &account(None),
            move |command, folder| {
                (command == "IDLE").then(|| {
                    // Tells of nothing, although something comes.
                    if folder.letters.len() == 1 {
                        folder.add(2);
                    }
                    let still = [wait(60), say("* OK Still here\r\n")];
                    std::iter::once(say("+ idling\r\n"))
                        .chain(still.into_iter().cycle().take(400))
                        .collect()
                })
            },
            Folder::of(&[1]),
            |kept| kept.watching == 2,
        );
        assert_eq!(kept.uids(), [1, 2]);
        assert!(kept.took < Duration::from_secs(5 * 60), "{:?}", kept.took);
    }

    /// As long as something comes, it is waited for; silence is not.
    #[test]
    fn a_slow_letter_is_waited_for_and_silence_is_not() {
        let slowly = |pause, times| {
            follow(
                &account(None),
                move |command, _| {
                    command.contains("BODY.PEEK").then(|| {
                        let mut said =
                            vec![say(&format!("* 1 FETCH (UID 1 BODY[] {{{times}}}\r\n"))];
                        for _ in 0..times {
                            said.extend([wait(pause), say("x")]);
                        }
                        said.push(say(")\r\nTAG OK\r\n"));
                        said
                    })
                },
                Folder::of(&[1]),
                |kept| kept.watching == 1,
            )
        };
        let kept = slowly(100, 3);
        assert_eq!((kept.ended, kept.uids()), (None, vec![1]));
        assert!(kept.took > Duration::from_secs(290));
        let kept = slowly(130, 3);
        assert_eq!((kept.ended, kept.uids()), (Some(Trouble::Lost), vec![]));
        assert!(kept.took < Duration::from_secs(125));
        // Drop by drop is no way to come to an end either.
        assert_eq!(slowly(100, 900).ended, Some(Trouble::Lost));
    }

    /// A letter that is refused, or left out, or comes empty.
    fn with_a_broken_one(refuses: &'static str, expunges: bool) -> Kept {
        follow(
            &account(None),
            move |command, folder| {
                let broken = command.starts_with("UID FETCH")
                    && command.contains("BODY.PEEK")
                    && folder.wanted(command).contains(&37);
                broken.then(|| {
                    let others: Vec<u32> =
                        folder.wanted(command).into_iter().filter(|uid| *uid != 37).collect();
                    if expunges {
                        folder.letters.remove(&37);
                    }
                    if refuses.contains("TAG") || others.is_empty() {
                        let end = if refuses.contains("TAG") { "" } else { "TAG OK\r\n" };
                        return vec![say(&format!("{refuses}{end}"))];
                    }
                    let others: Vec<String> = others.iter().map(u32::to_string).collect();
                    folder.fetch(
                        &format!("UID FETCH {} (UID BODY.PEEK[])", others.join(",")),
                        refuses,
                    )
                })
            },
            Folder::of(&(1..=120).collect::<Vec<_>>()),
            |kept| kept.watching == 1,
        )
    }

    #[test]
    fn a_letter_the_server_does_not_give_is_counted_and_keeps_nobody_from_the_others() {
        for refuses in
            ["TAG NO broken\r\n", "TAG BAD broken\r\n", "", "* 9 FETCH (UID 37 BODY[] NIL)\r\n"]
        {
            let kept = with_a_broken_one(refuses, false);
            assert_eq!((kept.ended, kept.uids().len()), (None, 119), "{refuses}");
            assert_eq!(kept.letters.get(&37), Some(&Content::Withheld), "{refuses}: counted");
            assert_eq!(kept.place.last_uid, 120);
        }
    }

    #[test]
    fn a_letter_that_vanishes_while_it_is_read_is_not_counted() {
        for refuses in ["TAG NO broken\r\n", ""] {
            let kept = with_a_broken_one(refuses, true);
            assert_eq!((kept.ended, kept.uids().len()), (None, 119), "{refuses}");
            assert_eq!(kept.letters.get(&37), None, "{refuses}");
        }
    }

    #[test]
    fn a_server_that_wants_a_pause_gets_one() {
        for refuses in ["TAG NO [UNAVAILABLE] try again later\r\n", "TAG NO [SERVERBUG] broken\r\n"]
        {
            let kept = with_a_broken_one(refuses, false);
            assert_eq!((kept.ended, kept.place.last_uid), (Some(Trouble::Busy), 0), "{refuses}");
        }
    }

    /// Answers `said` to every `FETCH` of `what` after the first ones.
    fn breaks(
        what: &'static str,
        said: &'static str,
        mut after: u32,
    ) -> impl FnMut(&str, &mut Folder) -> Option<Vec<crate::scripted::Say>> + Send + 'static {
        move |command, _| {
            if !command.contains("FETCH ") || !command.contains(what) {
                return None;
            }
            let holds = after > 0;
            after = after.saturating_sub(1);
            (!holds).then(|| vec![say(said)])
        }
    }

    /// Whatever it says, and however long it goes on: no letter is given up while none is given.
    #[test]
    fn a_bad_hour_of_the_server_costs_no_letter() {
        let (letters, all) = (Folder::of, (1..=250).collect::<Vec<_>>());
        for said in [
            "TAG NO Server Unavailable\r\n",
            "TAG NO [SERVERBUG] broken\r\n",
            "TAG NO try again later\r\n",
            "TAG BAD broken\r\n",
            "TAG OK\r\n",
        ] {
            for (what, failed) in
                [("BODY.PEEK", 0), ("BODY.PEEK", PAUSES), ("RFC822.SIZE", 0), ("FETCH", PAUSES)]
            {
                let kept = Kept { failed, ..Kept::default() };
                let answer = breaks(what, said, 0);
                let kept = follow_from(&account(None), answer, letters(&all), kept, |_| false);
                let came = (kept.ended, kept.letters.len(), kept.place);
                assert_eq!(came, (Some(Trouble::Busy), 0, Place::default()), "{what}: {said}");
                assert_eq!(kept.failed, failed + 1);
                assert!(kept.asked.len() < 60, "{} questions", kept.asked.len());
                let end = |kept: &Kept| kept.watching == 1;
                let kept = follow_from(&account(None), |_, _| None, letters(&all), kept, end);
                assert_eq!((kept.ended, kept.uids()), (None, all.clone()), "{what}: {said}");
            }
        }
    }

    #[test]
    fn what_was_read_before_a_bad_hour_is_kept_and_counts() {
        let all: Vec<u32> = (1..=250).collect();
        for said in ["TAG NO Server Unavailable\r\n", "TAG NO try again later\r\n"] {
            let mut kept = Kept { failed: PAUSES, ..Kept::default() };
            for (failed, until) in [(1, 100), (1, 200), (2, 200)] {
                let answer = breaks("BODY.PEEK", said, u32::from(failed == 1));
                kept = follow_from(&account(None), answer, Folder::of(&all), kept, |_| false);
                let came = (kept.ended, kept.place.last_uid, kept.failed);
                assert_eq!(came, (Some(Trouble::Busy), until, failed), "{said}");
            }
            let end = |kept: &Kept| kept.watching == 1;
            let kept = follow_from(&account(None), |_, _| None, Folder::of(&all), kept, end);
            assert_eq!((kept.ended, kept.uids()), (None, all.clone()), "{said}");
        }
    }

    /// Follows a folder whose letter 3 is refused.
    fn with_3_refused(letters: &[u32], said: &'static str, kept: Kept) -> Kept {
        let watching = kept.watching + 1;
        follow_from(
            &account(None),
            move |command, folder| {
                (command.contains("BODY.PEEK") && folder.wanted(command).contains(&3))
                    .then(|| vec![say(said)])
            },
            Folder::of(letters),
            kept,
            move |kept| kept.watching == watching,
        )
    }

    #[test]
    fn a_letter_that_alone_is_new_is_given_up_when_an_old_one_is_given() {
        let before = || Kept { place: Place { uid_validity: 7, last_uid: 2 }, ..Kept::default() };
        let kept = with_3_refused(&[1, 2, 3], "TAG NO broken\r\n", before());
        assert_eq!((kept.ended, kept.letters.get(&3)), (None, Some(&Content::Withheld)));
        assert_eq!(kept.place.last_uid, 3);
        // With nothing beside it, it is waited for; what comes later tells.
        let kept = with_3_refused(&[3], "TAG NO broken\r\n", before());
        assert_eq!((kept.ended, kept.place.last_uid), (Some(Trouble::Busy), 2));
        let kept = with_3_refused(&[3, 4], "TAG NO broken\r\n", kept);
        assert_eq!((kept.ended, kept.uids(), kept.place.last_uid), (None, vec![4], 4));
        assert_eq!(kept.letters.get(&3), Some(&Content::Withheld));
    }

    #[test]
    fn the_pause_for_one_letter_is_not_made_for_ever() {
        let said = "TAG NO [SERVERBUG] broken\r\n";
        let letters = [1, 2, 3, 4, 5];
        let mut kept = Kept::default();
        for failed in 1..=PAUSES {
            kept = with_3_refused(&letters, said, kept);
            assert_eq!((kept.ended, kept.failed), (Some(Trouble::Busy), failed));
        }
        let often = with_3_refused(&letters, said, kept);
        // Whoever looks in but now and then counts days.
        let late = Kept { behind: Some(DAYS), ..Kept::default() };
        let late = with_3_refused(&letters, said, late);
        for kept in [often, late] {
            assert_eq!((kept.ended, kept.uids(), kept.failed), (None, vec![1, 2, 4, 5], 0));
            assert_eq!(kept.letters.get(&3), Some(&Content::Withheld));
        }
    }

    #[test]
    fn a_withheld_letter_is_asked_for_at_a_few_later_visits() {
        let letters = [1, 2, 3, 4];
        let refused = |kept| with_3_refused(&letters, "TAG NO broken\r\n", kept);
        let again = |kept: &Kept| {
            let single = |asked: &&String| asked.starts_with("UID FETCH 3 (UID RFC822.SIZE)");
            kept.asked.iter().filter(single).count()
        };
        let first = refused(Kept::default());
        assert_eq!((first.ended, first.uids(), again(&first)), (None, vec![1, 2, 4], 0));
        let second = refused(first);
        assert_eq!((second.ended, second.uids(), again(&second)), (None, vec![1, 2, 4], 1));
        let watching = second.watching + 1;
        let end = move |kept: &Kept| kept.watching == watching;
        let third = follow_from(&account(None), |_, _| None, Folder::of(&letters), second, end);
        assert_eq!((third.ended, third.uids(), again(&third)), (None, vec![1, 2, 3, 4], 1));
        assert_eq!((third.place.last_uid, again(&refused(third))), (4, 0));
        let mut kept = refused(Kept::default());
        let mut times = Vec::new();
        for _ in 0..5 {
            kept = refused(kept);
            times.push(again(&kept));
        }
        assert_eq!((kept.ended, times), (None, vec![1, 1, 1, 0, 0]));
    }

    #[test]
    fn a_letter_whose_length_is_not_told_is_counted() {
        for answer in ["TAG NO broken\r\n", "TAG OK\r\n"] {
            let kept = follow(
                &account(None),
                move |command, folder| {
                    (command.contains("RFC822.SIZE") && folder.wanted(command).contains(&2))
                        .then(|| vec![say(answer)])
                },
                Folder::of(&[1, 2, 3]),
                |kept| kept.watching == 1,
            );
            let found = kept.letters.get(&2);
            assert_eq!((kept.ended, found), (None, Some(&Content::Withheld)), "{answer}");
            assert_eq!(kept.uids(), [1, 3], "{answer}");
        }
    }

    #[test]
    fn a_letter_that_is_too_long_is_counted_as_such() {
        let kept = follow(
            &account(None),
            |command, folder| {
                (command.contains("RFC822.SIZE") && folder.wanted(command).contains(&2)).then(
                    || {
                        vec![say("* 1 FETCH (UID 1 RFC822.SIZE 9)\r\n\
                                  * 2 FETCH (UID 2 RFC822.SIZE 33554433)\r\n\
                                  * 3 FETCH (UID 3 RFC822.SIZE 9)\r\nTAG OK\r\n")]
                    },
                )
            },
            Folder::of(&[1, 2, 3]),
            |kept| kept.watching == 1,
        );
        assert_eq!((kept.ended, kept.letters.get(&2)), (None, Some(&Content::TooLong)));
        assert!(matches!(kept.letters.get(&3), Some(Content::Whole(_))));
    }

    #[test]
    fn a_server_that_wants_a_pause_before_it_lets_in_is_no_wrong_password() {
        for (text, trouble) in [
            ("NO [UNAVAILABLE] not now", Trouble::Busy),
            ("NO [LIMIT] Rate limit hit", Trouble::Busy),
            ("NO [INUSE] locked", Trouble::Busy),
            ("NO [OVERQUOTA] full", Trouble::Busy),
            ("NO [ALERT] Too many simultaneous connections. (Failure)", Trouble::Busy),
            ("NO LOGIN login frequency limited", Trouble::Busy),
            ("NO System busy!", Trouble::Busy),
            ("NO Temporary authentication failure", Trouble::Busy),
            ("NO please try again", Trouble::Busy),
            ("NO LOGIN failed", Trouble::Password),
            ("NO [AUTHENTICATIONFAILED] Invalid user, try again", Trouble::Password),
            (
                "NO Login fail. Password is incorrect, login frequency limited, or system is busy",
                Trouble::Password,
            ),
        ] {
            let kept = follow(
                &account(None),
                move |command, _| {
                    command.starts_with("LOGIN").then(|| vec![say(&format!("TAG {text}\r\n"))])
                },
                Folder::default(),
                |_| true,
            );
            assert_eq!(kept.ended, Some(trouble), "{text}");
        }
    }

    /// Old letters stay unread for good, whether or not the server tells the next number, also those that
    /// were put into the folder last.
    #[test]
    fn years_are_not_read_when_only_days_are_asked_for() {
        for hides_next in [false, true] {
            for letters in [&[1, 2, 3][..], &[1, 2, 3, 4, 5, 6]] {
                let mut folder = Folder::of(letters);
                folder.old = [1, 2, 3, 5, 6].into();
                folder.hides_next = hides_next;
                let mut came = false;
                let kept = follow(
                    &account(Some(30)),
                    move |command, folder| {
                        if command == "IDLE" && !came {
                            came = true;
                            folder.add(7);
                            return Some(vec![say("+ idling\r\n* 7 EXISTS\r\n")]);
                        }
                        None
                    },
                    folder,
                    |kept| kept.watching == 2,
                );
                let expected: Vec<u32> =
                    letters.iter().copied().filter(|n| *n == 4).chain([7]).collect();
                assert_eq!((kept.ended, kept.uids()), (None, expected), "{hides_next}");
            }
        }
    }

    #[test]
    fn new_numbers_are_read_from_further_back_than_the_last_success() {
        let since = |behind, place| {
            let before = Kept { behind, place, ..Kept::default() };
            let mut folder = Folder::of(&[1, 2, 3]);
            folder.old = [1].into();
            let kept = follow_from(
                &account(Some(30)),
                |_, _| None,
                folder,
                before,
                |kept| kept.watching == 1,
            );
            assert_eq!((kept.ended, kept.uids()), (None, vec![2, 3]));
            let mut asked = kept.asked.iter().filter_map(|one| one.split_once(" SINCE "));
            asked.next().unwrap().1.to_owned()
        };
        let before = Place { uid_validity: 6, last_uid: 900 };
        assert_eq!(since(Some(60), before), day_before(91).unwrap());
        assert_eq!(since(None, before), day_before(30).unwrap());
        assert_eq!(since(Some(3), Place::default()), day_before(34).unwrap());
    }
}
