//! Claims of non-receipt against grounds that were labelled by hand.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use buyerwatch_signals::says_not_received;

/// Nine grounds of each language, written in plain words of buyers, not in those of marketplaces.
const CLAIMS: &str = include_str!("labelled/claims.tsv");

/// Seven more of each, written after the words were widened by those.
const SECOND: &str = include_str!("labelled/claims_second.tsv");

/// Five more of each.
const THIRD: &str = include_str!("labelled/claims_third.tsv");

/// And again five.
const FOURTH: &str = include_str!("labelled/claims_fourth.tsv");

#[test]
fn what_was_not_received_is_told_from_what_was() {
    for (name, set) in [
        ("claims", CLAIMS),
        ("second claims", SECOND),
        ("third claims", THIRD),
        ("fourth claims", FOURTH),
    ] {
        let [right, wrong, missed] = measure(name, set);
        assert!(f64::from(right) >= 0.95 * f64::from(right + wrong), "precision");
        assert!(f64::from(right) >= 0.80 * f64::from(right + missed), "recall");
    }
}

/// How many are right, wrong and missed, with a table by language.
fn measure(name: &str, set: &str) -> [u32; 3] {
    let shown = std::env::var("SHOW").is_ok_and(|show| show == name);
    let mut sum = [0; 3];
    for language in ["en", "de", "fr", "it", "es", "pt", "ja", "zh"] {
        let mut counts = [0; 3];
        for line in set.lines().skip(1).filter(|line| line.starts_with(language)) {
            let mut fields = line.split('\t').skip(1);
            let (expected, text) = (fields.next().unwrap() == "yes", fields.next().unwrap());
            let said = says_not_received(text);
            if shown && said != expected {
                println!("  {language} expected {expected}: {text}");
            }
            counts[0] += u32::from(expected && said);
            counts[1] += u32::from(!expected && said);
            counts[2] += u32::from(expected && !said);
        }
        println!("{name}, {language}  right, wrong, missed: {counts:?}");
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    println!("{name}  right, wrong, missed: {sum:?}");
    sum
}
