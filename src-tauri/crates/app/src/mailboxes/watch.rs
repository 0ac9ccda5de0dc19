//! Watches every mailbox while the vault is open, each on a thread of its own.

use super::{reading::Reading, stored, trust};
use crate::{
    ApiError, Open,
    desk::{Desk, Inner, Session, lock},
};
use buyerwatch_domain::{MailboxId, Timestamp};
use buyerwatch_mailbox::{State, Stop, watch};
use buyerwatch_vault::MailboxRow;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use zeroize::Zeroizing;

/// Between two looks at whether the vault is still open.
const TICK: Duration = Duration::from_millis(100);
/// Between two looks at whether another program added or removed one.
const LOOK: Duration = Duration::from_secs(5);
/// After how long one is begun again whose letters could not be stored.
const AGAIN: Duration = Duration::from_secs(10);

/// Where a mailbox stands, and when it is tried again.
type Stand = (State, Option<Timestamp>);

/// Where mailboxes stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Lives(Arc<Mutex<HashMap<MailboxId, Stand>>>);

impl Lives {
    pub(super) fn note(&self, id: MailboxId, state: State, now: Timestamp) {
        let next = match state {
            State::Waiting { wait, .. } => {
                let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                Some(Timestamp::from_millis(now.millis().saturating_add(wait)))
            }
            _ => None,
        };
        lock(&self.0).insert(id, (state, next));
    }
}

/// The mailboxes that are watched in a session.
#[derive(Debug, Default)]
pub struct Mailboxes {
    lives: Lives,
    stops: Mutex<HashMap<MailboxId, Stop>>,
    changed: AtomicBool,
}

impl Mailboxes {
    /// Where a mailbox stands, and when it is tried again.
    pub(super) fn state(&self, id: MailboxId) -> Option<Stand> {
        lock(&self.lives.0).get(&id).copied()
    }

    /// Mailboxes were added or removed.
    pub(super) fn look(&self) {
        self.changed.store(true, Ordering::Release);
    }

    /// Tries a mailbox now that waits for its next try.
    pub(super) fn try_now(&self, id: MailboxId) {
        if let Some(stop) = lock(&self.stops).get(&id) {
            stop.try_now();
        }
    }

    /// Begins anew with what is stored of a mailbox by now.
    pub(super) fn again(&self, id: MailboxId) {
        if let Some(stop) = lock(&self.stops).remove(&id) {
            stop.stop();
        }
        self.look();
    }
}

/// Starts watching the mailboxes of a session. Ends with it.
pub(crate) fn start(desk: &Desk, session: &Arc<Session>) {
    let (desk, session) = (desk.downgrade(), Arc::downgrade(session));
    let _ =
        thread::Builder::new().name("mailboxes".to_owned()).spawn(move || work(&desk, &session));
}

impl Open {
    /// Watches the mailboxes from now on until the vault is locked, as a window does by itself.
    pub fn watch_mailboxes(&self) {
        start(self.desk(), self.session());
    }
}

/// A mailbox that is read, with what its thread was given: another program may change that.
struct Watched {
    stop: Stop,
    thread: JoinHandle<()>,
    checked_by: Option<String>,
    password: Zeroizing<String>,
}

impl Watched {
    fn is_as_stored(&self, row: &MailboxRow) -> bool {
        row.auth_server == self.checked_by && row.password == self.password
    }
}

type Threads = HashMap<MailboxId, Watched>;

fn work(desk: &Weak<Inner>, session: &Weak<Session>) {
    let mut threads = Threads::new();
    let mut looked: Option<Instant> = None;
    loop {
        let gone = {
            let (inner, session) = (desk.upgrade(), session.upgrade());
            match (inner, session) {
                (Some(inner), Some(session)) if !session.has_ended() => {
                    let changed = session.mailboxes.changed.swap(false, Ordering::AcqRel);
                    if changed || looked.is_none_or(|at| at.elapsed() >= LOOK) {
                        looked = Some(Instant::now());
                        let open = Open::new(Desk::of(inner), session);
                        if let Err(error) = look(&open, &mut threads)
                            && !matches!(&*error.code, "locked" | "busy")
                        {
                            open.desk().report("mailboxes", error);
                        }
                    }
                    false
                }
                _ => true,
            }
        };
        if gone {
            // They hold nothing of the vault while they wait for their servers.
            threads.into_values().for_each(|watched| watched.stop.stop());
            return;
        }
        thread::sleep(TICK);
    }
}

/// Whether a mailbox that waits here for its next try was read by another program since it began to wait.
fn waits_for_nothing(row: &MailboxRow, stand: Option<Stand>) -> bool {
    let Some((State::Waiting { wait, .. }, Some(next))) = stand else { return false };
    let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
    let began = Timestamp::from_millis(next.millis().saturating_sub(wait));
    row.error.is_none() && row.last_success.is_some_and(|success| success > began)
}

fn look(open: &Open, threads: &mut Threads) -> Result<(), ApiError> {
    let rows = open.read(|read| read.mailboxes())?;
    open.session().note_mailboxes(!rows.is_empty());
    let mailboxes = &open.session().mailboxes;
    threads.retain(|id, watched| {
        let row = rows.iter().find(|row| row.id == *id);
        let wanted = row.is_some();
        let as_told = row.is_none_or(|row| watched.is_as_stored(row));
        let Watched { stop, thread, .. } = watched;
        let asked = lock(&mailboxes.stops).contains_key(id) && as_told;
        if !wanted || !asked {
            stop.stop();
            lock(&mailboxes.stops).remove(id);
        }
        if !wanted {
            lock(&mailboxes.lives.0).remove(id);
        }
        wanted && asked && !thread.is_finished()
    });
    for row in rows {
        if let Some(watched) = threads.get(&row.id) {
            if waits_for_nothing(&row, mailboxes.state(row.id)) {
                watched.stop.try_now();
            }
            continue;
        }
        let stop = Stop::default();
        lock(&mailboxes.stops).insert(row.id, stop.clone());
        let mut reading = Reading::new(open, &row, mailboxes.lives.clone(), false);
        let (account, until) = (stored(&row), stop.clone());
        let checked_by = row.auth_server.clone();
        let spawned = thread::Builder::new().name("mailbox".to_owned()).spawn(move || {
            let trust = trust(row.authority.as_deref());
            let _ = watch(&account, &trust, &mut reading, &until);
            if reading.outcome.error.is_some() {
                // What kept letters from being stored may pass.
                thread::sleep(AGAIN);
            }
        });
        if let Ok(thread) = spawned {
            let password = row.password;
            threads.insert(row.id, Watched { stop, thread, checked_by, password });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner, Secret,
        mailboxes::{MailSecurity, MailboxAccess, add::AddMailbox},
        testing::fresh,
    };
    use buyerwatch_mailbox::Trouble;

    #[test]
    fn what_another_program_could_read_waits_no_longer_here() {
        let bench = fresh(Manner::Unattended);
        let access = MailboxAccess {
            host: "no-such-host.invalid".to_owned(),
            port: 993,
            security: MailSecurity::Tls,
            user: "shop@example.com".to_owned(),
            password: Secret::new("seven-otters".to_owned()),
            folder: None,
            authority_pem: None,
        };
        let add = AddMailbox { access, first_days: None, auth_server: None };
        let id: MailboxId = bench.desk.mailboxes_add(add).unwrap().id.parse().unwrap();
        let open = bench.desk.open().unwrap();
        let waits = State::Waiting { trouble: Trouble::Lost, wait: Duration::from_secs(300) };
        let next = |now: i64| Some(Timestamp::from_millis(now + 300_000));
        let begun = bench.desk.open().unwrap().now().millis();
        let set = |error: Option<&str>| {
            open.write_observations(|tx, stamp| Ok(tx.set_mailbox_state(id, error, stamp.at)?))
        };
        let row = || open.read(|read| read.mailboxes()).unwrap().remove(0);
        set(Some("mail_lost")).unwrap();
        assert!(!waits_for_nothing(&row(), Some((waits, next(begun)))), "nobody could");
        // As the other program notes it.
        bench.host.advance(1_000);
        set(None).unwrap();
        assert!(waits_for_nothing(&row(), Some((waits, next(begun)))));
        assert!(!waits_for_nothing(&row(), Some((waits, next(begun + 1_000)))), "it was before");
        assert!(!waits_for_nothing(&row(), Some((State::Watching, None))));
        assert!(!waits_for_nothing(&row(), None));
    }
}
