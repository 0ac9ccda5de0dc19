//! A scenario as the program screens it: equal tokens beside likeness, with the listed typed in one line; and the
//! same after the orders' plaintext is purged.

use super::{Row, address};
use buyerwatch_domain::{
    BuyerId, Identifier, IdentifierId, IdentifierKind, ObservedOrder, Reason, Tier, Timestamp,
};
use buyerwatch_matching::linkage::{Guard, Model, Veil};
use buyerwatch_matching::{
    BlindKey, Index, Likenesses, ListedIdentifier, Match, OrderTokens, OrdersInMemory, Veiled,
    order_profile, order_tokens, recognise, recognise_veiled, weigh_veiled,
};
use std::collections::HashMap;
use std::sync::Arc;

/// What was found for one order: the place of the listed person, how sure, and why.
pub struct Hit {
    pub listed: usize,
    pub tier: Tier,
    pub score: f64,
    pub reasons: Vec<Reason>,
}

/// A list and a shop's orders, as the program holds them.
pub struct Program {
    key: BlindKey,
    index: Index,
    likenesses: Likenesses,
    orders: Vec<(ObservedOrder, OrderTokens)>,
    stored: OrdersInMemory,
    places: HashMap<BuyerId, usize>,
    kept: Option<Kept>,
}

impl Program {
    pub fn new(flagged: &[Row], orders: &[Row], guard: Guard, purged: bool) -> Self {
        let key = BlindKey::from_bytes([0x5C; 32]);
        let orders: Vec<(ObservedOrder, OrderTokens)> = orders
            .iter()
            .map(|row| {
                let order = observed(row);
                let tokens = order_tokens(&key, &order);
                (order, tokens)
            })
            .collect();
        let (mut model, mut stored) = (Model::default(), OrdersInMemory::default());
        for (order, tokens) in &orders {
            model.learn(&order_profile(order));
            stored.put(tokens);
        }
        let (mut index, mut likenesses) = (Index::new(), Likenesses::default());
        likenesses.set_model(Arc::new(model));
        likenesses.set_guard(guard);
        let mut places = HashMap::new();
        for (at, row) in flagged.iter().enumerate() {
            let buyer = BuyerId::from_bytes(id(at, 0));
            let identifiers = identifiers(at, &observed(row));
            let tokens = ListedIdentifier::all_of(&key, &identifiers).into_iter();
            let tokens: Vec<ListedIdentifier> =
                tokens.filter_map(|(_, listed)| listed.ok()).collect();
            index.insert_buyer(buyer, &tokens);
            likenesses.insert_buyer(buyer, &identifiers);
            places.insert(buyer, at);
        }
        let kept = purged.then(|| Kept::of(&key, &likenesses, &orders));
        Self { key, index, likenesses, orders, stored, places, kept }
    }

    /// Whoever the order at a place may be of.
    pub fn find(&self, at: usize) -> Vec<Hit> {
        let (order, tokens) = &self.orders[at];
        let found = if let Some(kept) = &self.kept {
            let veiled = Veiled { key: &self.key, tokens, veil: &kept.veils[at] };
            let sharing = kept.sharing.get(&at).cloned().unwrap_or_default();
            recognise_veiled(&self.index, &self.likenesses, veiled, sharing, &self.stored)
        } else {
            let profile = order_profile(order);
            let alike = self.likenesses.find(&profile);
            recognise(&self.index, &self.likenesses, tokens, || profile, &alike, &self.stored)
        };
        let hit = |found: Match| {
            let Match { buyer, tier, score, reasons } = found;
            Hit { listed: self.places[&buyer], tier, score, reasons }
        };
        found.into_iter().map(hit).collect()
    }

    /// The argument on one listed person, whatever it amounts to.
    pub fn weigh(&self, at: usize, listed: usize) -> Vec<Reason> {
        let (order, tokens) = &self.orders[at];
        let buyer = BuyerId::from_bytes(id(listed, 0));
        let weighed = if let Some(kept) = &self.kept {
            let veiled = Veiled { key: &self.key, tokens, veil: &kept.veils[at] };
            weigh_veiled(&self.index, &self.likenesses, veiled, &buyer, &self.stored)
        } else {
            let profile = order_profile(order);
            let order = buyerwatch_matching::Order { tokens, profile: &profile };
            let (index, likenesses) = (&self.index, &self.likenesses);
            buyerwatch_matching::weigh_against(index, likenesses, order, &buyer, &self.stored)
        };
        weighed.map(|weighed| weighed.reasons).unwrap_or_default()
    }
}

fn observed(row: &Row) -> ObservedOrder {
    let of = |name: &str| row.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let mut ship_to = address(row);
    ship_to.lines.retain(|line| !line.trim().is_empty());
    ObservedOrder {
        order_id: of("id"),
        buyer_name: of("buyer_name"),
        recipient_name: of("recipient_name"),
        alias: of("email_alias"),
        phone: of("phone"),
        ship_to,
        ..ObservedOrder::default()
    }
}

fn id(number: usize, part: u8) -> [u8; 16] {
    let mut id = [part; 16];
    id[..8].copy_from_slice(&(number as u64).to_be_bytes());
    id
}

fn identifiers(number: usize, person: &ObservedOrder) -> Vec<Identifier> {
    use IdentifierKind as K;
    let values = [
        (K::Name, person.buyer_name.clone()),
        (K::Name, person.recipient_name.clone()),
        (K::Alias, person.alias.clone()),
        (K::Phone, person.phone.clone()),
        (K::Address, person.ship_to.one_line()),
    ];
    let kept = values.into_iter().zip(1u8..).filter(|((_, value), _)| !value.trim().is_empty());
    kept.map(|((kind, value), part)| Identifier {
        id: IdentifierId::from_bytes(id(number, part)),
        kind,
        value,
        shared: false,
        added_at: Timestamp::from_millis(0),
    })
    .collect()
}

/// What is kept of purged orders, and who shares two keys with each.
struct Kept {
    veils: Vec<Veil>,
    sharing: HashMap<usize, Vec<BuyerId>>,
}

/// A key of more orders leads to none.
const MOST_ORDERS: usize = 200;

impl Kept {
    fn of(
        key: &BlindKey,
        likenesses: &Likenesses,
        orders: &[(ObservedOrder, OrderTokens)],
    ) -> Self {
        let model = likenesses.model();
        let mut with: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut veils = Vec::with_capacity(orders.len());
        for (at, (order, _)) in orders.iter().enumerate() {
            let veil = Veil::of(key, &model, &order_profile(order));
            for key in veil.keys() {
                with.entry(*key).or_default().push(at);
            }
            veils.push(veil);
        }
        let mut sharing: HashMap<usize, Vec<BuyerId>> = HashMap::new();
        for buyer in likenesses.buyers() {
            let sought = likenesses.sought(key, &buyer);
            let lists = sought.iter().filter_map(|key| with.get(key));
            let few = lists.filter(|orders| orders.len() <= MOST_ORDERS);
            let mut orders: Vec<usize> = few.flatten().copied().collect();
            orders.sort_unstable();
            for same in orders.chunk_by(|one, other| one == other) {
                if let [at, _, ..] = same {
                    sharing.entry(*at).or_default().push(buyer);
                }
            }
        }
        Self { veils, sharing }
    }
}
