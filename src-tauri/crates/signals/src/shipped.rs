//! The phrase lists that come with the product.

use crate::{ListError, PhraseList};

const SHIPPED: [&str; 8] = [
    include_str!("../data/en.txt"),
    include_str!("../data/de.txt"),
    include_str!("../data/fr.txt"),
    include_str!("../data/it.txt"),
    include_str!("../data/es.txt"),
    include_str!("../data/pt.txt"),
    include_str!("../data/ja.txt"),
    include_str!("../data/zh.txt"),
];

/// The lists for English, German, French, Italian, Spanish, Portuguese, Japanese and Chinese. A
/// shop may put later versions of its own in their place.
///
/// # Errors
/// Never for a built program: a test reads every list.
pub fn shipped_lists() -> Result<Vec<PhraseList>, ListError> {
    SHIPPED.into_iter().map(PhraseList::parse).collect()
}

/// The shipped list of a language as text, to begin a list of one's own with.
#[must_use]
pub fn shipped_text(language: &str) -> Option<&'static str> {
    let is_it = |text: &&&str| PhraseList::parse(text).is_ok_and(|list| list.language == language);
    SHIPPED.iter().find(is_it).copied()
}
