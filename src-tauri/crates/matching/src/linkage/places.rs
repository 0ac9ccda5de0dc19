//! Weighing two addresses part by part.

use super::compare::{Evidence, Field, Likeness, Side, bits};
use super::model::{Addresses, Model};
use super::profile::{PlaceProfile, Word};
use super::spelling::{Signs, edits, slip};
use crate::normalise::country::Country;
use crate::normalise::text::is_cjk;
use crate::weigh::{CROWDED, FORWARDER};

/// The home differs: m = one in a hundred orders goes elsewhere, u = nearly all strangers'.
const MOVED: f64 = -10.5;

pub(crate) fn places(
    model: &Model,
    crowd: Option<&Addresses>,
    one: &PlaceProfile,
    other: &PlaceProfile,
) -> Side {
    let mut side = Side { evidence: Vec::with_capacity(8), ..Side::default() };
    let mut put =
        |field, likeness, weight| side.evidence.push(Evidence { field, likeness, weight });
    let mut house = 0.0;
    // Street.
    if !one.joined.is_empty() && !other.joined.is_empty() {
        let (likeness, weight) = street(model, one, other);
        house += weight;
        put(Field::Street, likeness, weight);
    }
    // House number. In another street it says nothing.
    let elsewhere = house < 0.0;
    if !elsewhere && let (Some(a), Some(b)) = (one.numbers.first(), other.numbers.first()) {
        let shared = one.numbers.iter().find(|n| other.numbers.iter().any(|m| m.hash == n.hash));
        let (likeness, weight) = if let Some(number) = shared {
            (Likeness::Same, bits(model.number(number)).min(11.0))
        } else if let Some(number) = house_of(b, &one.numbers, &one.units)
            .or_else(|| house_of(a, &other.numbers, &other.units))
        {
            (Likeness::Same, bits(model.number(number)).min(11.0))
        } else if !one.cjk && a.letters > 2 && b.letters > 2 && a.edits(b, 1).is_some() {
            // A slip, or a house nearby. In East Asia the flat is part of it: the one next door.
            (Likeness::Close, -1.0)
        } else {
            (Likeness::Conflict, -3.5)
        };
        house += weight;
        put(Field::Number, likeness, weight);
    }
    let mut area = 0.0;
    let mut postcode_agrees = false;
    // A shop whose buyers all live in one town knows them by their streets.
    let mut one_town = false;
    if let (Some(a), Some(b)) = (&one.postcode, &other.postcode) {
        let (likeness, weight) = if a.hash == b.hash {
            postcode_agrees = true;
            (Likeness::Same, bits(model.postcode(b)).clamp(0.0, 11.0))
        } else if a.edits(b, 1).is_some() && !(other_town(one, other) && other_region(a, b)) {
            // Postcodes of one town are alike: where the town agrees, that is no news.
            let most = if same_town(one, other) { 0.0 } else { 5.0 };
            (Likeness::Close, (bits(model.postcode(b)) - 5.0).clamp(-1.0, most))
        } else if same_town(one, other) && (a.is_unseen() || b.is_unseen()) {
            // After the purge a slip looks like any other postcode.
            (Likeness::Close, -4.0)
        } else if one.city.is_some() && other.city.is_some() {
            (Likeness::Conflict, -4.0)
        } else {
            // It speaks for the town, too.
            (Likeness::Conflict, -7.0)
        };
        area += weight;
        put(Field::Postcode, likeness, weight);
    }
    if let (Some(a), Some(b)) = (&one.city, &other.city) {
        let full = bits(model.city(b, same_country(one, other))).clamp(0.0, 9.0);
        let limit = slip(usize::from(a.letters.min(b.letters)));
        let (likeness, mut weight) = if is_town(a, b) {
            // A town of that name elsewhere; where the postcode agrees, the state was mistaken.
            let elsewhere = !postcode_agrees && other_state(one, other);
            one_town = full < 1.0;
            (Likeness::Same, if elsewhere { 0.0 } else { full })
        } else if a.edits(b, limit).is_some() {
            (Likeness::Close, (full - 1.5).max(0.0))
        } else if postcode_agrees {
            (Likeness::Conflict, -1.0)
        } else {
            (Likeness::Conflict, -3.0)
        };
        // The postcode has said most of it.
        if postcode_agrees && weight > 1.5 {
            weight = 1.5;
        }
        area += weight;
        put(Field::City, likeness, weight);
    }
    if let (Some(a), Some(b)) = (one.country, other.country)
        && a.postal() != b.postal()
    {
        area -= 6.0;
        put(Field::Country, Likeness::Conflict, -6.0);
    }
    // Flat. In another house it says nothing.
    let mut flat = 0.0;
    if !is_another_building(&side.evidence)
        && let (Some(_), Some(_)) = (one.units.first(), other.units.first())
    {
        // One figure more or another is the flat next door or upstairs.
        let is_number = |of: &Word| of.text.bytes().all(|byte| byte.is_ascii_digit());
        let slip = |u: &Word, v: &Word| u.edits(v, 1).is_some() && !(is_number(u) && is_number(v));
        let close = |u: &Word| u.letters > 2 && other.units.iter().any(|v| slip(u, v));
        let same = one.units.iter().find(|u| other.units.iter().any(|v| v.hash == u.hash));
        let (likeness, weight) = if let Some(unit) = same {
            let weight = match unit.letters {
                0 | 1 => 3.0,
                2 => 5.0,
                3 => 7.0,
                _ => 9.0,
            };
            (Likeness::Same, weight)
        } else if one.units.iter().any(close) {
            (Likeness::Close, 0.0)
        } else {
            (Likeness::Conflict, -5.0)
        };
        flat = weight;
        side.evidence.push(Evidence { field: Field::Unit, likeness, weight });
    }
    let mut sum = house + area;
    let neighbours = postcode_agrees || one_town;
    let excess = if neighbours { 0.0 } else { beyond_another_home(&side.evidence) };
    if excess > 0.0 {
        // Where nothing differs but the town, it is the street that counts for too much.
        let differs = side.evidence.iter().position(is_another_home);
        let street = || side.evidence.iter().position(|of| of.field == Field::Street);
        if let Some(of) = differs.or_else(street).and_then(|at| side.evidence.get_mut(at)) {
            of.weight -= excess;
            sum -= excess;
        }
    }
    let mut put =
        |field, likeness, weight| side.evidence.push(Evidence { field, likeness, weight });
    if let Some(crowd) = crowd {
        let names = crowd.at_building(one).max(crowd.at_building(other));
        let forwarder = names > FORWARDER as usize;
        let limit = if forwarder {
            0.0
        } else if names > CROWDED as usize {
            3.0
        } else {
            f64::MAX
        };
        if sum > limit {
            put(Field::Street, Likeness::Shared, limit - sum);
            sum = limit;
        }
        if forwarder && flat > 0.0 && crowd.at_dwelling(one) > CROWDED as usize {
            flat = 0.0;
        }
    }
    // Whoever moved changed street, town and all: that is one change.
    side.place_score = (sum.min(30.0) + flat).max(MOVED);
    side
}

/// The house of a number that was written with its flat, `51/8`, if the other side writes both apart. In Poland an `m`
/// for *mieszkanie* stands between them.
fn house_of<'a>(whole: &Word, numbers: &'a [Word], units: &[Word]) -> Option<&'a Word> {
    let (house, flat) = whole.text.split_once('/')?;
    let is_house = |word: &&Word| word.text.strip_suffix('m').unwrap_or(&word.text) == house;
    let found = numbers.iter().find(is_house)?;
    let rest = numbers.iter().filter(|word| !is_house(word));
    units.iter().chain(rest).any(|unit| *unit.text == *flat).then_some(found)
}

/// Whether the evidence says that it is another house.
fn is_another_home(of: &Evidence) -> bool {
    matches!(of.field, Field::Street | Field::Number) && of.likeness == Likeness::Conflict
}

/// Whether it is another house, or a town so far away that the street is another one of that name.
fn is_another_building(evidence: &[Evidence]) -> bool {
    let conflicts =
        |field| evidence.iter().any(|of| of.field == field && of.likeness == Likeness::Conflict);
    evidence.iter().any(is_another_home) || (conflicts(Field::City) && conflicts(Field::Postcode))
}

/// Bits by which a home that differs counts for too little: a namesake in the same town, or in a street of that name
/// elsewhere, is a namesake all the same. What agrees counts for how rare it is, the rest for a move.
///
/// Not asked where the postcode agrees, which is the same neighbourhood at least.
fn beyond_another_home(evidence: &[Evidence]) -> f64 {
    let weight = |field: Field| -> f64 {
        evidence.iter().filter(|of| of.field == field).map(|of| of.weight).sum()
    };
    let conflicts =
        |field| evidence.iter().any(|of| of.field == field && of.likeness == Likeness::Conflict);
    if conflicts(Field::City) && conflicts(Field::Postcode) {
        // Every town has a street of that name.
        return (weight(Field::Street) + weight(Field::Number)).max(0.0);
    }
    if !evidence.iter().any(is_another_home) {
        return 0.0;
    }
    let parts = [Field::Street, Field::Number, Field::Postcode, Field::City];
    let sum: f64 = parts.into_iter().map(weight).sum();
    let agrees = [Field::Street, Field::Postcode, Field::City].map(|field| weight(field).max(0.0));
    (sum - (MOVED + agrees.iter().sum::<f64>())).max(0.0)
}

/// The country, if both name it and it is one.
fn same_country(one: &PlaceProfile, other: &PlaceProfile) -> Option<Country> {
    one.country.filter(|of| other.country.is_some_and(|other| of.postal() == other.postal()))
}

/// Whether both towns are told and agree, at least nearly.
fn same_town(one: &PlaceProfile, other: &PlaceProfile) -> bool {
    one.city.as_ref().zip(other.city.as_ref()).is_some_and(|(a, b)| is_nearly_town(a, b))
}

/// Whether two postcodes begin with other digits, as those of two parts of a country do.
fn other_region(a: &Word, b: &Word) -> bool {
    a.text.chars().next() != b.text.chars().next()
}

/// Whether both towns are told and are two.
fn other_town(one: &PlaceProfile, other: &PlaceProfile) -> bool {
    one.city.as_ref().zip(other.city.as_ref()).is_some_and(|(a, b)| !is_nearly_town(a, b))
}

fn is_nearly_town(a: &Word, b: &Word) -> bool {
    is_town(a, b) || a.edits(b, slip(usize::from(a.letters.min(b.letters)))).is_some()
}

/// The same name; in China and Japan the word for a town may be left out, or the district be named besides.
fn is_town(a: &Word, b: &Word) -> bool {
    let (short, long) = if a.letters <= b.letters { (a, b) } else { (b, a) };
    a.hash == b.hash
        || (short.letters >= 2
            && !short.text.is_ascii()
            && long.text.starts_with(&*short.text)
            && short.text.chars().all(is_cjk))
}

/// Whether the states are told and are two: Springfield in Illinois is not the one in Ohio. One that is
/// written in full beside an abbreviation says nothing.
fn other_state(one: &PlaceProfile, other: &PlaceProfile) -> bool {
    one.state.as_ref().zip(other.state.as_ref()).is_some_and(|(a, b)| {
        let short = |word: &Word| word.text.is_ascii() && word.letters <= 3;
        let limit = slip(usize::from(a.letters.min(b.letters)));
        short(a) == short(b)
            && a.text.is_ascii() == b.text.is_ascii()
            && a.edits(b, limit).is_none()
    })
}

fn street(model: &Model, one: &PlaceProfile, other: &PlaceProfile) -> (Likeness, f64) {
    if one.cjk != other.cjk {
        return (Likeness::Conflict, -3.0);
    }
    let full = |place: &PlaceProfile| -> f64 {
        let words = place.street.iter().map(|w| bits(model.street(w)).clamp(0.0, 11.0));
        words.sum::<f64>() + 0.5 * f64::from(u8::try_from(place.kinds.len()).unwrap_or(u8::MAX))
    };
    if one.joined == other.joined {
        return (Likeness::Same, full(one).clamp(2.0, 13.0));
    }
    if one.cjk {
        let contains = one.joined.ends_with(&*other.joined) || other.joined.ends_with(&*one.joined);
        let close =
            one.joined.chars().count() > 3 && edits(&one.joined, &other.joined, 1).is_some();
        return if contains {
            (Likeness::Close, 7.0)
        } else if close {
            (Likeness::Close, 5.0)
        } else {
            (Likeness::Conflict, -4.0)
        };
    }
    let mut agreed = 0.0;
    let mut best_only = 0.0;
    for word in &one.street {
        let weight = bits(model.street(word)).clamp(0.0, 11.0);
        let same = other.street.iter().any(|w| w.hash == word.hash);
        let close = || {
            let near = |w: &&Word| {
                let limit = slip(usize::from(w.letters.min(word.letters)));
                limit > 0 && w.edits(word, limit).is_some()
            };
            other.street.iter().find(near).map(|w| bits(model.street(w)).clamp(0.0, 11.0))
        };
        if same {
            agreed += weight;
        } else if let Some(of) = close() {
            agreed += (weight.min(of) - 2.5).max(1.0);
        } else if let Some(of) = run_together(model, word, other) {
            agreed += (of - 2.0).max(1.0);
        }
        best_only += weight;
    }
    let kinds = one.kinds.iter().filter(|w| other.kinds.iter().any(|v| v.hash == w.hash)).count();
    agreed += 0.5 * f64::from(u8::try_from(kinds).unwrap_or(u8::MAX));
    let most = best_only.max(1.0).min(full(other).max(1.0));
    if agreed >= 0.45 * most && agreed > 2.0 {
        return (Likeness::Close, (agreed - 1.0).min(12.0));
    }
    // Blanks may be missing or in the wrong place.
    let limit = (1 + one.joined.len().min(other.joined.len()) / 6).min(3);
    let signs = |place: &PlaceProfile| Signs::of_all(place.street.iter().map(|word| word.signs));
    let (own, theirs) = (signs(one), signs(other));
    if own.within(theirs, limit) || own.nested(theirs) {
        let (a, b) = (in_order(one), in_order(other));
        if edits(&a, &b, limit).is_some() && a.len() > 5 {
            return (Likeness::Close, 6.0);
        }
        if a.len() > 5 && b.len() > 5 && (a.contains(&b) || b.contains(&a)) {
            return (Likeness::Close, 5.0);
        }
    }
    let box_only =
        |p: &PlaceProfile| p.street.is_empty() && p.kinds.iter().any(|w| &*w.text == "pobox");
    if box_only(one) != box_only(other) {
        return (Likeness::Missing, -0.5);
    }
    if one.street.is_empty() || other.street.is_empty() {
        return (Likeness::Missing, 0.0);
    }
    (Likeness::Conflict, -3.5)
}

/// The weight of a word of the other place to which a blank is missing in this one, or the reverse.
fn run_together(model: &Model, word: &Word, place: &PlaceProfile) -> Option<f64> {
    let found = place.street.iter().find(|other| {
        let shorter = word.letters.min(other.letters);
        shorter >= 5 && (word.text.starts_with(&*other.text) || other.text.starts_with(&*word.text))
    })?;
    let shorter = if found.letters < word.letters { found } else { word };
    Some(bits(model.street(shorter)).clamp(0.0, 11.0))
}

fn in_order(place: &PlaceProfile) -> String {
    place.street.iter().map(|word| &*word.text).collect()
}

#[cfg(test)]
mod tests {
    use super::super::compare::{Field, Likeness, compare};
    use super::super::profile::Profile;
    use super::*;
    use buyerwatch_domain::Address;

    fn at(line: &str, postal: &str, city: &str, country: &str) -> Profile {
        let mut profile = Profile::default();
        profile.add_address(&Address {
            lines: vec![line.into()],
            postal: postal.into(),
            city: city.into(),
            country: country.into(),
            ..Address::default()
        });
        profile
    }

    #[test]
    fn one_home_is_recognised_in_other_spellings_and_its_neighbours_are_not() {
        let weigh = |one: &Profile, other: &Profile| {
            compare(&Model::default(), None, one, other).place_score
        };
        let home = at("12 Windich Street Apt 4B", "6153", "Lansvale", "AU");
        for line in ["12 windich st #4b", "12 Windichstreet Apt. 4B", "12 Windihc Street Unit 4b"] {
            let score = weigh(&at(line, "6153", "Lansvale", "AU"), &home);
            assert!(score > 18.0, "{line}: {score}");
        }
        let same = weigh(&home, &home);
        for line in ["14 Windich Street Apt 4B", "12 Windich Street Apt 9"] {
            let score = weigh(&at(line, "6153", "Lansvale", "AU"), &home);
            assert!(score < same - 8.0, "{line}: {score}");
        }
        assert!(weigh(&at("7 Yuranigh Court", "4220", "Brentwood", "AU"), &home) < 0.0);
        // A flat behind the number, or apart from it.
        let flat = |line| at(line, "85-708", "Nowodwór", "PL");
        let home = flat("ul. Długa 51/8");
        for line in ["ul. Długa 51 m. 8", "Długa 51 m 8"] {
            let score = weigh(&flat(line), &home);
            assert!(score > 25.0, "{line}: {score}");
            assert!((score - weigh(&home, &flat(line))).abs() < 1e-9, "{line}");
        }
        for line in ["ul. Długa 51 m. 9", "ul. Długa 53 m. 8"] {
            let score = weigh(&flat(line), &home);
            assert!(score < 20.0, "{line}: {score}");
        }
        let tokyo = |line| at(line, "947-4354", "品川区", "JP");
        assert!(weigh(&tokyo("千束２６-5-1"), &tokyo("千束26丁目5番1号")) > 18.0);
    }

    #[test]
    fn a_town_is_weighed_once_and_another_state_is_another_town() {
        let at = |line: &str, postal: &str, city: &str, state: &str| {
            let place = |line: &str, postal: &str, city: &str, state: &str| {
                let mut profile = Profile::default();
                profile.add_address(&Address {
                    lines: vec![line.into()],
                    city: city.into(),
                    state: state.into(),
                    postal: postal.into(),
                    country: "US".into(),
                });
                profile
            };
            let order = place(line, postal, city, state);
            let home = place("12 Windich Street", "62704", "Springfield", "IL");
            compare(&Model::default(), None, &order, &home).place_score
        };
        // Beside the town, a postcode that is nearly the same is worth what another one costs.
        let home = |postal: &str| at("Windich Street", postal, "Springfield", "IL");
        let (near, other) = (home("62703"), home("62911"));
        assert!((near - other - 4.0).abs() < 1e-9, "{near} {other}");
        let weigh =
            |postal: &str, city: &str, state: &str| at("7 Yuranigh Court", postal, city, state);
        let same_town = weigh("62911", "Springfield", "IL");
        assert!(weigh("45501", "Springfield", "OH") < same_town - 5.0);
        // An abbreviation beside a whole name says nothing, nor does a state beside the same postcode.
        assert!((weigh("62911", "Springfield", "Illinois") - same_town).abs() < 1e-9);
        let same_postcode = weigh("62704", "Springfield", "IL");
        assert!((weigh("62704", "Springfield", "OH") - same_postcode).abs() < 1e-9);
    }

    #[test]
    fn another_home_in_the_town_is_a_move_and_a_street_of_that_name_elsewhere_is_none() {
        let mut model = Model::default();
        let weigh = |model: &Model, line: &str, postal: &str, city: &str| {
            let home = at("Kopernika 2", "85708", "Nowodwór", "PL");
            let side = compare(model, None, &at(line, postal, city, "PL"), &home);
            let sum: f64 = side.evidence.iter().map(|of| of.weight).sum();
            assert!((sum - side.place_score).abs() < 1e-9, "{side:?}");
            side.place_score
        };
        let town = bits(1.0 / 500.0);
        let street = 11.0;
        for (line, postal, city, expected) in [
            // The town counts for how rare it is, the rest for a move.
            ("Lipowa 12", "34366", "Nowodwór", MOVED + town),
            ("Lipowa 12", "", "Nowodwór", MOVED + town),
            ("Kopernika 70", "34366", "Nowodwór", MOVED + town + street),
            ("Kopernika 70", "22530", "Miłosław", -7.0),
            ("Lipowa 12", "22530", "Miłosław", MOVED),
            // The neighbourhood is the same.
            ("Lipowa 12", "85708", "Nowodwór", -3.5 + bits(1.0 / 2_000.0) + 1.5),
        ] {
            let found = weigh(&model, line, postal, city);
            assert!((found - expected).abs() < 1e-9, "{line} {postal} {city}: {found} {expected}");
        }
        // All buyers of the shop live in the town, so that it says nothing.
        for n in 0..9_000 {
            model.learn(&at(&format!("Lipowa {n}"), "", "Nowodwór", "PL"));
        }
        let found = weigh(&model, "Polna 5", "", "Nowodwór");
        assert!((-3.5..-3.0).contains(&found), "{found}");
    }

    #[test]
    fn a_forwarders_address_says_next_to_nothing() {
        let mut crowd = Addresses::default();
        let suite = |name: &str, suite: u32| {
            let mut profile =
                at(&format!("9302 Airport Way Suite {suite}"), "97220", "Portland", "US");
            profile.add_name(name);
            profile
        };
        for n in 0..20u8 {
            let letter = char::from(b'a' + n);
            crowd.learn(&suite(&format!("Customer{letter} Family{letter}"), n.into()));
        }
        let (one, other) = (suite("Ann Lee", 77), suite("Bo Ray", 77));
        let without = compare(&Model::default(), None, &one, &other);
        let with = compare(&Model::default(), Some(&crowd), &one, &other);
        assert!(without.place_score > 20.0 && with.place_score <= 9.0, "{with:?}");
    }

    #[test]
    fn a_flat_of_that_number_in_another_house_says_nothing() {
        let weigh = |line: &str, postal: &str, city: &str| {
            let home = at("Kungsstigen 40 lgh 1016", "22579", "Östervåla", "SE");
            compare(&Model::default(), None, &at(line, postal, city, "SE"), &home)
        };
        for flat in ["", " lgh 1016", " lgh 1009"] {
            let line = format!("Industrivägen 38{flat}");
            for (postal, city) in [("67540", "Norrvik"), ("67540", "Östervåla")] {
                let (side, bare) =
                    (weigh(&line, postal, city), weigh("Industrivägen 38", postal, city));
                assert_eq!(side.place_score, bare.place_score, "{line}, {city}");
                assert!(side.evidence.iter().all(|of| of.field != Field::Unit), "{side:?}");
            }
        }
        let (same, other) = ("Kungsstigen 40 lgh 1016", "Kungsstigen 40 lgh 1009");
        let (same, other) = (weigh(same, "22579", "Östervåla"), weigh(other, "22579", "Östervåla"));
        assert!(same.place_score > other.place_score + 8.0, "{same:?} {other:?}");
    }

    #[test]
    fn a_door_of_floor_and_side_is_a_flat() {
        let weigh = |one: &str, other: &str, country: &str| {
            let (one, other) =
                (at(one, "28331", "Covelo", country), at(other, "28331", "Covelo", country));
            compare(&Model::default(), None, &one, &other)
        };
        let unit = |side: &Side| {
            side.evidence.iter().find(|of| of.field == Field::Unit).map(|of| of.likeness)
        };
        for (one, other, country) in [
            ("Rua Garrett, 18 7º Frt", "R. Garrett 18, 7º frente", "PT"),
            ("Calle Goya 9, 3º B", "C/ Goya, 9 3º B", "ES"),
            ("Calle Goya 9, 3º izq.", "C/ Goya, 9 3º Izquierda", "ES"),
        ] {
            let side = weigh(one, other, country);
            assert_eq!(unit(&side), Some(Likeness::Same), "{one}: {side:?}");
        }
        // The floor is no number of a house: another street stays another street.
        let side = weigh("Avenida Loreto, 218 7º Frt", "Avenida Aljubarrota, 10 7º Frt", "PT");
        assert!(side.evidence.iter().all(|of| of.field != Field::Number), "{side:?}");
        let side = weigh("Rua Garrett, 18 2230º Esq", "Rua Garrett, 18 1532º Esq", "PT");
        assert_eq!(unit(&side), Some(Likeness::Conflict));
    }

    #[test]
    fn a_town_is_no_rarer_for_its_countrys_being_rare() {
        let mut model = Model::default();
        for n in 0..3_000 {
            let (city, country) = match n % 10 {
                0 => ("Norrvik", "SE"),
                1 => ("Lundby", "SE"),
                _ => ("Springfield", "US"),
            };
            model.learn(&at(&format!("{n} Main Street"), "", city, country));
        }
        let city = |name: &str, country: &str| {
            let word = at("1 Main Street", "", name, country).places.remove(0);
            (
                bits(model.city(word.city.as_ref().unwrap(), word.country)),
                bits(model.city(word.city.as_ref().unwrap(), None)),
            )
        };
        let (within, of_all) = city("Norrvik", "SE");
        assert!((0.5..2.0).contains(&within) && of_all > within + 1.5, "{within} {of_all}");
        let (within, of_all) = city("Springfield", "US");
        assert!(within < of_all && within < 0.2, "{within} {of_all}");
    }
}
