//! Holding stored orders and messages against a list that changed.

use super::{
    Open,
    crowd::StoredCrowd,
    recogniser::{Guard, listed, unread},
    sightings::{SightedMessage, SightedOrder, Watchman},
    stored::Stored,
    writer::{Writer, is_of_buyer},
};
use crate::ApiError;
use buyerwatch_domain::{
    AlertId, BuyerId, Event, Identifier, IdentifierKind, Stamp, Tier, Token, Trust,
};
use buyerwatch_matching::{Crowd, Index, Likenesses, Match, identifier_tokens};
use buyerwatch_vault::{MessageRow, OrderKey, Read, Write};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

/// Decisions that ended by themselves or that a person ended.
pub(super) struct Over<'a> {
    /// Who is no longer trusted.
    pub(super) trusts: &'a [Trust],
    /// Of whom a "not this buyer" ended.
    pub(super) pairs: &'a [BuyerId],
}

/// Holds stored orders and messages against what these events changed. Part of the transaction that
/// recorded them.
pub(super) fn rescreen_after(
    open: &Open,
    tx: &mut Write<'_>,
    events: &[Event],
    over: Over<'_>,
    stamp: Stamp,
    since: Instant,
) -> Result<(), ApiError> {
    let buyers: BTreeSet<BuyerId> = events
        .iter()
        .filter_map(|event| match event {
            Event::IdentifierAdded { buyer, .. }
            | Event::IdentifierShared { buyer, shared: false, .. }
            | Event::ListingAdded { buyer, awaiting_approval: false, .. }
            | Event::ListingApproved { buyer, .. }
            | Event::PairRestored { buyer, .. }
            // Merged, one gains what the other carries; parted, what was seen meanwhile is theirs again.
            | Event::BuyersMerged { into: buyer, .. }
            | Event::BuyersUnmerged { from: buyer, .. } => Some(*buyer),
            _ => None,
        })
        .chain(over.pairs.iter().copied())
        .collect();
    let watchman = Watchman::new(open, stamp, since);
    for buyer in buyers {
        rescreen_buyer(&watchman, tx, buyer)?;
    }
    for trust in over.trusts {
        rescreen_identity(&watchman, tx, trust)?;
    }
    Ok(())
}

/// More buyers than these under one identifier make it a shared one.
const CROWDED: usize = 15;

/// Most stored orders that are looked at under one identifier. One that occurs more often is
/// shared, and a shared one proves nothing.
const RESCREEN_LIMIT: usize = 20_000;

/// Most stored messages of one account or order that are looked at. One of them tells of all.
const MESSAGES_LIMIT: usize = 200;

/// Holds every stored order and message that shares a token with a buyer against that buyer.
fn rescreen_buyer(
    watchman: &Watchman<'_>,
    tx: &mut Write<'_>,
    buyer: BuyerId,
) -> Result<(), ApiError> {
    let Some(known) = tx.read().buyer(buyer)? else { return Ok(()) };
    let buyer = known.id;
    let mut identifiers = listed(watchman.open.key(), &known.identifiers);
    let of: BTreeMap<_, _> = known.identifiers.iter().map(|known| (known.id, known)).collect();
    for identifier in &mut identifiers {
        let Some(Identifier { kind, value, .. }) = of.get(&identifier.id) else { continue };
        // The whole list would say so; here only one buyer of it is looked at.
        identifier.shared |= tx.read().carriers(*kind, value)?.len() > CROWDED;
    }
    let mut index = Index::new();
    index.insert_buyer(buyer, &identifiers);
    // An identifier that many carry matches only together with the name, which is looked up, too.
    let tokens: Vec<(IdentifierKind, Token)> = identifiers
        .iter()
        .filter(|identifier| !identifier.shared && !identifier.tokens.shared)
        .flat_map(|identifier| identifier.tokens.all().map(|token| (identifier.tokens.kind, token)))
        .collect();
    // The list itself takes the change in after the commit, so this one buyer stands for it.
    let mut likenesses = Likenesses::default();
    if let Some(list) = watchman.open.session().recogniser.hold() {
        likenesses.set_model(list.model());
    }
    likenesses.insert_buyer(buyer, &known.identifiers);
    for key in carriers(&tx.read(), tokens.iter().copied(), RESCREEN_LIMIT)? {
        rescreen_order(watchman, tx, key, |stored, crowd| {
            stored.recognise(&index, &likenesses, crowd)
        })?;
    }
    // Of an account, and of every order in which the buyer was recognised.
    let accounts: Vec<Token> =
        tokens.into_iter().filter(|(kind, _)| is_account(*kind)).map(|(_, token)| token).collect();
    let seen = tx.read().sightings_of_buyer(buyer, RESCREEN_LIMIT)?;
    let orders = seen.into_iter().map(|sighting| sighting.order).collect();
    for row in messages(&tx.read(), &accounts, orders)? {
        rescreen_message(watchman, tx, &row, |writer, crowd| {
            writer.recognise(&index, &likenesses, crowd)
        })?;
    }
    Ok(())
}

/// What a message carries of whoever wrote it.
pub(crate) const fn is_account(kind: IdentifierKind) -> bool {
    matches!(kind, IdentifierKind::Alias | IdentifierKind::MarketplaceId)
}

/// Stored messages of these accounts and about these orders in which the buyer acts, the newest first.
pub(super) fn messages(
    read: &Read<'_>,
    accounts: &[Token],
    orders: BTreeSet<OrderKey>,
) -> Result<Vec<MessageRow>, ApiError> {
    let mut ids = BTreeSet::new();
    for key in orders {
        ids.extend(read.order_by_key(key)?.map(|record| record.order.order_id));
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut rows = read.messages_by(accounts, &ids, MESSAGES_LIMIT)?;
    rows.retain(|row| is_of_buyer(row.message.kind));
    Ok(rows)
}

/// Holds what was written about an order before it was stored, or before it said as much, against the list
/// again, now that it tells more of who wrote. Answers the alerts that this raised.
pub(crate) fn rescreen_written(
    watchman: &Watchman<'_>,
    tx: &mut Write<'_>,
    list: &Guard<'_>,
    order_id: &str,
) -> Result<Vec<(AlertId, Tier)>, ApiError> {
    let mut alerts = Vec::new();
    for row in tx.read().messages_by(&[], &[order_id], MESSAGES_LIMIT)? {
        if is_of_buyer(row.message.kind) {
            let screen = |writer: &Writer, crowd: &dyn Crowd| list.recognise_writer(writer, crowd);
            alerts.extend(rescreen_message(watchman, tx, &row, screen)?);
        }
    }
    Ok(alerts)
}

/// Holds a stored message against the list again; answers the alerts that this raised.
pub(super) fn rescreen_message(
    watchman: &Watchman<'_>,
    tx: &mut Write<'_>,
    row: &MessageRow,
    screen: impl FnOnce(&Writer, &dyn Crowd) -> Vec<Match>,
) -> Result<Vec<(AlertId, Tier)>, ApiError> {
    let read = tx.read();
    let writer = Writer::of(watchman.open.key(), &read, &row.message, row.tokens)?;
    let Some(writer) = writer else { return Ok(Vec::new()) };
    let crowd = StoredCrowd::new(&read);
    let matches = screen(&writer, &crowd);
    crowd.finish()?;
    watchman.record_message(tx, &SightedMessage::again(row, &writer), matches)
}

/// Stored orders that carry any of the tokens. A name or an address of more orders than are looked
/// at leads to none: it says something only together with another, which leads to the order, too.
fn carriers(
    read: &Read<'_>,
    tokens: impl Iterator<Item = (IdentifierKind, Token)>,
    limit: usize,
) -> Result<BTreeSet<OrderKey>, ApiError> {
    let mut keys = BTreeSet::new();
    for (kind, token) in tokens {
        let found = read.orders_with_tokens(&[token], limit)?;
        if kind.is_exact() || found.len() < limit {
            keys.extend(found);
        }
    }
    Ok(keys)
}

/// Holds every stored order and message that carries an identity, which is no longer trusted, against the
/// list.
fn rescreen_identity(
    watchman: &Watchman<'_>,
    tx: &mut Write<'_>,
    trust: &Trust,
) -> Result<(), ApiError> {
    let open = watchman.open;
    let Ok(tokens) = identifier_tokens(open.key(), trust.kind, &trust.value) else {
        return Ok(());
    };
    let tokens: Vec<Token> = tokens.all().collect();
    let keys = tx.read().orders_with_tokens(&tokens, RESCREEN_LIMIT)?;
    let accounts = if is_account(trust.kind) { tokens } else { Vec::new() };
    let letters = messages(&tx.read(), &accounts, keys.iter().copied().collect())?;
    if keys.is_empty() && letters.is_empty() {
        return Ok(());
    }
    let list = open.session().recogniser.hold().ok_or_else(unread)?;
    for key in keys {
        rescreen_order(watchman, tx, key, |stored, crowd| list.recognise(stored, crowd))?;
    }
    for row in letters {
        rescreen_message(watchman, tx, &row, |writer, crowd| list.recognise_writer(writer, crowd))?;
    }
    Ok(())
}

pub(super) fn rescreen_order(
    watchman: &Watchman<'_>,
    tx: &mut Write<'_>,
    key: OrderKey,
    screen: impl FnOnce(&Stored, &dyn Crowd) -> Vec<Match>,
) -> Result<(), ApiError> {
    let Some(stored) = Stored::read(watchman.open.key(), &tx.read(), key)? else { return Ok(()) };
    let matches = {
        let read = tx.read();
        let crowd = StoredCrowd::new(&read);
        let matches = screen(&stored, &crowd);
        crowd.finish()?;
        matches
    };
    watchman.record(tx, &SightedOrder::of(&stored.record, &stored.tokens), matches)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner,
        testing::{ALIAS, Line, NAME, fresh, line, report},
    };

    #[test]
    fn a_name_that_many_bear_takes_no_room_from_an_exact_identifier() {
        let bench = fresh(Manner::Unattended);
        let mut lines: Vec<Line> =
            (1..=5).map(|n| Line { name: NAME.to_owned(), ..line(n) }).collect();
        lines.push(Line { alias: ALIAS.to_owned(), ..line(6) });
        bench.import(&report(&lines));
        let open = bench.desk.open().unwrap();
        let found = |limit| {
            let of = [(IdentifierKind::Name, NAME), (IdentifierKind::Alias, ALIAS)];
            let tokens = of.into_iter().flat_map(|(kind, value)| {
                let tokens = identifier_tokens(open.key(), kind, value).unwrap();
                tokens.all().map(move |token| (kind, token)).collect::<Vec<_>>()
            });
            open.vault().read(|read| carriers(read, tokens, limit)).unwrap().len()
        };
        assert_eq!((found(9), found(3)), (6, 1));
    }
}
