//! Phrase lists: one text file per language, kept by people.
//!
//! ```text
//! # A remark.
//! language: en
//! version: 1
//!
//! [bad review]
//! (negative|bad|one star) review
//! give you .. (1|one) star~
//! ```
//!
//! A line under a section is a phrase. `(a|b)` stands for either, `..` for a few words in between,
//! and `~` at the end of a part for any ending of the last word. Case, accents and punctuation do
//! not matter.

use crate::fold::Folded;

/// Alternatives that one part of a line may stand for.
const EXPANDED: usize = 4_096;

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident = $name:literal,)+) => {
        /// What a phrase says; a section of a list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Class { $($(#[$doc])* $class,)+ }

        impl Class {
            /// Every class, in the order of the sections.
            pub const ALL: &[Self] = &[$(Self::$class,)+];

            /// The title of the section.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$class => $name,)+ }
            }
        }
    };
}

classes! {
    /// A whole review threat, e.g. "refund or one star".
    ReviewThreat = "review threat",
    /// A bad review.
    BadReview = "bad review",
    /// Changing or removing one's review.
    UndoReview = "undo review",
    /// Money, a gift, a discount, a replacement.
    Benefit = "benefit",
    /// What ties one thing to another: if, or, in exchange.
    Condition = "condition",
    /// What ties also over the end of a sentence: otherwise, or else.
    Otherwise = "otherwise",
    /// A review that is written already: nothing is threatened with it, unless it may be changed.
    PastReview = "past review",
    /// A reminder of what a bad review does.
    ReviewPressure = "review pressure",
    /// What makes talk of reviews and money harmless: a denial, a report of what the shop wrote.
    FairReview = "fair review",
    /// An insult that stands for itself.
    Insult = "insult",
    /// A word that insults when it is said of a person.
    InsultWord = "insult word",
    /// The persons: you, your staff.
    Staff = "staff",
    /// What makes a hard word harmless: said of oneself, of a thing, or denied.
    FairInsult = "fair insult",
    /// A threat.
    Threat = "threat",
    /// What makes it an idiom.
    FairThreat = "fair threat",
    /// A whole lure.
    OffPlatform = "off platform",
    /// A messenger outside the marketplace.
    Messenger = "messenger",
    /// An invitation to get in touch.
    Invite = "invite",
    /// A refusal or a question about goods.
    FairContact = "fair contact",
    /// A whole phishing sentence.
    Phishing = "phishing",
    /// An alarm: account suspended, security team.
    Alarm = "alarm",
    /// What such a text asks for: a password, a code, a click.
    Secret = "secret",
    /// A buyer who reports such a text.
    FairPhishing = "fair phishing",
}

/// One line: parts in this order, a few words between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) class: Class,
    /// Each with every way of saying it.
    pub(crate) parts: Vec<Vec<Part>>,
}

/// Words that follow one another, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) words: String,
    /// The last word may go on.
    pub(crate) open: bool,
}

/// The phrases of one language in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseList {
    /// ISO 639-1 code.
    pub language: String,
    /// Counts up from 1.
    pub version: u32,
    pub(crate) phrases: Vec<Phrase>,
}

/// A list cannot be read; nothing of it is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ListError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with a line of a list. Each text says what would help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// `language:` is missing or no code.
    #[error("write the language as two small letters before the first section: `language: en`")]
    Language,
    /// `version:` is missing or no number.
    #[error("write the version as a number from 1 before the first section: `version: 1`")]
    Version,
    /// A line before the first section is none of these.
    #[error("a phrase stands before the first section; put it under one, e.g. `[insult]`")]
    OutsideSection,
    /// There is no such section.
    #[error("there is no section [{0}]; the sections are: {names}", names = names())]
    UnknownSection(String),
    /// A bracket without its other half.
    #[error("a bracket is not closed, or stands within another; write `(one|other)`")]
    Brackets,
    /// The line stands for too many phrases.
    #[error(
        "a part of the line stands for more than {EXPANDED} phrases; split it into several lines"
    )]
    TooMany,
    /// Nothing is left to look for.
    #[error("nothing is left to look for: a part needs at least one word")]
    Blank,
    /// So short that it would be found everywhere.
    #[error("`{0}` with any ending is too short: it would be found in ordinary words")]
    TooShort(String),
}

fn names() -> String {
    let names: Vec<&str> = Class::ALL.iter().map(|class| class.name()).collect();
    names.join(", ")
}

impl PhraseList {
    /// Reads a list.
    ///
    /// # Errors
    /// [`ListError`] at the first line that cannot be read.
    pub fn parse(text: &str) -> Result<Self, ListError> {
        let (mut language, mut version, mut class) = (None, None, None);
        let mut phrases = Vec::new();
        let mut last = 0;
        for (at, raw) in text.lines().enumerate() {
            last = at + 1;
            let fail = |problem| ListError { line: at + 1, problem };
            let line = raw.trim_start_matches('\u{FEFF}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                let found = Class::ALL.iter().find(|known| known.name() == name.trim());
                let unknown = || fail(Problem::UnknownSection(name.trim().to_owned()));
                class = Some(*found.ok_or_else(unknown)?);
                continue;
            }
            let Some(class) = class else {
                if let Some(value) = line.strip_prefix("language:") {
                    let value = value.trim();
                    let code = value.len() == 2 && value.bytes().all(|b| b.is_ascii_lowercase());
                    language = code.then(|| value.to_owned());
                    language.as_ref().ok_or_else(|| fail(Problem::Language))?;
                } else if let Some(value) = line.strip_prefix("version:") {
                    version = value.trim().parse().ok().filter(|version| *version > 0);
                    version.ok_or_else(|| fail(Problem::Version))?;
                } else {
                    return Err(fail(Problem::OutsideSection));
                }
                continue;
            };
            let parts = line.split("..").map(|part| {
                let ways = expand(part)?;
                ways.iter().map(|way| folded(way)).collect::<Result<Vec<_>, _>>()
            });
            let parts = parts.collect::<Result<_, _>>().map_err(fail)?;
            phrases.push(Phrase { class, parts });
        }
        let fail = |problem| ListError { line: last.max(1), problem };
        Ok(Self {
            language: language.ok_or_else(|| fail(Problem::Language))?,
            version: version.ok_or_else(|| fail(Problem::Version))?,
            phrases,
        })
    }

    /// How many lines of phrases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }
}

/// Every phrase that a line with `(a|b)` stands for.
fn expand(line: &str) -> Result<Vec<String>, Problem> {
    let mut made = vec![String::new()];
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('(') {
        let (inside, tail) = after.split_once(')').ok_or(Problem::Brackets)?;
        if before.contains(')') || inside.contains('(') {
            return Err(Problem::Brackets);
        }
        let choices = inside.split('|').count();
        if made.len().saturating_mul(choices) > EXPANDED {
            return Err(Problem::TooMany);
        }
        let longer = made.iter().flat_map(|start| {
            // A blank within the brackets parts words, too: `(so |)stupid`.
            inside.split('|').map(move |choice| format!("{start}{before}{choice}"))
        });
        made = longer.collect();
        rest = tail;
    }
    if rest.contains(')') {
        return Err(Problem::Brackets);
    }
    made.iter_mut().for_each(|start| start.push_str(rest));
    Ok(made)
}

fn folded(text: &str) -> Result<Part, Problem> {
    let text = text.trim();
    let open = text.ends_with('~');
    let words = Folded::of(text.trim_end_matches('~')).text;
    if words.is_empty() {
        return Err(Problem::Blank);
    }
    if open && words.is_ascii() && words.len() < 4 {
        return Err(Problem::TooShort(words));
    }
    Ok(Part { words, open })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (usize, Problem) {
        let error = PhraseList::parse(text).unwrap_err();
        (error.line, error.problem)
    }

    #[test]
    fn alternatives_gaps_and_endings() {
        let text = "language: en\nversion: 2\n[threat]\n# no\n(break|Smash) .. your leg~\n";
        let list = PhraseList::parse(text).unwrap();
        assert_eq!((list.language.as_str(), list.version, list.len()), ("en", 2, 1));
        let parts = &list.phrases[0].parts;
        assert_eq!((parts[0][1].words.as_str(), parts[0][1].open), ("smash", false));
        assert_eq!((parts[1][0].words.as_str(), parts[1][0].open), ("your leg", true));
        let text = "language: en\nversion: 1\n[insult]\n(so | too|)stupid\n";
        let list = PhraseList::parse(text).unwrap();
        let words = list.phrases[0].parts[0].iter().map(|part| part.words.as_str());
        assert_eq!(words.collect::<Vec<_>>(), ["so stupid", "toostupid", "stupid"]);
    }

    #[test]
    fn errors_name_the_line_and_the_remedy() {
        const HEAD: &str = "language: en\nversion: 1\n[insult]\n";
        assert_eq!(problem("version: 1\n[insult]\nfool"), (3, Problem::Language));
        assert_eq!(problem("language: English\n"), (1, Problem::Language));
        assert_eq!(problem("language: en\nversion: 0"), (2, Problem::Version));
        assert_eq!(problem(""), (1, Problem::Language));
        assert_eq!(problem("fool"), (1, Problem::OutsideSection));
        assert_eq!(problem("\n[insults]"), (2, Problem::UnknownSection("insults".into())));
        for line in ["(a|b", "a)", "((a)"] {
            assert_eq!(problem(&format!("{HEAD}{line}")), (4, Problem::Brackets), "{line}");
        }
        assert_eq!(problem(&format!("{HEAD}fool .. !")), (4, Problem::Blank));
        assert_eq!(problem(&format!("{HEAD}ab~")), (4, Problem::TooShort("ab".into())));
        let many = "(a|b|c|d|e|f|g|h)".repeat(5);
        assert_eq!(problem(&format!("{HEAD}{many}")), (4, Problem::TooMany));
        let error = PhraseList::parse("\n[insults]").unwrap_err().to_string();
        assert!(error.starts_with("line 2: there is no section [insults]"), "{error}");
    }

    #[test]
    fn shipped_lists_can_be_read() {
        let lists = crate::shipped_lists().unwrap();
        let languages: Vec<&str> = lists.iter().map(|list| list.language.as_str()).collect();
        assert_eq!(languages, ["en", "de", "fr", "it", "es", "pt", "ja", "zh"]);
    }
}
