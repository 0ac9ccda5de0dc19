//! A line of an order that is stored already: what it adds is kept, what is there stays.
//!
//! Reports of one order come in any order, and an old one may be imported again. So nothing is
//! overwritten by what may be older: absent values are filled in, a status only moves forward, and
//! an address is replaced only by one that has the street which the stored one lacks.

use super::column::decoded;
use super::coverage;
use super::money::ten_thousandths;
use super::orders::{OrderKey, flag, flags, rank};
use super::tokens::{OrderTokenRow, ROOM};
use super::upsert::{ADDRESS, Dated, Intake, StoredOrder, TEXTS, Upsert, joined, texts};
use crate::VaultError;
use buyerwatch_domain::{ObservedOrder, OrderStatus, Timestamp, Token, Unscreenable};
use rusqlite::{Connection, params};

/// The highest rank below "cancelled".
const SHIPPED: i64 = rank(OrderStatus::Shipped);

/// An order as stored, without its lines.
#[derive(Clone, PartialEq, Eq)]
struct Stored {
    marketplace: i64,
    purchased_at: Option<i64>,
    imported_at: i64,
    status: i64,
    flags: i64,
    unscreenable: Option<Unscreenable>,
    tokens: OrderTokenRow,
    texts: [String; TEXTS],
}

impl Stored {
    /// That it was cancelled, and what is told of whose wish that was.
    fn ended(&self) -> Option<i64> {
        let by = flag::CANCEL_REQUESTED | flag::CANCELLED_BY_SHOP;
        (self.status == rank(OrderStatus::Cancelled)).then_some(self.flags & by)
    }
}

/// A line as stored.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    line: i64,
    item_id: String,
    sku: String,
    product: String,
    article: i64,
    quantity: Option<u32>,
    price: Option<String>,
    currency: Option<String>,
    status: i64,
}

impl Intake<'_> {
    pub(super) fn merge(
        &mut self,
        key: OrderKey,
        line: &StoredOrder<'_>,
    ) -> Result<Upsert, VaultError> {
        let before = stored(self.conn, key)?;
        let mut lines = lines(self.conn, key)?;
        let mut after = before.clone();
        let (new_line, line_changed, added) = self.take_line(key, &mut lines, line.order)?;
        after.status = status(lines.iter().map(|line| line.status));
        self.fill(&mut after, line)?;
        let enriched = after.tokens != before.tokens;
        if enriched {
            let known: Vec<Token> = before.tokens.posted().collect();
            let gained = after.tokens.posted().filter(|token| !known.contains(token));
            self.posted.extend(gained.map(|token| (token, key)));
        }
        if after.unscreenable != before.unscreenable {
            self.counts.add(before.imported_at, before.unscreenable, -1);
            self.counts.add(before.imported_at, after.unscreenable, 1);
        }
        if after != before {
            update(self.conn, key, &after)?;
        }
        let dated = |order: &Stored| order.purchased_at.unwrap_or(order.imported_at);
        if dated(&after) != dated(&before)
            || after.marketplace != before.marketplace
            || added.is_some()
        {
            self.redate(dated(&before), key, (dated(&after), after.marketplace), added)?;
        }
        let turned = after.ended() != before.ended();
        Ok(if new_line {
            Upsert::New { order: key, first_line_of_order: false, enriched, turned }
        } else {
            let changed = line_changed || after != before;
            Upsert::Duplicate { order: key, enriched, turned, changed }
        })
    }

    /// Takes the line into the lines of its order: whether it is a new one, whether a stored one
    /// changed, and what it adds to the price of the order.
    fn take_line(
        &mut self,
        key: OrderKey,
        lines: &mut Vec<Line>,
        order: &ObservedOrder,
    ) -> Result<(bool, bool, Option<i64>), VaultError> {
        let price = order.price.as_ref();
        let value = price.and_then(|price| ten_thousandths(&price.amount));
        let Some(at) = same_line(lines, order) else {
            let next = lines.last().map_or(0, |last| last.line + 1);
            let article = self.article(&order.sku, &order.product)?;
            self.insert_line(key, next, article, order)?;
            lines.push(Line {
                line: next,
                item_id: order.item_id.clone(),
                sku: order.sku.clone(),
                product: order.product.clone(),
                article,
                quantity: order.quantity,
                price: price.map(|price| price.amount.clone()),
                currency: price.map(|price| price.currency.clone()),
                status: rank(order.status),
            });
            return Ok((true, true, value));
        };
        let Some(line) = lines.get_mut(at) else { return Ok((false, false, None)) };
        let before = line.clone();
        let mut added = None;
        if line.item_id.is_empty() {
            line.item_id.clone_from(&order.item_id);
        }
        let sku = if line.sku.is_empty() { &order.sku } else { &line.sku };
        let product = if line.product.is_empty() { &order.product } else { &line.product };
        if *sku != line.sku || *product != line.product {
            line.article = self.article(sku, product)?;
        }
        line.quantity = line.quantity.or(order.quantity);
        if let (None, Some(price)) = (&line.price, price) {
            line.price = Some(price.amount.clone());
            line.currency = Some(price.currency.clone());
            added = value;
        }
        line.status = line.status.max(rank(order.status));
        if *line != before {
            self.conn
                .prepare_cached(
                    "UPDATE order_lines SET item_id = ?3, article = ?4, quantity = ?5, price = ?6,
                         currency = ?7, status = ?8
                     WHERE order_key = ?1 AND line = ?2",
                )?
                .execute(params![
                    key.0,
                    line.line,
                    line.item_id,
                    line.article,
                    line.quantity,
                    line.price,
                    line.currency,
                    line.status
                ])?;
        }
        Ok((false, *line != before, added))
    }

    /// Fills in what the stored order lacks.
    fn fill(&mut self, stored: &mut Stored, line: &StoredOrder<'_>) -> Result<(), VaultError> {
        let order = line.order;
        if stored.marketplace == 0 {
            stored.marketplace = self.marketplace(&order.channel.0)?;
        }
        stored.purchased_at = stored.purchased_at.or(order.purchased_at.map(Timestamp::millis));
        let by = flag::BY_SELLER | flag::BY_MARKETPLACE;
        let new_flags = flags(order);
        stored.flags |= new_flags & !by;
        if stored.flags & by == 0 {
            stored.flags |= new_flags & by;
        }
        let new = texts(order, joined(order, &mut self.room));
        let (person, address) = stored.texts.split_at_mut(ADDRESS);
        let (new_person, new_address) = new.split_at(ADDRESS);
        let has_street = |lines: Option<&str>| lines.is_some_and(|lines| !lines.is_empty());
        let street_gained = !has_street(address.first().map(String::as_str))
            && has_street(new_address.first().copied());
        for (stored, new) in person.iter_mut().zip(new_person) {
            if stored.is_empty() {
                (*new).clone_into(stored);
            }
        }
        for (stored, new) in address.iter_mut().zip(new_address) {
            if stored.is_empty() || (street_gained && !new.is_empty()) {
                (*new).clone_into(stored);
            }
        }
        fill_tokens(&mut stored.tokens, &line.tokens, street_gained);
        // Once something can be compared, the order can; until then the most telling reason stands.
        stored.unscreenable = match (stored.unscreenable, line.unscreenable) {
            (None, _) | (_, None) => None,
            (Some(a), Some(b)) => Some(if telling(b) > telling(a) { b } else { a }),
        };
        Ok(())
    }

    /// Moves or reprices the row by which an order is listed; it may not be written yet.
    fn redate(
        &mut self,
        from: i64,
        key: OrderKey,
        (at, marketplace): (i64, i64),
        added: Option<i64>,
    ) -> Result<(), VaultError> {
        let sum = |amount: Option<i64>| match (amount, added) {
            (Some(amount), Some(added)) => Some(amount.saturating_add(added)),
            (amount, added) => amount.or(added),
        };
        let pending = self.dates.binary_search_by_key(&key.0, |row| row.key);
        if let Some(row) = pending.ok().and_then(|place| self.dates.get_mut(place)) {
            *row = Dated { at, key: key.0, marketplace, amount: sum(row.amount) };
            return Ok(());
        }
        let amount: Option<i64> = self
            .conn
            .prepare_cached(
                "DELETE FROM order_dates WHERE at = ?1 AND order_key = ?2 RETURNING amount",
            )?
            .query_row([from, key.0], |row| row.get(0))?;
        self.conn
            .prepare_cached(
                "INSERT INTO order_dates (at, order_key, marketplace, amount)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![at, key.0, marketplace, sum(amount)])?;
        Ok(())
    }
}

/// The stored line that this one repeats.
fn same_line(lines: &[Line], order: &ObservedOrder) -> Option<usize> {
    let position = |same: &dyn Fn(&Line) -> bool| lines.iter().position(same);
    let same_article = |line: &Line| line.sku == order.sku;
    let vague = |line: &Line| line.sku.is_empty() || order.sku.is_empty();
    if order.item_id.is_empty() {
        // The report does not tell lines apart but by article, if at all.
        return position(&same_article).or_else(|| position(&vague));
    }
    position(&|line| line.item_id == order.item_id).or_else(|| {
        let open = |line: &Line| line.item_id.is_empty();
        position(&|line| open(line) && same_article(line))
            .or_else(|| position(&|line| open(line) && vague(line)))
    })
}

/// An order is cancelled when every line is; else the furthest line that is not counts.
fn status(lines: impl Iterator<Item = i64> + Clone) -> i64 {
    let furthest = lines.clone().filter(|status| *status <= SHIPPED).max();
    furthest.or_else(|| lines.max()).unwrap_or(0)
}

/// Of reasons, the one that says most about the order itself.
const fn telling(reason: Unscreenable) -> u8 {
    match reason {
        Unscreenable::NoIdentityColumns => 0,
        Unscreenable::IdentityEmpty => 1,
        Unscreenable::OnlySharedIdentity | Unscreenable::OrderUnknown => 2,
    }
}

fn fill_tokens(stored: &mut OrderTokenRow, new: &OrderTokenRow, street_gained: bool) {
    if stored.alias.is_none() {
        (stored.alias, stored.alias_shared) = (new.alias, new.alias_shared);
    }
    if stored.phone.is_none() {
        (stored.phone, stored.phone_shared) = (new.phone, new.phone_shared);
    }
    if stored.ship_phone.is_none() {
        (stored.ship_phone, stored.ship_phone_shared) = (new.ship_phone, new.ship_phone_shared);
    }
    stored.marketplace_id = stored.marketplace_id.or(new.marketplace_id);
    stored.user_name = stored.user_name.or(new.user_name);
    stored.order_id = stored.order_id.or(new.order_id);
    // The family name belongs to the whole name beside it.
    if stored.buyer_name.is_none() && stored.buyer_family.is_none() {
        (stored.buyer_name, stored.buyer_family) = (new.buyer_name, new.buyer_family);
    }
    if stored.recipient_name.is_none() && stored.recipient_family.is_none() {
        (stored.recipient_name, stored.recipient_family) =
            (new.recipient_name, new.recipient_family);
    }
    // All forms of an address belong together.
    if new.address.is_some() && (street_gained || stored.address.is_none()) {
        stored.address = new.address;
        stored.address_without_district = new.address_without_district;
        stored.building = new.building;
    }
    if street_gained {
        stored.postcode = new.postcode.or(stored.postcode);
        stored.country = new.country.or(stored.country);
    } else {
        stored.postcode = stored.postcode.or(new.postcode);
        stored.country = stored.country.or(new.country);
    }
}

fn stored(conn: &Connection, key: OrderKey) -> Result<Stored, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT marketplace, purchased_at, imported_at, status, flags, unscreenable, tokens,
             buyer_name, alias, phone, marketplace_buyer_id, user_name, recipient_name, ship_phone,
             ship_lines, ship_city, ship_state, ship_postal, ship_country
         FROM orders WHERE key = ?1",
    )?;
    Ok(query.query_row([key.0], |row| {
        let mut texts: [String; TEXTS] = Default::default();
        for (text, column) in texts.iter_mut().zip(7..) {
            *text = row.get::<_, Option<String>>(column)?.unwrap_or_default();
        }
        Ok(Stored {
            marketplace: row.get(0)?,
            purchased_at: row.get(1)?,
            imported_at: row.get(2)?,
            status: row.get(3)?,
            flags: row.get(4)?,
            unscreenable: coverage::reason(row.get(5)?),
            tokens: decoded(row, 6, |bytes| OrderTokenRow::decode(bytes).ok_or(()))?,
            texts,
        })
    })?)
}

fn update(conn: &Connection, key: OrderKey, order: &Stored) -> Result<(), VaultError> {
    let mut room = [0; ROOM];
    let t = &order.texts;
    conn.prepare_cached(
        "UPDATE orders SET marketplace = ?2, purchased_at = ?3, status = ?4, flags = ?5,
             unscreenable = ?6, tokens = ?7, buyer_name = ?8, alias = ?9, phone = ?10,
             marketplace_buyer_id = ?11, user_name = ?12, recipient_name = ?13, ship_phone = ?14,
             ship_lines = ?15, ship_city = ?16, ship_state = ?17, ship_postal = ?18,
             ship_country = ?19
         WHERE key = ?1",
    )?
    .execute(params![
        key.0,
        order.marketplace,
        order.purchased_at,
        order.status,
        order.flags,
        coverage::number(order.unscreenable),
        order.tokens.encode(&mut room),
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
    Ok(())
}

fn lines(conn: &Connection, key: OrderKey) -> Result<Vec<Line>, VaultError> {
    let mut query = conn.prepare_cached(
        "SELECT l.line, l.item_id, a.sku, a.product, l.article, l.quantity, l.price, l.currency,
             l.status
         FROM order_lines AS l JOIN articles AS a ON a.id = l.article
         WHERE l.order_key = ?1 ORDER BY l.line",
    )?;
    let lines = query.query_map([key.0], |row| {
        Ok(Line {
            line: row.get(0)?,
            item_id: row.get(1)?,
            sku: row.get(2)?,
            product: row.get(3)?,
            article: row.get(4)?,
            quantity: row.get(5)?,
            price: row.get(6)?,
            currency: row.get(7)?,
            status: row.get(8)?,
        })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}
