//! What is true of a person, before anybody writes it.

use super::super::{Dice, alias};
use super::lands::{ALL, Land};

#[derive(Clone)]
pub struct Person {
    pub land: Land,
    pub woman: bool,
    pub given: String,
    /// A second given name, the mother's family name or the father's given name, as the land has it.
    pub middle: String,
    /// As men bear it.
    pub family: String,
    /// Known by the given name and the father's initial, as in the south of India.
    pub initials: bool,
    pub home: Home,
    pub phone: Phone,
    pub alias: String,
}

/// A number without what is dialled before it.
#[derive(Clone)]
pub struct Phone {
    pub land: Land,
    pub number: String,
}

#[derive(Clone)]
pub struct Home {
    pub land: Land,
    pub town: usize,
    pub district: usize,
    pub street: usize,
    pub kind: usize,
    pub number: usize,
    /// The lane, or the other number of the house, where the land has such a thing.
    pub second: Option<usize>,
    pub flat: Option<Flat>,
    /// A dormitory or an office building.
    pub house: Option<&'static str>,
    /// The number by which a forwarder knows a customer.
    pub customer: Option<usize>,
}

#[derive(Clone, Copy, PartialEq)]
pub struct Flat {
    pub stair: usize,
    pub floor: usize,
    pub door: usize,
}

pub fn split(words: &'static str) -> Vec<&'static str> {
    words.split(',').collect()
}

/// One of so many places, each less often than the one before.
fn ranked(dice: &mut Dice, of: usize, spread: usize) -> usize {
    let weight = |place: usize| 1_000_000 / (1 + place + spread);
    let mut left = dice.below((0..of).map(weight).sum());
    for place in 0..of {
        if left < weight(place) {
            return place;
        }
        left -= weight(place);
    }
    0
}

/// Given names are spread about alike everywhere.
pub fn given(dice: &mut Dice, land: Land, woman: bool) -> String {
    let words = land.words();
    let names = split(if woman { words.women } else { words.men });
    names[ranked(dice, names.len(), 10)].to_owned()
}

pub fn family(dice: &mut Dice, land: Land) -> String {
    let words = land.words();
    if dice.percent(words.rare) {
        return format!("{}{}", dice.one(&split(words.stems)), dice.one(&split(words.ends)));
    }
    let names = split(words.family);
    let name = names[ranked(dice, names.len(), words.spread)];
    if land == Land::Br && dice.percent(50) {
        return match name {
            "Silva" | "Costa" | "Cunha" | "Rocha" | "Rosa" | "Cruz" => format!("da {name}"),
            "Santos" | "Reis" | "Anjos" => format!("dos {name}"),
            "Oliveira" | "Souza" | "Almeida" | "Lima" | "Castro" => format!("de {name}"),
            "Nascimento" | "Amaral" => format!("do {name}"),
            _ => name.to_owned(),
        };
    }
    name.to_owned()
}

pub fn middle(dice: &mut Dice, land: Land, woman: bool) -> String {
    let listed = |dice: &mut Dice| dice.one(&split(land.words().middle)).to_owned();
    match (land, dice.below(100)) {
        (Land::Br, _) => family(dice, land),
        (Land::In, _) => given(dice, land, false),
        // Half of the women have the one and many men the other.
        (Land::Vn, 0..50) if woman => "Thị".to_owned(),
        (Land::Vn, 0..35) if !woman => "Văn".to_owned(),
        (Land::Vn, _) | (Land::Dk | Land::Us, 0..45) => listed(dice),
        (Land::Ro, 0..30) | (Land::Fi, 0..15) => given(dice, land, woman),
        _ => String::new(),
    }
}

/// A home, the larger the town the likelier there.
pub fn home(dice: &mut Dice, land: Land) -> Home {
    let town = ranked(dice, split(land.words().towns).len(), 1);
    home_in(dice, land, town)
}

pub fn home_in(dice: &mut Dice, land: Land, town: usize) -> Home {
    let words = land.words();
    let longest = if dice.percent(70) { 60 } else { 300 };
    let second = match land {
        Land::Cz => dice.percent(60).then(|| 100 + dice.below(2_400)),
        Land::Vn => dice.percent(35).then(|| 2 + dice.below(400)),
        Land::Tw => dice.percent(55).then(|| 1 + dice.below(400)),
        _ => None,
    };
    Home {
        land,
        town,
        district: dice.below((24 / (town + 1)).clamp(1, split(words.districts).len())),
        street: dice.below(split(words.streets).len()),
        kind: dice.below(words.kinds.len()),
        number: 1 + dice.below(longest),
        second,
        flat: dice.percent(60).then(|| flat(dice, land)),
        house: None,
        customer: None,
    }
}

pub fn flat(dice: &mut Dice, land: Land) -> Flat {
    let high = if matches!(land, Land::Tw | Land::Br | Land::In) { 14 } else { 5 };
    Flat { stair: 1 + dice.below(3), floor: dice.below(high), door: 1 + dice.below(4) }
}

impl Home {
    /// Another flat in the same block, or the house beside it.
    pub fn beside(&self, dice: &mut Dice) -> Self {
        let mut home = self.clone();
        if let Some(here) = self.flat {
            while home.flat == Some(here) {
                home.flat = Some(flat(dice, self.land));
            }
        } else {
            home.number += 2;
        }
        home
    }

    pub fn town(&self) -> &'static str {
        let town = split(self.land.words().towns)[self.town];
        town.split_once('=').map_or(town, |(town, _)| town)
    }

    pub fn state(&self) -> &'static str {
        let town = split(self.land.words().towns)[self.town];
        town.split_once('=').map_or("", |(_, state)| state)
    }

    /// The part of the town; small towns do not all have the same one.
    pub fn district(&self) -> &'static str {
        let parts = split(self.land.words().districts);
        let own = match self.land {
            Land::In | Land::Br => self.town * 5,
            Land::Cz | Land::At => self.town * 3,
            _ => 0,
        };
        parts[(self.district + own) % parts.len()]
    }

    /// The same for all of a part of a town; in some lands for all of a street, in Vietnam for all of a town.
    pub fn postal(&self) -> String {
        let land = (0..).zip(ALL).find_map(|(n, land)| (land == self.land).then_some(n));
        let town = land.unwrap_or(0) * 1_000_000 + self.town as u64 * 10_000;
        let street = if matches!(self.land, Land::Br | Land::Ro) { 1 + self.street } else { 0 };
        let part = town + self.district as u64 * 100 + street as u64;
        let (head, tail) = (Dice(town).below(1_000), Dice(!part).below(1_000));
        match (self.land, self.town) {
            (Land::Cz, _) => format!("{} {:02}", 100 + head * 69 / 100, tail % 100),
            (Land::Hu, 0) => format!("{}", 1_000 + 10 * (1 + self.district) + tail % 10),
            (Land::At, 0) => format!("{}", 1_000 + 10 * (1 + self.district)),
            (Land::Hu | Land::At | Land::Dk, _) => format!("{}", 2_000 + head * 7 + tail % 7),
            (Land::Ro, _) => format!("{}{tail:03}", 100 + head * 8 / 10),
            (Land::Fi, _) => format!("{head:03}{}0", tail % 10),
            (Land::Br, _) => format!("{:05}-{tail:03}", 1_000 + head * 98),
            (Land::In, _) => format!("{}{:03}", 110 + head * 74 / 100, tail % 100),
            (Land::Vn, _) => format!("{}0000", 10 + head % 86),
            (Land::Tw, _) => format!("{}", 100 + (head + tail) % 880),
            (Land::Us, _) => format!("{head:03}{:02}", tail % 100),
        }
    }
}

pub fn phone(dice: &mut Dice, land: Land) -> Phone {
    let words = land.words();
    let mut number = dice.one(&split(words.mobile)).to_owned();
    for n in 0..words.digits {
        // Numbers of the United States do not begin with 0 or 1 after the code of the area.
        let digit = if n == 0 { 2 + dice.below(8) } else { dice.below(10) };
        number.push_str(&digit.to_string());
    }
    Phone { land, number }
}

pub fn person(dice: &mut Dice) -> Person {
    let land = dice.one(&ALL);
    let home = home(dice, land);
    person_at(dice, home)
}

/// Somebody who lives there.
pub fn person_at(dice: &mut Dice, home: Home) -> Person {
    let land = home.land;
    let woman = dice.percent(50);
    Person {
        land,
        woman,
        given: given(dice, land, woman),
        middle: middle(dice, land, woman),
        family: family(dice, land),
        initials: land == Land::In && dice.percent(35),
        home,
        phone: phone(dice, land),
        alias: alias(dice),
    }
}

impl Person {
    /// As the person bears it: in Czechia women's family names have another end.
    pub fn surname(&self) -> String {
        let family = &self.family;
        if self.land != Land::Cz || !self.woman || family.ends_with(['ů', 'í']) {
            return family.clone();
        }
        let stem = |end: &str| family.strip_suffix(end).map(ToOwned::to_owned);
        if let Some(stem) = stem("ý") {
            return format!("{stem}á");
        }
        let stem = stem("ek")
            .map(|stem| stem + "k")
            .or_else(|| stem("ec").map(|stem| stem + "c"))
            .or_else(|| stem("a"))
            .or_else(|| stem("o"));
        format!("{}ová", stem.unwrap_or_else(|| family.clone()))
    }

    /// Who bears the same name, written in the same way.
    pub fn name(&self) -> String {
        format!("{:?} {} {} {}", self.land, self.surname(), self.middle, self.given)
    }
}
