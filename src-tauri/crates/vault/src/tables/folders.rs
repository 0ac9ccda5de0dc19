//! Watched folders, and what became of each file that lay in one.
//!
//! A file is known by its content, so that neither a new name nor a new start imports it twice.

use super::column::{at, at_or_none, id, id_or_none};
use super::door_errors;
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{FolderId, ImportId, Tag, Timestamp};
use rusqlite::{OptionalExtension, params};

pub(super) const SCHEMA_2: &str = "
CREATE TABLE folders (
    id BLOB NOT NULL PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    move_done INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    last_success INTEGER,
    error TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE folder_files (
    folder BLOB NOT NULL,
    content BLOB NOT NULL,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    import BLOB,
    error TEXT,
    tries INTEGER NOT NULL,
    next_try INTEGER,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (folder, content)
) STRICT, WITHOUT ROWID;
CREATE INDEX folder_files_recent ON folder_files (folder, changed_at);
";

pub(super) const SCHEMA_3: &str = "
CREATE INDEX folder_files_again ON folder_files (folder)
    WHERE state = 'failed' AND next_try IS NULL;
";

/// A watched folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderRow {
    /// Its identity.
    pub id: FolderId,
    /// Where it is.
    pub path: String,
    /// Whether files go to its subfolder `done` after their import, or stay.
    pub move_done: bool,
    /// Since when it is watched.
    pub added_at: Timestamp,
    /// When a file of it was imported last.
    pub last_success: Option<Timestamp>,
    /// Code of what is wrong with the folder itself.
    pub error: Option<String>,
    /// Files that were imported.
    pub done: u64,
    /// Files that could not be.
    pub failed: u64,
}

/// What became of a file of a watched folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderFile {
    /// Its name when it was seen last.
    pub name: String,
    /// Whether it was imported: `running`, `done` or `failed`.
    pub state: String,
    /// The import, if there was one.
    pub import: Option<ImportId>,
    /// Code of why it could not be imported, or be moved afterwards.
    pub error: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried again.
    pub next_try: Option<Timestamp>,
    /// When this changed.
    pub changed_at: Timestamp,
}

/// Whether a file is to be imported now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Yes, by whoever asked; how often it was tried before.
    Taken {
        /// Tries before this one.
        tries: u32,
    },
    /// It was imported before.
    Done,
    /// Not before this moment.
    Later(Timestamp),
    /// Somebody is at it.
    Busy,
}

impl Write<'_> {
    /// Watches a folder; answers `false` when it is watched already.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn add_folder(
        &mut self,
        folder: FolderId,
        path: &str,
        move_done: bool,
        at: Timestamp,
    ) -> Result<bool, VaultError> {
        self.mark_stale(Tag::Imports);
        let added = self
            .conn()
            .prepare_cached(
                "INSERT INTO folders (id, path, move_done, added_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (path) DO NOTHING",
            )?
            .execute(params![folder.as_bytes(), path, move_done, at.millis()])?;
        Ok(added > 0)
    }

    /// Watches a folder no more and forgets the history of its files; answers whether there was one.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn remove_folder(&mut self, folder: FolderId) -> Result<bool, VaultError> {
        self.mark_stale(Tag::Imports);
        let conn = self.conn();
        conn.prepare_cached("DELETE FROM folder_files WHERE folder = ?1")?
            .execute([folder.as_bytes()])?;
        let removed = conn
            .prepare_cached("DELETE FROM folders WHERE id = ?1")?
            .execute([folder.as_bytes()])?;
        door_errors::forget(conn, folder.as_bytes())?;
        Ok(removed > 0)
    }

    /// Notes what is wrong with a folder, which is kept as history, or that nothing is.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_folder_error(
        &mut self,
        folder: FolderId,
        error: Option<&str>,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        let conn = self.conn();
        let known = conn
            .prepare_cached("UPDATE folders SET error = ?2 WHERE id = ?1")?
            .execute(params![folder.as_bytes(), error])?;
        match error {
            Some(_) if known == 0 => Ok(()),
            Some(error) => door_errors::note(conn, folder.as_bytes(), "", error, at),
            None => door_errors::end(conn, folder.as_bytes(), "", at),
        }
    }

    /// Takes a file on, unless it was imported, waits for its next try, or somebody who `lives` is
    /// at it.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn claim_folder_file(
        &mut self,
        folder: FolderId,
        content: &[u8; 32],
        name: &str,
        owner: &str,
        at: Timestamp,
        lives: impl Fn(&str) -> bool,
    ) -> Result<Claim, VaultError> {
        // What stood under this name before is there no more.
        if self.forget_other_content(folder, name, Some(content))? {
            self.mark_stale(Tag::Imports);
            door_errors::end(self.conn(), folder.as_bytes(), name, at)?;
        }
        let known: Option<(String, String, u32, Option<i64>)> = self
            .conn()
            .prepare_cached(
                "SELECT state, owner, tries, next_try FROM folder_files
                 WHERE folder = ?1 AND content = ?2",
            )?
            .query_row(params![folder.as_bytes(), content], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let tries = match known {
            None => 0,
            Some((state, ..)) if state == "done" => return Ok(Claim::Done),
            Some((state, owner, ..)) if state == "running" && lives(&owner) => {
                return Ok(Claim::Busy);
            }
            Some((.., Some(next))) if next > at.millis() => {
                return Ok(Claim::Later(Timestamp::from_millis(next)));
            }
            Some((_, _, tries, _)) => tries,
        };
        self.conn()
            .prepare_cached(
                "INSERT INTO folder_files (folder, content, name, owner, state, tries, changed_at)
                 VALUES (?1, ?2, ?3, ?4, 'running', ?5, ?6)
                 ON CONFLICT (folder, content) DO UPDATE SET name = excluded.name,
                     owner = excluded.owner, state = 'running', tries = excluded.tries,
                     next_try = NULL, changed_at = excluded.changed_at",
            )?
            .execute(params![
                folder.as_bytes(),
                content,
                name,
                owner,
                tries.saturating_add(1),
                at.millis()
            ])?;
        Ok(Claim::Taken { tries })
    }

    /// Notes what became of a file that was taken on; what went wrong is kept as history. A file with an
    /// import and an error was imported and not moved.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn end_folder_file(
        &mut self,
        folder: FolderId,
        content: &[u8; 32],
        import: Option<ImportId>,
        error: Option<&str>,
        next_try: Option<Timestamp>,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        let state = if import.is_some() { "done" } else { "failed" };
        self.conn()
            .prepare_cached(
                "UPDATE folder_files SET state = ?3, import = coalesce(?4, import), error = ?5,
                     next_try = ?6, changed_at = ?7
                 WHERE folder = ?1 AND content = ?2",
            )?
            .execute(params![
                folder.as_bytes(),
                content,
                state,
                import.as_ref().map(|import| *import.as_bytes()),
                error,
                next_try.map(Timestamp::millis),
                at.millis()
            ])?;
        self.keep_file_error(folder, content, error, at)?;
        if import.is_some() {
            self.conn()
                .prepare_cached("UPDATE folders SET last_success = ?2 WHERE id = ?1")?
                .execute(params![folder.as_bytes(), at.millis()])?;
        }
        Ok(())
    }

    /// Notes of an imported file that it still stands where it was put, and why. Nothing when that is known.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn folder_file_stays(
        &mut self,
        folder: FolderId,
        content: &[u8; 32],
        error: &str,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        let news = self
            .conn()
            .prepare_cached(
                "UPDATE folder_files SET error = ?3, changed_at = ?4
                 WHERE folder = ?1 AND content = ?2 AND state = 'done' AND error IS NULL",
            )?
            .execute(params![folder.as_bytes(), content, error, at.millis()])?;
        if news > 0 {
            self.mark_stale(Tag::Imports);
            self.keep_file_error(folder, content, Some(error), at)?;
        }
        Ok(())
    }

    /// Forgets files of these names that could not be imported, for they are there no more; of those that
    /// were imported and could not be moved, that they could not. What went wrong with either is over, and
    /// kept as history.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn forget_folder_files(
        &mut self,
        folder: FolderId,
        names: &[String],
        at: Timestamp,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        for name in names {
            self.forget_other_content(folder, name, None)?;
            door_errors::end(self.conn(), folder.as_bytes(), name, at)?;
        }
        Ok(())
    }

    /// Forgets what could not be imported or moved under a name, other than `content`; answers whether there
    /// was something. What somebody is at stays in their hands.
    fn forget_other_content(
        &self,
        folder: FolderId,
        name: &str,
        content: Option<&[u8; 32]>,
    ) -> Result<bool, VaultError> {
        let of = params![folder.as_bytes(), name, content];
        let failed = self
            .conn()
            .prepare_cached(
                "DELETE FROM folder_files WHERE folder = ?1 AND name = ?2 AND state = 'failed'
                     AND (?3 IS NULL OR content <> ?3)",
            )?
            .execute(of)?;
        let moved = self
            .conn()
            .prepare_cached(
                "UPDATE folder_files SET error = NULL
                 WHERE folder = ?1 AND name = ?2 AND state = 'done' AND error IS NOT NULL
                     AND (?3 IS NULL OR content <> ?3)",
            )?
            .execute(of)?;
        Ok(failed + moved > 0)
    }

    /// Has files tried again at once that could not be imported for this reason.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn retry_folder_files(&mut self, error: &str) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        self.conn()
            .prepare_cached(
                "UPDATE folder_files SET next_try = NULL WHERE state = 'failed' AND error = ?1",
            )?
            .execute([error])?;
        Ok(())
    }

    fn keep_file_error(
        &self,
        folder: FolderId,
        content: &[u8; 32],
        error: Option<&str>,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        let conn = self.conn();
        let name: Option<String> = conn
            .prepare_cached("SELECT name FROM folder_files WHERE folder = ?1 AND content = ?2")?
            .query_row(params![folder.as_bytes(), content], |row| row.get(0))
            .optional()?;
        match (name, error) {
            (None, _) => Ok(()),
            (Some(name), Some(error)) => {
                door_errors::note(conn, folder.as_bytes(), &name, error, at)
            }
            (Some(name), None) => door_errors::end(conn, folder.as_bytes(), &name, at),
        }
    }
}

impl Read<'_> {
    /// Every watched folder, in the order in which they were added.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn folders(&self) -> Result<Vec<FolderRow>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT id, path, move_done, added_at, last_success, error,
                 (SELECT count(*) FROM folder_files WHERE folder = f.id AND state = 'done'),
                 (SELECT count(*) FROM folder_files WHERE folder = f.id AND state = 'failed')
             FROM folders AS f ORDER BY added_at, id",
        )?;
        let folders = query.query_map([], |row| {
            Ok(FolderRow {
                id: id(row, 0)?,
                path: row.get(1)?,
                move_done: row.get(2)?,
                added_at: at(row, 3)?,
                last_success: at_or_none(row, 4)?,
                error: row.get(5)?,
                done: row.get::<_, i64>(6)?.unsigned_abs(),
                failed: row.get::<_, i64>(7)?.unsigned_abs(),
            })
        })?;
        Ok(folders.collect::<Result<_, _>>()?)
    }

    /// Names of files of a folder that could not be imported or moved, or with which something is still
    /// wrong.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn folder_files_at_odds(&self, folder: FolderId) -> Result<Vec<String>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT name FROM folder_files
             WHERE folder = ?1 AND (state = 'failed' OR (state = 'done' AND error IS NOT NULL))
             UNION SELECT subject FROM door_errors
             WHERE door = ?1 AND subject <> '' AND ended_at IS NULL",
        )?;
        let names = query.query_map([folder.as_bytes()], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Names of files of a folder that could not be imported and are to be tried again at once.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn folder_files_to_retry(&self, folder: FolderId) -> Result<Vec<String>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT name FROM folder_files INDEXED BY folder_files_again
             WHERE folder = ?1 AND state = 'failed' AND next_try IS NULL",
        )?;
        let names = query.query_map([folder.as_bytes()], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The import of what stood under a name before, other than `content`.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn folder_file_before(
        &self,
        folder: FolderId,
        name: &str,
        content: &[u8; 32],
    ) -> Result<Option<ImportId>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT import FROM folder_files
             WHERE folder = ?1 AND name = ?2 AND content <> ?3 AND import IS NOT NULL
             ORDER BY changed_at DESC LIMIT 1",
        )?;
        let found = query.query_row(params![folder.as_bytes(), name, content], |row| id(row, 0));
        Ok(found.optional()?)
    }

    /// What became of the files of a folder, newest first. One that could not be imported is named as long
    /// as it is there.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn folder_files(
        &self,
        folder: FolderId,
        limit: u32,
    ) -> Result<Vec<FolderFile>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT name, state, import, error, tries, next_try, changed_at FROM folder_files
             WHERE folder = ?1 ORDER BY changed_at DESC, content LIMIT ?2",
        )?;
        let files = query.query_map(params![folder.as_bytes(), limit], |row| {
            Ok(FolderFile {
                name: row.get(0)?,
                state: row.get(1)?,
                import: id_or_none(row, 2)?,
                error: row.get(3)?,
                tries: row.get(4)?,
                next_try: at_or_none(row, 5)?,
                changed_at: at(row, 6)?,
            })
        })?;
        Ok(files.collect::<Result<_, _>>()?)
    }
}
