//! Whether a change left every verdict as it was: one digest over all that is found in a scenario.
//!
//! `cargo bench -p buyerwatch-matching --bench verdicts -- FOLDER…`, before and after; equal lines mean that
//! the same buyers were found for the same orders, with the same tiers, scores and reasons, bit by bit.
//!
//! A folder holds `flagged.csv` and `orders.csv` as the scenarios do. Everything is asked as the program asks it:
//! the orders are stored first, so that rare names and crowded houses are known; then each is screened, with
//! the household guard and without, and compared by likeness alone.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)]

use buyerwatch_domain::{
    Address, BuyerId, Identifier, IdentifierId, IdentifierKind, ObservedOrder, Timestamp,
};
use buyerwatch_matching::{
    BlindKey, Index, Likenesses, ListedIdentifier, OrderTokens, OrdersInMemory,
    linkage::{Addresses, Guard, Linker, Model, Profile},
    order_profile, order_tokens, recognise,
};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

fn main() {
    let folders: Vec<String> =
        std::env::args().skip(1).filter(|a| Path::new(a).join("orders.csv").exists()).collect();
    if folders.is_empty() {
        println!("name one or more folders with flagged.csv and orders.csv");
        return;
    }
    for folder in &folders {
        let folder = Path::new(folder);
        let (listed, orders) =
            (people(&folder.join("flagged.csv")), people(&folder.join("orders.csv")));
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        for guard in [Guard::On, Guard::Off] {
            let (found, digest) = screened(&listed, &orders, guard);
            println!("{name} guard {guard:?}: {found} found, {digest}");
        }
        let (found, digest) = alike(&listed, &orders);
        println!("{name} likeness alone: {found} found, {digest}");
    }
}

/// As the program screens.
fn screened(listed: &[ObservedOrder], orders: &[ObservedOrder], guard: Guard) -> (u64, String) {
    let key = BlindKey::from_bytes([0x5C; 32]);
    let tokens: Vec<OrderTokens> = orders.iter().map(|order| order_tokens(&key, order)).collect();
    let (mut model, mut stored) = (Model::default(), OrdersInMemory::default());
    for (order, tokens) in orders.iter().zip(&tokens) {
        model.learn(&order_profile(order));
        stored.put(tokens);
    }
    let (mut index, mut likenesses) = (Index::new(), Likenesses::default());
    likenesses.set_model(Arc::new(model));
    likenesses.set_guard(guard);
    let mut buyers = Vec::new();
    for (number, person) in (0u64..).zip(listed) {
        let (buyer, identifiers) =
            (BuyerId::from_bytes(id(number, 0)), identifiers(number, person));
        let all = ListedIdentifier::all_of(&key, &identifiers).into_iter();
        let usable: Vec<ListedIdentifier> = all.filter_map(|(_, listed)| listed.ok()).collect();
        index.insert_buyer(buyer, &usable);
        likenesses.insert_buyer(buyer, &identifiers);
        buyers.push(buyer);
    }
    let (mut digest, mut found) = (blake3::Hasher::new(), 0);
    for (order, tokens) in orders.iter().zip(&tokens) {
        let profile = order_profile(order);
        let alike = likenesses.find(&profile);
        for of in recognise(&index, &likenesses, tokens, || profile, &alike, &stored) {
            digest.update(order.order_id.as_bytes());
            digest.update(format!("{of:?}").as_bytes());
            digest.update(&of.score.to_bits().to_le_bytes());
            found += 1;
        }
        for of in likenesses.look_up(&order_profile(order)).into_iter().take(3) {
            digest.update(format!("{of:?}").as_bytes());
        }
    }
    for buyer in &buyers {
        digest.update(format!("{:?}", likenesses.alike(buyer)).as_bytes());
    }
    let both: BTreeSet<_> = buyers.iter().zip(buyers.iter().skip(1)).take(500).collect();
    for (one, other) in both {
        digest.update(format!("{:?}", likenesses.weigh_pair(one, other)).as_bytes());
    }
    (found, short(&digest))
}

/// Names and addresses with telephone numbers and aliases, without tokens.
fn alike(listed: &[ObservedOrder], orders: &[ObservedOrder]) -> (u64, String) {
    let whole = |order: &ObservedOrder| {
        let mut profile: Profile = order_profile(order);
        profile.add_phone(&order.phone);
        profile.add_alias(&order.alias);
        profile
    };
    let (mut model, mut crowd, mut linker) =
        (Model::default(), Addresses::default(), Linker::default());
    for order in orders {
        model.learn(&whole(order));
        crowd.learn(&whole(order));
    }
    for person in listed {
        linker.insert(whole(person));
    }
    let (mut digest, mut count) = (blake3::Hasher::new(), 0);
    for order in orders {
        for found in linker.find(&model, Some(&crowd), &whole(order)) {
            digest.update(format!("{found:?}").as_bytes());
            digest.update(&found.side.score.to_bits().to_le_bytes());
            count += 1;
        }
    }
    (count, short(&digest))
}

fn short(digest: &blake3::Hasher) -> String {
    digest.finalize().to_hex().as_str().chars().take(24).collect()
}

fn people(file: &Path) -> Vec<ObservedOrder> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(file).unwrap();
    let headers = reader.headers().unwrap().clone();
    let person = |record: csv::StringRecord| {
        let of = |name: &str| {
            let at = headers.iter().position(|header| header == name);
            at.and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned()
        };
        let lines = [of("addr1"), of("addr2")];
        ObservedOrder {
            order_id: of("id"),
            buyer_name: of("buyer_name"),
            recipient_name: of("recipient_name"),
            alias: of("email_alias"),
            phone: of("phone"),
            ship_to: Address {
                lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
                city: of("city"),
                state: of("state"),
                postal: of("postal"),
                country: of("country"),
            },
            ..ObservedOrder::default()
        }
    };
    reader.records().map(|record| person(record.unwrap())).collect()
}

fn id(number: u64, part: u8) -> [u8; 16] {
    let mut id = [part; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    id
}

fn identifiers(number: u64, person: &ObservedOrder) -> Vec<Identifier> {
    use IdentifierKind as K;
    let values = [
        (K::Name, person.buyer_name.clone()),
        (K::Name, person.recipient_name.clone()),
        (K::Alias, person.alias.clone()),
        (K::Phone, person.phone.clone()),
        (K::Address, person.ship_to.one_line()),
    ];
    let put = |((kind, value), part): ((IdentifierKind, String), u8)| Identifier {
        id: IdentifierId::from_bytes(id(number, part)),
        kind,
        value,
        shared: false,
        added_at: Timestamp::from_millis(0),
    };
    let named = values.into_iter().zip(1u8..).filter(|((_, value), _)| !value.trim().is_empty());
    named.map(put).collect()
}
