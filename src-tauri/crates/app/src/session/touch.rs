//! A person is at work.

use crate::{ApiError, Nothing, Open};
use serde::Serialize;
use ts_rs::TS;

/// What is left of the time.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Touched {
    /// Seconds to the idle lock; `None` when it is off.
    pub lock_in_s: Option<u64>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Touched, ApiError> {
    open.session().touch(open.now());
    Ok(Touched { lock_in_s: left(open) })
}

/// Seconds to the idle lock.
pub(super) fn left(open: &Open) -> Option<u64> {
    open.desk().lock_in(open.session()).map(|left| left.as_secs())
}
