//! Finding whom an order may be of among many listed.

use super::compare::{Side, compare};
use super::model::{Addresses, Model};
use super::profile::{NameProfile, PlaceProfile, Profile};
use std::collections::HashMap;

/// Listed people, found by compound keys: any two things that agree, never one alone.
#[derive(Debug, Default)]
pub struct Linker {
    people: Vec<Profile>,
    keys: HashMap<u64, Vec<u32>>,
}

/// A listed person who may be the one.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which one, in the order in which they were put in.
    pub person: u32,
    /// The argument.
    pub side: Side,
}

/// Most people under one key; more say nothing.
const POSTING: usize = 200;

/// Most people who are compared field by field.
const COMPARED: usize = 50;

impl Linker {
    /// Puts a person in.
    pub fn insert(&mut self, person: Profile) {
        let slot = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        for key in keys(&person) {
            let slots = self.keys.entry(key).or_default();
            if slots.len() < POSTING && slots.last() != Some(&slot) {
                slots.push(slot);
            }
        }
        self.people.push(person);
    }

    /// How many are in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// A listed person.
    #[must_use]
    pub fn person(&self, at: u32) -> Option<&Profile> {
        self.people.get(at as usize)
    }

    /// Those who share a key with the order, compared with it, best first.
    #[must_use]
    pub fn find(&self, model: &Model, crowd: Option<&Addresses>, order: &Profile) -> Vec<Found> {
        self.find_sharing(1, model, crowd, order)
    }

    /// As [`find`](Self::find), of those who share at least so many keys. Whoever agrees in name and
    /// home shares several; one key alone brings in whole towns.
    #[must_use]
    pub fn find_sharing(
        &self,
        least: usize,
        model: &Model,
        crowd: Option<&Addresses>,
        order: &Profile,
    ) -> Vec<Found> {
        let mut slots: Vec<u32> = Vec::new();
        for key in keys(order) {
            slots.extend(self.keys.get(&key).map(Vec::as_slice).unwrap_or_default());
        }
        slots.sort_unstable();
        let mut hits: Vec<(u32, usize)> = slots
            .chunk_by(|one, other| one == other)
            .filter(|same| same.len() >= least)
            .filter_map(|same| Some((*same.first()?, same.len())))
            .collect();
        hits.sort_unstable_by_key(|(slot, count)| (std::cmp::Reverse(*count), *slot));
        hits.truncate(COMPARED);
        let mut found: Vec<Found> = hits
            .into_iter()
            .filter_map(|(slot, _)| {
                let person = self.people.get(slot as usize)?;
                Some(Found { person: slot, side: compare(model, crowd, order, person) })
            })
            .collect();
        found.sort_by(|one, other| other.side.score.total_cmp(&one.side.score));
        found
    }
}

fn pair(kind: u64, one: u64, other: u64) -> u64 {
    // The same whichever comes first.
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    let mut mixed = low.rotate_left(29) ^ high.wrapping_mul(0xC4CE_B9FE_1A85_EC53) ^ kind;
    mixed ^= mixed >> 31;
    mixed.wrapping_mul(0xFF51_AFD7_ED55_8CCD)
}

/// Keys of a person, each once.
fn keys(person: &Profile) -> Vec<u64> {
    let mut keys = Vec::with_capacity(48);
    keys.extend(person.phones.iter().map(|phone| pair(12, *phone, 12)));
    keys.extend(person.aliases.iter().map(|alias| pair(13, *alias, 13)));
    for name in &person.names {
        of_name(name, &mut keys);
    }
    for place in &person.places {
        of_place(place, &mut keys);
        for name in &person.names {
            of_both(name, place, &mut keys);
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn of_name(name: &NameProfile, keys: &mut Vec<u64>) {
    if name.cjk {
        for word in &name.words {
            keys.push(pair(1, word.hash, 1));
        }
        keys.extend(name.turned.map(|turned| pair(1, turned, 1)));
        return;
    }
    for (i, one) in name.words.iter().enumerate() {
        for other in name.words.iter().skip(i + 1) {
            keys.push(pair(2, one.skeleton, other.skeleton));
        }
    }
    keys.push(pair(3, super::profile::hash(&name.joined), 3));
}

fn of_place(place: &PlaceProfile, keys: &mut Vec<u64>) {
    let number = place.numbers.first();
    for street in &place.street {
        if let Some(number) = number {
            keys.push(pair(4, street.skeleton, number.hash));
        }
        if let Some(postcode) = &place.postcode {
            keys.push(pair(5, street.skeleton, postcode.hash));
        }
        if let Some(city) = &place.city {
            keys.push(pair(11, street.skeleton, city.skeleton));
        }
    }
    if let (Some(number), Some(postcode)) = (number, &place.postcode) {
        keys.push(pair(6, number.hash, postcode.hash));
    }
}

fn of_both(name: &NameProfile, place: &PlaceProfile, keys: &mut Vec<u64>) {
    for word in name.words.iter().filter(|word| !word.is_initial()) {
        if let Some(postcode) = &place.postcode {
            keys.push(pair(7, word.skeleton, postcode.hash));
        }
        for number in place.numbers.iter().take(1) {
            keys.push(pair(8, word.skeleton, number.hash));
        }
        if let Some(city) = &place.city {
            keys.push(pair(9, word.skeleton, city.skeleton));
        }
        for street in &place.street {
            keys.push(pair(10, word.skeleton, street.skeleton));
        }
    }
}
