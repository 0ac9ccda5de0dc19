//! The list in memory.

use super::Open;
use crate::ApiError;
use buyerwatch_domain::{BuyerId, Event, Identifier, Token};
use buyerwatch_matching::{BlindKey, Crowd, Index, ListedIdentifier, Match, OrderTokens, screen};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError, RwLock, RwLockReadGuard},
};

/// The index of every buyer's identifiers, whatever their status: watched and cleared buyers are
/// sighted, too.
#[derive(Default)]
pub(crate) struct Recogniser {
    list: RwLock<List>,
    building: Mutex<()>,
}

#[derive(Default)]
struct List {
    index: Option<Index>,
    /// Buyers who changed before the index was there.
    changed: BTreeSet<BuyerId>,
}

/// The list, held still.
pub(crate) struct Guard<'a>(RwLockReadGuard<'a, List>);

impl Guard<'_> {
    /// Buyers whom an order may be of.
    pub(crate) fn screen(&self, tokens: &OrderTokens, crowd: &dyn Crowd) -> Vec<Match> {
        self.0.index.as_ref().map(|index| screen(index, tokens, crowd)).unwrap_or_default()
    }

    /// Buyers who carry an alias, marketplace ID, telephone number, user name, order ID or address.
    pub(crate) fn holders(&self, token: Token) -> Vec<BuyerId> {
        self.0.index.as_ref().map(|index| index.holders(token).collect()).unwrap_or_default()
    }
}

impl Recogniser {
    /// Reads the list into memory unless it is there.
    pub(crate) fn ensure(&self, open: &Open) -> Result<(), ApiError> {
        let _building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if self.read().index.is_some() {
            return Ok(());
        }
        let mut identifiers: Vec<(BuyerId, Identifier)> = Vec::new();
        open.vault().read(|r| -> Result<(), ApiError> {
            r.for_each_identifier(|carried| identifiers.push((carried.buyer, carried.identifier)))?;
            open.still_open()
        })?;
        identifiers.sort_by_key(|(buyer, _)| *buyer);
        let mut index = Index::new();
        let mut of_one = Vec::new();
        for group in identifiers.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((buyer, _)) = group.first() else { continue };
            of_one.clear();
            of_one.extend(group.iter().map(|(_, identifier)| identifier.clone()));
            index.insert_buyer(*buyer, &listed(open.key(), &of_one));
        }
        open.still_open()?;
        // Nothing is decided while the last changes are taken in.
        let _still = open.session().hold();
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        for buyer in std::mem::take(&mut list.changed) {
            renew(&mut index, open, buyer)?;
        }
        list.index = Some(index);
        Ok(())
    }

    /// Holds the list still; `None` while it is not read.
    pub(crate) fn hold(&self) -> Option<Guard<'_>> {
        let list = self.read();
        list.index.is_some().then_some(Guard(list))
    }

    fn read(&self) -> RwLockReadGuard<'_, List> {
        self.list.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows what was decided. Taking the same event in twice changes nothing.
    pub(super) fn absorb(&self, open: &Open, events: &[Event]) {
        let changed: BTreeSet<BuyerId> = events.iter().filter_map(changes_identifiers).collect();
        if changed.is_empty() {
            return;
        }
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        let List { index, changed: waiting } = &mut *list;
        match index {
            None => waiting.extend(changed),
            Some(index) => {
                let failed = changed.into_iter().find_map(|buyer| renew(index, open, buyer).err());
                if let Some(error) = failed {
                    // A list that lags behind would miss buyers: read it anew before the next use.
                    list.index = None;
                    open.desk().report("list", error);
                }
            }
        }
    }
}

fn changes_identifiers(event: &Event) -> Option<BuyerId> {
    match event {
        Event::IdentifierAdded { buyer, .. }
        | Event::IdentifierRemoved { buyer, .. }
        | Event::IdentifierShared { buyer, .. } => Some(*buyer),
        _ => None,
    }
}

fn renew(index: &mut Index, open: &Open, buyer: BuyerId) -> Result<(), ApiError> {
    let known = open.vault().read(|r| r.buyer(buyer))?;
    match known {
        Some(known) => index.insert_buyer(buyer, &listed(open.key(), &known.identifiers)),
        None => {
            index.remove_buyer(&buyer);
        }
    }
    Ok(())
}

/// What of a buyer's identifiers can be compared; the rest stays in the record only.
pub(crate) fn listed(key: &BlindKey, identifiers: &[Identifier]) -> Vec<ListedIdentifier> {
    let read = ListedIdentifier::all_of(key, identifiers).into_iter();
    read.filter_map(|(_, listed)| listed.ok()).collect()
}

/// The list was lost between reading it and using it.
pub(crate) fn unread() -> ApiError {
    ApiError::new("store_failed", "the list could not be read; try again")
}
