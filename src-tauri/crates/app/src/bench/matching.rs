//! How well people are recognised in a scenario, by the engine that screens orders.
//!
//! A scenario is a folder with `flagged.csv` (who is listed) and `orders.csv`, both with the columns
//! `id,buyer_name,recipient_name,email_alias,phone,addr1,addr2,city,state,postal,country`, and
//! `truth.csv` with `order_id,flagged_id,kind` and, where known, `lang`. `kind` is `match` for an order
//! of the listed person, else what kind of honest buyer it is from. An order of somebody who is listed
//! twice has a line for each; one that has none is honest, of the kind `unnamed`.
//!
//! All orders of the scenario are stored before the first is screened, as in a shop that lists somebody
//! and looks back: how rare names are and which addresses many share is known from them.

use crate::ApiError;
use buyerwatch_domain::{
    Address, BuyerId, Identifier, IdentifierId, IdentifierKind, ObservedOrder, Tier, Timestamp,
};
use buyerwatch_matching::{
    BlindKey, Index, Likenesses, ListedIdentifier, OrderTokens, OrdersInMemory, Veiled,
    linkage::{Guard, Model, Veil},
    order_profile, order_tokens, recognise, recognise_veiled,
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// How a scenario is measured.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Nobody is told apart from others of the household: to compare with programs that do not.
    pub guard_off: bool,
    /// Names and addresses of the orders are gone; what is left are keyed tokens.
    pub purged: bool,
}

/// What was found at one degree of sureness. Pairs of an order and a listed person are counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quality {
    /// Share of the found pairs that are right; 1 when nothing was found.
    pub precision: f64,
    /// Share of the orders of listed people that were found with the right person.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// Share of the honest orders for which somebody was found.
    pub false_alert_rate: f64,
}

/// Both degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tiers {
    /// Sure enough for an alert.
    pub alert: Quality,
    /// At least possible: alerts count here, too.
    pub possible: Quality,
}

/// Orders of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Kind {
    /// Orders of this kind.
    pub orders: u64,
    /// Of them, those that alert.
    pub alert: u64,
    /// Of them, those that are at least possible.
    pub possible: u64,
    /// Share that alerts.
    pub alert_rate: f64,
    /// Share that is at least possible.
    pub possible_rate: f64,
}

/// Microseconds to screen one order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Micros {
    /// Arithmetic mean.
    pub mean: f64,
    /// Median.
    pub p50: f64,
    /// 99 of 100 orders take no longer.
    pub p99: f64,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// Name of the folder.
    pub scenario: String,
    /// Listed people.
    pub listed: u64,
    /// Orders screened.
    pub orders: u64,
    /// Quality at each degree.
    pub tier: Tiers,
    /// By kind of order.
    pub by_kind: BTreeMap<String, Kind>,
    /// By language, where the scenario tells it, else by country of delivery.
    pub by_lang: BTreeMap<String, Tiers>,
    /// Time to screen one order, one after the other on one core.
    pub us_per_order: Micros,
    /// Megabytes of memory at the peak; none where the system does not tell.
    pub peak_mb: Option<f64>,
}

/// Measures a scenario.
///
/// # Errors
/// `scenario_unreadable` with the file, and the row where there is one, when a file is missing, is no
/// CSV or lacks a column, when there are no orders, or when `truth.csv` is about other ones.
pub fn measure(folder: &Path, options: Options) -> Result<Measured, ApiError> {
    let key = BlindKey::from_bytes([0x5C; 32]);
    let listed = people(&folder.join("flagged.csv"))?;
    let orders = people(&folder.join("orders.csv"))?;
    let truth = truths(&folder.join("truth.csv"))?;
    if orders.is_empty() {
        return Err(unreadable(&folder.join("orders.csv"), "it has no orders"));
    }
    if !truth.is_empty() && orders.iter().all(|order| !truth.contains_key(&order.order_id)) {
        return Err(unreadable(&folder.join("truth.csv"), "it names none of the orders"));
    }
    let unnamed = Truth::unnamed();
    let orders: Vec<(ObservedOrder, OrderTokens)> = orders
        .into_iter()
        .map(|order| {
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
    likenesses.set_guard(if options.guard_off { Guard::Off } else { Guard::On });
    let mut ids = HashMap::new();
    for (person, number) in listed.iter().zip(0_u64..) {
        let buyer = BuyerId::from_bytes(id(number, 0));
        let identifiers = identifiers(number, person);
        let tokens = ListedIdentifier::all_of(&key, &identifiers).into_iter();
        let tokens: Vec<ListedIdentifier> = tokens.filter_map(|(_, listed)| listed.ok()).collect();
        index.insert_buyer(buyer, &tokens);
        likenesses.insert_buyer(buyer, &identifiers);
        ids.insert(buyer, person.order_id.as_str());
    }
    let kept =
        if options.purged { Kept::of(&key, &likenesses.model(), &orders) } else { Kept::default() };
    let sharing = kept.sharing(&key, &likenesses);
    let mut took = Vec::with_capacity(orders.len());
    let (mut all, mut by_lang) = (Tally::default(), BTreeMap::<String, Tally>::new());
    let mut by_kind = BTreeMap::<String, Kind>::new();
    for (at, (order, tokens)) in orders.iter().enumerate() {
        let start = Instant::now();
        let found = if let Some(veil) = kept.veils.get(at) {
            let sharing = sharing.get(&at).cloned().unwrap_or_default();
            {
                let veiled = Veiled { key: &key, tokens, veil };
                recognise_veiled(&index, &likenesses, veiled, sharing, &stored)
            }
        } else {
            let profile = order_profile(order);
            let alike = likenesses.find(&profile);
            recognise(&index, &likenesses, tokens, || profile, &alike, &stored)
        };
        took.push(start.elapsed());
        let truth = truth.get(&order.order_id).unwrap_or(&unnamed);
        let is_right =
            |buyer| ids.get(buyer).is_some_and(|id| truth.matches.iter().any(|of| of == id));
        let of: Vec<(Tier, bool)> =
            found.iter().map(|found| (found.tier, is_right(&found.buyer))).collect();
        let lang = truth.lang.clone().unwrap_or_else(|| order.ship_to.country.clone());
        for tally in [&mut all, by_lang.entry(lang).or_default()] {
            tally.add(truth.matches.len(), &of);
        }
        let kind = by_kind.entry(truth.kind.clone()).or_default();
        kind.orders += 1;
        kind.alert += u64::from(of.iter().any(|(tier, _)| *tier == Tier::Alert));
        kind.possible += u64::from(!of.is_empty());
    }
    for kind in by_kind.values_mut() {
        kind.alert_rate = share(kind.alert, kind.orders);
        kind.possible_rate = share(kind.possible, kind.orders);
    }
    let name = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    Ok(Measured {
        scenario: name.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        listed: listed.len() as u64,
        orders: orders.len() as u64,
        tier: all.tiers(),
        by_kind,
        by_lang: by_lang.into_iter().map(|(lang, tally)| (lang, tally.tiers())).collect(),
        us_per_order: micros(took),
        peak_mb: peak_megabytes(),
    })
}

/// What is kept of purged orders: the veil of each, and which orders have a key.
#[derive(Default)]
struct Kept {
    veils: Vec<Veil>,
    with: HashMap<u64, Vec<usize>>,
}

/// A key of more orders leads to none: it says next to nothing.
const MOST_ORDERS: usize = 200;

impl Kept {
    fn of(key: &BlindKey, model: &Model, orders: &[(ObservedOrder, OrderTokens)]) -> Self {
        let mut kept = Self::default();
        for (at, (order, _)) in orders.iter().enumerate() {
            let veil = Veil::of(key, model, &order_profile(order));
            for key in veil.keys() {
                kept.with.entry(*key).or_default().push(at);
            }
            kept.veils.push(veil);
        }
        kept
    }

    /// The buyers who share two keys with an order, as whoever agrees in name and home does.
    fn sharing(&self, key: &BlindKey, likenesses: &Likenesses) -> HashMap<usize, Vec<BuyerId>> {
        let mut sharing: HashMap<usize, Vec<BuyerId>> = HashMap::new();
        if self.veils.is_empty() {
            return sharing;
        }
        for buyer in likenesses.buyers() {
            let sought = likenesses.sought(key, &buyer);
            let lists = sought.iter().filter_map(|key| self.with.get(key));
            let few = lists.filter(|orders| orders.len() <= MOST_ORDERS);
            let mut orders: Vec<usize> = few.flatten().copied().collect();
            orders.sort_unstable();
            for same in orders.chunk_by(|one, other| one == other) {
                if let [at, _, ..] = same {
                    sharing.entry(*at).or_default().push(buyer);
                }
            }
        }
        sharing
    }
}

/// What `truth.csv` says of an order.
struct Truth {
    /// Who of the listed placed it; nobody if it is honest.
    matches: Vec<String>,
    kind: String,
    lang: Option<String>,
}

impl Truth {
    fn unnamed() -> Self {
        Self { matches: Vec::new(), kind: "unnamed".to_owned(), lang: None }
    }
}

/// Pairs and orders counted, for alerts and for what is at least possible.
#[derive(Default)]
struct Tally {
    matches: u64,
    honest: u64,
    /// Right pairs, wrong pairs, honest orders with any: of alerts, then of both.
    found: [(u64, u64, u64); 2],
}

impl Tally {
    fn add(&mut self, matches: usize, found: &[(Tier, bool)]) {
        let honest = matches == 0;
        self.matches += matches as u64;
        self.honest += u64::from(honest);
        for ((right, wrong, touched), least) in
            self.found.iter_mut().zip([Tier::Alert, Tier::Possible])
        {
            let mut sure = found.iter().filter(|(tier, _)| *tier >= least).peekable();
            *touched += u64::from(honest && sure.peek().is_some());
            for (_, is_right) in sure {
                *(if *is_right { &mut *right } else { &mut *wrong }) += 1;
            }
        }
    }

    fn tiers(&self) -> Tiers {
        let of = |(right, wrong, touched): (u64, u64, u64)| {
            let found = right + wrong;
            let precision = if found == 0 { 1.0 } else { share(right, found) };
            let recall = share(right, self.matches);
            let sum = precision + recall;
            let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
            Quality { precision, recall, f1, false_alert_rate: share(touched, self.honest) }
        };
        let [alert, possible] = self.found.map(of);
        Tiers { alert, possible }
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of orders are far below 2^53")]
fn share(part: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

fn micros(mut took: Vec<Duration>) -> Micros {
    took.sort_unstable();
    let micros = |time: &Duration| time.as_secs_f64() * 1e6;
    let at = |percent: usize| {
        took.get((took.len() * percent / 100).min(took.len().saturating_sub(1))).map_or(0.0, micros)
    };
    let mean = took.iter().map(micros).sum::<f64>() / share(took.len() as u64, 1).max(1.0);
    Micros { mean, p50: at(50), p99: at(99) }
}

/// The kernel keeps the peak of a process itself.
fn peak_megabytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

fn unreadable(file: &Path, why: &str) -> ApiError {
    let file = file.display().to_string();
    let message = format!("{file} cannot be used: {why}");
    ApiError::new("scenario_unreadable", message).with("file", file).with("why", why)
}

/// Rows of a file as columns by name. The first line names them.
fn rows(file: &Path) -> Result<(csv::StringRecord, csv::Reader<File>), ApiError> {
    let failed = |error: csv::Error| unreadable(file, &error.to_string());
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(file).map_err(failed)?;
    let headers = reader.headers().map_err(failed)?.clone();
    Ok((headers, reader))
}

fn column(headers: &csv::StringRecord, name: &str) -> Option<usize> {
    headers.iter().position(|header| header.trim().trim_start_matches('\u{feff}') == name)
}

fn needed(file: &Path, headers: &csv::StringRecord, name: &str) -> Result<usize, ApiError> {
    column(headers, name).ok_or_else(|| unreadable(file, &format!("it has no column {name}")))
}

fn people(file: &Path) -> Result<Vec<ObservedOrder>, ApiError> {
    let (headers, mut reader) = rows(file)?;
    let id = needed(file, &headers, "id")?;
    let at = |name| column(&headers, name);
    let (buyer, recipient) = (at("buyer_name"), at("recipient_name"));
    let (alias, phone) = (at("email_alias"), at("phone"));
    let (addr1, addr2, city) = (at("addr1"), at("addr2"), at("city"));
    let (state, postal, country) = (at("state"), at("postal"), at("country"));
    let mut people = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(file, &error.to_string()))?;
        let of = |at: Option<usize>| {
            at.and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned()
        };
        let lines = [of(addr1), of(addr2)];
        people.push(ObservedOrder {
            order_id: of(Some(id)),
            buyer_name: of(buyer),
            recipient_name: of(recipient),
            alias: of(alias),
            phone: of(phone),
            ship_to: Address {
                lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
                city: of(city),
                state: of(state),
                postal: of(postal),
                country: of(country),
            },
            ..ObservedOrder::default()
        });
    }
    Ok(people)
}

fn truths(file: &Path) -> Result<HashMap<String, Truth>, ApiError> {
    let (headers, mut reader) = rows(file)?;
    let [order, flagged, kind] = ["order_id", "flagged_id", "kind"];
    let order = needed(file, &headers, order)?;
    let flagged = needed(file, &headers, flagged)?;
    let kind = needed(file, &headers, kind)?;
    let lang = column(&headers, "lang");
    let mut truths = HashMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(file, &error.to_string()))?;
        let of = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
        let lang = lang.map(of).filter(|lang| !lang.is_empty());
        let (flagged, mut kind) = (of(flagged), of(kind));
        let is_match = kind.eq_ignore_ascii_case("match");
        if is_match {
            kind.make_ascii_lowercase();
        }
        let matches = Vec::new();
        let entry = truths.entry(of(order)).or_insert(Truth { matches, kind: kind.clone(), lang });
        if is_match {
            entry.kind = kind;
            entry.matches.push(flagged);
        }
    }
    Ok(truths)
}

fn id(number: u64, part: u8) -> [u8; 16] {
    let mut id = [part; 16];
    for (place, byte) in id.iter_mut().zip(number.to_be_bytes()) {
        *place = byte;
    }
    id
}

/// What a person is listed with: the same as an agent would enter.
fn identifiers(number: u64, person: &ObservedOrder) -> Vec<Identifier> {
    use IdentifierKind as K;
    let values = [
        (K::Name, person.buyer_name.clone()),
        (K::Name, person.recipient_name.clone()),
        (K::Alias, person.alias.clone()),
        (K::Phone, person.phone.clone()),
        (K::Address, person.ship_to.one_line()),
    ];
    values
        .into_iter()
        .zip(1u8..)
        .filter(|((_, value), _)| !value.trim().is_empty())
        .map(|((kind, value), part)| Identifier {
            id: IdentifierId::from_bytes(id(number, part)),
            kind,
            value,
            shared: false,
            added_at: Timestamp::from_millis(0),
        })
        .collect()
}
