//! What somebody began to write and has not saved. No decision yet, so the journal knows nothing of
//! it.

use crate::{Read, VaultError, Write};
use buyerwatch_domain::Timestamp;
use rusqlite::params;

pub(super) const SCHEMA_1: &str = "
CREATE TABLE drafts (
    target TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Drafts that are kept. Of more, those go that were touched least recently.
const KEPT: u32 = 200;

/// Something begun and not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is about, in the words of the window.
    pub target: String,
    /// What was written, in the form of the window.
    pub content: String,
}

impl Read<'_> {
    /// Every draft.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, VaultError> {
        let mut query =
            self.conn().prepare_cached("SELECT target, content FROM drafts ORDER BY target")?;
        let drafts =
            query.query_map([], |row| Ok(Draft { target: row.get(0)?, content: row.get(1)? }))?;
        Ok(drafts.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Keeps a draft, or forgets it.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_draft(
        &mut self,
        target: &str,
        content: Option<&str>,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        let Some(content) = content else {
            self.conn()
                .prepare_cached("DELETE FROM drafts WHERE target = ?1")?
                .execute([target])?;
            return Ok(());
        };
        self.conn()
            .prepare_cached(
                "INSERT INTO drafts (target, content, changed_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (target) DO UPDATE
                 SET content = excluded.content, changed_at = excluded.changed_at",
            )?
            .execute(params![target, content, at.millis()])?;
        self.conn()
            .prepare_cached(
                "DELETE FROM drafts WHERE target IN
                     (SELECT target FROM drafts ORDER BY changed_at DESC, target
                      LIMIT -1 OFFSET ?1)",
            )?
            .execute([KEPT])?;
        Ok(())
    }
}
