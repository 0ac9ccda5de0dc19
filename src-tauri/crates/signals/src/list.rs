//! Phrase lists: one text file per language, kept by people.
//!
//! ```text
//! # A remark.
//! language: en
//! version: 1
//!
//! [words]
//! review = review~|rating|stars
//!
//! [bad review]
//! (negative|bad|one star) <review>
//! give you .. (1|one) star~
//! leave _ bad _ <review>
//! ```
//!
//! A line under a section is a phrase. `(a|b)` stands for either, `_` for up to two words in between,
//! `..` for a few and `...` for half a sentence, `~` after a word for any ending of it and before it for
//! any beginning, and `<name>` for the words that stand under `[words]` by that name. Case, accents and punctuation do not matter.

use crate::fold::Folded;
use std::collections::HashMap;

/// The section of words by name.
const WORDS: &str = "words";
/// Alternatives that one part of a line may stand for.
const EXPANDED: usize = 4_096;
/// More of them are looked for as two parts, one directly after the other.
const AT_ONCE: usize = 64;

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
    /// A bad review as what comes otherwise: "or I leave one star".
    ElseReview = "else review",
    /// Taking back what was spoken of before: "and it is gone".
    UndoIt = "undo it",
    /// A review that is written already: nothing is threatened with it, unless it may be changed.
    PastReview = "past review",
    /// A reminder of what a bad review does.
    ReviewPressure = "review pressure",
    /// A good review that the buyer offers, has in mind, or asks about: "I'll leave five stars".
    GoodReview = "good review",
    /// What nobody owes the buyer: a discount, a gift, a second one for nothing.
    Extra = "extra",
    /// A good review in passing: no threat, but may be an offer.
    Praise = "praise",
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
    /// An insult together with whom it is said of, who is neither the shop nor its staff: "the carrier,
    /// what idiots". It begins or ends with the insult, and makes that one harmless and no other.
    OfOthers = "insult of others",
    /// Of whom a hard word may be said who has nothing to do with the shop: "the courier". Harmless as
    /// long as nobody says [`OfYou`](Self::OfYou) in the same sentence.
    FairOthers = "fair insult of others",
    /// An insult together with words that say it to the reader: "you are idiots". Nothing that is said of
    /// others makes it harmless.
    OfYou = "insult of you",
    /// A threat.
    Threat = "threat",
    /// Violence, and what it is done with.
    Violence = "violence",
    /// Whom or what it would meet: you, your family, your shop.
    Target = "target",
    /// What makes it one to come: I will, one of these nights, if I meet you.
    Intent = "intent",
    /// What nobody wants to see published of themselves: home address, private number.
    PrivateData = "private data",
    /// Where it would be published.
    Exposure = "exposure",
    /// Who would be told: the tax office, the fire brigade.
    Authority = "authority",
    /// That what they would be told is made up: true or not, I need no proof.
    Invention = "invention",
    /// What makes it an idiom.
    FairThreat = "fair threat",
    /// A whole lure.
    OffPlatform = "off platform",
    /// A way to pay outside the marketplace.
    Payment = "payment",
    /// Getting round the marketplace, or its fees.
    Evasion = "evasion",
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
    /// A code that was sent to the reader.
    CodeSent = "code sent",
    /// What hands it over: send it to me here.
    HandOver = "hand over",
    /// A buyer who reports such a text.
    FairPhishing = "fair phishing",
}

/// One line: parts in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) class: Class,
    /// Each with what may stand before it and every way of saying it.
    pub(crate) parts: Vec<(Gap, Vec<Part>)>,
}

/// What may stand between a part and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// An article, a pronoun, an adverb.
    Short,
    /// A few words.
    Few,
    /// Half a sentence.
    Long,
}

impl Gap {
    /// Words that may stand there, or characters of a script without blanks.
    pub(crate) const fn room(self, dense: bool) -> u32 {
        match (self, dense) {
            (Self::None, _) => 0,
            (Self::Short, false) => 2,
            (Self::Short, true) => 4,
            (Self::Few, false) => 5,
            (Self::Few, true) => 10,
            (Self::Long, false) => 12,
            (Self::Long, true) => 24,
        }
    }
}

/// Words that follow one another, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) words: String,
    /// The last word may go on.
    pub(crate) open: bool,
    /// The first word may be the end of a longer one.
    pub(crate) tail: bool,
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
    /// A line under `[words]` is no definition.
    #[error("write a name and its words, each name once: `review = review~|rating`")]
    Words,
    /// A name that is not defined.
    #[error("`<{0}>` is not known; define it above, under [words]: `{0} = one|other`")]
    UnknownWords(String),
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

impl Problem {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Version => "version",
            Self::OutsideSection => "outside_section",
            Self::UnknownSection(_) => "unknown_section",
            Self::Words => "words",
            Self::UnknownWords(_) => "unknown_words",
            Self::Brackets => "brackets",
            Self::TooMany => "too_many",
            Self::Blank => "blank",
            Self::TooShort(_) => "too_short",
        }
    }
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
        let (mut words, mut defines) = (HashMap::new(), false);
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
                defines = name.trim() == WORDS;
                if defines {
                    continue;
                }
                let found = Class::ALL.iter().find(|known| known.name() == name.trim());
                let unknown = || fail(Problem::UnknownSection(name.trim().to_owned()));
                class = Some(*found.ok_or_else(unknown)?);
                continue;
            }
            if defines {
                let (name, ways) = definition(line).ok_or_else(|| fail(Problem::Words))?;
                let ways = named(ways, &words).map_err(fail)?;
                let again = words.insert(name.to_owned(), ways).is_some();
                if again {
                    return Err(fail(Problem::Words));
                }
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
            let line = named(line, &words).map_err(fail)?;
            let parts = split(&line).into_iter().map(|(gap, part)| {
                let ways = expand(part)?;
                let ways = ways.iter().map(|way| folded(way)).collect::<Result<Vec<_>, _>>()?;
                Ok((gap, ways))
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

/// A name and the words that it stands for.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (name, ways) = line.split_once('=')?;
    let name = name.trim();
    let plain = |c: char| c.is_alphanumeric() || c == ' ';
    let good = !name.is_empty() && name.chars().all(plain) && !ways.contains(['(', ')', '_', '=']);
    good.then_some((name, ways.trim()))
}

/// A line with the words in the place of their names.
fn named(line: &str, words: &HashMap<String, String>) -> Result<String, Problem> {
    let mut made = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        let (name, tail) = after.split_once('>').ok_or(Problem::Brackets)?;
        let known = words.get(name.trim());
        let ways = known.ok_or_else(|| Problem::UnknownWords(name.trim().to_owned()))?;
        made.push_str(before);
        // Within brackets, and in another definition, they are further ways.
        let within =
            made.rfind('(').is_some_and(|open| made.rfind(')').is_none_or(|end| end < open));
        if within || before.trim_end().ends_with('|') || tail.trim_start().starts_with('|') {
            made.push_str(ways);
        } else {
            made.push('(');
            made.push_str(ways);
            made.push(')');
        }
        rest = tail;
    }
    made.push_str(rest);
    Ok(made)
}

/// The parts of a line with what stands before each. A word that may go on ends a part: what may
/// follow it is not known. So do two brackets that together stand for too many phrases.
fn split(line: &str) -> Vec<(Gap, &str)> {
    let mut parts = Vec::new();
    let (mut gap, mut start) = (Gap::None, 0);
    let (mut open, mut ways): (bool, usize) = (false, 1);
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with('(') {
            let group = rest.split_inclusive(')').next().unwrap_or(rest);
            open = open || may_go_on(group);
            ways = ways.saturating_mul(group.split('|').count());
            at += group.len();
            continue;
        }
        let of = |sign: &str, gap: Gap| rest.starts_with(sign).then_some((gap, sign.len()));
        let mark = of("...", Gap::Long)
            .or_else(|| of("..", Gap::Few))
            .or_else(|| of("_", Gap::Short))
            .or_else(|| {
                let part = line.get(start..at).unwrap_or_default();
                let ends = ends_here(rest) && (open || is_many(ways, rest));
                (ends && !may_be_blank(part)).then_some((Gap::None, 1))
            });
        if let Some((next, length)) = mark {
            parts.push((gap, line.get(start..at).unwrap_or_default()));
            at += length;
            (gap, start, open, ways) = (next, at, false, 1);
        } else {
            let before = line.get(start..at).and_then(|part| part.chars().next_back());
            open = open || rest.starts_with('~') && before.is_some_and(char::is_alphanumeric);
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    parts.push((gap, line.get(start..).unwrap_or_default()));
    parts
}

/// Whether a word here has any ending.
fn may_go_on(part: &str) -> bool {
    part.split_inclusive('~').any(|word| {
        let before = word.strip_suffix('~').and_then(|word| word.chars().next_back());
        before.is_some_and(char::is_alphanumeric)
    })
}

/// Whether one way of a part is no word at all.
fn may_be_blank(part: &str) -> bool {
    let mut rest = part.trim();
    while let Some(group) = rest.strip_prefix('(').and_then(|_| rest.split_inclusive(')').next()) {
        if !(group.contains("|)") || group.contains("(|")) {
            return false;
        }
        rest = rest.get(group.len()..).unwrap_or_default().trim_start();
    }
    rest.is_empty()
}

/// Whether a blank stands here and another word follows, with no mark between.
fn ends_here(rest: &str) -> bool {
    let after = rest.trim_start();
    rest.starts_with(' ') && !after.is_empty() && !after.starts_with(['.', '_'])
}

/// Whether so many ways times those of the next word are too many for one part. A word that may be
/// left out belongs to what stands beside it.
fn is_many(ways: usize, rest: &str) -> bool {
    let (mut next, mut leave_out) = (1_usize, true);
    let mut rest = rest.trim_start();
    while let Some(char) = rest.chars().next().filter(|char| !char.is_whitespace()) {
        if char == '(' {
            let group = rest.split_inclusive(')').next().unwrap_or(rest);
            next = next.saturating_mul(group.split('|').count());
            leave_out = leave_out && (group.contains("|)") || group.contains("(|"));
            rest = rest.get(group.len()..).unwrap_or_default();
        } else {
            leave_out = false;
            rest = rest.get(char.len_utf8()..).unwrap_or_default();
        }
    }
    !leave_out && ways > 1 && next > 1 && ways.saturating_mul(next) > AT_ONCE
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
    let (open, tail) = (text.ends_with('~'), text.starts_with('~'));
    let words = Folded::of(text.trim_matches('~')).text;
    if words.is_empty() {
        return Err(Problem::Blank);
    }
    if (open || tail) && words.is_ascii() && words.len() < 4 {
        return Err(Problem::TooShort(words));
    }
    Ok(Part { words, open, tail })
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
        let part = |at: usize, way: usize| {
            let (gap, ways) = &parts[at];
            (*gap, ways[way].words.as_str(), ways[way].open)
        };
        assert_eq!(part(0, 1), (Gap::None, "smash", false));
        assert_eq!(part(1, 0), (Gap::Few, "your leg", true));
        let text = "language: en\nversion: 1\n[insult]\n(so | too|)stupid\n";
        let list = PhraseList::parse(text).unwrap();
        let words = list.phrases[0].parts[0].1.iter().map(|part| part.words.as_str());
        assert_eq!(words.collect::<Vec<_>>(), ["so stupid", "toostupid", "stupid"]);
    }

    #[test]
    fn words_may_begin_anyhow() {
        let text = "language: de\nversion: 1\n[bad review]\n(~rezension|~stern~) hier\n";
        let list = PhraseList::parse(text).unwrap();
        let parts = list.phrases[0].parts.iter().map(|(_, ways)| ways.iter());
        let seen: Vec<Vec<(&str, bool, bool)>> =
            parts.map(|ways| ways.map(|way| (&*way.words, way.tail, way.open)).collect()).collect();
        assert_eq!(
            seen,
            [vec![("rezension", true, false), ("stern", true, true)], vec![("hier", false, false)]]
        );
    }

    #[test]
    fn words_by_name_and_marks() {
        let text = "language: en\nversion: 1\n[words]\nstar = star~|point\nall = <star>|review\n\
                    [bad review]\n(leave|give) _ <all> now\n(bad|<star>) ... here\n";
        let list = PhraseList::parse(text).unwrap();
        let parts = |at: usize| -> Vec<(Gap, Vec<(&str, bool)>)> {
            let of = |ways: &'_ Vec<Part>| -> Vec<(String, bool)> {
                ways.iter().map(|way| (way.words.clone(), way.open)).collect()
            };
            let leak = |ways: Vec<(String, bool)>| {
                ways.into_iter().map(|(word, open)| (&*word.leak(), open)).collect()
            };
            list.phrases[at].parts.iter().map(|(gap, ways)| (*gap, leak(of(ways)))).collect()
        };
        assert_eq!(
            parts(0),
            [
                (Gap::None, vec![("leave", false), ("give", false)]),
                (Gap::Short, vec![("star", true), ("point", false), ("review", false)]),
                // What follows a word with any ending follows it directly.
                (Gap::None, vec![("now", false)]),
            ]
        );
        assert_eq!(
            parts(1),
            [
                (Gap::None, vec![("bad", false), ("star", true), ("point", false)]),
                (Gap::Long, vec![("here", false)]),
            ]
        );
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
        assert_eq!(problem(&format!("{HEAD}<fool>")), (4, Problem::UnknownWords("fool".into())));
        for line in ["fool", "= fool", "fool = (a|b)", "fool = a\nfool = b"] {
            let (_, found) = problem(&format!("{HEAD}[words]\n{line}"));
            assert_eq!(found, Problem::Words, "{line}");
        }
        for line in ["(a|b", "a)", "((a)", "<a"] {
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
