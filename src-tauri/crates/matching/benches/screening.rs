//! How well the whole of screening recognises people in a scenario: equal tokens, likeness, what is
//! known of shared houses and numbers. The folder is that of the bench `scenarios`.
//!
//! `cargo bench -p buyerwatch-matching --bench screening -- FOLDER…`

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)]

use buyerwatch_domain::{
    Address, BuyerId, Ground, Identifier, IdentifierId, IdentifierKind, ObservedOrder, ReasonField,
    Tier, Timestamp, Token,
};
use buyerwatch_matching::{
    BlindKey, Crowd, Index, Likenesses, ListedIdentifier, NameTokens, Order, OrderTokens,
    linkage::Model, order_profile, order_tokens, recognise, unrelated_names, weigh_against,
};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
    time::Instant,
};

type Row = HashMap<String, String>;

fn main() {
    let arguments = std::env::args().skip(1);
    for folder in arguments.filter(|folder| Path::new(folder).join("truth.csv").exists()) {
        scenario(Path::new(&folder));
    }
}

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| -> Row {
        headers.iter().zip(record.iter()).map(|(h, v)| (h.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn order(row: &Row) -> ObservedOrder {
    let of = |name: &str| row.get(name).cloned().unwrap_or_default();
    ObservedOrder {
        order_id: of("id"),
        buyer_name: of("buyer_name"),
        recipient_name: of("recipient_name"),
        alias: of("email_alias"),
        phone: of("phone"),
        ship_to: Address {
            lines: vec![of("addr1"), of("addr2")],
            city: of("city"),
            state: of("state"),
            postal: of("postal"),
            country: of("country"),
        },
        ..ObservedOrder::default()
    }
}

fn id(number: usize, part: u8) -> [u8; 16] {
    let mut id = [part; 16];
    id[..8].copy_from_slice(&(number as u64).to_be_bytes());
    id
}

fn identifiers(at: usize, listed: &ObservedOrder) -> Vec<Identifier> {
    use IdentifierKind as K;
    let values = [
        (K::Name, listed.buyer_name.clone()),
        (K::Name, listed.recipient_name.clone()),
        (K::Alias, listed.alias.clone()),
        (K::Phone, listed.phone.clone()),
        (K::Address, listed.ship_to.one_line()),
    ];
    values
        .into_iter()
        .zip(1u8..)
        .filter(|((_, value), _)| !value.trim().is_empty())
        .map(|((kind, value), part)| Identifier {
            id: IdentifierId::from_bytes(id(at, part)),
            kind,
            value,
            shared: false,
            added_at: Timestamp::from_millis(0),
        })
        .collect()
}

/// All orders by token.
#[derive(Default)]
struct Stored(HashMap<Token, Vec<OrderTokens>>);

impl Crowd for Stored {
    fn distinct_names(&self, field: ReasonField, token: Token) -> u32 {
        let orders = self.0.get(&token).map(Vec::as_slice).unwrap_or_default();
        let name = |order: &OrderTokens| {
            let (first, second) = match field {
                ReasonField::Address | ReasonField::Street => {
                    (order.recipient_name, order.buyer_name)
                }
                _ => (order.buyer_name, order.recipient_name),
            };
            if first.is_present() { first } else { second }
        };
        let of: Vec<NameTokens> = orders
            .iter()
            .filter(|order| match field {
                ReasonField::Address => order.address == Some(token),
                _ => true,
            })
            .map(name)
            .collect();
        unrelated_names(field, of)
    }
}

fn scenario(folder: &Path) {
    let key = BlindKey::from_bytes([9; 32]);
    let listed: Vec<Row> = rows(&folder.join("flagged.csv"));
    let orders: Vec<Row> = rows(&folder.join("orders.csv"));
    let truth: HashMap<String, Row> = rows(&folder.join("truth.csv"))
        .into_iter()
        .map(|row| (row["order_id"].clone(), row))
        .collect();
    let (mut model, mut stored) = (Model::default(), Stored::default());
    let read: Vec<(ObservedOrder, OrderTokens)> = orders
        .iter()
        .map(|row| {
            let order = order(row);
            let tokens = order_tokens(&key, &order);
            (order, tokens)
        })
        .collect();
    for (order, tokens) in &read {
        model.learn(&order_profile(order));
        let carried = [tokens.alias, tokens.phone, tokens.address, tokens.building];
        for token in carried.into_iter().flatten() {
            stored.0.entry(token).or_default().push(*tokens);
        }
    }
    let (mut index, mut likenesses) = (Index::new(), Likenesses::default());
    likenesses.set_model(Arc::new(model));
    for (at, row) in listed.iter().enumerate() {
        let identifiers = identifiers(at, &order(row));
        let buyer = BuyerId::from_bytes(id(at, 0));
        let tokens = ListedIdentifier::all_of(&key, &identifiers).into_iter();
        let tokens: Vec<ListedIdentifier> = tokens.filter_map(|(_, listed)| listed.ok()).collect();
        index.insert_buyer(buyer, &tokens);
        likenesses.insert_buyer(buyer, &identifiers);
    }
    let mut took = Vec::with_capacity(orders.len());
    let mut tiers: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut kinds: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    let mut false_alerts = 0u32;
    let mut grounds: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (row, (order, tokens)) in orders.iter().zip(&read) {
        let start = Instant::now();
        let profile = order_profile(order);
        let alike = likenesses.find(&profile);
        let found = recognise(&index, &likenesses, tokens, || profile, &alike, &stored);
        took.push(start.elapsed());
        let truth = &truth[&row["id"]];
        let is_match = truth["kind"] == "match";
        let (mut alerted, mut possible) = (false, false);
        for found in found {
            let at = u64::from_be_bytes(found.buyer.as_bytes()[..8].try_into().unwrap());
            let right = is_match && truth["flagged_id"] == listed[at as usize]["id"];
            alerted |= found.tier == Tier::Alert;
            possible |= found.tier == Tier::Possible;
            let counts = tiers.entry(found.tier.code()).or_default();
            if right {
                counts.0 += 1
            } else {
                counts.1 += 1
            }
            if found.tier == Tier::Alert {
                let how = if right { "right" } else { "wrong" };
                *grounds.entry((how, Ground::of(&found.reasons).code())).or_default() += 1;
            }
        }
        if is_match && !alerted {
            let at = listed.iter().position(|listed| listed["id"] == truth["flagged_id"]).unwrap();
            let buyer = BuyerId::from_bytes(id(at, 0));
            let order = Order { tokens, profile: &order_profile(order) };
            let weighed = weigh_against(&index, &likenesses, order, &buyer, &stored).unwrap();
            *grounds.entry(("missed", Ground::of(&weighed.reasons).code())).or_default() += 1;
        }
        false_alerts += u32::from(alerted && !is_match);
        let kind = kinds.entry(truth["kind"].clone()).or_default();
        kind[0] += 1;
        kind[1] += u32::from(alerted);
        kind[2] += u32::from(possible && !alerted);
    }
    took.sort_unstable();
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let matches = kinds.get("match").map_or(0, |of| of[0]);
    let honest = u32::try_from(orders.len()).unwrap() - matches;
    let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
    for (tier, (right, wrong)) in &tiers {
        let (p, r) = (share(*right, right + wrong), share(*right, matches));
        println!("{name} {tier}: P {p:.4} R {r:.4} F1 {:.4}", 2.0 * p * r / (p + r));
    }
    println!("{name}: false alerts {false_alerts} of {honest} honest orders");
    let micros = |at: usize| took[at.min(took.len() - 1)].as_secs_f64() * 1e6;
    println!(
        "{name}: µs per order p50 {:.1}, p99 {:.1}",
        micros(took.len() / 2),
        micros(took.len() * 99 / 100)
    );
    for ((how, ground), count) in grounds {
        println!("{name} {how} by {ground}: {count}");
    }
    for (kind, [of, alerted, possible]) in kinds {
        println!("{name} {kind}: {of} orders, {alerted} alert, {possible} possible");
    }
}
