//! Lists signals, the newest first.

use super::{Known, SignalRow};
use crate::{
    ApiError, Open,
    page::{LIMIT, Page},
    people::shown::Team,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which signals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignalsShown {
    /// Those that wait for a person.
    #[default]
    Open,
    /// Those on which somebody decided.
    Decided,
    /// Those that nobody decided on and that a newer program withdrew: by its rules they do not hold.
    Withdrawn,
}

/// Which part of the list.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
pub struct ListSignals {
    /// Which signals.
    pub show: SignalsShown,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many to show.
    pub limit: u32,
}

pub(crate) fn run(open: &Open, request: ListSignals) -> Result<Page<SignalRow>, ApiError> {
    let ListSignals { show, offset, limit } = request;
    let limit = limit.min(LIMIT);
    open.read(|read| {
        let team = Team::read(read)?;
        let (total, found): (u64, Vec<Known>) = match show {
            SignalsShown::Open => {
                let (total, found) = read.open_signals(offset, limit)?;
                (total, found.into_iter().map(Known::open).collect())
            }
            SignalsShown::Decided => {
                let (total, found) = read.signal_decisions(offset, limit)?;
                (total, found.into_iter().map(|of| Known::decided(of, None)).collect())
            }
            SignalsShown::Withdrawn => {
                let (total, found) = read.withdrawn_signals(offset, limit)?;
                (total, found.into_iter().map(Known::withdrawn).collect())
            }
        };
        let items = found.iter().map(|of| of.row(read, &team)).collect::<Result<_, _>>()?;
        Ok(Page { total, items })
    })
}
