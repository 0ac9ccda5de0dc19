//! Counting who stands on how many lists.

use std::cmp::Reverse;

/// Room for counting; nothing is cleared between two orders.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    places: Vec<Place>,
    round: u32,
}

/// A number and how often it was met in that round.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    round: u32,
    number: u32,
    count: u32,
}

impl Tally {
    /// At most so many of the numbers that stand on at least so many of the lists: those on the most lists first,
    /// else in their order. No list has a number twice.
    pub(crate) fn most(&mut self, lists: &[&[u32]], least: usize, most: usize) -> Vec<u32> {
        let all: usize = lists.iter().map(|list| list.len()).sum();
        let mask = self.make_room(all);
        let least = u32::try_from(least).unwrap_or(u32::MAX);
        let mut reached: Vec<usize> = Vec::with_capacity(64);
        for number in lists.iter().copied().flatten() {
            let mut at = scattered(*number) & mask;
            while let Some(place) = self.places.get_mut(at) {
                if place.round != self.round {
                    *place = Place { round: self.round, number: *number, count: 0 };
                }
                if place.number == *number {
                    place.count += 1;
                    if place.count == least {
                        reached.push(at);
                    }
                    break;
                }
                at = (at + 1) & mask;
            }
        }
        let mut found: Vec<(Reverse<u32>, u32)> = Vec::with_capacity(reached.len());
        let places = reached.into_iter().filter_map(|at| self.places.get(at));
        found.extend(places.map(|place| (Reverse(place.count), place.number)));
        if self.places.len() > KEPT {
            self.places = Vec::new();
        }
        if found.len() > most {
            found.select_nth_unstable(most);
            found.truncate(most);
        }
        found.sort_unstable();
        found.into_iter().map(|(_, number)| number).collect()
    }

    /// Makes room for so many different numbers, half of it empty, and says its mask. Few numbers use its
    /// beginning only.
    fn make_room(&mut self, numbers: usize) -> usize {
        let size = (2 * numbers).next_power_of_two().max(64);
        if self.places.len() < size {
            self.places.resize(size, Place::default());
        }
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.places.fill(Place::default());
            self.round = 1;
        }
        size - 1
    }
}

/// Most places that are kept between two orders; who writes a thousand words shall not leave all that room behind.
const KEPT: usize = 1 << 16;

const fn scattered(number: u32) -> usize {
    ((number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn counted(lists: &[BTreeSet<u32>], least: usize, most: usize) -> Vec<u32> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for number in lists.iter().flatten() {
            *counts.entry(*number).or_default() += 1;
        }
        let mut all: Vec<(Reverse<usize>, u32)> =
            counts.into_iter().map(|(number, count)| (Reverse(count), number)).collect();
        all.retain(|(count, _)| count.0 >= least);
        all.sort_unstable();
        all.into_iter().map(|(_, number)| number).take(most).collect()
    }

    proptest! {
        #[test]
        fn as_counted_by_hand(
            rounds in prop::collection::vec(
                (prop::collection::vec(prop::collection::btree_set(0u32..90, 0..40), 0..9), 1usize..4, 0usize..30),
                1..5,
            ),
            last in any::<bool>(),
        ) {
            let mut tally = Tally { round: if last { u32::MAX - 1 } else { 0 }, ..Tally::default() };
            for (lists, least, most) in rounds {
                let slices: Vec<Vec<u32>> = lists.iter().map(|l| l.iter().copied().collect()).collect();
                let slices: Vec<&[u32]> = slices.iter().map(Vec::as_slice).collect();
                prop_assert_eq!(tally.most(&slices, least, most), counted(&lists, least, most));
            }
        }
    }

    #[test]
    fn much_room_is_not_kept() {
        let mut tally = Tally::default();
        let long: Vec<u32> = (0..100_000).collect();
        let every_second: Vec<u32> = long.iter().copied().step_by(2).collect();
        let expected: Vec<u32> = (0..50).map(|number| number * 2).collect();
        assert_eq!(tally.most(&[&long, &every_second], 2, 50), expected);
        assert_eq!(tally.places.len(), 0);
        assert_eq!(tally.most(&[&[7, 9], &[9]], 1, 50), [9, 7]);
        assert!(tally.places.len() < KEPT);
    }
}
