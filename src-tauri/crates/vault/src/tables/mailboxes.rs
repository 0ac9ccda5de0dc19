//! Watched mailboxes: where they are, who reads them, and how far they were read.

use super::column::{at, at_or_none, id};
use super::door_errors;
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{MailboxId, Tag, Timestamp};
use rusqlite::{Row, params};
use zeroize::Zeroizing;

pub(super) const SCHEMA_2: &str = "
CREATE TABLE mailboxes (
    id BLOB NOT NULL PRIMARY KEY,
    host TEXT NOT NULL COLLATE NOCASE,
    port INTEGER NOT NULL,
    security TEXT NOT NULL,
    user TEXT NOT NULL COLLATE NOCASE,
    password TEXT NOT NULL,
    folder TEXT NOT NULL,
    first_days INTEGER,
    authority BLOB,
    added_at INTEGER NOT NULL,
    uid_validity INTEGER NOT NULL DEFAULT 0,
    last_uid INTEGER NOT NULL DEFAULT 0,
    letters INTEGER NOT NULL DEFAULT 0,
    last_success INTEGER,
    error TEXT,
    error_since INTEGER,
    UNIQUE (host, user, folder)
) STRICT, WITHOUT ROWID;
";

pub(super) const SCHEMA_3: &str = "ALTER TABLE mailboxes ADD COLUMN auth_server TEXT;";

pub(super) const SCHEMA_4: &str = "ALTER TABLE mailboxes ADD COLUMN withheld TEXT;";

/// A mailbox to be watched.
#[derive(Clone, Copy)]
pub struct NewMailbox<'a> {
    /// Identity drawn for it.
    pub id: MailboxId,
    /// Name of the server.
    pub host: &'a str,
    /// Port.
    pub port: u16,
    /// How the connection becomes encrypted, by its stable name.
    pub security: &'a str,
    /// Name to sign in with.
    pub user: &'a str,
    /// The password, or what the provider gives out in its place.
    pub password: &'a str,
    /// The folder that is read.
    pub folder: &'a str,
    /// How many days back the first reading goes.
    pub first_days: Option<u32>,
    /// An authority of one's own that vouches for the server, as DER.
    pub authority: Option<&'a [u8]>,
    /// The server whose word on senders counts, by the name that it gives itself; the topmost when `None`.
    pub auth_server: Option<&'a str>,
    /// When it was added.
    pub at: Timestamp,
}

/// A watched mailbox.
#[derive(Clone)]
pub struct MailboxRow {
    /// Its identity.
    pub id: MailboxId,
    /// Name of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection becomes encrypted, by its stable name.
    pub security: String,
    /// Name to sign in with.
    pub user: String,
    /// The password, or what the provider gives out in its place.
    pub password: Zeroizing<String>,
    /// The folder that is read.
    pub folder: String,
    /// How many days back the first reading goes.
    pub first_days: Option<u32>,
    /// An authority of one's own that vouches for the server, as DER.
    pub authority: Option<Vec<u8>>,
    /// The server whose word on senders counts, by the name that it gives itself; the topmost when `None`.
    pub auth_server: Option<String>,
    /// Since when it is watched.
    pub added_at: Timestamp,
    /// The server's word that numbers of letters still mean the same; 0 before the first reading.
    pub uid_validity: u32,
    /// The highest number that was read.
    pub last_uid: u32,
    /// Letters that were read.
    pub letters: u64,
    /// When everything in it had been read last.
    pub last_success: Option<Timestamp>,
    /// Code of what is wrong with it.
    pub error: Option<String>,
    /// Since when that is wrong.
    pub error_since: Option<Timestamp>,
    /// Which letters it did not give, as [`set_mailbox_withheld`](Write::set_mailbox_withheld) noted.
    pub withheld: Option<String>,
}

impl std::fmt::Debug for NewMailbox<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMailbox").field("id", &self.id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for MailboxRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailboxRow").field("id", &self.id).finish_non_exhaustive()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<MailboxRow> {
    let days: Option<i64> = row.get(7)?;
    Ok(MailboxRow {
        id: id(row, 0)?,
        host: row.get(1)?,
        port: row.get(2)?,
        security: row.get(3)?,
        user: row.get(4)?,
        password: row.get::<_, String>(5)?.into(),
        folder: row.get(6)?,
        first_days: days.and_then(|days| u32::try_from(days).ok()),
        authority: row.get(8)?,
        added_at: at(row, 9)?,
        uid_validity: row.get(10)?,
        last_uid: row.get(11)?,
        letters: row.get::<_, i64>(12)?.unsigned_abs(),
        last_success: at_or_none(row, 13)?,
        error: row.get(14)?,
        error_since: at_or_none(row, 15)?,
        auth_server: row.get(16)?,
        withheld: row.get(17)?,
    })
}

impl Write<'_> {
    /// Watches a mailbox; answers `false` when it is watched already.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn add_mailbox(&mut self, new: &NewMailbox<'_>) -> Result<bool, VaultError> {
        self.mark_stale(Tag::Imports);
        let added = self
            .conn()
            .prepare_cached(
                "INSERT INTO mailboxes (id, host, port, security, user, password, folder,
                     first_days, authority, added_at, auth_server)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT (host, user, folder) DO NOTHING",
            )?
            .execute(params![
                new.id.as_bytes(),
                new.host,
                new.port,
                new.security,
                new.user,
                new.password,
                new.folder,
                new.first_days,
                new.authority,
                new.at.millis(),
                new.auth_server
            ])?;
        Ok(added > 0)
    }

    /// Watches a mailbox no more; answers whether there was one. What was read of it stays.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn remove_mailbox(&mut self, mailbox: MailboxId) -> Result<bool, VaultError> {
        self.mark_stale(Tag::Imports);
        let removed = self
            .conn()
            .prepare_cached("DELETE FROM mailboxes WHERE id = ?1")?
            .execute([mailbox.as_bytes()])?;
        door_errors::forget(self.conn(), mailbox.as_bytes())?;
        Ok(removed > 0)
    }

    /// Takes another password for a mailbox and every other folder of the same account; answers which they
    /// are.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_mailbox_password(
        &mut self,
        mailbox: MailboxId,
        password: &str,
    ) -> Result<Vec<MailboxId>, VaultError> {
        self.set_of_account(
            "password = ?2, error = NULL, error_since = NULL",
            mailbox,
            Some(password),
        )
    }

    /// Says which server's word on senders counts in a mailbox and every other folder of the same account;
    /// answers which they are.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_mailbox_auth_server(
        &mut self,
        mailbox: MailboxId,
        server: Option<&str>,
    ) -> Result<Vec<MailboxId>, VaultError> {
        self.set_of_account("auth_server = ?2", mailbox, server)
    }

    /// Sets something of every watched folder of an account, which is told by one of them.
    fn set_of_account(
        &mut self,
        what: &str,
        mailbox: MailboxId,
        value: Option<&str>,
    ) -> Result<Vec<MailboxId>, VaultError> {
        self.mark_stale(Tag::Imports);
        let mut set = self.conn().prepare_cached(&format!(
            "UPDATE mailboxes SET {what}
             WHERE EXISTS (SELECT 1 FROM mailboxes AS one WHERE one.id = ?1
                 AND one.host = mailboxes.host AND one.port = mailboxes.port
                 AND one.user = mailboxes.user)
             RETURNING id"
        ))?;
        let ids = set.query_map(params![mailbox.as_bytes(), value], |row| id(row, 0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Notes how far a mailbox was read. In the transaction that stores the letters, so that none is lost
    /// and none is taken twice.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_mailbox_place(
        &mut self,
        mailbox: MailboxId,
        uid_validity: u32,
        last_uid: u32,
        letters: u64,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        self.conn()
            .prepare_cached(
                "UPDATE mailboxes SET uid_validity = ?2, last_uid = ?3, letters = letters + ?4
                 WHERE id = ?1",
            )?
            .execute(params![
                mailbox.as_bytes(),
                uid_validity,
                last_uid,
                i64::try_from(letters).unwrap_or(i64::MAX)
            ])?;
        Ok(())
    }

    /// Notes which letters a mailbox did not give, in the words of whoever reads it.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_mailbox_withheld(
        &mut self,
        mailbox: MailboxId,
        withheld: &str,
    ) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached("UPDATE mailboxes SET withheld = ?2 WHERE id = ?1")?
            .execute(params![mailbox.as_bytes(), withheld])?;
        Ok(())
    }

    /// Notes that everything in a mailbox was read, or what is wrong with it, which is kept as history.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_mailbox_state(
        &mut self,
        mailbox: MailboxId,
        error: Option<&str>,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Imports);
        let sql = if error.is_some() {
            "UPDATE mailboxes SET error_since = CASE WHEN error IS NULL THEN ?3 ELSE error_since END,
                 error = ?2 WHERE id = ?1"
        } else {
            "UPDATE mailboxes SET error = ?2, error_since = NULL, last_success = ?3 WHERE id = ?1"
        };
        let conn = self.conn();
        let known =
            conn.prepare_cached(sql)?.execute(params![mailbox.as_bytes(), error, at.millis()])?;
        match error {
            // One that nobody watches any more has no history.
            Some(_) if known == 0 => Ok(()),
            Some(error) => door_errors::note(conn, mailbox.as_bytes(), "", error, at),
            None => door_errors::end(conn, mailbox.as_bytes(), "", at),
        }
    }
}

impl Read<'_> {
    /// Every watched mailbox, in the order in which they were added.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn mailboxes(&self) -> Result<Vec<MailboxRow>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT id, host, port, security, user, password, folder, first_days, authority,
                 added_at, uid_validity, last_uid, letters, last_success, error, error_since,
                 auth_server, withheld
             FROM mailboxes ORDER BY added_at, id",
        )?;
        let found = query.query_map([], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
