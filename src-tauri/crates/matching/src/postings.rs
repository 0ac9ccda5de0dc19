//! Who stands under which key.

use std::hash::Hasher;
use std::hint::black_box;

/// Numbers under keys, each list in rising order. Nearly every key has one number, which is held in place; all
/// longer lists lie in one piece of memory.
///
/// Keys are hashes, so where one belongs in the order of all is nearly known: they lie in that order with gaps
/// between them, and one read from memory finds one. A longer list takes a block of a power of two, of which the
/// first word is its length.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postings {
    keys: Vec<Place>,
    filled: usize,
    /// So many of the places are shared out evenly among the keys; what is pushed out at the end lies behind.
    even: usize,
    blocks: Vec<u32>,
    /// Where blocks are free, by the logarithm of their size.
    free: [Vec<u32>; 32],
}

/// A key and its only number, or with the top bit set where its block begins.
///
/// The key is in halves, since a number beside a whole one would leave a gap of four bytes.
#[derive(Debug, Clone, Copy)]
struct Place {
    high: u32,
    low: u32,
    value: u32,
}

const GAP: Place = Place { high: 0, low: 0, value: u32::MAX };

impl Place {
    const fn of(key: u64, value: u32) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "halves")]
        Self { high: (key >> 32) as u32, low: key as u32, value }
    }

    const fn is_gap(self) -> bool {
        self.value == GAP.value
    }

    const fn key(self) -> u64 {
        (self.high as u64) << 32 | self.low as u64
    }
}

const SEVERAL: u32 = 1 << 31;

/// The logarithm of the block for so many numbers.
const fn size_of(length: usize) -> usize {
    (length + 1).next_power_of_two().ilog2() as usize
}

impl Postings {
    /// The numbers under a key.
    pub(crate) fn get(&self, key: u64) -> &[u32] {
        self.value(key).map_or(&[], |value| self.list(value))
    }

    /// The numbers under each of the keys.
    pub(crate) fn get_all(&self, keys: &[u64]) -> Vec<&[u32]> {
        self.fetch(keys.iter().copied());
        let mut values: Vec<&u32> = Vec::with_capacity(keys.len());
        values.extend(keys.iter().filter_map(|key| self.value(*key)));
        let several = values.iter().filter(|value| **value & SEVERAL != 0);
        let starts = several.filter_map(|value| self.blocks.get((**value & !SEVERAL) as usize));
        fetch(starts, |length| *length);
        values.into_iter().map(|value| self.list(value)).collect()
    }

    /// Sees to it that the keys are near when they are asked for. On a long list every read waits for memory;
    /// those that do not need each other wait together.
    pub(crate) fn fetch(&self, keys: impl Iterator<Item = u64>) {
        fetch(keys.filter_map(|key| self.keys.get(self.home(key))), |place| place.low);
    }

    fn list<'a>(&'a self, value: &'a u32) -> &'a [u32] {
        if value & SEVERAL == 0 {
            std::slice::from_ref(value)
        } else {
            self.block((value & !SEVERAL) as usize)
        }
    }

    fn value(&self, key: u64) -> Option<&u32> {
        let place = self.keys.get(self.find(key).ok()?)?;
        Some(&place.value)
    }

    /// Where a key would lie if none were in its way.
    fn home(&self, key: u64) -> usize {
        ((u128::from(key) * self.even as u128) >> 64) as usize
    }

    /// Where a key is, else where it would be put.
    fn find(&self, key: u64) -> Result<usize, usize> {
        let mut at = self.home(key);
        while let Some(place) = self.keys.get(at) {
            if place.is_gap() || place.key() > key {
                return Err(at);
            }
            if place.key() == key {
                return Ok(at);
            }
            at += 1;
        }
        Err(at)
    }

    fn insert(&mut self, at: usize, key: u64, value: u32) {
        let behind = self.keys.get(at..).unwrap_or_default();
        let gap = behind.iter().position(|place| place.is_gap()).map(|gap| at + gap);
        let gap = gap.unwrap_or_else(|| {
            self.keys.push(GAP);
            self.keys.len() - 1
        });
        self.keys.copy_within(at..gap, at + 1);
        if let Some(place) = self.keys.get_mut(at) {
            *place = Place::of(key, value);
        }
        self.filled += 1;
    }

    fn remove(&mut self, at: usize) {
        // Those behind move up as far as their homes.
        let moves = |at: usize| {
            let place = self.keys.get(at).filter(|place| !place.is_gap())?;
            (self.home(place.key()) < at).then_some(())
        };
        let end = (at + 1..).find(|at| moves(*at).is_none()).unwrap_or(at + 1);
        self.keys.copy_within(at + 1..end, at);
        if let Some(last) = self.keys.get_mut(end - 1) {
            *last = GAP;
        }
        self.filled -= 1;
    }

    /// Makes room for one more key: two of three places are filled at most.
    fn make_room(&mut self) {
        if self.filled < self.even / 3 * 2 {
            return;
        }
        self.even = (self.even + self.even / 2).max(48);
        let mut keys = Vec::with_capacity(self.even + 16);
        for place in self.keys.iter().filter(|place| !place.is_gap()) {
            let home = self.home(place.key());
            if keys.len() < home {
                keys.resize(home, GAP);
            }
            keys.push(*place);
        }
        if keys.len() < self.even {
            keys.resize(self.even, GAP);
        }
        self.keys = keys;
    }

    fn block(&self, start: usize) -> &[u32] {
        let Some((length, rest)) = self.blocks.get(start..).and_then(<[u32]>::split_first) else {
            return &[];
        };
        rest.get(..*length as usize).unwrap_or_default()
    }

    /// Puts a number under a key, unless it is there. Numbers are below 2³¹ - 1.
    pub(crate) fn put(&mut self, key: u64, number: u32) {
        self.make_room();
        let at = match self.find(key) {
            Ok(at) => at,
            Err(at) => {
                self.insert(at, key, number);
                return;
            }
        };
        let Some(only) = self.keys.get(at).map(|place| place.value) else { return };
        if only & SEVERAL == 0 {
            if only != number {
                let start = self.new_block(size_of(2));
                self.write(start, &[only.min(number), only.max(number)]);
                self.point(at, start);
            }
            return;
        }
        let start = (only & !SEVERAL) as usize;
        let numbers = self.block(start);
        let Err(rank) = numbers.binary_search(&number) else { return };
        let length = numbers.len();
        let (old, new) = (size_of(length), size_of(length + 1));
        if old == new {
            if let Some(block) = self.blocks.get_mut(start..start + (1 << new)) {
                block.copy_within(rank + 1..length + 1, rank + 2);
                if let [count, rest @ ..] = block
                    && let Some(place) = rest.get_mut(rank)
                {
                    *count += 1;
                    *place = number;
                }
            }
            return;
        }
        let mut numbers = numbers.to_vec();
        numbers.insert(rank, number);
        self.give_back(start, old);
        let start = self.new_block(new);
        self.write(start, &numbers);
        self.point(at, start);
    }

    /// Takes a number from under a key.
    pub(crate) fn take(&mut self, key: u64, number: u32) {
        let Ok(at) = self.find(key) else { return };
        let Some(only) = self.keys.get(at).map(|place| place.value) else { return };
        if only & SEVERAL == 0 {
            if only == number {
                self.remove(at);
            }
            return;
        }
        let start = (only & !SEVERAL) as usize;
        let mut numbers = self.block(start).to_vec();
        let old = size_of(numbers.len());
        let Ok(rank) = numbers.binary_search(&number) else { return };
        numbers.remove(rank);
        if let [only] = *numbers {
            self.give_back(start, old);
            if let Some(place) = self.keys.get_mut(at) {
                place.value = only;
            }
            return;
        }
        let new = size_of(numbers.len());
        let start = if new == old {
            start
        } else {
            self.give_back(start, old);
            self.new_block(new)
        };
        self.write(start, &numbers);
        self.point(at, start);
    }

    fn point(&mut self, at: usize, start: usize) {
        if let Some(place) = self.keys.get_mut(at) {
            place.value = u32::try_from(start).unwrap_or(SEVERAL - 2) | SEVERAL;
        }
    }

    fn new_block(&mut self, size: usize) -> usize {
        if let Some(start) = self.free.get_mut(size).and_then(Vec::pop) {
            return start as usize;
        }
        let start = self.blocks.len();
        self.blocks.resize(start + (1 << size), 0);
        start
    }

    fn give_back(&mut self, start: usize, size: usize) {
        if let (Some(free), Ok(start)) = (self.free.get_mut(size), u32::try_from(start)) {
            free.push(start);
        }
    }

    fn write(&mut self, start: usize, numbers: &[u32]) {
        if let Some([count, rest @ ..]) = self.blocks.get_mut(start..)
            && let Some(place) = rest.get_mut(..numbers.len())
        {
            *count = u32::try_from(numbers.len()).unwrap_or_default();
            place.copy_from_slice(numbers);
        }
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.filled
    }

    /// Every key, in order.
    #[cfg(test)]
    pub(crate) fn all(&self) -> impl Iterator<Item = u64> + '_ {
        self.keys.iter().filter(|place| !place.is_gap()).map(|place| place.key())
    }
}

/// Reads something of each, so that it is near when it is looked at.
pub(crate) fn fetch<'a, T: 'a>(all: impl Iterator<Item = &'a T>, read: impl Fn(&T) -> u32) {
    black_box(all.fold(0, |sum: u32, one| sum ^ read(one)));
}

/// Keys are hashes already: hashing them again adds nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AlreadyMixed(u64);

impl Hasher for AlreadyMixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        // A closing multiplication leaves the low bits the poorest.
        self.0 = key ^ (key >> 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Keys that are spread as hashes are, and some that crowd at both ends.
    fn key(number: u64) -> u64 {
        match number % 3 {
            0 => number.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            1 => number,
            _ => u64::MAX - number,
        }
    }

    proptest! {
        #[test]
        fn many_keys_stay_in_order(
            steps in prop::collection::vec((0u64..120, prop::bool::weighted(0.6)), 0..500)
        ) {
            let mut postings = Postings::default();
            let mut expected = BTreeSet::new();
            for (number, put) in steps {
                let key = key(number);
                if put {
                    postings.put(key, 7);
                    expected.insert(key);
                } else {
                    postings.take(key, 7);
                    expected.remove(&key);
                }
                prop_assert!(postings.all().eq(expected.iter().copied()));
            }
            let all: Vec<u64> = (0..120).map(key).collect();
            for key in &all {
                let held: &[u32] = if expected.contains(key) { &[7] } else { &[] };
                prop_assert_eq!(postings.get(*key), held);
            }
            prop_assert_eq!(postings.get_all(&all).len(), expected.len());
            prop_assert_eq!(postings.len(), expected.len());
        }

        #[test]
        fn every_key_has_what_was_put_and_not_taken(
            steps in prop::collection::vec((0u64..4, 0u32..40, prop::bool::weighted(0.7)), 0..400)
        ) {
            let mut postings = Postings::default();
            let mut expected: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
            for (key, number, put) in steps {
                if put {
                    postings.put(key, number);
                    expected.entry(key).or_default().insert(number);
                } else {
                    postings.take(key, number);
                    expected.entry(key).or_default().remove(&number);
                }
                for (key, numbers) in &expected {
                    let numbers: Vec<u32> = numbers.iter().copied().collect();
                    prop_assert_eq!(postings.get(*key), numbers.as_slice());
                }
            }
            let filled = expected.values().filter(|numbers| !numbers.is_empty()).count();
            prop_assert_eq!(postings.len(), filled);
        }
    }

    #[test]
    fn room_is_used_again() {
        let mut postings = Postings::default();
        let all = |postings: &mut Postings, step: fn(&mut Postings, u64, u32)| {
            for (key, number) in (0..64u32).flat_map(|number| [(1, number), (2, number)]) {
                step(postings, key, number);
            }
        };
        all(&mut postings, Postings::put);
        let most = postings.blocks.len();
        all(&mut postings, Postings::take);
        assert_eq!(postings.len(), 0);
        all(&mut postings, Postings::put);
        assert_eq!(postings.blocks.len(), most);
    }
}
