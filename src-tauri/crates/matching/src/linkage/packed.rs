//! A listed person in as few bytes as will do, one after the other: a long list is compared as fast as it can be
//! fetched from memory.

use super::profile::{NameProfile, PlaceProfile, Profile, Word};
use super::spelling::Signs;
use crate::normalise::country::Country;
use crate::postings::fetch;

/// Profiles laid out flat, by number; the pages that hold them are long, so that what comes and goes beside leaves
/// no holes between them.
#[derive(Debug, Default)]
pub(crate) struct Pack {
    at: Vec<Option<Span>>,
    pages: Vec<Vec<u8>>,
    /// Bytes of those who were taken out.
    unused: usize,
}

/// Where somebody lies.
#[derive(Debug, Clone, Copy)]
struct Span {
    page: u32,
    start: u32,
}

/// Bytes of a page. Nobody lies on two.
const PAGE: usize = 1 << 20;

impl Pack {
    /// How many numbers were given out.
    pub(crate) fn len(&self) -> usize {
        self.at.len()
    }

    /// Puts somebody in under the next number.
    pub(crate) fn push(&mut self, profile: &Profile) {
        let span = self.write(profile);
        self.at.push(Some(span));
    }

    /// Puts what is known now in the place of what was.
    pub(crate) fn replace(&mut self, at: usize, profile: &Profile) {
        if self.take(at).is_none() {
            return;
        }
        let span = self.write(profile);
        if let Some(place) = self.at.get_mut(at) {
            *place = Some(span);
        }
    }

    /// Takes somebody out.
    pub(crate) fn take(&mut self, at: usize) -> Option<Profile> {
        let profile = self.get(at)?.profile();
        self.at.get_mut(at)?.take()?;
        let mut room = Vec::new();
        write(&profile, &mut room);
        self.unused += room.len();
        if self.unused > PAGE && 2 * self.unused > self.pages.iter().map(Vec::len).sum() {
            self.tidy();
        }
        Some(profile)
    }

    /// Somebody who is in.
    pub(crate) fn get(&self, at: usize) -> Option<Packed<'_>> {
        let Span { page, start } = self.at.get(at).copied()??;
        self.pages.get(page as usize)?.get(start as usize..).map(Packed)
    }

    /// Everybody who is in, by number.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, Packed<'_>)> {
        (0u32..).zip(0..self.at.len()).filter_map(|(number, at)| Some((number, self.get(at)?)))
    }

    fn write(&mut self, profile: &Profile) -> Span {
        if self.pages.last().is_none_or(|page| page.capacity() - page.len() < 4096) {
            self.pages.push(Vec::with_capacity(PAGE));
        }
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let page = number(self.pages.len().saturating_sub(1));
        let Some(last) = self.pages.last_mut() else { return Span { page, start: 0 } };
        let start = number(last.len());
        write(profile, last);
        Span { page, start }
    }

    /// Moves everybody together.
    fn tidy(&mut self) {
        let old = std::mem::take(self);
        for at in 0..old.at.len() {
            match old.get(at) {
                Some(packed) => self.push(&packed.profile()),
                None => self.at.push(None),
            }
        }
    }
}

fn write(profile: &Profile, to: &mut Vec<u8>) {
    // Whoever adds a part of a person adds it here and to what reads it.
    let Profile { names, places, phones, aliases } = profile;
    let mut to = Writer(to);
    to.count(places.len());
    places.iter().for_each(|place| to.place(place));
    for numbers in [phones, aliases] {
        to.count(numbers.len());
        numbers.iter().for_each(|number| to.long(*number));
    }
    to.count(names.len());
    names.iter().for_each(|name| to.name(name));
}

/// A [`Profile`] laid out flat: places first, since they are looked at first, then numbers, then names. What lies
/// behind is somebody else.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packed<'a>(&'a [u8]);

/// Bytes that most people take.
const USUAL: usize = 320;

impl Packed<'_> {
    /// Sees to it that most of it is near when it is read.
    pub(crate) fn fetch(self) {
        let near = self.0.get(..USUAL).unwrap_or(self.0);
        fetch(near.chunks(64).filter_map(<[u8]>::first), |byte| u32::from(*byte));
    }

    /// The whole.
    pub(crate) fn profile(self) -> Profile {
        let mut profile = Profile::default();
        self.read_names(self.read_places(&mut profile), &mut profile);
        profile
    }

    /// Reads everything but the names, into the room of what was there; says where the names begin.
    pub(crate) fn read_places(self, to: &mut Profile) -> usize {
        let mut from = Reader(self.0);
        let count = from.count();
        to.places.truncate(count);
        to.places.reserve_exact(count - to.places.len());
        for at in 0..count {
            if at == to.places.len() {
                to.places.push(PlaceProfile::default());
            }
            if let Some(place) = to.places.get_mut(at) {
                from.place(place);
            }
        }
        for numbers in [&mut to.phones, &mut to.aliases] {
            numbers.clear();
            for _ in 0..from.count() {
                numbers.push(from.long());
            }
        }
        self.0.len() - from.0.len()
    }

    /// Reads the names, which begin where [`read_places`](Self::read_places) said.
    pub(crate) fn read_names(self, start: usize, to: &mut Profile) {
        let mut from = Reader(self.0.get(start..).unwrap_or_default());
        let count = from.count();
        to.names.truncate(count);
        to.names.reserve_exact(count - to.names.len());
        for at in 0..count {
            if at == to.names.len() {
                to.names.push(NameProfile::default());
            }
            if let Some(name) = to.names.get_mut(at) {
                from.name(name);
            }
        }
    }
}

struct Writer<'a>(&'a mut Vec<u8>);

impl Writer<'_> {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn long(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// Seven bits at a time, the lowest first.
    fn count(&mut self, mut count: usize) {
        while count > 0x7F {
            self.byte(0x80 | low_byte(count));
            count >>= 7;
        }
        self.byte(low_byte(count));
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn maybe<T: ?Sized>(&mut self, part: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.byte(part.is_some().into());
        if let Some(part) = part {
            write(self, part);
        }
    }

    fn word(&mut self, word: &Word) {
        let Word { text, hash, skeleton, letters, signs } = word;
        self.long(*hash);
        self.long(*skeleton);
        self.0.extend_from_slice(&signs.bits().to_le_bytes());
        self.byte(*letters);
        self.text(text);
    }

    fn words(&mut self, words: &[Word]) {
        self.count(words.len());
        words.iter().for_each(|word| self.word(word));
    }

    fn place(&mut self, place: &PlaceProfile) {
        let PlaceProfile {
            street,
            kinds,
            joined,
            numbers,
            units,
            postcode,
            city,
            state,
            country,
            cjk,
        } = place;
        self.byte((*cjk).into());
        self.text(joined);
        for words in [street, kinds, numbers, units] {
            self.words(words);
        }
        for word in [postcode, city, state] {
            self.maybe(word.as_ref(), Self::word);
        }
        self.maybe(country.as_ref(), |to, country| to.0.extend_from_slice(&country.0));
    }

    fn name(&mut self, name: &NameProfile) {
        let NameProfile { words, family, generation, cjk, turned, cut, reading, joined } = name;
        self.byte((*cjk).into());
        self.count(*family);
        self.words(words);
        self.text(joined);
        self.maybe(turned.as_ref(), |to, turned| to.long(*turned));
        for part in [generation, cut, reading] {
            self.maybe(part.as_deref(), Self::text);
        }
    }
}

fn low_byte(count: usize) -> u8 {
    u8::try_from(count & 0x7F).unwrap_or_default()
}

/// Reads what [`Writer`] wrote.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let Some((bytes, rest)) = self.0.split_first_chunk::<N>() else { return [0; N] };
        self.0 = rest;
        *bytes
    }

    fn byte(&mut self) -> u8 {
        let [byte] = self.bytes();
        byte
    }

    fn flag(&mut self) -> bool {
        self.byte() != 0
    }

    fn long(&mut self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }

    fn count(&mut self) -> usize {
        let (mut count, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            count |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return count;
            }
            shift += 7;
        }
    }

    fn text(&mut self) -> &'a str {
        let length = self.count();
        let Some((text, rest)) = self.0.split_at_checked(length) else { return "" };
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }

    fn word(&mut self) -> Word {
        Word {
            hash: self.long(),
            skeleton: self.long(),
            signs: Signs::from_bits(u32::from_le_bytes(self.bytes())),
            letters: self.byte(),
            text: self.text().into(),
        }
    }

    fn words(&mut self, to: &mut Vec<Word>) {
        to.clear();
        for _ in 0..self.count() {
            let word = self.word();
            to.push(word);
        }
    }

    fn maybe<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| read(self))
    }

    fn place(&mut self, to: &mut PlaceProfile) {
        to.cjk = self.flag();
        to.joined = self.text().into();
        for words in [&mut to.street, &mut to.kinds, &mut to.numbers, &mut to.units] {
            self.words(words);
        }
        for word in [&mut to.postcode, &mut to.city, &mut to.state] {
            *word = self.maybe(Self::word);
        }
        to.country = self.maybe(|from| Country(from.bytes()));
    }

    fn name(&mut self, to: &mut NameProfile) {
        to.cjk = self.flag();
        to.family = self.count();
        self.words(&mut to.words);
        to.joined = self.text().into();
        to.turned = self.maybe(Self::long);
        for part in [&mut to.generation, &mut to.cut, &mut to.reading] {
            *part = self.maybe(|from| from.text().into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use buyerwatch_domain::Address;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[A-Za-zäß0-9 ,.#/-]{0,40}",
            "(山田|太郎|東京都|千代田区|やまだ| |3|-){0,9}",
            "[а-яё ]{0,20}",
            "(J[.] |Erika |Beispiel |Jr|van der ){0,6}",
            "[a-z]{130,200}",
        ]
    }

    fn profile() -> impl Strategy<Value = Profile> {
        let names = prop::collection::vec(text(), 0..4);
        let places = prop::collection::vec(([text(), text()], text(), text(), text()), 0..3);
        let ids = prop::collection::vec("[0-9]{7,12}", 0..3);
        (names, places, ids).prop_map(|(names, places, ids)| {
            let mut profile = Profile::default();
            names.iter().for_each(|name| profile.add_name(name));
            for (lines, city, postal, country) in places {
                let country = if country.len() % 2 == 0 { "DE".into() } else { country };
                let (lines, state) = (lines.into(), city.clone());
                profile.add_address(&Address { lines, city, state, postal, country });
            }
            for id in &ids {
                profile.add_phone(id);
                profile.add_alias(&format!("a{id}@marketplace.amazon.de"));
            }
            profile
        })
    }

    proptest! {
        #[test]
        fn what_is_unpacked_is_what_was_packed(people in prop::collection::vec(profile(), 1..5)) {
            // The room of one is used for the next.
            let (mut room, mut pack) = (Profile::default(), Pack::default());
            people.iter().for_each(|person| pack.push(person));
            for ((_, packed), person) in pack.all().zip(&people) {
                packed.read_names(packed.read_places(&mut room), &mut room);
                prop_assert_eq!(format!("{room:?}"), format!("{person:?}"));
                prop_assert_eq!(format!("{:?}", packed.profile()), format!("{person:?}"));
            }
        }
    }

    #[test]
    fn who_is_left_moves_together_and_keeps_the_number() {
        let person = |number: usize| {
            let mut person = Profile::default();
            person.add_name(&format!("Erika {} Beispiel", "x".repeat(1 + number % 50)));
            person
        };
        let (mut pack, mut most) = (Pack::default(), 0);
        let all = 20_000;
        (0..all).for_each(|number| pack.push(&person(number)));
        for number in (0..all).filter(|number| number % 7 != 0) {
            most = most.max(pack.pages.len());
            let gone = pack.take(number);
            assert_eq!(format!("{gone:?}"), format!("{:?}", Some(person(number))));
        }
        pack.replace(7, &person(8));
        pack.replace(8, &person(9));
        assert!(pack.take(8).is_none() && pack.len() == all);
        assert!(pack.pages.len() < most, "{} of {most}", pack.pages.len());
        for (number, packed) in pack.all() {
            let expected = if number == 7 { 8 } else { number as usize };
            assert_eq!(format!("{:?}", packed.profile()), format!("{:?}", person(expected)));
        }
        assert_eq!(pack.all().count(), all.div_ceil(7));
    }
}
