//! What a listed person still sees in an order: their own words, where the order has pairs of them.

use super::Veil;
use super::frozen::{
    FIRST, INITIAL, MOST_WORDS, NAME, Pair, SLIP, count, first_letter, given, has, mixed, role,
};
use super::kept::put_beside;
use crate::linkage::model::Model;
use crate::linkage::names::is_particle;
use crate::linkage::profile::{NameProfile, PlaceProfile, Profile, Word, hash};
use crate::linkage::spelling::skeleton;
use crate::linkage::tables::short_forms;

impl Veil {
    pub(super) fn seen(
        &self,
        model: &Model,
        listed: &Profile,
        asks: &mut dyn FnMut(Pair, u64, u64) -> bool,
    ) -> Profile {
        let names =
            listed.names.iter().filter_map(|name| self.name(model, name, &listed.places, asks));
        let names = names.collect();
        let words = listed.names.iter().flat_map(|name| &name.words);
        let forms: Vec<u64> = words
            .filter(|word| !word.is_initial())
            .flat_map(|word| ways(model, word, 0))
            .filter(|(_, word)| !word.is_initial())
            .map(|(form, _)| form)
            .collect();
        let places = listed.places.iter().filter_map(|place| self.place(place, &forms, asks));
        let places = places.collect();
        let phones = listed.phones.iter().filter(|phone| {
            let mut any = false;
            for form in &forms {
                any |= asks(Pair::NamePhone, *form, **phone);
            }
            any
        });
        let phones = phones.copied().collect();
        Profile { names, places, phones, ..Profile::default() }
    }

    fn name(
        &self,
        model: &Model,
        name: &NameProfile,
        places: &[PlaceProfile],
        asks: &mut dyn FnMut(Pair, u64, u64) -> bool,
    ) -> Option<NameProfile> {
        let whole = hash(&name.joined);
        let mut same = asks(Pair::WholeName, whole, whole);
        if let Some(turned) = name.turned {
            same |= asks(Pair::WholeName, turned, turned);
        }
        let mut seen = if same {
            Some(NameProfile { generation: None, ..name.clone() })
        } else if name.cjk {
            None
        } else {
            two_words(model, name, asks).or_else(|| one_word(model, name, places, asks))
        };
        if seen.is_none() {
            let cjk = self.had(has::CJK_NAME) && (name.cjk || !self.had(has::LATIN_NAME));
            if !cjk && !self.had(has::LATIN_NAME) {
                return None;
            }
            let words = if cjk { vec![nothing()] } else { vec![nothing(), nothing()] };
            seen = Some(NameProfile { family: words.len() - 1, words, cjk, ..Default::default() });
        }
        let mut seen = seen?;
        if self.had(has::GENERATION) && !name.cjk {
            let same = name.generation.as_ref().filter(|own| {
                let own = hash(own);
                name.words.iter().any(|word| asks(Pair::Generation, word.hash, own))
            });
            seen.generation = Some(same.cloned().unwrap_or_else(|| NOTHING.into()));
        }
        seen.joined = seen.words.iter().map(|word| &*word.text).collect::<String>().into();
        Some(seen)
    }

    fn place(
        &self,
        place: &PlaceProfile,
        names: &[u64],
        asks: &mut dyn FnMut(Pair, u64, u64) -> bool,
    ) -> Option<PlaceProfile> {
        let (mut number, mut postcode, mut city, mut line) = (false, false, false, false);
        let number_of = place.numbers.first().map(|word| word.hash);
        let postcode_of = place.postcode.as_ref().map(|word| word.hash);
        let city_of = place.city.as_ref().map(|word| word.skeleton);
        let mut street = vec![false; place.street.len()];
        let mut both = |pair, one: Option<u64>, other: Option<u64>| -> bool {
            one.zip(other).is_some_and(|(one, other)| asks(pair, one, other))
        };
        for (word, agrees) in place.street.iter().zip(&mut street) {
            let word = Some(word.skeleton);
            for (pair, of, agrees_too) in [
                (Pair::StreetNumber, number_of, &mut number),
                (Pair::StreetPostcode, postcode_of, &mut postcode),
                (Pair::StreetCity, city_of, &mut city),
            ] {
                let found = both(pair, word, of);
                *agrees |= found;
                *agrees_too |= found;
            }
        }
        // What stands beside a name of theirs.
        for name in names.iter().copied().map(Some) {
            postcode |= both(Pair::NamePostcode, name, postcode_of);
            city |= both(Pair::NameCity, name, city_of);
        }
        let whole = (!place.joined.is_empty()).then(|| hash(&place.joined));
        for (pair, of, agrees_too) in [
            (Pair::LineNumber, number_of, &mut number),
            (Pair::LinePostcode, postcode_of, &mut postcode),
            (Pair::LineCity, city_of, &mut city),
        ] {
            let found = both(pair, whole, of);
            line |= found;
            *agrees_too |= found;
        }
        if both(Pair::NumberPostcode, number_of, postcode_of) {
            (number, postcode) = (true, true);
        }
        if both(Pair::PostcodeCity, postcode_of, city_of) {
            (postcode, city) = (true, true);
        }
        let unit = place.units.iter().find(|unit| {
            let unit = Some(unit.hash);
            let beside_number = both(Pair::UnitNumber, unit, number_of);
            both(Pair::UnitLine, unit, whole) || beside_number
        });
        let had = |field, agreed: Option<&Word>| -> Option<Word> {
            agreed.cloned().or_else(|| self.had(field).then(nothing))
        };
        let agreed = |word: Option<&'_ Word>, agrees: bool| word.filter(|_| agrees).cloned();
        let mut seen = PlaceProfile { cjk: place.cjk, ..PlaceProfile::default() };
        if line {
            seen.street.clone_from(&place.street);
            seen.kinds.clone_from(&place.kinds);
            seen.joined.clone_from(&place.joined);
        } else if self.had(has::STREET) {
            let agreed = place.street.iter().zip(&street).filter(|(_, agrees)| **agrees);
            seen.street = agreed.map(|(word, _)| word.clone()).collect();
            if seen.street.is_empty() {
                seen.street.push(nothing());
            }
            seen.joined = NOTHING.into();
        }
        seen.numbers =
            had(has::NUMBER, agreed(place.numbers.first(), number).as_ref()).into_iter().collect();
        seen.units = had(has::UNIT, unit).into_iter().collect();
        seen.postcode = had(has::POSTCODE, agreed(place.postcode.as_ref(), postcode).as_ref());
        seen.city = had(has::CITY, agreed(place.city.as_ref(), city).as_ref());
        // Which country it was is not kept; a town of that name is taken for the one there.
        seen.country = place.country.filter(|_| city);
        let empty = seen.street.is_empty()
            && seen.numbers.is_empty()
            && seen.postcode.is_none()
            && seen.city.is_none();
        (!empty).then_some(seen)
    }
}

/// Letters that no text has after folding; a word of them is no slip of any other.
const NOTHING: &str =
    "\u{E000}\u{E001}\u{E002}\u{E003}\u{E004}\u{E005}\u{E006}\u{E007}\u{E008}\u{E009}";

fn nothing() -> Word {
    Word::new(NOTHING, &mut String::new())
}

/// How an order may have written a listed word, best first: the form that was kept and the word.
fn ways(model: &Model, word: &Word, role: u64) -> Vec<(u64, Word)> {
    let mut room = String::new();
    let first: String = word.text.chars().take(1).collect();
    let letter = first_letter(word) ^ role;
    if word.is_initial() {
        let spelled = Word::new(&format!("{first}{NOTHING}"), &mut room);
        return vec![(letter ^ INITIAL, word.clone()), (letter ^ FIRST, spelled)];
    }
    let mut ways = vec![(word.hash, word.clone())];
    for short in short_forms(&word.text) {
        let short = Word::new(short, &mut room);
        ways.push((short.hash, short));
    }
    room.clear();
    skeleton(&word.text, &mut room);
    // Two consonants tell nobody apart: Sean, Saniyah and Susan have the same.
    if word.letters > 3 && room.chars().count() > 2 {
        // A doubled letter is the least slip.
        let near = Word::new(&format!("{first}{}", word.text), &mut room);
        ways.push((word.skeleton ^ SLIP, near));
        if !model.is_name(word) {
            // A name that people bear, of which this is a slip: how common it is cannot be seen, so it is taken for
            // no more than its first letter.
            ways.push((word.skeleton ^ NAME, Word::new(&first, &mut room)));
        }
    }
    ways.push((letter ^ INITIAL, Word::new(&first, &mut room)));
    ways
}

/// The name of which two words at least are one order's.
fn two_words(
    model: &Model,
    name: &NameProfile,
    asks: &mut dyn FnMut(Pair, u64, u64) -> bool,
) -> Option<NameProfile> {
    let given = given(name);
    let ways: Vec<Vec<(u64, Word)>> = name
        .words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let mut ways = ways(model, word, role(given, at));
            // That a word begins so is no news where the family name does.
            let begun = |of: &&Word| !of.is_initial() && first_letter(of) == first_letter(word);
            if word.is_initial() && Some(at) != given && name.words.iter().any(|of| begun(&of)) {
                ways.truncate(1);
            }
            ways
        })
        .collect();
    let mut agreed: Vec<Option<(usize, Word)>> = vec![None; name.words.len()];
    let mut words = 0;
    for (i, one) in ways.iter().enumerate() {
        for (j, other) in ways.iter().enumerate().skip(i + 1) {
            'pair: for (rank, (form, word)) in one.iter().enumerate() {
                for (other_rank, (beside, other_word)) in other.iter().enumerate() {
                    if !asks(Pair::Names, *form, *beside) {
                        continue;
                    }
                    for (at, rank, word) in [(i, rank, word), (j, other_rank, other_word)] {
                        if let Some(place) = agreed.get_mut(at)
                            && place.as_ref().is_none_or(|(known, _)| *known > rank)
                        {
                            *place = Some((rank, word.clone()));
                        }
                    }
                    let both = mixed(*form, *beside);
                    let found = (2..=MOST_WORDS).find(|n| asks(Pair::Words, both, count(*n)));
                    words = words.max(found.unwrap_or(2));
                    break 'pair;
                }
            }
        }
    }
    let known = agreed.iter().flatten().count();
    if known < 2 {
        return None;
    }
    // Words that agree with nothing stand first where the given name, then where the family name is.
    let mut odd = words.saturating_sub(known);
    for at in [given, Some(name.family)].into_iter().flatten() {
        if let Some(place @ None) = agreed.get_mut(at)
            && odd > 0
        {
            *place = Some((0, nothing()));
            odd -= 1;
        }
    }
    let cut = name.words.get(name.family).is_some_and(Word::is_initial) && odd > 0;
    let family = if cut { words } else { agreed.iter().take(name.family).flatten().count() };
    let mut all: Vec<Word> = agreed.into_iter().flatten().map(|(_, word)| word).collect();
    all.extend((0..odd).map(|_| nothing()));
    Some(NameProfile { family: family.min(all.len() - 1), words: all, ..NameProfile::default() })
}

/// A name of which one word stands beside the listed address.
fn one_word(
    model: &Model,
    name: &NameProfile,
    places: &[PlaceProfile],
    asks: &mut dyn FnMut(Pair, u64, u64) -> bool,
) -> Option<NameProfile> {
    let mut beside = |form: u64| {
        let mut any = false;
        for place in places {
            put_beside(form, place, &mut |pair, one, other| any |= asks(pair, one, other));
        }
        any
    };
    let mut found = None;
    let tells = |(_, word): &(usize, &Word)| !word.is_initial() && !is_particle(&word.text);
    for (at, word) in name.words.iter().enumerate().filter(tells) {
        for (form, word) in ways(model, word, 0) {
            if !word.is_initial() && beside(form) && found.is_none() {
                found = Some((at == name.family, word));
            }
        }
    }
    let (is_family, word) = found?;
    let words = if is_family { vec![nothing(), word] } else { vec![word, nothing()] };
    Some(NameProfile { family: 1, words, ..NameProfile::default() })
}
