//! Messages written to hide what they say, or to cost time and memory.
#![allow(clippy::unwrap_used, clippy::panic)]

use buyerwatch_signals::{FINDINGS_KEPT, Found, Kind, READ_BYTES, Reader, shipped_lists};
use proptest::prelude::*;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(&shipped_lists().unwrap()).unwrap());

fn kinds(text: &str) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = READER.read(text).findings.iter().map(|found| found.kind).collect();
    kinds.dedup();
    kinds
}

#[test]
fn hidden_writing_is_read() {
    for text in [
        "Ｆｕｃｋ ｙｏｕ",
        "fuuuuuuck   you",
        "f\u{200B}u\u{200B}c\u{200B}k you",
        "F U C K  Y O U",
        "f.u.c.k  y.o.u",
        "fυсk уоu",
        "f\u{335}\u{334}u\u{336}c\u{489}k\u{33F} you",
        "f*** you",
        "傻\u{200B}逼",
        "傻 逼",
        "ﾊﾞｶ店員",
    ] {
        assert_eq!(kinds(text), [Kind::Insult], "{text}");
    }
    let threat = "Pаy mе bасk, оtherwise оne stаr reviеw!";
    assert_eq!(kinds(threat), [Kind::ReviewThreat]);
}

#[test]
fn the_words_found_are_those_of_the_message() {
    let text = "Hello. Ｓｅｎｄ ｍｅ\u{301} a gift card or you get a négative review!";
    let found = READER.read(text);
    let [finding] = found.findings.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.kind.clause(), Some("REVIEW_EXTORTION"));
    assert_eq!((finding.language.as_str(), finding.list_version), ("en", 1));
    let words: Vec<&str> =
        finding.words.iter().map(|word| text.get(word.clone()).unwrap()).collect();
    assert_eq!(words, ["gift card", "or", "négative review"]);
}

#[test]
fn quotations_and_answered_mail_are_not_the_buyers_words() {
    assert_eq!(kinds("Your agent wrote \"you idiots\" to me, why?"), []);
    assert_eq!(kinds("Please see below.\n> fuck you\n> refund or 1 star review"), []);
    // Two stray marks hide nothing.
    let far = format!("19\" screen. Fuck you. {} 21\" screen", "More words. ".repeat(60));
    assert_eq!(kinds(&far), [Kind::Insult]);
}

#[test]
fn a_wrapped_line_does_not_part_what_belongs_together() {
    assert_eq!(
        kinds("Refund me in full or I will leave a\r\nvery bad review"),
        [Kind::ReviewThreat]
    );
    assert_eq!(kinds("I would like a refund.\n\nBest of luck\n\nA bad review is what I read"), []);
}

#[test]
fn work_and_memory_are_bounded() {
    let whole = |part: &str| part.repeat(READ_BYTES / part.len() + 2);
    let Found { findings, unread } = READER.read(&whole("Fuck you. "));
    assert_eq!(findings.len(), FINDINGS_KEPT);
    assert!(unread > 0);
    for part in
        ["a", "\u{301}", "“", "\"", "> ", "\n", "(", "*", "if ", "返金", "a b c ", "\u{3099}"]
    {
        assert_eq!(READER.read(&whole(part)).findings, [], "{part:?}");
    }
    // Nothing but what the rules look at, and never what makes a finding.
    for part in ["if refund ", "bad review ", "i would never write a bad review if refund "] {
        assert!(READER.read(&whole(part)).findings.len() <= FINDINGS_KEPT);
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}|(fuck|refund|if|review|one star|\u{301}|“|”|\n|>|傻|逼|差评| |\\.){0,60}") {
        let found = READER.read(&text);
        for finding in &found.findings {
            let mut end = 0;
            for word in &finding.words {
                prop_assert!(word.start >= end && word.start < word.end);
                prop_assert!(text.get(word.clone()).is_some());
                end = word.end;
            }
        }
    }
}
