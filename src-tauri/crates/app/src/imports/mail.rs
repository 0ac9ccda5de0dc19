//! Imports a letter, or a file of letters, that was saved from a mailbox.

use super::{
    begin::AtWork,
    notice::notice,
    run::{Imported, count},
    source::{Bytes, Opened},
};
use crate::{
    ApiError, Open,
    desk::{
        Progress, SightedMessage, Stopped, StoredCrowd, Trusted, Watchman, Writer, is_of_buyer,
        unread,
    },
    view::ImportRecord,
};
use buyerwatch_domain::{
    AlertId, Forgery, ImportId, MessageKind, ObservedMessage, Refusal, SignalId, SkipReason, Stamp,
    Tier, Unscreenable,
};
use buyerwatch_intake::{
    IntakeError,
    mail::{self, Beginning, MAIL_MAX, MailError, MailFormat, MboxReader, parse_whole},
};
use buyerwatch_mailbox::Content;
use buyerwatch_matching::OrderReader as Tokeniser;
use buyerwatch_signals::{claim_says_not_received, demands_refund_of_lost};
use buyerwatch_vault::{
    Copies, ImportProgress, ImportStart, ImportState, MessageKey, MessageTokens, NotReceived,
    Origin, StoredMessage, VaultError, Write,
};
use std::{
    io::{BufReader, Read as _},
    thread,
    time::{Duration, Instant},
};

/// Letters that are stored together, and how long the first of them waits for the others.
const LETTERS: usize = 500;
const WAIT: Duration = Duration::from_millis(200);
/// Bytes of attachments after which a batch is stored.
const HELD: usize = 16 << 20;
/// Milliseconds by which the date of a letter may lie ahead: clocks are wrong by days, and some by the
/// month. When it was received, where it says so, binds it closer.
const AHEAD: i64 = 31 * 24 * 3_600_000;
/// Left to other writers after each batch.
const GAP: Duration = Duration::from_millis(4);
const BUFFER: usize = 256 * 1024;

/// A message, and what tells it from others.
struct Known {
    id: MessageKey,
    copies: Copies,
    message: ObservedMessage,
}

/// What came out of one letter: itself if it is of a marketplace, and the marketplace's letters that hang
/// on it.
#[derive(Default)]
struct Letter {
    messages: Vec<Known>,
    /// Why nothing of it was taken, or not all that hangs on it.
    skipped: Option<SkipReason>,
}

impl Letter {
    fn skipped(reason: SkipReason) -> Self {
        Self { messages: Vec::new(), skipped: Some(reason) }
    }

    /// Bytes of attachments that it keeps in memory.
    fn held(&self) -> usize {
        let files = self.messages.iter().flat_map(|of| &of.message.attachments);
        files.map(|file| file.content.len()).sum()
    }
}

/// A letter, none when it is too long, and the bytes of the file up to its end.
type Read = (Option<Vec<u8>>, u64);

/// Where reading goes on: bytes, and letters before them.
type Place = (u64, u64);

/// Letters of either kind of file.
enum Letters {
    /// One letter, until it was read.
    One(Option<Bytes>),
    Many(Box<MboxReader<BufReader<Bytes>>>),
}

impl Letters {
    /// The next letter and the bytes of the file up to its end; no letter when it is too long.
    fn next(&mut self) -> Result<Option<Read>, IntakeError> {
        match self {
            Self::One(left) => {
                let Some(mut reader) = left.take() else { return Ok(None) };
                let mut letter = Vec::new();
                let limit = MAIL_MAX as u64 + 1;
                reader.by_ref().take(limit).read_to_end(&mut letter).map_err(IntakeError::Read)?;
                let bytes = letter.len() as u64;
                Ok(Some(((bytes < limit).then_some(letter), bytes)))
            }
            Self::Many(letters) => {
                let letter = letters.next_letter().map_err(IntakeError::Read)?;
                Ok(letter.map(|letter| (letter.bytes, letter.end)))
            }
        }
    }
}

/// Where reading goes on after a break: bytes, and letters before them.
fn place(bytes: u64, letters: u64) -> Vec<u8> {
    [bytes.to_le_bytes(), letters.to_le_bytes()].concat()
}

fn placed(resume: &[u8]) -> Option<Place> {
    let (bytes, letters) = resume.split_at_checked(8)?;
    Some((u64::from_le_bytes(bytes.try_into().ok()?), u64::from_le_bytes(letters.try_into().ok()?)))
}

impl Open {
    /// Imports letters and waits for the end. What is of no marketplace is counted and not kept.
    pub(super) fn import_mail(
        &self,
        format: MailFormat,
        source: Opened,
        fingerprint: Option<Vec<u8>>,
        since: Instant,
        watch: &mut dyn FnMut(Progress, Option<&ImportRecord>) -> bool,
    ) -> Result<Imported, Stopped> {
        let Opened { name, mut reader, bytes_total, before } = source;
        let before = self.grown(before, bytes_total)?;
        let (id, resume, at_work) = self.begin_mail(format, &name, fingerprint, bytes_total)?;
        let (mut bytes, mut letters) = (0, 0);
        if let Some((offset, before)) = resume
            && reader.seek_to(offset).map_err(IntakeError::Read).map_err(ApiError::from)?
        {
            (bytes, letters) = (offset, before);
        }
        let source = match format {
            MailFormat::Mbox => {
                let reader = BufReader::with_capacity(BUFFER, reader);
                Letters::Many(Box::new(MboxReader::new(reader, bytes)))
            }
            _ => Letters::One(Some(reader)),
        };
        let mut run = MailRun {
            open: self,
            id,
            before,
            since,
            letters,
            bytes,
            alerts: Vec::new(),
            signals: Vec::new(),
        };
        let ended = run.read(source, bytes_total, watch);
        let state = match &ended {
            Ok(()) => ImportState::Done,
            Err(Stopped::Cancelled) => ImportState::Cancelled,
            Err(Stopped::Failed(error)) if error.code == "read_failed" => ImportState::Failed,
            Err(Stopped::Locked | Stopped::Failed(_)) => ImportState::Interrupted,
        };
        let at = self.now();
        let marked = self.vault().write(|tx| -> Result<(), VaultError> {
            tx.end_import(id, state, at)?;
            at_work.end();
            Ok(())
        });
        ended?;
        self.desk().stale(marked.map_err(ApiError::from)?.tags);
        let mut signals = run.signals;
        signals.extend(self.count_what_came_in());
        Ok(Imported { record: super::list::record(self, id)?, alerts: run.alerts, signals })
    }

    /// The import of a file before, if it was written on since.
    fn grown(
        &self,
        before: Option<ImportId>,
        bytes_total: Option<u64>,
    ) -> Result<Option<ImportId>, ApiError> {
        let Some(before) = before else { return Ok(None) };
        let known = self.read(|read| read.import(before))?;
        let grown = known.is_some_and(|known| known.bytes_total < bytes_total);
        Ok(grown.then_some(before))
    }

    fn begin_mail(
        &self,
        format: MailFormat,
        name: &str,
        fingerprint: Option<Vec<u8>>,
        bytes_total: Option<u64>,
    ) -> Result<(ImportId, Option<Place>, AtWork), ApiError> {
        let drawn = self.draw(|bytes| bytes)?;
        let fingerprint = fingerprint.unwrap_or_else(|| drawn.to_vec());
        let owner = self.desk().owner()?;
        self.write_observations(|tx, stamp| {
            tx.interrupt_imports(|import, name| owner.runs(import, name))?;
            let start = ImportStart {
                id: ImportId::from_bytes(drawn),
                name,
                fingerprint: &fingerprint,
                bytes_total,
                format: format.code(),
                // Each letter says its own.
                encoding: "mime",
                owner: owner.name(),
                at: stamp.at,
            };
            let mut begun = tx.begin_import(&start, |import| owner.is_at(import))?;
            let place = begun.resume.take();
            let goes_on = place.as_deref().and_then(placed).filter(|_| format == MailFormat::Mbox);
            if place.is_some() && goes_on.is_none() {
                // From the beginning, as a new one: its counts must not grow twice.
                tx.end_import(begun.import.id, ImportState::Cancelled, stamp.at)?;
                begun = tx.begin_import(&start, |import| owner.is_at(import))?;
            }
            let at_work = owner.sets_to(begun.import.id);
            Ok((begun.import.id, goes_on, at_work))
        })
    }

    /// What tells a message from others, whichever way it comes: its `Message-ID`; what it begins with when
    /// it was cut above that; or its content when it has none. Keyed, so that it says nothing of them.
    fn known(&self, letter: &[u8], message: ObservedMessage) -> Known {
        let key =
            blake3::derive_key("buyerwatch/1/message-key", self.vault().blind_key().as_bytes());
        // Whoever forges a letter may choose the ID of another one, or its beginning.
        let forged = [u8::from(message.forged.is_some())];
        let keyed = |of: &[u8], parts: [&[u8]; 2]| {
            let mut hash = blake3::Hasher::new_keyed(&key);
            hash.update(of);
            parts.into_iter().for_each(|part| {
                hash.update(part);
            });
            let mut id: MessageKey = [0; 16];
            hash.finalize_xof().fill(&mut id);
            id
        };
        let beginning = match message.forged {
            // What hangs on a letter came whole or not at all.
            Some(Forgery::Attached) => Beginning::default(),
            _ => Beginning::of(letter),
        };
        let cut = beginning.cut().filter(|_| message.message_id.is_empty());
        let id = match (cut, &*message.message_id, message.forged) {
            (Some(begun), ..) => keyed(b"begun", [&forged, begun]),
            // Nor does it stand in for what comes by itself.
            (None, "", Some(Forgery::Attached)) => keyed(b"attached", [letter, b""]),
            (None, "", _) => keyed(b"content", [letter, b""]),
            (None, named, _) => keyed(b"id", [&forged, named.as_bytes()]),
        };
        let mut copies = Copies { cut: cut.is_some(), ..Copies::default() };
        if copies.cut || !message.message_id.is_empty() {
            let earlier = beginning.earlier().map(|begun| keyed(b"begun", [&forged, begun]));
            copies.earlier.extend(earlier);
        }
        Known { id, copies, message }
    }

    fn read_letter(&self, letter: Option<Vec<u8>>, checked_by: Option<&str>) -> Letter {
        let Some(letter) = letter else { return Letter::skipped(SkipReason::MailTooLarge) };
        let mail::Letter { message, attached, has_more } = match parse_whole(&letter, checked_by) {
            Ok(read) => read,
            Err(MailError::TooLarge) => return Letter::skipped(SkipReason::MailTooLarge),
            Err(MailError::TooComplex) => return Letter::skipped(SkipReason::MailTooComplex),
            Err(_) => return Letter::skipped(SkipReason::NotMail),
        };
        // Nothing was written after now: then it counts as of when it came in.
        let latest = self.now().millis().saturating_add(AHEAD);
        let mut read = Letter::default();
        let mut take = |bytes: &[u8], mut message: ObservedMessage| {
            message.sent_at = message.sent_at.filter(|at| at.millis() <= latest);
            read.messages.push(self.known(bytes, message));
        };
        if message.kind != MessageKind::Foreign || message.forged.is_some() {
            take(&letter, message);
        }
        for message in attached {
            let itself =
                message.attachments.first().map(|of| of.content.clone()).unwrap_or_default();
            take(&itself, message);
        }
        read.skipped = match read.messages.is_empty() {
            _ if has_more => Some(SkipReason::MailTooComplex),
            true => Some(SkipReason::NotOfMarketplace),
            false => None,
        };
        read
    }
}

/// The record of what comes in from a mailbox while it is read.
#[derive(Debug)]
pub(crate) struct MailboxImport {
    id: ImportId,
    /// Letters of the record so far.
    rows: u64,
    at_work: AtWork,
    /// Whose word on senders counts; the topmost when `None`.
    checked_by: Option<String>,
}

impl MailboxImport {
    /// Of what servers found out about senders, only the word of this one counts.
    pub(crate) fn checked_by(self, server: Option<String>) -> Self {
        Self { checked_by: server, ..self }
    }
}

impl Open {
    /// Goes on with the record of a mailbox and a day.
    pub(crate) fn begin_mailbox(
        &self,
        name: &str,
        fingerprint: &[u8],
    ) -> Result<MailboxImport, ApiError> {
        let id = self.draw(ImportId::from_bytes)?;
        let owner = self.desk().owner()?;
        self.write_observations(|tx, stamp| {
            let start = ImportStart {
                id,
                name,
                fingerprint,
                bytes_total: None,
                format: "imap",
                encoding: "mime",
                owner: owner.name(),
                at: stamp.at,
            };
            let import = tx.resume_import(&start, |import| owner.is_at(import))?;
            let at_work = owner.sets_to(import.id);
            Ok(MailboxImport { id: import.id, rows: import.rows, at_work, checked_by: None })
        })
    }

    /// Takes letters of a mailbox in, each once; `keep` writes in the same transaction how far it was read.
    pub(crate) fn take_mailbox(
        &self,
        import: &mut MailboxImport,
        letters: Vec<Content>,
        keep: impl FnOnce(&mut Write<'_>) -> Result<(), ApiError>,
    ) -> Result<Vec<(AlertId, Tier)>, ApiError> {
        let since = Instant::now();
        let bytes = letters.iter().map(|letter| match letter {
            Content::Whole(letter) => letter.len() as u64,
            Content::TooLong | Content::Withheld => 0,
        });
        let bytes = bytes.sum();
        let checked_by = import.checked_by.as_deref();
        let batch = letters.into_iter().map(|letter| match letter {
            Content::Whole(letter) => self.read_letter(Some(letter), checked_by),
            Content::TooLong => self.read_letter(None, None),
            Content::Withheld => Letter::skipped(SkipReason::MailWithheld),
        });
        let batch: Vec<Letter> = batch.collect();
        self.session().recogniser.ensure(self)?;
        let run = MailRun {
            open: self,
            id: import.id,
            before: None,
            since,
            letters: import.rows,
            bytes,
            alerts: Vec::new(),
            signals: Vec::new(),
        };
        let alerts = self.write_observations(|tx, stamp| {
            let taken = run.take(tx, stamp, &batch, import.rows)?;
            tx.save_import(import.id, &[], &taken.counts)?;
            keep(tx)?;
            Ok(taken.alerts)
        })?;
        import.rows += batch.len() as u64;
        self.count_what_came_in();
        Ok(alerts)
    }

    /// Everything that was in the mailbox was taken in.
    pub(crate) fn end_mailbox(&self, import: MailboxImport) -> Result<(), ApiError> {
        let at = self.now();
        self.write_observations(|tx, _| Ok(tx.end_import(import.id, ImportState::Done, at)?))?;
        import.at_work.end();
        Ok(())
    }
}

/// Whether a notice of the marketplace names an order, and nobody behind it: neither an account nor an
/// order that is stored, which would have been compared itself.
fn names_nobody(
    read: &buyerwatch_vault::Read<'_>,
    message: &ObservedMessage,
) -> Result<bool, VaultError> {
    let names = |account: &str| !account.is_empty();
    if !names(&message.order_id) || names(&message.alias) || names(&message.marketplace_buyer_id) {
        return Ok(false);
    }
    // An ID that several marketplaces gave out names nobody.
    Ok(read.order_acts_by_id(&message.order_id)?.len() != 1)
}

/// What a message says of an order that did not arrive, by the marketplace's own words.
pub(crate) fn not_received(message: &ObservedMessage) -> NotReceived {
    let (subject, body) = (&message.subject, &message.body);
    match message.kind {
        _ if message.forged.is_some() => NotReceived::No,
        MessageKind::ClaimFiled if claim_says_not_received(subject, body) => NotReceived::Claimed,
        MessageKind::Buyer if demands_refund_of_lost(subject) => NotReceived::Demanded,
        _ => NotReceived::No,
    }
}

/// What a batch of letters came to.
struct TakenLetters {
    counts: ImportProgress,
    alerts: Vec<(AlertId, Tier)>,
    signals: Vec<SignalId>,
}

struct MailRun<'a> {
    open: &'a Open,
    id: ImportId,
    /// The import of the file before it was written on: its last letter may have been cut.
    before: Option<ImportId>,
    since: Instant,
    letters: u64,
    bytes: u64,
    alerts: Vec<(AlertId, Tier)>,
    signals: Vec<SignalId>,
}

impl MailRun<'_> {
    fn read(
        &mut self,
        mut source: Letters,
        bytes_total: Option<u64>,
        watch: &mut dyn FnMut(Progress, Option<&ImportRecord>) -> bool,
    ) -> Result<(), Stopped> {
        let mut progress = Progress {
            bytes_total,
            bytes: self.bytes,
            rows: self.letters,
            committed: self.letters,
        };
        if !watch(progress, None) {
            return Err(Stopped::Cancelled);
        }
        loop {
            let begun = Instant::now();
            let (mut batch, mut ended, mut held) = (Vec::new(), None, 0);
            while batch.len() < LETTERS && held < HELD && begun.elapsed() < WAIT {
                match source.next() {
                    Ok(Some((letter, end))) => {
                        self.bytes = end;
                        let letter = self.open.read_letter(letter, None);
                        held += letter.held();
                        batch.push(letter);
                    }
                    Ok(None) => {
                        ended = Some(Ok(()));
                        break;
                    }
                    Err(error) => {
                        ended = Some(Err(Stopped::Failed(error.into())));
                        break;
                    }
                }
            }
            self.open.session().recogniser.ensure(self.open)?;
            let record = self.store(&batch)?;
            progress.bytes = self.bytes;
            progress.rows = record.rows;
            progress.committed = record.rows;
            let go_on = watch(progress, Some(&record));
            if let Some(ended) = ended {
                return ended;
            }
            if !go_on {
                return Err(Stopped::Cancelled);
            }
            thread::sleep(GAP);
        }
    }

    fn store(&mut self, batch: &[Letter]) -> Result<ImportRecord, ApiError> {
        let first = self.letters;
        let letters = first + batch.len() as u64;
        let resume = place(self.bytes, letters);
        let (row, taken) = self.open.write_observations(|tx, stamp| {
            let taken = self.take(tx, stamp, batch, first)?;
            tx.save_import(self.id, &resume, &taken.counts)?;
            let row = tx.read().import(self.id)?.ok_or(Refusal::NotFound("import"))?;
            Ok((row, taken))
        })?;
        self.letters = letters;
        self.alerts.extend(taken.alerts);
        self.signals.extend(taken.signals);
        Ok(row.into())
    }

    fn take(
        &self,
        tx: &mut Write<'_>,
        stamp: Stamp,
        batch: &[Letter],
        first: u64,
    ) -> Result<TakenLetters, ApiError> {
        let origin = Origin { import: self.id, at: stamp.at };
        let watchman = Watchman::new(self.open, stamp, self.since);
        let mut tokeniser = Tokeniser::default();
        let reader = self.open.phrases()?;
        let trusted = Trusted::of(self.open.key(), &tx.read().trusts()?, stamp.at);
        let (mut alerts, mut signals) = (Vec::new(), Vec::new());
        let mut unscreenable = 0;
        let mut counts = ImportProgress {
            rows: batch.len() as u64,
            bytes_done: self.bytes,
            ..ImportProgress::default()
        };
        for (letter, number) in batch.iter().zip(first + 1..) {
            counts.skipped.extend(letter.skipped.map(|reason| (number, reason)));
            let mut new_of_it = false;
            for Known { id: own, copies, message } in &letter.messages {
                let order = message.compared();
                let tokens = order.as_ref().map(|order| tokeniser.read(self.open.key(), order));
                let stored = StoredMessage {
                    id: *own,
                    message,
                    tokens: tokens.map_or_else(MessageTokens::default, |tokens| MessageTokens {
                        alias: tokens.alias,
                        marketplace_id: tokens.marketplace_id,
                    }),
                    not_received: not_received(message),
                };
                let copies = Copies { before: self.before, ..copies.clone() };
                let Some(id) = tx.note_message(origin, &stored, &copies)? else { continue };
                let stored = StoredMessage { id, ..stored };
                new_of_it = true;
                if self.before.is_some() || id != *own {
                    // It may have the number of one that it takes the place of.
                    self.open.session().noticed.forget();
                }
                counts.observations.messages += 1;
                let claims = stored.not_received != NotReceived::No;
                if claims || message.kind == MessageKind::CancelRequest {
                    tx.count_again(&message.order_id)?;
                }
                notice(self.open, tx, stamp, &stored, &reader, &trusted, &mut signals)?;
                if order.is_some() && !is_of_buyer(message.kind) {
                    unscreenable += u64::from(names_nobody(&tx.read(), message)?);
                } else if order.is_some() {
                    match self.recognise(&watchman, tx, &stored)? {
                        Some(raised) => {
                            counts.screened += 1;
                            alerts.extend(raised);
                        }
                        None => unscreenable += 1,
                    }
                }
            }
            if !letter.messages.is_empty() && !new_of_it {
                counts.duplicates += 1;
            }
        }
        if unscreenable > 0 {
            counts.unscreenable.push((Unscreenable::OrderUnknown, unscreenable));
        }
        counts.alerts = count(&alerts, Tier::Alert);
        counts.possible = count(&alerts, Tier::Possible);
        Ok(TakenLetters { counts, alerts, signals })
    }

    /// Holds a new message against the list, with all that its order knows of the buyer. `None` when it
    /// names nobody: neither an account nor an order that is stored.
    fn recognise(
        &self,
        watchman: &Watchman<'_>,
        tx: &mut Write<'_>,
        stored: &StoredMessage<'_>,
    ) -> Result<Option<Vec<(AlertId, Tier)>>, ApiError> {
        let list = self.open.session().recogniser.hold().ok_or_else(unread)?;
        let read = tx.read();
        let writer = Writer::of(self.open.key(), &read, stored.message, stored.tokens)?;
        let Some(writer) = writer else { return Ok(None) };
        let crowd = StoredCrowd::new(&read);
        let matches = list.recognise_writer(&writer, &crowd);
        crowd.finish()?;
        let seen = SightedMessage::of(stored.id, stored.message, &writer);
        watchman.record_message(tx, &seen, matches).map(Some)
    }
}
