//! What this crate needs from whoever runs it.

use crate::{
    files::{FileHandle, pick::Purpose},
    view::Job,
};
use buyerwatch_domain::{AlertId, Tag, Timestamp};
use serde::Serialize;
use std::path::PathBuf;
use ts_rs::TS;

/// The surroundings: clock, chance, dialogs, and where news goes.
///
/// Every method may be called from any thread and must not call back into the desk.
pub trait Host: Send + Sync + 'static {
    /// The time.
    fn now(&self) -> Timestamp {
        Timestamp::from(chrono::Utc::now())
    }

    /// Fills a buffer with random bytes of the operating system.
    ///
    /// # Errors
    /// When the system has none to give.
    fn random(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|_| NoEntropy)
    }

    /// When the local day began that holds this instant.
    fn day_start(&self, at: Timestamp) -> Timestamp {
        local_day_start(at)
    }

    /// Tells open windows.
    fn push(&self, push: Push);

    /// Shows a desktop notification.
    fn notify(&self, notification: Notification);

    /// Writes a line of the log. It holds no personal data, path or key.
    fn log(&self, line: &LogLine<'_>);

    /// Lets a person pick files; empty when they changed their mind or there is no window.
    fn pick_files(&self, purpose: Purpose, multiple: bool) -> Vec<PathBuf> {
        let _ = (purpose, multiple);
        Vec::new()
    }

    /// Lets a person choose where to save; `None` when they changed their mind.
    fn choose_save_path(&self, suggested_name: &str) -> Option<PathBuf> {
        let _ = suggested_name;
        None
    }

    /// Lets a person choose a folder to write copies into; `None` when they changed their mind.
    fn choose_folder(&self) -> Option<PathBuf> {
        None
    }
}

/// The operating system has no random bytes to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system has no random numbers to give; restart the computer and try again")]
pub struct NoEntropy;

fn local_day_start(at: Timestamp) -> Timestamp {
    use chrono::{Local, NaiveTime, TimeZone as _};
    let local = at.to_datetime().with_timezone(&Local);
    // On a day that begins with a leap of the clock midnight does not exist; an hour later does.
    let midnight = local.date_naive().and_time(NaiveTime::MIN);
    [0, 1, 2]
        .into_iter()
        .filter_map(|hours| midnight.checked_add_signed(chrono::TimeDelta::hours(hours)))
        .find_map(|start| Local.from_local_datetime(&start).earliest())
        .map_or(at, |start| Timestamp::from(start.to_utc()))
}

/// One line of the log.
#[derive(Debug, Clone, Copy)]
pub struct LogLine<'a> {
    /// When.
    pub at: Timestamp,
    /// How serious.
    pub level: LogLevel,
    /// What failed or happened, by its stable name.
    pub code: &'a str,
    /// Stands in the error that the person sees, too.
    pub reference: &'a str,
    /// The use case or job.
    pub during: &'a str,
}

/// How serious a line of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// As it should be.
    Info,
    /// Something was refused or failed.
    Error,
}

/// A desktop notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// First line. Plain text: whatever shows it must treat markup as text.
    pub title: String,
    /// Further text, or empty.
    pub body: String,
    /// The alert to show when it is clicked; `None` for several.
    pub alert: Option<AlertId>,
}

/// How far a drag over the window has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DragPhase {
    /// It came in.
    Enter,
    /// It moves.
    Over,
    /// It went away.
    Leave,
}

/// News for open windows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Push {
    /// What was read under these tags is out of date.
    Stale {
        /// The tags.
        tags: Vec<Tag>,
    },
    /// A job moved on.
    Job {
        /// The job.
        job: Box<Job>,
    },
    /// The vault was locked.
    Locked,
    /// Files are dragged over the window.
    Drag {
        /// How far the drag has come.
        phase: DragPhase,
        /// Position in CSS pixels from the left.
        x: f64,
        /// Position in CSS pixels from the top.
        y: f64,
    },
    /// Files were dropped.
    Dropped {
        /// The files.
        files: Vec<FileHandle>,
        /// Position in CSS pixels from the left.
        x: f64,
        /// Position in CSS pixels from the top.
        y: f64,
    },
    /// A notification was clicked.
    FocusAlert {
        /// The alert, if it was about one.
        alert_id: Option<AlertId>,
    },
}
