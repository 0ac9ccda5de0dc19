//! Which of several names and addresses the argument is about, and their parts as they are shown.

use super::compare::Field;
use super::model::Model;
use super::names::names;
use super::places::places;
use super::profile::{Profile, Word};
use super::script::Script;
use crate::normalise::text::{fold, is_word, push_without_umlauts};
use buyerwatch_domain::Address;
use std::ops::Range;

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

/// The part of a name that a field is about, as it was written.
#[must_use]
pub fn name_part(value: &str, field: Field) -> Option<String> {
    let mut profile = Profile::default();
    profile.add_name(value);
    let name = profile.names.into_iter().next()?;
    if name.cjk && field == Field::Family {
        return Some(value.trim().to_owned());
    }
    let others = || name.words.iter().enumerate().filter(|(at, _)| *at != name.family);
    let text = |word: &Word| written(value, [&*word.text]);
    match field {
        Field::Family => name.words.get(name.family).map(text),
        Field::Given => others().next().map(|(_, word)| text(word)),
        Field::Middle => {
            let rest: Vec<&str> = others().skip(1).map(|(_, word)| &*word.text).collect();
            (!rest.is_empty()).then(|| written(value, rest))
        }
        Field::Generation => name.generation.map(String::from),
        _ => None,
    }
}

/// The part of an address that came in parts, as it was written.
#[must_use]
pub fn address_part(address: &Address, field: Field) -> Option<String> {
    let mut profile = Profile::default();
    profile.add_address(address);
    let city = address.city.trim();
    if field == Field::City && !city.is_empty() {
        return part_of(&profile, "", field).map(|_| city.to_owned());
    }
    part_of(&profile, &address.lines.join("\n"), field)
}

/// As [`address_part`], for an address in one line.
#[must_use]
pub fn address_line_part(value: &str, field: Field) -> Option<String> {
    let mut profile = Profile::default();
    profile.add_address_line(value).ok()?;
    part_of(&profile, value, field)
}

fn part_of(profile: &Profile, source: &str, field: Field) -> Option<String> {
    let place = profile.places.first()?;
    let texts = |words: &[Word]| -> Vec<String> {
        words.iter().map(|word| word.text.to_string()).collect()
    };
    let all = |words: &[Word]| (!words.is_empty()).then(|| texts(words).join(" "));
    let named = |words: &[Word]| {
        let words = texts(words);
        (!words.is_empty()).then(|| written(source, words.iter().map(String::as_str)))
    };
    match field {
        Field::Street => named(&place.street).or_else(|| named(&place.kinds)),
        Field::Number => all(&place.numbers),
        Field::Unit => all(&place.units),
        Field::Postcode => place.postcode.as_ref().map(|word| word.text.to_string()),
        Field::City => place.city.as_ref().map(|word| written(source, [&*word.text])),
        Field::Country => place.country.map(|country| country.code().to_owned()),
        _ => None,
    }
}

/// Longest text in which words are looked for.
const LONGEST: usize = 1024;

/// The words as their source has them, in its order; what is not found there stands in the spelling that is compared.
fn written<'a>(source: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    let source = if source.len() > LONGEST { "" } else { source };
    let pieces = pieces(source);
    let mut used: Vec<Range<usize>> = Vec::new();
    let mut found: Vec<(usize, String)> = Vec::new();
    for word in words {
        let free = |range: &Range<usize>| {
            used.iter().all(|of| of.end <= range.start || range.end <= of.start)
        };
        let piece = pieces.iter().find(|(range, spelled)| {
            free(range) && spelled.iter().any(|one| is_spelled(one, word))
        });
        match piece {
            Some((range, _)) => {
                used.push(range.clone());
                found.push((range.start, source.get(range.clone()).unwrap_or(word).to_owned()));
            }
            None => found.push((usize::MAX, word.to_owned())),
        }
    }
    found.sort_by_key(|(at, _)| *at);
    let found: Vec<String> = found.into_iter().map(|(_, text)| text).collect();
    found.join(" ")
}

/// Whether a piece is the word, or the word with the kind of street behind it.
fn is_spelled(piece: &str, word: &str) -> bool {
    piece.strip_prefix(word).is_some_and(|rest| matches!(rest, "" | "strasse" | "straat" | "str"))
}

/// Up to three words in a row, the shortest first, each in every spelling in which it may be compared.
fn pieces(source: &str) -> Vec<(Range<usize>, Vec<String>)> {
    // Apostrophes are within a word.
    let inner = |c: char| is_word(c) || matches!(c, '\'' | '`' | '´' | '\u{2018}' | '\u{2019}');
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in source.char_indices().chain([(source.len(), ' ')]) {
        match (start, inner(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    let mut pieces = Vec::new();
    for length in 1..=3 {
        for row in words.windows(length) {
            let [first, ..] = row else { continue };
            let Some(last) = row.last() else { continue };
            let range = first.start..last.end;
            let mut folded = String::new();
            fold(source.get(range.clone()).unwrap_or_default(), &mut folded);
            folded.retain(is_word);
            let mut plain = String::new();
            push_without_umlauts(&folded, &mut plain);
            let latin = Script::of(&[folded.as_str()]).map(|script| script.latin(&folded));
            let spelled = [Some(folded), Some(plain), latin].into_iter().flatten().collect();
            pieces.push((range, spelled));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_shown_as_they_were_written() {
        let name = |value, field| name_part(value, field).unwrap_or_default();
        for (value, given, family) in [
            ("Jürgen Weißmüller", "Jürgen", "Weißmüller"),
            ("WEISSMÜLLER, Jürgen", "Jürgen", "WEISSMÜLLER"),
            ("Joerg Mueller", "Joerg", "Mueller"),
            ("Иван Петров", "Иван", "Петров"),
            ("Sinéad O’Brien", "Sinéad", "O’Brien"),
            ("taylor hathaway", "taylor", "hathaway"),
        ] {
            assert_eq!(
                (name(value, Field::Given), name(value, Field::Family)),
                (given.into(), family.into())
            );
        }
        assert_eq!(name("陳大文", Field::Family), "陳大文");
        assert_eq!(name("Ana Öztürk Müller Çelik", Field::Middle), "Öztürk Müller");
        let line = |value, field| address_line_part(value, field).unwrap_or_default();
        for (value, street, city) in [
            ("Königstraße 14 a, 50667 Köln, DE", "Königstraße", "Köln"),
            ("12 Main St, New York, NY 10001, US", "Main", "New York"),
            ("Lindenhofweg 14, 97070 Würzburg, DE", "Lindenhofweg", "Würzburg"),
        ] {
            assert_eq!(
                (line(value, Field::Street), line(value, Field::City)),
                (street.into(), city.into())
            );
        }
        let address = Address {
            lines: vec!["Rue de l’Église 4".into()],
            city: " Saint-Étienne ".into(),
            postal: "42000".into(),
            country: "FR".into(),
            ..Address::default()
        };
        assert_eq!(address_part(&address, Field::City).as_deref(), Some("Saint-Étienne"));
        assert_eq!(address_part(&address, Field::Number).as_deref(), Some("4"));
        // Anything may be asked about.
        assert!(written(&"x".repeat(1 << 20), ["x"]).len() == 1);
    }
}
