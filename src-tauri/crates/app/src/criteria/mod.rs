//! Criteria.

pub mod backtest;
pub mod backtested;
mod counting;
pub mod list;
mod past;
