//! Messages as observed: what buyers and marketplaces wrote to the seller, each once whichever way
//! it came.

use super::after_sales::some;
use super::column::{at_or_none, decoded};
use super::order_list::pattern;
use super::orders::number;
use super::upsert::Origin;
use crate::{Read, VaultError, Write};
use buyerwatch_domain::{
    Forgery, ImportId, MessageKind, ObservedAttachment, ObservedMessage, Tag, Timestamp, Token,
};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

pub(super) const SCHEMA_2: &str = "
CREATE TABLE messages (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    import INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    forged TEXT,
    marketplace TEXT NOT NULL,
    alias_token INTEGER,
    buyer_token INTEGER,
    order_number INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    conversation TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sent_at INTEGER,
    truncated INTEGER NOT NULL,
    not_received INTEGER NOT NULL,
    attachments BLOB NOT NULL,
    alias TEXT,
    buyer_id TEXT,
    buyer_name TEXT,
    subject TEXT,
    body TEXT
) STRICT;
CREATE TABLE attachments (
    message BLOB NOT NULL,
    part INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (message, part)
) STRICT;
CREATE INDEX messages_at ON messages (coalesce(sent_at, imported_at), no);
CREATE INDEX messages_order ON messages (order_number) WHERE order_id <> '';
CREATE INDEX messages_alias ON messages (alias_token) WHERE alias_token IS NOT NULL;
";

pub(super) const SCHEMA_3: &str =
    "CREATE INDEX messages_buyer ON messages (buyer_token) WHERE buyer_token IS NOT NULL;";

pub(super) const SCHEMA_4: &str = "
CREATE INDEX messages_case ON messages (conversation) WHERE conversation <> '';
CREATE INDEX messages_came ON messages
    (imported_at, forged, kind, alias_token, buyer_token, order_id);
INSERT OR IGNORE INTO signals_due (order_id)
    SELECT order_id FROM returns WHERE order_id <> ''
    UNION SELECT order_id FROM claims WHERE order_id <> '';
CREATE TABLE answered (
    message BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// What tells one message from another: a keyed hash, the same whichever way it came.
pub type MessageKey = [u8; 16];

/// Identities of a message as they are compared; they outlive its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MessageTokens {
    /// Of the relay alias.
    pub alias: Option<Token>,
    /// Of the buyer ID that the marketplace's own text carries.
    pub marketplace_id: Option<Token>,
}

/// A message to be stored.
#[derive(Debug, Clone, Copy)]
pub struct StoredMessage<'a> {
    /// What tells it from others.
    pub id: MessageKey,
    /// What was observed.
    pub message: &'a ObservedMessage,
    /// Identities that are compared.
    pub tokens: MessageTokens,
    /// What it says of an order that did not arrive. Counted after the text is gone.
    pub not_received: NotReceived,
}

/// How copies of a letter may be stored that are not whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// The letter was cut before it named itself.
    pub cut: bool,
    /// By what copies are known that were cut earlier, before they named themselves.
    pub earlier: Vec<MessageKey>,
    /// It comes from a file that was taken in so when it was shorter: what came last then may have been
    /// cut, and is replaced by what there is now.
    pub before: Option<ImportId>,
}

/// What a message says of an order that did not arrive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NotReceived {
    /// Nothing.
    #[default]
    No,
    /// The marketplace writes that the buyer claims it.
    Claimed,
    /// The buyer demands a refund for it, in a message of the marketplace's own subject.
    Demanded,
}

impl NotReceived {
    /// The number under which it is stored.
    const fn number(self) -> i64 {
        match self {
            Self::No => 0,
            Self::Claimed => 1,
            Self::Demanded => 2,
        }
    }

    /// What is stored under a number; a newer version may know more.
    pub(super) const fn of(number: i64) -> Self {
        match number {
            1 => Self::Claimed,
            2 => Self::Demanded,
            _ => Self::No,
        }
    }
}

/// A stored message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// What tells it from others.
    pub id: MessageKey,
    /// When it came in.
    pub imported_at: Timestamp,
    /// What was observed. Attachments are without their content; `mentioned` is not kept.
    pub message: ObservedMessage,
    /// Identities that are compared.
    pub tokens: MessageTokens,
    /// When somebody said that up to this message all was answered where it is not seen.
    pub answered_at: Option<Timestamp>,
}

impl MessageRow {
    /// When it was written and what it is; and, when all was answered elsewhere up to it, that as an answer.
    pub fn times(&self) -> impl Iterator<Item = (Timestamp, MessageKind)> + use<> {
        let at = self.message.sent_at.unwrap_or(self.imported_at);
        let answered = self.answered_at.map(|_| (at, MessageKind::OwnReply));
        std::iter::once((at, self.message.kind)).chain(answered)
    }
}

/// Which messages are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Of this order only.
    pub order_id: Option<String>,
    /// Of this alias only.
    pub alias: Option<Token>,
    /// Those that look forged instead of the others; both when absent.
    pub forged: Option<bool>,
}

pub(super) const KINDS: [MessageKind; 12] = [
    MessageKind::Buyer,
    MessageKind::OwnReply,
    MessageKind::ReturnRequest,
    MessageKind::ClaimFiled,
    MessageKind::ClaimClosed,
    MessageKind::CancelRequest,
    MessageKind::Refund,
    MessageKind::OptedOut,
    MessageKind::Sold,
    MessageKind::Chargeback,
    MessageKind::Notice,
    MessageKind::Foreign,
];

const FORGERIES: [Forgery; 5] =
    [Forgery::Spf, Forgery::Dkim, Forgery::Dmarc, Forgery::Lookalike, Forgery::Attached];

/// Name, type, bytes.
type Attachment = (String, String, u64);

pub(super) fn note(
    conn: &Connection,
    origin: Origin,
    stored: &StoredMessage<'_>,
) -> Result<bool, VaultError> {
    let message = stored.message;
    let attachments: Vec<Attachment> = message
        .attachments
        .iter()
        .map(|of| (of.name.clone(), of.media_type.clone(), of.bytes))
        .collect();
    let mut encoded = Vec::new();
    ciborium::into_writer(&attachments, &mut encoded)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let new = conn
        .prepare_cached(
            "INSERT INTO messages (id, import, imported_at, kind, forged, marketplace, alias_token,
                 buyer_token, order_number, order_id, conversation, message_id, sent_at, truncated,
                 attachments, alias, buyer_id, buyer_name, subject, body, not_received)
             VALUES (?1, coalesce((SELECT no FROM imports WHERE id = ?2), 0), ?3, ?4, ?5, ?6, ?7, ?8,
                 ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            stored.id,
            origin.import.as_bytes(),
            origin.at.millis(),
            message.kind.code(),
            message.forged.map(Forgery::code),
            message.marketplace,
            stored.tokens.alias.map(|token| token.0),
            stored.tokens.marketplace_id.map(|token| token.0),
            number(&message.order_id),
            message.order_id,
            message.case,
            message.message_id,
            message.sent_at.map(Timestamp::millis),
            message.truncated,
            encoded,
            some(&message.alias),
            some(&message.marketplace_buyer_id),
            some(&message.buyer_name),
            some(&message.subject),
            some(&message.body),
            stored.not_received.number(),
        ])?;
    if new > 0 {
        let mut keep = conn.prepare_cached(
            "INSERT OR REPLACE INTO attachments (message, part, content) VALUES (?1, ?2, ?3)",
        )?;
        for (part, file) in (0_u32..).zip(&message.attachments) {
            if !file.content.is_empty() {
                keep.execute(params![stored.id, part, file.content])?;
            }
        }
    }
    Ok(new > 0)
}

pub(super) const COLUMNS: &str =
    "id, imported_at, kind, forged, marketplace, alias_token, buyer_token, order_id,
    conversation, message_id, sent_at, truncated, attachments, alias, buyer_id, buyer_name, subject,
    body, (SELECT e.at FROM answered AS e WHERE e.message = messages.id)";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    let text = |column: usize| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
    let kind: String = row.get(2)?;
    let forged: Option<String> = row.get(3)?;
    let attachments: Vec<Attachment> = decoded(row, 12, |bytes| ciborium::from_reader(bytes))?;
    let token =
        |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Token));
    Ok(MessageRow {
        id: row.get(0)?,
        imported_at: super::column::at(row, 1)?,
        tokens: MessageTokens { alias: token(5)?, marketplace_id: token(6)? },
        answered_at: at_or_none(row, 18)?,
        message: ObservedMessage {
            // A newer version may know more kinds.
            kind: KINDS.into_iter().find(|of| of.code() == kind).unwrap_or(MessageKind::Notice),
            // And more reasons to set one aside: it stays aside.
            forged: forged.map(|code| {
                let known = FORGERIES.into_iter().find(|of| of.code() == code);
                known.unwrap_or(Forgery::Lookalike)
            }),
            marketplace: row.get(4)?,
            order_id: row.get(7)?,
            case: row.get(8)?,
            message_id: row.get(9)?,
            sent_at: at_or_none(row, 10)?,
            truncated: row.get(11)?,
            attachments: attachments
                .into_iter()
                .map(|(name, media_type, bytes)| ObservedAttachment {
                    name,
                    media_type,
                    bytes,
                    content: Vec::new(),
                })
                .collect(),
            alias: text(13)?,
            marketplace_buyer_id: text(14)?,
            buyer_name: text(15)?,
            subject: text(16)?,
            body: text(17)?,
            ..ObservedMessage::default()
        },
    })
}

/// Forgets the last message that an import took in when it is this one and held something else; answers
/// whether it did.
fn forget_cut(
    conn: &Connection,
    id: &MessageKey,
    stored: &StoredMessage<'_>,
    before: ImportId,
) -> Result<bool, VaultError> {
    let no: Option<i64> = conn
        .prepare_cached(
            "SELECT no FROM messages WHERE id = ?1 AND import = (SELECT no FROM imports WHERE id = ?2)
                 AND coalesce(alias, buyer_id, buyer_name, subject, body) IS NOT NULL
                 AND no = (SELECT max(m.no) FROM messages AS m WHERE m.import = messages.import)",
        )?
        .query_row(params![id, before.as_bytes()], |row| row.get(0))
        .optional()?;
    let Some(no) = no else { return Ok(false) };
    let known = numbered(conn, no)?.message;
    let files = |of: &ObservedMessage| -> Vec<(String, u64)> {
        of.attachments.iter().map(|file| (file.name.clone(), file.bytes)).collect()
    };
    if known.body == stored.message.body && files(&known) == files(stored.message) {
        return Ok(false);
    }
    forget(conn, no, id)?;
    Ok(true)
}

/// Under which identity a letter is to be stored; `None` when it is stored already, or as much of it.
pub(super) fn place(
    conn: &Connection,
    stored: &StoredMessage<'_>,
    copies: &Copies,
) -> Result<Option<MessageKey>, VaultError> {
    let named = |id: &MessageKey| -> Result<Option<(i64, String, bool)>, VaultError> {
        let mut query = conn.prepare_cached(
            "SELECT no, message_id, coalesce(alias, buyer_id, buyer_name, subject, body) IS NULL
             FROM messages WHERE id = ?1",
        )?;
        let found = query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        Ok(found.optional()?)
    };
    if named(&stored.id)?.is_some() || copies.cut && is_told(conn, stored)? {
        return Ok(None);
    }
    // It may have taken such a place before, and come another way this time.
    let again = |id: MessageKey| -> Result<Option<MessageKey>, VaultError> {
        let replaced = match copies.before {
            Some(before) => forget_cut(conn, &id, stored, before)?,
            None => false,
        };
        Ok(replaced.then_some(id))
    };
    if let Some(id) = elsewhere(conn, stored)? {
        return again(id);
    }
    for earlier in &copies.earlier {
        let Some((no, message_id, purged)) = named(earlier)? else { continue };
        if message_id.is_empty() && copies.cut {
            return Ok(None);
        }
        // Nobody can read when it was written, so that it was not found by that.
        if message_id == stored.message.message_id {
            return again(*earlier);
        }
        if message_id.is_empty() && !purged {
            forget(conn, no, earlier)?;
            return Ok(Some(*earlier));
        }
    }
    Ok(Some(stored.id))
}

/// Whether a letter of the same buyer, conversation and second is stored: what was cut says no more.
fn is_told(conn: &Connection, stored: &StoredMessage<'_>) -> Result<bool, VaultError> {
    let (message, alias) = (stored.message, stored.tokens.alias);
    let (Some(alias), Some(at)) = (alias, message.sent_at) else { return Ok(false) };
    let mut query = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM messages
         WHERE alias_token = ?1 AND alias_token IS NOT NULL AND sent_at = ?2
             AND conversation = ?3 AND forged IS NULL)",
    )?;
    Ok(query.query_row(params![alias.0, at.millis(), message.case], |row| row.get(0))?)
}

/// No shop gets more letters in a second than are looked through; whoever makes a file of them may.
const NAMED: &str = "SELECT id FROM
    (SELECT id, message_id, forged FROM messages WHERE coalesce(sent_at, imported_at) = ?1 LIMIT 300)
    WHERE message_id = ?2 AND (forged IS NULL) = ?3";

/// Where a letter is stored that names itself, if not under its own identity.
fn elsewhere(
    conn: &Connection,
    stored: &StoredMessage<'_>,
) -> Result<Option<MessageKey>, VaultError> {
    let message = stored.message;
    let Some(at) = message.sent_at.filter(|_| !message.message_id.is_empty()) else {
        return Ok(None);
    };
    let mut query = conn.prepare_cached(NAMED)?;
    let genuine = message.forged.is_none();
    let found =
        query.query_row(params![at.millis(), message.message_id, genuine], |row| row.get(0));
    Ok(found.optional()?)
}

fn forget(conn: &Connection, no: i64, id: &MessageKey) -> Result<(), VaultError> {
    conn.prepare_cached("DELETE FROM attachments WHERE message = ?1")?.execute([id])?;
    conn.prepare_cached("DELETE FROM messages WHERE no = ?1")?.execute([no])?;
    Ok(())
}

pub(super) fn set_answered(
    conn: &Connection,
    message: &MessageKey,
    at: Option<Timestamp>,
) -> Result<(), VaultError> {
    match at {
        Some(at) => conn
            .prepare_cached("INSERT OR REPLACE INTO answered (message, at) VALUES (?1, ?2)")?
            .execute(params![message, at.millis()])?,
        None => {
            conn.prepare_cached("DELETE FROM answered WHERE message = ?1")?.execute([message])?
        }
    };
    Ok(())
}

/// The message of this number.
pub(super) fn numbered(conn: &Connection, no: i64) -> Result<MessageRow, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE no = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([no], read)?)
}

pub(super) fn purge(conn: &Connection, before: Timestamp) -> Result<u64, VaultError> {
    let rows = conn.execute(
        "UPDATE messages SET alias = NULL, buyer_id = NULL, buyer_name = NULL, subject = NULL,
             body = NULL, attachments = ?2
         WHERE imported_at < ?1
             AND coalesce(alias, buyer_id, buyer_name, subject, body) IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM alerts AS a
                 WHERE a.message <> '' AND a.message = lower(hex(messages.id))
                     AND a.state IN ('open', 'claimed'))
             AND NOT EXISTS (SELECT 1 FROM signals AS s
                 WHERE s.kind IN ('review_threat', 'abuse')
                     AND instr(s.basis, CAST(lower(hex(messages.id)) AS BLOB)) > 0
                     AND s.id NOT IN
                         (SELECT signal FROM signal_decisions WHERE verdict IS NOT NULL))
             AND NOT (not_received > 0 AND order_id <> '' AND EXISTS (SELECT 1 FROM signals AS s
                 WHERE s.kind = 'not_received'
                     AND instr(s.basis, CAST(messages.order_id AS BLOB)) > 0
                     AND s.id NOT IN
                         (SELECT signal FROM signal_decisions WHERE verdict IS NOT NULL)))",
        // An empty list.
        params![before.millis(), [0x80_u8]],
    )?;
    conn.execute(
        "DELETE FROM attachments WHERE NOT EXISTS (SELECT 1 FROM messages AS m
             WHERE m.id = attachments.message
                 AND coalesce(m.alias, m.buyer_id, m.buyer_name, m.subject, m.body) IS NOT NULL)",
        [],
    )?;
    Ok(rows as u64)
}

const BY_ALIAS: &str = "alias_token = ?2 AND alias_token IS NOT NULL";
const BY_BUYER: &str = "buyer_token = ?2 AND buyer_token IS NOT NULL";
const BY_ORDER: &str = "order_number = ?2 AND order_id <> '' AND order_id = ?3 COLLATE NOCASE";

fn by(of: &str) -> String {
    format!(
        "SELECT coalesce(sent_at, imported_at), no FROM messages
         WHERE {of} AND forged IS NULL
         ORDER BY coalesce(sent_at, imported_at) DESC, no DESC LIMIT ?1"
    )
}

/// The questions of [`Read::messages_by`], and the one that is asked of every letter, for whoever checks
/// which index answers them.
#[cfg(test)]
pub(super) fn statements() -> [String; 4] {
    let [alias, buyer, order] = [BY_ALIAS, BY_BUYER, BY_ORDER].map(by);
    [alias, buyer, order, NAMED.to_owned()]
}

impl Write<'_> {
    /// Takes a message in, once; answers under which identity, or `None` when it is stored already.
    ///
    /// Of a letter that was cut before it named itself the whole one takes the place, and keeps the
    /// identity by which alerts and decisions name it.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn note_message(
        &mut self,
        origin: Origin,
        stored: &StoredMessage<'_>,
        copies: &Copies,
    ) -> Result<Option<MessageKey>, VaultError> {
        if let Some(before) = copies.before {
            forget_cut(self.conn(), &stored.id, stored, before)?;
        }
        let Some(id) = place(self.conn(), stored, copies)? else { return Ok(None) };
        let new = note(self.conn(), origin, &StoredMessage { id, ..*stored })?;
        if new {
            self.mark_stale(Tag::Orders);
        }
        Ok(new.then_some(id))
    }

    /// Notes what a stored message says of an order that did not arrive, as newer rules read it.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_not_received(
        &mut self,
        message: &MessageKey,
        said: NotReceived,
    ) -> Result<(), VaultError> {
        self.conn()
            .prepare_cached("UPDATE messages SET not_received = ?2 WHERE id = ?1")?
            .execute(params![message, said.number()])?;
        Ok(())
    }

    /// Notes that up to a message all was answered where it is not seen, or takes it back.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_answered(
        &mut self,
        message: &MessageKey,
        at: Option<Timestamp>,
    ) -> Result<(), VaultError> {
        self.mark_stale(Tag::Orders);
        set_answered(self.conn(), message, at)
    }

    /// Takes out what was written, who wrote it and the addresses, of messages that came in before an
    /// instant and of which neither an alert nor a signal is open; kind, order and keyed identities stay. Answers how many rows lost something.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn purge_messages(&mut self, before: Timestamp) -> Result<u64, VaultError> {
        purge(self.conn(), before)
    }
}

impl Read<'_> {
    /// What hangs on a message, by its place among all that does; `None` if it is not kept.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn attachment(&self, id: &MessageKey, part: u32) -> Result<Option<Vec<u8>>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT content FROM attachments WHERE message = ?1 AND part = ?2")?;
        Ok(query.query_row(params![id, part], |row| row.get(0)).optional()?)
    }

    /// Which of the attachments of a message are kept.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn attachments_kept(&self, id: &MessageKey) -> Result<Vec<u32>, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT part FROM attachments WHERE message = ?1 ORDER BY part")?;
        let found = query.query_map([id], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// A message.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn message(&self, id: &MessageKey) -> Result<Option<MessageRow>, VaultError> {
        let mut query =
            self.conn().prepare_cached(&format!("SELECT {COLUMNS} FROM messages WHERE id = ?1"))?;
        Ok(query.query_row([id], read).optional()?)
    }

    /// Messages of buyers that carry an identity and whose text is left, at most 1,000.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn messages_of(&self, identity: Token) -> Result<Vec<MessageRow>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM messages
             WHERE kind = 'buyer' AND body IS NOT NULL AND (alias_token = ?1 OR buyer_token = ?1)
             ORDER BY no DESC LIMIT 1000"
        ))?;
        let rows = query.query_map([identity.0], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Messages that carry any of the identities or are about any of the orders, each once, the newest
    /// first; what looks forged is left out. At most `limit` of each identity and order, the newest.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn messages_by(
        &self,
        identities: &[Token],
        orders: &[&str],
        limit: usize,
    ) -> Result<Vec<MessageRow>, VaultError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut found: Vec<(i64, i64)> = Vec::new();
        let mut collect = |of: &str, values: &[&dyn ToSql]| -> Result<(), VaultError> {
            let mut query = self.conn().prepare_cached(&by(of))?;
            let rows = query.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in rows {
                found.push(row?);
            }
            Ok(())
        };
        for identity in identities {
            for of in [BY_ALIAS, BY_BUYER] {
                collect(of, &[&limit, &identity.0])?;
            }
        }
        for order in orders.iter().filter(|order| !order.is_empty()) {
            collect(BY_ORDER, &[&limit, &number(order), order])?;
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.dedup();
        found.into_iter().map(|(_, no)| numbered(self.conn(), no)).collect()
    }

    /// Messages whose order ID or alias begins with a text.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn messages_beginning(&self, text: &str) -> Result<Vec<MessageKey>, VaultError> {
        let anywhere = pattern(text);
        let begins = anywhere.strip_prefix('%').unwrap_or(&anywhere);
        self.messages_like("order_id LIKE ?1 ESCAPE '\\' OR alias LIKE ?1 ESCAPE '\\'", begins)
    }

    /// Messages in whose writer's name a text occurs.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn messages_signed(&self, text: &str) -> Result<Vec<MessageKey>, VaultError> {
        self.messages_like("buyer_name LIKE ?1 ESCAPE '\\'", &pattern(text))
    }

    fn messages_like(&self, of: &str, pattern: &str) -> Result<Vec<MessageKey>, VaultError> {
        let mut query =
            self.conn().prepare_cached(&format!("SELECT id FROM messages WHERE {of}"))?;
        let found = query.query_map([pattern], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// What buyers wrote, as far as it is left and does not look forged, by number: at most `limit` after
    /// the message with the number `after`.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn writings(
        &self,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, MessageKey, String)>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT no, id, body FROM messages
             WHERE no > ?1 AND kind = 'buyer' AND forged IS NULL AND body IS NOT NULL
             ORDER BY no LIMIT ?2",
        )?;
        let rows = query
            .query_map(params![after, limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether any stored message is about an order: an import of orders needs to ask for none otherwise.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn orders_are_written_about(&self) -> Result<bool, VaultError> {
        let mut query = self
            .conn()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM messages WHERE order_id <> '')")?;
        Ok(query.query_row([], |row| row.get(0))?)
    }

    /// Messages, newest first, and how many there are.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn messages(
        &self,
        filter: &MessageFilter,
        offset: u32,
        limit: u32,
    ) -> Result<(u64, Vec<MessageRow>), VaultError> {
        // Each condition stands whether it is used or not, so that one statement serves all.
        const WHERE: &str = "(?1 IS NULL OR (order_number = ?2 AND order_id = ?1 COLLATE NOCASE))
             AND (?3 IS NULL OR alias_token = ?3)
             AND (?4 IS NULL OR (forged IS NOT NULL) = ?4)";
        let number = filter.order_id.as_deref().map(number);
        let alias = filter.alias.map(|token| token.0);
        let count = self
            .conn()
            .prepare_cached(&format!("SELECT count(*) FROM messages WHERE {WHERE}"))?
            .query_row(params![filter.order_id, number, alias, filter.forged], |row| {
                row.get::<_, i64>(0)
            })?;
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM messages WHERE {WHERE}
             ORDER BY coalesce(sent_at, imported_at) DESC, no DESC LIMIT ?5 OFFSET ?6"
        ))?;
        let rows = query
            .query_map(params![filter.order_id, number, alias, filter.forged, limit, offset], read)?
            .collect::<Result<_, _>>()?;
        Ok((count.unsigned_abs(), rows))
    }
}
