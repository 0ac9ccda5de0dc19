//! How hard a passphrase is to guess.

use super::create::PassphraseRule;
use crate::{ApiError, Desk, Secret};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to estimate.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EstimateStrength {
    /// The passphrase as typed so far.
    pub passphrase: Secret,
    /// Name of the person who will use it: it makes a weak passphrase.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub person_name: Option<String>,
}

/// How hard it is to guess.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Strength {
    /// 0 for trivial to 4 for very hard.
    #[ts(type = "0 | 1 | 2 | 3 | 4")]
    pub score: u8,
    /// Whether a vault may be created with it.
    pub acceptable: bool,
    /// What makes it weak.
    pub warning: Option<Warning>,
    /// Decimal logarithm of the guesses needed.
    pub guesses_log10: f64,
}

/// What makes a passphrase weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Fewer characters than asked for.
    TooShort,
    /// Among the most used passwords.
    Common,
    /// A word or two of a dictionary.
    Dictionary,
    /// The same again and again.
    Repeat,
    /// Like abc or 123.
    Sequence,
    /// A name, one's own or a usual one.
    Names,
    /// A date or year.
    Dates,
    /// Neighbouring keys.
    Keyboard,
}

/// Fewest characters of a passphrase.
const SHORTEST: usize = 10;
/// Fewest characters of a passphrase that a script sets.
const SHORTEST_SCRIPT: usize = 8;
/// Lowest acceptable score.
const LOWEST: u8 = 3;
/// What lies behind is not estimated: the estimate's time grows with the square of the length.
const ESTIMATED: usize = 100;
/// Words that lie near for whoever chooses a passphrase here.
const NEAR: &[&str] =
    &["buyerwatch", "买家守望", "amazon", "seller", "sellercentral", "marketplace", "vault"];

pub(crate) fn run(_: &Desk, request: EstimateStrength) -> Result<Strength, ApiError> {
    let name = request.person_name.as_deref().unwrap_or_default();
    Ok(estimate(request.passphrase.reveal(), &[name]))
}

/// How hard a passphrase is to guess for somebody who knows these words.
pub(crate) fn estimate(passphrase: &str, known: &[&str]) -> Strength {
    let parts = known.iter().flat_map(|text| text.split_whitespace().chain([*text]));
    let inputs: Vec<&str> = NEAR.iter().copied().chain(parts).filter(|i| !i.is_empty()).collect();
    let head: String = passphrase.chars().take(ESTIMATED).collect();
    let found = zxcvbn::zxcvbn(&head, &inputs);
    let score = u8::from(found.score()).min(4);
    let short = passphrase.chars().count() < SHORTEST;
    let warning = found.feedback().and_then(zxcvbn::feedback::Feedback::warning).map(Warning::from);
    Strength {
        score,
        acceptable: !short && score >= LOWEST,
        warning: if short { Some(Warning::TooShort) } else { warning },
        guesses_log10: found.guesses_log10(),
    }
}

/// Refuses a new passphrase that is too easy to guess.
pub(crate) fn accept(
    passphrase: &Secret,
    known: &[&str],
    rule: PassphraseRule,
) -> Result<(), ApiError> {
    let length = passphrase.reveal().chars().count();
    let (enough, shortest) = match rule {
        PassphraseRule::Strong => (estimate(passphrase.reveal(), known).acceptable, SHORTEST),
        PassphraseRule::Script => (length >= SHORTEST_SCRIPT, SHORTEST_SCRIPT),
    };
    if enough {
        return Ok(());
    }
    Err(ApiError::new(
        "weak_passphrase",
        "the passphrase is too easy to guess; take four or five unrelated words",
    )
    .with("shortest", shortest))
}

impl From<zxcvbn::feedback::Warning> for Warning {
    fn from(warning: zxcvbn::feedback::Warning) -> Self {
        use zxcvbn::feedback::Warning as W;
        match warning {
            W::StraightRowsOfKeysAreEasyToGuess | W::ShortKeyboardPatternsAreEasyToGuess => {
                Self::Keyboard
            }
            W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
                Self::Repeat
            }
            W::ThisIsATop10Password
            | W::ThisIsATop100Password
            | W::ThisIsACommonPassword
            | W::ThisIsSimilarToACommonlyUsedPassword => Self::Common,
            W::SequencesLikeAbcAreEasyToGuess => Self::Sequence,
            W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess => Self::Dates,
            W::AWordByItselfIsEasyToGuess => Self::Dictionary,
            W::NamesAndSurnamesByThemselvesAreEasyToGuess
            | W::CommonNamesAndSurnamesAreEasyToGuess => Self::Names,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_ones_are_told_why() {
        for (passphrase, warning) in [
            ("plum lant", Warning::TooShort),
            ("", Warning::TooShort),
            ("password123", Warning::Common),
            ("aaaaaaaaaaaa", Warning::Repeat),
            ("qwertyuiop[]", Warning::Keyboard),
        ] {
            let found = estimate(passphrase, &[]);
            assert!(!found.acceptable, "{passphrase}");
            assert_eq!(found.warning, Some(warning), "{passphrase}");
        }
    }

    #[test]
    fn ones_own_name_and_the_products_do_not_count() {
        let named = "Wilhelmina Overbrook";
        assert!(
            estimate("wilhelmina overbrook", &[]).guesses_log10
                > estimate("wilhelmina overbrook", &[named]).guesses_log10
        );
        assert!(!estimate("buyerwatch2026", &[]).acceptable);
    }

    #[test]
    fn several_unrelated_words_are_accepted_and_length_costs_no_time() {
        assert!(estimate("plum lantern orbit canvas", &[]).acceptable);
        assert!(estimate("李子灯笼轨道画布海鸥", &[]).acceptable);
        let long = "plum lantern orbit canvas ".repeat(4_000);
        assert!(estimate(&long, &[]).acceptable);
    }

    #[test]
    fn scripts_need_eight_characters() {
        let secret = |text: &str| Secret::new(text.to_owned());
        assert!(accept(&secret("test1234"), &[], PassphraseRule::Script).is_ok());
        for (text, rule) in
            [("test123", PassphraseRule::Script), ("test1234", PassphraseRule::Strong)]
        {
            assert_eq!(accept(&secret(text), &[], rule).unwrap_err().code, "weak_passphrase");
        }
    }
}
