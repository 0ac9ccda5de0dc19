//! Taking a batch of observed order lines in: recognises what is stored already, fills in what was
//! missing, appends the rest.

use super::coverage::{self, Counts};
use super::money::ten_thousandths;
use super::orders::{self, OrderKey, flags, number, rank};
use super::tokens::{self, OrderTokenRow};
use crate::{VaultError, Write};
use buyerwatch_domain::{ImportId, ObservedOrder, Tag, Timestamp, Token, Unscreenable};
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use std::collections::HashMap;

/// One observed line with what the matching engine made of it.
#[derive(Debug, Clone, Copy)]
pub struct StoredOrder<'a> {
    /// The line as the report carries it.
    pub order: &'a ObservedOrder,
    /// What is compared.
    pub tokens: OrderTokenRow,
    /// Why it cannot be compared with the list.
    pub unscreenable: Option<Unscreenable>,
}

/// Where a batch comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    /// The import, as begun with [`Write::begin_import`].
    pub import: ImportId,
    /// When the batch came in.
    pub at: Timestamp,
}

/// What became of an observed line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upsert {
    /// The line was not stored before.
    New {
        /// Its order.
        order: OrderKey,
        /// The order was not stored before either.
        first_line_of_order: bool,
        /// The order gained something to compare by.
        enriched: bool,
        /// A stored order was cancelled by it, or no longer is, or on another's wish.
        turned: bool,
    },
    /// The line is stored already.
    Duplicate {
        /// Its order.
        order: OrderKey,
        /// The order gained something to compare by.
        enriched: bool,
        /// The order was cancelled by it, or no longer is, or on another's wish.
        turned: bool,
        /// Something about it is newer or more complete than before.
        changed: bool,
    },
}

impl Upsert {
    /// The order.
    #[must_use]
    pub const fn order(self) -> OrderKey {
        match self {
            Self::New { order, .. } | Self::Duplicate { order, .. } => order,
        }
    }

    /// Whether a stored order gained something to compare by.
    #[must_use]
    pub const fn enriched(self) -> bool {
        match self {
            Self::New { enriched, .. } | Self::Duplicate { enriched, .. } => enriched,
        }
    }

    /// Whether a stored order was cancelled by this, or no longer is, or on another's wish.
    #[must_use]
    pub const fn turned(self) -> bool {
        match self {
            Self::New { turned, .. } | Self::Duplicate { turned, .. } => turned,
        }
    }

    /// Whether the order must be compared with the list: it is new, or has gained something.
    #[must_use]
    pub const fn to_screen(self) -> bool {
        match self {
            Self::New { first_line_of_order, enriched, .. } => first_line_of_order || enriched,
            Self::Duplicate { enriched, .. } => enriched,
        }
    }
}

impl Write<'_> {
    /// Takes a batch in. The answers stand in the order of the lines.
    ///
    /// A line is stored already if its order is and holds the same item: by item ID where both have
    /// one, else by article number, else by the order alone. Hand over tens of thousands at once:
    /// what is indexed is sorted per batch, which is what makes large imports fast.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn upsert_orders(
        &mut self,
        origin: Origin,
        batch: &[StoredOrder<'_>],
    ) -> Result<Vec<Upsert>, VaultError> {
        let answers = upsert(self.conn(), origin, batch)?;
        if !answers.is_empty() {
            self.mark_stale(Tag::Orders);
            self.mark_stale(Tag::Coverage);
        }
        Ok(answers)
    }

    /// Takes one line in, as [`Write::upsert_orders`] does with many.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn upsert_order(
        &mut self,
        origin: Origin,
        line: &StoredOrder<'_>,
    ) -> Result<Upsert, VaultError> {
        let answers = self.upsert_orders(origin, std::slice::from_ref(line))?;
        answers.first().copied().ok_or(VaultError::Damaged(crate::Part::Table))
    }
}

/// Which order a line belongs to.
#[derive(Clone, Copy)]
enum Target {
    Stored(OrderKey),
    /// The first line of an order that is not stored.
    First,
    /// A further line of the order that begins with this line of the batch.
    Same(usize),
}

pub(super) fn upsert(
    conn: &Connection,
    origin: Origin,
    batch: &[StoredOrder<'_>],
) -> Result<Vec<Upsert>, VaultError> {
    let mut by_number: Vec<(i64, usize)> =
        batch.iter().enumerate().map(|(at, line)| (number(&line.order.order_id), at)).collect();
    by_number.sort_unstable();
    let targets = targets(conn, batch, &by_number)?;
    let mut intake = Intake::new(conn, origin)?;
    let mut answers: Vec<Upsert> = Vec::with_capacity(batch.len());
    for (line, target) in batch.iter().zip(&targets) {
        let answer = match *target {
            Target::First => intake.append(line)?,
            Target::Stored(key) => intake.merge(key, line)?,
            Target::Same(first) => {
                let first = answers.get(first).ok_or(VaultError::Damaged(crate::Part::Table))?;
                intake.merge(first.order(), line)?
            }
        };
        answers.push(answer);
    }
    let mut insert =
        conn.prepare_cached("INSERT INTO order_numbers (number, order_key) VALUES (?1, ?2)")?;
    for (number, at) in by_number {
        if let (Some(Target::First), Some(answer)) = (targets.get(at), answers.get(at)) {
            insert.execute([number, answer.order().0])?;
        }
    }
    intake.finish()?;
    Ok(answers)
}

/// Looks every line's order up, in the order of the index.
fn targets(
    conn: &Connection,
    batch: &[StoredOrder<'_>],
    by_number: &[(i64, usize)],
) -> Result<Vec<Target>, VaultError> {
    let mut targets = vec![Target::First; batch.len()];
    let mut seek = conn.prepare_cached("SELECT 1 FROM order_numbers WHERE number = ?1 LIMIT 1")?;
    for group in by_number.chunk_by(|a, b| a.0 == b.0) {
        let Some((number, _)) = group.first() else { continue };
        // Most orders are new: ask for the details only when there is something.
        let stored = seek.exists([number])?;
        for (at, (_, line)) in group.iter().enumerate() {
            let Some(order) = batch.get(*line).map(|line| line.order) else { continue };
            let earlier = group.iter().take(at).map(|(_, earlier)| *earlier).find(|earlier| {
                matches!(targets.get(*earlier), Some(Target::First))
                    && batch.get(*earlier).is_some_and(|first| same_order(first.order, order))
            });
            let found = if stored { stored_key(conn, order)? } else { None };
            let target = match (found, earlier) {
                (Some(key), _) => Target::Stored(key),
                (None, Some(first)) => Target::Same(first),
                (None, None) => continue,
            };
            if let Some(slot) = targets.get_mut(*line) {
                *slot = target;
            }
        }
    }
    Ok(targets)
}

/// An order ID belongs to one marketplace; a report that does not name it says nothing against.
pub(super) fn same_marketplace(one: &str, other: &str) -> bool {
    one.is_empty() || other.is_empty() || one.eq_ignore_ascii_case(other)
}

fn same_order(one: &ObservedOrder, other: &ObservedOrder) -> bool {
    one.order_id.eq_ignore_ascii_case(&other.order_id)
        && same_marketplace(&one.channel.0, &other.channel.0)
}

fn stored_key(conn: &Connection, order: &ObservedOrder) -> Result<Option<OrderKey>, VaultError> {
    let keys = orders::keys_of(conn, &order.order_id)?;
    let found = keys.into_iter().find(|(_, name)| same_marketplace(name, &order.channel.0));
    Ok(found.map(|(key, _)| key))
}

/// How many columns hold who bought and where to.
pub(super) const TEXTS: usize = 12;
/// Of those, where the address begins: street lines, city, state, postcode, country.
pub(super) const ADDRESS: usize = 7;

/// The texts of a line in the order of the columns.
pub(super) fn texts<'a>(order: &'a ObservedOrder, ship_lines: &'a str) -> [&'a str; TEXTS] {
    [
        &order.buyer_name,
        &order.alias,
        &order.phone,
        &order.marketplace_buyer_id,
        &order.user_name,
        &order.recipient_name,
        &order.ship_phone,
        ship_lines,
        &order.ship_to.city,
        &order.ship_to.state,
        &order.ship_to.postal,
        &order.ship_to.country,
    ]
}

/// The street lines as one text; only several lines need room.
pub(super) fn joined<'a>(order: &'a ObservedOrder, room: &'a mut String) -> &'a str {
    match order.ship_to.lines.as_slice() {
        [] => "",
        [line] => line,
        lines => {
            room.clear();
            for line in lines.iter().filter(|line| !line.is_empty()) {
                if !room.is_empty() {
                    room.push('\n');
                }
                room.push_str(line);
            }
            room
        }
    }
}

/// What is gathered over a batch.
pub(super) struct Intake<'c> {
    pub(super) conn: &'c Connection,
    import: i64,
    at: i64,
    next: i64,
    insert_order: CachedStatement<'c>,
    insert_line: CachedStatement<'c>,
    /// Names and titles repeat over and over; asked for once per batch.
    marketplaces: HashMap<String, i64>,
    articles: HashMap<String, i64>,
    pub(super) room: String,
    pub(super) posted: Vec<(Token, OrderKey)>,
    /// Sorted by key, since orders are appended in that order.
    pub(super) dates: Vec<Dated>,
    pub(super) counts: Counts,
}

/// A row of `order_dates` that is still to be written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dated {
    pub(super) at: i64,
    pub(super) key: i64,
    pub(super) marketplace: i64,
    pub(super) amount: Option<i64>,
}

impl<'c> Intake<'c> {
    fn new(conn: &'c Connection, origin: Origin) -> Result<Self, VaultError> {
        let import = conn
            .prepare_cached("SELECT no FROM imports WHERE id = ?1")?
            .query_row([origin.import.as_bytes()], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        let next = conn
            .prepare_cached("SELECT coalesce(max(key), 0) + 1 FROM orders")?
            .query_row([], |row| row.get(0))?;
        Ok(Self {
            conn,
            import,
            at: origin.at.millis(),
            next,
            insert_order: conn.prepare_cached(
                "INSERT INTO orders (key, order_id, marketplace, purchased_at, imported_at, import,
                     status, flags, unscreenable, tokens, buyer_name, alias, phone,
                     marketplace_buyer_id, user_name, recipient_name, ship_phone, ship_lines,
                     ship_city, ship_state, ship_postal, ship_country)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                     ?17, ?18, ?19, ?20, ?21, ?22)",
            )?,
            insert_line: conn.prepare_cached(
                "INSERT INTO order_lines (order_key, line, item_id, article, quantity, price,
                     currency, status)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?,
            marketplaces: HashMap::new(),
            articles: HashMap::new(),
            room: String::new(),
            posted: Vec::new(),
            dates: Vec::new(),
            counts: Counts::default(),
        })
    }

    fn append(&mut self, line: &StoredOrder<'_>) -> Result<Upsert, VaultError> {
        let order = line.order;
        let key = OrderKey(self.next);
        self.next += 1;
        let marketplace = self.marketplace(&order.channel.0)?;
        let article = self.article(&order.sku, &order.product)?;
        let mut token_room = [0; tokens::ROOM];
        let tokens = line.tokens.encode(&mut token_room);
        let t = texts(order, joined(order, &mut self.room));
        self.insert_order.execute(params![
            key.0,
            order.order_id,
            marketplace,
            order.purchased_at.map(Timestamp::millis),
            self.at,
            self.import,
            rank(order.status),
            flags(order),
            coverage::number(line.unscreenable),
            tokens,
            t[0],
            t[1],
            t[2],
            t[3],
            t[4],
            t[5],
            t[6],
            t[7],
            t[8],
            t[9],
            t[10],
            t[11],
        ])?;
        self.insert_line(key, 0, article, order)?;
        let amount = order.price.as_ref().and_then(|price| ten_thousandths(&price.amount));
        let dated = order.purchased_at.map_or(self.at, Timestamp::millis);
        self.dates.push(Dated { at: dated, key: key.0, marketplace, amount });
        self.posted.extend(line.tokens.posted().map(|token| (token, key)));
        self.counts.add(self.at, line.unscreenable, 1);
        Ok(Upsert::New { order: key, first_line_of_order: true, enriched: false, turned: false })
    }

    pub(super) fn insert_line(
        &mut self,
        key: OrderKey,
        line: i64,
        article: i64,
        order: &ObservedOrder,
    ) -> Result<(), VaultError> {
        let price = order.price.as_ref();
        self.insert_line.execute(params![
            key.0,
            line,
            order.item_id,
            article,
            order.quantity,
            price.map(|price| price.amount.as_str()),
            price.map(|price| price.currency.as_str()),
            rank(order.status),
        ])?;
        Ok(())
    }

    pub(super) fn marketplace(&mut self, name: &str) -> Result<i64, VaultError> {
        if name.is_empty() {
            return Ok(0);
        }
        if let Some(id) = self.marketplaces.get(name) {
            return Ok(*id);
        }
        self.conn
            .prepare_cached("INSERT INTO marketplaces (name) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([name])?;
        let id = self
            .conn
            .prepare_cached("SELECT id FROM marketplaces WHERE name = ?1")?
            .query_row([name], |row| row.get(0))?;
        self.marketplaces.insert(name.to_owned(), id);
        Ok(id)
    }

    pub(super) fn article(&mut self, sku: &str, product: &str) -> Result<i64, VaultError> {
        self.room.clear();
        self.room.push_str(sku);
        self.room.push('\0');
        self.room.push_str(product);
        if let Some(id) = self.articles.get(&self.room) {
            return Ok(*id);
        }
        let known = self
            .conn
            .prepare_cached("SELECT id FROM articles WHERE sku = ?1 AND product = ?2")?
            .query_row([sku, product], |row| row.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => {
                self.conn
                    .prepare_cached("INSERT INTO articles (sku, product) VALUES (?1, ?2)")?
                    .execute([sku, product])?;
                self.conn.last_insert_rowid()
            }
        };
        self.articles.insert(self.room.clone(), id);
        Ok(id)
    }

    fn finish(mut self) -> Result<(), VaultError> {
        self.dates.sort_unstable();
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO order_dates (at, order_key, marketplace, amount) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for row in self.dates {
            insert.execute(params![row.at, row.key, row.marketplace, row.amount])?;
        }
        tokens::post(self.conn, &mut self.posted)?;
        self.counts.store(self.conn)
    }
}
