//! What was observed over all the time that is stored, a page at a time, for trying a clause on it.

use super::after_sales::some;
use super::column::at;
use super::messages::{MessageKey, MessageTokens};
use super::orders::number;
use crate::{Read, VaultError};
use buyerwatch_domain::{Timestamp, Token};
use rusqlite::{OptionalExtension, Row, params};

/// How much is stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastSize {
    /// Orders.
    pub orders: u64,
    /// Returns.
    pub returns: u64,
    /// Claims.
    pub claims: u64,
    /// Messages of every kind.
    pub messages: u64,
}

/// What a buyer wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerText {
    /// The vault's number; later messages have larger ones.
    pub no: i64,
    /// What tells it from others.
    pub id: MessageKey,
    /// The order that it names; may be empty.
    pub order_id: String,
    /// When it was sent, or came in if it does not say.
    pub at: Timestamp,
    /// It says itself when it was sent.
    pub dated: bool,
    /// Identities that are compared.
    pub tokens: MessageTokens,
    /// The text; `None` once its retention time ended, or if there never was one.
    pub body: Option<String>,
}

const TEXT: &str =
    "no, id, order_id, coalesce(sent_at, imported_at), alias_token, buyer_token, body,
    sent_at IS NOT NULL";
/// What looks forged was written by nobody knows whom.
const OF_BUYER: &str = "kind = 'buyer' AND forged IS NULL";

fn text(row: &Row<'_>) -> rusqlite::Result<BuyerText> {
    let token =
        |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Token));
    Ok(BuyerText {
        no: row.get(0)?,
        id: row.get(1)?,
        order_id: row.get(2)?,
        at: at(row, 3)?,
        tokens: MessageTokens { alias: token(4)?, marketplace_id: token(5)? },
        body: row.get::<_, Option<String>>(6)?.filter(|body| some(body).is_some()),
        dated: row.get(7)?,
    })
}

/// A table that carries order IDs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterOrders {
    /// Returns.
    Returns,
    /// Claims.
    Claims,
}

impl Read<'_> {
    /// How much is stored.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn past_size(&self) -> Result<PastSize, VaultError> {
        let count = |table: &str| -> Result<u64, VaultError> {
            let sql = format!("SELECT count(*) FROM {table}");
            let count: i64 = self.conn().prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        Ok(PastSize {
            orders: count("orders")?,
            returns: count("returns")?,
            claims: count("claims")?,
            messages: count("messages")?,
        })
    }

    /// The orders that the next rows of a table name, each row with what to go on from; begin with
    /// nothing. An order that several rows name comes several times.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn after_orders(
        &self,
        of: AfterOrders,
        after: Option<[u8; 16]>,
        limit: usize,
    ) -> Result<Vec<([u8; 16], String)>, VaultError> {
        let table = match of {
            AfterOrders::Returns => "returns",
            AfterOrders::Claims => "claims",
        };
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT identity, order_id FROM {table} WHERE identity > ?1 ORDER BY identity LIMIT ?2"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let after: &[u8] = after.as_ref().map_or(&[], |identity| identity);
        let found = query.query_map(params![after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The orders of the next letters that tell that something did not arrive,
    /// each with the letter's number to go on from; begin with 0.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn not_received_orders(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, String)>, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT no, order_id FROM messages
             WHERE no > ?1 AND not_received > 0 AND order_id <> '' ORDER BY no LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = query.query_map(params![after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The next that buyers wrote after one, in the order in which it came in; begin with 0.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer_texts_after(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<Vec<BuyerText>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {TEXT} FROM messages WHERE no > ?1 AND {OF_BUYER} ORDER BY no LIMIT ?2"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(query.query_map(params![after, limit], text)?.collect::<Result<_, _>>()?)
    }

    /// What buyers wrote about an order, as it came in.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer_texts_of(&self, order_id: &str) -> Result<Vec<BuyerText>, VaultError> {
        let mut query = self.conn().prepare_cached(&format!(
            "SELECT {TEXT} FROM messages
             WHERE order_number = ?1 AND order_id <> '' AND order_id = ?2 COLLATE NOCASE
                 AND {OF_BUYER} ORDER BY no"
        ))?;
        let found = query.query_map(params![number(order_id), order_id], text)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// One message of a buyer by its number.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn buyer_text(&self, no: i64) -> Result<Option<BuyerText>, VaultError> {
        let sql = format!("SELECT {TEXT} FROM messages WHERE no = ?1 AND {OF_BUYER}");
        Ok(self.conn().prepare_cached(&sql)?.query_row([no], text).optional()?)
    }
}
