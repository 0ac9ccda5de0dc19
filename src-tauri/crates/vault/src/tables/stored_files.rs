//! What is known of stored files beside the journal: small pictures of them, and when each was last
//! compared with what was taken in. Made from the files themselves, so no replay brings it back.

use super::column::at_or_none;
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{BlobId, MediaClass, Tag, Timestamp};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

pub(super) const SCHEMA_1: &str = "
CREATE TABLE thumbnails (
    blob BLOB PRIMARY KEY,
    mime TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE scrub (
    blob BLOB PRIMARY KEY,
    verified_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE verify_run (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    began_at INTEGER NOT NULL,
    percent INTEGER NOT NULL
) STRICT;
";

/// A small picture of a stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// Its media type.
    pub mime: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The picture.
    pub bytes: Vec<u8>,
}

/// A stored file that exhibits rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its identity.
    pub blob: BlobId,
    /// SHA-256 of what was taken in.
    pub sha256: String,
    /// Size of what was taken in.
    pub bytes: u64,
    /// When it was last compared with that.
    pub verified_at: Option<Timestamp>,
}

/// An unfinished check goes on when the same is asked again within this time.
const RUN_DAYS: i64 = 7;

impl Read<'_> {
    /// Every stored file that an exhibit rests on, or that an entry names which only a newer program
    /// can read.
    ///
    /// # Errors
    /// When the vault cannot be read. [`VaultError::Newer`] when it cannot be told what such an entry
    /// names.
    pub fn blobs_in_use(&self) -> Result<BTreeSet<BlobId>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT DISTINCT blob FROM exhibits WHERE removed_stamp IS NULL")?;
        let found = query.query_map([], |row| row.get(0).map(BlobId::from_bytes))?;
        let mut found = found.collect::<Result<BTreeSet<_>, _>>()?;
        found.extend(crate::journal::blobs_set_aside(self.conn())?.map(BlobId::from_bytes));
        Ok(found)
    }

    /// Stored files that exhibits rest on, those longest not compared first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn stored_files(&self) -> Result<Vec<StoredFile>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT e.blob, min(e.sha256), min(e.bytes), s.verified_at
             FROM exhibits AS e LEFT JOIN scrub AS s ON s.blob = e.blob
             WHERE e.removed_stamp IS NULL GROUP BY e.blob
             ORDER BY coalesce(s.verified_at, 0), e.blob",
        )?;
        let found = query.query_map([], |row| {
            Ok(StoredFile {
                blob: row.get(0).map(BlobId::from_bytes)?,
                sha256: row.get(1)?,
                bytes: row.get::<_, i64>(2)?.cast_unsigned(),
                verified_at: at_or_none(row, 3)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The small picture of a stored file.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn thumbnail(&self, blob: BlobId) -> Result<Option<Thumbnail>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT mime, width, height, bytes FROM thumbnails WHERE blob = ?1 AND width > 0",
        )?;
        let found = query.query_row([blob.as_bytes()], |row| {
            Ok(Thumbnail {
                mime: row.get(0)?,
                width: row.get(1)?,
                height: row.get(2)?,
                bytes: row.get(3)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Whether there is a small picture of a stored file.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn has_thumbnail(&self, blob: BlobId) -> Result<bool, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM thumbnails WHERE blob = ?1 AND width > 0)",
        )?;
        Ok(query.query_row([blob.as_bytes()], |row| row.get(0))?)
    }

    /// Stored files of which no small picture was tried yet, with their media types.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn without_thumbnail(&self, limit: u32) -> Result<Vec<(BlobId, String)>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT e.blob, min(e.media_type) FROM exhibits AS e
             WHERE e.removed_stamp IS NULL AND e.class IN (?1, ?2)
                 AND NOT EXISTS (SELECT 1 FROM thumbnails AS t WHERE t.blob = e.blob)
             GROUP BY e.blob LIMIT ?3",
        )?;
        let classes = (MediaClass::Image.code(), MediaClass::Pdf.code());
        let found = query.query_map(params![classes.0, classes.1, limit], |row| {
            Ok((row.get(0).map(BlobId::from_bytes)?, row.get(1)?))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Keeps the small picture of a stored file; `None` notes that there can be none.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn save_thumbnail(
        &mut self,
        blob: BlobId,
        thumbnail: Option<&Thumbnail>,
    ) -> Result<(), VaultError> {
        let none = Thumbnail { mime: String::new(), width: 0, height: 0, bytes: Vec::new() };
        let Thumbnail { mime, width, height, bytes } = thumbnail.unwrap_or(&none);
        // The exhibit may have been taken out while the picture was made.
        self.conn()
            .prepare_cached(
                "INSERT INTO thumbnails (blob, mime, width, height, bytes)
                 SELECT ?1, ?2, ?3, ?4, ?5
                 WHERE EXISTS (SELECT 1 FROM exhibits WHERE blob = ?1 AND removed_stamp IS NULL)
                 ON CONFLICT (blob) DO UPDATE SET mime = excluded.mime, width = excluded.width,
                     height = excluded.height, bytes = excluded.bytes",
            )?
            .execute(params![blob.as_bytes(), mime, width, height, bytes])?;
        if thumbnail.is_some() {
            self.mark_stale(Tag::Exhibits);
        }
        Ok(())
    }

    /// Notes that a stored file was compared with what was taken in.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn note_verified(&mut self, blob: BlobId, at: Timestamp) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached(
                "INSERT INTO scrub (blob, verified_at) VALUES (?1, ?2)
                 ON CONFLICT (blob) DO UPDATE SET verified_at = excluded.verified_at",
            )?
            .execute(params![blob.as_bytes(), at.millis()])?;
        Ok(())
    }

    /// Forgets what is known of stored files on which no exhibit rests.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn forget_unused_files(&mut self) -> Result<(), VaultError> {
        sweep(self.conn())
    }

    /// Begins a check of so many per cent, or finds when an unfinished one of the same share began.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn begin_verify(&mut self, percent: u32, at: Timestamp) -> Result<Timestamp, VaultError> {
        let unfinished: Option<i64> = self
            .conn()
            .query_row(
                "SELECT began_at FROM verify_run
                 WHERE percent = ?1 AND began_at BETWEEN ?2 AND ?3",
                params![percent, at.plus_days(-RUN_DAYS).millis(), at.millis()],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(began) = unfinished {
            return Ok(Timestamp::from_millis(began));
        }
        self.conn().execute(
            "INSERT INTO verify_run (id, began_at, percent) VALUES (1, ?1, ?2)
             ON CONFLICT (id) DO UPDATE SET began_at = excluded.began_at,
                 percent = excluded.percent",
            params![at.millis(), percent],
        )?;
        Ok(at)
    }

    /// Notes that the check is finished.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn end_verify(&mut self) -> Result<(), VaultError> {
        self.conn().execute("DELETE FROM verify_run", [])?;
        Ok(())
    }
}

/// Takes out what is known of files on which no exhibit rests.
pub(super) fn sweep(conn: &rusqlite::Connection) -> Result<(), VaultError> {
    for table in ["thumbnails", "scrub"] {
        conn.execute(
            &format!(
                "DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM exhibits AS e
                     WHERE e.blob = {table}.blob AND e.removed_stamp IS NULL)"
            ),
            [],
        )?;
    }
    Ok(())
}
