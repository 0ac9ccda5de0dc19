//! Who stands under which key.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Numbers under keys, each list in rising order. Nearly every key has one number, which is held in place; all
/// longer lists lie in one piece of memory.
///
/// A list takes a block of a power of two, of which the first word is its length. Which one follows from the
/// length, so that lists that grew and shrank lie as ones written anew.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postings {
    /// The only number, or with the top bit set where the block begins.
    keys: HashMap<Key, u32, BuildHasherDefault<AlreadyMixed>>,
    blocks: Vec<u32>,
    /// Where blocks are free, by the logarithm of their size.
    free: [Vec<u32>; 32],
}

/// In halves, since a number beside a whole one would leave a gap of four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key([u32; 2]);

impl Key {
    const fn of(key: u64) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "the lower half")]
        Self([(key >> 32) as u32, key as u32])
    }

    fn whole(self) -> u64 {
        let [high, low] = self.0;
        u64::from(high) << 32 | u64::from(low)
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.whole());
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
        match self.keys.get(&Key::of(key)) {
            None => &[],
            Some(value) if value & SEVERAL == 0 => std::slice::from_ref(value),
            Some(value) => self.block((value & !SEVERAL) as usize),
        }
    }

    fn block(&self, start: usize) -> &[u32] {
        let Some((length, rest)) = self.blocks.get(start..).and_then(<[u32]>::split_first) else {
            return &[];
        };
        rest.get(..*length as usize).unwrap_or_default()
    }

    /// Puts a number under a key, unless it is there. Numbers are below 2³¹.
    pub(crate) fn put(&mut self, key: u64, number: u32) {
        let only = match self.keys.entry(Key::of(key)) {
            Entry::Vacant(place) => {
                place.insert(number);
                return;
            }
            Entry::Occupied(place) => *place.get(),
        };
        if only & SEVERAL == 0 {
            if only != number {
                let start = self.new_block(size_of(2));
                self.write(start, &[only.min(number), only.max(number)]);
                self.point(key, start);
            }
            return;
        }
        let start = (only & !SEVERAL) as usize;
        let numbers = self.block(start);
        let Err(at) = numbers.binary_search(&number) else { return };
        let length = numbers.len();
        let (old, new) = (size_of(length), size_of(length + 1));
        if old == new {
            if let Some(block) = self.blocks.get_mut(start..start + (1 << new)) {
                block.copy_within(at + 1..length + 1, at + 2);
                if let [count, rest @ ..] = block
                    && let Some(place) = rest.get_mut(at)
                {
                    *count += 1;
                    *place = number;
                }
            }
            return;
        }
        let mut numbers = numbers.to_vec();
        numbers.insert(at, number);
        self.give_back(start, old);
        let start = self.new_block(new);
        self.write(start, &numbers);
        self.point(key, start);
    }

    /// Takes a number from under a key.
    pub(crate) fn take(&mut self, key: u64, number: u32) {
        let Some(only) = self.keys.get(&Key::of(key)).copied() else { return };
        if only & SEVERAL == 0 {
            if only == number {
                self.keys.remove(&Key::of(key));
            }
            return;
        }
        let start = (only & !SEVERAL) as usize;
        let mut numbers = self.block(start).to_vec();
        let old = size_of(numbers.len());
        let Ok(at) = numbers.binary_search(&number) else { return };
        numbers.remove(at);
        if let [only] = *numbers {
            self.give_back(start, old);
            if let Some(value) = self.keys.get_mut(&Key::of(key)) {
                *value = only;
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
        self.point(key, start);
    }

    fn point(&mut self, key: u64, start: usize) {
        let value = u32::try_from(start).unwrap_or(SEVERAL - 1) | SEVERAL;
        self.keys.insert(Key::of(key), value);
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
        self.keys.len()
    }

    /// Every key, in no particular order.
    #[cfg(test)]
    pub(crate) fn all(&self) -> impl Iterator<Item = u64> + '_ {
        self.keys.keys().map(|key| key.whole())
    }
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

    proptest! {
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
