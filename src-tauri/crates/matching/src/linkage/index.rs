//! Finding whom an order may be of among many listed.

use super::compare::{Side, best_name, best_place, together};
use super::model::{Addresses, Model};
use super::packed::{Pack, Packed};
use super::profile::{NameProfile, PlaceProfile, Profile};
use super::tally::Tally;
use crate::postings::Postings;
use std::cell::RefCell;

/// Listed people, found by compound keys: any two things that agree, never one alone.
///
/// A person keeps their number until removed, and a number is never given out again. Updated in
/// place, it answers as one built anew of the same people in the same order.
#[derive(Debug, Default)]
pub struct Linker {
    people: Pack,
    living: usize,
    keys: Postings,
}

/// A listed person who may be the one.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which one, as [`Linker::insert`] said.
    pub person: u32,
    /// The argument.
    pub side: Side,
}

/// Most people under one key; what more share says nothing, and costs the most.
const POSTING: usize = 200;

/// Most people who are compared field by field.
const COMPARED: usize = 50;

thread_local! {
    /// Room for counting, which holds numbers only.
    static TALLY: RefCell<Tally> = RefCell::default();
}

impl Linker {
    /// Puts a person in and says their number.
    pub fn insert(&mut self, person: Profile) -> u32 {
        let slot = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        self.enter(slot, &person);
        self.people.push(&person);
        self.living += 1;
        slot
    }

    /// Puts what is known of a person now in the place of what was; returns whether they are in.
    /// Somebody who was removed stays so.
    pub fn update(&mut self, at: u32, person: Profile) -> bool {
        let Some(old) = self.person(at) else { return false };
        self.leave(at, &old);
        self.enter(at, &person);
        self.people.replace(at as usize, &person);
        true
    }

    /// Takes a person out; returns whether they were in.
    pub fn remove(&mut self, at: u32) -> bool {
        let Some(old) = self.people.take(at as usize) else { return false };
        self.leave(at, &old);
        self.living -= 1;
        true
    }

    fn enter(&mut self, slot: u32, person: &Profile) {
        keys(person).into_iter().for_each(|key| self.keys.put(key, slot));
    }

    fn leave(&mut self, slot: u32, person: &Profile) {
        keys(person).into_iter().for_each(|key| self.keys.take(key, slot));
    }

    /// How many are in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.living
    }

    /// Whether nobody is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.living == 0
    }

    /// A listed person; nothing when removed.
    #[must_use]
    pub fn person(&self, at: u32) -> Option<Profile> {
        self.packed(at).map(Packed::profile)
    }

    fn packed(&self, at: u32) -> Option<Packed<'_>> {
        self.people.get(at as usize)
    }

    /// Those of the people of whom something is true by their names, in the order of their numbers.
    pub(crate) fn named(
        &self,
        mut is: impl FnMut(&[NameProfile]) -> bool,
    ) -> impl Iterator<Item = u32> {
        let mut room = Profile::default();
        self.people.all().filter_map(move |(at, person)| {
            person.read_names(person.read_places(&mut room), &mut room);
            is(&room.names).then_some(at)
        })
    }

    /// Those who share a key with the order, compared with it, best first.
    #[must_use]
    pub fn find(&self, model: &Model, crowd: Option<&Addresses>, order: &Profile) -> Vec<Found> {
        self.find_sharing(1, model, crowd, order)
    }

    /// As [`find`](Self::find), of those who share at least so many keys. Whoever agrees in name and
    /// home shares several; one key alone brings in whole towns.
    #[must_use]
    pub fn find_sharing(
        &self,
        least: usize,
        model: &Model,
        crowd: Option<&Addresses>,
        order: &Profile,
    ) -> Vec<Found> {
        self.find_unless(least, model, crowd, order, |_| false)
    }

    /// As [`find_sharing`](Self::find_sharing), without those whose names are not worth comparing: whom the
    /// weight of the address alone rules out. Of those with an identifier to compare nobody is.
    pub(crate) fn find_unless(
        &self,
        least: usize,
        model: &Model,
        crowd: Option<&Addresses>,
        order: &Profile,
        ruled_out: impl Fn(f64) -> bool,
    ) -> Vec<Found> {
        let sharing = self.sharing(least, order);
        let mut people: Vec<(u32, Packed<'_>)> = Vec::with_capacity(sharing.len());
        people.extend(sharing.iter().filter_map(|slot| Some((*slot, self.packed(*slot)?))));
        people.iter().for_each(|(_, packed)| packed.fetch());
        let mut listed = Profile::default();
        let compared = |(slot, packed): (u32, Packed<'_>)| {
            let names = packed.read_places(&mut listed);
            let place = best_place(model, crowd, order, &listed);
            let weight = place.as_ref().map_or(0.0, |place| place.place_score);
            if !listed.has_ids() && ruled_out(weight) {
                return None;
            }
            packed.read_names(names, &mut listed);
            let side = together(best_name(model, order, &listed), place, order, &listed);
            Some(Found { person: slot, side })
        };
        let mut found: Vec<Found> = people.into_iter().filter_map(compared).collect();
        found.sort_by(|one, other| other.side.score.total_cmp(&one.side.score));
        found
    }

    /// Who shares at least so many keys with the order, those with the most first.
    fn sharing(&self, least: usize, order: &Profile) -> Vec<u32> {
        let mut lists = self.keys.get_all(&keys(order));
        lists.retain(|slots| slots.len() <= POSTING);
        TALLY.with_borrow_mut(|tally| tally.most(&lists, least, COMPARED))
    }
}

fn pair(kind: u64, one: u64, other: u64) -> u64 {
    // The same whichever comes first.
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    let mut mixed = low.rotate_left(29) ^ high.wrapping_mul(0xC4CE_B9FE_1A85_EC53) ^ kind;
    mixed ^= mixed >> 31;
    mixed.wrapping_mul(0xFF51_AFD7_ED55_8CCD)
}

/// Keys of a person, each once.
fn keys(person: &Profile) -> Vec<u64> {
    let mut keys = Vec::with_capacity(48);
    // A number is as good as two keys.
    keys.extend(person.phones.iter().flat_map(|n| [pair(12, *n, 12), pair(14, *n, 14)]));
    keys.extend(person.aliases.iter().map(|alias| pair(13, *alias, 13)));
    for name in &person.names {
        of_name(name, &mut keys);
    }
    for place in &person.places {
        of_place(place, &mut keys);
        for name in &person.names {
            of_both(name, place, &mut keys);
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn of_name(name: &NameProfile, keys: &mut Vec<u64>) {
    if name.cjk {
        for word in &name.words {
            keys.push(pair(1, word.hash, 1));
        }
        keys.extend(name.turned.map(|turned| pair(1, turned, 1)));
        return;
    }
    for (i, one) in name.words.iter().enumerate() {
        for other in name.words.iter().skip(i + 1) {
            keys.push(pair(2, one.skeleton, other.skeleton));
        }
    }
    keys.push(pair(3, super::profile::hash(&name.joined), 3));
}

fn of_place(place: &PlaceProfile, keys: &mut Vec<u64>) {
    let number = place.numbers.first();
    for street in &place.street {
        if let Some(number) = number {
            keys.push(pair(4, street.skeleton, number.hash));
        }
        if let Some(postcode) = &place.postcode {
            keys.push(pair(5, street.skeleton, postcode.hash));
        }
        if let Some(city) = &place.city {
            keys.push(pair(11, street.skeleton, city.skeleton));
        }
    }
    if let (Some(number), Some(postcode)) = (number, &place.postcode) {
        keys.push(pair(6, number.hash, postcode.hash));
    }
}

fn of_both(name: &NameProfile, place: &PlaceProfile, keys: &mut Vec<u64>) {
    for word in name.words.iter().filter(|word| !word.is_initial()) {
        if let Some(postcode) = &place.postcode {
            keys.push(pair(7, word.skeleton, postcode.hash));
        }
        for number in place.numbers.iter().take(1) {
            keys.push(pair(8, word.skeleton, number.hash));
        }
        if let Some(city) = &place.city {
            keys.push(pair(9, word.skeleton, city.skeleton));
        }
        for street in &place.street {
            keys.push(pair(10, word.skeleton, street.skeleton));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use buyerwatch_domain::Address;
    use proptest::prelude::*;

    /// Few names and places, so that keys are shared by many and grow past [`POSTING`].
    fn person(number: u8) -> Profile {
        let mut person = Profile::default();
        let at = |of: &[&'static str], number: u8| of[usize::from(number) % of.len()];
        let given = at(&["Erika", "Max", "Ramón", "伟"], number);
        let family = at(&["Beispiel", "Muster", "Ejemplo"], number / 4);
        person.add_name(&format!("{given} {family}"));
        if number.is_multiple_of(3) {
            person.add_phone(at(&["0931 1234567", "030 7654321"], number));
        }
        person.add_address(&Address {
            lines: vec![format!("{} {}", at(&["Ringweg", "Hauptstr."], number), number % 7)],
            postal: at(&["97070", "10115", "80331"], number / 2).to_owned(),
            ..Address::default()
        });
        person
    }

    #[derive(Debug, Clone)]
    enum Change {
        Insert(u8),
        Update(usize, u8),
        Remove(usize),
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            2 => any::<u8>().prop_map(Change::Insert),
            1 => (any::<usize>(), any::<u8>()).prop_map(|(at, to)| Change::Update(at, to)),
            1 => any::<usize>().prop_map(Change::Remove),
        ]
    }

    fn check(start: usize, changes: &[Change]) {
        let mut linker = Linker::default();
        let mut kept: Vec<Option<u8>> = Vec::new();
        let crowd = (0..start).map(|n| Change::Insert(u8::try_from(n % 5).unwrap()));
        for change in crowd.chain(changes.iter().cloned()) {
            match change {
                Change::Insert(number) => {
                    assert_eq!(linker.insert(person(number)) as usize, kept.len());
                    kept.push(Some(number));
                }
                Change::Update(at, number) if !kept.is_empty() => {
                    let at = at % kept.len();
                    let is_in = kept[at].is_some();
                    assert_eq!(linker.update(u32::try_from(at).unwrap(), person(number)), is_in);
                    kept[at] = is_in.then_some(number);
                }
                Change::Remove(at) if !kept.is_empty() => {
                    let at = at % kept.len();
                    let was_in = kept[at].take().is_some();
                    assert_eq!(linker.remove(u32::try_from(at).unwrap()), was_in);
                }
                _ => {}
            }
        }
        let mut anew = Linker::default();
        let numbers: Vec<u32> = (0..)
            .zip(&kept)
            .filter_map(|(slot, number)| {
                anew.insert(person((*number)?));
                Some(slot)
            })
            .collect();
        assert_eq!(linker.len(), anew.len());
        assert_eq!(linker.keys.len(), anew.keys.len(), "keys of the removed are gone");
        for number in 0..=u8::MAX {
            let order = person(number);
            let renumbered: Vec<Found> = anew
                .find(&Model::default(), None, &order)
                .into_iter()
                .map(|found| Found { person: numbers[found.person as usize], ..found })
                .collect();
            assert_eq!(linker.find(&Model::default(), None, &order), renumbered);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn updated_in_place_equals_rebuilt(changes in prop::collection::vec(change(), 0..60)) {
            check(0, &changes);
        }
    }

    #[test]
    fn who_stood_behind_a_full_key_is_found_when_there_is_room() {
        // 80 of each person: every key that three of them share is longer than is looked at.
        let removed: Vec<Change> = (0..390).map(Change::Remove).collect();
        check(POSTING * 2, &removed);
        check(POSTING * 2, &[]);
    }
}
