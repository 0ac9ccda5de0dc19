//! The scenarios that have been looked at: nothing that is particular to the first two is tuned, but rules are looked
//! for where they go wrong; the last two are only ever counted.
//!
//! Every kind of order lacks a telephone number as often, so that what is missing tells nobody apart. Household
//! members have numbers of their own, and some write initials; namesakes are drawn by how common their names are and,
//! three in ten, evenly.

use super::lands::Land;
use super::{Dice, Order, Row, Scenario, alias, finished, next_id, row, slip};
use std::collections::HashMap;

/// How a scenario is made.
pub struct Size {
    pub name: &'static str,
    seed: u64,
    lands: &'static [Land],
    listed: usize,
    matches: usize,
    honest: usize,
    households: usize,
    namesakes: usize,
    forwarded: usize,
    noise: Noise,
}

/// Shares in percent.
#[derive(Clone, Copy)]
struct Noise {
    moved: usize,
    other_phone: usize,
    other_alias: usize,
    no_phone: usize,
    slip: usize,
    plain: usize,
    upper: usize,
    short: usize,
}

const SOME: Noise = Noise {
    moved: 7,
    other_phone: 25,
    other_alias: 60,
    no_phone: 40,
    slip: 9,
    plain: 30,
    upper: 12,
    short: 30,
};

const MORE: Noise = Noise {
    moved: 5,
    other_phone: 35,
    other_alias: 75,
    no_phone: 55,
    slip: 13,
    plain: 45,
    upper: 20,
    short: 15,
};

/// A shop of middling size and one with a short list, twice.
pub const SIZES: [Size; 4] = [
    Size {
        name: "four lands",
        seed: 0x5EED_0001,
        lands: &[Land::It, Land::It, Land::Es, Land::Pl, Land::Pl, Land::Kr],
        listed: 1_500,
        matches: 1_000,
        honest: 18_000,
        households: 900,
        namesakes: 600,
        forwarded: 800,
        noise: SOME,
    },
    Size {
        name: "four lands, short list",
        seed: 0x5EED_0002,
        lands: &[Land::It, Land::It, Land::Es, Land::Pl, Land::Pl, Land::Kr],
        listed: 150,
        matches: 400,
        honest: 5_000,
        households: 300,
        namesakes: 150,
        forwarded: 300,
        noise: SOME,
    },
    Size {
        name: "held out",
        seed: 0x5EED_0003,
        lands: &[Land::Pt, Land::Nl, Land::Nl, Land::Tr, Land::Se],
        listed: 2_000,
        matches: 1_000,
        honest: 20_000,
        households: 800,
        namesakes: 600,
        forwarded: 800,
        noise: MORE,
    },
    Size {
        name: "held out, short list",
        seed: 0x5EED_0004,
        lands: &[Land::Pt, Land::Nl, Land::Tr, Land::Tr, Land::Se],
        listed: 120,
        matches: 400,
        honest: 6_000,
        households: 300,
        namesakes: 200,
        forwarded: 200,
        noise: MORE,
    },
];

fn split(words: &'static str) -> Vec<&'static str> {
    words.split(' ').collect()
}

/// What is true of a person, before anybody writes it.
#[derive(Clone)]
struct Person {
    land: Land,
    given: String,
    family: String,
    /// The second family name of a Spaniard.
    mother: String,
    home: Home,
    phone: String,
    alias: String,
}

#[derive(Clone)]
struct Home {
    land: Land,
    kind: &'static str,
    street: String,
    number: usize,
    unit: Option<usize>,
    town: &'static str,
    state: &'static str,
    postal: String,
}

fn family(dice: &mut Dice, land: Land) -> String {
    let words = land.words();
    if land == Land::Kr || dice.percent(45) {
        return dice.first(&split(words.family)).to_owned();
    }
    format!("{}{}", dice.one(&split(words.stems)), dice.one(words.ends))
}

fn home(dice: &mut Dice, land: Land) -> Home {
    let words = land.words();
    let digits = 10_000 + dice.below(88_000);
    let longest = if dice.percent(70) { 60 } else { 300 };
    let postal = match land {
        Land::Pl => format!("{:02}-{:03}", digits / 1_000, digits % 1_000),
        Land::Pt => format!("{:04}-{:03}", digits / 10, dice.below(1_000)),
        Land::Nl => {
            let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
            format!("{:04} {}{}", digits / 10, letter(dice.below(26)), letter(dice.below(26)))
        }
        Land::Se => format!("{:03} {:02}", digits / 100, digits % 100),
        _ => format!("{digits}"),
    };
    Home {
        land,
        kind: dice.one(words.streets),
        street: dice.one(&split(words.of_streets)).to_owned(),
        number: 1 + dice.below(longest),
        unit: dice.percent(55).then(|| 1 + dice.below(if land == Land::Kr { 1_500 } else { 40 })),
        town: dice.one(&split(words.towns)),
        state: dice.one(&split(words.states)),
        postal,
    }
}

fn phone(dice: &mut Dice, land: Land) -> String {
    let number = 1_000_000 + dice.below(8_999_999);
    let head = 10 + dice.below(89);
    match (land, dice.below(3)) {
        (Land::It, 0) => format!("+39 3{head} {number}"),
        (Land::It, _) => format!("3{head}{number}"),
        (Land::Es, 0) => format!("+34 6{}{number}", head % 10),
        (Land::Es, _) => format!("6{}{number}", head % 10),
        (Land::Pl, 0) => format!("+48 5{}{number}", head % 10),
        (Land::Pl, _) => format!("5{}{number}", head % 10),
        (Land::Pt, 0) => format!("+351 9{}{number}", head % 10),
        (Land::Pt, _) => format!("9{}{number}", head % 10),
        (Land::Nl, 0) => format!("+31 6 {}{number}", head % 10),
        (Land::Nl, _) => format!("06-{}{number}", head % 10),
        (Land::Tr, 0) => format!("+90 5{head} {number}"),
        (Land::Tr, _) => format!("05{head}{number}"),
        (Land::Se, 0) => format!("+46 7{}{number}", head % 10),
        (Land::Se, _) => format!("07{}-{number}", head % 10),
        (Land::Kr, 0) => format!("+82 10-{}-{}", 2_000 + head * 70, number % 10_000),
        (Land::Kr, _) => format!("010-{}-{:04}", 2_000 + head * 70, number % 10_000),
    }
}

fn person(dice: &mut Dice, lands: &[Land]) -> Person {
    let land = dice.one(lands);
    let mut given = dice.first(&split(land.words().given)).to_owned();
    if matches!(land, Land::It | Land::Se) && dice.percent(8) {
        given = format!("{given} {}", dice.one(&split(land.words().given)));
    }
    let two = matches!(land, Land::Es | Land::Pt);
    let mother = if two { family(dice, land) } else { String::new() };
    let mut family = family(dice, land);
    if land == Land::Nl && dice.percent(25) {
        family = format!("{} {family}", dice.one(&["van", "de", "van der", "van den"]));
    }
    let home = home(dice, land);
    let (phone, alias) = (phone(dice, land), alias(dice));
    Person { land, given, family, mother, home, phone, alias }
}

impl Person {
    fn name(&self) -> String {
        match self.land {
            Land::Kr => format!("{}{}", self.family, self.given),
            Land::Es => format!("{} {} {}", self.given, self.family, self.mother),
            // The mother's comes first.
            Land::Pt => format!("{} {} {}", self.given, self.mother, self.family),
            _ => format!("{} {}", self.given, self.family),
        }
    }

    fn moved(&mut self, dice: &mut Dice) {
        self.home = home(dice, self.land);
    }
}

/// Without accents, as many keyboards have it.
fn plain(text: &str) -> String {
    let of = |letter: char| match letter {
        'á' | 'à' | 'ą' => 'a',
        'Á' => 'A',
        'é' | 'è' | 'ę' => 'e',
        'í' | 'ì' => 'i',
        'Í' => 'I',
        'ó' | 'ò' => 'o',
        'ú' | 'ù' => 'u',
        'ñ' | 'ń' => 'n',
        'ã' | 'â' | 'å' | 'ä' => 'a',
        'Å' | 'Ä' => 'A',
        'ê' => 'e',
        'õ' | 'ô' | 'ö' => 'o',
        'Ö' => 'O',
        'ü' => 'u',
        'ç' => 'c',
        'Ç' => 'C',
        'ş' => 's',
        'Ş' => 'S',
        'ğ' => 'g',
        'ı' => 'i',
        'İ' => 'I',
        'ł' => 'l',
        'Ł' => 'L',
        'ś' => 's',
        'Ś' => 'S',
        'ż' | 'ź' => 'z',
        'ć' => 'c',
        other => other,
    };
    text.chars().map(of).collect()
}

/// How a name is written on one occasion.
fn written_name(dice: &mut Dice, person: &Person, noise: Option<Noise>) -> String {
    let (noisy, noise) = (noise.is_some(), noise.unwrap_or(SOME));
    let (mut given, mut family) = (person.given.clone(), person.family.clone());
    if person.land == Land::Kr {
        return if dice.percent(30) { format!("{family} {given}") } else { person.name() };
    }
    let mut mother = person.mother.clone();
    if noisy {
        let short = person.land.words().short.iter().find(|(whole, _)| *whole == given);
        if let Some((_, short)) = short.filter(|_| dice.percent(noise.short)) {
            (*short).clone_into(&mut given);
        }
        if dice.percent(3) {
            given = format!("{}.", given.chars().next().unwrap_or('A'));
        }
        if dice.percent(noise.slip) {
            family = slip(dice, &family);
        }
        if dice.percent(noise.slip / 2) {
            given = slip(dice, &given);
        }
        if dice.percent(45) {
            mother.clear();
        }
    }
    let family = match person.land {
        _ if mother.is_empty() => family,
        Land::Pt => format!("{mother} {family}"),
        _ => format!("{family} {mother}"),
    };
    let mut name = match dice.below(20) {
        0 if noisy => format!("{family} {given}"),
        1 if noisy => format!("{family}, {given}"),
        _ => format!("{given} {family}"),
    };
    if noisy && dice.percent(noise.plain) {
        name = plain(&name);
    }
    if noisy && dice.percent(noise.upper) {
        name = name.to_uppercase();
    }
    name
}

fn lines(dice: &mut Dice, home: &Home, noisy: bool) -> [String; 2] {
    let Home { kind, number, unit, .. } = home;
    let mut street = home.street.clone();
    if noisy && dice.percent(8) {
        street = slip(dice, &street);
    }
    if noisy && dice.percent(25) {
        street = plain(&street);
    }
    let unit = unit.filter(|_| !noisy || !dice.percent(10));
    let way = if noisy { dice.below(6) } else { 0 };
    match home.land {
        Land::It => {
            let kind = match (*kind, way) {
                ("Via", 1) => "V.",
                ("Viale", 1) => "V.le",
                ("Corso", 1) => "C.so",
                ("Piazza", 1) => "P.zza",
                (kind, _) => kind,
            };
            let comma = if way == 2 { "," } else { "" };
            let unit = unit.map(|unit| match way {
                3 => format!("int {unit}"),
                _ => format!("Int. {unit}"),
            });
            [format!("{kind} {street}{comma} {number}"), unit.unwrap_or_default()]
        }
        Land::Es => {
            let kind = match (*kind, way) {
                ("Calle", 1 | 2) => "C/",
                ("Avenida", 1 | 2) => "Avda.",
                ("Plaza", 1) => "Pza.",
                ("Paseo", 1) => "Pº",
                (kind, _) => kind,
            };
            let door = |unit: usize| {
                let letter = char::from(b'A' + u8::try_from(unit % 4).unwrap_or(0));
                format!("{}º {letter}", 1 + unit / 4)
            };
            let unit = unit.map(door).unwrap_or_default();
            match way {
                3 if !unit.is_empty() => {
                    [format!("{kind} {street}, {number}, {unit}"), String::new()]
                }
                4 => [format!("{kind} {street} nº {number}"), unit],
                _ => [format!("{kind} {street}, {number}"), unit],
            }
        }
        Land::Pl => {
            let kind = if way == 1 { "" } else { kind };
            let number = match (unit, way) {
                (Some(unit), 2) => format!("{number} m. {unit}"),
                (Some(unit), 3) => format!("{number} m {unit}"),
                (Some(unit), _) => format!("{number}/{unit}"),
                (None, _) => format!("{number}"),
            };
            [format!("{kind} {street} {number}").trim().to_owned(), String::new()]
        }
        Land::Pt => {
            let kind = match (*kind, way) {
                ("Rua", 1 | 2) => "R.",
                ("Avenida", 1 | 2) => "Av.",
                ("Praça", 1) => "Pç.",
                ("Travessa", 1) => "Tv.",
                (kind, _) => kind,
            };
            let side = |unit: usize| match unit % 3 {
                0 => "Esq",
                1 => "Dto",
                _ => "Frt",
            };
            let unit = unit.map(|unit| format!("{}º {}", 1 + unit / 3, side(unit)));
            let unit = unit.unwrap_or_default();
            match way {
                3 if !unit.is_empty() => {
                    [format!("{kind} {street}, {number} {unit}"), String::new()]
                }
                _ => [format!("{kind} {street}, {number}"), unit],
            }
        }
        Land::Nl => {
            let end = if way == 1 && *kind == "straat" { "str." } else { kind };
            let letter = |unit: usize| char::from(b'A' + u8::try_from(unit % 26).unwrap_or(0));
            let number = match (unit, way) {
                (Some(unit), 2) => format!("{number} {}", letter(unit)),
                (Some(unit), 3) => format!("{number}-{}", letter(unit)),
                (Some(unit), _) => format!("{number}{}", letter(unit)),
                (None, _) => format!("{number}"),
            };
            [format!("{street}{end} {number}"), String::new()]
        }
        Land::Tr => {
            let kind = match (*kind, way) {
                ("Caddesi", 1 | 2) => "Cad.",
                ("Sokak", 1 | 2) => "Sok.",
                ("Bulvarı", 1) => "Blv.",
                (kind, _) => kind,
            };
            let unit = match (unit, way) {
                (Some(unit), 3) => format!("D:{unit}"),
                (Some(unit), _) => format!("Daire {unit}"),
                (None, _) => String::new(),
            };
            let line = format!("{street} {kind} No: {number}");
            if way == 4 && !unit.is_empty() {
                [format!("{line} {unit}"), String::new()]
            } else {
                [line, unit]
            }
        }
        Land::Se => {
            let unit = unit.map(|unit| match way {
                1 => format!("Lgh {}", 1_000 + unit),
                _ => format!("lgh {}", 1_000 + unit),
            });
            let unit = unit.unwrap_or_default();
            if way == 2 && !unit.is_empty() {
                [format!("{street}{kind} {number} {unit}"), String::new()]
            } else {
                [format!("{street}{kind} {number}"), unit]
            }
        }
        Land::Kr => {
            let unit = unit.map(|unit| match way {
                1 => format!("{}동 {}호", 101 + unit % 7, unit),
                _ => format!("{}동{}호", 101 + unit % 7, unit),
            });
            let unit = unit.unwrap_or_default();
            let street = format!("{street}{kind} {number}");
            if way == 2 && !unit.is_empty() {
                [format!("{street} {unit}"), String::new()]
            } else {
                [street, unit]
            }
        }
    }
}

/// What one order of a person shows. A listed person is entered without noise.
fn shown(dice: &mut Dice, id: String, person: &Person, noise: Option<Noise>) -> Row {
    let noisy = noise.is_some();
    let name = written_name(dice, person, noise);
    let [addr1, addr2] = lines(dice, &person.home, noisy);
    let home = &person.home;
    let mut postal = home.postal.clone();
    if noisy && dice.percent(4) {
        postal = slip(dice, &postal);
    }
    let lacks = |dice: &mut Dice, chance: usize| noisy && dice.percent(chance);
    let keep = |lacks: bool, text: &str| if lacks { String::new() } else { text.to_owned() };
    let postal = keep(lacks(dice, 4), &postal);
    let town = if lacks(dice, 20) { home.town.to_uppercase() } else { home.town.to_owned() };
    let recipient = match dice.below(20) {
        0..=6 => String::new(),
        7 if noisy => {
            // A gift.
            let mut other = person.clone();
            dice.first(&split(person.land.words().given)).clone_into(&mut other.given);
            written_name(dice, &other, None)
        }
        _ => name.clone(),
    };
    let phone = keep(dice.percent(noise.unwrap_or(SOME).no_phone), &person.phone);
    row(
        id,
        [
            ("buyer_name", name),
            ("recipient_name", recipient),
            ("email_alias", keep(lacks(dice, 15), &person.alias)),
            ("phone", phone),
            ("addr1", addr1),
            ("addr2", addr2),
            ("city", town),
            ("state", keep(lacks(dice, 25), home.state)),
            ("postal", postal),
            ("country", home.land.code().to_owned()),
        ],
    )
}

/// Makes one.
pub fn made(size: &Size) -> Scenario {
    let mut dice = Dice(size.seed);
    let dice = &mut dice;
    let noise = size.noise;
    let forwarders: Vec<Home> =
        (0..4).map(|n| Home { unit: None, number: 900 + n, ..home(dice, size.lands[0]) }).collect();
    let customer = |dice: &mut Dice| {
        let mut of = person(dice, size.lands);
        of.home = Home { unit: Some(100 + dice.below(9_000)), ..forwarders[dice.below(4)].clone() };
        of
    };
    let mut listed: Vec<Person> = (0..size.listed).map(|_| person(dice, size.lands)).collect();
    for _ in 0..size.listed / 25 {
        let at = dice.below(listed.len());
        listed[at] = customer(dice);
    }
    let mut orders: Vec<Order> = Vec::new();
    for n in 0..size.matches {
        let at = (n * 7 + dice.below(7)) % size.listed;
        let mut of = listed[at].clone();
        if dice.percent(noise.moved) {
            of.moved(dice);
        }
        if dice.percent(noise.other_phone) {
            of.phone = phone(dice, of.land);
        }
        if dice.percent(noise.other_alias) {
            of.alias = alias(dice);
        }
        let order = shown(dice, next_id(&orders), &of, Some(noise));
        orders.push((order, "match", at));
    }
    for n in 0..size.honest {
        let mut of = person(dice, size.lands);
        if n % 40 == 0 {
            // A neighbour of somebody listed, in another flat.
            let home = &listed[dice.below(size.listed)].home;
            of.home = Home { unit: home.unit.map(|unit| unit + 1 + dice.below(9)), ..home.clone() };
        }
        let order = shown(dice, next_id(&orders), &of, Some(noise));
        orders.push((order, "honest", 0));
    }
    for _ in 0..size.households {
        let at = dice.below(size.listed);
        let mut of = listed[at].clone();
        let before = of.given.clone();
        while of.given == before {
            dice.first(&split(of.land.words().given)).clone_into(&mut of.given);
        }
        of.alias = alias(dice);
        of.phone = phone(dice, of.land);
        let mut order = shown(dice, next_id(&orders), &of, Some(noise));
        // Nobody sends a gift to the one who is listed.
        let buyer = order["buyer_name"].clone();
        order.entry("recipient_name".to_owned()).and_modify(|to| {
            if !to.is_empty() {
                *to = buyer;
            }
        });
        if of.land != Land::Kr && dice.percent(6) {
            let initial = of.given.chars().next().unwrap_or('A');
            order.insert("buyer_name".to_owned(), format!("{initial}. {}", of.family));
            order.insert("recipient_name".to_owned(), String::new());
        }
        orders.push((order, "household", 0));
    }
    let mut bearers: HashMap<String, usize> = HashMap::new();
    for (order, _, _) in &orders {
        *bearers.entry(order["buyer_name"].clone()).or_default() += 1;
    }
    for _ in 0..size.namesakes {
        let mut of = listed[dice.below(size.listed)].clone();
        if dice.percent(70) {
            // Of eight, the one whose name is the commonest.
            let drawn: Vec<usize> = (0..8).map(|_| dice.below(size.listed)).collect();
            let common = |at: &usize| bearers.get(&listed[*at].name()).copied().unwrap_or(0);
            of = listed[drawn.into_iter().max_by_key(common).unwrap_or(0)].clone();
        }
        of.moved(dice);
        of.phone = phone(dice, of.land);
        of.alias = alias(dice);
        let order = shown(dice, next_id(&orders), &of, Some(noise));
        orders.push((order, "namesake", 0));
    }
    for _ in 0..size.forwarded {
        let of = customer(dice);
        let order = shown(dice, next_id(&orders), &of, Some(noise));
        orders.push((order, "forwarder", 0));
    }
    let flagged =
        (0..).zip(&listed).map(|(n, of)| shown(dice, format!("L{n}"), of, None)).collect();
    finished(size.name, flagged, orders)
}
