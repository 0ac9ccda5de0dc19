//! Criteria.

pub mod backtest;
pub mod list;
