//! A request or an answer that says nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Nothing at all: `{}`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}
