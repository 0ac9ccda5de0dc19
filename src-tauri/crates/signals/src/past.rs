//! Counting over the whole past: little is kept of each act, so that a million fit, and all else is
//! read again of those few who may reach a count.

use crate::{Act, By, History, count::DAY_MS};
use buyerwatch_domain::{Timestamp, Token};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// One act of an identity: 24 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick {
    /// Whose.
    pub identity: Token,
    /// When.
    pub at: Timestamp,
    /// What the caller finds it again by.
    pub what: i64,
}

/// Acts of many identities.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    ticks: Vec<Tick>,
}

impl Tally {
    /// Takes an act in.
    pub fn add(&mut self, tick: Tick) {
        self.ticks.push(tick);
    }

    /// How many different acts were taken in.
    pub fn distinct(&mut self) -> usize {
        self.ticks.sort_unstable();
        self.ticks.dedup();
        self.ticks.len()
    }

    /// The acts of every identity with so many in so many days, oldest first. Whoever reaches a
    /// counter of that count is among them: an order may have been taken in more than once, and a
    /// share is not looked at.
    #[must_use]
    pub fn reaching(mut self, count: u32, days: u32) -> Vec<Vec<Tick>> {
        self.distinct();
        let of_one = self.ticks.chunk_by(|a, b| a.identity == b.identity);
        let reach = of_one.filter(|acts| {
            let at = |tick: &Tick| tick.at;
            !windows(acts, at, count, days).is_empty()
        });
        reach.map(<[Tick]>::to_vec).collect()
    }
}

/// Where at least `count` of them lie within so many days, greedily from the first; a count of 0 is
/// 1. What is in one such span is in no other. They must be sorted by time.
pub fn windows<T>(
    acts: &[T],
    at: impl Fn(&T) -> Timestamp,
    count: u32,
    days: u32,
) -> Vec<Range<usize>> {
    let needed = usize::try_from(count.max(1)).unwrap_or(usize::MAX);
    let span = i64::from(days).saturating_mul(DAY_MS);
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(first) = acts.get(from) {
        let until = at(first).millis().saturating_add(span);
        let end = acts.partition_point(|one| at(one).millis() <= until);
        if end - from >= needed {
            found.push(from..end);
            from = end;
        } else {
            from += 1;
        }
    }
    found
}

/// What the other orders of an identity say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Otherwise {
    /// Orders beside those that count.
    pub orders: usize,
    /// Of them, clean ones.
    pub clean: usize,
}

impl Otherwise {
    /// The orders beside those within. One is clean when nothing is known of it but that it was
    /// placed, or that the shop itself ended it: no other cancellation, no return, and it is not
    /// among the `marred`.
    #[must_use]
    pub fn of(history: &History, within: &BTreeSet<&str>, marred: &BTreeSet<String>) -> Self {
        let mut orders: BTreeMap<&str, bool> = BTreeMap::new();
        // What the shop ended, the buyer did not, whatever another report leaves open.
        let by_shop: BTreeSet<&str> = history
            .observed
            .iter()
            .filter(|one| one.act == Act::Cancelled(By::Shop))
            .map(|one| one.order_id.as_str())
            .collect();
        for one in &history.observed {
            let order = one.order_id.as_str();
            if within.contains(order) {
                continue;
            }
            let clean = match one.act {
                Act::Placed | Act::Cancelled(By::Shop) => true,
                Act::Cancelled(By::Unknown) => by_shop.contains(order),
                _ => false,
            };
            let clean = clean && !marred.contains(order);
            orders.entry(order).and_modify(|so_far| *so_far &= clean).or_insert(clean);
        }
        Self { orders: orders.len(), clean: orders.values().filter(|clean| **clean).count() }
    }

    /// There are other orders, and all of them are clean.
    #[must_use]
    pub const fn only_clean(self) -> bool {
        self.orders > 0 && self.clean == self.orders
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Counted, Counter, Observed};
    use proptest::prelude::*;

    fn tick(identity: i64, day: i64) -> Tick {
        let at = Timestamp::from_millis(day * DAY_MS);
        Tick { identity: Token(identity), at, what: day }
    }

    fn seen(order: &str, act: Act) -> Observed {
        Observed { at: Some(Timestamp::from_millis(0)), order_id: order.to_owned(), act }
    }

    #[test]
    fn only_who_has_enough_within_the_days_is_looked_at() {
        let mut tally = Tally::default();
        for (identity, days) in [(1, [1, 2, 31]), (2, [1, 2, 32]), (3, [40, 41, 90])] {
            days.into_iter().rev().for_each(|day| tally.add(tick(identity, day)));
        }
        // Twice the same is once.
        tally.add(tick(3, 41));
        let reaching = tally.reaching(3, 30);
        assert_eq!(reaching, [vec![tick(1, 1), tick(1, 2), tick(1, 31)]]);
    }

    #[test]
    fn what_another_order_carries_decides_whether_it_is_clean() {
        use Act::{Cancelled, NotReceived, Placed, Returned};
        let observed = vec![
            seen("within", Cancelled(By::Buyer)),
            seen("plain", Placed),
            seen("ended by the shop", Placed),
            seen("ended by the shop", Cancelled(By::Unknown)),
            seen("ended by the shop", Cancelled(By::Shop)),
        ];
        let mut history = History { identity: Token(1), exempt: false, observed };
        let within = BTreeSet::from(["within"]);
        let none = BTreeSet::new();
        let good = Otherwise::of(&history, &within, &none);
        assert_eq!(good, Otherwise { orders: 2, clean: 2 });
        assert!(good.only_clean());
        let marred = Otherwise::of(&history, &within, &BTreeSet::from(["plain".to_owned()]));
        assert_eq!((marred.clean, marred.only_clean()), (1, false));
        for act in [
            Returned(By::Buyer),
            Returned(By::Shop),
            NotReceived(By::Buyer),
            Cancelled(By::Unknown),
        ] {
            history.observed.push(seen("plain", act));
            assert!(!Otherwise::of(&history, &within, &none).only_clean(), "{act:?}");
            history.observed.pop();
        }
        // Nothing is not good either.
        history.observed.truncate(1);
        assert!(!Otherwise::of(&history, &within, &none).only_clean());
    }

    #[test]
    fn a_count_is_reached_with_the_act_that_makes_it_enough() {
        let counter = Counter { counted: Counted::Returns, ..Counter::many_returns() };
        let at = |day: i64, order: i64, act| Observed {
            at: Some(Timestamp::from_millis(day * DAY_MS)),
            order_id: order.to_string(),
            act,
        };
        let placed = (0..8).map(|order| at(order, order, Act::Placed));
        let back = (0..7).map(|order| at(20 + order, order, Act::Returned(By::Buyer)));
        let observed = placed.chain(back).collect();
        let history = History { identity: Token(1), exempt: false, observed };
        let found = counter.propose(&history, &BTreeSet::new());
        assert_eq!(found[0].reached.millis() / DAY_MS, 24, "the fifth of seven");
    }

    proptest! {
        #[test]
        fn whoever_is_proposed_was_looked_at(
            days in prop::collection::vec(0i64..120, 0..12), count in 1u32..5, window in 1u32..60
        ) {
            let counter = Counter {
                clause: String::new(), counted: Counted::Cancels, count, window_days: window, rate: None,
            };
            let mut tally = Tally::default();
            let mut observed = Vec::new();
            for (order, day) in days.iter().enumerate() {
                tally.add(Tick { what: 0, ..tick(1, *day) });
                tally.add(Tick { what: 1 + order as i64, ..tick(1, *day) });
                observed.push(Observed {
                    at: Some(Timestamp::from_millis(day * DAY_MS)),
                    order_id: order.to_string(),
                    act: Act::Cancelled(By::Buyer),
                });
            }
            let history = History { identity: Token(1), exempt: false, observed };
            let proposed = !counter.propose(&history, &BTreeSet::new()).is_empty();
            prop_assert!(!proposed || !tally.reaching(count, window).is_empty());
        }
    }
}
