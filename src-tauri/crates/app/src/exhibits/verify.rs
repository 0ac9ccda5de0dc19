//! Compares stored evidence with what was taken in.

use super::start::StartedJobs;
use crate::{
    ApiError, Open,
    desk::{JobSlot, Progress, Stopped, Work},
    view::VerifyCounts,
};
use buyerwatch_domain::{BlobId, Command, ExhibitId, Purpose, Refusal, Timestamp};
use buyerwatch_vault::{BlobError, Damage, Read, StoredFile, VaultError};
use serde::Deserialize;
use std::{
    num::NonZero,
    ops::ControlFlow,
    sync::{
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
        mpsc::{self, TrySendError},
    },
    thread,
    time::{Duration, Instant},
};
use ts_rs::TS;

/// How much to compare.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct VerifyExhibits {
    /// Per cent of the stored files, 1 to 100; all when left out. A check that was interrupted goes
    /// on when the same is asked again.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sample_percent: Option<u32>,
    /// Whether an interrupted check is given up and everything is read again.
    #[serde(default)]
    pub fresh: bool,
}

pub(crate) fn run(open: &Open, request: VerifyExhibits) -> Result<StartedJobs, ApiError> {
    let percent = share(request.sample_percent)?;
    if request.fresh {
        open.forget_check()?;
    }
    let desk = open.desk();
    let job = desk.board().queue(desk, Work::Verify { percent }, Instant::now())?;
    Ok(StartedJobs { jobs: vec![job] })
}

fn share(percent: Option<u32>) -> Result<u32, ApiError> {
    let percent = percent.unwrap_or(100);
    if (1..=100).contains(&percent) {
        return Ok(percent);
    }
    Err(Refusal::OutOfRange { field: "sample_percent", min: 1, max: 100 }.into())
}

/// Compares as a job.
pub(crate) fn job(open: &Open, slot: &JobSlot, percent: u32) -> Result<(), Stopped> {
    let verified = open.verify_exhibits(Some(percent), &mut |progress, counts| {
        slot.verified(counts);
        slot.progress(open.desk(), progress, None);
        !slot.is_cancelled()
    })?;
    slot.verified(verified.counts);
    Ok(())
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Stored files compared. Contents that several exhibits share count once.
    pub counts: VerifyCounts,
    /// Exhibits compared.
    pub exhibits: u64,
    /// Exhibits that are not as they were taken in, each with what is wrong.
    pub damaged: Vec<(ExhibitId, String)>,
}

/// Results that are recorded together, and how long they wait at most: what is recorded need not be
/// done again after a break.
const BATCH: usize = 64;
const WAIT: Duration = Duration::from_secs(5);

impl Open {
    /// Gives up an interrupted check: the next one reads everything.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn forget_check(&self) -> Result<(), ApiError> {
        self.write_observations(|tx, _| Ok(tx.end_verify()?))
    }

    /// Compares stored evidence, or a share of it, with what was taken in, and records what it finds.
    /// Goes on with an unfinished check of the same share.
    ///
    /// # Errors
    /// [`Stopped`]: by `watch`, by a lock, or the vault or disk failed.
    pub fn verify_exhibits(
        &self,
        percent: Option<u32>,
        watch: &mut dyn FnMut(Progress, VerifyCounts) -> bool,
    ) -> Result<Verified, Stopped> {
        let percent = share(percent)?;
        let (began, now) = self
            .write_observations(|tx, stamp| Ok((tx.begin_verify(percent, stamp.at)?, stamp.at)))?;
        let files = sample(self.read(|read| read.stored_files())?, percent, began);
        // What a clock that was ahead says about the future says nothing.
        let done =
            |file: &StoredFile| file.verified_at.is_some_and(|at| (began..=now).contains(&at));
        // Found by the part of the check that ran before a break.
        let marked = self.read(|read| {
            files.iter().filter(|file| done(file)).try_fold(0, |sum, file| {
                Ok(sum + u64::from(damage_on(read, file.blob)?.next().is_some()))
            })
        })?;
        let mut counts = VerifyCounts {
            total: files.len() as u64,
            checked: files.iter().filter(|file| done(file)).count() as u64,
            damaged: marked,
            before: files.iter().filter(|file| done(file)).count() as u64,
            began_at: began,
        };
        let mut progress = Progress {
            bytes: files.iter().filter(|file| done(file)).map(|file| file.bytes).sum(),
            bytes_total: Some(files.iter().map(|file| file.bytes).sum()),
            ..Progress::default()
        };
        let mut found = Vec::new();
        let mut since = Instant::now();
        if !watch(progress, counts) {
            return Err(Stopped::Cancelled);
        }
        let todo: Vec<_> = files.iter().filter(|file| !done(file)).collect();
        let before = progress.bytes;
        let mut finished: u64 = 0;
        let ended = compare_all(self, &todo, &mut |step| {
            match step {
                Step::Read(bytes) => {
                    progress.bytes = before.saturating_add(finished).saturating_add(bytes);
                }
                Step::Compared(file, damage) => {
                    counts.checked += 1;
                    counts.damaged += u64::from(damage.is_some());
                    finished = finished.saturating_add(file.bytes);
                    found.push((file.blob, damage));
                    if found.len() >= BATCH || since.elapsed() >= WAIT {
                        record(self, &std::mem::take(&mut found), Occasion::Asked)?;
                        since = Instant::now();
                    }
                }
            }
            Ok(watch(progress, counts))
        });
        progress.bytes = before.saturating_add(finished);
        // What was compared before a break counts.
        record(self, &found, Occasion::Asked)?;
        ended?;
        self.write_observations(|tx, _| Ok(tx.end_verify()?))?;
        let mut verified = Verified { counts, exhibits: 0, damaged: Vec::new() };
        self.read(|read| {
            for file in &files {
                verified.exhibits += read.exhibits_on(file.blob)?.len() as u64;
                verified.damaged.extend(damage_on(read, file.blob)?);
            }
            Ok(())
        })?;
        watch(progress, counts);
        Ok(verified)
    }
}

/// The exhibits on a stored file that are marked as damaged, each with what is wrong.
fn damage_on(
    read: &Read<'_>,
    blob: BlobId,
) -> Result<std::vec::IntoIter<(ExhibitId, String)>, VaultError> {
    let mut damaged = Vec::new();
    for id in read.exhibits_on(blob)? {
        let code = read.exhibit(id)?.and_then(|exhibit| exhibit.damaged);
        damaged.extend(code.map(|code| (id, code)));
    }
    Ok(damaged.into_iter())
}

/// The share of the files that a check begun at this time looks at: the same whenever it goes on.
fn sample(mut files: Vec<StoredFile>, percent: u32, began: Timestamp) -> Vec<StoredFile> {
    if percent >= 100 {
        return files;
    }
    let place = |blob: &BlobId| {
        let mut hash = blake3::Hasher::new();
        hash.update(&began.millis().to_le_bytes()).update(blob.as_bytes());
        *hash.finalize().as_bytes()
    };
    files.sort_by_cached_key(|file| place(&file.blob));
    let share = (files.len() as u64 * u64::from(percent)).div_ceil(100);
    files.truncate(usize::try_from(share).unwrap_or(usize::MAX));
    files
}

/// What comparing several files comes to, piece by piece.
enum Step<'a> {
    /// Bytes read of the files under way.
    Read(u64),
    /// A file is done.
    Compared(&'a StoredFile, Option<Damage>),
}

/// Files compared at once at most. One hashes no faster than one core can.
const AT_ONCE: usize = 4;

/// Compares all of them, several at once. `watch` is called on this thread and answers whether to go
/// on.
fn compare_all<'a>(
    open: &Open,
    files: &[&'a StoredFile],
    watch: &mut dyn FnMut(Step<'a>) -> Result<bool, Stopped>,
) -> Result<(), Stopped> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let workers = cores.min(AT_ONCE).min(files.len());
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let read: Vec<_> = (0..workers).map(|_| AtomicU64::new(0)).collect();
    thread::scope(|scope| {
        // Few wait: a worker that is ahead of the screen has nothing to gain.
        let (tell, told) = mpsc::sync_channel(workers);
        for own in &read {
            let (tell, next, stop) = (tell.clone(), &next, &stop);
            scope.spawn(move || {
                while let Some(&file) = files.get(next.fetch_add(1, Relaxed))
                    && !stop.load(Relaxed)
                {
                    let outcome = check(open, file, &mut |bytes| {
                        own.store(bytes.min(file.bytes), Relaxed);
                        // A screen that is busy hears of it with the next piece.
                        let gone =
                            matches!(tell.try_send(None), Err(TrySendError::Disconnected(_)));
                        !gone && !stop.load(Relaxed)
                    });
                    own.store(0, Relaxed);
                    let ended = outcome.is_err();
                    if tell.send(Some((file, outcome))).is_err() || ended {
                        return;
                    }
                }
            });
        }
        drop(tell);
        let mut result = Ok(());
        for step in told {
            let step = match step {
                None => Step::Read(read.iter().map(|own| own.load(Relaxed)).sum()),
                Some((file, Ok(damage))) => Step::Compared(file, damage),
                Some((_, Err(stopped))) => {
                    stop.store(true, Relaxed);
                    result = result.and(Err(stopped));
                    continue;
                }
            };
            match watch(step) {
                Ok(true) => {}
                Ok(false) => {
                    stop.store(true, Relaxed);
                    result = result.and(Err(Stopped::Cancelled));
                }
                Err(stopped) => {
                    stop.store(true, Relaxed);
                    result = result.and(Err(stopped));
                }
            }
        }
        result
    })
}

/// After this time a file that could not be read is tried once more.
const AGAIN: Duration = Duration::from_millis(300);

/// Compares one stored file. `watch` hears of the bytes so far and answers whether to go on.
pub(crate) fn check(
    open: &Open,
    file: &StoredFile,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<Option<Damage>, Stopped> {
    let mut control = |bytes: u64| {
        let go_on = !open.session().has_ended() && watch(bytes);
        if go_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    // Commands refuse every other form.
    let Some(sha256) = digest(&file.sha256) else { return Ok(Some(Damage::OtherContent)) };
    let mut verify = || open.vault().blobs().verify(file.blob, &sha256, file.bytes, &mut control);
    let verified = match verify() {
        // Another program may hold it for a moment.
        Ok(Some(Damage::Unreadable)) => {
            thread::sleep(AGAIN);
            verify()
        }
        verified => verified,
    };
    match verified {
        Ok(damage) => Ok(damage),
        Err(BlobError::Cancelled) if !open.session().has_ended() => Err(Stopped::Cancelled),
        Err(BlobError::Cancelled | BlobError::Closed) => Err(Stopped::Locked),
        Err(error) => Err(ApiError::from(error).into()),
    }
}

fn digest(hex: &str) -> Option<[u8; 32]> {
    hex.parse::<BlobId>().ok().map(|digits| *digits.as_bytes())
}

/// Why files were compared. What the program does by itself is not said of a person in its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// Somebody asked for it.
    Asked,
    /// The quiet check that covers everything within thirty days.
    Scrub,
    /// Content that is stored came in again.
    Stored,
}

impl Occasion {
    fn purpose(self) -> Purpose {
        match self {
            Self::Asked => Purpose::Asked,
            Self::Scrub => Purpose::Scrub,
            Self::Stored => Purpose::Stored,
        }
    }
}

/// Records what comparing files found, for every exhibit that rests on them.
pub(crate) fn record(
    open: &Open,
    found: &[(BlobId, Option<Damage>)],
    occasion: Occasion,
) -> Result<(), ApiError> {
    if found.is_empty() {
        return Ok(());
    }
    open.write_observations(|tx, stamp| {
        let (mut intact, mut damaged) = (Vec::new(), Vec::new());
        for (blob, damage) in found {
            let exhibits = tx.read().exhibits_on(*blob)?;
            let first_time = damage_on(&tx.read(), *blob)?.next().is_none();
            // Of what could not be read nothing is known yet: it is due again at once.
            if *damage != Some(Damage::Unreadable) || !first_time {
                tx.note_verified(*blob, stamp.at)?;
            }
            match damage {
                None => intact.extend(exhibits),
                Some(damage) => {
                    let code = damage.code();
                    damaged.extend(exhibits.into_iter().map(|id| (id, code.to_owned())));
                }
            }
        }
        tx.execute(
            Command::RecordExhibitsVerified {
                intact,
                damaged,
                purpose: occasion.purpose().unless(None),
            },
            stamp,
        )?;
        Ok(())
    })
}
