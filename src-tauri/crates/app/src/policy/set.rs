//! Changes rules of the house.

use crate::{ApiError, Nothing, Open, view::PolicyView};
use buyerwatch_domain::Command;
use serde::Deserialize;
use ts_rs::TS;

/// What to change; what is left out stays.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct ChangePolicy {
    /// Whether listings need a second person.
    pub second_person: Option<bool>,
    /// Days until a listing must be looked at again, 7 to 365.
    pub review_days: Option<u32>,
    /// Days after which names, addresses and messages are taken out, 7 to 365.
    pub retention_days: Option<u32>,
}

pub(crate) fn run(open: &Open, change: ChangePolicy) -> Result<PolicyView, ApiError> {
    open.execute(Command::ChangePolicy {
        second_person: change.second_person,
        review_days: change.review_days,
        retention_days: change.retention_days,
    })?;
    super::get::run(open, Nothing {})
}
