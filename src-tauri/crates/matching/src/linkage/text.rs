//! Short texts without an allocation of their own.

use arrayvec::ArrayString;
use std::ops::Deref;

/// Bytes that are held in place; nearly every word of a name or an address has fewer.
const HELD: usize = 24;

/// A text that does not change: thousands of words are read for one order, and most are short.
#[derive(Clone)]
pub(crate) enum Text {
    Short(ArrayString<HELD>),
    Long(Box<str>),
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Short(text) => text,
            Self::Long(text) => text,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        ArrayString::from(text).map_or_else(|_| Self::Long(text.into()), Self::Short)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Short(ArrayString::new())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, f)
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_however_long() {
        for length in [0, 1, HELD - 1, HELD, HELD + 1, 400] {
            let text = "é".repeat(length / 2) + if length % 2 == 1 { "x" } else { "" };
            let held = Text::from(text.as_str());
            assert_eq!(&*held, text.as_str());
            assert_eq!(held, Text::from(text));
            assert_eq!(matches!(held, Text::Short(_)), length <= HELD);
        }
        assert_ne!(Text::from("a"), Text::default());
    }
}
