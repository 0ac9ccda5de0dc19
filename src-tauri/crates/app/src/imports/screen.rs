//! Compares a report with the list and stores nothing.

use super::{
    Source,
    pipeline::Batch,
    run::{Run, Taken, no_thread},
    source::Opened,
};
use crate::{
    ApiError, Open, compared,
    desk::{Progress, Stopped},
    mappings,
    view::{ObservationCounts, ReasonView, SkippedRow, UnscreenableCount},
};
use buyerwatch_domain::{BuyerId, BuyerStatus, Ground, ImportId, Tier, Timestamp, Unscreenable};
use buyerwatch_intake::{Hints, Report};
use buyerwatch_vault::{Read, VaultError};
use std::{collections::BTreeMap, convert::Infallible, time::Instant};

/// What comparing a report would have meant.
#[derive(Debug, Clone, Default)]
pub struct Screened {
    /// Code of the report's format.
    pub format: String,
    /// Code of the text's encoding.
    pub encoding: String,
    /// Rows below the header.
    pub rows: u64,
    /// Rows that are new.
    pub orders: u64,
    /// Other observations that are new.
    pub observations: ObservationCounts,
    /// Rows that are stored already, or that repeat an earlier one of the file.
    pub duplicates: u64,
    /// Rows that were not taken; the first 10,000.
    pub skipped: Vec<SkippedRow>,
    /// Rows that were not taken, in all.
    pub skipped_total: u64,
    /// Rows that were compared with the list.
    pub screened: u64,
    /// Rows that could not be, by reason.
    pub unscreenable: Vec<UnscreenableCount>,
    /// Rows whose date is missing or could not be read; the first 10,000.
    pub undated_rows: Vec<SkippedRow>,
    /// Rows whose date is missing or could not be read, in all.
    pub undated: u64,
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
    /// What the argument rests on.
    pub ground: Ground,
    /// The argument, masked.
    pub reasons: Vec<ReasonView>,
}

/// Skipped rows that are named one by one.
const NAMED: usize = 10_000;
/// Rows that are held against one another. Others wait for the vault meanwhile, so a longer report
/// is taken in slices.
const SLICE: u64 = 200_000;

/// Why the transaction of a slice is rolled back: always.
enum Undone {
    /// The slice is done; whether the report is, too.
    Done(bool),
    Stopped(Stopped),
}

impl From<VaultError> for Undone {
    fn from(error: VaultError) -> Self {
        Self::Stopped(ApiError::from(error).into())
    }
}

impl From<ApiError> for Undone {
    fn from(error: ApiError) -> Self {
        Self::Stopped(error.into())
    }
}

impl Open {
    /// Compares a report with the list and stores nothing: an import whose transactions are rolled
    /// back.
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
        let hints = Hints {
            mappings: mappings::known(self)?,
            read_at: Some(self.now()),
            ..Hints::default()
        };
        let report = Report::open(reader, hints).map_err(ApiError::from)?;
        let mut screened =
            Screened { format: report.format().code().to_owned(), ..Screened::default() };
        let mut run = Run::new(self, self.draw(ImportId::from_bytes)?, Instant::now());
        let mut unscreenable: BTreeMap<Unscreenable, u64> = BTreeMap::new();
        let mut progress = Progress { bytes_total, ..Progress::default() };
        run.read(report, |run, filled, emptied| {
            loop {
                let recogniser = &self.session().recogniser;
                recogniser.ensure(self)?;
                let learnt = recogniser.learnt();
                let undone = self.vault().write(|tx| -> Result<Infallible, Undone> {
                    self.follow()?;
                    let stamp = self.stamp();
                    let until = screened.rows.saturating_add(SLICE);
                    loop {
                        let Ok(mut batch) = filled.recv() else {
                            return Err(Undone::Stopped(Stopped::Failed(no_thread())));
                        };
                        self.still_open()?;
                        let taken = run.take(tx, stamp, &batch)?;
                        screened.add(self, &tx.read(), &batch, taken, &mut unscreenable)?;
                        progress.bytes = batch.bytes;
                        progress.rows = screened.rows;
                        let go_on = watch(progress);
                        match batch.end.take() {
                            Some(Ok(())) => return Err(Undone::Done(true)),
                            Some(Err(error)) => return Err(ApiError::from(error).into()),
                            None if !go_on => return Err(Undone::Stopped(Stopped::Cancelled)),
                            None => {}
                        }
                        let _ = emptied.send(batch);
                        if screened.rows >= until {
                            return Err(Undone::Done(false));
                        }
                    }
                });
                // Nor is anything learnt from what is not stored.
                if let Some(learnt) = learnt {
                    recogniser.put_back(learnt);
                }
                match undone {
                    Err(Undone::Done(true)) => return Ok(()),
                    Err(Undone::Done(false)) => {}
                    Err(Undone::Stopped(why)) => return Err(why),
                    Ok(never) => match never.view {},
                }
            }
        })?;
        screened.unscreenable = unscreenable
            .into_iter()
            .map(|(reason, count)| UnscreenableCount { reason, count })
            .collect();
        Ok(screened)
    }
}

impl Screened {
    /// Adds what a batch came to.
    fn add(
        &mut self,
        open: &Open,
        read: &Read<'_>,
        batch: &Batch,
        taken: Taken,
        unscreenable: &mut BTreeMap<Unscreenable, u64>,
    ) -> Result<(), ApiError> {
        let counts = taken.counts;
        batch.encoding.clone_into(&mut self.encoding);
        self.rows += counts.rows;
        self.orders += counts.orders;
        self.observations.returns += counts.observations.returns;
        self.observations.claims += counts.observations.claims;
        self.observations.feedback += counts.observations.feedback;
        self.duplicates += counts.duplicates;
        self.screened += counts.screened;
        let room = NAMED.saturating_sub(self.undated_rows.len());
        let undated = counts.undated.iter().take(room);
        self.undated_rows.extend(undated.map(|line| SkippedRow::undated(*line)));
        self.undated += counts.undated.len() as u64;
        for (reason, rows) in counts.unscreenable {
            *unscreenable.entry(reason).or_default() += rows;
        }
        self.skipped_total += batch.skipped.len() as u64;
        let room = NAMED.saturating_sub(self.skipped.len());
        self.skipped.extend(
            batch
                .skipped
                .iter()
                .take(room)
                .map(|(line, reason)| SkippedRow { line: *line, reason: reason.code().to_owned() }),
        );
        for seen in taken.sightings {
            let Some(buyer) = read.buyer(seen.buyer)? else { continue };
            let record = read.order(&seen.order_id, &seen.marketplace)?;
            let order = record.as_ref().map(|record| &record.order);
            self.matches.push(ScreenedMatch {
                buyer: seen.buyer,
                status: buyer.status,
                order_id: seen.order_id,
                marketplace: seen.marketplace,
                at: seen.at,
                tier: seen.tier,
                score: seen.score,
                ground: Ground::of(&seen.reasons),
                reasons: compared::reasons(open.key(), &seen.reasons, &buyer, order),
            });
        }
        Ok(())
    }
}
