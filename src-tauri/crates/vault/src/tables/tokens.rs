//! Tokens of orders, and the way from a token to the orders that carry it.
//!
//! A plain index over random 64-bit values touches a page per entry, which under encryption costs
//! more than all the rest of an import. So entries stand in *runs*: a large batch is sorted and
//! appended as a run of its own, page after page; small batches share the newest run. A look-up
//! asks every run, or, with [`TokenFilters`], only those that may hold the token.

use super::filter::Filter;
use super::orders::OrderKey;
use crate::VaultError;
use buyerwatch_domain::Token;
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE token_runs (
    run INTEGER PRIMARY KEY,
    entries INTEGER NOT NULL,
    seal INTEGER,
    filter BLOB
) STRICT;
CREATE TABLE order_tokens (
    run INTEGER NOT NULL,
    token INTEGER NOT NULL,
    order_key INTEGER NOT NULL,
    PRIMARY KEY (run, token, order_key)
) STRICT, WITHOUT ROWID;
";

/// A run takes further batches until it holds this many entries: few enough to stay in the page
/// cache while entries are put between others.
const RUN_ENTRIES: i64 = 1 << 16;

/// Everything about one order that is compared, without plaintext.
///
/// The fields are those of the matching engine's tokens. A shared identity is one that belongs to
/// many by its nature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderTokenRow {
    /// Relay alias or another e-mail address.
    pub alias: Option<Token>,
    /// The alias is shared.
    pub alias_shared: bool,
    /// Buyer ID that the marketplace assigns.
    pub marketplace_id: Option<Token>,
    /// The buyer's telephone number.
    pub phone: Option<Token>,
    /// The buyer's telephone number is shared.
    pub phone_shared: bool,
    /// The recipient's telephone number.
    pub ship_phone: Option<Token>,
    /// The recipient's telephone number is shared.
    pub ship_phone_shared: bool,
    /// User name.
    pub user_name: Option<Token>,
    /// Order ID.
    pub order_id: Option<Token>,
    /// Whole name of who paid.
    pub buyer_name: Option<Token>,
    /// Family name of who paid.
    pub buyer_family: Option<Token>,
    /// Whole name of who receives.
    pub recipient_name: Option<Token>,
    /// Family name of who receives.
    pub recipient_family: Option<Token>,
    /// Street and postcode.
    pub address: Option<Token>,
    /// Postcode.
    pub postcode: Option<Token>,
    /// Street and postcode without the district that the address names.
    pub address_without_district: Option<Token>,
    /// Country of the address.
    pub country: Option<Token>,
    /// The house of an address that names a flat.
    pub building: Option<Token>,
    /// A field held text that tells nobody apart.
    pub meaningless: bool,
}

/// First byte of the stored form. A new layout gets a new number.
const LAYOUT: u8 = 2;
/// The layout before buildings were told apart; all else is the same.
const WITHOUT_BUILDING: u8 = 1;
const HEAD: usize = 4;
const FIELDS: usize = 15;
/// Bytes that the stored form takes at most.
pub(super) const ROOM: usize = HEAD + FIELDS * 8;

impl OrderTokenRow {
    const fn fields(&self) -> [Option<Token>; FIELDS] {
        [
            self.alias,
            self.marketplace_id,
            self.phone,
            self.ship_phone,
            self.user_name,
            self.order_id,
            self.buyer_name,
            self.buyer_family,
            self.recipient_name,
            self.recipient_family,
            self.address,
            self.postcode,
            self.address_without_district,
            self.country,
            self.building,
        ]
    }

    /// The stored form: layout, which fields are present (two bytes, little-endian), flags, then
    /// the present tokens in order, eight bytes each, little-endian.
    pub(super) fn encode<'a>(&self, room: &'a mut [u8; ROOM]) -> &'a [u8] {
        let flags = u8::from(self.alias_shared)
            | u8::from(self.phone_shared) << 1
            | u8::from(self.ship_phone_shared) << 2
            | u8::from(self.meaningless) << 3;
        let mut present = 0u16;
        let mut used = HEAD;
        let (head, tail) = room.split_at_mut(HEAD);
        let mut chunks = tail.chunks_exact_mut(8);
        for (bit, token) in self.fields().into_iter().enumerate() {
            let Some(token) = token else { continue };
            present |= 1 << bit;
            if let Some(chunk) = chunks.next() {
                chunk.copy_from_slice(&token.0.to_le_bytes());
                used += 8;
            }
        }
        let [low, high] = present.to_le_bytes();
        head.copy_from_slice(&[LAYOUT, low, high, flags]);
        room.split_at(used).0
    }

    /// Reads the stored form; `None` if it is not one.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (&[LAYOUT | WITHOUT_BUILDING, low, high, flags], tokens) =
            bytes.split_first_chunk::<HEAD>()?
        else {
            return None;
        };
        let present = u16::from_le_bytes([low, high]);
        let (tokens, []) = tokens.as_chunks::<8>() else { return None };
        if usize::try_from(present.count_ones()) != Ok(tokens.len()) || present >> FIELDS != 0 {
            return None;
        }
        let mut tokens = tokens.iter();
        let mut field = |bit: u16| {
            let token = if present >> bit & 1 == 1 { tokens.next() } else { None };
            token.map(|bytes| Token(i64::from_le_bytes(*bytes)))
        };
        Some(Self {
            alias: field(0),
            marketplace_id: field(1),
            phone: field(2),
            ship_phone: field(3),
            user_name: field(4),
            order_id: field(5),
            buyer_name: field(6),
            buyer_family: field(7),
            recipient_name: field(8),
            recipient_family: field(9),
            address: field(10),
            postcode: field(11),
            address_without_district: field(12),
            country: field(13),
            building: field(14),
            alias_shared: flags & 1 != 0,
            phone_shared: flags & 2 != 0,
            ship_phone_shared: flags & 4 != 0,
            meaningless: flags & 8 != 0,
        })
    }

    /// The tokens by which an order is found again, each once. Family names and postcodes alone
    /// never lead to a match.
    pub(super) fn posted(&self) -> impl Iterator<Item = Token> + use<> {
        let ship_phone = self.ship_phone.filter(|_| self.ship_phone != self.phone);
        let recipient = self.recipient_name.filter(|_| self.recipient_name != self.buyer_name);
        let fields = [
            self.alias,
            self.marketplace_id,
            self.phone,
            ship_phone,
            self.user_name,
            self.order_id,
            self.buyer_name,
            recipient,
            self.address,
            self.building,
        ];
        fields.into_iter().flatten()
    }
}

/// Adds entries: one run per large batch, sorted.
pub(super) fn post(
    conn: &Connection,
    entries: &mut Vec<(Token, OrderKey)>,
) -> Result<(), VaultError> {
    if entries.is_empty() {
        return Ok(());
    }
    entries.sort_unstable();
    entries.dedup();
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let newest: Option<(i64, i64, bool)> = conn
        .prepare_cached(
            "SELECT run, entries, seal IS NULL FROM token_runs ORDER BY run DESC LIMIT 1",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let run = match newest {
        None => 1,
        Some((run, held, true)) if held.saturating_add(count) <= RUN_ENTRIES => run,
        Some((run, _, open)) => {
            if open {
                seal(conn, run)?;
            }
            run + 1
        }
    };
    conn.prepare_cached(
        "INSERT INTO token_runs (run, entries) VALUES (?1, ?2)
         ON CONFLICT (run) DO UPDATE SET entries = entries + excluded.entries",
    )?
    .execute([run, count])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO order_tokens (run, token, order_key) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING",
    )?;
    for (token, key) in entries.iter() {
        insert.execute([run, token.0, key.0])?;
    }
    if count > RUN_ENTRIES {
        close(conn, run, &Filter::of(entries.iter().map(|(token, _)| *token)))?;
    }
    entries.clear();
    Ok(())
}

/// Summarises a run that takes no further batches.
fn seal(conn: &Connection, run: i64) -> Result<(), VaultError> {
    let tokens = conn
        .prepare_cached("SELECT token FROM order_tokens WHERE run = ?1")?
        .query_map([run], |row| row.get(0).map(Token))?
        .collect::<Result<Vec<_>, _>>()?;
    close(conn, run, &Filter::of(tokens.into_iter()))
}

fn close(conn: &Connection, run: i64, filter: &Filter) -> Result<(), VaultError> {
    let hash = blake3::hash(filter.bytes());
    let (seal, _) = hash.as_bytes().split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
    conn.prepare_cached("UPDATE token_runs SET seal = ?2, filter = ?3 WHERE run = ?1")?
        .execute(params![run, i64::from_le_bytes(*seal), filter.bytes()])?;
    Ok(())
}

/// Summaries of runs, kept in memory by whoever asks often: with them a look-up touches only runs
/// that hold the token. About 60 bytes for ten orders.
#[derive(Debug, Default)]
pub struct TokenFilters(Vec<Run>);

#[derive(Debug)]
struct Run {
    run: i64,
    /// Tells a run from another of the same number, after a transaction was rolled back.
    seal: Option<i64>,
    filter: Option<Filter>,
}

impl TokenFilters {
    /// Brings the summaries up to date with what this connection sees.
    pub(super) fn refresh(&mut self, conn: &Connection) -> Result<(), VaultError> {
        let mut runs = conn.prepare_cached("SELECT run, seal FROM token_runs ORDER BY run")?;
        let mut filter = conn.prepare_cached("SELECT filter FROM token_runs WHERE run = ?1")?;
        let mut known = std::mem::take(&mut self.0).into_iter().peekable();
        let mut rows = runs.query([])?;
        while let Some(row) = rows.next()? {
            let (run, seal): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
            while known.next_if(|known| known.run < run).is_some() {}
            let same = |known: &Run| known.run == run && known.seal == seal;
            let known = known.next_if(same).filter(|_| seal.is_some());
            self.0.push(match known {
                Some(known) => known,
                None => {
                    let stored = match seal {
                        Some(_) => filter.query_row([run], |row| row.get(0).map(Filter::stored))?,
                        None => None,
                    };
                    Run { run, seal, filter: stored }
                }
            });
        }
        Ok(())
    }

    /// The orders that carry a token, oldest first, at most `limit`.
    pub(super) fn orders_with(
        &self,
        conn: &Connection,
        token: Token,
        limit: usize,
    ) -> Result<Vec<OrderKey>, VaultError> {
        let mut query = conn.prepare_cached(
            "SELECT order_key FROM order_tokens WHERE run = ?1 AND token = ?2 LIMIT ?3",
        )?;
        let mut keys = Vec::new();
        for run in &self.0 {
            if keys.len() >= limit {
                break;
            }
            if run.filter.as_ref().is_some_and(|filter| !filter.test(token)) {
                continue;
            }
            let room = i64::try_from(limit - keys.len()).unwrap_or(i64::MAX);
            let found =
                query.query_map([run.run, token.0, room], |row| row.get(0).map(OrderKey))?;
            for key in found {
                keys.push(key?);
            }
        }
        Ok(keys)
    }
}

/// The orders that carry a token, oldest first, at most `limit`.
pub(super) fn orders_with(
    conn: &Connection,
    token: Token,
    limit: usize,
) -> Result<Vec<OrderKey>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT t.order_key FROM token_runs AS r CROSS JOIN order_tokens AS t
         WHERE t.run = r.run AND t.token = ?1 ORDER BY r.run LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let keys = query.query_map(params![token.0, limit], |row| row.get(0).map(OrderKey))?;
    Ok(keys.collect::<Result<_, _>>()?)
}
