//! A listed person in as few bytes as will do, one after the other: a long list is compared as fast as it can be
//! fetched from memory.

use super::profile::{NameProfile, PlaceProfile, Profile, Word};
use super::spelling::Signs;
use crate::normalise::country::Country;

/// A [`Profile`] laid out flat: places first, since they are looked at first, then numbers, then names.
#[derive(Debug)]
pub(crate) struct Packed(Box<[u8]>);

impl Packed {
    pub(crate) fn of(profile: &Profile) -> Self {
        // Whoever adds a part of a person adds it here and below.
        let Profile { names, places, phones, aliases } = profile;
        let mut to = Writer(Vec::with_capacity(384));
        to.count(places.len());
        places.iter().for_each(|place| to.place(place));
        for numbers in [phones, aliases] {
            to.count(numbers.len());
            numbers.iter().for_each(|number| to.long(*number));
        }
        to.count(names.len());
        names.iter().for_each(|name| to.name(name));
        Self(to.0.into_boxed_slice())
    }

    /// The whole.
    pub(crate) fn profile(&self) -> Profile {
        let mut profile = Profile::default();
        self.read_names(self.read_places(&mut profile), &mut profile);
        profile
    }

    /// Reads everything but the names, into the room of what was there; says where the names begin.
    pub(crate) fn read_places(&self, to: &mut Profile) -> usize {
        let mut from = Reader(&self.0);
        let count = from.count();
        to.places.truncate(count);
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
    pub(crate) fn read_names(&self, start: usize, to: &mut Profile) {
        let mut from = Reader(self.0.get(start..).unwrap_or_default());
        let count = from.count();
        to.names.truncate(count);
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

struct Writer(Vec<u8>);

impl Writer {
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
            let mut room = Profile::default();
            for person in &people {
                let packed = Packed::of(person);
                packed.read_names(packed.read_places(&mut room), &mut room);
                prop_assert_eq!(format!("{room:?}"), format!("{person:?}"));
                prop_assert_eq!(format!("{:?}", packed.profile()), format!("{person:?}"));
            }
        }
    }
}
