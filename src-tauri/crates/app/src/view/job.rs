use super::ImportRecord;
use crate::{ApiError, criteria::backtest::BacktestProgress};
use buyerwatch_domain::{ExhibitId, Timestamp};
use serde::Serialize;
use ts_rs::TS;

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Imports a file.
    Import,
    /// Imports the bundled sample.
    Sample,
    /// Compares stored orders with what changed on the list.
    Rescreen,
    /// Takes a file in as evidence.
    Exhibit,
    /// Compares stored evidence with what was taken in.
    Verify,
    /// Hands out copies of evidence; `name` is that of their folder.
    Export,
    /// Tries a clause on what is stored; `name` is its code.
    Backtest,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its turn, or for the vault to be opened again.
    Queued,
    /// Works.
    Running,
    /// Finished.
    Done,
    /// Somebody stopped it.
    Cancelled,
    /// It could not go on.
    Failed,
}

impl JobState {
    /// Whether nothing more will happen.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Failed)
    }
}

/// How far a check of evidence has come. Contents that several exhibits share count once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct VerifyCounts {
    /// Stored files to compare.
    pub total: u64,
    /// Compared so far.
    pub checked: u64,
    /// Not as they were taken in.
    pub damaged: u64,
    /// Of those compared, how many were compared before this went on with an interrupted check.
    pub before: u64,
    /// When the check began.
    pub began_at: Timestamp,
}

/// Work that takes a while.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Job {
    /// Its identity.
    pub id: String,
    /// What it does.
    pub kind: JobKind,
    /// Name of the file, or empty.
    pub name: String,
    /// Where it stands.
    pub state: JobState,
    /// Bytes read so far.
    pub bytes_done: u64,
    /// Bytes in all, if known.
    pub bytes_total: Option<u64>,
    /// Rows read so far.
    pub rows: u64,
    /// Rows a second.
    pub rows_per_s: u64,
    /// Seconds that it will still take, if that can be said.
    pub seconds_left: Option<u64>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// The counts, once there are any.
    pub import: Option<ImportRecord>,
    /// The exhibit, once the file was taken in.
    pub exhibit: Option<ExhibitId>,
    /// The counts of a check, once there are any.
    pub verified: Option<VerifyCounts>,
    /// How far trying a clause has come, once there is anything to tell.
    pub tried: Option<BacktestProgress>,
    /// Why it failed.
    pub error: Option<ApiError>,
}
