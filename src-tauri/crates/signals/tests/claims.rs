//! Claims of non-receipt against grounds that were labelled by hand.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use buyerwatch_signals::says_not_received;

/// Nine grounds of each language, written in plain words of buyers, not in those of marketplaces.
const CLAIMS: &str = include_str!("labelled/claims.tsv");

#[test]
fn what_was_not_received_is_told_from_what_was() {
    let shown = std::env::var("SHOW").is_ok_and(|show| show == "claims");
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for language in ["en", "de", "fr", "it", "es", "pt", "ja", "zh"] {
        let before = (right, wrong, missed);
        for line in CLAIMS.lines().skip(1).filter(|line| line.starts_with(language)) {
            let mut fields = line.split('\t').skip(1);
            let (label, text) = (fields.next().unwrap(), fields.next().unwrap());
            match (label == "yes", says_not_received(text)) {
                (true, true) => right += 1,
                (false, true) => wrong += 1,
                (true, false) => missed += 1,
                (false, false) => continue,
            }
            if shown && (label == "yes") != says_not_received(text) {
                println!("  {language} expected {label}: {text}");
            }
        }
        let (right, wrong, missed) = (right - before.0, wrong - before.1, missed - before.2);
        println!("claims, {language}  {right} right {wrong} wrong {missed} missed");
    }
    println!("claims  {right} right {wrong} wrong {missed} missed");
    assert!(f64::from(right) >= 0.95 * f64::from(right + wrong), "precision");
    assert!(f64::from(right) >= 0.80 * f64::from(right + missed), "recall");
}
