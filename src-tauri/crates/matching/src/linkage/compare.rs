//! Weighing two people field by field.

use super::model::{Addresses, Model};
use super::names::names;
use super::places::places;
use super::profile::Profile;
use crate::weigh::weights;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The given name.
    Given,
    /// The family name; of a Chinese, Japanese or Korean name the whole.
    Family,
    /// Further given names and initials.
    Middle,
    /// What tells father from son.
    Generation,
    /// Name of street, village or building.
    Street,
    /// House number.
    Number,
    /// Flat, suite, room.
    Unit,
    /// Postcode.
    Postcode,
    /// City or town.
    City,
    /// Country.
    Country,
    /// Telephone number.
    Phone,
    /// Relay alias or another e-mail address.
    Alias,
}

/// How two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// In one spelling they are the same.
    Same,
    /// One is a short or pet form of the other.
    Short,
    /// A slip of the pen apart.
    Close,
    /// One is the first letter of the other.
    Initial,
    /// The same, but many people share it.
    Shared,
    /// One side has none.
    Missing,
    /// Both have one, and they differ.
    Conflict,
}

/// One field's part of the argument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// What was compared.
    pub field: Field,
    /// How it agrees.
    pub likeness: Likeness,
    /// In bits: positive speaks for one person.
    pub weight: f64,
}

/// How two names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum NameVerdict {
    /// One side has no name.
    #[default]
    Missing,
    /// Nothing or next to nothing agrees.
    Conflict,
    /// Something agrees, and something is missing or differs.
    Partly,
    /// Two of three words agree, and the third is missing or differs.
    Most,
    /// The family name agrees, and the first letter of the given name.
    Initial,
    /// Family and given name agree, at least nearly.
    Whole,
}

/// What the fields amount to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// Sum of all weights, in bits.
    pub score: f64,
    /// Sum of the weights of names alone.
    pub name_score: f64,
    /// Sum of the weights of addresses alone.
    pub place_score: f64,
    /// How the names stand to each other.
    pub name: NameVerdict,
    /// A telephone number or an alias agrees.
    pub proof: bool,
    /// Every field that was compared.
    pub evidence: Vec<Evidence>,
}

/// Compares two people. Of several names and addresses, the pair that agrees best counts.
pub fn compare(
    model: &Model,
    crowd: Option<&Addresses>,
    order: &Profile,
    listed: &Profile,
) -> Side {
    let place = best_place(model, crowd, order, listed);
    together(best_name(model, order, listed), place, order, listed)
}

/// The pair of names that agrees best.
pub(crate) fn best_name(model: &Model, order: &Profile, listed: &Profile) -> Side {
    let mut best = Side::default();
    let mut first = true;
    for one in &order.names {
        for other in &listed.names {
            let side = names(model, one, other);
            if first || (side.name as u8, side.name_score) > (best.name as u8, best.name_score) {
                best = side;
                first = false;
            }
        }
    }
    best
}

/// The pair of addresses that agrees best; nothing if one side has none.
pub(crate) fn best_place(
    model: &Model,
    crowd: Option<&Addresses>,
    order: &Profile,
    listed: &Profile,
) -> Option<Side> {
    let mut place: Option<Side> = None;
    for one in &order.places {
        for other in &listed.places {
            let side = places(model, crowd, one, other);
            if place.as_ref().is_none_or(|best| side.place_score > best.place_score) {
                place = Some(side);
            }
        }
    }
    place
}

/// One argument of both and of what else there is.
pub(crate) fn together(name: Side, place: Option<Side>, order: &Profile, listed: &Profile) -> Side {
    let mut best = name;
    if let Some(place) = place {
        best.place_score = place.place_score;
        best.evidence.reserve_exact(place.evidence.len() + 2);
        best.evidence.extend(place.evidence);
    }
    best.score = best.name_score + best.place_score;
    ids(order, listed, &mut best);
    best
}

/// Telephone numbers and aliases.
fn ids(order: &Profile, listed: &Profile, side: &mut Side) {
    let mut put = |field, likeness, weight| {
        side.score += weight;
        side.evidence.push(Evidence { field, likeness, weight });
    };
    if !order.aliases.is_empty() && !listed.aliases.is_empty() {
        if order.aliases.iter().any(|alias| listed.aliases.contains(alias)) {
            side.proof = true;
            put(Field::Alias, Likeness::Same, weights::UNIQUE_ID);
        } else {
            put(Field::Alias, Likeness::Conflict, weights::CHANGEABLE_CONFLICT);
        }
    }
    if !order.phones.is_empty() && !listed.phones.is_empty() {
        if order.phones.iter().any(|phone| listed.phones.contains(phone)) {
            side.proof = true;
            put(Field::Phone, Likeness::Same, weights::PHONE);
        } else {
            put(Field::Phone, Likeness::Conflict, weights::PHONE_CONFLICT);
        }
    }
}

/// Bits of what so large a share of strangers has in common, while one person nearly always keeps it.
pub(super) fn bits(share: f64) -> f64 {
    (0.95 / share).log2()
}
