//! Messages as conversations: what is about one order, since the marketplace confirms an answer without the
//! account and its clock runs for each order; or, when no order is named, what one account wrote. A confirmation
//! that names no order belongs to whatever the buyer wrote in its case.

use super::column::id;
use super::messages::{self, KINDS, MessageKey, MessageRow, MessageTokens};
use super::orders::keys_of;
use crate::{Read, VaultError};
use buyerwatch_domain::{AlertId, MessageKind, Timestamp};
use rusqlite::{OptionalExtension as _, params};

/// What belongs to one conversation: the order when one is named; else, of a confirmation, what the buyer wrote
/// last before it in its case; else the account, else itself alone.
const KEY: &str = "CASE WHEN order_id <> '' THEN 'o' || order_id ELSE coalesce(
    CASE WHEN kind = 'own_reply' AND conversation <> '' AND forged IS NULL THEN
        (SELECT CASE WHEN b.order_id <> '' THEN 'o' || b.order_id ELSE 'a' || b.alias_token END
         FROM messages AS b
         WHERE b.conversation = messages.conversation AND b.conversation <> '' AND b.kind = 'buyer'
             AND b.forged IS NULL AND b.alias_token IS NOT NULL
             AND b.alias_token = coalesce(messages.alias_token, b.alias_token)
         ORDER BY coalesce(b.sent_at, b.imported_at)
                 <= coalesce(messages.sent_at, messages.imported_at) DESC,
             coalesce(b.sent_at, b.imported_at) DESC, b.no DESC LIMIT 1) END,
    'a' || alias_token, 'm' || no) END";

/// Alerts that say something of a buyer: neither possible ones nor those of which a person found that they
/// mean somebody else.
const STANDS: &str = "a.message <> '' AND a.tier = 'alert' AND a.state <> 'dismissed'";

/// Which conversations are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConversationFilter {
    /// Only those in which the buyer had the last word.
    pub unanswered: bool,
    /// Only those of which an alert was raised.
    pub alerted: bool,
    /// Those that look forged instead of the others.
    pub forged: bool,
    /// Only that about this order.
    pub order_id: Option<String>,
    /// Only those to which one of these messages belongs.
    pub among: Option<Vec<MessageKey>>,
    /// Only those to which one of these messages, too, belongs.
    pub named: Option<Vec<MessageKey>>,
    /// Only those to which one of these messages belongs and is not purged.
    pub noticed: Option<Vec<MessageKey>>,
}

/// A conversation as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its newest message.
    pub newest: MessageRow,
    /// How many messages it has.
    pub messages: u64,
    /// Who wrote in it, by what is compared, each once.
    pub accounts: Vec<MessageTokens>,
    /// When each was written, and what it is, as [`MessageRow::times`] tells.
    pub times: Vec<(Timestamp, MessageKind)>,
    /// The newest alert that one of them raised.
    pub alert: Option<AlertId>,
}

/// How many messages came in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MessageCounts {
    /// Those that are what they say.
    pub genuine: u64,
    /// Those that look forged and were set aside.
    pub forged: u64,
    /// Of those that are what they say, those in which a buyer acts and whose account or order is known.
    pub screened: u64,
    /// Those that name nobody: no account, and no order that is stored. Notices of the marketplace are
    /// among them when they name an order.
    pub order_unknown: u64,
}

/// Messages as JSON, named as alerts name them.
fn listed(messages: &[MessageKey]) -> String {
    let mut out = String::from("[");
    for (at, key) in messages.iter().enumerate() {
        out.push_str(if at == 0 { "\"" } else { ",\"" });
        out.push_str(&crate::hex::encode(key));
        out.push('"');
    }
    out.push(']');
    out
}

// One condition each, so that each is found by its index.
const BY_ORDER: &str = "order_id = ?2 AND order_id <> '' AND order_number = ?3";
const BY_ALIAS: &str = "alias_token = CAST(?2 AS INTEGER) AND alias_token IS NOT NULL";

/// The messages of one conversation: those that are so, and confirmations in the cases of these.
fn statement(of: &str) -> String {
    let columns = messages::COLUMNS;
    format!(
        "SELECT {columns}, (SELECT a.id FROM alerts AS a
             WHERE {STANDS} AND a.message = lower(hex(messages.id))
             ORDER BY a.raised_at DESC LIMIT 1)
         FROM messages WHERE no IN (
                 SELECT no FROM messages WHERE {of}
                 UNION SELECT r.no FROM messages AS r
                 WHERE r.conversation <> '' AND r.kind = 'own_reply' AND r.conversation IN
                     (SELECT conversation FROM messages WHERE {of} AND kind = 'buyer'))
             AND (id = ?1 OR (forged IS NULL AND {KEY} = ?4))
             AND coalesce(?2, ?3) IS NOT NULL
         ORDER BY coalesce(sent_at, imported_at) DESC, no DESC LIMIT 500"
    )
}

/// The question of [`Read::conversation`] for an order and for an account, for whoever checks which index
/// answers it.
#[cfg(test)]
pub(super) fn statements() -> [String; 2] {
    [BY_ORDER, BY_ALIAS].map(statement)
}

impl Read<'_> {
    /// Conversations, the newest first, and how many there are.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn conversations(
        &self,
        filter: &ConversationFilter,
        offset: u32,
        limit: u32,
    ) -> Result<(u64, Vec<Conversation>), VaultError> {
        // Hexadecimal as alerts name their messages.
        let grouped = format!(
            "WITH seen AS (
                 SELECT no, id, {KEY} AS key, coalesce(sent_at, imported_at) AS at, kind,
                     body IS NOT NULL AS written
                 FROM messages WHERE (forged IS NOT NULL) = ?1
                     AND (?4 IS NULL OR {KEY} = ('o' || ?4) COLLATE NOCASE)
             ), found AS (
                 SELECT key, max(at) AS at, max(no) AS no, count(*) AS messages,
                     max(CASE WHEN kind = 'buyer' THEN at END) AS asked,
                     max(CASE WHEN kind = 'own_reply' OR id IN (SELECT message FROM answered)
                         THEN at END) AS replied,
                     max(EXISTS (SELECT 1 FROM alerts AS a
                         WHERE {STANDS} AND a.message = lower(hex(seen.id)))) AS alerted,
                     max(?5 IS NULL
                         OR lower(hex(seen.id)) IN (SELECT value FROM json_each(?5))) AS among,
                     max(?6 IS NULL
                         OR lower(hex(seen.id)) IN (SELECT value FROM json_each(?6))) AS named,
                     max(?7 IS NULL OR (written
                         AND lower(hex(seen.id)) IN (SELECT value FROM json_each(?7)))) AS noticed
                 FROM seen GROUP BY key
             ), wanted AS (
                 SELECT * FROM found
                 WHERE (NOT ?2 OR (asked IS NOT NULL AND asked > coalesce(replied, asked - 1)))
                     AND (NOT ?3 OR alerted) AND among AND named AND noticed
             )"
        );
        let [among, named, noticed] =
            [&filter.among, &filter.named, &filter.noticed].map(|keys| keys.as_deref().map(listed));
        let ConversationFilter { forged, unanswered, alerted, order_id, .. } = filter;
        // Counted with the same look at all of them.
        let mut query = self.conn().prepare_cached(&format!(
            "{grouped} SELECT w.messages,
                 (SELECT s.no FROM seen AS s WHERE s.key = w.key ORDER BY s.at DESC, s.no DESC LIMIT 1),
                 count(*) OVER ()
             FROM wanted AS w ORDER BY w.at DESC, w.no DESC LIMIT ?8 OFFSET ?9"
        ))?;
        let rows = query
            .query_map(
                params![
                    forged, unanswered, alerted, order_id, among, named, noticed, limit, offset
                ],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)),
            )?
            .collect::<Result<Vec<_>, _>>()?;
        let total: i64 = match rows.first() {
            Some((.., total)) => *total,
            None if offset == 0 && limit > 0 => 0,
            // Nothing is so far down; how many there are is told all the same.
            None => self
                .conn()
                .prepare_cached(&format!("{grouped} SELECT count(*) FROM wanted"))?
                .query_row(
                    params![forged, unanswered, alerted, order_id, among, named, noticed],
                    |row| row.get(0),
                )?,
        };
        let mut found = Vec::new();
        for (messages, no, _) in rows {
            let newest = messages::numbered(self.conn(), no)?;
            let all = self.conversation(&newest.id)?;
            let times = all.iter().flat_map(|(row, _)| row.times()).collect();
            let alert = all.iter().find_map(|(_, alert)| *alert);
            let mut accounts: Vec<MessageTokens> = Vec::new();
            for (row, _) in &all {
                if row.tokens != MessageTokens::default() && !accounts.contains(&row.tokens) {
                    accounts.push(row.tokens);
                }
            }
            let messages = messages.unsigned_abs();
            found.push(Conversation { newest, messages, accounts, times, alert });
        }
        Ok((total.unsigned_abs(), found))
    }

    /// The conversation to which a message belongs, the newest first, each with the alert that it raised. What
    /// looks forged stands alone: whoever forged it chose to whom it seems to belong.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn conversation(
        &self,
        message: &[u8; 16],
    ) -> Result<Vec<(MessageRow, Option<AlertId>)>, VaultError> {
        let key: Option<String> = self
            .conn()
            .prepare_cached(&format!(
                "SELECT CASE WHEN forged IS NULL THEN {KEY} ELSE '' END FROM messages WHERE id = ?1"
            ))?
            .query_row([message], |row| row.get(0))
            .optional()?;
        let Some(key) = key else { return Ok(Vec::new()) };
        let (of, about) = key.split_at_checked(1).unwrap_or_default();
        let of = match of {
            "o" => BY_ORDER,
            "a" => BY_ALIAS,
            _ => "id = ?1",
        };
        let mut query = self.conn().prepare_cached(&statement(of))?;
        let number = super::orders::number(about);
        let rows = query.query_map(params![message, about, number, key], |row| {
            let alert: Option<Vec<u8>> = row.get(19)?;
            let alert = alert.map(|_| id(row, 19)).transpose()?;
            Ok((messages::read(row)?, alert))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many messages came in from `from` up to but not including `to`; `None` is open. One about an
    /// order that came in later counts as screened: it was held against the list with that order.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn message_counts(
        &self,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Result<MessageCounts, VaultError> {
        let of_buyers: Vec<String> = KINDS
            .into_iter()
            .filter(|kind| kind.is_of_buyer())
            .map(|kind| format!("'{}'", kind.code()))
            .collect();
        let acts = format!("forged IS NULL AND kind IN ({})", of_buyers.join(", "));
        let range = params![
            from.map_or(i64::MIN, Timestamp::millis),
            to.map_or(i64::MAX, Timestamp::millis)
        ];
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT count(*) FILTER (WHERE forged IS NULL), count(*) FILTER (WHERE forged IS NOT NULL),
                 count(*) FILTER (WHERE {acts})
             FROM messages WHERE imported_at >= ?1 AND imported_at < ?2"
        ))?;
        let mut counts = query.query_row(range, |row| {
            let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok(MessageCounts {
                genuine: count(0)?,
                forged: count(1)?,
                screened: count(2)?,
                order_unknown: 0,
            })
        })?;
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT order_id, count(*), {acts} AS acts FROM messages
             WHERE imported_at >= ?1 AND imported_at < ?2 AND forged IS NULL
                 AND ({acts} OR order_id <> '')
                 AND alias_token IS NULL AND buyer_token IS NULL
             GROUP BY order_id, acts"
        ))?;
        let mut rows = query.query(range)?;
        let mut acting = 0;
        while let Some(row) = rows.next()? {
            let order_id: String = row.get(0)?;
            // An ID that several marketplaces gave out names nobody.
            let known = !order_id.is_empty() && keys_of(self.conn(), &order_id)?.len() == 1;
            if !known {
                let unknown = row.get::<_, i64>(1)?.unsigned_abs();
                counts.order_unknown += unknown;
                acting += if row.get(2)? { unknown } else { 0 };
            }
        }
        counts.screened -= acting;
        Ok(counts)
    }
}
