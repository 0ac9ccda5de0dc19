//! The list in memory.

use super::{Open, stored::Stored, writer::Writer};
use crate::{ApiError, Manner};
use buyerwatch_domain::{
    BuyerId, Event, Identifier, IdentifierId, IdentifierKind, ObservedOrder, Reason, Tag, Token,
};
use buyerwatch_matching::{
    BlindKey, Crowd, Explanation, Index, Likenesses, ListedIdentifier, Match, OrderTokens,
    Resemblance,
    linkage::{Model, Profile},
    order_profile, recognise,
};
use buyerwatch_vault::{OrderKey, Read, VaultError};
use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// The index of every buyer's identifiers, whatever their status: watched and cleared buyers are
/// sighted, too.
#[derive(Default)]
pub(crate) struct Recogniser {
    list: RwLock<List>,
    building: Mutex<()>,
    /// Somebody was told that the list is being read, and is told when it is there.
    awaited: AtomicBool,
}

#[derive(Default)]
struct List {
    known: Option<Known>,
    /// Buyers who changed before the list was there.
    changed: BTreeSet<BuyerId>,
    /// Another number whenever anything on the list, or what is known of names and places, changed.
    version: u64,
}

/// Buyers by equal tokens and by likeness.
struct Known {
    index: Index,
    likenesses: Likenesses,
    /// The newest order from which it was learnt how rare names and places are.
    learnt: OrderKey,
}

/// Newest orders from which it is learnt how rare names and places are. More would not change the
/// weights by much, and every command pays for reading them.
const LEARNT: u32 = 8_192;

/// Learnt at once. Until there are as many as above every one of these steps changes verdicts, so
/// each is taken as soon as it is complete, in the middle of a report, too: what an order is held
/// against depends on the orders before it alone, not on how they were cut into reports.
const STEP: u32 = 256;

/// Orders after which everything is learnt anew where there are enough: that takes long and changes
/// little, so that it waits for the end of a report.
const ANEW: i64 = 1_024;

/// What was learnt at one moment.
pub(crate) struct Learnt(Arc<Model>, OrderKey);

/// The list, held still.
pub(crate) struct Guard<'a>(RwLockReadGuard<'a, List>);

impl Guard<'_> {
    /// Buyers whom an order may be of. `alike` is what [`alike`](Self::alike) answered for it.
    pub(crate) fn screen(
        &self,
        order: &ObservedOrder,
        tokens: &OrderTokens,
        alike: &[Resemblance],
        crowd: &dyn Crowd,
    ) -> Vec<Match> {
        let Some(Known { index, likenesses, .. }) = &self.0.known else { return Vec::new() };
        recognise(index, likenesses, tokens, || order_profile(order), alike, crowd)
    }

    /// Buyers whom an order resembles, before its house and its identifiers are looked at.
    pub(crate) fn alike(&self, order: &ObservedOrder) -> Vec<Resemblance> {
        match &self.0.known {
            Some(known) if !known.likenesses.is_empty() => {
                known.likenesses.find(&order_profile(order))
            }
            _ => Vec::new(),
        }
    }

    /// The whole argument on one buyer.
    pub(crate) fn weigh(
        &self,
        stored: &Stored,
        buyer: &BuyerId,
        crowd: &dyn Crowd,
    ) -> Option<Explanation> {
        let Known { index, likenesses, .. } = self.0.known.as_ref()?;
        stored.weigh(index, likenesses, buyer, crowd)
    }

    /// Buyers whom a stored order may be of.
    pub(crate) fn recognise(&self, stored: &Stored, crowd: &dyn Crowd) -> Vec<Match> {
        let Some(Known { index, likenesses, .. }) = &self.0.known else { return Vec::new() };
        stored.recognise(index, likenesses, crowd)
    }

    /// Buyers who may have written a message.
    pub(crate) fn recognise_writer(&self, writer: &Writer, crowd: &dyn Crowd) -> Vec<Match> {
        let Some(Known { index, likenesses, .. }) = &self.0.known else { return Vec::new() };
        writer.recognise(index, likenesses, crowd)
    }

    /// At most so many buyers whom a pasted text resembles, best first, with what agrees more.
    pub(crate) fn look_up(&self, asked: &Profile, most: usize) -> Vec<(BuyerId, IdentifierKind)> {
        let Some(known) = &self.0.known else { return Vec::new() };
        let found = known.likenesses.look_up(asked).into_iter().take(most);
        found
            .map(|found| {
                let home = found.side.place_score > found.side.name_score;
                let kind = if home { IdentifierKind::Address } else { IdentifierKind::Name };
                (found.buyer, kind)
            })
            .collect()
    }

    /// At most so many buyers in one of whose names every typed word begins a word.
    pub(crate) fn begin_with(&self, typed: &str, most: usize) -> Vec<BuyerId> {
        let Some(known) = &self.0.known else { return Vec::new() };
        known.likenesses.begin_with(typed, most)
    }

    /// Pairs of buyers who carry the same identifier.
    pub(crate) fn sharing(&self) -> BTreeSet<(BuyerId, BuyerId)> {
        self.0.known.as_ref().map(|known| known.index.sharing()).unwrap_or_default()
    }

    /// Buyers who carry an identifier of this one, or resemble them as an order that alerts does.
    pub(crate) fn like(&self, buyer: BuyerId) -> BTreeSet<BuyerId> {
        let Some(Known { index, likenesses, .. }) = &self.0.known else { return BTreeSet::new() };
        index.sharing_with(&buyer).into_iter().chain(likenesses.alike(&buyer)).collect()
    }

    /// Others whom a buyer resembles as an order that alerts does.
    pub(crate) fn resembling(&self, buyer: BuyerId) -> Vec<BuyerId> {
        self.0.known.as_ref().map(|known| known.likenesses.alike(&buyer)).unwrap_or_default()
    }

    /// The argument on two buyers by name and address, with the identifiers of both.
    pub(crate) fn weigh_pair(
        &self,
        one: BuyerId,
        other: BuyerId,
    ) -> Vec<(Option<IdentifierId>, Reason)> {
        let known = self.0.known.as_ref();
        known.and_then(|known| known.likenesses.weigh_pair(&one, &other)).unwrap_or_default()
    }

    /// How rare names and places are.
    pub(crate) fn model(&self) -> Arc<Model> {
        self.0.known.as_ref().map(|known| known.likenesses.model()).unwrap_or_default()
    }

    /// The score from which likeness may alert, in bits.
    pub(crate) fn needed(&self) -> f64 {
        self.0.known.as_ref().map_or(0.0, |known| known.likenesses.needed())
    }

    /// Everybody who is compared by name and address.
    pub(crate) fn everybody(&self) -> Vec<BuyerId> {
        self.0.known.as_ref().map(|known| known.likenesses.buyers().collect()).unwrap_or_default()
    }

    /// How many are compared by name and address.
    pub(crate) fn compared(&self) -> usize {
        self.0.known.as_ref().map_or(0, |known| known.likenesses.len())
    }

    /// Whether more is to be learnt before this order is held against the list.
    pub(crate) fn is_behind(&self, order: OrderKey) -> bool {
        self.0.known.as_ref().is_some_and(|known| step_before(order) > known.learnt)
    }

    /// Tells whether the list is still the same.
    pub(crate) fn version(&self) -> u64 {
        self.0.version
    }

    /// Buyers who carry an alias, marketplace ID, telephone number, user name, order ID or address.
    pub(crate) fn holders(&self, token: Token) -> Vec<BuyerId> {
        self.0.known.as_ref().map(|known| known.index.holders(token).collect()).unwrap_or_default()
    }
}

impl Recogniser {
    /// Reads the list into memory unless it is there.
    pub(crate) fn ensure(&self, open: &Open) -> Result<(), ApiError> {
        let _building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if self.read().known.is_some() {
            return Ok(());
        }
        let mut identifiers: Vec<(BuyerId, Identifier)> = Vec::new();
        open.vault().read(|r| -> Result<(), ApiError> {
            r.for_each_identifier(|carried| identifiers.push((carried.buyer, carried.identifier)))?;
            open.still_open()
        })?;
        identifiers.sort_by_key(|(buyer, _)| *buyer);
        let (model, learnt) = open.read(|read| {
            let through = read.newest_order()?.step(STEP);
            Ok((learn(read, through)?, through))
        })?;
        let mut known =
            Known { index: Index::default(), likenesses: Likenesses::default(), learnt };
        known.likenesses.set_model(Arc::new(model));
        for group in identifiers.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((buyer, _)) = group.first() else { continue };
            let of_one = group.iter().map(|(_, identifier)| identifier.clone()).collect();
            known.insert(open.key(), *buyer, of_one);
        }
        open.still_open()?;
        // Nothing is decided while the last changes are taken in.
        let _still = open.session().hold();
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        for buyer in std::mem::take(&mut list.changed) {
            renew(&mut known, open, buyer)?;
        }
        list.known = Some(known);
        list.version += 1;
        drop(list);
        if self.awaited.swap(false, Ordering::SeqCst) {
            open.desk().stale([Tag::Buyers]);
        }
        Ok(())
    }

    /// Holds the list still. While it is not read, a window is answered `None` at once, and told that
    /// buyers are stale when it is; a command waits.
    pub(crate) fn hold_or_read(&self, open: &Open) -> Result<Option<Guard<'_>>, ApiError> {
        if open.desk().options().manner == Manner::Unattended {
            self.ensure(open)?;
            return Ok(self.hold());
        }
        if let Some(list) = self.hold() {
            return Ok(Some(list));
        }
        // Before it is looked at again, so that whoever reads it knows in any case.
        self.awaited.store(true, Ordering::SeqCst);
        let list = self.hold();
        if list.is_none() && self.building.try_lock().is_ok() {
            // Nobody reads it: the last who did could not.
            let reader = open.clone();
            let read = move || {
                if let Err(error) = reader.session().recogniser.ensure(&reader) {
                    reader.desk().report("list", error);
                }
            };
            let _ = thread::Builder::new().name("list".to_owned()).spawn(read);
        }
        Ok(list)
    }

    /// Holds the list still; `None` while it is not read.
    pub(crate) fn hold(&self) -> Option<Guard<'_>> {
        let list = self.read();
        list.known.is_some().then_some(Guard(list))
    }

    /// Whether nobody holds the list still, so that it can be changed.
    #[cfg(test)]
    pub(crate) fn is_free(&self) -> bool {
        self.list.try_write().is_ok()
    }

    /// Whether every step of what is learnt still changes verdicts.
    pub(crate) fn is_young(&self) -> bool {
        let known = |known: &Known| known.learnt.number() < i64::from(LEARNT);
        self.read().known.as_ref().is_none_or(known)
    }

    /// Learns from the orders before this one what is to be known before it is held against the list. Part
    /// of the transaction that stored them.
    pub(crate) fn learn_before(&self, read: &Read<'_>, order: OrderKey) -> Result<(), VaultError> {
        self.learn_through(read, step_before(order))
    }

    /// Catches up with the stored orders, whichever program stored them.
    pub(crate) fn catch_up(&self, open: &Open) -> Result<(), ApiError> {
        // One at a time: whoever waits for the list holds a reader of the vault, of which there are few.
        let _building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        open.read(|read| {
            let through = read.newest_order()?.step(STEP);
            if through.number() <= i64::from(LEARNT) {
                return self.learn_through(read, through);
            }
            let Some(Learnt(_, learnt)) = self.learnt() else { return Ok(()) };
            if learnt.number() >= i64::from(LEARNT) && through.number() - learnt.number() < ANEW {
                return Ok(());
            }
            let model = Arc::new(learn(read, through)?);
            self.put_back(Learnt(model, through));
            Ok(())
        })
    }

    /// Learns from all orders up to this one that were not learnt from.
    fn learn_through(&self, read: &Read<'_>, through: OrderKey) -> Result<(), VaultError> {
        let Some(Learnt(_, learnt)) = self.learnt() else { return Ok(()) };
        if through <= learnt {
            return Ok(());
        }
        let orders = read.order_identities_between(learnt, through)?;
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        let List { known: Some(known), version, .. } = &mut *list else { return Ok(()) };
        // Somebody else may have learnt the same meanwhile.
        if known.learnt != learnt {
            return Ok(());
        }
        let mut model = known.likenesses.model();
        // One that nobody else holds is not copied.
        known.likenesses.set_model(Arc::default());
        let learning = Arc::make_mut(&mut model);
        orders.iter().for_each(|(_, order)| learning.learn(&order_profile(order)));
        known.likenesses.set_model(model);
        known.learnt = through;
        *version += 1;
        Ok(())
    }

    /// What was learnt up to now; `None` while the list is not read.
    pub(crate) fn learnt(&self) -> Option<Learnt> {
        let list = self.read();
        list.known.as_ref().map(|known| Learnt(known.likenesses.model(), known.learnt))
    }

    /// Knows what was learnt at that moment and nothing else, as after a transaction that was undone.
    pub(crate) fn put_back(&self, learnt: Learnt) {
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        let List { known: Some(known), version, .. } = &mut *list else { return };
        if known.learnt != learnt.1 {
            known.likenesses.set_model(learnt.0);
            known.learnt = learnt.1;
            *version += 1;
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, List> {
        self.list.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows what was decided. Taking the same event in twice changes nothing.
    pub(super) fn absorb(&self, open: &Open, events: &[Event]) {
        let changed: BTreeSet<BuyerId> = events.iter().flat_map(changes_identifiers).collect();
        if changed.is_empty() {
            return;
        }
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        let List { known, changed: waiting, version } = &mut *list;
        *version += 1;
        match known {
            None => waiting.extend(changed),
            Some(known) => {
                let failed = changed.into_iter().find_map(|buyer| renew(known, open, buyer).err());
                if let Some(error) = failed {
                    // A list that lags behind would miss buyers: read it anew before the next use.
                    list.known = None;
                    open.desk().report("list", error);
                }
            }
        }
    }
}

impl Known {
    /// In one order, wherever they were read: of two that say the same the first is named.
    fn insert(&mut self, key: &BlindKey, buyer: BuyerId, mut identifiers: Vec<Identifier>) {
        identifiers.sort_by_key(|of| (of.added_at, of.id));
        self.index.insert_buyer(buyer, &listed(key, &identifiers));
        self.likenesses.insert_buyer(buyer, &identifiers);
    }
}

/// Learns from this order and those before it how rare names and places are in this shop.
fn learn(read: &Read<'_>, through: OrderKey) -> Result<Model, VaultError> {
    let mut model = Model::default();
    for (_, order) in &read.order_identities_between(through.earlier(LEARNT), through)? {
        model.learn(&order_profile(order));
    }
    Ok(model)
}

/// The last order to learn from before this one, as long as every step changes verdicts.
fn step_before(order: OrderKey) -> OrderKey {
    order.earlier(1).step(STEP).min(OrderKey::FIRST.later(LEARNT))
}

fn changes_identifiers(event: &Event) -> Vec<BuyerId> {
    match event {
        Event::IdentifierAdded { buyer, .. }
        | Event::IdentifierRemoved { buyer, .. }
        | Event::IdentifierShared { buyer, .. } => vec![*buyer],
        Event::BuyersMerged { into, from, .. } | Event::BuyersUnmerged { into, from, .. } => {
            vec![*into, *from]
        }
        _ => Vec::new(),
    }
}

fn renew(list: &mut Known, open: &Open, buyer: BuyerId) -> Result<(), ApiError> {
    let known = open.vault().read(|r| r.buyer(buyer))?;
    // A merged buyer is on the list as the one they are read as, and only there.
    if known.as_ref().is_none_or(|known| known.id != buyer) {
        list.index.remove_buyer(&buyer);
        list.likenesses.remove_buyer(&buyer);
    }
    if let Some(known) = known {
        list.insert(open.key(), known.id, known.identifiers);
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

#[cfg(test)]
mod tests;
