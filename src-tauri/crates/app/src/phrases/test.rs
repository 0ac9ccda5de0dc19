//! Tries phrases on a text before they are published.

use super::{in_force, malformed, reader};
use crate::{
    ApiError, Open,
    messages::{FindingView, found},
};
use buyerwatch_signals::PhraseList;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to try.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TestPhrases {
    /// A list that is not published, in the place of the one in force for its language.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub list: Option<String>,
    /// A message.
    pub text: String,
}

/// What would be noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TestedPhrases {
    /// In the order of the text.
    pub findings: Vec<FindingView>,
}

pub(crate) fn run(open: &Open, request: TestPhrases) -> Result<TestedPhrases, ApiError> {
    let TestPhrases { list, text } = request;
    let findings = match list {
        None => found(&*open.phrases()?, &text),
        Some(list) => {
            let list = PhraseList::parse(&list).map_err(|error| malformed(&error))?;
            let mut lists = in_force(open)?;
            lists.retain(|of| of.language != list.language);
            lists.push(list);
            found(&reader(&lists)?, &text)
        }
    };
    Ok(TestedPhrases { findings })
}
