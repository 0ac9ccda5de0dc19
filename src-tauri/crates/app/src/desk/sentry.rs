//! The threads that watch while the vault is open. One asks whether anybody is there, and does
//! nothing else, so that locking never waits for a disk or another program. The other: did another
//! program change something, is an announcement due, has the time come for something.

use super::{Desk, Inner, Open, Session, alarm::Alarm, standing};
use crate::ApiError;
use buyerwatch_vault::ImportState;
use std::{
    sync::{Arc, Weak},
    thread,
    time::{Duration, Instant},
};

/// Between two looks.
const TICK: Duration = Duration::from_millis(100);
/// Imports that are looked at after unlocking.
const RECENT: u32 = 50;
/// Between two questions to the vault.
const FOLLOW: Duration = Duration::from_millis(300);

/// Starts watching over a session. Ends with it.
pub(super) fn start(desk: &Desk, session: &Arc<Session>) {
    let (desk, session) = (Arc::downgrade(&desk.0), Arc::downgrade(session));
    let spawn = |name: &str, work: fn(&Weak<Inner>, &Weak<Session>)| {
        let (desk, session) = (Weak::clone(&desk), Weak::clone(&session));
        thread::Builder::new().name(name.to_owned()).spawn(move || work(&desk, &session))
    };
    // Without them the desk still works; only the idle lock or the news would be missing, so there
    // is no going on: the session ends at once.
    if spawn("idle", lock_when_idle).and_then(|_| spawn("sentry", watch)).is_err() {
        if let Some(desk) = desk.upgrade() {
            Desk(desk).end();
        }
        return;
    }
    // The list is read into memory beside, so that the first paint does not wait for it.
    let _ = thread::Builder::new().name("list".to_owned()).spawn(move || {
        if let (Some(desk), Some(session)) = (desk.upgrade(), session.upgrade()) {
            let open = Open::new(Desk(desk), session);
            let read = open.session().recogniser.ensure(&open);
            let read = read.and_then(|()| interrupt_dead_imports(&open));
            if let Err(error) = read.and_then(|()| open.sweep_evidence()) {
                open.desk().report("list", error);
            }
        }
    });
}

/// Imports that seem to run although the program that ran them is gone are shown as interrupted.
fn interrupt_dead_imports(open: &Open) -> Result<(), ApiError> {
    let (_, newest) = open.read(|read| read.imports(0, RECENT))?;
    if newest.iter().all(|import| import.state != ImportState::Running) {
        return Ok(());
    }
    let owner = open.desk().owner()?;
    open.write_observations(|tx, _| {
        tx.interrupt_imports(|import, name| owner.runs(import, name))?;
        Ok(())
    })
}

fn lock_when_idle(desk: &Weak<Inner>, session: &Weak<Session>) {
    loop {
        thread::sleep(TICK);
        let (Some(desk), Some(session)) = (desk.upgrade(), session.upgrade()) else { return };
        let desk = Desk(desk);
        if session.has_ended() {
            return;
        }
        if desk.lock_in(&session).is_some_and(|left| left.is_zero()) {
            if desk.end() && session.has_doors() {
                standing::tell_of_idle_lock(&desk);
            }
            return;
        }
    }
}

fn watch(desk: &Weak<Inner>, session: &Weak<Session>) {
    let mut followed = Instant::now();
    let mut alarm = Alarm::default();
    loop {
        thread::sleep(TICK);
        let (Some(desk), Some(session)) = (desk.upgrade(), session.upgrade()) else { return };
        let desk = Desk(desk);
        if session.has_ended() {
            return;
        }
        if followed.elapsed() >= FOLLOW {
            let open = Open::new(desk.clone(), Arc::clone(&session));
            if let Err(error) = open.follow().and_then(|()| alarm.ring(&open))
                && error.code != "busy"
            {
                desk.report("follow", error);
            }
            followed = Instant::now();
        }
        session.announcer.tick(&desk);
    }
}

impl Desk {
    /// Time to the idle lock; `None` when it is off.
    pub(crate) fn lock_in(&self, session: &Session) -> Option<Duration> {
        let minutes = u64::from(self.settings().idle_lock_minutes);
        let limit = Duration::from_secs(minutes * 60);
        let watched = self.options().manner == super::Manner::Attended;
        (watched && minutes > 0).then(|| limit.saturating_sub(session.idle(self.now())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Manner, desk::lock, testing::fresh};

    #[test]
    fn the_idle_lock_waits_for_nobody_who_reads_the_vault() {
        let bench = fresh(Manner::Attended);
        let session = bench.desk.session().unwrap();
        let minutes = i64::from(bench.desk.settings().idle_lock_minutes);
        // As while the news of another program are taken in, however long that takes.
        let _cursor = lock(&session.cursor);
        thread::sleep(FOLLOW + 3 * TICK);
        bench.host.advance(minutes * 60_000);
        let begun = Instant::now();
        while !session.has_ended() {
            assert!(begun.elapsed() < Duration::from_secs(30), "it never locked");
            thread::sleep(TICK);
        }
    }
}
