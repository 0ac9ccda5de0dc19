//! Tries a clause on the stored orders: who would reach it, and how many of them are good customers
//! otherwise. Records nothing.

use crate::{
    ApiError, Open,
    desk::{
        carried, counted_identity, crowd_names, observed_of_order, order_tokens, trusted_tokens,
    },
};
use buyerwatch_domain::{ReasonField, Refusal, Timestamp, Token};
use buyerwatch_matching::{BlindKey, is_shared};
use buyerwatch_signals::{Counted, Counter, History, Proposal};
use buyerwatch_vault::{OrderKey, Read, VaultError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Orders read at once.
const AT_ONCE: usize = 10_000;
/// Largest count and window that make sense.
const LIMIT: u32 = 3_650;

/// What to try.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BacktestClause {
    /// Code of the clause.
    pub clause: String,
    /// How often, in place of what the clause says.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub count: Option<u32>,
    /// In how many days, in place of what the clause says.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub window_days: Option<u32>,
}

/// What would have been proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Backtested {
    /// Code of the clause.
    pub clause: String,
    /// How often.
    pub count: u32,
    /// In how many days.
    pub window_days: u32,
    /// Orders that were looked at.
    pub orders: usize,
    /// Of them, orders that no identity ties to others: they cannot count.
    pub unidentified: usize,
    /// Different identities among the rest.
    pub identities: usize,
    /// Identities that reach the clause.
    pub reached: Vec<ReachedIdentity>,
    /// How many of those have nothing but clean orders otherwise.
    pub only_clean_otherwise: usize,
    /// Identities that would reach it and belong to many people, or are trusted.
    pub exempt: usize,
}

/// One identity that reaches the clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReachedIdentity {
    /// Where the count was reached, oldest first.
    pub windows: Vec<ReachedWindow>,
    /// Other orders without anything against the buyer.
    pub clean_orders: usize,
    /// There are such orders, and all others are.
    pub only_clean_otherwise: bool,
}

/// One time that the count was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReachedWindow {
    /// The first that counts.
    pub from: Timestamp,
    /// The last that counts.
    pub until: Timestamp,
    /// Orders that count.
    pub orders: Vec<String>,
    /// Of them, how many the shop may have ended: the reports do not say.
    pub unsure: usize,
}

pub(crate) fn run(open: &Open, request: BacktestClause) -> Result<Backtested, ApiError> {
    let BacktestClause { clause, count, window_days } = request;
    for (field, value) in [("count", count), ("window_days", window_days)] {
        if value.is_some_and(|value| !(1..=LIMIT).contains(&value)) {
            return Err(Refusal::OutOfRange { field, min: 1, max: LIMIT }.into());
        }
    }
    let criterion = open.read(|read| read.criterion_of_clause(&clause))?;
    let known = criterion.as_ref().and_then(|criterion| criterion.clause(&clause));
    let known = known.ok_or_else(|| Refusal::UnknownClause(clause.clone()))?;
    // Claims and returns are not stored: their absence would look like innocence.
    let counter = Counter::of(known).filter(|counter| counter.counted == Counted::Cancels);
    let mut counter = counter.ok_or_else(|| {
        let why = "stored orders do not tell whether this clause is met; try REPEAT_CANCEL";
        ApiError::new("not_countable", why)
    })?;
    counter.count = count.unwrap_or(counter.count);
    counter.window_days = window_days.unwrap_or(counter.window_days);

    let now = open.now();
    let (gathered, result) = open.read(|read| {
        let mut gathered = gather(read, open.key(), now)?;
        let mut histories = Vec::new();
        for ((field, identity), history) in std::mem::take(&mut gathered.histories) {
            // Only about those few who reach it the crowd has to be asked.
            let as_any = History { exempt: false, ..history.clone() };
            if counter.propose(&as_any, &BTreeSet::new()).is_empty() {
                continue;
            }
            let shared = is_shared(field, crowd_names(read, field, identity)?);
            let exempt = history.exempt || shared;
            gathered.exempt += usize::from(exempt);
            histories.push(History { exempt, ..history });
        }
        Ok((gathered, counter.backtest(&histories)))
    })?;
    let only_clean_otherwise = result.only_clean_otherwise();
    let reached = result.reached.into_iter().map(|one| ReachedIdentity {
        windows: one.proposals.into_iter().map(window).collect(),
        clean_orders: one.clean_orders,
        only_clean_otherwise: one.only_clean_otherwise,
    });
    Ok(Backtested {
        clause,
        count: counter.count,
        window_days: counter.window_days,
        orders: gathered.orders,
        unidentified: gathered.unidentified,
        identities: gathered.identities,
        reached: reached.collect(),
        only_clean_otherwise,
        exempt: gathered.exempt,
    })
}

fn window(proposal: Proposal) -> ReachedWindow {
    ReachedWindow {
        from: proposal.from,
        until: proposal.until,
        orders: proposal.observed.into_iter().map(|one| one.order_id).collect(),
        unsure: proposal.unsure,
    }
}

/// The stored orders by whose they are.
#[derive(Default)]
struct Gathered {
    orders: usize,
    unidentified: usize,
    identities: usize,
    exempt: usize,
    histories: BTreeMap<(ReasonField, Token), History>,
}

fn gather(read: &Read<'_>, key: &BlindKey, now: Timestamp) -> Result<Gathered, VaultError> {
    let trusted = trusted_tokens(key, &read.trusts()?, now);
    let mut gathered = Gathered::default();
    let mut after = OrderKey::FIRST;
    loop {
        let acts = read.order_acts_after(after, AT_ONCE)?;
        let Some(last) = acts.last() else { break };
        after = last.key;
        for act in acts {
            gathered.orders += 1;
            let Some((field, identity)) = counted_identity(&act.tokens) else {
                gathered.unidentified += 1;
                continue;
            };
            let history = gathered.histories.entry((field, identity));
            let history = history.or_insert_with(|| History {
                identity,
                exempt: false,
                observed: Vec::new(),
            });
            history.exempt |= carried(&order_tokens(&act.tokens)).any(|one| trusted.contains(&one));
            history.observed.extend(observed_of_order(&act));
        }
    }
    gathered.identities = gathered.histories.len();
    Ok(gathered)
}
