//! Work that takes a while: queued, run a few at a time, shown, stopped.

use super::{Desk, Open, open::lock};
use crate::{
    ApiError, Push,
    criteria::{
        self,
        backtest::{BacktestClause, BacktestProgress},
    },
    exhibits, imports,
    view::{ImportRecord, Job, JobKind, JobState, VerifyCounts},
};
use buyerwatch_domain::{ExhibitId, ExhibitKind, ExhibitLink, PersonId, Tag, Timestamp};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Jobs that run at the same time: a small report dropped while a large one is read must not wait.
const AT_ONCE: usize = 3;
/// Finished jobs that are remembered.
const REMEMBERED: usize = 200;
/// Between two news of one job.
const NEWS: Duration = Duration::from_millis(200);

/// Why work ended before it was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Stopped {
    /// Somebody stopped it.
    Cancelled,
    /// The vault was locked; the work goes on when it is opened again.
    Locked,
    /// It could not go on.
    Failed(ApiError),
}

impl Stopped {
    /// The same for whoever waits for the work.
    pub(crate) fn into_error(self) -> ApiError {
        match self {
            Self::Failed(error) => error,
            Self::Locked => ApiError::locked(),
            Self::Cancelled => ApiError::new("cancelled", "stopped; nothing was taken in"),
        }
    }
}

impl From<ApiError> for Stopped {
    fn from(error: ApiError) -> Self {
        if error.code == "locked" { Self::Locked } else { Self::Failed(error) }
    }
}

/// How far work has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file read so far.
    pub bytes: u64,
    /// Bytes in all, if known.
    pub bytes_total: Option<u64>,
    /// Rows read so far.
    pub rows: u64,
    /// Rows that are stored for good.
    pub committed: u64,
}

#[derive(Debug, Clone)]
pub(crate) enum Work {
    Import {
        path: PathBuf,
        name: String,
    },
    Sample,
    Exhibit {
        path: PathBuf,
        name: String,
        kind: ExhibitKind,
        links: Vec<ExhibitLink>,
        purpose: Option<String>,
    },
    Verify {
        percent: u32,
    },
    Export {
        exhibits: Vec<ExhibitId>,
        purpose: Option<String>,
        folder: PathBuf,
        name: String,
    },
    Backtest {
        request: BacktestClause,
    },
}

/// One job.
#[derive(Debug)]
pub(crate) struct JobSlot {
    work: Work,
    /// Who asked for it: what it records is recorded for them, whoever works here by then.
    by: Option<PersonId>,
    /// When the input was handed over.
    since: Instant,
    cancelled: AtomicBool,
    job: Mutex<Job>,
    told: Mutex<Option<Instant>>,
}

impl JobSlot {
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }

    pub(crate) fn since(&self) -> Instant {
        self.since
    }

    /// Notes how far it has come, and tells windows now and then.
    pub(crate) fn progress(&self, desk: &Desk, progress: Progress, record: Option<ImportRecord>) {
        {
            let mut job = lock(&self.job);
            job.bytes_done = progress.bytes;
            job.bytes_total = progress.bytes_total;
            job.rows = progress.rows;
            let elapsed = self.since.elapsed().as_secs_f64().max(0.001);
            job.rows_per_s = (progress.rows as f64 / elapsed) as u64;
            job.seconds_left = progress.bytes_total.filter(|_| progress.bytes > 0).map(|total| {
                let share = total.saturating_sub(progress.bytes) as f64 / progress.bytes as f64;
                (elapsed * share).ceil() as u64
            });
            if record.is_some() {
                job.import = record;
            }
        }
        let mut told = lock(&self.told);
        if told.is_none_or(|at| at.elapsed() >= NEWS) {
            *told = Some(Instant::now());
            drop(told);
            self.tell(desk);
        }
    }

    /// Notes the final counts.
    pub(crate) fn finish(&self, record: ImportRecord) {
        lock(&self.job).import = Some(record);
    }

    /// Notes the exhibit that a file became.
    pub(crate) fn taken_in(&self, exhibit: ExhibitId) {
        lock(&self.job).exhibit = Some(exhibit);
    }

    /// Notes how far a check has come.
    pub(crate) fn verified(&self, counts: VerifyCounts) {
        lock(&self.job).verified = Some(counts);
    }

    /// Notes how far trying a clause has come.
    pub(crate) fn tried(&self, desk: &Desk, tried: BacktestProgress) {
        lock(&self.job).tried = Some(tried);
        let progress = Progress {
            bytes: tried.done,
            bytes_total: Some(tried.total),
            rows: tried.done,
            ..Progress::default()
        };
        self.progress(desk, progress, None);
    }

    /// Its identity.
    pub(crate) fn id(&self) -> String {
        lock(&self.job).id.clone()
    }

    fn tell(&self, desk: &Desk) {
        let job = lock(&self.job).clone();
        desk.host().push(Push::Job { job: Box::new(job) });
    }

    fn set(&self, desk: &Desk, state: JobState, finished_at: Option<Timestamp>) {
        {
            let mut job = lock(&self.job);
            job.state = state;
            job.finished_at = finished_at;
            if state.is_over() {
                job.seconds_left = None;
            }
        }
        self.tell(desk);
    }
}

/// Every job of this process.
#[derive(Debug, Default)]
pub(crate) struct Board {
    jobs: Mutex<Vec<Arc<JobSlot>>>,
    /// Woken whenever a job ends.
    ended: Condvar,
}

impl Board {
    /// Every job, newest first.
    pub(crate) fn list(&self) -> Vec<Job> {
        lock(&self.jobs).iter().rev().map(|slot| lock(&slot.job).clone()).collect()
    }

    /// Whether files are being imported.
    pub(crate) fn is_importing(&self) -> bool {
        lock(&self.jobs).iter().any(|slot| {
            let job = lock(&slot.job);
            !job.state.is_over() && matches!(job.kind, JobKind::Import | JobKind::Sample)
        })
    }

    /// Whether anything runs or waits for its turn.
    pub(crate) fn is_busy(&self) -> bool {
        lock(&self.jobs).iter().any(|slot| !lock(&slot.job).state.is_over())
    }

    /// Stops a job. What it has stored stays.
    pub(crate) fn cancel(&self, desk: &Desk, id: &str) -> Result<(), ApiError> {
        let slot = lock(&self.jobs).iter().find(|slot| lock(&slot.job).id == id).map(Arc::clone);
        let Some(slot) = slot else {
            return Err(ApiError::new("not_found", "there is no such job; it has ended")
                .with("what", "job"));
        };
        slot.cancelled.store(true, Ordering::Release);
        // Taken under the lock of the list, as starting it is.
        let jobs = lock(&self.jobs);
        let waits = lock(&slot.job).state == JobState::Queued;
        if waits {
            slot.set(desk, JobState::Cancelled, Some(desk.now()));
        }
        drop(jobs);
        self.ended.notify_all();
        Ok(())
    }

    /// Queues work.
    pub(crate) fn queue(
        &self,
        desk: &Desk,
        work: Work,
        since: Instant,
    ) -> Result<String, ApiError> {
        let id = desk.draw(|bytes| format!("{:032x}", u128::from_be_bytes(bytes)))?;
        let (kind, name, bytes_total) = match &work {
            Work::Import { path, name } => (JobKind::Import, name.clone(), size(path)),
            Work::Sample => (JobKind::Sample, String::new(), None),
            Work::Exhibit { path, name, .. } => (JobKind::Exhibit, name.clone(), size(path)),
            Work::Verify { .. } => (JobKind::Verify, String::new(), None),
            Work::Export { name, .. } => (JobKind::Export, name.clone(), None),
            Work::Backtest { request } => (JobKind::Backtest, request.clause.clone(), None),
        };
        let job = Job {
            id: id.clone(),
            kind,
            name,
            state: JobState::Queued,
            bytes_done: 0,
            bytes_total,
            rows: 0,
            rows_per_s: 0,
            seconds_left: None,
            started_at: desk.now(),
            finished_at: None,
            import: None,
            exhibit: None,
            verified: None,
            tried: None,
            error: None,
        };
        let by = desk.session().map(|session| Open::new(desk.clone(), session).me());
        let slot = Arc::new(JobSlot {
            work,
            by,
            since,
            cancelled: AtomicBool::new(false),
            job: Mutex::new(job),
            told: Mutex::new(None),
        });
        {
            let mut jobs = lock(&self.jobs);
            jobs.push(slot);
            let over = jobs.iter().filter(|slot| lock(&slot.job).state.is_over()).count();
            if over > REMEMBERED
                && let Some(oldest) = jobs.iter().position(|slot| lock(&slot.job).state.is_over())
            {
                jobs.remove(oldest);
            }
        }
        self.resume(desk);
        Ok(id)
    }

    /// Starts as many queued jobs as may run.
    pub(super) fn resume(&self, desk: &Desk) {
        let Some(session) = desk.session() else { return };
        loop {
            let next = {
                let jobs = lock(&self.jobs);
                let in_state = |state| jobs.iter().filter(move |s| lock(&s.job).state == state);
                if in_state(JobState::Running).count() >= AT_ONCE {
                    return;
                }
                let Some(slot) = in_state(JobState::Queued).next().map(Arc::clone) else { return };
                // Taken under the lock, so that nobody else starts it.
                lock(&slot.job).state = JobState::Running;
                slot
            };
            let mut open = Open::new(desk.clone(), Arc::clone(&session));
            if let Some(person) = next.by {
                open = open.asked_by(person);
            }
            let slot = Arc::clone(&next);
            let spawned = thread::Builder::new().name("job".to_owned()).spawn(move || {
                let desk = open.desk().clone();
                work(open, &slot);
                let board = desk.board();
                // Held for the moment of waking, so that no one falls asleep in between.
                drop(lock(&board.jobs));
                board.ended.notify_all();
                board.resume(&desk);
            });
            if spawned.is_err() {
                lock(&next.job).state = JobState::Queued;
                return;
            }
        }
    }

    /// Waits until no job runs; while the vault is open also until none waits for its turn.
    pub(crate) fn wait(&self, desk: &Desk) {
        let mut jobs = lock(&self.jobs);
        let busy = |state| match state {
            JobState::Running => true,
            JobState::Queued => desk.session().is_some(),
            JobState::Done | JobState::Cancelled | JobState::Failed => false,
        };
        while jobs.iter().any(|slot| busy(lock(&slot.job).state)) {
            jobs = self.ended.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Size of a plain file.
fn size(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().filter(|meta| meta.is_file()).map(|meta| meta.len())
}

/// Does the work of one job on the thread of the job.
fn work(open: Open, slot: &JobSlot) {
    slot.tell(open.desk());
    let desk = open.desk().clone();
    let outcome = match &slot.work {
        Work::Import { path, .. } => imports::run::job(&open, slot, path),
        Work::Sample => imports::run::sample(&open, slot),
        Work::Exhibit { path, kind, links, purpose, .. } => {
            exhibits::start::job(&open, slot, path, *kind, links, purpose.clone())
        }
        Work::Verify { percent } => exhibits::verify::job(&open, slot, *percent),
        Work::Export { exhibits, purpose, folder, .. } => {
            exhibits::export::job(&open, slot, exhibits, purpose.clone(), folder)
        }
        Work::Backtest { request } => criteria::backtest::job(&open, slot, request),
    };
    // Gives the keys back before anybody hears that the work is over.
    drop(open);
    let state = match outcome {
        Ok(()) => JobState::Done,
        Err(Stopped::Cancelled) => JobState::Cancelled,
        Err(Stopped::Locked) => JobState::Queued,
        Err(Stopped::Failed(error)) => {
            let error = desk.report("job", error);
            lock(&slot.job).error = Some(error);
            JobState::Failed
        }
    };
    let finished = state.is_over().then(|| desk.now());
    slot.set(&desk, state, finished);
    desk.stale([Tag::Imports]);
}
