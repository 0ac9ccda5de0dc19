//! What is asked of the past: the clause, what to count, how often, when.

use super::backtest::{BacktestClause, Countable};
use crate::{ApiError, Open};
use buyerwatch_domain::{Refusal, SignalKind, Timestamp};
use buyerwatch_signals::{Counted, Counter, Rate};

/// Largest count and window that make sense.
const LIMIT: u32 = 3_650;
/// Most identities that are told one by one, and how many when nothing is said.
const LISTED: (u32, u32) = (10_000, 200);
/// Orders that a share needs when nothing is said.
const MIN_ORDERS: u32 = 8;

/// What is counted.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// Acts on orders.
    Acts(Counter),
    /// Messages with words of this kind.
    Texts { kind: SignalKind, once_per_order: bool },
}

/// A question that can be answered.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) clause: String,
    pub(super) counted: Countable,
    pub(super) what: What,
    pub(super) count: u32,
    pub(super) window_days: u32,
    pub(super) rate: Option<Rate>,
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) limit: usize,
}

impl Asked {
    pub(super) fn new(open: &Open, request: &BacktestClause) -> Result<Self, ApiError> {
        let code = &request.clause;
        let criterion = open.read(|read| read.criterion_of_clause(code))?;
        let clause = criterion.as_ref().and_then(|criterion| criterion.clause(code));
        let clause = clause.ok_or_else(|| Refusal::UnknownClause(code.clone()))?;
        let counted = request.counted.or_else(|| Countable::of(code)).ok_or_else(|| {
            ApiError::new("not_countable", "say what is to be counted for this clause")
        })?;
        let is_text = matches!(counted, Countable::ReviewThreats | Countable::Abuse);
        let within = |field, value: Option<u32>, min, max| match value {
            Some(value) if !(min..=max).contains(&value) => {
                Err(Refusal::OutOfRange { field, min, max })
            }
            _ => Ok(()),
        };
        within("count", request.count, 1, LIMIT)?;
        within("window_days", request.window_days, 1, LIMIT)?;
        within("percent", request.percent, 0, if is_text { 0 } else { 100 })?;
        within("min_orders", request.min_orders, 1, LIMIT)?;
        within("limit", request.limit, 1, LISTED.0)?;
        // The clause's own numbers are about something else when something else is counted.
        let many = Counter::many_returns();
        let usual = match counted {
            Countable::Returns => (many.count, many.window_days, many.rate),
            _ => (clause.threshold.count, clause.threshold.window_days, None),
        };
        let percent = request.percent.or_else(|| usual.2.map(|rate| rate.percent)).unwrap_or(0);
        let orders = request.min_orders.or_else(|| usual.2.map(|rate| rate.orders));
        let rate = (percent > 0).then(|| Rate {
            percent,
            orders: orders.unwrap_or(MIN_ORDERS),
            few_count: false,
            sure_count: false,
        });
        let (count, window_days) =
            (request.count.unwrap_or(usual.0), request.window_days.unwrap_or(usual.1));
        let acts = |counted| {
            What::Acts(Counter { clause: code.clone(), counted, count, window_days, rate })
        };
        let texts = |kind| What::Texts { kind, once_per_order: clause.once_per_order };
        let what = match counted {
            Countable::Cancels => acts(Counted::Cancels),
            Countable::NotReceived => acts(Counted::NotReceived),
            Countable::Returns => acts(Counted::Returns),
            Countable::SafeTGranted => acts(Counted::SafeTGranted),
            Countable::SafeTFiled => acts(Counted::SafeTFiled),
            Countable::ReviewThreats => texts(SignalKind::ReviewThreat),
            Countable::Abuse => texts(SignalKind::Abuse),
        };
        let limit = usize::try_from(request.limit.unwrap_or(LISTED.1)).unwrap_or(usize::MAX);
        let (from, until) = (request.from, request.until);
        let clause = code.clone();
        Ok(Self { clause, counted, what, count, window_days, rate, from, until, limit })
    }

    /// Whether it happened in the period.
    pub(super) fn is_within(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| at >= from) && self.until.is_none_or(|until| at < until)
    }
}

impl Asked {
    /// Whether it is known to have happened in the period: what bears no date counts in none.
    pub(super) fn is_dated_within(&self, at: Option<Timestamp>) -> bool {
        at.is_some_and(|at| self.is_within(at))
    }
}

impl Countable {
    /// What the shipped clause with this code is about, as far as it can be counted.
    ///
    /// That a return was abused only a person can see; the shop's granted SAFE-T claims are the
    /// nearest to it.
    fn of(clause: &str) -> Option<Self> {
        Some(match clause {
            "REPEAT_CANCEL" => Self::Cancels,
            "NOT_RECEIVED_CLAIMS" => Self::NotReceived,
            "RETURN_ABUSE" => Self::SafeTGranted,
            "REVIEW_EXTORTION" => Self::ReviewThreats,
            "ABUSIVE_LANGUAGE" => Self::Abuse,
            _ => return None,
        })
    }
}
