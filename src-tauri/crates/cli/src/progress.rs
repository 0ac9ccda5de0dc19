//! Progress of long work on standard error: a line of JSON for programs, a moving line for people.

use crate::{args::Lang, table::plain};
use buyerwatch_app::Progress;
use serde_json::json;
use std::{
    io::{IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

/// Progress is shown this often.
const BLINK: Duration = Duration::from_millis(100);

/// The progress of one file.
pub(crate) struct Meter {
    file: String,
    json: bool,
    lang: Lang,
    terminal: bool,
    shown: Option<Instant>,
    committed: u64,
}

impl Meter {
    /// A meter for this file.
    pub(crate) fn new(file: &str, json: bool, lang: Lang) -> Self {
        let terminal = !json && std::io::stderr().is_terminal();
        Self { file: file.to_owned(), json, lang, terminal, shown: None, committed: 0 }
    }

    /// Shows how far it has come. Programs hear of every batch: what is `committed` survives
    /// whatever happens next.
    pub(crate) fn show(&mut self, progress: Progress) {
        let due = self.shown.is_none_or(|shown| shown.elapsed() >= BLINK);
        let settled = self.committed != progress.committed;
        let mut out = std::io::stderr().lock();
        if self.json && (due || settled) {
            (self.shown, self.committed) = (Some(Instant::now()), progress.committed);
            let line = json!({ "progress": {
                "file": self.file,
                "rows": progress.rows,
                "bytes": progress.bytes,
                "bytes_total": progress.bytes_total,
                "committed": progress.committed,
            }});
            let _ = writeln!(out, "{line}");
        } else if self.terminal && due {
            self.shown = Some(Instant::now());
            let share = progress
                .bytes_total
                .filter(|total| *total > 0)
                .map(|total| format!(" {}%", progress.bytes.saturating_mul(100) / total))
                .unwrap_or_default();
            let rows = self.lang.pick("行", "rows");
            let _ = write!(out, "\r\x1b[2K{} {} {rows}{share}", plain(&self.file), progress.rows);
            let _ = out.flush();
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if self.terminal && self.shown.is_some() {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[2K");
        }
    }
}
