//! Work that nobody waits for, on one thread while the vault is open: counting what a decision or a newer
//! program made due, taking out what may not be kept any longer, small pictures of what was taken in, and comparing stored evidence with what was taken in, a little at a time, so that all
//! of it is looked at within thirty days. Gives way to everything else and stops at the lock.

use super::{Desk, Inner, Open, Session, Stopped};
use crate::{
    ApiError, Nothing,
    exhibits::{clear_away, thumbnails, verify},
    retention, trust,
};
use buyerwatch_domain::{BlobId, Timestamp};
use buyerwatch_vault::StoredFile;
use std::{
    collections::{BTreeSet, HashSet},
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Between two looks at whether there is something to do.
const TICK: Duration = Duration::from_millis(250);
/// Other programs take evidence in, too, and nobody says so here.
const LOOK: Duration = Duration::from_secs(30);
/// Small pictures that are made before the next look.
const PICTURES: u32 = 8;
/// The first comparison waits until the start is over.
const SETTLE: Duration = Duration::from_secs(120);
/// Between two comparisons.
const PAUSE: Duration = Duration::from_secs(300);
/// Days after which a file is compared again: early enough that thirty are kept.
const DUE_DAYS: i64 = 21;
/// Days within which every file is compared.
const COVER_DAYS: i64 = 30;
/// Between two times that outlived plaintext is taken out.
const RETAIN: Duration = Duration::from_hours(6);
/// Days back in which a trust, or a "not this buyer", may have expired without a program that noticed.
const EXPIRED_DAYS: i64 = 60;
/// Part of all bytes that is compared at a time while there is no hurry. At one part every five
/// minutes all of them take three working days of an open window.
const PARTS: u64 = 300;
/// Comparisons that even a short day has: half an hour of an open window.
const A_DAY: u64 = 6;
/// Between two times that what was compared is recorded.
const RECORD: Duration = Duration::from_secs(5);
/// Bytes that are compared at a time at least.
const LEAST: u64 = 64 << 20;

/// A bell for the quiet worker.
#[derive(Debug, Default)]
pub(crate) struct Bell(AtomicBool);

impl Bell {
    /// Says that something was taken in.
    pub(crate) fn poke(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn rung(&self) -> bool {
        self.0.swap(false, Ordering::AcqRel)
    }
}

/// Starts the worker of a session. Ends with it. Without it nothing is lost but small pictures.
pub(super) fn start(desk: &Desk, session: &Arc<Session>) {
    let (desk, session) = (Arc::downgrade(&desk.0), Arc::downgrade(session));
    let _ = thread::Builder::new().name("quiet".to_owned()).spawn(move || work(&desk, &session));
}

fn work(desk: &Weak<Inner>, session: &Weak<Session>) {
    let mut looked: Option<Instant> = None;
    let mut compare = Instant::now() + SETTLE;
    let mut retain = Instant::now() + SETTLE;
    // What expired while no program ran is looked at once.
    let mut trusted: Option<Timestamp> = None;
    // Whether what waits was worked out by the rules of this program.
    let mut ruled = false;
    // Tried in this session and to be tried again in the next.
    let mut left: HashSet<BlobId> = HashSet::new();
    loop {
        thread::sleep(TICK);
        let (Some(desk), Some(session)) = (desk.upgrade(), session.upgrade()) else { return };
        if session.has_ended() {
            return;
        }
        let open = Open::new(Desk(desk), session);
        let due = open.session().quiet.rung() || looked.is_none_or(|at| at.elapsed() >= LOOK);
        let done = if due {
            looked = Some(Instant::now());
            let now = open.now();
            let since = trusted.unwrap_or_else(|| now.plus_days(-EXPIRED_DAYS));
            let expired = trust::remove::expired(&open, since, now)
                .and_then(|()| trust::restore_pair::expired(&open, since, now));
            if expired.is_ok() {
                trusted = Some(now);
            }
            let recounted = if ruled { Ok(()) } else { open.recount_by_new_rules().map(drop) };
            ruled |= recounted.is_ok();
            let counted = expired.and(recounted).and_then(|()| open.count_due());
            pictures(&open, &mut left).and(counted.map(drop))
        } else if Instant::now() >= retain && !open.desk().board().is_busy() {
            retain = Instant::now() + RETAIN;
            retention::run::run(&open, Nothing {}).map(drop)
        } else if Instant::now() >= compare && !open.desk().board().is_busy() {
            compare = Instant::now() + PAUSE;
            scrub(&open)
        } else {
            Ok(())
        };
        if let Err(error) = done
            && !matches!(&*error.code, "locked" | "busy")
        {
            open.desk().report("quiet", error);
        }
    }
}

/// Makes small pictures that are missing.
fn pictures(open: &Open, left: &mut HashSet<BlobId>) -> Result<(), ApiError> {
    loop {
        // Those that were left stay in the list, so it must be longer than they are many.
        let limit = PICTURES.saturating_add(u32::try_from(left.len()).unwrap_or(u32::MAX));
        let missing = open.read(|read| read.without_thumbnail(limit))?;
        let fresh: Vec<_> = missing.into_iter().filter(|(blob, _)| !left.contains(blob)).collect();
        if fresh.is_empty() {
            return Ok(());
        }
        for (blob, media_type) in fresh {
            open.still_open()?;
            // One that fails keeps nobody from the others.
            if !matches!(thumbnails::make(open, blob, &media_type), Ok(Ok(()))) {
                left.insert(blob);
            }
        }
    }
}

/// Compares the part of the stored evidence that was not looked at for longest.
pub(crate) fn scrub(open: &Open) -> Result<(), ApiError> {
    let files = open.read(|read| read.stored_files())?;
    let mut found = Vec::new();
    let mut recorded = Instant::now();
    for file in portion(&files, open.now()) {
        // Gives way as soon as somebody wants something done.
        let outcome = verify::check(open, file, &mut |_| {
            thread::yield_now();
            !open.desk().board().is_busy()
        });
        match outcome {
            Ok(damage) => found.push((file.blob, damage)),
            Err(Stopped::Cancelled) => break,
            Err(stopped) => {
                // What was compared before counts; after the lock this is refused as well.
                let _ = verify::record(open, &found, verify::Occasion::Scrub);
                return Err(stopped.into_error());
            }
        }
        // A lock or a kill takes away the last few seconds only.
        if recorded.elapsed() >= RECORD {
            verify::record(open, &std::mem::take(&mut found), verify::Occasion::Scrub)?;
            recorded = Instant::now();
        }
    }
    verify::record(open, &found, verify::Occasion::Scrub)
}

/// What is due, those first that were not compared for longest: a part of all bytes, or as much as the
/// days ask for that are left of the thirty, and at least one file. What was compared in the future was
/// compared under a wrong clock: nobody knows when.
fn portion(files: &[StoredFile], now: Timestamp) -> Vec<&StoredFile> {
    let before = now.plus_days(-DUE_DAYS);
    let due: Vec<_> = files
        .iter()
        .filter(|file| file.verified_at.is_none_or(|at| at < before || at > now))
        .collect();
    let all: u64 = files.iter().map(|file| file.bytes).sum();
    let open: u64 = due.iter().map(|file| file.bytes).sum();
    let oldest = due.iter().filter_map(|file| file.verified_at).filter(|at| *at <= now).min();
    let left =
        oldest.map_or(COVER_DAYS - DUE_DAYS, |at| days_between(now, at.plus_days(COVER_DAYS)));
    let in_time = open / u64::try_from(left).unwrap_or(0).saturating_mul(A_DAY).max(1);
    let budget = (all / PARTS).max(in_time).max(LEAST);
    let mut taken: u64 = 0;
    due.into_iter()
        .take_while(|file| {
            // One that is larger than all that was left of the room is begun nevertheless: one file a
            // time would be too few when there are many.
            let room = taken < budget;
            taken = taken.saturating_add(file.bytes.max(1));
            room
        })
        .collect()
}

/// Whole days from one instant to a later one; 0 when it has passed.
fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    (to.millis() - from.millis()).max(0) / DAY
}

impl Open {
    /// Clears away evidence files that a break left behind and nothing names. While the record ends
    /// earlier than is remembered, only unfinished ones: the missing part may name the others.
    /// Finishes exports that were recorded, and removes the others.
    ///
    /// # Errors
    /// When the vault or its folder cannot be read.
    pub(crate) fn sweep_evidence(&self) -> Result<(), ApiError> {
        let named: std::cell::OnceCell<Option<BTreeSet<BlobId>>> = std::cell::OnceCell::new();
        // Asked while nobody can store a file; what cannot be read is left alone.
        let look = || {
            self.vault().ends_as_remembered().ok().filter(|whole| *whole)?;
            self.read(|read| read.blobs_in_use()).ok()
        };
        let referenced =
            |blob: BlobId| named.get_or_init(look).as_ref().map(|named| named.contains(&blob));
        let swept = self.vault().blobs().sweep(&referenced)?;
        if !swept.unreferenced.is_empty() {
            self.write_observations(|tx, _| Ok(tx.forget_unused_files()?))?;
        }
        clear_away(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(n: u8, bytes: u64, days_ago: Option<i64>, now: Timestamp) -> StoredFile {
        StoredFile {
            blob: BlobId::from_bytes([n; 32]),
            sha256: "0f".repeat(32),
            bytes,
            verified_at: days_ago.map(|days| now.plus_days(-days)),
        }
    }

    #[test]
    fn everything_is_looked_at_in_turn_and_nothing_twice() {
        let now = Timestamp::from_millis(1_790_000_000_000);
        let (small, large) = (1 << 20, 40 << 30);
        // Alone it is larger than a part, and still its turn comes.
        let files =
            [file(1, large, None, now), file(2, small, None, now), file(3, small, Some(1), now)];
        let taken: Vec<_> = portion(&files, now).iter().map(|file| file.blob).collect();
        assert_eq!(taken, [files[0].blob]);
        let files = [file(2, small, None, now), file(3, small, Some(30), now)];
        assert_eq!(portion(&files, now).len(), 2);
        let files = [file(1, small, Some(2), now)];
        assert!(portion(&files, now).is_empty());
        let files = [file(1, small, Some(-400), now)];
        assert_eq!(portion(&files, now).len(), 1, "compared in the future");
        // Equal files: a part of them at a time, so that all are covered in so many parts.
        let files: Vec<_> = (0..=255).map(|n| file(n, 1 << 30, None, now)).collect();
        assert_eq!(portion(&files, now).len(), 256usize.div_ceil(9 * 6));
    }

    /// Half an hour a day, never at a weekend, is enough for all of it to be compared every thirty days,
    /// however it came in.
    #[test]
    fn short_days_cover_everything_in_thirty() {
        let start = Timestamp::from_millis(1_790_000_000_000);
        let sizes = [40 << 30, 4 << 30, 3 << 20, 700 << 20, 0, 90 << 10];
        // All on one day, as after a check of everything; and a few more each day.
        let mut files: Vec<_> =
            (0..200).map(|n| file(n, sizes[usize::from(n) % 6], Some(0), start)).collect();
        let mut known = 200u8;
        for day in 1..=120 {
            let morning = start.plus_days(day);
            if day % 3 == 0 && known < 240 {
                let bytes = sizes[usize::from(known) % 6];
                files.push(StoredFile {
                    verified_at: Some(morning),
                    ..file(known, bytes, None, start)
                });
                known += 1;
            }
            if day % 7 > 4 {
                continue;
            }
            for _ in 0..A_DAY {
                files.sort_by_key(|file| file.verified_at);
                let taken: Vec<_> = portion(&files, morning).iter().map(|file| file.blob).collect();
                for file in files.iter_mut().filter(|file| taken.contains(&file.blob)) {
                    file.verified_at = Some(morning);
                }
            }
            let oldest = files.iter().filter_map(|file| file.verified_at).min().unwrap();
            assert!(oldest.plus_days(COVER_DAYS) >= morning, "day {day}: since {oldest}");
        }
    }
}
