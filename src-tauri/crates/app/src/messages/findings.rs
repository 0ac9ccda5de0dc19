//! What is noticed in the words of a message: a hint to a person, never a decision.

use buyerwatch_domain::{MessageKind, SignalKind};
use buyerwatch_intake::mail::quotation;
use buyerwatch_signals::{Kind, Reader};
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeSet};
use ts_rs::TS;

/// Words that together are a sign of abuse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FindingView {
    /// Of what: `review_threat`, `insult`, `threat`, `off_platform` or `phishing`.
    pub kind: String,
    /// The clause that such words may fall under.
    pub clause: Option<String>,
    /// The words: where each begins and ends in the text, in UTF-16 code units as a window counts.
    pub words: Vec<(u32, u32)>,
}

/// What is noticed in what a buyer wrote, or in what only seems to be of the marketplace.
pub(super) fn findings(
    reader: &Reader,
    kind: MessageKind,
    forged: bool,
    text: &str,
) -> Vec<FindingView> {
    if kind != MessageKind::Buyer && !forged { Vec::new() } else { found(reader, text) }
}

/// What is noticed in a text.
pub(crate) fn found(reader: &Reader, text: &str) -> Vec<FindingView> {
    let units = |byte: usize| {
        let before = text.get(..byte).unwrap_or(text);
        u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
    };
    let view = |finding: buyerwatch_signals::Finding| FindingView {
        kind: finding.kind.code().to_owned(),
        clause: finding.kind.clause().map(str::to_owned),
        words: finding.words.iter().map(|of| (units(of.start), units(of.end))).collect(),
    };
    reader.read(&unquoted(text)).findings.into_iter().map(view).collect()
}

/// The text with blanks in place of lines that are marked as another's words: what the shop wrote tells
/// nothing of the buyer.
pub(super) fn unquoted(text: &str) -> Cow<'_, str> {
    let marked = |line: &str| line.trim_start().starts_with('>');
    if !text.lines().any(marked) {
        return Cow::Borrowed(text);
    }
    let mut own = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let words = line.strip_suffix('\n').unwrap_or(line);
        if marked(line) {
            own.extend(std::iter::repeat_n(' ', words.len()));
            own.push_str(line.get(words.len()..).unwrap_or_default());
        } else {
            own.push_str(line);
        }
    }
    Cow::Owned(own)
}

/// Of what a buyer wrote, what may fall under a clause, with the clause.
pub(crate) fn signal_kinds(
    reader: &Reader,
    kind: MessageKind,
    text: &str,
) -> BTreeSet<(SignalKind, &'static str)> {
    if kind != MessageKind::Buyer {
        return BTreeSet::new();
    }
    let of = |finding: buyerwatch_signals::Finding| {
        let kind = match finding.kind {
            Kind::ReviewThreat => SignalKind::ReviewThreat,
            Kind::Insult | Kind::Threat => SignalKind::Abuse,
            // No clause: a warning to the team.
            Kind::OffPlatform | Kind::Phishing => return None,
        };
        Some((kind, finding.kind.clause()?))
    };
    // What only a mail program marks as quoted may be the shop's, and proposes nothing.
    let text = unquoted(text);
    let own = text.get(..quotation(&text).unwrap_or(text.len())).unwrap_or_default();
    reader.read(own).findings.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use buyerwatch_signals::shipped_lists;

    #[test]
    fn words_are_found_where_a_window_shows_them() {
        let text = "您好 😀 Refund me half or I will leave a one star review.";
        let reader = Reader::new(&shipped_lists().unwrap()).unwrap();
        let found = findings(&reader, MessageKind::Buyer, false, text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].kind.as_str(), found[0].clause.as_deref()),
            ("review_threat", Some("REVIEW_EXTORTION"))
        );
        let wide: Vec<u16> = text.encode_utf16().collect();
        let words: Vec<String> = found[0]
            .words
            .iter()
            .map(|(from, to)| String::from_utf16(&wide[*from as usize..*to as usize]).unwrap())
            .collect();
        assert!(words.iter().all(|word| text.contains(word.as_str())), "{words:?}");
        assert!(words.concat().to_lowercase().contains("leave a one"), "{words:?}");
        // A fair complaint is none, and what the shop writes is not read.
        let fair = "The lamp is broken, I am very angry and will return it.";
        assert_eq!(findings(&reader, MessageKind::Buyer, false, fair), []);
        assert_eq!(findings(&reader, MessageKind::OwnReply, false, text), []);
    }

    #[test]
    fn words_that_are_marked_as_quoted_are_not_the_buyers() {
        let reader = Reader::new(&shipped_lists().unwrap()).unwrap();
        let threat = "Refund me half or I will leave a one star review.";
        let of = |text: &str| findings(&reader, MessageKind::Buyer, false, text);
        assert_eq!(of(&format!("Hello\n> you wrote 您好: {threat}\nGoodbye")), []);
        let kinds = |text: &str| signal_kinds(&reader, MessageKind::Buyer, text);
        assert!(kinds(&format!("> {threat}")).is_empty());
        // Quoted without marks: shown to people, and nothing is proposed.
        let below = format!("Please help.\n\n-----Original Message-----\n{threat}");
        assert_eq!(of(&below).len(), 1);
        assert!(kinds(&below).is_empty());
        assert!(!kinds(&format!("{threat}\n\n-----Original Message-----\nHello")).is_empty());
        let quoted = "> 您好, we are sorry\r\n";
        let (alone, below) = (of(threat), of(&format!("{quoted}{threat}")));
        let shift = u32::try_from(quoted.encode_utf16().count()).unwrap();
        let moved = alone[0].words.iter().map(|(from, to)| (from + shift, to + shift));
        assert_eq!(below[0].words, moved.collect::<Vec<_>>());
    }
}
