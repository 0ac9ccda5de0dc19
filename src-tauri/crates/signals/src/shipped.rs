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

/// What tells the rules and the shipped lists of this program from those of another one. What was noticed
/// under another mark may not hold any more.
#[must_use]
pub fn rules_mark() -> String {
    // Rules that are no list change with a release. FNV-1a: nobody chooses what goes in.
    let bytes = SHIPPED.iter().flat_map(|text| text.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{}-{hash:016x}", env!("CARGO_PKG_VERSION"))
}

/// The shipped list of a language as text, to begin a list of one's own with.
#[must_use]
pub fn shipped_text(language: &str) -> Option<&'static str> {
    let is_it = |text: &&&str| PhraseList::parse(text).is_ok_and(|list| list.language == language);
    SHIPPED.iter().find(is_it).copied()
}
