use serde::Serialize;
use ts_rs::TS;

/// The newest entry of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordHead {
    /// Its number; the first is 0.
    pub seq: u64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// One thing that is wrong with the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JournalProblem {
    /// What is wrong.
    pub code: String,
    /// At which entry, if it concerns one.
    pub seq: Option<u64>,
}

/// What checking the record found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JournalReport {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// The newest entry.
    pub head: Option<RecordHead>,
    /// Entries checked.
    pub events: u64,
    /// What is wrong.
    pub problems: Vec<JournalProblem>,
}

/// The newest entry with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JournalHead {
    /// Its number; the first is 0.
    pub seq: u64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
    /// Entries in all.
    pub events: u64,
    /// This computer's signing identity.
    pub device_id: String,
}
