//! The argument for a person to read: plain data without figures that need the engine to be understood.

use super::compare::{Field, Likeness, NameVerdict, Side};
use super::tier::{Guard, missing_bits, tier};
use buyerwatch_domain::Tier;

/// How the two values of a field stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// They are the same, however written.
    Agree,
    /// They are nearly the same, or one is short for the other.
    Close,
    /// Both sides have a value, and they are two.
    Conflict,
    /// One side has none, or the two cannot be compared.
    Missing,
}

/// How rare a value is on which both agree. Agreement on a rare one says more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rarity {
    /// More than one stranger in about thirty shares it: below 5 bits.
    Common,
    /// Less than 9 bits.
    Uncommon,
    /// Less than one stranger in about five hundred shares it.
    Rare,
}

/// What else a reader should know about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Note {
    /// Many unrelated names are seen at the address, as at a freight forwarder's.
    SharedAddress,
    /// One name is a short or pet form of the other.
    ShortForm,
    /// One name is only the first letter of the other.
    InitialOnly,
    /// Parts of one address are not independent: together they count for more or less than their sum.
    /// Someone who moved, for one, changed street, town and postcode at once.
    CountedTogether,
}

/// One line of the argument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// What was compared.
    pub field: Field,
    /// How it agrees.
    pub verdict: Verdict,
    /// log2(m/u): positive speaks for one person.
    pub bits: f64,
    /// How rare the value is; only where the two agree or nearly do.
    pub rarity: Option<Rarity>,
    /// What else there is to say.
    pub note: Option<Note>,
}

/// Fields that a reader expects to see even when there is nothing to compare.
const EXPECTED: [Field; 7] = [
    Field::Family,
    Field::Street,
    Field::Number,
    Field::Postcode,
    Field::City,
    Field::Phone,
    Field::Alias,
];

/// The lines of an argument, strongest first, missing fields last. Their bits sum to
/// [`Side::score`].
#[must_use]
pub fn lines(side: &Side) -> Vec<Line> {
    let mut lines: Vec<Line> = side
        .evidence
        .iter()
        .map(|evidence| {
            let (verdict, note) = match evidence.likeness {
                Likeness::Same => (Verdict::Agree, None),
                Likeness::Short => (Verdict::Close, Some(Note::ShortForm)),
                Likeness::Close => (Verdict::Close, None),
                Likeness::Initial => (Verdict::Close, Some(Note::InitialOnly)),
                Likeness::Shared => (Verdict::Agree, Some(Note::SharedAddress)),
                Likeness::Missing => (Verdict::Missing, None),
                Likeness::Conflict => (Verdict::Conflict, None),
            };
            let said = matches!(verdict, Verdict::Agree | Verdict::Close) && evidence.weight > 0.0;
            Line {
                field: evidence.field,
                verdict,
                bits: evidence.weight,
                rarity: said.then(|| rarity(evidence.weight)),
                note,
            }
        })
        .collect();
    let rest = side.score - lines.iter().map(|line| line.bits).sum::<f64>();
    if rest.abs() > 1e-6 {
        lines.push(Line {
            field: Field::Street,
            verdict: Verdict::Close,
            bits: rest,
            rarity: None,
            note: Some(Note::CountedTogether),
        });
    }
    for field in EXPECTED {
        let named = field == Field::Family && side.name != NameVerdict::Missing;
        if !named && lines.iter().all(|line| line.field != field) {
            lines.push(Line {
                field,
                verdict: Verdict::Missing,
                bits: 0.0,
                rarity: None,
                note: None,
            });
        }
    }
    lines.sort_by(|one, other| {
        let last = |line: &Line| line.verdict == Verdict::Missing;
        last(one).cmp(&last(other)).then(other.bits.abs().total_cmp(&one.bits.abs()))
    });
    lines
}

fn rarity(bits: f64) -> Rarity {
    match bits {
        ..5.0 => Rarity::Common,
        5.0..9.0 => Rarity::Uncommon,
        _ => Rarity::Rare,
    }
}

/// Why an order did not alert for a listed person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WhyNot {
    /// It does alert.
    Alerts,
    /// So many bits more would have been needed; the name is not what stands against it.
    TooLittle {
        /// Above zero.
        missing_bits: f64,
    },
    /// One side has no name that could be compared, and no telephone number or alias agrees.
    NameMissing,
    /// Only part of the name agrees: another member of the household, perhaps.
    NamePartly,
    /// Another name: an address alone never alerts.
    NameConflicts,
}

/// What stood against an alert. `listed`: how many people are listed.
#[must_use]
pub fn why_not(side: &Side, listed: usize, guard: Guard) -> WhyNot {
    if tier(side, listed, guard) == Some(Tier::Alert) {
        return WhyNot::Alerts;
    }
    let missing = missing_bits(side, listed);
    match side.name {
        NameVerdict::Conflict => WhyNot::NameConflicts,
        NameVerdict::Whole | NameVerdict::Initial => WhyNot::TooLittle { missing_bits: missing },
        _ if missing > 0.0 && side.proof => WhyNot::TooLittle { missing_bits: missing },
        NameVerdict::Missing => WhyNot::NameMissing,
        NameVerdict::Partly | NameVerdict::Most => WhyNot::NamePartly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linkage::{Addresses, Model, Profile, compare};
    use buyerwatch_domain::Address;

    fn person(name: &str, line: &str, postal: &str, phone: &str) -> Profile {
        let mut person = Profile::default();
        person.add_name(name);
        person.add_phone(phone);
        person.add_address(&Address {
            lines: vec![line.into()],
            postal: postal.into(),
            country: "DE".into(),
            ..Address::default()
        });
        person
    }

    fn side(one: &Profile, other: &Profile) -> Side {
        compare(&Model::default(), None, one, other)
    }

    #[test]
    fn the_lines_sum_to_the_score_and_name_every_expected_field() {
        let listed = person("Robert Beispiel", "Königsgasse 14", "97070", "0931 1234567");
        for order in [
            person("Robert Beispiel", "Königsgasse 14", "97070", ""),
            person("Bob Beispiel", "Ringweg 3", "10115", "0931 1234567"),
            person("Erika Muster", "Koenigsgasse 14", "97070", "030 7654321"),
            person("", "Königsgasse 15", "97070", ""),
            person("王伟", "", "", ""),
        ] {
            let side = side(&order, &listed);
            let lines = lines(&side);
            let sum: f64 = lines.iter().map(|line| line.bits).sum();
            assert!((sum - side.score).abs() < 1e-6, "{lines:?}");
            for field in EXPECTED {
                let named = field == Field::Family && side.name != NameVerdict::Missing;
                assert!(named || lines.iter().any(|line| line.field == field), "{field:?}");
            }
            let gaps: Vec<bool> = lines.iter().map(|l| l.verdict == Verdict::Missing).collect();
            assert!(gaps.is_sorted(), "{lines:?}");
        }
    }

    #[test]
    fn a_line_says_how_rare_and_why_close() {
        let listed = person("Robert Beispiel", "Königsgasse 14", "97070", "");
        let lines = lines(&side(&person("Bob Beispiel", "Königsgasse 14", "97070", ""), &listed));
        let of = |field| lines.iter().find(|line| line.field == field).copied().unwrap();
        assert_eq!(of(Field::Given).note, Some(Note::ShortForm));
        assert_eq!(of(Field::Family).rarity, Some(Rarity::Rare));
        assert_eq!(of(Field::Phone).verdict, Verdict::Missing);
    }

    #[test]
    fn a_shared_address_is_called_one() {
        let suite = |name: &str, unit: u8| {
            person(name, &format!("9302 Airport Way Suite {unit}"), "97220", "")
        };
        let mut crowd = Addresses::default();
        for n in 0..20u8 {
            let letter = char::from(b'a' + n);
            crowd.learn(&suite(&format!("Customer{letter} Family{letter}"), n));
        }
        let (one, other) = (suite("Ann Lee", 77), suite("Ann Lee", 78));
        let side = compare(&Model::default(), Some(&crowd), &one, &other);
        let lines = lines(&side);
        assert!(lines.iter().any(|line| line.note == Some(Note::SharedAddress)), "{lines:?}");
    }

    #[test]
    fn what_stood_against_an_alert_is_said() {
        let listed = person("Erika Beispiel", "Königsgasse 14", "97070", "");
        let why = |name: &str, line: &str, postal: &str| {
            why_not(&side(&person(name, line, postal, ""), &listed), 1_000, Guard::On)
        };
        assert_eq!(why("Erika Beispiel", "Königsgasse 14", "97070"), WhyNot::Alerts);
        assert_eq!(why("Max Muster", "Königsgasse 14", "97070"), WhyNot::NameConflicts);
        assert_eq!(why("Max Beispiel", "Königsgasse 14", "97070"), WhyNot::NamePartly);
        assert_eq!(why("", "Königsgasse 14", "97070"), WhyNot::NameMissing);
        let elsewhere = side(&person("Erika Beispiel", "Ringweg 3", "10115", ""), &listed);
        let elsewhere = why_not(&elsewhere, 1_000_000, Guard::On);
        assert!(matches!(elsewhere, WhyNot::TooLittle { missing_bits } if missing_bits > 0.0));
    }
}
