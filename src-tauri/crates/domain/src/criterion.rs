//! Written, objective rules for when a buyer may be listed.

use crate::ExhibitKind;
use serde::{Deserialize, Serialize};

/// One text in the two languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Localized {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How often the behaviour must be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Threshold {
    /// Incidents needed.
    pub count: u32,
    /// Days that the counted incidents may span.
    pub window_days: u32,
}

/// One rule of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Clause {
    /// Stable name, e.g. `REVIEW_EXTORTION`.
    pub code: String,
    /// The rule, in full.
    pub text: Localized,
    /// How often, in what window.
    pub threshold: Threshold,
    /// The act concerns one order: however often it is reported for the same order, it counts once.
    pub once_per_order: bool,
    /// Kinds of exhibit that must be there, each at least once over all counted incidents; where one
    /// incident is enough, for one of them.
    pub required_exhibits: Vec<ExhibitKind>,
}

/// A criterion in one version. A published version never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Criterion {
    /// Stable name over all versions.
    pub code: String,
    /// Counts up from 1.
    pub version: u32,
    /// What it is about, in a few words.
    pub title: Localized,
    /// Its rules.
    pub clauses: Vec<Clause>,
}

impl Criterion {
    /// The clause with this code.
    #[must_use]
    pub fn clause(&self, code: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.code == code)
    }
}
