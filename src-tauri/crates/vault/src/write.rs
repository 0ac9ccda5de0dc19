//! The handle for writing, and what a committed write gives back.

use crate::journal::{Author, Chain, Draft, Placed, entry};
use crate::tables::{self, Meta};
use crate::{Read, VaultError, WriteError};
use buyerwatch_domain::{Command, Event, Stamp, Tag, decide};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// One transaction of the vault's only writer.
///
/// Queries are at [`Write::read`]; they see what this transaction has written.
#[derive(Debug)]
pub struct Write<'a> {
    conn: &'a Connection,
    author: &'a Author,
    /// Read when the first entry is written: bulk observations do without.
    chain: Option<Chain>,
    tags: BTreeSet<Tag>,
    events: Vec<Event>,
    positions: Option<(i64, i64)>,
    /// An entry was stored without its tables. Nothing of this transaction may be kept.
    broken: bool,
}

/// What a transaction leaves behind when it is about to be committed.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) tags: BTreeSet<Tag>,
    pub(crate) events: Vec<Event>,
    /// First and last position in the journal.
    pub(crate) positions: Option<(i64, i64)>,
}

impl<'a> Write<'a> {
    pub(crate) const fn new(conn: &'a Connection, author: &'a Author) -> Self {
        Self {
            conn,
            author,
            chain: None,
            tags: BTreeSet::new(),
            events: Vec::new(),
            positions: None,
            broken: false,
        }
    }

    /// The same queries as outside, inside this transaction.
    #[must_use]
    pub const fn read(&self) -> Read<'_> {
        Read::new(self.conn)
    }

    /// Says that what is shown under this tag is stale once the transaction is committed.
    pub fn mark_stale(&mut self, tag: Tag) {
        self.tags.insert(tag);
    }

    /// The connection, for the queries of the tables.
    #[must_use]
    pub(crate) const fn conn(&self) -> &'a Connection {
        self.conn
    }

    /// Decides on a command, records what was decided and brings it into the tables.
    ///
    /// # Errors
    /// [`WriteError::Refused`] when a rule says no; the transaction may go on. After
    /// [`WriteError::Vault`] it can only be rolled back.
    pub fn execute(&mut self, command: Command, stamp: Stamp) -> Result<Vec<Event>, WriteError> {
        let events = decide(&*self, command, stamp)?;
        for event in &events {
            if let Err(error) = self.record(event, stamp) {
                self.broken = true;
                return Err(error.into());
            }
        }
        self.events.extend(events.iter().cloned());
        Ok(events)
    }

    fn record(&mut self, event: &Event, stamp: Stamp) -> Result<(), VaultError> {
        let payload = entry::payload(event, stamp.at)?;
        let blob = event.blob().map(|blob| *blob.as_bytes());
        let draft = Draft { kind: event.kind(), entity: event.entity(), payload, blob };
        let placed = self.append(stamp, &draft)?;
        let meta = Meta {
            at: stamp.at,
            actor: stamp.actor,
            hlc: placed.hlc,
            device: self.author.device_id(),
            seq: placed.seq,
        };
        tables::apply(self.conn, event, &meta)?;
        self.tags.extend(event.tags());
        Ok(())
    }

    /// Signs an entry and puts it at the end of this device's chain.
    pub(crate) fn append(&mut self, stamp: Stamp, draft: &Draft<'_>) -> Result<Placed, VaultError> {
        let chain = match &mut self.chain {
            Some(chain) => chain,
            unread => unread.insert(Chain::load(self.conn, self.author)?),
        };
        let placed = chain.append(self.conn, self.author, stamp, draft)?;
        self.placed(placed.position);
        Ok(placed)
    }

    /// Remembers that this transaction put an entry there.
    pub(crate) fn placed(&mut self, position: i64) {
        let first = self.positions.map_or(position, |(first, _)| first);
        self.positions = Some((first, position));
    }

    /// Forgets the ends of the chains, after an entry came in by another way.
    pub(crate) fn forget_chain(&mut self) {
        self.chain = None;
    }

    /// Refuses the commit, after something was left half-done.
    pub(crate) const fn break_off(&mut self) {
        self.broken = true;
    }

    pub(crate) const fn space_id(&self) -> [u8; 16] {
        self.author.space_id
    }

    /// Counts what became stale, for other processes, and hands over what to answer.
    pub(crate) fn finish(self) -> Result<Finished, VaultError> {
        if self.broken {
            return Err(VaultError::Damaged(crate::Part::Table));
        }
        crate::changes::count(self.conn, &self.tags)?;
        Ok(Finished { tags: self.tags, events: self.events, positions: self.positions })
    }
}

/// What a committed write gives back. Only the vault makes one, after the commit, so nothing can be
/// published that was not stored.
#[must_use = "tell the open windows what became stale"]
#[derive(Debug)]
#[non_exhaustive]
pub struct Committed<T> {
    /// What the writer answered.
    pub view: T,
    /// What it made stale.
    pub tags: BTreeSet<Tag>,
    /// What was decided, in order.
    pub events: Vec<Event>,
}

impl<T> Committed<T> {
    pub(crate) fn new(view: T, finished: Finished) -> Self {
        let Finished { tags, events, positions: _ } = finished;
        Self { view, tags, events }
    }

    /// The same commit with another answer.
    pub fn map<U>(self, answer: impl FnOnce(T) -> U) -> Committed<U> {
        let Self { view, tags, events } = self;
        Committed { view: answer(view), tags, events }
    }
}
