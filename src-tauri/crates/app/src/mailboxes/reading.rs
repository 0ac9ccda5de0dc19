//! The door through which the letters of a mailbox come in.

use super::{stored, trust, watch::Lives};
use crate::{
    ApiError, Desk, Open,
    desk::{Inner, Session},
    imports::MailboxImport,
};
use buyerwatch_domain::{AlertId, MailboxId, Refusal, Tier, Timestamp};
use buyerwatch_mailbox::{Door, Go, Letter, Place, State, Stop, watch};
use buyerwatch_vault::MailboxRow;
use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

/// Between two words to open windows of how far a reading is.
const TELL: Duration = Duration::from_millis(500);
/// How long somebody else may write before it is tried again.
const BUSY: Duration = Duration::from_millis(200);
const TRIES: u32 = 100;
/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Letters of one mailbox on their way in. Holds the vault only while it writes: a lock must not wait for
/// a server.
pub(super) struct Reading {
    desk: Weak<Inner>,
    session: Weak<Session>,
    id: MailboxId,
    /// The address, under which the record of a day stands.
    name: String,
    /// Whose word on senders counts.
    checked_by: Option<String>,
    import: Option<(i64, MailboxImport)>,
    lives: Lives,
    told: Instant,
    /// Ends when everything was read once.
    once: bool,
    /// How far it was read, as it was known last.
    place: Place,
    pub(super) outcome: Outcome,
}

/// What a reading came to.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) letters: u64,
    pub(super) alerts: Vec<(AlertId, Tier)>,
    pub(super) error: Option<ApiError>,
}

/// What reading a mailbox once came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synced {
    /// Letters that were new in the mailbox.
    pub letters: u64,
    /// Alerts they raised.
    pub alerts: u64,
    /// Possible matches they showed.
    pub possible: u64,
}

impl Reading {
    pub(super) fn new(open: &Open, row: &MailboxRow, lives: Lives, once: bool) -> Self {
        Self {
            desk: open.desk().downgrade(),
            session: Arc::downgrade(open.session()),
            id: row.id,
            name: row.user.clone(),
            place: place_of(row),
            checked_by: row.auth_server.clone(),
            import: None,
            lives,
            told: Instant::now(),
            once,
            outcome: Outcome::default(),
        }
    }

    fn open(&self) -> Option<Open> {
        let open = Open::new(Desk::of(self.desk.upgrade()?), self.session.upgrade()?);
        open.still_open().is_ok().then_some(open)
    }

    /// The mailbox as it stands in the vault, and the time.
    fn row(&self) -> Option<(MailboxRow, Timestamp)> {
        let open = self.open()?;
        let rows = open.read(|read| read.mailboxes()).unwrap_or_default();
        Some((rows.into_iter().find(|row| row.id == self.id)?, open.now()))
    }

    /// Does something with the vault; stops at the lock and when it cannot be written.
    fn with(&mut self, work: impl Fn(&mut Self, &Open) -> Result<(), ApiError>) -> Go {
        for _ in 0..TRIES {
            let Some(open) = self.open() else { return Go::Stop };
            match work(self, &open) {
                Ok(()) => return Go::On,
                Err(error) if error.code == "busy" => std::thread::sleep(BUSY),
                Err(error) if error.code == "locked" => return Go::Stop,
                Err(error) => {
                    self.outcome.error = Some(open.desk().report("mailbox", error));
                    return Go::Stop;
                }
            }
        }
        Go::Stop
    }

    fn take_in(&mut self, open: &Open, letters: &[Letter], place: Place) -> Result<(), ApiError> {
        let (id, count) = (self.id, letters.len() as u64);
        let keep = |tx: &mut buyerwatch_vault::Write<'_>| {
            Ok(tx.set_mailbox_place(id, place.uid_validity, place.last_uid, count)?)
        };
        if letters.is_empty() {
            return open.write_observations(|tx, _| keep(tx));
        }
        // A record a day; those of the last day end with it.
        let day = open.now().millis().div_euclid(DAY);
        if self.import.as_ref().is_some_and(|(of, _)| *of != day) {
            self.end_import(open)?;
        }
        if self.import.is_none() {
            let key =
                blake3::derive_key("buyerwatch/1/mailbox-day", open.vault().blind_key().as_bytes());
            let mut hash = blake3::Hasher::new_keyed(&key);
            hash.update(self.id.as_bytes()).update(&day.to_le_bytes());
            let fingerprint = *hash.finalize().as_bytes();
            let import = open.begin_mailbox(&self.name, &fingerprint)?;
            self.import = Some((day, import.checked_by(self.checked_by.clone())));
        }
        let Some((_, import)) = &mut self.import else { return Ok(()) };
        let contents = letters.iter().map(|letter| letter.content.clone()).collect();
        let alerts = open.take_mailbox(import, contents, keep)?;
        self.outcome.letters += count;
        self.outcome.alerts.extend(alerts);
        Ok(())
    }

    fn end_import(&mut self, open: &Open) -> Result<(), ApiError> {
        match self.import.take() {
            Some((_, import)) => open.end_mailbox(import),
            None => Ok(()),
        }
    }
}

/// How far a mailbox was read.
fn place_of(row: &MailboxRow) -> Place {
    Place { uid_validity: row.uid_validity, last_uid: row.last_uid }
}

impl Door for Reading {
    fn place(&mut self) -> Place {
        // A vault that cannot be read for a moment does not send the reading back to the beginning.
        if let Some((row, _)) = self.row() {
            self.place = place_of(&row);
        }
        self.place
    }

    fn withheld(&mut self) -> String {
        self.row().and_then(|(row, _)| row.withheld).unwrap_or_default()
    }

    fn hold(&mut self, withheld: &str) {
        self.with(|this, open| {
            let id = this.id;
            open.write_observations(|tx, _| Ok(tx.set_mailbox_withheld(id, withheld)?))
        });
    }

    fn days_behind(&mut self) -> Option<u32> {
        let (row, now) = self.row()?;
        let since = row.last_success.unwrap_or(row.added_at);
        let days = now.millis().saturating_sub(since.millis()).div_euclid(DAY);
        Some(u32::try_from(days).unwrap_or(0))
    }

    fn take(&mut self, letters: Vec<Letter>, place: Place) -> Go {
        self.with(|this, open| this.take_in(open, &letters, place))
    }

    fn state(&mut self, state: State) -> Go {
        let Some(open) = self.open() else { return Go::Stop };
        self.lives.note(self.id, state, open.now());
        let error = match state {
            State::Watching => None,
            State::Waiting { trouble, .. } => Some(trouble),
            State::Connecting | State::Reading { .. } => {
                if self.told.elapsed() >= TELL {
                    self.told = Instant::now();
                    open.desk().stale([buyerwatch_domain::Tag::Imports]);
                }
                return Go::On;
            }
        };
        drop(open);
        let code = error.map(buyerwatch_mailbox::Trouble::code);
        let noted = self.with(|this, open| {
            this.end_import(open)?;
            let id = this.id;
            open.write_observations(|tx, stamp| Ok(tx.set_mailbox_state(id, code, stamp.at)?))
        });
        if self.once {
            self.outcome.error = self.outcome.error.take().or(error.map(ApiError::from));
            return Go::Stop;
        }
        noted
    }
}

impl Open {
    /// Reads what is new in every mailbox, once. What is wrong with one is noted with it and keeps nobody
    /// from the others.
    ///
    /// # Errors
    /// When the vault is locked or cannot be read.
    pub fn sync_mailboxes(&self) -> Result<(), ApiError> {
        for row in self.read(|read| read.mailboxes())? {
            if let Err(error) = self.sync_mailbox(row.id)
                && error.code == "locked"
            {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Reads what is new in a mailbox, once, and waits for the end.
    ///
    /// # Errors
    /// `not_found`, whatever is wrong on the way to the mailbox, or the vault cannot be written.
    pub fn sync_mailbox(&self, id: MailboxId) -> Result<Synced, ApiError> {
        let rows = self.read(|read| read.mailboxes())?;
        let row = rows.into_iter().find(|row| row.id == id).ok_or(Refusal::NotFound("mailbox"))?;
        let mut reading = Reading::new(self, &row, Lives::default(), true);
        let trust = trust(row.authority.as_deref());
        watch(&stored(&row), &trust, &mut reading, &Stop::default())?;
        let Outcome { letters, alerts, error } = reading.outcome;
        if let Some(error) = error {
            return Err(error);
        }
        let count = |tier| alerts.iter().filter(|(_, of)| *of == tier).count() as u64;
        Ok(Synced { letters, alerts: count(Tier::Alert), possible: count(Tier::Possible) })
    }
}
