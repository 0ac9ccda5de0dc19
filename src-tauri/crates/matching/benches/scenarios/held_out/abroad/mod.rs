//! Eleven lands, five of which no rule has met, with other noise than `known`: streets and numbers swapped, lines parted
//! elsewhere, companies before the name, flats within the name, towns with their districts, and so on.
//!
//! Towns have sizes, and names their frequencies. All kinds of orders are written with the same noise, so that only who
//! and where tells them apart. Among the honest are those who live beside a listed person, those who share a flat with
//! one or have it now, and houses of forty. Some orders of every kind bear a number of the shop instead of the buyer's.

use super::{Dice, Order, Scenario, alias, finished, next_id};
use lands::{ALL, Land};
use person::{Home, Person, family, flat, given, home, home_in, middle, person, person_at, phone};
use std::collections::HashMap;
use writing::{Shop, initial_and_family};

mod lands;
mod person;
mod writing;

/// How a scenario is made.
pub struct Size {
    pub name: &'static str,
    seed: u64,
    listed: usize,
    matches: usize,
    honest: usize,
    households: usize,
    namesakes: usize,
    forwarded: usize,
}

pub const SIZES: [Size; 2] = [
    Size {
        name: "abroad",
        seed: 0x5EED_0005,
        listed: 2_000,
        matches: 1_000,
        honest: 20_000,
        households: 800,
        namesakes: 600,
        forwarded: 800,
    },
    Size {
        name: "abroad, short list",
        seed: 0x5EED_0006,
        listed: 120,
        matches: 400,
        honest: 6_000,
        households: 300,
        namesakes: 200,
        forwarded: 200,
    },
];

/// The lands whose misses may be looked at.
const SEEN: [&str; 6] = ["CZ", "DK", "FI", "IN", "AT", "US"];

/// Where many strangers get their parcels.
struct Places {
    forwarders: Vec<Home>,
    houses: Vec<Home>,
}

impl Places {
    fn new(dice: &mut Dice, houses: usize) -> Self {
        let forwarders = [Land::Us, Land::Us, Land::At, Land::Cz, Land::Tw];
        let forwarders = forwarders.map(|land| Home { flat: None, ..home(dice, land) }).into();
        let house = |n: usize| {
            let land = ALL[n % ALL.len()];
            let house = dice.one(&person::split(land.words().houses));
            Home { house: Some(house), ..home(dice, land) }
        };
        Self { forwarders, houses: (0..houses).map(house).collect() }
    }

    /// Anybody from anywhere.
    fn customer(&self, dice: &mut Dice) -> Person {
        let at = self.forwarders[dice.below(self.forwarders.len())].clone();
        let home = Home { customer: Some(1_000 + dice.below(60_000)), ..at };
        Person { home, ..person(dice) }
    }

    fn resident(&self, dice: &mut Dice, n: usize) -> Person {
        let at = self.houses[n % self.houses.len()].clone();
        let home = Home { flat: Some(flat(dice, at.land)), ..at };
        person_at(dice, home)
    }
}

/// A listed person later on.
fn later(dice: &mut Dice, listed: &Person) -> Person {
    let mut of = listed.clone();
    match dice.below(100) {
        0..4 => of.home = home(dice, of.home.land),
        4..8 => of.home = home_in(dice, of.home.land, of.home.town),
        _ => {}
    }
    // By marriage, at the same home.
    if dice.percent(if of.woman { 5 } else { 1 }) {
        of.family = family(dice, of.land);
        of.home = listed.home.clone();
    }
    if dice.percent(30) {
        of.phone = phone(dice, of.land);
    }
    if dice.percent(65) {
        of.alias = alias(dice);
    }
    of
}

/// Somebody honest: most are strangers anywhere.
fn honest(dice: &mut Dice, places: &Places, listed: &[Person], n: usize) -> Person {
    let near = &listed[dice.below(listed.len())];
    match n % 50 {
        0 => {
            let home = near.home.beside(dice);
            person_at(dice, home)
        }
        // Of the same flat, or its next tenant.
        1 => {
            let mut of = person_at(dice, near.home.clone());
            while of.family == near.family {
                of.family = family(dice, of.land);
            }
            of
        }
        12 | 37 => places.resident(dice, n / 25),
        _ => person(dice),
    }
}

/// Another of the same home, one in ten with the same initial.
fn relative(dice: &mut Dice, listed: &Person) -> Person {
    let mut of = listed.clone();
    let alike = dice.percent(10);
    for _ in 0..200 {
        of.woman = dice.percent(50);
        of.given = given(dice, of.land, of.woman);
        let same = of.given.chars().next() == listed.given.chars().next();
        if of.given != listed.given && (same || !alike) {
            break;
        }
    }
    if of.given == listed.given {
        of.given = format!("{} {}", of.given, given(dice, of.land, of.woman));
    }
    // Brothers and sisters share the name of their mother or father, and a Dane the middle name.
    let shared = matches!(of.land, Land::Br | Land::In | Land::Dk) && dice.percent(60);
    if !shared {
        of.middle = middle(dice, of.land, of.woman);
    }
    // Wives keep their names there.
    if matches!(of.land, Land::Vn | Land::Tw | Land::Us) && dice.percent(30) {
        of.family = family(dice, of.land);
    }
    of.phone = phone(dice, of.land);
    of.alias = alias(dice);
    of
}

/// One of the listed, by how many honest bear the same name and, three in ten, evenly.
fn common(dice: &mut Dice, bearers: &[usize]) -> usize {
    let all: usize = bearers.iter().sum();
    if all == 0 || dice.percent(30) {
        return dice.below(bearers.len());
    }
    let mut left = dice.below(all);
    let reached = |of: &usize| {
        let here = left < *of;
        left = left.saturating_sub(*of);
        here
    };
    bearers.iter().position(reached).unwrap_or(0)
}

/// Makes one.
pub fn made(size: &Size) -> Scenario {
    let mut dice = Dice(size.seed);
    let dice = &mut dice;
    let shop = Shop::new(dice);
    let places = Places::new(dice, size.honest / 1_000);
    let mut listed: Vec<Person> = (0..size.listed).map(|_| person(dice)).collect();
    for _ in 0..size.listed / 25 {
        let at = dice.below(listed.len());
        listed[at] = places.customer(dice);
    }
    for n in 0..places.houses.len() {
        let at = dice.below(listed.len());
        listed[at] = places.resident(dice, n);
    }
    let mut orders: Vec<Order> = Vec::new();
    for n in 0..size.matches {
        let at = (n * 7 + dice.below(7)) % size.listed;
        let of = later(dice, &listed[at]);
        orders.push((shop.order(dice, next_id(&orders), &of), "match", at));
    }
    let mut bearers: HashMap<String, usize> = HashMap::new();
    for n in 0..size.honest {
        let of = honest(dice, &places, &listed, n);
        *bearers.entry(of.name()).or_default() += 1;
        orders.push((shop.order(dice, next_id(&orders), &of), "honest", 0));
    }
    for _ in 0..size.households {
        let at = dice.below(size.listed);
        let of = relative(dice, &listed[at]);
        let mut order = shop.order(dice, next_id(&orders), &of);
        if dice.percent(6) {
            initial_and_family(&mut order, &of);
        }
        orders.push((order, "household", 0));
    }
    let bearers: Vec<usize> =
        listed.iter().map(|of| bearers.get(&of.name()).copied().unwrap_or(0)).collect();
    for _ in 0..size.namesakes {
        let mut of = listed[common(dice, &bearers)].clone();
        of.home = home(dice, of.land);
        of.phone = phone(dice, of.land);
        of.alias = alias(dice);
        orders.push((shop.order(dice, next_id(&orders), &of), "namesake", 0));
    }
    for _ in 0..size.forwarded {
        let of = places.customer(dice);
        orders.push((shop.order(dice, next_id(&orders), &of), "forwarder", 0));
    }
    let flagged = (0..).zip(&listed).map(|(n, of)| shop.entry(dice, format!("L{n}"), of)).collect();
    Scenario { seen: &SEEN, ..finished(size.name, flagged, orders) }
}
