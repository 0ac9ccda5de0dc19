//! Opening encrypted connections.

use crate::secret::{Key, Purpose};
use crate::{Folder, Part, VaultError, hex};
use rusqlite::{Connection, OpenFlags};
use std::cell::Cell;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// How long a writer waits for another process.
const BUSY: Duration = Duration::from_secs(10);
/// Between two looks at whether it is done. A long import leaves gaps of a few milliseconds; the
/// database's own way of waiting looks ever more seldom, and would find none of them.
const POLL: Duration = Duration::from_millis(1);

thread_local! {
    /// When the wait began in which this thread is.
    static WAITING: Cell<Option<Instant>> = const { Cell::new(None) };
}
/// Page cache of the writer, in KiB: bulk inserts touch several indexes.
const WRITER_CACHE_KIB: i64 = 64 * 1024;
/// Page cache of each reader, in KiB.
const READER_CACHE_KIB: i64 = 8 * 1024;
/// Pages in the write-ahead log at which it is folded back into the database.
const CHECKPOINT_PAGES: i64 = 8192;
/// Size to which the write-ahead log is cut back after that.
const LOG_LIMIT: i64 = 64 * 1024 * 1024;
/// Bytes that are encrypted and authenticated together. Part of the format.
const PAGE_SIZE: u32 = 4096;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Makes the database.
    Create,
    /// Writes.
    Write,
    /// Only reads.
    Read,
}

/// Opens connections to one database.
#[derive(Debug, Clone)]
pub(crate) struct Opener {
    folder: Folder,
    key: Key,
}

impl Opener {
    /// Takes the key of the vault.
    pub(crate) fn new(folder: Folder, key: &Key) -> Self {
        Self { folder, key: key.derive(Purpose::Database) }
    }

    /// Opens a connection: key, then a real query, then everything else.
    ///
    /// # Errors
    /// [`VaultError::NoCipher`] when the build has no encryption: nothing was stored then.
    pub(crate) fn open(&self, purpose: Use) -> Result<Connection, VaultError> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if purpose == Use::Create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        } else if !self.folder.database().is_file() {
            return Err(VaultError::Damaged(Part::Database));
        }
        let mut conn = Connection::open_with_flags(self.folder.database(), flags)?;
        conn.busy_handler(Some(wait))?;
        key(&conn, &self.key)?;
        settings(&conn, purpose)?;
        conn.set_prepared_statement_cache_capacity(128);
        conn.set_transaction_behavior(match purpose {
            Use::Read => rusqlite::TransactionBehavior::Deferred,
            Use::Create | Use::Write => rusqlite::TransactionBehavior::Immediate,
        });
        Ok(conn)
    }
}

/// Waits a moment for another process that writes; answers whether to look again.
fn wait(looks: i32) -> bool {
    let now = Instant::now();
    if looks == 0 {
        WAITING.set(Some(now));
    }
    let patient = WAITING.get().is_none_or(|since| now.duration_since(since) < BUSY);
    if patient {
        std::thread::sleep(POLL);
    }
    patient
}

fn key(conn: &Connection, key: &Key) -> Result<(), VaultError> {
    // The library reports damage on standard error; callers get it as an error instead.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let digits = Zeroizing::new(hex::encode(key.bytes()));
    let command = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", *digits));
    conn.execute_batch(&command)?;
    // Without encryption linked in, `PRAGMA key` is ignored and everything would be plaintext.
    let version: Option<String> =
        conn.query_row("PRAGMA cipher_version", [], |row| row.get(0)).ok();
    if version.is_none_or(|version| version.is_empty()) {
        return Err(VaultError::NoCipher);
    }
    conn.pragma_update(None, "cipher_page_size", PAGE_SIZE)?;
    // The first query that needs a page is what tells whether the key fits.
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(())
}

fn settings(conn: &Connection, purpose: Use) -> Result<(), VaultError> {
    let mode: String =
        conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(VaultError::Database(1));
    }
    conn.pragma_update(None, "synchronous", "FULL")?;
    // Only macOS has the distinction; elsewhere these change nothing.
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    // Decrypted pages must not be mapped from, or spilled to, a file.
    conn.pragma_update(None, "mmap_size", 0)?;
    let cache = if purpose == Use::Read { READER_CACHE_KIB } else { WRITER_CACHE_KIB };
    conn.pragma_update(None, "cache_size", -cache)?;
    conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    conn.pragma_update(None, "journal_size_limit", LOG_LIMIT)?;
    conn.pragma_update(None, "query_only", purpose == Use::Read)?;
    Ok(())
}
