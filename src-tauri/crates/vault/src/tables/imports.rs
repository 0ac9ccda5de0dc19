//! Imports: where each stands, what it counted, which rows it did not take.

use super::column::{at, at_or_none, code, id};
use super::coverage;
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{ImportId, SkipReason, Tag, Timestamp, Unscreenable};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE imports (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    bytes_total INTEGER,
    bytes_done INTEGER NOT NULL DEFAULT 0,
    resume BLOB,
    rows INTEGER NOT NULL DEFAULT 0,
    orders INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    screened INTEGER NOT NULL DEFAULT 0,
    alerts INTEGER NOT NULL DEFAULT 0,
    possible INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX imports_fingerprint ON imports (fingerprint);
CREATE INDEX imports_open ON imports (state) WHERE finished_at IS NULL;
CREATE TABLE import_skips (
    import INTEGER NOT NULL,
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (import, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_counts (
    import INTEGER NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    rows INTEGER NOT NULL,
    PRIMARY KEY (import, what, reason)
) STRICT, WITHOUT ROWID;
";

/// So many skipped rows, and as many undated ones, are kept one by one; all are counted.
pub const SKIPS_KEPT: u64 = 10_000;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Rows are being taken in.
    Running,
    /// Every row is accounted for.
    Done,
    /// A person stopped it.
    Cancelled,
    /// The program ended in the middle; the same file goes on where it stopped.
    Interrupted,
    /// The file could not be read to its end.
    Failed,
}

impl ImportState {
    const ALL: [Self; 5] =
        [Self::Running, Self::Done, Self::Cancelled, Self::Interrupted, Self::Failed];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
            Self::Failed => "failed",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// An import that begins.
#[derive(Debug, Clone, Copy)]
pub struct ImportStart<'a> {
    /// Identity drawn for it.
    pub id: ImportId,
    /// Name of the file, without its folder.
    pub name: &'a str,
    /// What tells the file from others: size and keyed hash of beginning and end.
    pub fingerprint: &'a [u8],
    /// Size in bytes, if known.
    pub bytes_total: Option<u64>,
    /// Code of the report's format.
    pub format: &'a str,
    /// Code of the text's encoding.
    pub encoding: &'a str,
    /// Who runs it: a text by which a later process tells whether that one still lives.
    pub owner: &'a str,
    /// When it begins.
    pub at: Timestamp,
}

/// Where to begin reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The import: the new one, or an interrupted one of the same file that goes on.
    pub import: ImportRow,
    /// Where the earlier reading stopped, as given to [`Write::save_import`].
    pub resume: Option<Vec<u8>>,
}

/// New observations of kinds other than orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Observations {
    /// Messages of buyers.
    pub messages: u64,
    /// Returns.
    pub returns: u64,
    /// Claims.
    pub claims: u64,
    /// Ratings.
    pub feedback: u64,
}

impl Observations {
    const CODES: [&str; 4] = ["messages", "returns", "claims", "feedback"];

    const fn counts(self) -> [u64; 4] {
        [self.messages, self.returns, self.claims, self.feedback]
    }

    const fn counts_mut(&mut self) -> [&mut u64; 4] {
        [&mut self.messages, &mut self.returns, &mut self.claims, &mut self.feedback]
    }
}

/// What a batch of an import added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportProgress {
    /// Rows read.
    pub rows: u64,
    /// Lines that were new.
    pub orders: u64,
    /// Other observations that were new.
    pub observations: Observations,
    /// Lines that were stored already.
    pub duplicates: u64,
    /// Orders that were compared with the list.
    pub screened: u64,
    /// Alerts raised.
    pub alerts: u64,
    /// Possible matches shown.
    pub possible: u64,
    /// Rows that were taken although they bear no date that could be read: their lines in the file.
    pub undated: Vec<u64>,
    /// Orders that could not be compared, by reason.
    pub unscreenable: Vec<(Unscreenable, u64)>,
    /// Rows that were not taken: line in the file, and why.
    pub skipped: Vec<(u64, SkipReason)>,
    /// Bytes of the file read so far, in all.
    pub bytes_done: u64,
}

/// An import as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its identity.
    pub id: ImportId,
    /// Name of the file.
    pub name: String,
    /// Code of the report's format.
    pub format: String,
    /// Code of the text's encoding.
    pub encoding: String,
    /// Where it stands.
    pub state: ImportState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Size of the file in bytes, if known.
    pub bytes_total: Option<u64>,
    /// Bytes read.
    pub bytes_done: u64,
    /// Rows read.
    pub rows: u64,
    /// Lines that were new.
    pub orders: u64,
    /// Other observations that were new.
    pub observations: Observations,
    /// Lines that were stored already.
    pub duplicates: u64,
    /// Rows that were not taken.
    pub skipped: u64,
    /// Of those, how many for each reason, by the reason's code.
    pub skipped_by_reason: Vec<(String, u64)>,
    /// Orders that were compared with the list.
    pub screened: u64,
    /// Orders that could not be, by reason.
    pub unscreenable: Vec<(Unscreenable, u64)>,
    /// Rows that were taken without a date that could be read.
    pub undated: u64,
    /// Alerts raised.
    pub alerts: u64,
    /// Possible matches shown.
    pub possible: u64,
}

const COLUMNS: &str = "id, name, format, encoding, state, started_at, finished_at, bytes_total,
    bytes_done, rows, orders, duplicates, skipped, screened, alerts, possible, no";

fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

/// An import without its counts by reason, and its number.
fn import(row: &Row<'_>) -> rusqlite::Result<(ImportRow, i64)> {
    let import = ImportRow {
        id: id(row, 0)?,
        name: row.get(1)?,
        format: row.get(2)?,
        encoding: row.get(3)?,
        state: code(row, 4, ImportState::from_code)?,
        started_at: at(row, 5)?,
        finished_at: at_or_none(row, 6)?,
        bytes_total: row.get::<_, Option<i64>>(7)?.and_then(|bytes| u64::try_from(bytes).ok()),
        bytes_done: count(row, 8)?,
        rows: count(row, 9)?,
        orders: count(row, 10)?,
        observations: Observations::default(),
        duplicates: count(row, 11)?,
        skipped: count(row, 12)?,
        skipped_by_reason: Vec::new(),
        screened: count(row, 13)?,
        unscreenable: Vec::new(),
        undated: 0,
        alerts: count(row, 14)?,
        possible: count(row, 15)?,
    };
    Ok((import, row.get(16)?))
}

fn with_counts(conn: &Connection, found: (ImportRow, i64)) -> Result<ImportRow, VaultError> {
    let (mut import, no) = found;
    let mut query = conn.prepare_cached(
        "SELECT what, reason, rows FROM import_counts WHERE import = ?1 ORDER BY what, reason",
    )?;
    let mut rows = query.query([no])?;
    while let Some(row) = rows.next()? {
        let reason: String = row.get(1)?;
        let rows = count(row, 2)?;
        if row.get_ref(0)?.as_str() == Ok(SKIPPED) {
            import.skipped_by_reason.push((reason, rows));
        } else if row.get_ref(0)?.as_str() == Ok(OBSERVED) {
            for (code, count) in Observations::CODES.iter().zip(import.observations.counts_mut()) {
                if *code == reason {
                    *count = rows;
                }
            }
        } else if row.get_ref(0)?.as_str() == Ok(UNDATED) {
            import.undated = rows;
        } else {
            let known = Unscreenable::ALL.into_iter().find(|known| known.code() == reason);
            import.unscreenable.extend(known.map(|known| (known, rows)));
        }
    }
    import.unscreenable.sort_by_key(|(reason, _)| coverage::number(Some(*reason)));
    Ok(import)
}

const SKIPPED: &str = "skipped";
const UNSCREENABLE: &str = "unscreenable";
const OBSERVED: &str = "observed";
/// Also the reason under which such rows are listed.
const UNDATED: &str = "undated";

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn begin(
    conn: &Connection,
    start: &ImportStart<'_>,
    lives: impl Fn(ImportId) -> bool,
) -> Result<Begun, VaultError> {
    let mut interrupted = conn.prepare_cached(&format!(
        "SELECT {COLUMNS}, resume FROM imports
         WHERE fingerprint = ?1 AND state = 'interrupted' AND format = ?2
         ORDER BY no DESC"
    ))?;
    let mut earlier = interrupted.query_map(params![start.fingerprint, start.format], |row| {
        Ok((import(row)?, row.get::<_, Option<Vec<u8>>>(17)?))
    })?;
    let dead = |found: &rusqlite::Result<((ImportRow, i64), _)>| {
        !found.as_ref().is_ok_and(|((import, _), _)| lives(import.id))
    };
    if let Some((found, resume)) = earlier.find(dead).transpose()? {
        conn.prepare_cached(
            "UPDATE imports SET state = 'running', owner = ?2, finished_at = NULL WHERE no = ?1",
        )?
        .execute(params![found.1, start.owner])?;
        let mut import = with_counts(conn, found)?;
        (import.state, import.finished_at) = (ImportState::Running, None);
        return Ok(Begun { import, resume });
    }
    conn.prepare_cached(
        "INSERT INTO imports (id, name, fingerprint, format, encoding, state, owner, started_at,
             bytes_total)
         VALUES (?1, ?2, ?3, ?4, ?5, 'running', ?6, ?7, ?8)",
    )?
    .execute(params![
        start.id.as_bytes(),
        start.name,
        start.fingerprint,
        start.format,
        start.encoding,
        start.owner,
        start.at.millis(),
        start.bytes_total.map(signed)
    ])?;
    let import = get(conn, start.id)?.ok_or(VaultError::Damaged(crate::Part::Table))?;
    Ok(Begun { import, resume: None })
}

fn get(conn: &Connection, id: ImportId) -> Result<Option<ImportRow>, VaultError> {
    let found = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM imports WHERE id = ?1"))?
        .query_row([id.as_bytes()], import)
        .optional()?;
    found.map(|found| with_counts(conn, found)).transpose()
}

pub(super) fn save(
    conn: &Connection,
    id: ImportId,
    resume: &[u8],
    progress: &ImportProgress,
) -> Result<(), VaultError> {
    let saved: Option<(i64, i64)> = conn
        .prepare_cached(
            "UPDATE imports SET resume = ?2, bytes_done = ?3, rows = rows + ?4,
                 orders = orders + ?5, duplicates = duplicates + ?6, skipped = skipped + ?7,
                 screened = screened + ?8, alerts = alerts + ?9, possible = possible + ?10
             WHERE id = ?1 AND state = 'running' RETURNING no, skipped - ?7",
        )?
        .query_row(
            params![
                id.as_bytes(),
                resume,
                signed(progress.bytes_done),
                signed(progress.rows),
                signed(progress.orders),
                signed(progress.duplicates),
                i64::try_from(progress.skipped.len()).unwrap_or(i64::MAX),
                signed(progress.screened),
                signed(progress.alerts),
                signed(progress.possible)
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((no, kept)) = saved else {
        // One that was taken for dead may go on elsewhere: two that count as one would double it.
        let known = get(conn, id)?.is_some();
        return Err(if known { VaultError::Busy } else { VaultError::Damaged(crate::Part::Table) });
    };
    let room = SKIPS_KEPT.saturating_sub(kept.unsigned_abs());
    let mut skip = conn.prepare_cached(
        "INSERT INTO import_skips (import, line, reason) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING",
    )?;
    for (line, reason) in progress.skipped.iter().take(usize::try_from(room).unwrap_or(0)) {
        skip.execute(params![no, signed(*line), reason.code()])?;
    }
    let kept: Option<i64> = conn
        .prepare_cached("SELECT rows FROM import_counts WHERE import = ?1 AND what = ?2")?
        .query_row(params![no, UNDATED], |row| row.get(0))
        .optional()?;
    let room = SKIPS_KEPT.saturating_sub(kept.unwrap_or(0).unsigned_abs());
    for line in progress.undated.iter().take(usize::try_from(room).unwrap_or(0)) {
        skip.execute(params![no, signed(*line), UNDATED])?;
    }
    let mut by_reason = std::collections::BTreeMap::new();
    for (_, reason) in &progress.skipped {
        *by_reason.entry((SKIPPED, reason.code())).or_insert(0i64) += 1;
    }
    for (reason, orders) in &progress.unscreenable {
        *by_reason.entry((UNSCREENABLE, reason.code())).or_insert(0) += signed(*orders);
    }
    for (code, count) in Observations::CODES.into_iter().zip(progress.observations.counts()) {
        if count > 0 {
            by_reason.insert((OBSERVED, code), signed(count));
        }
    }
    if !progress.undated.is_empty() {
        by_reason.insert((UNDATED, ""), signed(progress.undated.len() as u64));
    }
    let mut add = conn.prepare_cached(
        "INSERT INTO import_counts (import, what, reason, rows) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (import, what, reason) DO UPDATE SET rows = rows + excluded.rows",
    )?;
    for ((what, reason), rows) in by_reason {
        add.execute(params![no, what, reason, rows])?;
    }
    Ok(())
}

pub(super) fn end(
    conn: &Connection,
    id: ImportId,
    state: ImportState,
    at: Timestamp,
) -> Result<(), VaultError> {
    // One that goes on elsewhere is not this one's to end.
    conn.prepare_cached(
        "UPDATE imports SET state = ?2, finished_at = ?3 WHERE id = ?1 AND state = 'running'",
    )?
    .execute(params![id.as_bytes(), state.code(), at.millis()])?;
    Ok(())
}

pub(super) fn interrupt(
    conn: &Connection,
    lives: impl Fn(ImportId, &str) -> bool,
) -> Result<usize, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT no, owner, id FROM imports WHERE state = 'running' AND finished_at IS NULL",
    )?;
    let running = query
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, id(row, 2)?)))?;
    let dead: Vec<i64> = running
        .filter(|found| !found.as_ref().is_ok_and(|(_, owner, id)| lives(*id, owner)))
        .map(|found| found.map(|(no, ..)| no))
        .collect::<Result<_, _>>()?;
    let mut mark = conn.prepare_cached("UPDATE imports SET state = 'interrupted' WHERE no = ?1")?;
    for no in &dead {
        mark.execute([no])?;
    }
    Ok(dead.len())
}

impl Write<'_> {
    /// Begins an import. If an earlier one of the same file was interrupted, that one goes on,
    /// unless it `lives`: somebody is at work on it whatever its row says.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn begin_import(
        &mut self,
        start: &ImportStart<'_>,
        lives: impl Fn(ImportId) -> bool,
    ) -> Result<Begun, VaultError> {
        self.mark_stale(Tag::Imports);
        begin(self.conn(), start, lives)
    }

    /// Goes on with the newest record of this fingerprint and format although it was ended, unless it
    /// `lives`; begins one when there is none. For what comes in little by little, as letters of a mailbox
    /// do: a record each would bury the others.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn resume_import(
        &mut self,
        start: &ImportStart<'_>,
        lives: impl Fn(ImportId) -> bool,
    ) -> Result<ImportRow, VaultError> {
        self.mark_stale(Tag::Imports);
        let conn = self.conn();
        let newest: Option<ImportId> = conn
            .prepare_cached(
                "SELECT id FROM imports WHERE fingerprint = ?1 AND format = ?2 ORDER BY no DESC LIMIT 1",
            )?
            .query_row(params![start.fingerprint, start.format], |row| id(row, 0))
            .optional()?;
        if let Some(newest) = newest.filter(|newest| !lives(*newest)) {
            conn.prepare_cached(
                "UPDATE imports SET state = 'running', owner = ?2, finished_at = NULL WHERE id = ?1",
            )?
            .execute(params![newest.as_bytes(), start.owner])?;
            return get(conn, newest)?.ok_or(VaultError::Damaged(crate::Part::Table));
        }
        Ok(begin(conn, start, |_| true)?.import)
    }

    /// Adds what a batch did to the counts, with where to go on. In the transaction of the batch,
    /// so that an interrupted import neither loses nor doubles a row.
    ///
    /// # Errors
    /// [`VaultError::Busy`] when the import no longer runs, so that nobody writes beside another
    /// who goes on with it; otherwise when the vault cannot be written or has no such import.
    pub fn save_import(
        &mut self,
        id: ImportId,
        resume: &[u8],
        progress: &ImportProgress,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        save(self.conn(), id, resume, progress)
    }

    /// Notes how the text is encoded, which a report may tell only when it comes to its first letter
    /// beyond ASCII.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_import_encoding(&mut self, id: ImportId, encoding: &str) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached("UPDATE imports SET encoding = ?2 WHERE id = ?1 AND encoding <> ?2")?
            .execute(params![id.as_bytes(), encoding])?;
        Ok(())
    }

    /// Ends an import that runs: done, cancelled, interrupted or failed.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn end_import(
        &mut self,
        id: ImportId,
        state: ImportState,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        end(self.conn(), id, state, at)
    }

    /// Marks running imports as interrupted that do not live, by their identity and the name of
    /// their owner; answers how many there were.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn interrupt_imports(
        &mut self,
        lives: impl Fn(ImportId, &str) -> bool,
    ) -> Result<usize, VaultError> {
        let marked = interrupt(self.conn(), lives)?;
        if marked > 0 {
            self.mark_stale(Tag::Imports);
        }
        Ok(marked)
    }
}

impl Read<'_> {
    /// One import.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn import(&self, id: ImportId) -> Result<Option<ImportRow>, VaultError> {
        get(self.conn(), id)
    }

    /// Imports, newest first, and how many there are.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn imports(&self, offset: u32, limit: u32) -> Result<(u64, Vec<ImportRow>), VaultError> {
        let conn = self.conn();
        let total: i64 =
            conn.prepare_cached("SELECT count(*) FROM imports")?.query_row([], |row| row.get(0))?;
        let mut query = conn.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM imports ORDER BY no DESC LIMIT ?2 OFFSET ?1"
        ))?;
        let found = query.query_map([offset, limit], import)?.collect::<Result<Vec<_>, _>>()?;
        let imports = found.into_iter().map(|found| with_counts(conn, found));
        Ok((total.unsigned_abs(), imports.collect::<Result<_, _>>()?))
    }

    /// Rows that were not taken by imports that began from `from` up to but not including `to`, by the
    /// reason's code, the most frequent first; `None` is open.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn skipped_counts(
        &self,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Result<Vec<(String, u64)>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT c.reason, sum(c.rows) AS total
             FROM imports AS i JOIN import_counts AS c ON c.import = i.no
             WHERE i.started_at >= ?1 AND i.started_at < ?2 AND c.what = ?3
             GROUP BY c.reason ORDER BY total DESC, c.reason",
        )?;
        let from = from.map_or(i64::MIN, Timestamp::millis);
        let to = to.map_or(i64::MAX, Timestamp::millis);
        let rows =
            query.query_map(params![from, to, SKIPPED], |row| Ok((row.get(0)?, count(row, 1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Rows that an import did not take, with the reason's code, and those that it took without a date,
    /// under `undated`; in the order of the file, and how many are kept.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn skipped_rows(
        &self,
        id: ImportId,
        offset: u32,
        limit: u32,
    ) -> Result<(u64, Vec<(u64, String)>), VaultError> {
        let conn = self.conn();
        let total: i64 = conn
            .prepare_cached(
                "SELECT count(*) FROM import_skips
                 WHERE import = (SELECT no FROM imports WHERE id = ?1)",
            )?
            .query_row([id.as_bytes()], |row| row.get(0))?;
        let mut query = conn.prepare_cached(
            "SELECT line, reason FROM import_skips
             WHERE import = (SELECT no FROM imports WHERE id = ?1)
             ORDER BY line LIMIT ?3 OFFSET ?2",
        )?;
        let rows = query.query_map(params![id.as_bytes(), offset, limit], |row| {
            Ok((count(row, 0)?, row.get(1)?))
        })?;
        Ok((total.unsigned_abs(), rows.collect::<Result<_, _>>()?))
    }
}
