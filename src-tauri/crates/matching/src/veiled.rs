//! Screening orders whose plaintext is purged: by equal tokens, and by what is kept of names and addresses.

use crate::index::Index;
use crate::key::BlindKey;
use crate::likeness::{Likenesses, Order, surest_first, weigh_against};
use crate::linkage::Veil;
use crate::screen::{Match, screen};
use crate::tokens::OrderTokens;
use crate::weigh::{Crowd, Explanation};
use buyerwatch_domain::BuyerId;
use std::collections::BTreeSet;

/// What is left of an order, and the key with which it was made.
#[derive(Debug, Clone, Copy)]
pub struct Veiled<'a> {
    /// The key of the vault.
    pub key: &'a BlindKey,
    /// For what must be equal.
    pub tokens: &'a OrderTokens,
    /// For what may be alike.
    pub veil: &'a Veil,
}

/// The buyers whom an order may be of after its plaintext is purged: as [`recognise`](crate::recognise),
/// with what each buyer's own names and addresses still show of it.
///
/// `sharing`: buyers under whose keys, as [`Likenesses::sought`] answers them, the order is kept.
#[must_use]
pub fn recognise_veiled(
    index: &Index,
    likenesses: &Likenesses,
    order: Veiled<'_>,
    sharing: impl IntoIterator<Item = BuyerId>,
    crowd: &dyn Crowd,
) -> Vec<Match> {
    let equal = screen(index, order.tokens, crowd);
    let mut buyers: BTreeSet<BuyerId> = sharing.into_iter().collect();
    buyers.extend(equal.iter().map(|equal| equal.buyer));
    let matches = buyers.into_iter().filter_map(|buyer| {
        let weighed = weigh_veiled(index, likenesses, order, &buyer, crowd)?;
        let Explanation { tier, score, reasons } = weighed;
        Some(Match { buyer, tier: tier?, score, reasons })
    });
    let mut matches: Vec<Match> = matches.collect();
    surest_first(&mut matches);
    matches
}

/// The whole argument for and against one buyer, as [`weigh_against`] gives it while there is plaintext;
/// `None` if the buyer is not in the index.
#[must_use]
pub fn weigh_veiled(
    index: &Index,
    likenesses: &Likenesses,
    order: Veiled<'_>,
    buyer: &BuyerId,
    crowd: &dyn Crowd,
) -> Option<Explanation> {
    let profile = likenesses.seen(order.key, buyer, order.veil);
    let seen = Order { tokens: order.tokens, profile: &profile };
    weigh_against(index, likenesses, seen, buyer, crowd)
}
