//! Counting what orders, claims and returns say of one identity.
//!
//! Only keyed tokens, order IDs and times go in, so that counting goes on after the plaintext was
//! purged. What comes out is a proposal with the observations it rests on.

use buyerwatch_domain::{Clause, SignalKind, Timestamp, Token};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Whose doing something was, as far as the report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// The buyer's: who asked through the marketplace to cancel, or sent back what was as ordered.
    Buyer,
    /// That of the shop, the marketplace or the carrier: says nothing of the buyer.
    Shop,
    /// The report does not say. It counts, and the proposal says how many are of this sort.
    Unknown,
}

/// Where a SAFE-T claim of the shop stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SafeTState {
    /// Filed and not decided.
    Open,
    /// The marketplace reimbursed the shop.
    Granted,
    /// The marketplace refused.
    Denied,
}

/// What was observed of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// It was placed.
    Placed,
    /// It was cancelled.
    Cancelled(By),
    /// The buyer said that it did not arrive: by a claim; of unknown doing when they only demanded a
    /// refund for it in a message.
    NotReceived(By),
    /// The buyer sent it back.
    Returned(By),
    /// The shop filed a SAFE-T claim about its return.
    SafeT(SafeTState, By),
}

impl Act {
    /// Whose doing it was, of those acts that may be somebody else's.
    const fn by(self) -> Option<By> {
        match self {
            Self::Cancelled(by)
            | Self::NotReceived(by)
            | Self::Returned(by)
            | Self::SafeT(_, by) => Some(by),
            Self::Placed => None,
        }
    }

    fn is_unsure(self) -> bool {
        self.by() == Some(By::Unknown)
    }
}

/// One observation, tied to an order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observed {
    /// When it happened; for a cancellation whose time no report tells, when the order was placed. What
    /// bears no date at all never counts: it may have been at any time.
    pub at: Option<Timestamp>,
    /// The order, in the marketplace's writing.
    pub order_id: String,
    /// What happened.
    pub act: Act,
}

/// An observation whose time is known, so that it counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// When it happened.
    pub at: Timestamp,
    /// The order, in the marketplace's writing.
    pub order_id: String,
    /// What happened.
    pub act: Act,
}

impl Seen {
    fn is_unsure(&self) -> bool {
        self.act.is_unsure()
    }
}

/// All that was observed of one identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The identity.
    pub identity: Token,
    /// It belongs to many people, or is trusted: nothing is proposed about it.
    pub exempt: bool,
    /// In any order, repetitions allowed.
    pub observed: Vec<Observed>,
}

/// What a counter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// Orders that were cancelled, not by the shop.
    Cancels,
    /// Orders said not to have arrived.
    NotReceived,
    /// Orders sent back, and not for what the shop or the carrier did.
    Returns,
    /// Orders about whose return a SAFE-T claim was granted, and not for what the carrier did.
    SafeTGranted,
    /// The same of claims that were filed, whatever became of them.
    SafeTFiled,
}

/// A share of the orders placed in the same window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// At least this share of them, in percent.
    pub percent: u32,
    /// A share says nothing of fewer orders than this.
    pub orders: u32,
    /// Of fewer orders the count alone decides; otherwise it is never reached by them.
    pub few_count: bool,
    /// Neither is a share asked for where enough of the observations are surely the buyer's doing.
    pub sure_count: bool,
}

/// When a count becomes a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Code of the clause that it may fall under.
    pub clause: String,
    /// What is counted. An order counts once.
    pub counted: Counted,
    /// How many are needed; 0 counts as 1.
    pub count: u32,
    /// Days that they may span.
    pub window_days: u32,
    /// And, if set, this share of the orders.
    pub rate: Option<Rate>,
}

impl Counted {
    /// What a person is told was noticed.
    #[must_use]
    pub const fn signal(self) -> SignalKind {
        match self {
            Self::Cancels => SignalKind::Cancels,
            Self::NotReceived => SignalKind::NotReceived,
            Self::Returns => SignalKind::Returns,
            Self::SafeTGranted | Self::SafeTFiled => SignalKind::SafeT,
        }
    }
}

impl Counter {
    /// The counter for a clause, with the clause's own threshold; `None` if orders and claims do
    /// not tell whether it is met.
    ///
    /// That a return was abused only a person can see. So for it the shop's granted SAFE-T claims
    /// count here; [`Counter::many_returns`] is the other sign.
    #[must_use]
    pub fn of(clause: &Clause) -> Option<Self> {
        let counted = match clause.code.as_str() {
            "REPEAT_CANCEL" => Counted::Cancels,
            "NOT_RECEIVED_CLAIMS" => Counted::NotReceived,
            "RETURN_ABUSE" => Counted::SafeTGranted,
            _ => return None,
        };
        Some(Self {
            clause: clause.code.clone(),
            counted,
            count: clause.threshold.count,
            window_days: clause.threshold.window_days,
            rate: None,
        })
    }

    /// Unusually many returns: at least 5 in 180 days and half of at least 8 orders. Nobody is
    /// proposed for sending back a few things.
    #[must_use]
    pub fn many_returns() -> Self {
        Self {
            clause: "RETURN_ABUSE".to_owned(),
            counted: Counted::Returns,
            count: 5,
            window_days: 180,
            rate: Some(Rate { percent: 50, orders: 8, few_count: false, sure_count: false }),
        }
    }

    /// The same as a signal. Whoever orders a lot loses a parcel now and then, and has an order cancelled by
    /// nobody knows whom: of 10 orders or more, a tenth of them has to count beside the count. Cancellations
    /// that are surely the buyer's count as they are.
    #[must_use]
    pub fn for_signals(self) -> Self {
        let sure_count = match self.counted {
            Counted::NotReceived => false,
            Counted::Cancels => true,
            Counted::Returns | Counted::SafeTGranted | Counted::SafeTFiled => return self,
        };
        let rate = Rate { percent: 10, orders: 10, few_count: true, sure_count };
        Self { rate: self.rate.or(Some(rate)), ..self }
    }

    /// Whether an act is one of those that are counted.
    #[must_use]
    pub fn counts(&self, act: Act) -> bool {
        self.is_about(act) && act.by() != Some(By::Shop)
    }

    /// Whether an act is of the sort that is counted, whosever doing it was.
    const fn is_about(&self, act: Act) -> bool {
        match self.counted {
            Counted::Cancels => matches!(act, Act::Cancelled(_)),
            Counted::NotReceived => matches!(act, Act::NotReceived(_)),
            Counted::Returns => matches!(act, Act::Returned(_)),
            Counted::SafeTGranted => matches!(act, Act::SafeT(SafeTState::Granted, _)),
            Counted::SafeTFiled => matches!(act, Act::SafeT(..)),
        }
    }

    /// What a person may be asked to look at, oldest first; windows do not overlap.
    ///
    /// Observations in `rejected` do not count again: whoever rejected a proposal has judged them.
    #[must_use]
    pub fn propose(&self, history: &History, rejected: &BTreeSet<Observed>) -> Vec<Proposal> {
        if history.exempt {
            return Vec::new();
        }
        let counted = self.once_per_order(history, rejected);
        let needed = usize::try_from(self.count.max(1)).unwrap_or(usize::MAX);
        let span = i64::from(self.window_days).saturating_mul(DAY_MS);
        let mut proposals = Vec::new();
        let mut rest = counted.as_slice();
        while let Some((first, later)) = rest.split_first() {
            let until = first.at.millis().saturating_add(span);
            let inside = rest.partition_point(|one| one.at.millis() <= until);
            let (window, after) = rest.split_at(inside);
            let orders = placed(history, window, span);
            if window.len() >= needed && self.share_reached(window, orders) {
                proposals.push(Proposal {
                    identity: history.identity,
                    clause: self.clause.clone(),
                    from: first.at,
                    until: window.last().map_or(first.at, |last| last.at),
                    reached: self.reached(history, window, needed, span),
                    orders,
                    unsure: window.iter().filter(|one| one.is_unsure()).count(),
                    observed: window.to_vec(),
                });
                rest = after;
            } else {
                rest = later;
            }
        }
        proposals
    }

    /// The earliest counted observation of each order, oldest first; what bears no date is none.
    fn once_per_order(&self, history: &History, rejected: &BTreeSet<Observed>) -> Vec<Seen> {
        let mut by_order: BTreeMap<&str, Seen> = BTreeMap::new();
        // One judgement of an order holds for whatever else is counted of it.
        let judged: BTreeSet<&str> = rejected
            .iter()
            .filter(|one| self.counts(one.act))
            .map(|one| one.order_id.as_str())
            .collect();
        // What was the shop's doing was not the buyer's, whatever another report leaves open.
        let by_shop: BTreeSet<&str> = history
            .observed
            .iter()
            .filter(|one| self.is_about(one.act) && one.act.by() == Some(By::Shop))
            .map(|one| one.order_id.as_str())
            .collect();
        for one in history.observed.iter().filter(|one| self.counts(one.act)) {
            let order = one.order_id.as_str();
            let excused = one.act.is_unsure() && by_shop.contains(order);
            if excused || judged.contains(order) {
                continue;
            }
            let Some(at) = one.at else { continue };
            let seen = || Seen { at, order_id: one.order_id.clone(), act: one.act };
            let kept = by_order.entry(order).or_insert_with(seen);
            if (one.act, at) < (kept.act, kept.at) {
                *kept = seen();
            }
        }
        let mut counted: Vec<Seen> = by_order.into_values().collect();
        counted.sort();
        counted
    }

    /// When the first of the counted ones were enough.
    fn reached(&self, history: &History, window: &[Seen], needed: usize, span: i64) -> Timestamp {
        let enough = (needed..=window.len()).find_map(|count| {
            let (some, _) = window.split_at(count);
            let last = some.last()?;
            let share =
                self.rate.is_none() || self.share_reached(some, placed(history, some, span));
            share.then_some(last.at)
        });
        enough.or_else(|| window.last().map(|last| last.at)).unwrap_or_default()
    }

    fn share_reached(&self, counted: &[Seen], orders: usize) -> bool {
        let Some(rate) = self.rate else { return true };
        let needed = usize::try_from(self.count.max(1)).unwrap_or(usize::MAX);
        let sure = counted.iter().filter(|one| !one.is_unsure()).count();
        if rate.sure_count && sure >= needed {
            return true;
        }
        let least = usize::try_from(rate.orders).unwrap_or(usize::MAX);
        let percent = usize::try_from(rate.percent).unwrap_or(usize::MAX);
        if orders < least {
            return rate.few_count;
        }
        counted.len().saturating_mul(100) >= orders.saturating_mul(percent)
    }
}

/// Orders against which the counted ones are held: those placed in the span that ends with the last of
/// them, and they themselves. What is sent back was ordered before, so a span that began with the
/// first return would leave the orders out that make a good customer. So would leaving out orders of which
/// no report says when they were placed: they are held against it, too.
fn placed(history: &History, counted: &[Seen], span: i64) -> usize {
    let Some(last) = counted.last() else { return 0 };
    let from = last.at.millis().saturating_sub(span);
    let within = |one: &&Observed| {
        let then = |at: Timestamp| (from..=last.at.millis()).contains(&at.millis());
        one.act == Act::Placed && one.at.is_none_or(then)
    };
    let placed = history.observed.iter().filter(within).map(|one| one.order_id.as_str());
    let orders = placed.chain(counted.iter().map(|one| one.order_id.as_str()));
    orders.collect::<BTreeSet<_>>().len()
}

/// A count that was reached: something for a person to look at. By identity, clause and
/// [`from`](Self::from) it is the only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Whose orders.
    pub identity: Token,
    /// Code of the clause.
    pub clause: String,
    /// The first that counts.
    pub from: Timestamp,
    /// The last that counts.
    pub until: Timestamp,
    /// When there were enough.
    pub reached: Timestamp,
    /// Orders placed in as many days up to `until`, with those that count.
    pub orders: usize,
    /// Of the observations, how many may be the doing of the shop or of the carrier.
    pub unsure: usize,
    /// What counts, oldest first, one for each order.
    pub observed: Vec<Seen>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use buyerwatch_domain::shipped_criteria;

    fn seen(day: i64, order: u32, act: Act) -> Observed {
        let at = Some(Timestamp::from_millis(day * DAY_MS));
        Observed { at, order_id: format!("302-0000001-{order:07}"), act }
    }

    fn cancelled(day: i64, order: u32) -> Observed {
        seen(day, order, Act::Cancelled(By::Buyer))
    }

    fn history(observed: Vec<Observed>) -> History {
        History { identity: Token(7), exempt: false, observed }
    }

    fn repeat_cancel() -> Counter {
        let criteria = shipped_criteria();
        let clause = criteria.iter().find_map(|of| of.clause("REPEAT_CANCEL")).unwrap();
        Counter::of(clause).unwrap()
    }

    fn proposed(counter: &Counter, observed: Vec<Observed>) -> Vec<Vec<i64>> {
        let days = |proposal: Proposal| {
            proposal.observed.iter().map(|one| one.at.millis() / DAY_MS).collect()
        };
        let proposals = counter.propose(&history(observed), &BTreeSet::new());
        proposals.into_iter().map(days).collect()
    }

    #[test]
    fn three_within_the_window_and_not_two_or_over_its_end() {
        let counter = repeat_cancel();
        assert_eq!((counter.count, counter.window_days), (3, 30));
        assert!(proposed(&counter, vec![cancelled(1, 1), cancelled(2, 2)]).is_empty());
        let far = vec![cancelled(1, 1), cancelled(20, 2), cancelled(32, 3)];
        assert!(proposed(&counter, far).is_empty());
        let near = vec![cancelled(31, 3), cancelled(1, 1), cancelled(20, 2)];
        assert_eq!(proposed(&counter, near), [[1, 20, 31]]);
    }

    #[test]
    fn windows_do_not_overlap_and_take_all_that_is_inside() {
        let days = [1, 25, 26, 27, 60, 100, 101, 102];
        let observed = days.iter().zip(1..).map(|(day, order)| cancelled(*day, order)).collect();
        assert_eq!(
            proposed(&repeat_cancel(), observed),
            [vec![1, 25, 26, 27], vec![100, 101, 102]]
        );
    }

    #[test]
    fn an_order_counts_once_and_what_the_shop_ended_never() {
        let counter = repeat_cancel();
        let same = vec![cancelled(1, 1), cancelled(1, 1), cancelled(2, 1), cancelled(3, 2)];
        assert!(proposed(&counter, same).is_empty());
        let by = |day, order, by| seen(day, order, Act::Cancelled(by));
        let shop =
            vec![by(1, 1, By::Shop), by(1, 1, By::Unknown), cancelled(2, 2), cancelled(3, 3)];
        assert!(proposed(&counter, shop).is_empty());
        let unknown = vec![by(1, 1, By::Unknown), cancelled(2, 2), cancelled(3, 3)];
        let found = counter.propose(&history(unknown), &BTreeSet::new());
        assert_eq!(found.first().map(|proposal| proposal.unsure), Some(1));
    }

    #[test]
    fn what_came_back_by_the_fault_of_shop_or_carrier_never_counts() {
        let counter = Counter { count: 2, rate: None, ..Counter::many_returns() };
        let back = |order, by| seen(1, order, Act::Returned(by));
        let fault = vec![back(1, By::Buyer), back(2, By::Shop), back(3, By::Shop)];
        assert!(proposed(&counter, fault).is_empty());
        // Another report of the same order leaves open what one does not.
        let open = vec![back(1, By::Buyer), back(2, By::Shop), back(2, By::Unknown)];
        assert!(proposed(&counter, open).is_empty());
        let unknown = vec![back(1, By::Buyer), back(2, By::Unknown)];
        let found = counter.propose(&history(unknown), &BTreeSet::new());
        assert_eq!(found.first().map(|proposal| proposal.unsure), Some(1));

        let criteria = shipped_criteria();
        let clause = criteria.iter().find_map(|of| of.clause("RETURN_ABUSE")).unwrap();
        let granted = Counter::of(clause).unwrap();
        let filed = Counter { counted: Counted::SafeTFiled, ..granted.clone() };
        let claim = |by| vec![seen(1, 1, Act::SafeT(SafeTState::Granted, by))];
        for counter in [granted, filed] {
            assert!(proposed(&counter, claim(By::Shop)).is_empty());
            for (by, unsure) in [(By::Buyer, 0), (By::Unknown, 1)] {
                let found = counter.propose(&history(claim(by)), &BTreeSet::new());
                assert_eq!(found.first().map(|proposal| proposal.unsure), Some(unsure), "{by:?}");
            }
        }
    }

    #[test]
    fn lost_parcels_of_whoever_orders_a_lot_are_the_carriers() {
        let criteria = shipped_criteria();
        let clause = criteria.iter().find_map(|of| of.clause("NOT_RECEIVED_CLAIMS")).unwrap();
        let counter = Counter::of(clause).unwrap().for_signals();
        assert_eq!((counter.count, counter.window_days), (2, 180));
        let with = |claims: u32, orders: u32| {
            let placed = (1..=orders).map(|order| seen(100, order, Act::Placed));
            let claimed = (1..=claims).map(|order| seen(101, order, Act::NotReceived(By::Buyer)));
            !proposed(&counter, placed.chain(claimed).collect()).is_empty()
        };
        // Of few orders the count alone decides.
        assert!(with(2, 2) && with(2, 9) && !with(1, 1));
        // Of more, a tenth has to be said not to have arrived.
        assert!(with(2, 20) && !with(2, 21) && with(3, 21) && !with(1, 10));
        // The rule itself counts as it is written, and other counters are as they were.
        assert_eq!(Counter::of(clause).unwrap().rate, None);
        assert_eq!(Counter::many_returns().for_signals(), Counter::many_returns());
    }

    #[test]
    fn cancellations_by_nobody_knows_whom_are_held_against_the_orders() {
        let counter = repeat_cancel().for_signals();
        let with = |sure: u32, unknown: u32, orders: u32| {
            let placed = (1..=orders).map(|order| seen(10, order, Act::Placed));
            let by = |order: u32| if order <= sure { By::Buyer } else { By::Unknown };
            let cancelled =
                (1..=sure + unknown).map(|order| seen(11, order, Act::Cancelled(by(order))));
            counter.propose(&history(placed.chain(cancelled).collect()), &BTreeSet::new())
        };
        // Of few orders the count alone decides; of more, a tenth.
        assert_eq!(with(0, 3, 9).len(), 1);
        assert_eq!(with(0, 3, 30).len(), 1);
        assert!(with(0, 3, 31).is_empty() && with(0, 3, 60).is_empty());
        assert_eq!(with(0, 6, 60).len(), 1);
        // Three that are surely the buyer's count whatever else they ordered; two do not.
        assert_eq!(with(3, 0, 60).len(), 1);
        assert!(with(2, 1, 60).is_empty());
        let found = with(0, 3, 20);
        assert_eq!(found.first().map(|of| (of.orders, of.unsure)), Some((20, 3)));
        // The rule itself counts as it is written.
        assert_eq!(repeat_cancel().rate, None);
    }

    #[test]
    fn what_bears_no_date_never_counts() {
        let counter = repeat_cancel();
        let undated = |order| Observed { at: None, ..cancelled(0, order) };
        assert!(proposed(&counter, (1..9).map(undated).collect()).is_empty());
        let two = vec![cancelled(1, 1), cancelled(2, 2), undated(3)];
        assert!(proposed(&counter, two).is_empty());
        // Another report that tells when does count.
        let known = vec![cancelled(1, 1), cancelled(2, 2), undated(3), cancelled(3, 3)];
        assert_eq!(proposed(&counter, known), [[1, 2, 3]]);
        // What the shop ended is excused whether or not it says when.
        let shop = Observed { at: None, ..seen(0, 3, Act::Cancelled(By::Shop)) };
        let unknown = seen(3, 3, Act::Cancelled(By::Unknown));
        let excused = vec![cancelled(1, 1), cancelled(2, 2), unknown, shop];
        assert!(proposed(&counter, excused).is_empty());
    }

    #[test]
    fn orders_without_a_date_are_orders_of_a_good_customer() {
        let criteria = shipped_criteria();
        let clause = criteria.iter().find_map(|of| of.clause("NOT_RECEIVED_CLAIMS")).unwrap();
        let counter = Counter::of(clause).unwrap().for_signals();
        let with = |orders: u32| {
            let placed =
                (1..=orders).map(|order| Observed { at: None, ..seen(0, order, Act::Placed) });
            let claimed = (1..=2).map(|order| seen(101, order, Act::NotReceived(By::Buyer)));
            !proposed(&counter, placed.chain(claimed).collect()).is_empty()
        };
        assert!(with(9) && with(20) && !with(21));
    }

    #[test]
    fn a_demand_in_a_message_is_told_from_a_claim() {
        let criteria = shipped_criteria();
        let clause = criteria.iter().find_map(|of| of.clause("NOT_RECEIVED_CLAIMS")).unwrap();
        let counter = Counter::of(clause).unwrap().for_signals();
        let said = |order, by| seen(101, order, Act::NotReceived(by));
        let observed = vec![
            said(1, By::Unknown),
            said(1, By::Buyer),
            said(2, By::Unknown),
            said(3, By::Unknown),
        ];
        let found = counter.propose(&history(observed), &BTreeSet::new());
        assert_eq!(found.first().map(|of| (of.observed.len(), of.unsure)), Some((3, 2)));
    }

    #[test]
    fn an_exempt_identity_is_never_proposed() {
        let observed = (1..9).map(|order| cancelled(1, order)).collect();
        let shared = History { exempt: true, ..history(observed) };
        assert!(repeat_cancel().propose(&shared, &BTreeSet::new()).is_empty());
    }

    #[test]
    fn rejected_observations_do_not_count_again() {
        let counter = repeat_cancel();
        let mut observed = vec![cancelled(1, 1), cancelled(2, 2), cancelled(3, 3)];
        let rejected: BTreeSet<Observed> = observed.iter().cloned().collect();
        assert!(counter.propose(&history(observed.clone()), &rejected).is_empty());
        observed.extend([cancelled(4, 4), cancelled(5, 5)]);
        assert!(counter.propose(&history(observed.clone()), &rejected).is_empty());
        // A report that came later tells another time of the same cancellation.
        observed.push(cancelled(6, 3));
        assert!(counter.propose(&history(observed.clone()), &rejected).is_empty());
        observed.push(cancelled(7, 6));
        assert_eq!(counter.propose(&history(observed), &rejected).len(), 1);
    }

    #[test]
    fn a_rate_needs_enough_orders() {
        let counter = Counter::many_returns();
        let returns = |orders: u32| {
            let placed = (0..orders).map(|order| seen(10, order, Act::Placed));
            let back =
                (0..5).map(|order| seen(10 + i64::from(order), order, Act::Returned(By::Buyer)));
            placed.chain(back).collect::<Vec<_>>()
        };
        assert!(proposed(&counter, returns(7)).is_empty(), "too few orders to tell");
        assert_eq!(proposed(&counter, returns(8)).len(), 1);
        assert_eq!(proposed(&counter, returns(10)).len(), 1, "half of them");
        assert!(proposed(&counter, returns(11)).is_empty(), "a good customer sends back some");
    }

    #[test]
    fn orders_from_before_the_first_return_are_orders() {
        let counter = Counter::many_returns();
        let back =
            || (0..5).map(|order| seen(100 + i64::from(order), order, Act::Returned(By::Buyer)));
        let of = |placed: Vec<Observed>| proposed(&counter, back().chain(placed).collect());
        // Twenty orders over months, five of which came back within a week.
        let regular = (0..20).map(|order| seen(i64::from(order) * 4, order, Act::Placed)).collect();
        assert!(of(regular).is_empty(), "a quarter of them");
        let few = (0..9).map(|order| seen(i64::from(order) * 4, order, Act::Placed)).collect();
        assert_eq!(of(few).len(), 1);
        // Long ago is another time.
        let old = (0..20).map(|order| seen(i64::from(order) - 200, order, Act::Placed)).collect();
        assert!(of(old).is_empty(), "five orders are too few to tell");
    }

    #[test]
    fn clauses_about_texts_have_no_counter() {
        let criteria = shipped_criteria();
        let counters = criteria.iter().flat_map(|of| &of.clauses).filter_map(Counter::of);
        let codes: Vec<String> = counters.map(|counter| counter.clause).collect();
        assert_eq!(codes, ["REPEAT_CANCEL", "NOT_RECEIVED_CLAIMS", "RETURN_ABUSE"]);
    }
}
