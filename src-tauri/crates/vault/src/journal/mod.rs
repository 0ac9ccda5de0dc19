//! The record of what was decided: signed, chained, append-only.

mod append;
mod cbor;
pub(crate) mod device;
pub(crate) mod entry;
mod erase;
mod head;
mod replay;
mod take_in;
#[cfg(test)]
mod tests;
mod verify;

pub(crate) use append::{Author, Chain, Draft, Placed};
pub use head::Head;
pub(crate) use head::{Remembered, newest};
pub(crate) use replay::{apply_all, blobs_set_aside, mark_read, readable_now, stored};
pub use take_in::{Received, TakenIn};
pub use verify::{JournalReport, Problem, ProblemCode};
pub(crate) use verify::{ends_as, verify};

/// Tables of the journal.
pub(crate) const SCHEMA_1: &[&str] = &[
    // `position` is the order in which this database took the entries in: gapless, and never
    // reused, because entries are never deleted. It is local and not part of what is signed.
    // `aside` marks entries that the program could not read when they came in.
    "CREATE TABLE journal (
        position INTEGER PRIMARY KEY,
        device BLOB NOT NULL,
        seq INTEGER NOT NULL,
        hlc INTEGER NOT NULL,
        hash BLOB NOT NULL,
        header BLOB NOT NULL,
        signature BLOB NOT NULL,
        aside INTEGER NOT NULL
    ) STRICT",
    "CREATE UNIQUE INDEX journal_chain ON journal (device, seq)",
    "CREATE INDEX journal_time ON journal (hlc, device, seq)",
    "CREATE INDEX journal_aside ON journal (position) WHERE aside = 1",
    // Apart from the entries, so that erasing a payload leaves them untouched.
    "CREATE TABLE journal_payload (
        position INTEGER PRIMARY KEY REFERENCES journal (position),
        salt BLOB NOT NULL,
        payload BLOB NOT NULL
    ) STRICT",
    // Entries that claim a number which another entry has: kept as proof.
    "CREATE TABLE journal_fork (
        device BLOB NOT NULL,
        seq INTEGER NOT NULL,
        hash BLOB NOT NULL,
        header BLOB NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (device, seq, hash)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE device (
        id BLOB NOT NULL PRIMARY KEY,
        binding BLOB NOT NULL,
        signing_key BLOB NOT NULL
    ) STRICT, WITHOUT ROWID",
    // How many committed transactions made a tag stale, so that other processes notice.
    "CREATE TABLE stale (
        tag TEXT NOT NULL PRIMARY KEY,
        commits INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
];
