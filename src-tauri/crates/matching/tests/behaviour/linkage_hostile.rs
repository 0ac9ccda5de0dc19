//! Values made to hurt the engine that compares by likeness: it stays within bounds.

use buyerwatch_domain::Address;
use buyerwatch_matching::linkage::{Addresses, Linker, Model, Profile};

fn hostile() -> Vec<String> {
    let zalgo: String = "Erika"
        .chars()
        .flat_map(|c| std::iter::once(c).chain(('\u{300}'..='\u{36F}').cycle().take(400)))
        .collect();
    vec![
        "x".repeat(1 << 20),
        "x ".repeat(1 << 19),
        "王".repeat(1 << 18),
        "1 ".repeat(1 << 19),
        "#".repeat(1 << 20),
        "\u{300}".repeat(1 << 19),
        "\u{FDFA}".repeat(1 << 16),
        ",".repeat(1 << 20),
        zalgo,
        "\u{202E}akirE\u{202C} leipsieB\u{200F}\u{2066}x\u{2069}".to_owned(),
        "Erika\0Beispiel\u{7}\u{1B}[31m".to_owned(),
        "\u{FEFF}\u{200B}\u{2060}".to_owned(),
        "אריקה Beispiel مثال".to_owned(),
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} Beispiel".to_owned(),
        "a b c d e f g h i j k l".to_owned(),
        "- / , . # 12/3 -4".to_owned(),
        String::new(),
    ]
}

fn profile(value: &str, place: impl Fn(&mut Address, String)) -> Profile {
    let mut profile = Profile::default();
    profile.add_name(value);
    profile.add_phone(value);
    profile.add_alias(value);
    let mut address = Address { city: "Musterstadt".into(), ..Address::default() };
    place(&mut address, value.to_owned());
    profile.add_address(&address);
    let _ = profile.add_address_line(value);
    profile
}

#[test]
fn every_field_takes_anything() {
    let fields: [fn(&mut Address, String); 5] = [
        |address, value| address.lines = vec![value],
        |address, value| address.city = value,
        |address, value| address.state = value,
        |address, value| address.postal = value,
        |address, value| address.country = value,
    ];
    let values = hostile();
    let mut linker = Linker::default();
    let (mut model, mut crowd) = (Model::default(), Addresses::default());
    let profiles: Vec<Profile> =
        values.iter().flat_map(|value| fields.map(|field| profile(value, field))).collect();
    for profile in &profiles {
        // What is kept is what later costs time: a megabyte that came in must not stay.
        assert!(profile.weight() < 16_384, "{} bytes kept", profile.weight());
        model.learn(profile);
        crowd.learn(profile);
        linker.insert(profile.clone());
    }
    for profile in &profiles {
        assert!(linker.find(&model, Some(&crowd), profile).len() <= 50);
    }
}

#[test]
fn a_long_city_is_no_city_and_the_rest_of_the_order_still_counts() {
    let mut long = Profile::default();
    long.add_address(&Address {
        lines: vec!["Ringweg 3".into()],
        city: "x".repeat(1 << 20),
        postal: "97070".into(),
        ..Address::default()
    });
    long.add_name("Erika Beispiel");
    let mut linker = Linker::default();
    linker.insert(long.clone());
    assert_eq!(linker.find(&Model::default(), None, &long).len(), 1);
}
