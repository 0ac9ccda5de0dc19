//! What of an order is kept.

use super::frozen::{
    FIRST, INITIAL, Pair, count, first_letter, given, has, kept_forms, mixed, role,
};
use crate::linkage::model::Model;
use crate::linkage::profile::{NameProfile, PlaceProfile, Word, hash};

pub(super) fn put_name(model: &Model, name: &NameProfile, put: &mut impl FnMut(Pair, u64, u64)) {
    let whole = hash(&name.joined);
    put(Pair::WholeName, whole, whole);
    if let Some(turned) = name.turned {
        put(Pair::WholeName, turned, turned);
    }
    if name.cjk {
        return;
    }
    if let Some(generation) = &name.generation {
        for word in &name.words {
            put(Pair::Generation, word.hash, hash(generation));
        }
    }
    let given = given(name);
    let forms = |at: usize, word: &Word| -> Vec<u64> {
        let letter = first_letter(word) ^ role(given, at);
        if word.is_initial() {
            return vec![letter ^ INITIAL];
        }
        let mut forms = kept_forms(model, word);
        forms.push(letter ^ FIRST);
        forms
    };
    for (at, one) in name.words.iter().enumerate() {
        for (beside_at, other) in name.words.iter().enumerate().skip(at + 1) {
            for form in forms(at, one) {
                for beside in forms(beside_at, other) {
                    put(Pair::Names, form, beside);
                    put(Pair::Words, mixed(form, beside), count(name.words.len()));
                }
            }
        }
    }
}

pub(super) fn fields_of(place: &PlaceProfile) -> u8 {
    let mut fields = 0;
    for (field, there) in [
        (has::STREET, !place.joined.is_empty()),
        (has::NUMBER, !place.numbers.is_empty()),
        (has::UNIT, !place.units.is_empty()),
        (has::POSTCODE, place.postcode.is_some()),
        (has::CITY, place.city.is_some()),
    ] {
        if there {
            fields |= field;
        }
    }
    fields
}

pub(super) fn put_place(place: &PlaceProfile, put: &mut impl FnMut(Pair, u64, u64)) {
    let postcode = place.postcode.as_ref().map(|word| word.hash);
    let city = place.city.as_ref().map(|word| word.skeleton);
    let line = (!place.joined.is_empty()).then(|| hash(&place.joined));
    let mut both = |pair, one: Option<u64>, other: Option<u64>| {
        if let (Some(one), Some(other)) = (one, other) {
            put(pair, one, other);
        }
    };
    for number in place.numbers.iter().map(|word| Some(word.hash)) {
        for street in &place.street {
            both(Pair::StreetNumber, Some(street.skeleton), number);
        }
        both(Pair::LineNumber, line, number);
        both(Pair::NumberPostcode, number, postcode);
        for unit in &place.units {
            both(Pair::UnitNumber, Some(unit.hash), number);
        }
    }
    for street in place.street.iter().map(|word| Some(word.skeleton)) {
        both(Pair::StreetPostcode, street, postcode);
        both(Pair::StreetCity, street, city);
    }
    both(Pair::LinePostcode, line, postcode);
    both(Pair::LineCity, line, city);
    both(Pair::PostcodeCity, postcode, city);
    for unit in &place.units {
        both(Pair::UnitLine, Some(unit.hash), line);
    }
}

/// A name with what of the address it stands beside.
pub(super) fn put_beside(name: u64, place: &PlaceProfile, put: &mut impl FnMut(Pair, u64, u64)) {
    for number in place.numbers.iter().take(1) {
        put(Pair::NameNumber, name, number.hash);
    }
    for street in &place.street {
        put(Pair::NameStreet, name, street.skeleton);
    }
    if let Some(postcode) = &place.postcode {
        put(Pair::NamePostcode, name, postcode.hash);
    }
    if let Some(city) = &place.city {
        put(Pair::NameCity, name, city.skeleton);
    }
}
