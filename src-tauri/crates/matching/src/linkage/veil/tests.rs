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
    let seen = Veil::of(&key, &Model::default(), order).seen_by(&key, &Model::default(), listed);
    let side = compare(&Model::default(), None, &seen, listed);
    (side.name, tier(&side, 1, Guard::On))
}

// Veils are stored in vaults. If this fails, orders whose plaintext is gone are no longer recognised:
// keep the old scheme beside the new one instead.
#[test]
fn what_is_stored_is_frozen() {
    let key = BlindKey::from_bytes([7; 32]);
    let mut latin = person("Daniel J Brandis Jr", "12 Windich Street Apt 4");
    latin.add_name("Müller, D.");
    let mut cjk = Profile::default();
    cjk.add_name("王 伟");
    cjk.add_address(&Address {
        lines: vec!["千代田1丁目2番3号".into(), "見本ビル101号室".into()],
        city: "千代田区".into(),
        state: "東京都".into(),
        postal: "100-0001".into(),
        country: "JP".into(),
    });
    let mut scripts = Profile::default();
    for name in
        ["Дмитрий Васильев", "Милош Јовановић", "Γιώργος Παπαδόπουλος", "やまだ タロウ", "劉曉東"]
    {
        scripts.add_name(name);
    }
    let mut called = person("Daniel Brandis", "12 Windich Street");
    called.add_extension("(931) 456-7890 x771");
    for (order, keys, digest) in [
        (&called, 47, "c8bb957b0763cb0a"),
        (&latin, 75, "523ef5f6b8712f19"),
        (&cjk, 16, "c9137b068ba7355d"),
        (&scripts, 60, "99b0d5bd1d912d99"),
    ] {
        let veil = Veil::of(&key, &Model::default(), order);
        let of_all = blake3::hash(&veil.bytes()).to_hex();
        assert_eq!((veil.keys().len(), &of_all.as_str()[..16]), (keys, digest));
    }
    let mut whole = Profile::default();
    whole.add_name("王伟");
    let veil = Veil::of(&key, &Model::default(), &whole);
    assert_eq!(veil.bytes(), [1, 2, 105, 104, 111, 127, 56, 68, 149, 12]);
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
fn a_relative_whose_name_has_the_same_two_consonants_is_somebody_else() {
    let home = "12 Windich Street Apt 4";
    let listed = person("Sean M Brandis", home);
    for (name, alert) in [("Sean M Brandis", true), ("Saniyah M Brandis", false)] {
        let (_, tier) = judged(&person(name, home), &listed);
        assert_eq!(tier == Some(Tier::Alert), alert, "{name}");
    }
}

#[test]
fn what_stands_beside_a_name_is_seen_when_the_street_is_another() {
    let listed = person("Daniel J Brandis", "12 Windich Street");
    let mut order = Profile::default();
    order.add_name("Daniel J Brandis");
    order.add_address(&Address {
        lines: vec!["9 Yuranigh Court".into()],
        city: "Springfield".into(),
        postal: "94513".into(),
        ..Address::default()
    });
    let key = BlindKey::from_bytes([7; 32]);
    let seen = Veil::of(&key, &Model::default(), &order).seen_by(&key, &Model::default(), &listed);
    assert_eq!(seen.places[0].city, listed.places[0].city);
    assert_ne!(seen.places[0].postcode, listed.places[0].postcode);
}

#[test]
fn a_number_with_its_extension_is_seen_beside_the_name() {
    let key = BlindKey::from_bytes([7; 32]);
    let phones = |name: &str, number: &str| {
        let mut listed = person("Daniel Brandis", "12 Windich Street");
        listed.add_extension("(931) 456-7890 x771");
        let mut order = person(name, "9 Yuranigh Court");
        order.add_extension(number);
        let veil = Veil::of(&key, &Model::default(), &order);
        veil.seen_by(&key, &Model::default(), &listed).phones.len()
    };
    assert_eq!(phones("Daniel Brandis", "931-456-7890x771"), 1);
    assert_eq!(phones("Brandis, D.", "+1 931 456 7890 ext. 771"), 1);
    assert_eq!(phones("Daniel Brandis", "931-456-7890x772"), 0);
    assert_eq!(phones("Erika Muster", "931-456-7890x771"), 0);
}

#[test]
fn another_initial_is_not_taken_for_the_family_name_and_a_cut_name_has_none() {
    let home = "12 Windich Street";
    // The D of the listed name is not the one with which the order's family name begins.
    let (name, _) = judged(&person("Jim E Davis", home), &person("Jim D Davis", home));
    assert_ne!(name, NameVerdict::Whole);
    // Milam was left out of one of them, or it is another Lindsay.
    let (name, _) = judged(&person("Lindsay L Milam", home), &person("Lindsay L", home));
    assert_eq!(name, NameVerdict::Most);
    // Which name it was of which this is a slip, and how common, cannot be seen.
    let (name, _) = judged(&person("Michael Brandis", home), &person("Miclle Brandis", home));
    assert_eq!(name, NameVerdict::Initial);
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
    let stored = veil.bytes();
    assert_eq!(Veil::read(&stored).as_ref(), Some(&veil));
    // Another scheme, half a key, keys out of order, nothing.
    let mut other = stored.clone();
    other[0] += 1;
    let turned: Vec<u8> = [&stored[..2], &stored[10..18], &stored[2..10]].concat();
    for bytes in [&other[..], &stored[..stored.len() - 1], &turned, &[]] {
        assert_eq!(Veil::read(bytes), None);
    }
}
