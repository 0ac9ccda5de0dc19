//! The list in memory, looked up by token.

use crate::ListedIdentifier;
use crate::key::{Pair, compound};
use crate::postings::Postings;
use crate::weigh::FORWARDER;
use buyerwatch_domain::{BuyerId, IdentifierId, IdentifierKind, Token};
use std::collections::{BTreeSet, HashMap};

/// One token of one identifier, packed: a list may hold a million buyers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub id: IdentifierId,
    /// Token of the whole value, 0 if there is none.
    exact: i64,
    /// Token of the family name or of the postcode, 0 if there is none.
    part: i64,
    pub kind: IdentifierKind,
    /// Marked by a person, or shared by its nature.
    pub shared: bool,
    /// Nothing is left open, as a country or a district may be.
    pub sure: bool,
    /// Half of the country's token, which is enough to see that two differ; 0 if there is none.
    country: u32,
}

impl Entry {
    pub(crate) fn exact(&self) -> Option<Token> {
        (self.exact != 0).then_some(Token(self.exact))
    }

    /// Whether it names one person.
    fn proves(&self) -> bool {
        self.kind.is_exact() && self.sure && !self.shared && self.exact != 0
    }

    pub(crate) fn part(&self) -> Option<Token> {
        (self.part != 0).then_some(Token(self.part))
    }

    /// Whether the address may lie in the country of an order's; one that is not named may.
    pub(crate) fn may_lie_in(&self, country: Option<Token>) -> bool {
        self.country == 0 || country.is_none_or(|country| half(country) == self.country)
    }

    pub(crate) fn all_of(identifiers: &[ListedIdentifier]) -> Vec<Self> {
        let mut entries = Vec::with_capacity(identifiers.len());
        for identifier in identifiers {
            let tokens = &identifier.tokens;
            let part = tokens.family.or(tokens.postcode).map_or(0, |token| token.0);
            let mut push = |exact, sure| {
                entries.push(Self {
                    id: identifier.id,
                    exact,
                    part,
                    kind: tokens.kind,
                    shared: identifier.shared || tokens.shared,
                    sure,
                    country: tokens.country.map_or(0, half),
                });
            };
            if tokens.exact.is_empty() && tokens.unsure.is_empty() {
                push(0, true);
            }
            tokens.exact.iter().for_each(|token| push(token.0, true));
            tokens.unsure.iter().for_each(|token| push(token.0, false));
        }
        entries
    }
}

const fn half(token: Token) -> u32 {
    token.0 as u32
}

#[derive(Debug, Clone)]
struct Record {
    buyer: BuyerId,
    entries: Box<[Entry]>,
}

/// Listed buyers by every key under which an order can find them.
///
/// Names and addresses are found by pairs only (name with address, family name with address, name
/// with postcode): a name alone proves nothing, and 王伟 alone would find thousands. Hold one lock
/// around it for writing; reading needs none.
#[derive(Default, Clone)]
pub struct Index {
    records: Vec<Option<Record>>,
    free: Vec<u32>,
    slots: HashMap<BuyerId, u32>,
    postings: Postings,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("buyers", &self.slots.len())
            .field("keys", &self.postings.len())
            .finish()
    }
}

impl Index {
    /// An index of nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many buyers it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it holds nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Whether it holds this buyer.
    #[must_use]
    pub fn contains(&self, buyer: &BuyerId) -> bool {
        self.slots.contains_key(buyer)
    }

    /// Puts a buyer in with these identifiers, in place of any that it had.
    pub fn insert_buyer(&mut self, buyer: BuyerId, identifiers: &[ListedIdentifier]) {
        self.remove_buyer(&buyer);
        // Written anew rather than cut short: what is cut off would lie about between the buyers.
        let entries: Box<[Entry]> = Entry::all_of(identifiers).as_slice().into();
        let keys = keys_of(&entries);
        let record = Some(Record { buyer, entries });
        let slot = match self.free.pop() {
            Some(slot) => {
                if let Some(place) = self.records.get_mut(slot as usize) {
                    *place = record;
                }
                slot
            }
            None => {
                self.records.push(record);
                u32::try_from(self.records.len() - 1).unwrap_or(u32::MAX >> 1)
            }
        };
        self.slots.insert(buyer, slot);
        for key in keys {
            self.postings.put(key, slot);
        }
    }

    /// Takes a buyer out; answers whether it was in.
    pub fn remove_buyer(&mut self, buyer: &BuyerId) -> bool {
        let Some(slot) = self.slots.remove(buyer) else { return false };
        let record = self.records.get_mut(slot as usize).and_then(Option::take);
        for key in record.map(|record| keys_of(&record.entries)).unwrap_or_default() {
            self.postings.take(key, slot);
        }
        self.free.push(slot);
        true
    }

    /// Buyers who carry an alias, marketplace buyer ID, telephone number, user name, order ID or
    /// address with this token.
    pub fn holders(&self, token: Token) -> impl Iterator<Item = BuyerId> + '_ {
        self.posting(token.0.cast_unsigned())
            .iter()
            .filter_map(|slot| self.record(*slot).map(|(buyer, _)| buyer))
    }

    /// Pairs of buyers who carry the same alias, marketplace ID, telephone number, user name or order
    /// ID, unless it is shared: marked, by its nature, or because many on the list carry it. The
    /// smaller identity stands first.
    #[must_use]
    pub fn sharing(&self) -> BTreeSet<(BuyerId, BuyerId)> {
        let mut holders: HashMap<i64, BTreeSet<BuyerId>> = HashMap::new();
        for record in self.records.iter().flatten() {
            for entry in record.entries.iter().filter(|entry| entry.proves()) {
                holders.entry(entry.exact).or_default().insert(record.buyer);
            }
        }
        let mut pairs = BTreeSet::new();
        for of in holders.into_values().filter(|of| of.len() <= FORWARDER as usize) {
            for one in &of {
                pairs.extend(of.range(*one..).skip(1).map(|other| (*one, *other)));
            }
        }
        pairs
    }

    /// Buyers who carry such an identifier of this one, too.
    #[must_use]
    pub fn sharing_with(&self, buyer: &BuyerId) -> BTreeSet<BuyerId> {
        let record = self.slot_of(buyer).and_then(|slot| self.record(slot));
        let Some((_, entries)) = record else { return BTreeSet::new() };
        let mut found = BTreeSet::new();
        for token in entries.iter().filter(|entry| entry.proves()).filter_map(Entry::exact) {
            let posting = self.posting(token.0.cast_unsigned());
            if Self::is_crowded(posting) {
                continue;
            }
            let carries = |slot: &u32| {
                let (other, theirs) = self.record(*slot)?;
                let proves = |of: &Entry| of.proves() && of.exact() == Some(token);
                (other != *buyer && theirs.iter().any(proves)).then_some(other)
            };
            found.extend(posting.iter().filter_map(carries));
        }
        found
    }

    pub(crate) fn slot_of(&self, buyer: &BuyerId) -> Option<u32> {
        self.slots.get(buyer).copied()
    }

    pub(crate) fn record(&self, slot: u32) -> Option<(BuyerId, &[Entry])> {
        let record = self.records.get(slot as usize)?.as_ref()?;
        Some((record.buyer, &record.entries))
    }

    /// Sees to it that what stands under the keys is near when it is asked for.
    pub(crate) fn fetch(&self, keys: impl Iterator<Item = u64>) {
        self.postings.fetch(keys);
    }

    pub(crate) fn posting(&self, key: u64) -> &[u32] {
        self.postings.get(key)
    }

    /// Whether so many listed buyers carry the same that it is shared by its nature.
    pub(crate) const fn is_crowded(holders: &[u32]) -> bool {
        holders.len() > FORWARDER as usize
    }

    /// Every key with its buyers, sorted: two indexes with equal contents answer alike.
    #[cfg(test)]
    pub(crate) fn contents(&self) -> Vec<(u64, Vec<BuyerId>)> {
        let mut all: Vec<(u64, Vec<BuyerId>)> = self
            .postings
            .all()
            .map(|key| {
                let slots = self.posting(key);
                let mut buyers: Vec<BuyerId> =
                    slots.iter().map(|slot| self.record(*slot).unwrap().0).collect();
                buyers.sort();
                (key, buyers)
            })
            .collect();
        all.sort();
        all
    }
}

/// The keys under which a record is found, each once.
fn keys_of(entries: &[Entry]) -> Vec<u64> {
    let of = |kind| entries.iter().filter(move |entry| entry.kind == kind);
    let mut keys = Vec::with_capacity(entries.len() * 3);
    for entry in entries {
        let by_itself = match entry.kind {
            IdentifierKind::Name => false,
            IdentifierKind::Address => entry.sure,
            _ => true,
        };
        if by_itself && let Some(token) = entry.exact() {
            keys.push(token.0.cast_unsigned());
        }
    }
    let nameless = of(IdentifierKind::Name).next().is_none();
    for place in of(IdentifierKind::Address) {
        for name in of(IdentifierKind::Name) {
            if let (Some(full), Some(address)) = (name.exact(), place.exact()) {
                keys.push(compound(Pair::NameAddress, full, address));
            }
            if let (Some(family), Some(address), true) = (name.part(), place.exact(), place.sure) {
                keys.push(compound(Pair::FamilyAddress, family, address));
            }
            if let (Some(full), Some(postcode)) = (name.exact(), place.part()) {
                keys.push(compound(Pair::NamePostcode, full, postcode));
            }
        }
        if let (true, Some(address)) = (nameless && place.sure, place.exact()) {
            keys.push(compound(Pair::NamelessAddress, address, Token(0)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BlindKey, IdentifierTokens, NoCrowd, identifier_tokens, screen};
    use proptest::prelude::*;

    /// A small world, so that buyers meet under the same identifiers all the time.
    fn identifier(kind: IdentifierKind, pick: u8) -> IdentifierTokens {
        let value = match kind {
            IdentifierKind::Alias => format!("alias{pick}xx@marketplace.amazon.de"),
            IdentifierKind::MarketplaceId => format!("A3HEXAMPLE{pick}"),
            IdentifierKind::Phone if pick > 3 => "0931 12345377".to_owned(),
            IdentifierKind::Phone => format!("+4993112345{pick}77"),
            IdentifierKind::Name => {
                ["Erika Beispiel", "Max Beispiel", "Maria", "王伟", "Jo Sample"]
                    [usize::from(pick) % 5]
                    .into()
            }
            IdentifierKind::Address => [
                "Ringweg 3, 1010 Wien, Austria",
                "Ringweg 3, 1010 Wien",
                "97070",
                "Ringweg 3, 1010 Sofia, Bulgaria",
                "广东省深圳市南山区样例路12号3栋402室",
                "深圳市样例路12号3栋402室",
            ][usize::from(pick) % 6]
                .into(),
            IdentifierKind::UserName => format!("user{pick}"),
            IdentifierKind::OrderId => format!("302-0000000-000000{pick}"),
        };
        identifier_tokens(&BlindKey::from_bytes([3; 32]), kind, &value).unwrap()
    }

    fn identifiers() -> impl Strategy<Value = Vec<ListedIdentifier>> {
        let one =
            (0usize..7, 0u8..6, any::<bool>(), any::<u8>()).prop_map(|(kind, pick, shared, id)| {
                ListedIdentifier {
                    id: IdentifierId::from_bytes([id; 16]),
                    shared,
                    tokens: identifier(IdentifierKind::ALL[kind], pick),
                }
            });
        prop::collection::vec(one, 0..7)
    }

    proptest! {
        #[test]
        fn updated_in_place_equals_built_anew(
            steps in prop::collection::vec((0u8..8, prop::option::of(identifiers())), 1..60)
        ) {
            let mut updated = Index::new();
            let mut last = std::collections::BTreeMap::new();
            for (buyer, identifiers) in steps {
                let buyer = BuyerId::from_bytes([buyer; 16]);
                match identifiers {
                    Some(identifiers) => {
                        updated.insert_buyer(buyer, &identifiers);
                        last.insert(buyer, identifiers);
                    }
                    None => prop_assert_eq!(updated.remove_buyer(&buyer), last.remove(&buyer).is_some()),
                }
            }
            let mut rebuilt = Index::new();
            for (buyer, identifiers) in &last {
                rebuilt.insert_buyer(*buyer, identifiers);
            }
            prop_assert_eq!(updated.len(), last.len());
            prop_assert_eq!(updated.contents(), rebuilt.contents());
            for pick in 0..6 {
                let name = identifier(IdentifierKind::Name, pick);
                let address = identifier(IdentifierKind::Address, pick);
                let order = crate::OrderTokens {
                    alias: identifier(IdentifierKind::Alias, pick).exact.first().copied(),
                    buyer_name: crate::NameTokens { full: name.exact.first().copied(), family: name.family },
                    address: address.exact.first().copied(),
                    address_without_district: address.unsure.first().copied(),
                    postcode: address.postcode,
                    country: address.country,
                    ..crate::OrderTokens::default()
                };
                prop_assert_eq!(screen(&updated, &order, &NoCrowd), screen(&rebuilt, &order, &NoCrowd));
            }
        }

        /// The keys must not hide a buyer whom the rules would recognise.
        #[test]
        fn look_up_finds_whomever_weighing_recognises(
            listed in prop::collection::vec(identifiers(), 1..8),
            picks in prop::array::uniform7(0u8..6),
            present in prop::array::uniform7(any::<bool>()),
        ) {
            let mut index = Index::new();
            for (number, identifiers) in (0u8..).zip(&listed) {
                index.insert_buyer(BuyerId::from_bytes([number; 16]), identifiers);
            }
            let token = |at: usize| {
                let tokens = identifier(IdentifierKind::ALL[at], picks[at]);
                (present[at], tokens)
            };
            let exact = |at: usize| {
                let (present, tokens) = token(at);
                tokens.exact.first().copied().filter(|_| present)
            };
            let (named, name) = token(3);
            let (placed, address) = token(4);
            let order = crate::OrderTokens {
                alias: exact(0),
                marketplace_id: exact(1),
                ship_phone: exact(2),
                user_name: exact(5),
                order_id: exact(6),
                recipient_name: crate::NameTokens {
                    full: exact(3),
                    family: name.family.filter(|_| named),
                },
                address: exact(4),
                address_without_district: address.unsure.first().copied().filter(|_| placed),
                postcode: address.postcode.filter(|_| placed),
                country: address.country.filter(|_| placed),
                ..crate::OrderTokens::default()
            };
            let found = screen(&index, &order, &NoCrowd);
            for (number, identifiers) in (0u8..).zip(&listed) {
                let buyer = BuyerId::from_bytes([number; 16]);
                let alone = crate::explain(identifiers, &order, &NoCrowd);
                let in_list = found.iter().find(|found| found.buyer == buyer);
                prop_assert_eq!(in_list.map(|found| found.tier), alone.tier);
                if let Some(found) = in_list {
                    prop_assert_eq!(&found.reasons, &alone.reasons);
                }
            }
        }
    }

    #[test]
    fn holders_are_found_by_token() {
        let key = BlindKey::from_bytes([3; 32]);
        let tokens = identifier_tokens(&key, IdentifierKind::Phone, "+4993112345677").unwrap();
        let token = tokens.exact[0];
        let listed =
            ListedIdentifier { id: IdentifierId::from_bytes([0; 16]), shared: false, tokens };
        let mut index = Index::new();
        let buyers = [1, 2, 3].map(|number| BuyerId::from_bytes([number; 16]));
        for buyer in buyers {
            index.insert_buyer(buyer, std::slice::from_ref(&listed));
        }
        assert_eq!(index.holders(token).collect::<Vec<_>>(), buyers);
        index.remove_buyer(&buyers[1]);
        assert_eq!(index.holders(token).count(), 2);
        assert_eq!(index.holders(Token(1)).count(), 0);
        assert_eq!(format!("{index:?}"), "Index { buyers: 2, keys: 1 }");
    }
}
