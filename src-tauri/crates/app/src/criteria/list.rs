//! Lists the criteria in force.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::Criterion;
use serde::Serialize;
use ts_rs::TS;

/// The criteria in force.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Criteria {
    /// In the order in which they were published.
    pub criteria: Vec<Criterion>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Criteria, ApiError> {
    Ok(Criteria { criteria: open.read(|read| read.criteria())? })
}
