//! Where decoders run: on threads of their own, few at a time, given up on when they take too long.
//!
//! A thread cannot be killed, so one that is given up on goes on until it notices the deadline or
//! ends by itself. Such threads are counted; while too many of them are left, nothing new is
//! started, so that a folder of hostile files costs a few threads and not the machine.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::PreviewError;

/// Decoders that run at a time. Each may hold as much memory as its limits say.
const RUNNING_MAX: usize = 1;

/// Decoders that were given up on and have not ended, before nothing new is started.
const ABANDONED_MAX: usize = 1;

/// How long a caller waits for its turn.
const TURN: Duration = Duration::from_secs(30);

/// Formats nest, and their decoders recurse; only what is used is ever backed by memory.
const STACK: usize = 256 << 20;

/// The name of the threads, by which their panics are told apart.
const NAME: &str = "buyerwatch-decode";

struct Slots {
    running: usize,
    abandoned: usize,
}

static SLOTS: Mutex<Slots> = Mutex::new(Slots { running: 0, abandoned: 0 });
static FREED: Condvar = Condvar::new();

fn slots() -> MutexGuard<'static, Slots> {
    SLOTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// When a job has to be done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    pub(crate) fn after(time: Duration) -> Self {
        let now = Instant::now();
        Self(now.checked_add(time).unwrap_or(now))
    }

    pub(crate) fn passed(self) -> bool {
        Instant::now() >= self.0
    }

    pub(crate) fn check(self) -> Result<(), PreviewError> {
        if self.passed() { Err(PreviewError::TimedOut) } else { Ok(()) }
    }
}

/// Thrown through a library that offers no other way out of its loop.
struct Stop(PreviewError);

/// Leaves the job with this error, through whatever library is running.
///
/// Unwinds without calling the panic hook; [`guarded`] catches it.
pub(crate) fn stop(error: PreviewError) -> ! {
    resume_unwind(Box::new(Stop(error)))
}

/// Runs `job` and turns a panic of a library into [`PreviewError::Damaged`].
pub(crate) fn guarded<T>(job: impl FnOnce() -> Result<T, PreviewError>) -> Result<T, PreviewError> {
    catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|payload| {
        let stopped = payload.downcast::<Stop>();
        Err(stopped.map_or(PreviewError::Damaged, |stop| stop.0))
    })
}

/// Runs `job` on a worker and waits for it no longer than `time`.
pub(crate) fn bounded<T: Send + 'static>(
    time: Duration,
    job: impl FnOnce(Deadline) -> Result<T, PreviewError> + Send + 'static,
) -> Result<T, PreviewError> {
    silence();
    enter()?;
    let abandoned = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = sync_channel(1);
    let seat = Seat(Arc::clone(&abandoned));
    let deadline = Deadline::after(time);
    let spawned = thread::Builder::new().name(NAME.into()).stack_size(STACK).spawn(move || {
        let result = guarded(|| job(deadline));
        // The seat is free before the answer is out, so that who has the answer finds it free.
        drop(seat);
        // Nobody listens any more when the caller gave up.
        drop(sender.send(result));
    });
    if spawned.is_err() {
        // The seat went with the closure, and is free again.
        return Err(PreviewError::Busy);
    }
    match receiver.recv_timeout(time) {
        Ok(result) => result,
        Err(RecvTimeoutError::Disconnected) => Err(PreviewError::Damaged),
        Err(RecvTimeoutError::Timeout) => {
            abandon(&abandoned);
            Err(PreviewError::TimedOut)
        }
    }
}

fn enter() -> Result<(), PreviewError> {
    let full = |slots: &mut Slots| slots.running >= RUNNING_MAX || slots.abandoned >= ABANDONED_MAX;
    let (mut slots, wait) =
        FREED.wait_timeout_while(slots(), TURN, full).unwrap_or_else(PoisonError::into_inner);
    if wait.timed_out() {
        return Err(PreviewError::Busy);
    }
    slots.running += 1;
    Ok(())
}

/// Moves a running job to those that were given up on, unless it ended meanwhile.
fn abandon(job: &Arc<AtomicBool>) {
    let mut slots = slots();
    // A job that has ended set the flag itself, under the same lock.
    if !job.swap(true, Ordering::Relaxed) {
        slots.running = slots.running.saturating_sub(1);
        slots.abandoned += 1;
        FREED.notify_one();
    }
}

/// A running job's place among the few; gives it back however the job ends.
struct Seat(Arc<AtomicBool>);

impl Drop for Seat {
    fn drop(&mut self) {
        let mut slots = slots();
        if self.0.load(Ordering::Relaxed) {
            slots.abandoned = slots.abandoned.saturating_sub(1);
        } else {
            slots.running = slots.running.saturating_sub(1);
            // Whoever gives up from here on finds the job ended.
            self.0.store(true, Ordering::Relaxed);
        }
        FREED.notify_one();
    }
}

/// Keeps panics of decoders out of the log: their messages repeat what is in the file.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(NAME) {
                hook(info);
            }
        }));
    });
}

/// A source that stops answering when the time is up, which ends most decoders.
pub(crate) struct Timed<R> {
    pub(crate) inner: R,
    pub(crate) deadline: Deadline,
}

impl<R> Timed<R> {
    fn check(&self) -> io::Result<()> {
        if self.deadline.passed() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

impl<R: io::Read> io::Read for Timed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.check()?;
        self.inner.read(buffer)
    }
}

impl<R: io::BufRead> io::BufRead for Timed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}

impl<R: io::Seek> io::Seek for Timed<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_damaged_file() {
        let result = bounded::<()>(Duration::from_secs(5), |_| panic!("of a library"));
        assert!(matches!(result, Err(PreviewError::Damaged)));
    }

    #[test]
    fn a_stop_carries_its_error_through() {
        let result = bounded::<()>(Duration::from_secs(5), |_| stop(PreviewError::TooComplex));
        assert!(matches!(result, Err(PreviewError::TooComplex)));
    }

    #[test]
    fn a_job_that_goes_on_is_given_up_and_its_place_comes_back() {
        let started = Instant::now();
        let result = bounded(Duration::from_millis(50), |_| {
            thread::sleep(Duration::from_secs(4));
            Ok(())
        });
        assert!(matches!(result, Err(PreviewError::TimedOut)));
        assert!(started.elapsed() < Duration::from_secs(3));
        for round in 0..20 {
            let answer = bounded(Duration::from_secs(5), move |_| Ok(round)).unwrap();
            assert_eq!(answer, round);
        }
    }

    #[test]
    fn many_callers_take_turns() {
        let threads: Vec<_> = (0..16)
            .map(|n| thread::spawn(move || bounded(Duration::from_secs(5), move |_| Ok(n))))
            .collect();
        for (n, thread) in threads.into_iter().enumerate() {
            assert_eq!(thread.join().unwrap().unwrap(), n);
        }
    }
}
