//! What other processes have committed.

use crate::journal::stored;
use crate::pool::lock;
use crate::{Vault, VaultError};
use buyerwatch_domain::{Event, Tag};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Where an entry stands in the order in which this database took entries in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JournalPosition(pub(crate) i64);

/// How far a reader of [`Vault::changes`] has come. Only for the vault that gave it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Changes with every commit of another connection.
    data_version: i64,
    position: i64,
    /// Commits per tag, of all processes.
    all: BTreeMap<Tag, u64>,
    /// Commits per tag, of this one.
    own: BTreeMap<Tag, u64>,
}

/// What other processes have committed since.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// What they made stale.
    pub tags: BTreeSet<Tag>,
    /// What they decided, in order.
    pub events: Vec<(JournalPosition, Event)>,
    /// Whether there was anything.
    pub foreign: bool,
}

/// What this process has committed itself.
#[derive(Debug, Default)]
pub(crate) struct Own {
    tags: BTreeMap<Tag, u64>,
    /// First and last positions, apart from one another only where another process wrote between.
    positions: Vec<(i64, i64)>,
}

impl Own {
    pub(crate) fn add(&mut self, tags: &BTreeSet<Tag>, positions: Option<(i64, i64)>) {
        for tag in tags {
            *self.tags.entry(*tag).or_default() += 1;
        }
        let Some((first, last)) = positions else { return };
        match self.positions.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(first) => *end = last,
            _ => self.positions.push((first, last)),
        }
    }

    fn wrote(&self, position: i64) -> bool {
        let after = self.positions.partition_point(|(first, _)| *first <= position);
        let before = after.checked_sub(1).and_then(|at| self.positions.get(at));
        before.is_some_and(|(_, last)| position <= *last)
    }
}

/// Counts a commit for each tag that it makes stale. Part of the transaction.
pub(crate) fn count(conn: &Connection, tags: &BTreeSet<Tag>) -> Result<(), VaultError> {
    let mut count = conn.prepare_cached(
        "INSERT INTO stale (tag, commits) VALUES (?1, 1)
         ON CONFLICT (tag) DO UPDATE SET commits = commits + 1",
    )?;
    for tag in tags {
        count.execute([tag.code()])?;
    }
    Ok(())
}

impl Vault {
    /// Where [`Vault::changes`] starts: everything that is committed now counts as seen.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn cursor(&self) -> Result<Cursor, VaultError> {
        let own = lock(self.own());
        let watcher = lock(self.watcher());
        snapshot(&watcher, &own)
    }

    /// What other processes have committed since the cursor, and where to go on. Next to free while
    /// nothing was committed: poll it several times a second.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn changes(&self, cursor: Cursor) -> Result<(Cursor, Changes), VaultError> {
        // Held so that no commit of this process is stored but not yet counted as its own.
        let own = lock(self.own());
        let watcher = lock(self.watcher());
        if data_version(&watcher)? == cursor.data_version {
            return Ok((cursor, Changes::default()));
        }
        let transaction = watcher.unchecked_transaction()?;
        let next = snapshot(&transaction, &own)?;
        let foreign =
            |tag: &Tag| grown(*tag, &next.all, &cursor.all) > grown(*tag, &next.own, &cursor.own);
        let tags: BTreeSet<Tag> = next.all.keys().copied().filter(foreign).collect();
        let mut events = Vec::new();
        if tags.contains(&Tag::Journal) {
            let all = stored(&transaction, cursor.position)?;
            let others = all.into_iter().filter(|stored| !own.wrote(stored.position));
            events.extend(others.map(|stored| (JournalPosition(stored.position), stored.event)));
        }
        let changes = Changes { foreign: !tags.is_empty(), tags, events };
        Ok((next, changes))
    }
}

fn grown(tag: Tag, now: &BTreeMap<Tag, u64>, before: &BTreeMap<Tag, u64>) -> u64 {
    let of = |map: &BTreeMap<Tag, u64>| map.get(&tag).copied().unwrap_or(0);
    of(now).saturating_sub(of(before))
}

fn data_version(conn: &Connection) -> Result<i64, VaultError> {
    Ok(conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}

fn snapshot(conn: &Connection, own: &Own) -> Result<Cursor, VaultError> {
    // Read before the rest: a commit in between is then seen twice rather than never.
    let data_version = data_version(conn)?;
    let position = conn
        .prepare_cached("SELECT coalesce(max(position), 0) FROM journal")?
        .query_row([], |row| row.get(0))?;
    let mut all = BTreeMap::new();
    let mut statement = conn.prepare_cached("SELECT tag, commits FROM stale")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let named: String = row.get(0)?;
        if let Some(tag) = Tag::from_code(&named) {
            all.insert(tag, row.get::<_, i64>(1)?.unsigned_abs());
        }
    }
    Ok(Cursor { data_version, position, all, own: own.tags.clone() })
}

#[cfg(test)]
mod tests;
