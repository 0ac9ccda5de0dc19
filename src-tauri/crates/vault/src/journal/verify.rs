//! Checking the whole record.

use super::append::Author;
use super::device::holds;
use super::entry::{self, Header};
use super::erase;
use super::head::{Head, Remembered};
use crate::{DeviceId, VaultError};
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet};

/// More are counted, not listed.
const LISTED: usize = 1000;

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemCode {
    /// The header cannot be read.
    Malformed,
    /// The stored hash is not that of header and signature.
    HashMismatch,
    /// The device named in the header did not sign it.
    SignatureInvalid,
    /// What is stored beside the header says something else.
    RowMismatch,
    /// The entry belongs to another vault.
    OtherVault,
    /// A number is missing before this one.
    Gap,
    /// The entry does not follow the one before it.
    ChainBroken,
    /// The clock goes backwards.
    ClockBackwards,
    /// The entry was taken in before one that it follows.
    OutOfOrder,
    /// The entry of another device that this one knew is missing or another.
    DepMissing,
    /// The payload is not the one that was signed.
    PayloadMismatch,
    /// The payload is gone, and no entry says that it was erased.
    PayloadMissing,
    /// Two entries claim one number.
    Fork,
    /// Newer entries than the newest that is here were recorded.
    TailCut,
    /// What was remembered outside the database is missing or unreadable, now or at some time, so
    /// that a cut of the newest entries might go unnoticed.
    HeadLost,
}

impl ProblemCode {
    /// The stable name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::HashMismatch => "hash_mismatch",
            Self::SignatureInvalid => "signature_invalid",
            Self::RowMismatch => "row_mismatch",
            Self::OtherVault => "other_vault",
            Self::Gap => "gap",
            Self::ChainBroken => "chain_broken",
            Self::ClockBackwards => "clock_backwards",
            Self::OutOfOrder => "out_of_order",
            Self::DepMissing => "dep_missing",
            Self::PayloadMismatch => "payload_mismatch",
            Self::PayloadMissing => "payload_missing",
            Self::Fork => "fork",
            Self::TailCut => "tail_cut",
            Self::HeadLost => "head_lost",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub code: ProblemCode,
    /// On which device's chain.
    pub device: Option<DeviceId>,
    /// At which number.
    pub seq: Option<u64>,
}

/// What a check of the whole journal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalReport {
    /// Nothing is wrong.
    pub ok: bool,
    /// The newest entry of this device; of all as long as it has none.
    pub head: Option<Head>,
    /// Entries checked.
    pub events: u64,
    /// Of them, those whose payload was erased on purpose.
    pub erased: u64,
    /// Of them, those that this program cannot read.
    pub set_aside: u64,
    /// What is wrong: the first thousand.
    pub problems: Vec<Problem>,
    /// How many things are wrong in all.
    pub problem_count: u64,
}

/// Checks everything.
pub(crate) fn verify(
    conn: &Connection,
    author: &Author,
    remembered: Option<&Remembered>,
) -> Result<JournalReport, VaultError> {
    let mut check = Check::new(author.space_id);
    let mut statement = conn.prepare(
        "SELECT position, device, seq, hlc, hash, header, signature, salt, payload
         FROM journal LEFT JOIN journal_payload USING (position)
         ORDER BY device, seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        check.entry(conn, row)?;
    }
    let mut forks = conn.prepare("SELECT device, seq FROM journal_fork ORDER BY device, seq")?;
    let mut rows = forks.query([])?;
    while let Some(row) = rows.next()? {
        check.problem(ProblemCode::Fork, row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs());
    }
    check.missing();
    check.against(conn, remembered)?;
    let mut report = check.report;
    report.ok = report.problem_count == 0;
    report.head = super::newest(conn, &author.device_id())?;
    Ok(report)
}

struct Check {
    space_id: [u8; 16],
    report: JournalReport,
    /// Per device: the entry checked last.
    last: BTreeMap<[u8; 32], Last>,
    /// Entries without payload.
    missing: Vec<([u8; 32], u64)>,
    /// Entries whose payload was erased on purpose.
    erased: BTreeSet<([u8; 32], u64)>,
}

#[derive(Clone, Copy)]
struct Last {
    seq: u64,
    hash: [u8; 32],
    hlc: i64,
    position: i64,
}

impl Check {
    fn new(space_id: [u8; 16]) -> Self {
        let report = JournalReport {
            ok: false,
            head: None,
            events: 0,
            erased: 0,
            set_aside: 0,
            problems: Vec::new(),
            problem_count: 0,
        };
        Self {
            space_id,
            report,
            last: BTreeMap::new(),
            missing: Vec::new(),
            erased: BTreeSet::new(),
        }
    }

    fn problem(&mut self, code: ProblemCode, device: [u8; 32], seq: u64) {
        self.list(Problem { code, device: Some(DeviceId(device)), seq: Some(seq) });
    }

    fn list(&mut self, problem: Problem) {
        self.report.problem_count += 1;
        if self.report.problems.len() < LISTED {
            self.report.problems.push(problem);
        }
    }

    fn entry(&mut self, conn: &Connection, row: &Row<'_>) -> Result<(), VaultError> {
        use ProblemCode as P;
        let position: i64 = row.get(0)?;
        let (device, seq): ([u8; 32], u64) = (row.get(1)?, row.get::<_, i64>(2)?.unsigned_abs());
        let (hlc, hash): (i64, [u8; 32]) = (row.get(3)?, row.get(4)?);
        let (encoded, signature): (Vec<u8>, Vec<u8>) = (row.get(5)?, row.get(6)?);
        self.report.events += 1;
        if entry::hash(&encoded, &signature) != hash {
            self.problem(P::HashMismatch, device, seq);
        }
        if !entry::signed(&encoded, &signature, &device) {
            self.problem(P::SignatureInvalid, device, seq);
        }
        let last = self.last.insert(device, Last { seq, hash, hlc, position });
        if seq != last.map_or(0, |last| last.seq + 1) {
            self.problem(P::Gap, device, seq);
        }
        let header = match Header::decode(&encoded) {
            // A header of a later format is chained and signed alike; what it says is not known.
            Err(VaultError::Newer) => return Ok(()),
            Err(_) => {
                self.problem(P::Malformed, device, seq);
                return Ok(());
            }
            Ok(header) => header,
        };
        if (header.device_id, header.seq, header.hlc) != (device, seq, hlc) {
            self.problem(P::RowMismatch, device, seq);
        }
        if header.space_id != self.space_id {
            self.problem(P::OtherVault, device, seq);
        }
        if header.prev != last.map(|last| last.hash) {
            self.problem(P::ChainBroken, device, seq);
        }
        if last.is_some_and(|last| header.hlc <= last.hlc) {
            self.problem(P::ClockBackwards, device, seq);
        }
        if last.is_some_and(|last| position <= last.position) {
            self.problem(P::OutOfOrder, device, seq);
        }
        for dep in &header.deps {
            if !holds(conn, &dep.device, (dep.seq, dep.hash))? {
                self.problem(P::DepMissing, device, seq);
            }
        }
        let Some(salt) = row.get::<_, Option<[u8; 32]>>(7)? else {
            self.missing.push((device, seq));
            return Ok(());
        };
        let payload: Vec<u8> = row.get(8)?;
        let long = u64::try_from(payload.len()).unwrap_or(u64::MAX);
        if entry::commit(&salt, &payload) != header.payload_commit || long != header.payload_len {
            self.problem(P::PayloadMismatch, device, seq);
        } else if header.kind == erase::KIND {
            self.erased.extend(erase::target(&payload));
        } else if !matches!(entry::event(&header, &payload), Ok(Some(_))) {
            self.report.set_aside += 1;
        }
        Ok(())
    }

    /// A payload may be missing only where an entry says that it was erased.
    fn missing(&mut self) {
        for (device, seq) in std::mem::take(&mut self.missing) {
            if self.erased.contains(&(device, seq)) {
                self.report.erased += 1;
            } else {
                self.problem(ProblemCode::PayloadMissing, device, seq);
            }
        }
    }

    /// Holds the journal against what was remembered outside it.
    fn against(
        &mut self,
        conn: &Connection,
        remembered: Option<&Remembered>,
    ) -> Result<(), VaultError> {
        let lost = Problem { code: ProblemCode::HeadLost, device: None, seq: None };
        let Some(remembered) = remembered else {
            self.list(lost);
            return Ok(());
        };
        if remembered.was_lost() {
            self.list(lost);
        }
        for (device, end) in remembered.ends() {
            if holds(conn, &device, end)? {
                continue;
            }
            // An entry with that number is there, but another one: edited rather than cut.
            let cut = self.last.get(&device).is_none_or(|last| last.seq < end.0);
            let code = if cut { ProblemCode::TailCut } else { ProblemCode::ChainBroken };
            self.problem(code, device, end.0);
        }
        Ok(())
    }
}

/// Whether nothing is missing of what was remembered outside the journal.
pub(crate) fn ends_as(conn: &Connection, remembered: &Remembered) -> Result<bool, VaultError> {
    if remembered.was_lost() {
        return Ok(false);
    }
    for (device, end) in remembered.ends() {
        if !holds(conn, &device, end)? {
            return Ok(false);
        }
    }
    Ok(true)
}
