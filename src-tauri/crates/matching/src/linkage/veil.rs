//! What is kept of an order whose plaintext is purged, and what a listed person still sees in it.
//!
//! Kept are keyed hashes of any two things together, never of one alone: a name with a name, a name with
//! a part of the address, two parts of the address. Each thing goes in as it is spelled and as what a
//! slip of the pen leaves alone. Whoever holds the key and a listed person's plaintext can ask which
//! pairs of theirs the order has, and nothing else.

use super::model::Model;
use super::profile::{NameProfile, PlaceProfile, Profile, Word, hash};
use super::tables::short_forms;
use crate::key::BlindKey;

/// Keyed hashes of the pairs of one order. Holds no plaintext.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Veil {
    /// In ascending order, each once.
    keys: Vec<u64>,
    /// Which fields the order had, as bits of [`has`].
    fields: u8,
}

/// What an order had. The bits are stored: never renumber.
mod has {
    pub(super) const LATIN_NAME: u8 = 1;
    pub(super) const CJK_NAME: u8 = 2;
    pub(super) const GENERATION: u8 = 4;
    pub(super) const STREET: u8 = 8;
    pub(super) const NUMBER: u8 = 16;
    pub(super) const UNIT: u8 = 32;
    pub(super) const POSTCODE: u8 = 64;
    pub(super) const CITY: u8 = 128;
}

/// What two things a key is of. The numbers go into stored keys: never renumber.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Pair {
    Names = 0x81,
    Words = 0x82,
    WholeName = 0x83,
    Generation = 0x84,
    StreetNumber = 0x85,
    StreetPostcode = 0x86,
    StreetCity = 0x87,
    LineNumber = 0x88,
    LinePostcode = 0x89,
    LineCity = 0x8A,
    NumberPostcode = 0x8B,
    UnitNumber = 0x8C,
    UnitLine = 0x8D,
    PostcodeCity = 0x8E,
    NameNumber = 0x8F,
    NamePostcode = 0x90,
    NameCity = 0x91,
    NameStreet = 0x92,
}

impl Veil {
    /// The pairs of an order.
    #[must_use]
    pub fn of(key: &BlindKey, model: &Model, order: &Profile) -> Self {
        let (mut keys, mut fields) = (Vec::with_capacity(64), 0);
        let mut put = |pair: Pair, one: u64, other: u64| {
            keys.push(key.pair(pair as u8, one, other));
        };
        for name in &order.names {
            fields |= if name.cjk { has::CJK_NAME } else { has::LATIN_NAME };
            put_name(model, name, &mut put);
            if name.generation.is_some() {
                fields |= has::GENERATION;
            }
        }
        for place in &order.places {
            fields |= fields_of(place);
            put_place(place, &mut put);
            for word in order.names.iter().flat_map(|name| &name.words) {
                for form in kept_forms(model, word) {
                    put_beside(form, place, &mut put);
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        Self { keys, fields }
    }

    /// As it was stored: what [`keys`](Self::keys) and [`fields`](Self::fields) answered.
    #[must_use]
    pub fn stored(mut keys: Vec<u64>, fields: u8) -> Self {
        keys.sort_unstable();
        keys.dedup();
        Self { keys, fields }
    }

    /// The keys by which the order is found again, ascending.
    #[must_use]
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// Which fields the order had, as bits.
    #[must_use]
    pub const fn fields(&self) -> u8 {
        self.fields
    }

    const fn had(&self, field: u8) -> bool {
        self.fields & field != 0
    }

    /// The order as far as the listed person's own words show it; what it had besides is there as words
    /// that agree with nothing.
    #[must_use]
    pub fn seen_by(&self, key: &BlindKey, model: &Model, listed: &Profile) -> Profile {
        self.seen(model, listed, &mut |pair, one, other| {
            self.keys.binary_search(&key.pair(pair as u8, one, other)).is_ok()
        })
    }

    /// Every key under which an order of the listed person may be kept.
    #[must_use]
    pub fn sought(key: &BlindKey, model: &Model, listed: &Profile) -> Vec<u64> {
        let mut keys = Vec::with_capacity(128);
        Self { keys: Vec::new(), fields: u8::MAX }.seen(model, listed, &mut |pair, one, other| {
            keys.push(key.pair(pair as u8, one, other));
            false
        });
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn seen(
        &self,
        model: &Model,
        listed: &Profile,
        asks: &mut dyn FnMut(Pair, u64, u64) -> bool,
    ) -> Profile {
        let names =
            listed.names.iter().filter_map(|name| self.name(model, name, &listed.places, asks));
        let names = names.collect();
        let places = listed.places.iter().filter_map(|place| self.place(place, asks));
        let places = places.collect();
        Profile { names, places, ..Profile::default() }
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

// What a word goes in as. The numbers go into stored keys: never renumber.
const SLIP: u64 = 0x9E37_79B9_7F4A_7C15;
const NAME: u64 = 0xC2B2_AE3D_27D4_EB4F;
const INITIAL: u64 = 0x1656_67B1_9E37_79F9;
const FIRST: u64 = 0x27D4_EB2F_1656_67C5;
const GIVEN: u64 = 0x8532_1F0B_6D94_E1A7;

fn first_letter(word: &Word) -> u64 {
    let mut room = [0; 4];
    hash(word.text.chars().next().map_or("", |first| first.encode_utf8(&mut room)))
}

/// A word as it is spelled, and what slips leave alone: apart for words that are names, since two
/// names are two people however alike.
fn kept_forms(model: &Model, word: &Word) -> Vec<u64> {
    if word.is_initial() {
        return Vec::new();
    }
    let alike = word.skeleton ^ if model.is_name(word) { NAME } else { SLIP };
    if word.letters > 3 { vec![word.hash, alike] } else { vec![word.hash] }
}

fn put_name(model: &Model, name: &NameProfile, put: &mut impl FnMut(Pair, u64, u64)) {
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

fn given(name: &NameProfile) -> Option<usize> {
    (0..name.words.len()).find(|at| *at != name.family)
}

/// Letters stand for the word at the same place only: John D. is not Daniel J.
fn role(given: Option<usize>, at: usize) -> u64 {
    if given == Some(at) { GIVEN } else { 0 }
}

fn count(words: usize) -> u64 {
    u64::try_from(words.min(MOST_WORDS)).unwrap_or(u64::MAX)
}

/// Names with more words are as if they had so many.
const MOST_WORDS: usize = 5;

/// The same whichever comes first.
const fn mixed(one: u64, other: u64) -> u64 {
    one.wrapping_add(other).wrapping_mul(0xFF51_AFD7_ED55_8CCD)
}

fn fields_of(place: &PlaceProfile) -> u8 {
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

fn put_place(place: &PlaceProfile, put: &mut impl FnMut(Pair, u64, u64)) {
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
fn put_beside(name: u64, place: &PlaceProfile, put: &mut impl FnMut(Pair, u64, u64)) {
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
    if word.letters > 3 {
        // A doubled letter is the least slip.
        let near = Word::new(&format!("{first}{}", word.text), &mut room);
        ways.push((word.skeleton ^ SLIP, near.clone()));
        if !model.is_name(word) {
            ways.push((word.skeleton ^ NAME, near));
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
        .map(|(at, word)| ways(model, word, role(given, at)))
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
    let family = agreed.iter().take(name.family).flatten().count();
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
    for (at, word) in name.words.iter().enumerate().filter(|(_, word)| !word.is_initial()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linkage::{Guard, Model, NameVerdict, compare, tier};
    use buyerwatch_domain::{Address, Tier};

    fn person(name: &str, line: &str) -> Profile {
        let mut person = Profile::default();
        person.add_name(name);
        person.add_address(&Address {
            lines: vec![line.to_owned()],
            city: "Springfield".into(),
            postal: "62704".into(),
            country: "US".into(),
            ..Address::default()
        });
        person
    }

    fn judged(order: &Profile, listed: &Profile) -> (NameVerdict, Option<Tier>) {
        let key = BlindKey::from_bytes([7; 32]);
        let seen =
            Veil::of(&key, &Model::default(), order).seen_by(&key, &Model::default(), listed);
        let side = compare(&Model::default(), None, &seen, listed);
        (side.name, tier(&side, 1, Guard::On))
    }

    #[test]
    fn what_is_left_of_an_order_tells_who_it_was() {
        use NameVerdict::{Conflict, Initial, Partly, Whole};
        let listed = person("Daniel J Brandis", "12 Windich Street Apt 4");
        for (name, line, verdict, alert) in [
            ("Daniel J Brandis", "12 Windich Street Apt 4", Whole, true),
            ("BRANDIS, Daniel", "12 windich st #4", Whole, true),
            ("Dan Brandis", "12 Windich St Apt 4", Whole, true),
            ("Daniel Brnadis", "12 Windihc Street Apt 4", Whole, true),
            ("D. Brandis", "12 Windich Street Apt 4", Initial, true),
            // The household, and those of like names.
            ("John D Brandis", "12 Windich Street Apt 4", Partly, false),
            ("J Brandis", "12 Windich Street Apt 4", Partly, false),
            ("Erika Brandis", "12 Windich Street Apt 4", Partly, false),
            ("Daniel K Brandis", "12 Windich Street Apt 4", Partly, false),
            ("Daniel J Brandis Jr", "12 Windich Street Apt 4", Partly, false),
            ("Erika Muster", "12 Windich Street Apt 4", Conflict, false),
            // Of the same name elsewhere, in a shop that knows no names.
            ("Daniel Brandis", "9 Yuranigh Court", Whole, false),
        ] {
            let mut order = person(name, line);
            if line.starts_with('9') {
                order.places.clear();
                order.add_address(&Address {
                    lines: vec![line.to_owned()],
                    city: "Brentwood".into(),
                    postal: "94513".into(),
                    ..Address::default()
                });
            }
            let (found, tier) = judged(&order, &listed);
            assert_eq!((found, tier == Some(Tier::Alert)), (verdict, alert), "{name}, {line}");
        }
    }

    #[test]
    fn two_names_on_one_order_are_not_read_as_one() {
        let mut order = person("Erika Muster", "12 Windich Street");
        order.add_name("Max Brandis");
        let (name, tier) = judged(&order, &person("Erika Brandis", "12 Windich Street"));
        assert!(name < NameVerdict::Most && tier != Some(Tier::Alert), "{name:?}");
    }

    #[test]
    fn one_that_a_listed_person_shares_nothing_with_shows_nothing() {
        let key = BlindKey::from_bytes([7; 32]);
        let order = person("Erika Muster", "12 Windich Street");
        let veil = Veil::of(&key, &Model::default(), &order);
        let sought = |key, person: &Profile| -> usize {
            let sought = Veil::sought(key, &Model::default(), person);
            sought.iter().filter(|key| veil.keys().binary_search(key).is_ok()).count()
        };
        assert!(sought(&key, &order) > 10);
        let other = BlindKey::from_bytes([8; 32]);
        assert_eq!(sought(&other, &order), 0, "under another key");
        let mut stranger = Profile::default();
        stranger.add_name("Max Brandis");
        assert_eq!(sought(&key, &stranger), 0);
        let again = Veil::stored(veil.keys().to_vec(), veil.fields());
        assert_eq!(again, veil);
    }
}
