//! Holding stored orders against a list that changed.

use super::{
    Open,
    crowd::StoredCrowd,
    recogniser::{listed, unread},
    sightings::{SightedOrder, Watchman},
    stored::Stored,
};
use crate::ApiError;
use buyerwatch_domain::{BuyerId, Event, Identifier, IdentifierKind, Stamp, Token, Trust};
use buyerwatch_matching::{Crowd, Index, Likenesses, Match, identifier_tokens};
use buyerwatch_vault::{OrderKey, Read, Write};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

/// Holds stored orders against what these events changed. Part of the transaction that recorded
/// them.
pub(super) fn rescreen_after(
    open: &Open,
    tx: &mut Write<'_>,
    events: &[Event],
    no_longer_trusted: &[Trust],
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
        .collect();
    let watchman = Watchman::new(open, stamp, since);
    for buyer in buyers {
        rescreen_buyer(&watchman, tx, buyer)?;
    }
    for trust in no_longer_trusted {
        rescreen_identity(&watchman, tx, trust)?;
    }
    Ok(())
}

/// More buyers than these under one identifier make it a shared one.
const CROWDED: usize = 15;

/// Most stored orders that are looked at under one identifier. One that occurs more often is
/// shared, and a shared one proves nothing.
const RESCREEN_LIMIT: usize = 20_000;

/// Holds every stored order that shares a token with a buyer against that buyer.
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
    let tokens = identifiers
        .iter()
        .filter(|identifier| !identifier.shared && !identifier.tokens.shared)
        .flat_map(|identifier| {
            identifier.tokens.all().map(|token| (identifier.tokens.kind, token))
        });
    // The list itself takes the change in after the commit, so this one buyer stands for it.
    let mut likenesses = Likenesses::default();
    if let Some(list) = watchman.open.session().recogniser.hold() {
        likenesses.set_model(list.model());
    }
    likenesses.insert_buyer(buyer, &known.identifiers);
    for key in carriers(&tx.read(), tokens, RESCREEN_LIMIT)? {
        rescreen_order(watchman, tx, key, |stored, crowd| {
            stored.recognise(&index, &likenesses, crowd)
        })?;
    }
    Ok(())
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

/// Holds every stored order that carries an identity, which is no longer trusted, against the list.
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
    if keys.is_empty() {
        return Ok(());
    }
    let list = open.session().recogniser.hold().ok_or_else(unread)?;
    for key in keys {
        rescreen_order(watchman, tx, key, |stored, crowd| list.recognise(stored, crowd))?;
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
