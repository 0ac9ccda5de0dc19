//! Reading, tokenising and the search for likenesses on one thread while the other writes.

use super::source::Bytes;
use crate::Open;
use buyerwatch_domain::{AfterSale, ObservedOrder, SkipReason, Unscreenable};
use buyerwatch_intake::{IntakeError, Report, ResumePoint, RowOutcome};
use buyerwatch_matching::{OrderReader as Tokeniser, OrderTokens, Resemblance, unscreenable};
use std::{
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender},
    },
    time::{Duration, Instant},
};

/// Rows of the first batch: few, so that the alert of a small report does not wait. Of others, too, while
/// much is learnt from every batch: what was searched before that is searched anew.
const FIRST_ROWS: usize = 1_000;
/// The first batch waits no longer than this for its rows.
const FIRST_WAIT: Duration = Duration::from_millis(200);
/// Rows of later batches: many, since every batch writes nearly every page of the indexes anew, and
/// waits for the disk. More would make a person who clicks meanwhile wait for long.
const ROWS: usize = 32_768;
/// Later ones wait no longer than this: a slow writer on the other end of a pipe must not hold
/// back what it has sent.
const WAIT: Duration = Duration::from_secs(1);

/// One row as read.
#[derive(Default)]
pub(super) struct Prepared {
    pub(super) order: ObservedOrder,
    pub(super) tokens: OrderTokens,
    pub(super) unscreenable: Option<Unscreenable>,
    /// Buyers whom it resembles, by the list of that version; none if the list was not there.
    pub(super) alike: Option<(u64, Vec<Resemblance>)>,
}

/// Rows that are stored together.
#[derive(Default)]
pub(super) struct Batch {
    /// Room for rows; only the first `len` count.
    rows: Vec<Prepared>,
    len: usize,
    /// Returns, claims and ratings, by row.
    pub(super) after: Vec<Vec<AfterSale>>,
    /// Rows that were not taken.
    pub(super) skipped: Vec<(u64, SkipReason)>,
    /// Lines of rows that were taken without a date that could be read.
    pub(super) undated: Vec<u64>,
    /// Where reading goes on after it.
    pub(super) resume: Option<ResumePoint>,
    /// Bytes read so far.
    pub(super) bytes: u64,
    pub(super) encoding: &'static str,
    /// No further batch follows, and why.
    pub(super) end: Option<Result<(), IntakeError>>,
}

impl Batch {
    pub(super) fn rows(&self) -> &[Prepared] {
        self.rows.get(..self.len).unwrap_or_default()
    }

    /// Rows that were read, of whatever kind.
    pub(super) fn seen(&self) -> usize {
        self.len + self.after.len() + self.skipped.len()
    }

    fn clear(&mut self) {
        self.len = 0;
        self.after.clear();
        self.skipped.clear();
        self.undated.clear();
        self.resume = None;
        self.end = None;
    }

    fn room(&mut self) -> Option<&mut Prepared> {
        if self.len == self.rows.len() {
            self.rows.push(Prepared::default());
        }
        self.rows.get_mut(self.len)
    }
}

/// Reads a report to its end, or until told to stop or nobody listens.
pub(super) fn read(
    mut report: Report<Bytes>,
    open: &Open,
    stop: &AtomicBool,
    full: &SyncSender<Batch>,
    empty: &Receiver<Batch>,
) {
    let mut tokeniser = Tokeniser::default();
    let mut first = true;
    loop {
        // Rooms are used again: their strings keep their allocations.
        let Ok(mut batch) = empty.recv() else { return };
        batch.clear();
        fill(&mut batch, &mut report, &mut tokeniser, open, first, stop);
        first = false;
        batch.resume = report.position();
        batch.bytes = report.bytes_read();
        batch.encoding = report.encoding().code();
        let last = batch.end.is_some() || stop.load(Ordering::Acquire);
        if full.send(batch).is_err() || last {
            return;
        }
    }
}

fn fill(
    batch: &mut Batch,
    report: &mut Report<Bytes>,
    tokeniser: &mut Tokeniser,
    open: &Open,
    first: bool,
    stop: &AtomicBool,
) {
    let few = first || open.session().recogniser.is_young();
    let rows = if few { FIRST_ROWS } else { ROWS };
    let wait = if first { FIRST_WAIT } else { WAIT };
    let begun = Instant::now();
    // Skipped rows count, too: a file of nothing but bad rows must not fill the memory.
    let mut after = Vec::new();
    while batch.seen() < rows {
        let Some(slot) = batch.room() else { return };
        match report.next(&mut slot.order, &mut after) {
            Ok(Some(RowOutcome::Order { line })) => {
                slot.tokens = tokeniser.read(open.key(), &slot.order);
                slot.alike = alike(open, &slot.order);
                slot.unscreenable = unscreenable(&slot.tokens, !report.columns().is_empty());
                if slot.order.purchased_at.is_none() {
                    batch.undated.push(line);
                }
                batch.len += 1;
            }
            Ok(Some(RowOutcome::AfterSale { line })) => {
                // A claim that a return tells of bears no date of its own.
                if after.iter().all(|one| one.at().is_none()) {
                    batch.undated.push(line);
                }
                batch.after.push(std::mem::take(&mut after));
            }
            Ok(Some(RowOutcome::Skipped { line, reason })) => batch.skipped.push((line, reason)),
            Ok(None) => {
                batch.end = Some(Ok(()));
                return;
            }
            Err(error) => {
                batch.end = Some(Err(error));
                return;
            }
        }
        let seen = batch.seen();
        if seen.is_multiple_of(64) && (stop.load(Ordering::Acquire) || begun.elapsed() >= wait) {
            return;
        }
    }
}

/// Held for one row only, so that nobody who changes the list waits for a batch.
fn alike(open: &Open, order: &ObservedOrder) -> Option<(u64, Vec<Resemblance>)> {
    let list = open.session().recogniser.hold()?;
    Some((list.version(), list.alike(order)))
}
