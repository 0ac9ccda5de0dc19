//! Which of several names and addresses the argument is about, and their parts as they are shown.

use super::compare::Field;
use super::model::Model;
use super::names::names;
use super::places::places;
use super::profile::{Profile, Word};
use buyerwatch_domain::Address;

/// The listed name and address that agree best with the order's, by their places in the profile.
pub(crate) fn closest(
    model: &Model,
    order: &Profile,
    listed: &Profile,
) -> (Option<usize>, Option<usize>) {
    let name = listed
        .names
        .iter()
        .enumerate()
        .flat_map(|(at, theirs)| order.names.iter().map(move |ours| (at, ours, theirs)))
        .map(|(at, ours, theirs)| (at, names(model, ours, theirs)))
        .max_by(|(_, one), (_, other)| {
            (one.name, one.name_score)
                .partial_cmp(&(other.name, other.name_score))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
    let place = listed
        .places
        .iter()
        .enumerate()
        .flat_map(|(at, theirs)| order.places.iter().map(move |ours| (at, ours, theirs)))
        .map(|(at, ours, theirs)| (at, places(model, None, ours, theirs).place_score))
        .max_by(|(_, one), (_, other)| one.total_cmp(other));
    (name.map(|(at, _)| at), place.map(|(at, _)| at))
}

/// The part of a name that a field is about, in the spelling that is compared.
#[must_use]
pub fn name_part(value: &str, field: Field) -> Option<String> {
    let mut profile = Profile::default();
    profile.add_name(value);
    let name = profile.names.into_iter().next()?;
    let others = || name.words.iter().enumerate().filter(|(at, _)| *at != name.family);
    let text = |word: &Word| word.text.to_string();
    match field {
        Field::Family => name.words.get(name.family).map(text),
        Field::Given => others().next().map(|(_, word)| text(word)),
        Field::Middle => {
            let rest: Vec<String> = others().skip(1).map(|(_, word)| text(word)).collect();
            (!rest.is_empty()).then(|| rest.join(" "))
        }
        Field::Generation => name.generation.map(String::from),
        _ => None,
    }
}

/// The part of an address that came in parts, in the spelling that is compared.
#[must_use]
pub fn address_part(address: &Address, field: Field) -> Option<String> {
    let mut profile = Profile::default();
    profile.add_address(address);
    part_of(&profile, field)
}

/// As [`address_part`], for an address in one line.
#[must_use]
pub fn address_line_part(value: &str, field: Field) -> Option<String> {
    let mut profile = Profile::default();
    profile.add_address_line(value).ok()?;
    part_of(&profile, field)
}

fn part_of(profile: &Profile, field: Field) -> Option<String> {
    let place = profile.places.first()?;
    let all = |words: &[Word]| {
        let words: Vec<&str> = words.iter().map(|word| &*word.text).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    match field {
        Field::Street => all(&place.street).or_else(|| all(&place.kinds)),
        Field::Number => all(&place.numbers),
        Field::Unit => all(&place.units),
        Field::Postcode => place.postcode.as_ref().map(|word| word.text.to_string()),
        Field::City => place.city.as_ref().map(|word| word.text.to_string()),
        Field::Country => place.country.map(|country| country.code().to_owned()),
        _ => None,
    }
}
