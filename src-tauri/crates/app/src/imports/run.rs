//! Imports one order report.

use super::{
    begin::Begun,
    owner::AtWork,
    pipeline::{self, Batch, Prepared},
    source::{Bytes, Opened, Source},
};
use crate::{
    ApiError, Open,
    desk::{
        JobSlot, Progress, Seen, Sighted, SightedOrder, Stopped, StoredCrowd, Watchman,
        counted_identities, order_tokens, rescreen_written, token_row, unread,
    },
    mappings, session,
    view::{ImportRecord, SkippedRow},
};
use buyerwatch_domain::{
    AfterSale, AlertId, Channel, ImportId, ObservedOrder, OrderStatus, Refusal, SignalId, Stamp,
    Tier, Unscreenable,
};
use buyerwatch_intake::{Hints, IntakeError, Report, mail};
use buyerwatch_matching::{OrderReader as Tokeniser, unscreenable};
use buyerwatch_vault::{
    ImportProgress, ImportState, Origin, Read, StoredOrder, Upsert, VaultError, Write,
};
use std::{
    path::Path,
    sync::{atomic::AtomicBool, atomic::Ordering, mpsc},
    thread,
    time::{Duration, Instant},
};

/// Left to other writers after each batch: a person's click must not wait for the end of an import.
/// A batch takes some hundred milliseconds, and the next one is read meanwhile.
const GAP: Duration = Duration::from_millis(4);

/// Batches under way: one being read, one waiting, one being written.
const BATCHES: usize = 3;

/// What became of one report.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The counts, over all runs of an import that was interrupted.
    pub record: ImportRecord,
    /// What this run raised, alerts and possible matches.
    pub alerts: Vec<(AlertId, Tier)>,
    /// What this run had noticed by itself.
    pub signals: Vec<SignalId>,
}

impl Open {
    /// Imports a report and waits for its end.
    ///
    /// `watch` hears of every batch that is stored and answers whether to go on.
    ///
    /// # Errors
    /// [`Stopped`]: cancelled by `watch`, locked meanwhile, or failed. What was stored stays.
    pub fn import(
        &self,
        source: Source,
        since: Instant,
        watch: &mut dyn FnMut(Progress, Option<&ImportRecord>) -> bool,
    ) -> Result<Imported, Stopped> {
        let mut source = source.open()?;
        self.session().recogniser.ensure(self)?;
        let beginning =
            source.reader.beginning().map_err(IntakeError::Read).map_err(ApiError::from)?;
        if let Some(format) = mail::recognize(&beginning) {
            let fingerprint = self.fingerprint(&mut source)?;
            return self.import_mail(format, source, fingerprint, since, watch);
        }
        let (report, bytes_total) = (|| -> Result<_, ApiError> {
            let fingerprint = self.fingerprint(&mut source)?;
            let Opened { name, reader, bytes_total, .. } = source;
            let again = reader.again().map_err(IntakeError::Read)?;
            let mappings = mappings::known(self)?;
            let (mappings_of, read_at) = (mappings.clone(), Some(self.now()));
            let hints = Hints { mappings: mappings_of, read_at, ..Hints::default() };
            let report = Report::open(reader, hints).map_err(|error| unread_file(error, &name))?;
            let begun = self.begin(name, report, again, fingerprint, mappings, bytes_total)?;
            Ok((begun, bytes_total))
        })()?;
        let Begun { report, id, rows, at_work } = report;
        let mut run =
            Run { bytes_total, rows, at_work: Some(at_work), ..Run::new(self, id, since) };
        let ended =
            run.read(report, |run, filled, emptied| run.write(filled, emptied, &mut *watch));
        let state = match &ended {
            Ok(()) => ImportState::Done,
            Err(Stopped::Cancelled) => ImportState::Cancelled,
            Err(Stopped::Locked) => ImportState::Interrupted,
            // The file breaks off: what it had is in. Anything else can go on where it stopped.
            Err(Stopped::Failed(error)) if error.code == "read_failed" => ImportState::Failed,
            Err(Stopped::Failed(_)) => ImportState::Interrupted,
        };
        let marked = run.end(state);
        ended?;
        marked?;
        // What it brought counts for whatever comes next, here as in another program.
        if let Err(error) = self.session().recogniser.catch_up(self) {
            self.desk().report("list", error);
        }
        let record = super::list::record(self, id)?;
        Ok(Imported { record, alerts: run.alerts, signals: self.count_what_came_in() })
    }

    /// What tells a file from others; none of a stream.
    fn fingerprint(&self, source: &mut Opened) -> Result<Option<Vec<u8>>, ApiError> {
        let print = match source.bytes_total {
            Some(total) => source.reader.fingerprint(self.vault().blind_key().as_bytes(), total),
            None => Ok(None),
        };
        Ok(print.map_err(IntakeError::Read)?)
    }

    /// The rows that an import did not take, with their reasons, and those that it took without a date.
    ///
    /// # Errors
    /// When the vault is locked or cannot be read.
    pub fn skipped_rows(&self, import: &str) -> Result<Vec<SkippedRow>, ApiError> {
        let request = super::skipped::ListSkipped {
            import_id: import.to_owned(),
            offset: 0,
            limit: u32::MAX,
        };
        super::skipped::page(self, &request).map(|page| page.items)
    }
}

/// What a batch came to.
pub(super) struct Taken {
    /// What it adds to the counts.
    pub(super) counts: ImportProgress,
    /// What it raised.
    alerts: Vec<(AlertId, Tier)>,
    /// Who was recognised.
    pub(super) sightings: Vec<Seen>,
}

/// One run of an import.
pub(super) struct Run<'a> {
    open: &'a Open,
    id: ImportId,
    since: Instant,
    bytes_total: Option<u64>,
    rows: u64,
    alerts: Vec<(AlertId, Tier)>,
    /// Says so to others; a screening needs none.
    at_work: Option<AtWork>,
}

impl<'a> Run<'a> {
    pub(super) const fn new(open: &'a Open, id: ImportId, since: Instant) -> Self {
        Self { open, id, since, bytes_total: None, rows: 0, alerts: Vec::new(), at_work: None }
    }

    /// Reads the report on a thread of its own while `work` takes the batches and gives them back.
    pub(super) fn read(
        &mut self,
        report: Report<Bytes>,
        work: impl FnOnce(
            &mut Self,
            &mpsc::Receiver<Batch>,
            &mpsc::SyncSender<Batch>,
        ) -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        let stop = AtomicBool::new(false);
        let open = self.open;
        let (full, filled) = mpsc::sync_channel::<Batch>(BATCHES);
        let (emptied, empty) = mpsc::sync_channel::<Batch>(BATCHES);
        thread::scope(|scope| {
            let stop = &stop;
            for _ in 0..BATCHES {
                let _ = emptied.send(Batch::default());
            }
            let reading = thread::Builder::new()
                .name("report".to_owned())
                .spawn_scoped(scope, move || pipeline::read(report, open, stop, &full, &empty));
            if reading.is_err() {
                return Err(Stopped::Failed(no_thread()));
            }
            let outcome = work(self, &filled, &emptied);
            // Whatever the outcome, the reader must not wait for somebody who is gone.
            stop.store(true, Ordering::Release);
            drop(emptied);
            drop(filled);
            outcome
        })
    }

    fn write(
        &mut self,
        filled: &mpsc::Receiver<Batch>,
        emptied: &mpsc::SyncSender<Batch>,
        watch: &mut dyn FnMut(Progress, Option<&ImportRecord>) -> bool,
    ) -> Result<(), Stopped> {
        let mut progress = Progress {
            bytes_total: self.bytes_total,
            rows: self.rows,
            committed: self.rows,
            ..Progress::default()
        };
        if !watch(progress, None) {
            return Err(Stopped::Cancelled);
        }
        loop {
            // The reader always says that it has ended before it goes.
            let Ok(mut batch) = filled.recv() else { return Err(Stopped::Failed(no_thread())) };
            self.open.session().recogniser.ensure(self.open)?;
            let record = self.store(&batch)?;
            progress.bytes = batch.bytes;
            progress.rows = record.rows;
            progress.committed = record.rows;
            if let Some(end) = batch.end.take() {
                watch(progress, Some(&record));
                return end.map_err(|error| Stopped::Failed(error.into()));
            }
            if !watch(progress, Some(&record)) {
                return Err(Stopped::Cancelled);
            }
            let _ = emptied.send(batch);
            thread::sleep(GAP);
        }
    }

    /// Stores one batch with all that it means.
    fn store(&mut self, batch: &Batch) -> Result<ImportRecord, ApiError> {
        let resume = batch.resume.as_ref().and_then(|place| serde_json::to_vec(place).ok());
        let recogniser = &self.open.session().recogniser;
        let learnt = recogniser.learnt();
        let stored = self.open.write_observations(|tx, stamp| {
            let Taken { counts, alerts, .. } = self.take(tx, stamp, batch)?;
            tx.save_import(self.id, resume.as_deref().unwrap_or_default(), &counts)?;
            tx.set_import_encoding(self.id, batch.encoding)?;
            let row = tx.read().import(self.id)?.ok_or(Refusal::NotFound("import"))?;
            Ok((row, alerts))
        });
        if let (Err(_), Some(learnt)) = (&stored, learnt) {
            recogniser.put_back(learnt);
        }
        let (row, alerts) = stored?;
        self.alerts.extend(alerts);
        Ok(row.into())
    }

    /// Takes in the rows of a batch and holds them against the list.
    pub(super) fn take(
        &self,
        tx: &mut Write<'_>,
        stamp: Stamp,
        batch: &Batch,
    ) -> Result<Taken, ApiError> {
        let origin = Origin { import: self.id, at: stamp.at };
        let mut counts = ImportProgress {
            rows: batch.seen() as u64,
            skipped: batch.skipped.clone(),
            undated: batch.undated.clone(),
            bytes_done: batch.bytes,
            ..ImportProgress::default()
        };
        let mut sighted = self.orders(tx, stamp, batch.rows(), &mut counts)?;
        let raters = raters(self.open, &tx.read(), &batch.after)?;
        if !raters.is_empty() {
            // They are counted as ratings.
            let more = self.orders(tx, stamp, &raters, &mut ImportProgress::default())?;
            sighted.alerts.extend(more.alerts);
            sighted.sightings.extend(more.sightings);
        }
        note(tx, origin, &batch.after, &mut counts)?;
        let Sighted { alerts, sightings } = sighted;
        counts.alerts = count(&alerts, Tier::Alert);
        counts.possible = count(&alerts, Tier::Possible);
        Ok(Taken { counts, alerts, sightings })
    }

    /// Takes rows of orders in and holds them against the list.
    fn orders(
        &self,
        tx: &mut Write<'_>,
        stamp: Stamp,
        rows: &[Prepared],
        counts: &mut ImportProgress,
    ) -> Result<Sighted, ApiError> {
        let origin = Origin { import: self.id, at: stamp.at };
        let lines: Vec<StoredOrder<'_>> = rows
            .iter()
            .map(|row| StoredOrder {
                order: &row.order,
                tokens: token_row(&row.tokens),
                unscreenable: row.unscreenable,
            })
            .collect();
        let answers = tx.upsert_orders(origin, &lines)?;
        let proposed = tx.read().counted_identities()?;
        for (line, answer) in lines.iter().zip(&answers) {
            let news = match answer {
                Upsert::New { .. } => true,
                Upsert::Duplicate { changed, .. } => *changed,
            };
            let cancelled = news && line.order.status == OrderStatus::Cancelled;
            // Another order may make a share of them too small.
            let known = || counted_identities(&line.tokens).any(|(_, one)| proposed.contains(&one));
            if cancelled || answer.turned() || (answer.to_screen() && known()) {
                tx.count_order_again(answer.order())?;
            } else if answer.enriched() || matches!(answer, Upsert::Duplicate { .. } if news) {
                // What was known of the order before whose it was, or of when, counts from now on.
                tx.count_acts_again(answer.order(), &line.order.order_id)?;
            }
        }
        drop(lines);
        self.screen(tx, stamp, rows, &answers, counts)
    }

    fn screen(
        &self,
        tx: &mut Write<'_>,
        stamp: Stamp,
        rows: &[Prepared],
        answers: &[Upsert],
        counts: &mut ImportProgress,
    ) -> Result<Sighted, ApiError> {
        let watchman = Watchman::new(self.open, stamp, self.since);
        let recogniser = &self.open.session().recogniser;
        let mut list = recogniser.hold().ok_or_else(unread)?;
        let mut unscreenable = [0u64; Unscreenable::ALL.len()];
        let mut sighted = Sighted::default();
        let written_about = tx.read().orders_are_written_about()?;
        for (row, answer) in rows.iter().zip(answers) {
            match answer {
                Upsert::New { .. } => counts.orders += 1,
                Upsert::Duplicate { .. } => counts.duplicates += 1,
            }
            if matches!(answer, Upsert::New { .. }) || answer.to_screen() {
                let reason = row
                    .unscreenable
                    .and_then(|reason| Unscreenable::ALL.iter().position(|known| *known == reason));
                match reason.and_then(|at| unscreenable.get_mut(at)) {
                    Some(count) => *count += 1,
                    None => counts.screened += 1,
                }
            }
            if answer.to_screen() {
                if list.is_behind(answer.order()) {
                    drop(list);
                    recogniser.learn_before(&tx.read(), answer.order())?;
                    list = recogniser.hold().ok_or_else(unread)?;
                }
                let Sighted { alerts, sightings } = recognise(&watchman, tx, &list, row, *answer)?;
                sighted.alerts.extend(alerts);
                sighted.sightings.extend(sightings);
                if written_about {
                    let order_id = &row.order.order_id;
                    let alerts = rescreen_written(&watchman, tx, &list, order_id)?;
                    sighted.alerts.extend(alerts);
                }
            }
        }
        counts.unscreenable =
            Unscreenable::ALL.into_iter().zip(unscreenable).filter(|(_, rows)| *rows > 0).collect();
        Ok(sighted)
    }

    /// Notes how it ended. Done even when the vault was locked meanwhile: this thread still holds
    /// it, and it is what lets the import go on later.
    fn end(&self, state: ImportState) -> Result<(), ApiError> {
        let at = self.open.now();
        let committed = self.open.vault().write(|tx| -> Result<(), VaultError> {
            tx.end_import(self.id, state, at)?;
            // From within the transaction: the next import of this file may go on with it.
            if let Some(at_work) = &self.at_work {
                at_work.end();
            }
            Ok(())
        })?;
        self.open.desk().stale(committed.tags);
        Ok(())
    }
}

/// The orders of ratings that tell the alias of whoever gave them, where no report of orders told one
/// before: the address under which a rating was given is the one under which the order was placed.
fn raters(
    open: &Open,
    read: &Read<'_>,
    rows: &[Vec<AfterSale>],
) -> Result<Vec<Prepared>, ApiError> {
    let mut tokeniser = Tokeniser::default();
    let mut raters = Vec::new();
    for one in rows.iter().flatten() {
        let AfterSale::Feedback(one) = one else { continue };
        if one.order_id.is_empty() || one.rater_email.is_empty() {
            continue;
        }
        let stored = read.orders_by_id(&one.order_id)?;
        let channel = match &*stored {
            [] => Channel::default(),
            [of] if of.tokens.alias.is_none() => of.order.channel.clone(),
            // It has one, or nobody knows which of several orders was rated.
            _ => continue,
        };
        let order = ObservedOrder {
            order_id: one.order_id.clone(),
            channel,
            alias: one.rater_email.clone(),
            ..ObservedOrder::default()
        };
        let tokens = tokeniser.read(open.key(), &order);
        if tokens.alias.is_some() && !tokens.alias_shared {
            let unscreenable = unscreenable(&tokens, true);
            raters.push(Prepared { order, tokens, unscreenable, alike: None });
        }
    }
    Ok(raters)
}

/// Takes returns, claims and ratings in. Whoever is behind one was compared with the list when its
/// order was.
fn note(
    tx: &mut Write<'_>,
    origin: Origin,
    rows: &[Vec<AfterSale>],
    counts: &mut ImportProgress,
) -> Result<(), ApiError> {
    for row in rows {
        let (mut new, mut unscreenable) = (false, None);
        for observed in row {
            let noted = tx.note_after_sale(origin, observed)?;
            if (noted.new || noted.changed) && !matches!(observed, AfterSale::Feedback(_)) {
                tx.count_again(observed.order_id())?;
            }
            unscreenable = noted.unscreenable;
            if !noted.new {
                continue;
            }
            new = true;
            *match observed {
                AfterSale::Return(_) => &mut counts.observations.returns,
                AfterSale::Claim(_) => &mut counts.observations.claims,
                AfterSale::Feedback(_) => &mut counts.observations.feedback,
            } += 1;
        }
        if !new {
            counts.duplicates += 1;
            continue;
        }
        match unscreenable {
            None => counts.screened += 1,
            Some(reason) => match counts.unscreenable.iter_mut().find(|(of, _)| *of == reason) {
                Some((_, rows)) => *rows += 1,
                None => counts.unscreenable.push((reason, 1)),
            },
        }
    }
    Ok(())
}

/// Holds one stored order against the list.
fn recognise(
    watchman: &Watchman<'_>,
    tx: &mut Write<'_>,
    list: &crate::desk::Guard<'_>,
    row: &Prepared,
    answer: Upsert,
) -> Result<Sighted, ApiError> {
    let fresh = matches!(answer, Upsert::New { first_line_of_order: true, .. });
    // What is stored may know more of the order than this line says.
    let stored = if fresh { None } else { tx.read().order_by_key(answer.order())? };
    let tokens = stored.as_ref().map_or(row.tokens, |record| order_tokens(&record.tokens));
    let observed = stored.as_ref().map_or(&row.order, |record| &record.order);
    // What the list looked like when the row was read may be over.
    let newer = match &row.alike {
        Some((version, _)) if fresh && *version == list.version() => None,
        _ => Some(list.alike(observed)),
    };
    let alike = newer.as_deref().or(row.alike.as_ref().map(|(_, alike)| &**alike));
    let matches = {
        let read = tx.read();
        let crowd = StoredCrowd::new(&read);
        let matches = list.screen(observed, &tokens, alike.unwrap_or_default(), &crowd);
        crowd.finish()?;
        matches
    };
    if matches.is_empty() {
        return Ok(Sighted::default());
    }
    let order = stored.as_ref().map_or(
        SightedOrder {
            key: answer.order(),
            order_id: &row.order.order_id,
            marketplace: &row.order.channel.0,
            at: row.order.purchased_at,
            tokens: &tokens,
        },
        |record| SightedOrder::of(record, &tokens),
    );
    watchman.record(tx, &order, matches)
}

/// Why a file is not read. By its name it may be a letter in a form that only one program reads.
fn unread_file(error: IntakeError, name: &str) -> ApiError {
    const LETTERS: [&str; 6] = ["msg", "oft", "eml", "emlx", "mht", "mbox"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let letter = LETTERS.iter().any(|own| ending.eq_ignore_ascii_case(own));
    if !letter || matches!(error, IntakeError::Read(_) | IntakeError::Empty) {
        return error.into();
    }
    let no_letter = mail::MailError::NotMail;
    ApiError::new(no_letter.code(), no_letter.to_string())
}

pub(super) fn count(alerts: &[(AlertId, Tier)], tier: Tier) -> u64 {
    alerts.iter().filter(|(_, of)| *of == tier).count() as u64
}

pub(super) fn no_thread() -> ApiError {
    ApiError::new("internal", "the computer has no room for another thread; close other programs")
}

/// Imports a file as a job.
pub(crate) fn job(open: &Open, slot: &JobSlot, path: &Path) -> Result<(), Stopped> {
    run_in(open, slot, Source::file(path))
}

/// Imports the bundled sample as a job.
pub(crate) fn sample(open: &Open, slot: &JobSlot) -> Result<(), Stopped> {
    run_in(open, slot, session::load_sample::orders(open))
}

fn run_in(open: &Open, slot: &JobSlot, source: Source) -> Result<(), Stopped> {
    let mut watch = |progress: Progress, record: Option<&ImportRecord>| {
        slot.progress(open.desk(), progress, record.cloned());
        !slot.is_cancelled()
    };
    let imported = open.import(source, slot.since(), &mut watch)?;
    slot.finish(imported.record);
    Ok(())
}
