//! How rare things are among the shop's orders.

use super::profile::{PlaceProfile, Profile, Word, hash};
use crate::normalise::country::Country;
use crate::postings::AlreadyMixed;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// How often words of names and parts of addresses occur: agreement on a rare one says more.
///
/// Starts from what is true of any shop and learns from its orders.
#[derive(Debug, Clone, Default)]
pub struct Model {
    names: Counts,
    streets: Counts,
    cities: Counts,
    postcodes: Counts,
    numbers: Counts,
    countries: Counts,
}

/// Orders that weigh as much as what is assumed beforehand.
const ASSUMED: f64 = 300.0;

/// Orders after which a name not seen twice is rare: one in 2,000 is 11 bits, as much as a home that
/// differs takes away.
const ENOUGH_NAMES: f64 = 2_000.0;

/// By so much at most the shop's orders make a known name rarer than it is in the world.
const LEAST_OF_ASSUMED: f64 = 3.0;

/// Orders under a word of a name that show that such people order.
const SUCH: u32 = 4;

#[derive(Debug, Clone, Default)]
struct Counts {
    of: HashMap<u64, u32, BuildHasherDefault<AlreadyMixed>>,
    total: u32,
}

impl Counts {
    fn add(&mut self, hash: u64) {
        *self.of.entry(hash).or_default() += 1;
    }

    /// Share of the population in which it occurs, blended with what is assumed.
    fn share(&self, hash: u64, assumed: f64) -> f64 {
        let seen = f64::from(self.of.get(&hash).copied().unwrap_or(0));
        // Something seen once may be rarer than once in so many.
        (seen + ASSUMED * assumed) / (f64::from(self.total) + ASSUMED)
    }
}

impl Model {
    /// Takes in one order.
    pub fn learn(&mut self, order: &Profile) {
        if let Some(name) = order.names.first() {
            self.names.total += 1;
            for word in &name.words {
                self.names.add(word.hash);
            }
        }
        for place in &order.places {
            self.streets.total += 1;
            for word in &place.street {
                self.streets.add(word.hash);
            }
            for number in place.numbers.iter().take(1) {
                self.numbers.total += 1;
                self.numbers.add(number.hash);
            }
            if let Some(country) = place.country {
                self.countries.total += 1;
                self.countries.add(country_key(country));
            }
            if let Some(city) = &place.city {
                self.cities.total += 1;
                self.cities.add(city.hash);
            }
            if let Some(postcode) = &place.postcode {
                self.postcodes.total += 1;
                self.postcodes.add(postcode.hash);
            }
        }
    }

    /// Share of names with the word. A name that is common in the world is not held to be rare for nobody's having
    /// ordered under it yet: who is listed shows that such people do.
    pub(crate) fn name(&self, word: &Word) -> f64 {
        let assumed = super::tables::share_of_name(&word.text);
        let known = assumed > super::tables::UNKNOWN;
        let least = if known { assumed / LEAST_OF_ASSUMED } else { 0.0 };
        self.names.share(word.hash, assumed).max(least)
    }

    /// Whether the shop has such people as customers, as far as the words of one name tell: from a country of which it
    /// knows nobody, every name seems rare.
    pub(crate) fn knows_such(&self, words: &[Word]) -> bool {
        words.iter().filter(|word| !word.is_initial()).any(|word| self.seen(word) >= SUCH)
    }

    fn seen(&self, word: &Word) -> u32 {
        self.names.of.get(&word.hash).copied().unwrap_or(0)
    }

    /// From 0, when no order was seen, to 1, when enough were to tell a rare name from one that the
    /// tables do not hold.
    pub(crate) fn names_known(&self) -> f64 {
        (f64::from(self.names.total) / ENOUGH_NAMES).min(1.0)
    }

    /// Whether the word is a name that people bear, not a slip of the pen.
    pub(crate) fn is_name(&self, word: &Word) -> bool {
        super::tables::is_name(&word.text) || self.seen(word) >= 3
    }

    pub(crate) fn street(&self, word: &Word) -> f64 {
        self.streets.share(word.hash, 1.0 / 4_000.0)
    }

    /// Share of the addresses in the country, if it is known, that lie in the town. Names tell the country
    /// already, so that a town is no rarer for its country's being rare.
    pub(crate) fn city(&self, word: &Word, country: Option<Country>) -> f64 {
        let there = country.map_or(1.0, |of| self.countries.share(country_key(of), 1.0));
        (self.cities.share(word.hash, 1.0 / 500.0) / there).min(1.0)
    }

    pub(crate) fn postcode(&self, word: &Word) -> f64 {
        self.postcodes.share(word.hash, 1.0 / 2_000.0)
    }

    pub(crate) fn number(&self, word: &Word) -> f64 {
        let assumed = match word.letters {
            0 | 1 => 1.0 / 12.0,
            2 => 1.0 / 60.0,
            3 => 1.0 / 400.0,
            4 => 1.0 / 2_000.0,
            _ => 1.0 / 6_000.0,
        };
        self.numbers.share(word.hash, assumed)
    }
}

fn country_key(country: Country) -> u64 {
    hash(country.postal().code())
}

/// What [`Crowd`](crate::Crowd) is for tokens: how many different names are seen at an address.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    names: HashMap<u64, Vec<u64>>,
}

/// More names than these are not told apart.
const MOST_NAMES: usize = 24;

impl Addresses {
    /// Takes in one order.
    pub fn learn(&mut self, order: &Profile) {
        let Some(name) = order.names.first() else { return };
        let mut words: Vec<u64> = name.words.iter().map(|word| word.hash).collect();
        words.sort_unstable();
        let name = words.into_iter().fold(0, |all: u64, word| all.rotate_left(7) ^ word);
        for place in &order.places {
            for key in [building(place), dwelling(place)].into_iter().flatten() {
                let names = self.names.entry(key).or_default();
                if names.len() < MOST_NAMES && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }

    /// Different names at a house with all its flats.
    pub(crate) fn at_building(&self, place: &PlaceProfile) -> usize {
        building(place).and_then(|key| self.names.get(&key)).map_or(0, Vec::len)
    }

    /// Different names at a flat, or at a house without any.
    pub(crate) fn at_dwelling(&self, place: &PlaceProfile) -> usize {
        dwelling(place).and_then(|key| self.names.get(&key)).map_or(0, Vec::len)
    }
}

/// Street, number and where it is. The postcode when there is one, else the city.
fn building(place: &PlaceProfile) -> Option<u64> {
    let number = place.numbers.first()?;
    if place.joined.is_empty() {
        return None;
    }
    let end = place.postcode.as_ref().or(place.city.as_ref()).map_or(0, |word| word.hash);
    Some(hash(&place.joined).rotate_left(21) ^ number.hash.rotate_left(42) ^ end)
}

fn dwelling(place: &PlaceProfile) -> Option<u64> {
    let building = building(place)?;
    let units = place.units.iter().fold(1u64, |all, unit| all.wrapping_mul(31) ^ unit.hash);
    Some(building.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ units)
}
