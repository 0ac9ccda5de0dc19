//! Looking through stored orders for those that resemble whom the list gained, and through the messages
//! about them.
//!
//! What is equal is found through tokens, within the transaction that changed the list. What is
//! only alike has no token: every stored order is compared, after the commit, in slices, so that
//! nobody waits for it who clicks meanwhile. Of orders whose plaintext is purged, those are compared
//! that are kept under keys of the buyer's.

use super::{
    Manner, Open,
    crowd::StoredCrowd,
    open::lock,
    recogniser::{Guard, unread},
    rescreen::{messages, rescreen_message},
    sightings::{SightedOrder, Watchman},
    stored::Stored,
    writer::Writer,
};
use crate::ApiError;
use buyerwatch_domain::{BuyerId, Event};
use buyerwatch_matching::{Crowd, Likenesses, Match, order_profile};
use buyerwatch_vault::OrderKey;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
    thread,
    time::Instant,
};

/// Orders that are compared before others get their turn.
const SLICE: usize = 4_096;

/// Keys that an order and a buyer share at least, as whoever agrees in name and home does.
const KEYS_SHARED: usize = 2;

/// A key of more purged orders leads to none: it says next to nothing.
const KEPT_OF_ONE_KEY: usize = 200;

/// Buyers for whom stored orders are still to be looked through.
#[derive(Debug, Default)]
pub(crate) struct LookBack {
    owed: Mutex<BTreeSet<BuyerId>>,
    /// Held by whoever looks.
    looking: Mutex<()>,
}

impl LookBack {
    fn take(&self) -> BTreeSet<BuyerId> {
        std::mem::take(&mut *lock(&self.owed))
    }
}

/// Whom these events may have made recognisable by likeness.
fn gained(events: &[Event]) -> impl Iterator<Item = BuyerId> + '_ {
    events.iter().filter_map(|event| match event {
        Event::IdentifierAdded { buyer, kind, .. } if !kind.is_exact() => Some(*buyer),
        Event::IdentifierShared { buyer, shared: false, .. }
        | Event::ListingAdded { buyer, awaiting_approval: false, .. }
        | Event::ListingApproved { buyer, .. }
        | Event::PairRestored { buyer, .. }
        | Event::BuyersMerged { into: buyer, .. }
        | Event::BuyersUnmerged { from: buyer, .. } => Some(*buyer),
        _ => None,
    })
}

impl Open {
    /// Looks through stored orders for those that resemble whom the list gained, and these buyers:
    /// beside, while a window is open, else at once.
    pub(super) fn look_back(&self, events: &[Event], others: &[BuyerId]) {
        let gained: BTreeSet<BuyerId> = gained(events).chain(others.iter().copied()).collect();
        if gained.is_empty() {
            return;
        }
        let since = Instant::now();
        lock(&self.session().look_back.owed).extend(gained);
        if self.desk().options().manner == Manner::Unattended {
            self.look(since);
            return;
        }
        let open = self.clone();
        // Without a thread it is done here: later is better than never.
        let spawned =
            thread::Builder::new().name("look-back".to_owned()).spawn(move || open.look(since));
        if spawned.is_err() {
            self.look(since);
        }
    }

    fn look(&self, since: Instant) {
        let _looking = lock(&self.session().look_back.looking);
        let buyers = self.session().look_back.take();
        if let Err(error) = self.look_for(&buyers, since) {
            // Looked for again with the next change.
            lock(&self.session().look_back.owed).extend(buyers);
            if error.code != "locked" {
                self.desk().report("look_back", error);
            }
        }
    }

    fn look_for(&self, buyers: &BTreeSet<BuyerId>, since: Instant) -> Result<(), ApiError> {
        if buyers.is_empty() {
            return Ok(());
        }
        self.session().recogniser.ensure(self)?;
        let mut sought = Likenesses::default();
        if let Some(list) = self.session().recogniser.hold() {
            sought.set_model(list.model());
        }
        for buyer in buyers {
            if let Some(known) = self.read(|read| read.buyer(*buyer))? {
                sought.insert_buyer(known.id, &known.identifiers);
            }
        }
        if sought.is_empty() {
            return Ok(());
        }
        let mut after = OrderKey::FIRST;
        loop {
            let slice = self.read(|read| read.order_identities_after(after, SLICE))?;
            let Some((last, _)) = slice.last() else { break };
            after = *last;
            let found: BTreeMap<OrderKey, BTreeSet<BuyerId>> = slice
                .iter()
                .map(|(key, order)| {
                    let alike = sought.find(&order_profile(order));
                    (*key, alike.into_iter().map(|alike| alike.buyer).collect::<BTreeSet<_>>())
                })
                .filter(|(_, buyers)| !buyers.is_empty())
                .collect();
            if !found.is_empty() {
                self.record_found(&found, since)?;
            }
            if slice.len() < SLICE {
                break;
            }
        }
        self.look_at_purged(&sought, since)
    }

    /// Looks at orders whose plaintext is purged.
    fn look_at_purged(&self, sought: &Likenesses, since: Instant) -> Result<(), ApiError> {
        let mut found: BTreeMap<OrderKey, BTreeSet<BuyerId>> = BTreeMap::new();
        for buyer in sought.buyers() {
            let keys = sought.sought(self.key(), &buyer);
            let orders =
                self.read(|read| read.orders_kept_under(&keys, KEYS_SHARED, KEPT_OF_ONE_KEY))?;
            for order in orders {
                found.entry(order).or_default().insert(buyer);
            }
        }
        while let Some((next, _)) = found.iter().nth(SLICE).map(|(key, of)| (*key, of)) {
            let rest = found.split_off(&next);
            self.record_found(&std::mem::replace(&mut found, rest), since)?;
        }
        if found.is_empty() { Ok(()) } else { self.record_found(&found, since) }
    }

    /// Weighs what was found with all that the list and the stored orders say, and records it.
    fn record_found(
        &self,
        found: &BTreeMap<OrderKey, BTreeSet<BuyerId>>,
        since: Instant,
    ) -> Result<(), ApiError> {
        self.write_observations(|tx, stamp| {
            let watchman = Watchman::new(self, stamp, since);
            let list = self.session().recogniser.hold().ok_or_else(unread)?;
            for (key, buyers) in found {
                let read = tx.read();
                let Some(stored) = Stored::read(self.key(), &read, *key)? else { continue };
                let crowd = StoredCrowd::new(&read);
                let matches = weigh(&list, &stored, buyers, &crowd);
                crowd.finish()?;
                let recognised = !matches.is_empty();
                let seen = SightedOrder::of(&stored.record, &stored.tokens);
                watchman.record(tx, &seen, matches)?;
                if !recognised {
                    continue;
                }
                for row in messages(&tx.read(), &[], BTreeSet::from([*key]))? {
                    rescreen_message(&watchman, tx, &row, |writer, crowd| match writer {
                        Writer::OfOrder { stored, .. } => weigh(&list, stored, buyers, crowd),
                        // The ID of orders of several marketplaces.
                        Writer::Account(_) => Vec::new(),
                    })?;
                }
            }
            Ok(())
        })
    }
}

/// Those of the buyers who stand the whole argument.
fn weigh(
    list: &Guard<'_>,
    stored: &Stored,
    buyers: &BTreeSet<BuyerId>,
    crowd: &dyn Crowd,
) -> Vec<Match> {
    let weighed = buyers.iter().filter_map(|buyer| {
        let weighed = list.weigh(stored, buyer, crowd)?;
        Some(Match {
            buyer: *buyer,
            tier: weighed.tier?,
            score: weighed.score,
            reasons: weighed.reasons,
        })
    });
    weighed.collect()
}
