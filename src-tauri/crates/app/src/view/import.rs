use buyerwatch_domain::{Timestamp, Unscreenable};
use buyerwatch_vault::ImportRow;
use serde::Serialize;
use ts_rs::TS;

/// Orders that could not be compared with the list, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct UnscreenableCount {
    /// Why.
    pub reason: Unscreenable,
    /// How many.
    pub count: u64,
}

/// How many orders or messages could be compared with the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Coverage {
    /// Those that were compared.
    pub screened: u64,
    /// Those that could not be, by reason.
    pub unscreenable: Vec<UnscreenableCount>,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Rows are being read.
    Running,
    /// Every row is accounted for.
    Done,
    /// Somebody stopped it; what was read stays.
    Cancelled,
    /// It broke off; importing the same file again goes on where it stopped.
    Interrupted,
    /// The file could not be read.
    Failed,
}

/// Rows that were not taken, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SkippedCount {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// One row that was not taken, or that was taken without a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SkippedRow {
    /// Line in the file; the first line is 1.
    pub line: u64,
    /// Why; `undated` of one that was taken.
    pub reason: String,
}

impl SkippedRow {
    const UNDATED: &str = "undated";

    /// A row that was taken without a date.
    pub(crate) fn undated(line: u64) -> Self {
        Self { line, reason: Self::UNDATED.to_owned() }
    }

    /// It was taken all the same.
    #[must_use]
    pub fn is_undated(&self) -> bool {
        self.reason == Self::UNDATED
    }
}

/// New observations other than orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct ObservationCounts {
    /// Messages of buyers.
    pub messages: u64,
    /// Returns.
    pub returns: u64,
    /// Claims.
    pub claims: u64,
    /// Ratings of the seller.
    pub feedback: u64,
}

/// What became of one file. Of a file of orders, `rows` = `orders` + `duplicates` + `skipped`; a row
/// of a report of returns can hold a return and claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportRecord {
    /// Its identity.
    pub id: String,
    /// Name of the file, without its folder.
    pub name: String,
    /// Which report it is.
    pub format: String,
    /// How its text is encoded.
    pub encoding: String,
    /// Where it stands.
    pub state: ImportState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Rows below the header.
    pub rows: u64,
    /// Rows of orders that were new.
    pub orders: u64,
    /// Other observations that were new.
    pub observations: ObservationCounts,
    /// Rows that were stored before.
    pub duplicates: u64,
    /// Rows that were not taken.
    pub skipped: u64,
    /// The same by reason.
    pub skipped_by_reason: Vec<SkippedCount>,
    /// Rows that were compared with the list.
    pub screened: u64,
    /// Rows that could not be, by reason.
    pub unscreenable: Vec<UnscreenableCount>,
    /// Rows that were taken although their date is missing or could not be read. Such an order is in no
    /// span of days, so that what became of it does not count; a return or a claim counts as of the date of
    /// its order.
    pub undated: u64,
    /// Alerts that it raised.
    pub alerts: u64,
    /// Possible matches that it raised.
    pub possible: u64,
}

impl From<ImportRow> for ImportRecord {
    fn from(row: ImportRow) -> Self {
        use buyerwatch_vault::ImportState as S;
        Self {
            id: row.id.to_string(),
            name: row.name,
            format: row.format,
            encoding: row.encoding,
            state: match row.state {
                S::Running => ImportState::Running,
                S::Done => ImportState::Done,
                S::Cancelled => ImportState::Cancelled,
                S::Interrupted => ImportState::Interrupted,
                S::Failed => ImportState::Failed,
            },
            started_at: row.started_at,
            finished_at: row.finished_at,
            rows: row.rows,
            orders: row.orders,
            observations: ObservationCounts {
                messages: row.observations.messages,
                returns: row.observations.returns,
                claims: row.observations.claims,
                feedback: row.observations.feedback,
            },
            duplicates: row.duplicates,
            skipped: row.skipped,
            skipped_by_reason: row
                .skipped_by_reason
                .into_iter()
                .map(|(reason, count)| SkippedCount { reason, count })
                .collect(),
            screened: row.screened,
            unscreenable: row
                .unscreenable
                .into_iter()
                .map(|(reason, count)| UnscreenableCount { reason, count })
                .collect(),
            undated: row.undated,
            alerts: row.alerts,
            possible: row.possible,
        }
    }
}
