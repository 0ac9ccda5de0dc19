//! Compares a report with the list and stores nothing.

use super::{Source, pipeline, pipeline::Batch, source::Opened};
use crate::{
    ApiError, Open,
    desk::{Progress, Stopped, StoredCrowd, unread},
    view::{SkippedRow, UnscreenableCount},
};
use buyerwatch_domain::{BuyerId, BuyerStatus, Tier, Timestamp, Unscreenable};
use buyerwatch_intake::Hints;
use std::{
    collections::BTreeMap,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
};

/// What comparing a report would have meant.
#[derive(Debug, Clone, Default)]
pub struct Screened {
    /// Code of the report's format.
    pub format: String,
    /// Code of the text's encoding.
    pub encoding: String,
    /// Rows below the header.
    pub rows: u64,
    /// Rows that hold an order.
    pub orders: u64,
    /// Rows that were not taken; the first 10,000.
    pub skipped: Vec<SkippedRow>,
    /// Rows that were not taken, in all.
    pub skipped_total: u64,
    /// Rows that were compared with the list.
    pub screened: u64,
    /// Rows that could not be, by reason.
    pub unscreenable: Vec<UnscreenableCount>,
    /// Orders in which a buyer was recognised.
    pub matches: Vec<ScreenedMatch>,
}

/// A buyer recognised in an order.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreenedMatch {
    /// The buyer.
    pub buyer: BuyerId,
    /// How the shop stands to them.
    pub status: BuyerStatus,
    /// The order.
    pub order_id: String,
    /// Where it was placed.
    pub marketplace: String,
    /// When it was placed.
    pub at: Option<Timestamp>,
    /// How sure the match is.
    pub tier: Tier,
    /// Sum of the weights, in bits.
    pub score: f64,
}

/// Skipped rows that are named one by one.
const NAMED: usize = 10_000;
const BATCHES: usize = 3;

impl Open {
    /// Compares a report with the list and stores nothing.
    ///
    /// # Errors
    /// As [`import`](Self::import).
    pub fn screen(
        &self,
        source: Source,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Screened, Stopped> {
        self.session().recogniser.ensure(self)?;
        let Opened { reader, bytes_total, .. } = source.open()?;
        let report = buyerwatch_intake::open(reader, Hints::default()).map_err(ApiError::from)?;
        let mut screened =
            Screened { format: report.format().code().to_owned(), ..Screened::default() };
        let mut unscreenable: BTreeMap<Unscreenable, u64> = BTreeMap::new();
        let stop = AtomicBool::new(false);
        let (full, filled) = mpsc::sync_channel::<Batch>(BATCHES);
        let (emptied, empty) = mpsc::sync_channel::<Batch>(BATCHES);
        thread::scope(|scope| -> Result<(), Stopped> {
            let (stop, key) = (&stop, self.key());
            for _ in 0..BATCHES {
                let _ = emptied.send(Batch::default());
            }
            scope.spawn(move || pipeline::read(report, key, stop, &full, &empty));
            let outcome = loop {
                let Ok(mut batch) = filled.recv() else { break Ok(()) };
                if let Err(error) = self.compare(&batch, &mut screened, &mut unscreenable) {
                    break Err(error.into());
                }
                let (bytes, rows) = (batch.bytes, screened.rows);
                let progress = Progress { bytes, bytes_total, rows, committed: 0 };
                let go_on = watch(progress);
                match batch.end.take() {
                    Some(end) => break end.map_err(|error| ApiError::from(error).into()),
                    None if !go_on => break Err(Stopped::Cancelled),
                    None => {}
                }
                let _ = emptied.send(batch);
            };
            stop.store(true, Ordering::Release);
            drop(emptied);
            drop(filled);
            outcome
        })?;
        screened.unscreenable = unscreenable
            .into_iter()
            .map(|(reason, count)| UnscreenableCount { reason, count })
            .collect();
        Ok(screened)
    }

    fn compare(
        &self,
        batch: &Batch,
        screened: &mut Screened,
        unscreenable: &mut BTreeMap<Unscreenable, u64>,
    ) -> Result<(), ApiError> {
        self.still_open()?;
        screened.encoding = batch.encoding.to_owned();
        screened.rows += (batch.rows().len() + batch.skipped.len()) as u64;
        screened.orders += batch.rows().len() as u64;
        screened.skipped_total += batch.skipped.len() as u64;
        let room = NAMED.saturating_sub(screened.skipped.len());
        let named = batch.skipped.iter().take(room);
        screened.skipped.extend(
            named
                .map(|(line, reason)| SkippedRow { line: *line, reason: reason.code().to_owned() }),
        );
        let list = self.session().recogniser.hold().ok_or_else(unread)?;
        let found = self.read(|read| {
            let mut found = Vec::new();
            for row in batch.rows() {
                match row.unscreenable {
                    Some(reason) => *unscreenable.entry(reason).or_default() += 1,
                    None => screened.screened += 1,
                }
                let crowd = StoredCrowd::new(read);
                let matches = list.screen(&row.tokens, &crowd);
                crowd.finish()?;
                for of in matches {
                    let Some(buyer) = read.buyer_summary(of.buyer)? else { continue };
                    found.push(ScreenedMatch {
                        buyer: of.buyer,
                        status: buyer.status,
                        order_id: row.order.order_id.clone(),
                        marketplace: row.order.channel.0.clone(),
                        at: row.order.purchased_at,
                        tier: of.tier,
                        score: of.score,
                    });
                }
            }
            Ok(found)
        })?;
        screened.matches.extend(found);
        Ok(())
    }
}
