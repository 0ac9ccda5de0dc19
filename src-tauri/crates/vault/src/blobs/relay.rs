//! One thread fills buffers, others empty them, in bounded memory.

use super::BlobError;
use crate::pool::lock;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use zeroize::Zeroize as _;

/// Content that is passed on at a time.
pub(super) const BUFFER: usize = 1024 * 1024;
/// Buffers that exist at most.
const IN_FLIGHT: usize = 6;

/// What is passed on. All but the last are full.
pub(super) struct Part<'a> {
    /// Counts from zero.
    pub(super) number: u64,
    pub(super) content: &'a [u8],
    /// Nothing comes after it. There is always a last one; it is empty when nothing was filled.
    pub(super) last: bool,
}

/// Evidence in the clear. What was used of it is wiped when dropped.
#[derive(Default)]
struct Buffer {
    bytes: Vec<u8>,
    used: usize,
    len: usize,
    number: u64,
    last: bool,
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.bytes.get_mut(..self.used).unwrap_or_default().zeroize();
    }
}

/// Runs `fill` here until it leaves a buffer unfilled, and each of `drains` on a thread of its own.
///
/// # Errors
/// What they report, `drains` before `fill`. Some of what was filled may not be drained then. A
/// drain that fails must make the others fail, or they may wait for it.
pub(super) fn relay<D: FnMut(Part<'_>) -> Result<(), BlobError> + Send>(
    mut fill: impl FnMut(&mut [u8]) -> Result<usize, BlobError>,
    drains: impl IntoIterator<Item = D>,
) -> Result<(), BlobError> {
    let (filled, to_drain) = mpsc::sync_channel::<Buffer>(IN_FLIGHT);
    let to_drain = Mutex::new(to_drain);
    let (emptied, to_fill) = mpsc::channel::<Buffer>();
    std::thread::scope(|scope| {
        // Dropped before the threads are waited for, so that they end.
        let filled = filled;
        let mut threads = Vec::new();
        for mut drain in drains {
            let (to_drain, emptied) = (&to_drain, emptied.clone());
            let thread = std::thread::Builder::new().spawn_scoped(scope, move || {
                loop {
                    let Ok(buffer) = lock(to_drain).recv() else { return Ok(()) };
                    drain(Part {
                        number: buffer.number,
                        content: buffer.bytes.get(..buffer.len).unwrap_or_default(),
                        last: buffer.last,
                    })?;
                    // The other end is gone once everything is filled.
                    let _ = emptied.send(buffer);
                }
            })?;
            threads.push(thread);
        }
        drop(emptied);
        let mut made = 0;
        let mut buffer = || match to_fill.try_recv() {
            Ok(buffer) => Some(buffer),
            Err(_) if made < IN_FLIGHT => {
                made += 1;
                Some(Buffer { bytes: vec![0; BUFFER], ..Buffer::default() })
            }
            // Without an answer, all of them stopped with an error.
            Err(_) => to_fill.recv().ok(),
        };
        // Held back until it is known whether something comes after it.
        let mut held: Option<Buffer> = None;
        let mut all_filled = Ok(());
        for number in 0.. {
            let Some(mut next) = buffer() else { break };
            // Also what was filled before an error is wiped.
            next.used = BUFFER;
            match fill(&mut next.bytes) {
                Ok(len) => (next.len, next.number) = (len, number),
                Err(error) => {
                    all_filled = Err(error);
                    break;
                }
            }
            let ended = next.len < BUFFER;
            // An end right behind a full buffer makes that one the last.
            if (next.len > 0 || held.is_none())
                && held.replace(next).is_some_and(|whole| filled.send(whole).is_err())
            {
                break;
            }
            if ended {
                if let Some(mut last) = held.take() {
                    last.last = true;
                    // Fails only after an error on the other side.
                    let _ = filled.send(last);
                }
                break;
            }
        }
        drop(filled);
        let mut all_drained = Ok(());
        for thread in threads {
            match thread.join() {
                Ok(drained) => all_drained = all_drained.and(drained),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all_drained.and(all_filled)
    })
}

/// Lets several threads do something one after the other, in the order of numbers.
pub(super) struct Turns<T> {
    /// The next number, and what they take turns at, or what one of them failed with.
    state: Mutex<(u64, Result<T, BlobError>)>,
    changed: Condvar,
}

impl<T> Turns<T> {
    pub(super) fn new(shared: T) -> Self {
        Self { state: Mutex::new((0, Ok(shared))), changed: Condvar::new() }
    }

    /// Waits for its turn. When one fails, the others fail with the same.
    pub(super) fn take(
        &self,
        number: u64,
        work: impl FnOnce(&mut T) -> Result<(), BlobError>,
    ) -> Result<(), BlobError> {
        let mut state = self
            .changed
            .wait_while(lock(&self.state), |(next, shared)| *next != number && shared.is_ok())
            .unwrap_or_else(PoisonError::into_inner);
        let done = state.1.as_mut().map_err(|error| error.clone()).and_then(work);
        if let Err(error) = &done {
            state.1 = Err(error.clone());
        }
        state.0 += 1;
        drop(state);
        self.changed.notify_all();
        done
    }

    /// What they took turns at.
    pub(super) fn into_inner(self) -> Result<T, BlobError> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).1
    }
}
