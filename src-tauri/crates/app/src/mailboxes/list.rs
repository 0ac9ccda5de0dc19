//! Lists watched mailboxes with where they stand.

use crate::{ApiError, Nothing, Open, view::DoorErrorView};
use buyerwatch_domain::Timestamp;
use buyerwatch_mailbox::State;
use buyerwatch_vault::MailboxRow;
use serde::Serialize;
use ts_rs::TS;

/// A watched mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MailboxView {
    /// Its identity.
    pub id: String,
    /// Name of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// `tls` or `starttls`.
    pub security: String,
    /// Name to sign in with.
    pub user: String,
    /// The folder that is read, as the server writes it.
    pub folder: String,
    /// The same as a person reads it.
    pub folder_name: String,
    /// The server whose word on senders counts; the topmost when `None`.
    pub auth_server: Option<String>,
    /// How many days back the first reading went; everything when `None`.
    pub first_days: Option<u32>,
    /// Since when it is watched.
    pub added_at: Timestamp,
    /// `connecting`, `reading`, `watching`, `waiting` for another try, or `idle` when nobody watches it here.
    pub state: String,
    /// Letters read of those that were new, while it is read.
    pub done: u64,
    /// Letters that were new, while it is read.
    pub total: u64,
    /// Letters that were read in all.
    pub letters: u64,
    /// When everything in it had been read last.
    pub last_success: Option<Timestamp>,
    /// Code of what is wrong with it.
    pub error: Option<String>,
    /// Since when that is wrong.
    pub error_since: Option<Timestamp>,
    /// When it is tried again.
    pub next_try: Option<Timestamp>,
    /// What went wrong at it, the newest first; at most 50.
    pub errors: Vec<DoorErrorView>,
}

/// Every watched mailbox.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MailboxList {
    /// In the order in which they were added.
    pub items: Vec<MailboxView>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<MailboxList, ApiError> {
    let rows = open.read(|read| read.mailboxes())?.into_iter();
    Ok(MailboxList { items: rows.map(|row| view(open, row)).collect::<Result<_, _>>()? })
}

pub(super) fn view(open: &Open, row: MailboxRow) -> Result<MailboxView, ApiError> {
    let errors = open.read(|read| read.door_errors(row.id.as_bytes()))?;
    let live = open.session().mailboxes.state(row.id);
    let (state, done, total) = match live.map(|(state, _)| state) {
        None => ("idle", 0, 0),
        Some(State::Connecting) => ("connecting", 0, 0),
        Some(State::Reading { done, total }) => ("reading", done, total),
        Some(State::Watching) => ("watching", 0, 0),
        Some(State::Waiting { .. }) => ("waiting", 0, 0),
    };
    Ok(MailboxView {
        id: row.id.to_string(),
        host: row.host,
        port: row.port,
        security: row.security,
        user: row.user,
        folder_name: buyerwatch_mailbox::shown(&row.folder),
        folder: row.folder,
        auth_server: row.auth_server,
        first_days: row.first_days,
        added_at: row.added_at,
        state: state.to_owned(),
        done,
        total,
        letters: row.letters,
        last_success: row.last_success,
        error: row.error,
        error_since: row.error_since,
        next_try: live.and_then(|(_, next)| next),
        errors: errors.into_iter().map(DoorErrorView::from).collect(),
    })
}
