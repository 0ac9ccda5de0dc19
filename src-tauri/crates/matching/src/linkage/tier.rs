//! From an argument to a tier.

use super::compare::{NameVerdict, Side};
use buyerwatch_domain::Tier;

/// Bits above log2 of the number of listed people at which a match is an alert: every listed person is
/// one more chance to agree with a stranger.
///
/// Chosen on three development scenarios of synthetic people, so that at most two in ten thousand
/// honest orders alert in the worst of them.
pub const ALERT_BITS: f64 = 1.0;

/// A shorter list asks for no less: below the shortest that was measured, the chances of agreeing with
/// a stranger are ruled by how many orders come in, not by how many people are listed.
const LEAST_LISTED: usize = 500;

/// Where nothing but a name speaks for one person, and they live elsewhere, no list is shorter than this: how many
/// others bear a name has nothing to do with how many people are listed.
const LEAST_LISTED_BY_NAME: usize = 3_000;

/// Bits of an address at which it is another home, in the same town or not.
const ELSEWHERE: f64 = -4.0;

/// Bits of an address at which it is surely the same.
const SAME_HOME: f64 = 18.0;

/// Bits of an address that make up for the missing third word of a name.
const SOME_HOME: f64 = 8.0;

/// Whether members of one household are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Guard {
    /// An alert needs a name that agrees, or an alias.
    #[default]
    On,
    /// The sum alone decides: for data without households, to compare with programs that flag them.
    Off,
}

/// How sure a match is; nothing when it is none.
#[must_use]
pub fn tier(side: &Side, listed: usize, guard: Guard) -> Option<Tier> {
    let enough = missing_bits(side, listed) <= 0.0;
    let named = match side.name {
        NameVerdict::Whole | NameVerdict::Initial => true,
        NameVerdict::Most => side.place_score > SOME_HOME || side.proof,
        NameVerdict::Partly | NameVerdict::Missing => side.proof,
        NameVerdict::Conflict => false,
    };
    if enough && (named || guard == Guard::Off) {
        return Some(Tier::Alert);
    }
    let household = side.place_score >= SAME_HOME && side.name != NameVerdict::Conflict;
    (household || (enough && side.proof)).then_some(Tier::Possible)
}

/// Whether an address of this weight makes every tier impossible, whatever the names say beside it: they
/// weigh `most_of_names` at most, and neither a telephone number nor an alias agrees.
pub(crate) fn ruled_out(place_score: f64, most_of_names: f64, listed: usize) -> bool {
    let best = Side { score: place_score + most_of_names, ..Side::default() };
    place_score < SAME_HOME && missing_bits(&best, listed) > 0.0
}

/// Bits that are missing for an alert; zero or less when there are enough.
pub(crate) fn missing_bits(side: &Side, listed: usize) -> f64 {
    let by_name = !side.proof && side.place_score < ELSEWHERE;
    let least = if by_name { LEAST_LISTED_BY_NAME } else { LEAST_LISTED };
    let listed = f64::from(u32::try_from(listed.max(least)).unwrap_or(u32::MAX));
    ALERT_BITS + listed.log2() - side.score
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(score: f64, place_score: f64, name: NameVerdict) -> Side {
        Side { score, place_score, name, ..Side::default() }
    }

    #[test]
    fn a_home_alone_never_alerts() {
        for name in [NameVerdict::Missing, NameVerdict::Partly] {
            assert_eq!(tier(&side(60.0, 40.0, name), 1_000, Guard::On), Some(Tier::Possible));
        }
        assert_eq!(tier(&side(60.0, 40.0, NameVerdict::Conflict), 1_000, Guard::On), None);
        let off = tier(&side(60.0, 40.0, NameVerdict::Conflict), 1_000, Guard::Off);
        assert_eq!(off, Some(Tier::Alert));
    }

    #[test]
    fn a_longer_list_asks_for_more() {
        let found = side(12.0, 0.0, NameVerdict::Whole);
        assert_eq!(tier(&found, 1_000, Guard::On), Some(Tier::Alert));
        assert_eq!(tier(&found, 1_000_000, Guard::On), None);
        // Who lives elsewhere is a namesake however few are listed.
        let elsewhere = side(12.0, -10.5, NameVerdict::Whole);
        assert_eq!(tier(&elsewhere, 500, Guard::On), None);
        let proven = Side { proof: true, ..elsewhere };
        assert_eq!(tier(&proven, 500, Guard::On), Some(Tier::Alert));
        assert_eq!(tier(&side(12.6, -10.5, NameVerdict::Whole), 500, Guard::On), Some(Tier::Alert));
        let less = side(8.0, 0.0, NameVerdict::Whole);
        assert_eq!(tier(&less, 1, Guard::On), None, "a short list asks for no less");
    }

    #[test]
    fn whoever_is_ruled_out_has_no_tier_whatever_the_name() {
        use NameVerdict::{Conflict, Initial, Missing, Most, Partly, Whole};
        let (most, lists) = (24.0, [1, 1_000, 1_000_000]);
        let halves = |range: std::ops::Range<i16>| range.map(|half| f64::from(half) / 2.0);
        for listed in lists {
            for place in halves(-22..80) {
                let mut possible = false;
                for name_score in halves(-20..49) {
                    for name in [Missing, Conflict, Partly, Most, Initial, Whole] {
                        let side = side(place + name_score, place, name);
                        let tiers = [Guard::On, Guard::Off].map(|of| tier(&side, listed, of));
                        possible |= tiers != [None, None];
                    }
                }
                assert_eq!(ruled_out(place, most, listed), !possible, "{place} of {listed}");
            }
        }
    }
}
