//! Why a source is not read as an order report.

use crate::ForeignFormat;

/// Most columns of an unknown header that an error repeats.
pub(crate) const FOUND_MAX: usize = 8;

/// Most characters of one such column.
pub(crate) const FOUND_CHARS: usize = 40;

/// What a file is when it is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// A picture.
    Image,
    /// A PDF.
    Pdf,
    /// A spreadsheet of a current office program, or any other zip.
    Zip,
    /// An office file of the 1990s, e.g. `.xls`.
    OldOffice,
    /// A compressed file other than zip.
    Compressed,
    /// A database.
    Database,
    /// A program.
    Program,
    /// Audio or video.
    Media,
    /// Bytes that are no text.
    Binary,
    /// XML, for example a legacy order report.
    Xml,
    /// JSON.
    Json,
}

impl FileKind {
    /// The stable name used in error parameters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Pdf => "pdf",
            Self::Zip => "zip",
            Self::OldOffice => "old_office",
            Self::Compressed => "compressed",
            Self::Database => "database",
            Self::Program => "program",
            Self::Media => "media",
            Self::Binary => "binary",
            Self::Xml => "xml",
            Self::Json => "json",
        }
    }
}

/// Why a source is not read as an order report.
///
/// Nothing in it comes from a row: the columns that [`UnknownColumns`](Self::UnknownColumns)
/// repeats stood in a header line, and a first line that looks like data is never repeated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The source could not be read to its end. Rows handed out so far stand; reading can go on
    /// from [`OrderReader::position`](crate::OrderReader::position).
    #[error("the file could not be read to its end; check that it is still there and import again")]
    Read(#[source] std::io::Error),
    /// There is nothing in it.
    #[error("the file is empty; expected is an order report, text whose first line names columns such as {}: download it again", NEEDED.join(", "))]
    Empty,
    /// A spreadsheet or an archive.
    #[error(
        "this is an archive or a spreadsheet that cannot be read; unpack it, or save the report as \
         tab-delimited text or .xlsx"
    )]
    Archive {
        /// What it is.
        kind: FileKind,
    },
    /// Not text.
    #[error(
        "this file is not text; an order report is tab-delimited text, as Seller Central downloads it"
    )]
    NotText {
        /// What it is.
        kind: FileKind,
    },
    /// A saved web page, often the sign-in page instead of the report.
    #[error(
        "this is a saved web page, perhaps a sign-in page; sign in and download the report itself"
    )]
    WebPage,
    /// XML or JSON, which are not delimited text.
    #[error("this XML or JSON is of no known report; request the flat-file version of the report")]
    Structured {
        /// What it is.
        kind: FileKind,
    },
    /// What the marketplace's interface answers instead of orders.
    #[error("the API answered an error, {code}, and no orders; ask it again")]
    ApiError {
        /// The code of the error.
        code: String,
    },
    /// The first line runs on without an end.
    #[error(
        "the first line is longer than any header of an order report; expected is tab-delimited text whose first line names columns such as {}: download the report again", NEEDED.join(", ")
    )]
    HeaderTooLong,
    /// The first line is data already.
    #[error(
        "the first line is data already; the line with the names of the columns is missing: download the report again, unedited"
    )]
    NoHeader,
    /// A report, but not of orders.
    #[error("this is a {} report, not an order report", .format.code())]
    NotAnOrderReport {
        /// Which report it is.
        format: ForeignFormat,
    },
    /// More than is read of a file that has to be held in memory as a whole.
    #[error(
        "this file is larger than such files are, or unpacks to more than {} MB; it is not read: export a shorter period, or text with tabs", .limit >> 20
    )]
    TooLarge {
        /// Most bytes that are read.
        limit: u64,
    },
    /// XML that declares what can grow without bound or reach out: a document type.
    #[error(
        "this XML declares entities of its own, which no report does; it is not read: download the report again"
    )]
    Entities,
    /// A file that breaks the rules of its format.
    #[error("this file is damaged, it does not keep to its format; download it again")]
    Malformed {
        /// What it is.
        kind: FileKind,
    },
    /// Text in columns that no known report has.
    #[error("no order report has these columns{}; needed are {}", of_sheet(.sheet.as_deref()), NEEDED.join(", "))]
    UnknownColumns {
        /// Up to 8 of the columns found, each cut to 40 characters.
        found: Vec<String>,
        /// The sheet of a workbook in which they stand.
        sheet: Option<String>,
    },
    /// Columns of a report that is known, without one for the order.
    #[error(
        "the column for the order is not found; say which one it is, or download the report with it"
    )]
    NoOrderColumn {
        /// As of [`UnknownColumns`](Self::UnknownColumns).
        found: Vec<String>,
    },
    /// A resume point that this version cannot follow.
    #[error("the import cannot go on where it stopped; import the file from its beginning")]
    StaleResumePoint,
}

/// The columns without which no order report is recognised.
pub(crate) const NEEDED: [&str; 3] = [
    "order-id or amazon-order-id",
    "purchase-date, buyer-name, buyer-email or recipient-name",
    "one more column of the report",
];

fn of_sheet(sheet: Option<&str>) -> String {
    sheet.map(|sheet| format!(" of the sheet {sheet}")).unwrap_or_default()
}

impl IntakeError {
    /// The same, of a sheet with this name.
    pub(crate) fn in_sheet(self, name: Option<String>) -> Self {
        match self {
            Self::UnknownColumns { found, .. } => {
                let sheet = name.map(|name| name.chars().take(FOUND_CHARS).collect());
                Self::UnknownColumns { found, sheet }
            }
            other => other,
        }
    }

    /// The stable name that a caller acts on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Read(_) => "read_failed",
            Self::Empty => "empty_file",
            Self::Archive { .. } => "archive",
            Self::NotText { .. } => "not_text",
            Self::WebPage => "web_page",
            Self::Structured { .. } | Self::ApiError { .. } => "structured_data",
            Self::HeaderTooLong => "header_too_long",
            Self::NoHeader => "no_header",
            Self::NotAnOrderReport { .. } => "not_an_order_report",
            Self::TooLarge { .. } => "file_too_large",
            Self::Entities => "xml_entities",
            Self::Malformed { .. } => "malformed_file",
            // What helps is the same: a person says what the columns mean.
            Self::UnknownColumns { .. } | Self::NoOrderColumn { .. } => "unknown_columns",
            Self::StaleResumePoint => "stale_resume_point",
        }
    }

    /// What the message of this [`code`](Self::code) speaks of, by name.
    #[must_use]
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Archive { kind }
            | Self::NotText { kind }
            | Self::Structured { kind }
            | Self::Malformed { kind } => vec![("kind", kind.code().to_owned())],
            Self::ApiError { code } => {
                vec![("kind", FileKind::Json.code().to_owned()), ("api_error", code.clone())]
            }
            Self::TooLarge { limit } => vec![("limit_mb", (limit >> 20).to_string())],
            Self::NotAnOrderReport { format } => vec![("format", format.code().to_owned())],
            Self::UnknownColumns { found, sheet } => {
                let mut params = vec![("found", found.join(", ")), ("needed", NEEDED.join("; "))];
                params.extend(sheet.iter().map(|sheet| ("sheet", sheet.clone())));
                params
            }
            Self::NoOrderColumn { found } => {
                vec![("found", found.join(", ")), ("needed", "order-id".to_owned())]
            }
            Self::Empty | Self::HeaderTooLong => vec![("needed", NEEDED.join("; "))],
            Self::Read(_)
            | Self::WebPage
            | Self::NoHeader
            | Self::Entities
            | Self::StaleResumePoint => Vec::new(),
        }
    }
}
