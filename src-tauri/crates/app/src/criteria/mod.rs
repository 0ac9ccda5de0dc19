//! Criteria.

pub mod backtest;
pub mod backtested;
mod counting;
pub mod list;
mod past;

/// Tries a clause with so many orders gone over at a time.
#[cfg(test)]
pub(crate) fn tried(
    open: &crate::Open,
    request: &backtest::BacktestClause,
    at_a_time: u64,
    watch: &mut dyn FnMut(backtest::BacktestProgress) -> bool,
) -> Result<backtest::Backtested, crate::Stopped> {
    past::look(open, &counting::Asked::new(open, request)?, at_a_time, watch)
}
