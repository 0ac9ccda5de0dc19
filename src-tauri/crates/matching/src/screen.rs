//! Comparing one order with the whole list.

use crate::identifier::ListedIdentifier;
use crate::index::{Entry, Index};
use crate::key::{Pair, compound};
use crate::tokens::{NameTokens, OrderTokens};
use crate::weigh::{Crowd, Explanation, Guards, weigh};
use buyerwatch_domain::{BuyerId, IdentifierKind, Reason, Tier, Token};

/// A listed buyer recognised in an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The buyer.
    pub buyer: BuyerId,
    /// How sure it is.
    pub tier: Tier,
    /// Sum of the weights, in bits.
    pub score: f64,
    /// The argument, strongest evidence first.
    pub reasons: Vec<Reason>,
}

/// The listed buyers that an order may be of: alerts first, then by score; each buyer once.
///
/// An identifier that more than 15 listed buyers carry is shared by its nature. Of those who are
/// found, the 50 under the strongest keys are weighed; more would be no help to a person.
#[must_use]
pub fn screen(index: &Index, order: &OrderTokens, crowd: &dyn Crowd) -> Vec<Match> {
    let candidates = candidates(index, order);
    if candidates.is_empty() {
        return Vec::new();
    }
    let guards = Guards::within(index, crowd);
    let mut matches: Vec<Match> = candidates
        .into_iter()
        .filter_map(|slot| {
            let (buyer, entries) = index.record(slot)?;
            let Explanation { tier, score, reasons } = weigh(entries, order, &guards);
            Some(Match { buyer, tier: tier?, score, reasons })
        })
        .collect();
    matches.sort_by(|one, other| {
        (other.tier, other.score)
            .partial_cmp(&(one.tier, one.score))
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(one.buyer.cmp(&other.buyer))
    });
    matches
}

/// The argument for and against one buyer, whether it makes a match or not.
#[must_use]
pub fn explain(
    identifiers: &[ListedIdentifier],
    order: &OrderTokens,
    crowd: &dyn Crowd,
) -> Explanation {
    weigh(&Entry::all_of(identifiers), order, &Guards::new(crowd))
}

/// As [`explain`], for a buyer in the index; `None` if it is not in.
#[must_use]
pub fn explain_listed(
    index: &Index,
    buyer: &BuyerId,
    order: &OrderTokens,
    crowd: &dyn Crowd,
) -> Option<Explanation> {
    let (_, entries) = index.record(index.slot_of(buyer)?)?;
    Some(weigh(entries, order, &Guards::within(index, crowd)))
}

/// Most records that are weighed for one order.
const WEIGHED: usize = 50;

/// Most records under a shared identifier among which those with the order's name are sought.
const SOUGHT: usize = 1_000;

/// Records that share a key with the order, each once, at most [`WEIGHED`].
#[derive(Default)]
struct Candidates {
    // Allocates only on a hit.
    slots: Vec<u32>,
}

impl Candidates {
    fn take(&mut self, slots: &[u32]) {
        for slot in slots {
            if self.slots.len() >= WEIGHED {
                return;
            }
            if !self.slots.contains(slot) {
                self.slots.push(*slot);
            }
        }
    }
}

/// Every key under which an order is looked for, in no particular order.
fn keys(order: &OrderTokens) -> impl Iterator<Item = u64> {
    let names = order.names();
    let tokens = [
        order.alias,
        order.marketplace_id,
        order.phone,
        order.ship_phone,
        order.user_name,
        order.order_id,
        order.address,
    ];
    let (address, wide, postcode) = (order.address, order.address_without_district, order.postcode);
    let of_name = move |name: NameTokens| {
        let pair = |pair, one: Option<Token>, other: Option<Token>| {
            one.zip(other).map(|(one, other)| compound(pair, one, other))
        };
        [
            pair(Pair::NameAddress, name.full, address),
            pair(Pair::NameAddress, name.full, wide),
            pair(Pair::NamePostcode, name.full, postcode),
            pair(Pair::FamilyAddress, name.family, address),
        ]
    };
    let alone = tokens.into_iter().flatten().map(|token| token.0.cast_unsigned());
    let nameless = address.map(|address| compound(Pair::NamelessAddress, address, Token(0)));
    alone.chain(names.into_iter().flat_map(of_name).flatten()).chain(nameless)
}

/// Strong keys first, so that weak ones cannot crowd them out.
fn candidates(index: &Index, order: &OrderTokens) -> Vec<u32> {
    index.fetch(keys(order));
    let mut found = Candidates::default();
    let distinct = if order.buyer_name == order.recipient_name { 1 } else { 2 };
    let names = order.names();
    let names = names.get(..distinct).unwrap_or(&names);
    let full = || names.iter().filter_map(|name| name.full);
    for (full, address) in full().zip(std::iter::repeat(order.address)) {
        let Some(address) = address else { break };
        found.take(index.posting(compound(Pair::NameAddress, full, address)));
    }
    let ship_phone = order.ship_phone.filter(|_| order.ship_phone != order.phone);
    let ids = [
        order.alias,
        order.marketplace_id,
        order.phone,
        ship_phone,
        order.user_name,
        order.order_id,
    ];
    let mut shared: [&[u32]; 6] = [&[]; 6];
    for (id, shared) in ids.into_iter().zip(&mut shared) {
        let Some(id) = id else { continue };
        let holders = index.posting(id.0.cast_unsigned());
        if Index::is_crowded(holders) {
            *shared = holders;
        } else {
            found.take(holders);
        }
    }
    for full in full() {
        if let Some(wide) = order.address_without_district {
            found.take(index.posting(compound(Pair::NameAddress, full, wide)));
        }
        if let Some(postcode) = order.postcode {
            found.take(index.posting(compound(Pair::NamePostcode, full, postcode)));
        }
    }
    if let Some(address) = order.address {
        for family in names.iter().filter_map(|name| name.family) {
            found.take(index.posting(compound(Pair::FamilyAddress, family, address)));
        }
        found.take(index.posting(compound(Pair::NamelessAddress, address, Token(0))));
        if !order.has_name() {
            let holders = index.posting(address.0.cast_unsigned());
            // The address of so many says nothing under no name.
            if !Index::is_crowded(holders) {
                found.take(holders);
            }
        }
    }
    for holders in shared {
        let named = |slot: &&u32| {
            let bears = |entry: &Entry| {
                entry.kind == IdentifierKind::Name && full().any(|full| entry.exact() == Some(full))
            };
            index.record(**slot).is_some_and(|(_, entries)| entries.iter().any(bears))
        };
        for slot in holders.iter().take(SOUGHT).filter(named) {
            found.take(std::slice::from_ref(slot));
        }
    }
    found.slots
}
