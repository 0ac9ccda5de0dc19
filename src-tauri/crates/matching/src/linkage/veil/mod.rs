//! What is kept of an order whose plaintext is purged, and what a listed person still sees in it.
//!
//! Kept are keyed hashes of any two things together, never of one alone: a name with a name, a name with
//! a part of the address, two parts of the address. Each thing goes in as it is spelled and as what a
//! slip of the pen leaves alone. Whoever holds the key and a listed person's plaintext can ask which
//! pairs of theirs the order has, and nothing else.
//!
//! A key says nothing of how it was made, so whatever changes one (a normal form, the way words are
//! hashed, a number in `frozen`) is a new [`Veil::SCHEME`].

mod frozen;
mod kept;
mod seen;
#[cfg(test)]
mod tests;

use super::model::Model;
use super::profile::Profile;
use crate::key::BlindKey;
use frozen::{Pair, has, kept_forms};
use kept::{fields_of, put_beside, put_name, put_place};

/// Keyed hashes of the pairs of one order. Holds no plaintext.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Veil {
    /// In ascending order, each once.
    keys: Vec<u64>,
    /// Which fields the order had, as bits of [`has`].
    fields: u8,
}

impl Veil {
    /// The pairs of an order.
    #[must_use]
    pub fn of(key: &BlindKey, model: &Model, order: &Profile) -> Self {
        let (mut keys, mut fields) = (Vec::with_capacity(64), 0);
        let mut put = |pair: Pair, one: u64, other: u64| {
            keys.push(key.pair(pair as u8, one, other));
        };
        for name in &order.names {
            fields |= if name.cjk { has::CJK_NAME } else { has::LATIN_NAME };
            put_name(model, name, &mut put);
            if name.generation.is_some() {
                fields |= has::GENERATION;
            }
        }
        for place in &order.places {
            fields |= fields_of(place);
            put_place(place, &mut put);
            for word in order.names.iter().flat_map(|name| &name.words) {
                for form in kept_forms(model, word) {
                    put_beside(form, place, &mut put);
                }
            }
        }
        for word in order.names.iter().flat_map(|name| &name.words) {
            for form in kept_forms(model, word) {
                for phone in &order.phones {
                    keys.push(key.pair(Pair::NamePhone as u8, form, *phone));
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        Self { keys, fields }
    }

    /// How keys are made. The stored form begins with it.
    pub const SCHEME: u8 = 1;

    /// The form in which it is stored: the scheme, which fields the order had, then the keys, ascending,
    /// eight bytes each, little-endian.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let head = [Self::SCHEME, self.fields];
        head.into_iter().chain(self.keys.iter().flat_map(|key| key.to_le_bytes())).collect()
    }

    /// Reads the stored form; `None` if it is not one, or of another scheme.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (&[Self::SCHEME, fields], keys) = bytes.split_first_chunk()? else { return None };
        let (keys, []) = keys.as_chunks::<8>() else { return None };
        let keys: Vec<u64> = keys.iter().map(|key| u64::from_le_bytes(*key)).collect();
        keys.is_sorted_by(|one, other| one < other).then_some(Self { keys, fields })
    }

    /// The keys by which the order is found again, ascending.
    #[must_use]
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    const fn had(&self, field: u8) -> bool {
        self.fields & field != 0
    }

    /// The order as far as the listed person's own words show it; what it had besides is there as words
    /// that agree with nothing.
    #[must_use]
    pub fn seen_by(&self, key: &BlindKey, model: &Model, listed: &Profile) -> Profile {
        self.seen(model, listed, &mut |pair, one, other| {
            self.keys.binary_search(&key.pair(pair as u8, one, other)).is_ok()
        })
    }

    /// Every key under which an order of the listed person may be kept.
    #[must_use]
    pub fn sought(key: &BlindKey, model: &Model, listed: &Profile) -> Vec<u64> {
        let mut keys = Vec::with_capacity(128);
        Self { keys: Vec::new(), fields: u8::MAX }.seen(model, listed, &mut |pair, one, other| {
            keys.push(key.pair(pair as u8, one, other));
            false
        });
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}
