//! The vault while it is open.

use super::{
    Desk, Manner,
    announce::Announcer,
    counting,
    look_back::LookBack,
    quiet::Bell,
    recogniser::Recogniser,
    rescreen::{Over, rescreen_after},
};
use crate::{
    ApiError, NoEntropy, Secret, criteria::backtest::Backtested, mailboxes::Mailboxes, media::Door,
    messages::Noticed, phrases::Phrases,
};
use buyerwatch_domain::{BuyerId, Command, Event, Person, PersonId, Stamp, Tag, Timestamp, Trust};
use buyerwatch_matching::BlindKey;
use buyerwatch_vault::{Changes, Cursor, Passphrase, Read, Vault, VaultError, Write, WriteError};
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// What lives from one unlock to the next lock.
pub(crate) struct Session {
    pub(crate) vault: Vault,
    pub(crate) key: BlindKey,
    pub(crate) recogniser: Recogniser,
    pub(crate) announcer: Announcer,
    pub(crate) media: Door,
    pub(crate) quiet: Bell,
    pub(crate) mailboxes: Mailboxes,
    pub(crate) look_back: LookBack,
    pub(crate) phrases: Phrases,
    pub(crate) noticed: Noticed,
    me: Mutex<PersonId>,
    /// Held over every write and the taking-in of what it changed, so that no order is ever
    /// compared with a list that lags behind.
    order: Mutex<()>,
    pub(super) cursor: Mutex<Cursor>,
    ended: AtomicBool,
    folders_watched: AtomicBool,
    mailboxes_watched: AtomicBool,
    /// Alerts changed since the sentry asked last.
    alerts_changed: AtomicBool,
    active: Mutex<(Instant, Timestamp)>,
    /// What trying clauses came to, by job, the newest last. Forgotten with the lock.
    backtests: Mutex<Vec<(String, Backtested)>>,
}

/// Trials whose outcome is kept.
const BACKTESTS_KEPT: usize = 8;

impl Session {
    pub(crate) fn new(desk: &Desk, vault: Vault) -> Result<Self, ApiError> {
        let people: Vec<Person> =
            vault.read(|read| -> Result<_, ApiError> { Ok(read.people()?) })?;
        let last = desk.settings_file().person();
        let me = people
            .iter()
            .find(|person| Some(person.id) == last)
            .or_else(|| people.first())
            .map(|person| person.id)
            .ok_or(VaultError::Damaged(buyerwatch_vault::Part::Table))?;
        Ok(Self {
            key: BlindKey::from_bytes(*vault.blind_key().as_bytes()),
            cursor: Mutex::new(vault.cursor()?),
            vault,
            recogniser: Recogniser::default(),
            announcer: Announcer::default(),
            quiet: Bell::default(),
            mailboxes: Mailboxes::default(),
            look_back: LookBack::default(),
            phrases: Phrases::default(),
            noticed: Noticed::default(),
            media: Door::new(desk.draw(|drawn| drawn)?),
            me: Mutex::new(me),
            order: Mutex::new(()),
            ended: AtomicBool::new(false),
            folders_watched: AtomicBool::new(false),
            mailboxes_watched: AtomicBool::new(false),
            alerts_changed: AtomicBool::new(true),
            active: Mutex::new((Instant::now(), desk.now())),
            backtests: Mutex::default(),
        })
    }

    /// Keeps what trying a clause came to.
    pub(crate) fn keep_backtest(&self, job: String, tried: Backtested) {
        let mut kept = lock(&self.backtests);
        if kept.len() >= BACKTESTS_KEPT {
            kept.remove(0);
        }
        kept.push((job, tried));
    }

    /// What a trial came to, if it is still kept.
    pub(crate) fn kept_backtest(&self, job: &str) -> Option<Backtested> {
        let kept = lock(&self.backtests);
        kept.iter().find(|(of, _)| of == job).map(|(_, tried)| tried.clone())
    }

    /// Whether the vault was locked meanwhile.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    /// Notes whether folders are watched.
    pub(crate) fn note_folders(&self, any: bool) {
        self.folders_watched.store(any, Ordering::Release);
    }

    /// Notes whether mailboxes are watched.
    pub(crate) fn note_mailboxes(&self, any: bool) {
        self.mailboxes_watched.store(any, Ordering::Release);
    }

    /// Whether anything comes in by itself. Known without a look into the vault, for which a lock
    /// must not wait.
    pub(super) fn has_doors(&self) -> bool {
        self.folders_watched.load(Ordering::Acquire)
            || self.mailboxes_watched.load(Ordering::Acquire)
    }

    /// Notes that alerts changed.
    pub(super) fn note_alerts(&self) {
        self.alerts_changed.store(true, Ordering::Release);
    }

    /// Whether alerts changed since this was asked last.
    pub(super) fn alerts_changed(&self) -> bool {
        self.alerts_changed.swap(false, Ordering::AcqRel)
    }

    /// Keeps everybody from writing until dropped.
    pub(super) fn hold(&self) -> MutexGuard<'_, ()> {
        lock(&self.order)
    }

    pub(crate) fn touch(&self, now: Timestamp) {
        *lock(&self.active) = (Instant::now(), now);
    }

    /// Time since a person was last active. The longer of two clocks: one stands still while the
    /// computer sleeps, the other may be set.
    pub(crate) fn idle(&self, now: Timestamp) -> Duration {
        let (at, wall) = *lock(&self.active);
        let by_wall = now.millis().saturating_sub(wall.millis());
        at.elapsed().max(Duration::from_millis(u64::try_from(by_wall).unwrap_or(0)))
    }
}

/// The open vault in the hands of one use case.
#[derive(Clone)]
pub struct Open {
    desk: Desk,
    session: Arc<Session>,
    /// Who asked for this work, where somebody else may work here by the time that it is done.
    by: Option<PersonId>,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Open").finish_non_exhaustive()
    }
}

impl Open {
    pub(crate) const fn new(desk: Desk, session: Arc<Session>) -> Self {
        Self { desk, session, by: None }
    }

    pub(crate) const fn desk(&self) -> &Desk {
        &self.desk
    }

    pub(crate) const fn session(&self) -> &Arc<Session> {
        &self.session
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.session.vault
    }

    pub(crate) fn key(&self) -> &BlindKey {
        &self.session.key
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.desk.now()
    }

    /// The same for work that this person asked for.
    pub(crate) fn asked_by(mut self, person: PersonId) -> Self {
        self.by = Some(person);
        self
    }

    /// Draws a new identity.
    pub(crate) fn draw<T>(&self, make: impl FnOnce([u8; 16]) -> T) -> Result<T, ApiError> {
        self.desk.draw(make)
    }

    /// Who works here, or who asked for this work.
    pub(crate) fn me(&self) -> PersonId {
        self.by.unwrap_or_else(|| *lock(&self.session.me))
    }

    pub(crate) fn set_me(&self, person: PersonId) {
        *lock(&self.session.me) = person;
    }

    pub(crate) fn stamp(&self) -> Stamp {
        Stamp { at: self.now(), actor: self.me() }
    }

    /// Reads from one moment of the vault.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Read<'_>) -> Result<T, VaultError>,
    ) -> Result<T, ApiError> {
        self.still_open()?;
        Ok(self.vault().read(work)?)
    }

    /// Carries out one command.
    pub(crate) fn execute(&self, command: Command) -> Result<Vec<Event>, ApiError> {
        self.write(|tx, stamp| Ok(tx.execute(command, stamp)?))
    }

    /// Writes in one transaction: all of it or nothing. What it changed on the list is held
    /// against the stored orders in the same transaction, so that no listing is ever stored
    /// without the alerts that it means. The list is first brought up to date with what other
    /// programs decided, which none can change while the transaction is open.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&mut Tx<'_, '_>, Stamp) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.still_open()?;
        let order = lock(&self.session.order);
        let stamp = self.stamp();
        let handed_over = Instant::now();
        let mut ended = Vec::new();
        let committed = self.vault().write(|tx| -> Result<T, ApiError> {
            self.follow()?;
            let mut tx = Tx {
                write: tx,
                events: Vec::new(),
                no_longer_trusted: Vec::new(),
                no_longer_apart: Vec::new(),
            };
            let view = work(&mut tx, stamp)?;
            let Tx { write, events, no_longer_trusted, no_longer_apart } = tx;
            ended = no_longer_apart;
            let over = Over { trusts: &no_longer_trusted, pairs: &ended };
            rescreen_after(self, write, &events, over, stamp, handed_over)?;
            counting::mark(write, &events)?;
            counting::mark_ended(self.key(), write, &no_longer_trusted)?;
            // Locked while it was working: as if it had never been asked.
            self.still_open()?;
            Ok(view)
        })?;
        self.take_in(committed.tags.iter().copied().collect(), &committed.events, true);
        drop(order);
        self.look_back(&committed.events, &ended);
        self.count_after(&committed.events);
        Ok(committed.view)
    }

    /// As [`write`](Self::write) for observations, which change nothing on the list.
    pub(crate) fn write_observations<T>(
        &self,
        work: impl FnOnce(&mut Write<'_>, Stamp) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.still_open()?;
        let _order = lock(&self.session.order);
        let stamp = self.stamp();
        let committed = self.vault().write(|tx| -> Result<T, ApiError> {
            self.follow()?;
            let view = work(tx, stamp)?;
            self.still_open()?;
            Ok(view)
        })?;
        self.take_in(committed.tags.iter().copied().collect(), &committed.events, true);
        Ok(committed.view)
    }

    /// Takes in what other programs have committed, and pushes what it made stale.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn follow(&self) -> Result<(), ApiError> {
        // Held until they are taken in: whoever comes second must not find the list behind.
        let mut cursor = lock(&self.session.cursor);
        let (next, changes) = self.vault().changes(cursor.clone())?;
        *cursor = next;
        if changes.foreign {
            let Changes { tags, events, .. } = changes;
            let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
            self.take_in(tags.into_iter().collect(), &events, false);
        }
        Ok(())
    }

    /// After a commit: the list follows, windows are told, people are told.
    fn take_in(&self, tags: Vec<Tag>, events: &[Event], own: bool) {
        self.session.recogniser.absorb(self, events);
        self.session.phrases.absorb(events);
        if tags.contains(&Tag::Alerts) {
            self.session.note_alerts();
        }
        self.desk.stale(tags);
        if self.desk.options().manner == Manner::Attended {
            self.session.announcer.take_in(&self.desk, events, own);
        }
    }

    /// Refuses when the vault was locked since.
    pub(crate) fn still_open(&self) -> Result<(), ApiError> {
        if self.session.has_ended() { Err(ApiError::locked()) } else { Ok(()) }
    }
}

/// A transaction that remembers what was decided in it.
pub(crate) struct Tx<'t, 'w> {
    write: &'t mut Write<'w>,
    events: Vec<Event>,
    no_longer_trusted: Vec<Trust>,
    no_longer_apart: Vec<BuyerId>,
}

impl Tx<'_, '_> {
    /// Decides on a command and records what was decided.
    pub(crate) fn execute(
        &mut self,
        command: Command,
        stamp: Stamp,
    ) -> Result<Vec<Event>, WriteError> {
        let events = self.write.execute(command, stamp)?;
        self.events.extend(events.iter().cloned());
        Ok(events)
    }

    /// Keeps a draft.
    pub(crate) fn set_draft(
        &mut self,
        target: &str,
        content: &str,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        self.write.set_draft(target, Some(content), at)
    }

    /// Has the stored orders of an identity compared with the list, since its trust ends here.
    pub(crate) fn end_trust(&mut self, trust: Trust) {
        self.no_longer_trusted.push(trust);
    }

    /// Has what is stored compared with a buyer, since a "not this buyer" of theirs ends here.
    pub(crate) fn end_pair(&mut self, buyer: BuyerId) {
        self.no_longer_apart.push(buyer);
    }

    /// The same queries as outside, inside the transaction.
    pub(crate) const fn read(&self) -> Read<'_> {
        self.write.read()
    }
}

/// The vault's source of chance is the host.
pub(crate) struct HostEntropy<'a>(pub(crate) &'a Desk);

impl buyerwatch_vault::Entropy for HostEntropy<'_> {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError> {
        self.0.host().random(bytes).map_err(|NoEntropy| VaultError::NoEntropy)
    }
}

/// A typed passphrase in the vault's form.
pub(crate) fn passphrase(secret: &Secret) -> Passphrase {
    Passphrase::new(secret.reveal().to_owned())
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind these locks is replaced whole, so a panic elsewhere leaves it usable.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
