//! Tries a clause on what is stored: who would reach it, and how many of them are good customers
//! otherwise. Records nothing.

use super::{counting::Asked, past};
use crate::{
    ApiError, Open,
    desk::{JobSlot, Stopped, Work},
    exhibits::start::StartedJobs,
};
use buyerwatch_domain::{BuyerId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Instant;
use ts_rs::TS;

/// What can be counted in stored observations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Countable {
    /// Orders that were cancelled, not by the shop. Counted from when they were placed.
    Cancels,
    /// Orders said not to have arrived: by an A-to-z claim whose ground says so, or a letter about
    /// one. Any other claim does not count.
    NotReceived,
    /// Orders sent back, for no reason that lies with the shop or the carrier.
    Returns,
    /// Orders about whose return a SAFE-T claim of the shop was granted, on no ground that lies with
    /// the carrier.
    SafeTGranted,
    /// Orders about whose return such a claim was filed, whatever became of it.
    SafeTFiled,
    /// Messages that make a review the condition for a benefit.
    ReviewThreats,
    /// Messages that insult or threaten.
    Abuse,
}

/// What to try.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct BacktestClause {
    /// Code of the clause.
    pub clause: String,
    /// What to count, in place of what the clause is about.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub counted: Option<Countable>,
    /// How often, in place of what the clause says.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub count: Option<u32>,
    /// In how many days, in place of what the clause says.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub window_days: Option<u32>,
    /// And at least this share of the orders, in percent; 0 asks for none. Not for messages.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub percent: Option<u32>,
    /// A share says nothing of fewer orders than this.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub min_orders: Option<u32>,
    /// Only what happened from then on counts.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub from: Option<Timestamp>,
    /// Only what happened before then counts.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<Timestamp>,
    /// At most so many of those who reach it are told one by one, 1 to 10,000; 200 when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub limit: Option<u32>,
}

/// How far trying has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct BacktestProgress {
    /// Observations to look at, and identities to look at again, as far as known.
    pub total: u64,
    /// Looked at so far.
    pub done: u64,
    /// Identities found so far that reach it.
    pub reached: u64,
}

/// What would have been proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Backtested {
    /// Code of the clause.
    pub clause: String,
    /// What was counted.
    pub counted: Countable,
    /// How often.
    pub count: u32,
    /// In how many days.
    pub window_days: u32,
    /// And this share of the orders, in percent.
    pub percent: Option<u32>,
    /// Of at least so many orders.
    pub min_orders: Option<u32>,
    /// Only what happened from then on counted.
    pub from: Option<Timestamp>,
    /// Only what happened before then counted.
    pub until: Option<Timestamp>,
    /// Orders that are stored.
    pub orders: u64,
    /// Of them, orders that no identity ties to others: they cannot count.
    pub unidentified: u64,
    /// Different identities among the rest: the shop's buyers, as far as they can be told apart.
    pub identities: u64,
    /// Observations of what is counted, in the period, behind which somebody is known.
    pub observed: u64,
    /// Returns, claims or messages, whichever were looked at, behind which nobody is known: their
    /// order is not stored, or tells nobody. They cannot count.
    pub without_buyer: u64,
    /// Messages of buyers whose text is gone or was never there: they cannot count. Told only when
    /// messages are counted.
    pub texts_gone: u64,
    /// Identities that reach it.
    pub reached_total: u64,
    /// How many of those have other orders, and nothing but clean ones. An order is clean when
    /// nothing is stored of it but that it was placed, or that the shop ended it: no other
    /// cancellation, no return, no claim of any kind, no message with words of abuse. A fair return
    /// is not held against anybody, but does not argue for them either.
    pub only_clean_otherwise: u64,
    /// Identities that would reach it and belong to many people, or are trusted.
    pub exempt: u64,
    /// Those who reach it, at most as many as were asked for; who has most first.
    pub reached: Vec<ReachedIdentity>,
}

/// One identity that reaches the clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReachedIdentity {
    /// Who, masked; empty when their data is gone.
    pub label: String,
    /// The buyer on record who was recognised in one of the orders, or on whom one was reported.
    pub buyer_id: Option<BuyerId>,
    /// When it was reached first.
    pub first_reached_at: Timestamp,
    /// Where the count was reached, oldest first.
    pub windows: Vec<ReachedWindow>,
    /// Other stored orders.
    pub other_orders: u64,
    /// Of them, clean ones.
    pub clean_orders: u64,
    /// There are other orders, and all of them are clean.
    pub only_clean_otherwise: bool,
}

/// One time that the count was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReachedWindow {
    /// The first that counts.
    pub from: Timestamp,
    /// The last that counts.
    pub until: Timestamp,
    /// When there were enough.
    pub reached_at: Timestamp,
    /// Orders that count.
    pub orders: Vec<String>,
    /// What counts, oldest first.
    pub observed: Vec<CountedObservation>,
    /// Orders placed in as many days up to the last that counts; 0 for messages.
    pub placed: u64,
    /// Of what counts, how many may be the doing of the shop or of the carrier: the reports do not
    /// say.
    pub unsure: u64,
}

/// One observation that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CountedObservation {
    /// When it happened.
    pub at: Timestamp,
    /// The order; may be empty.
    pub order_id: String,
    /// The marketplace of the order, if it is stored.
    pub marketplace: String,
    /// The message; empty if it is none.
    pub message: String,
}

/// Queues it. The answer is asked for with the job's ID when that is done.
pub(crate) fn run(open: &Open, request: BacktestClause) -> Result<StartedJobs, ApiError> {
    // Refused now and not by a job that fails.
    Asked::new(open, &request)?;
    let desk = open.desk();
    let job = desk.board().queue(desk, Work::Backtest { request }, Instant::now())?;
    Ok(StartedJobs { jobs: vec![job] })
}

/// Tries as a job.
pub(crate) fn job(open: &Open, slot: &JobSlot, request: &BacktestClause) -> Result<(), Stopped> {
    let tried = open.backtest(request, &mut |progress| {
        slot.tried(open.desk(), progress);
        !slot.is_cancelled()
    })?;
    open.session().keep_backtest(slot.id(), tried);
    Ok(())
}

impl Open {
    /// Tries a clause on everything that is stored. `watch` hears how far it has come, and answers
    /// whether to go on. Memory does not grow with the vault.
    ///
    /// # Errors
    /// [`Stopped`]: by `watch`, by a lock, the clause is unknown or cannot be counted, a number is
    /// out of range, or the vault failed.
    pub fn backtest(
        &self,
        request: &BacktestClause,
        watch: &mut dyn FnMut(BacktestProgress) -> bool,
    ) -> Result<Backtested, Stopped> {
        let asked = Asked::new(self, request)?;
        past::look(self, &asked, past::ORDERS_AT_A_TIME, watch)
    }
}
