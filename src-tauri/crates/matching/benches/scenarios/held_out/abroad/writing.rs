//! How a person is written in one order.

use super::super::super::Row;
use super::super::{Dice, row, slip};
use super::lands::Land;
use super::person::{Flat, Home, Person, Phone, family, person, phone, split};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Shares in percent.
struct Noise {
    no_phone: usize,
    no_alias: usize,
    no_state: usize,
    no_postal: usize,
    no_unit: usize,
    /// The telephone number is one of the shop's own.
    relay: usize,
    /// To somebody else's home.
    gift: usize,
    title: usize,
    /// A company before the recipient's name.
    firm: usize,
    /// The flat stands within the name.
    flat_in_name: usize,
    slip: usize,
    short: usize,
    initial: usize,
    lower: usize,
    upper: usize,
    /// The postcode without its blank or dash, or with the sign of the country.
    postal_other: usize,
    postal_in_town: usize,
    /// A town by another name.
    town_also: usize,
}

const NOISE: Noise = Noise {
    no_phone: 45,
    no_alias: 15,
    no_state: 25,
    no_postal: 4,
    no_unit: 10,
    relay: 2,
    gift: 3,
    title: 8,
    firm: 2,
    flat_in_name: 3,
    slip: 8,
    short: 14,
    initial: 4,
    lower: 8,
    upper: 10,
    postal_other: 18,
    postal_in_town: 3,
    town_also: 15,
};

/// How one who orders types.
#[derive(Clone, Copy)]
struct Hand {
    noisy: bool,
    accents: Accents,
    case: Case,
}

#[derive(Clone, Copy)]
enum Accents {
    Kept,
    Dropped,
    /// `ä` is written `ae`.
    Spelt,
}

#[derive(Clone, Copy)]
enum Case {
    Kept,
    Lower,
    Upper,
}

impl Hand {
    const NEAT: Self = Self { noisy: false, accents: Accents::Kept, case: Case::Kept };

    fn new(dice: &mut Dice, land: Land) -> Self {
        let plain = match land {
            Land::Vn => 55,
            Land::Ro => 50,
            Land::Br => 35,
            Land::Cz | Land::Hu => 25,
            Land::Dk | Land::Fi | Land::At => 15,
            Land::In | Land::Tw | Land::Us => 0,
        };
        let spelt = matches!(land, Land::Dk | Land::At) && dice.percent(60);
        let accents = match dice.percent(plain) {
            true if spelt => Accents::Spelt,
            true => Accents::Dropped,
            false => Accents::Kept,
        };
        let case = match dice.below(100) {
            roll if roll < NOISE.lower => Case::Lower,
            roll if roll < NOISE.lower + NOISE.upper => Case::Upper,
            _ => Case::Kept,
        };
        Self { noisy: true, accents, case }
    }

    fn write(self, text: &str) -> String {
        let text = match self.accents {
            Accents::Kept => text.to_owned(),
            Accents::Dropped => plain(text),
            Accents::Spelt => plain(&spelt(text)),
        };
        match self.case {
            Case::Kept => text,
            Case::Lower => text.to_lowercase(),
            Case::Upper => text.to_uppercase(),
        }
    }

    fn percent(self, dice: &mut Dice, chance: usize) -> bool {
        self.noisy && dice.percent(chance)
    }

    /// One of several ways to write something, the first the usual one.
    fn way(self, dice: &mut Dice, ways: usize) -> usize {
        if self.noisy { dice.below(ways) } else { 0 }
    }
}

fn plain(text: &str) -> String {
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    let of = |letter: char| match letter {
        'đ' => "d".to_owned(),
        'Đ' => "D".to_owned(),
        'ø' => "o".to_owned(),
        'Ø' => "O".to_owned(),
        'æ' => "ae".to_owned(),
        'Æ' => "Ae".to_owned(),
        'ß' => "ss".to_owned(),
        other => other.to_string(),
    };
    letters.map(of).collect()
}

fn spelt(text: &str) -> String {
    let pairs = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe")];
    let pairs =
        pairs.into_iter().chain([("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("Å", "Aa"), ("Ø", "Oe")]);
    pairs.fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn join(parts: &[&str], between: &str) -> String {
    let written: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    written.join(between)
}

fn first_letter(text: &str) -> String {
    text.chars().next().map(String::from).unwrap_or_default()
}

/// `Xiao Ming` in one of the ways in which people join syllables.
fn syllables(dice: &mut Dice, given: &str, hand: Hand) -> String {
    let way = hand.way(dice, 10);
    match (given.split_once(' '), way) {
        (Some((one, other)), 0..=4) => format!("{one}{}", other.to_lowercase()),
        (Some((one, other)), 5) => format!("{one}-{other}"),
        (Some((one, other)), 6) => format!("{one}-{}", other.to_lowercase()),
        (Some((one, other)), 7) => format!("{one}{other}"),
        _ => given.to_owned(),
    }
}

/// Percent of names in which the family name comes first.
fn family_first(land: Land, noisy: bool) -> usize {
    match (land, noisy) {
        (Land::Tw, _) => 100,
        (Land::Hu, true) => 65,
        (Land::Vn, true) => 60,
        (Land::Hu | Land::Vn, false) => 90,
        (Land::Us, true) => 40,
        (Land::Ro, true) => 30,
        (Land::Us | Land::Ro, false) => 20,
        (Land::In, true) => 15,
        (Land::Cz | Land::At, true) => 9,
        (Land::Fi | Land::Dk | Land::Br, true) => 4,
        _ => 0,
    }
}

/// Of the south of India.
fn with_initial(dice: &mut Dice, person: &Person, hand: Hand) -> String {
    let (given, father) = (&person.given, &person.middle);
    let initial = first_letter(father);
    match hand.way(dice, 12) {
        0..=3 => format!("{initial}. {given}"),
        4 | 5 => format!("{initial} {given}"),
        6 => format!("{initial}.{given}"),
        7 | 8 => format!("{given} {initial}"),
        9 => format!("{given} {initial}."),
        10 => format!("{given} {father}"),
        _ => given.clone(),
    }
}

/// The name, before the hand that writes it.
fn name(dice: &mut Dice, person: &Person, hand: Hand) -> String {
    let land = person.land;
    let family = person.surname();
    if land == Land::Tw {
        let blank = if hand.percent(dice, 15) { " " } else { "" };
        return format!("{family}{blank}{}", person.given);
    }
    if person.initials {
        return with_initial(dice, person, hand);
    }
    let (mut given, mut family) = (person.given.clone(), family);
    let mut middle = person.middle.clone();
    if land == Land::Us {
        given = syllables(dice, &given, hand);
        middle = match hand.way(dice, 20) {
            17 | 18 if !middle.is_empty() => {
                given = middle;
                String::new()
            }
            19 if !middle.is_empty() => {
                given = format!("{middle} {given}");
                String::new()
            }
            _ => String::new(),
        };
    }
    if hand.noisy {
        let short = land.words().short.iter().find(|(whole, _)| *whole == given);
        if let Some((_, short)) = short.filter(|_| dice.percent(NOISE.short)) {
            (*short).clone_into(&mut given);
        }
        if dice.percent(NOISE.initial) {
            given = format!("{}.", first_letter(&given));
        }
        if dice.percent(NOISE.slip) {
            family = slip(dice, &family);
        }
        if dice.percent(NOISE.slip / 2) {
            given = slip(dice, &given);
        }
    }
    // The second name is often left out, and sometimes an initial.
    let kept = match (land, hand.noisy) {
        (Land::Vn, true) => 85,
        (Land::In, false) => 25,
        (Land::In, true) => 20,
        (_, true) => 50,
        (_, false) => 100,
    };
    if !dice.percent(kept) {
        middle.clear();
    } else if land != Land::Vn && hand.percent(dice, 15) && !middle.is_empty() {
        middle = format!("{}.", first_letter(&middle));
    }
    if land == Land::Br && hand.percent(dice, 30) {
        let bare = family.split_once(' ').map(|(_, bare)| bare.to_owned());
        family = bare.filter(|_| family.starts_with('d')).unwrap_or(family);
    }
    if !dice.percent(family_first(land, hand.noisy)) {
        return match (land, hand.way(dice, 3)) {
            // A Vietnamese with the family name last: the other name comes before, behind or not at all.
            (Land::Vn, 0) => join(&[&middle, &given, &family], " "),
            (Land::Vn, 1) => join(&[&given, &family], " "),
            _ => join(&[&given, &middle, &family], " "),
        };
    }
    let comma = !matches!(land, Land::Hu | Land::Vn) && hand.percent(dice, 20);
    let family = if comma { format!("{family},") } else { family };
    match land {
        Land::Vn => join(&[&family, &middle, &given], " "),
        _ => join(&[&family, &given, &middle], " "),
    }
}

/// With a title before it, or behind.
fn titled(dice: &mut Dice, land: Land, name: &str) -> String {
    let title = dice.one(&split(land.words().titles));
    if land == Land::Tw { format!("{name}{title}") } else { format!("{title} {name}") }
}

/// What an address consists of; only then it is put together.
struct Parts {
    street: String,
    number: String,
    unit: String,
    /// A part of the town, a landmark.
    area: String,
}

fn letter(n: usize) -> char {
    char::from(b'A' + u8::try_from(n % 26).unwrap_or(0))
}

/// As an Indian finds a house.
const LANDMARKS: [&str; 12] = [
    "Near SBI Bank",
    "Opp. Police Station",
    "Behind Bus Stand",
    "Near Hanuman Temple",
    "Opposite Govt School",
    "Near HP Petrol Pump",
    "Beside Apollo Pharmacy",
    "Near Railway Gate",
    "Behind City Mall",
    "Opp. Post Office",
    "Next to Water Tank",
    "Near Jama Masjid",
];

const INDIAN_HOUSES: [&str; 10] = [
    "Sai Residency",
    "Shanti Apartments",
    "Lake View Towers",
    "Green Meadows",
    "Krishna Enclave",
    "Silver Oak Apts",
    "Lotus Heights",
    "Royal Residency",
    "Ganesh Kripa CHS",
    "Palm Grove",
];

fn unit(dice: &mut Dice, home: &Home, flat: Flat, hand: Hand) -> String {
    let Flat { stair, floor, door } = flat;
    let count = floor * 4 + door;
    let way = hand.way(dice, 5);
    match home.land {
        Land::Cz => match way {
            0..=2 => format!("byt {count}"),
            3 => format!("byt č. {count}"),
            _ if floor == 0 => "přízemí".to_owned(),
            _ => format!("{floor}. patro"),
        },
        Land::Hu => match (way, floor) {
            (0 | 1, 0) => format!("fsz. {door}."),
            (0 | 1, _) => format!("{floor}. em. {door}."),
            (2, _) => format!("{floor}/{door}"),
            (3, 0) => format!("földszint {door}. ajtó"),
            (3, _) => format!("{floor}. emelet {door}. ajtó"),
            _ => format!("{} lph. {floor}. em. {door}.", letter(stair - 1)),
        },
        Land::Dk => {
            let side = ["tv", "th", "mf", "4"][door - 1];
            match (way, floor) {
                (0..=2, 0) => format!("st. {side}"),
                (0..=2, _) => format!("{floor}. {side}"),
                (3, _) => format!("{floor}.{side}."),
                _ => format!("{floor}. sal {side}."),
            }
        }
        Land::Ro => {
            let (block, stair) =
                (format!("{}{}", letter(home.street), home.number % 30), stair - 1);
            let stair = letter(stair);
            match way {
                0 | 1 => format!("bl. {block}, sc. {stair}, et. {floor}, ap. {count}"),
                2 => format!("Bl.{block} Sc.{stair} Ap.{count}"),
                3 => format!("bloc {block}, scara {stair}, apartament {count}"),
                _ => format!("ap {count}"),
            }
        }
        Land::Br => match way {
            0 | 1 => format!("Apto {}{door} Bloco {}", floor + 1, letter(stair - 1)),
            2 => format!("ap {}{door} bl {}", floor + 1, letter(stair - 1)),
            3 => format!("Bloco {} Apartamento {}{door}", letter(stair - 1), floor + 1),
            _ => format!("Apto. {}{door}", floor + 1),
        },
        Land::In => {
            let (house, flat) =
                (INDIAN_HOUSES[(home.street + home.number) % 10], floor * 100 + door);
            match way {
                0 => format!("Flat No {flat}, {house}"),
                1 => format!("{flat}, {house}"),
                2 => format!("Flat {flat} {} Block {house}", letter(stair - 1)),
                3 => format!("{}-{flat}, {house}", letter(stair - 1)),
                _ => format!("{house}, Flat-{flat}"),
            }
        }
        Land::Vn => match way {
            0 | 1 => format!("Phòng {}{door:02}", floor + 1),
            2 => format!("P.{}{door:02}", floor + 1),
            3 => format!("Căn hộ {}.{door:02}", floor + 1),
            _ => format!("Lầu {}", floor + 1),
        },
        Land::At => match way {
            0 | 1 => format!("/{stair}/{count}"),
            2 => format!(", Stiege {stair}, Tür {count}"),
            3 => format!(" Stg. {stair} Top {count}"),
            _ => format!("/{count}"),
        },
        Land::Fi => match way {
            0..=2 => format!(" {} {count}", letter(stair - 1)),
            3 => format!(" {}{count}", letter(stair - 1)),
            _ => format!(" {} as. {count}", letter(stair - 1)),
        },
        Land::Tw => match way {
            0 | 1 => format!("{}樓之{door}", floor + 1),
            2 => format!("{}F-{door}", floor + 1),
            3 => format!("{}樓-{door}", floor + 1),
            _ => format!("{}樓", floor + 1),
        },
        Land::Us => {
            let flat = format!("{}{}", floor + 1, letter(door - 1));
            match way {
                0 | 1 => format!("Apt {flat}"),
                2 => format!("#{flat}"),
                3 => format!("Unit {flat}"),
                _ => format!("Apt. {}-{}", floor + 1, letter(door - 1)),
            }
        }
    }
}

/// The number of the house, which in some lands takes the flat along.
fn number(dice: &mut Dice, home: &Home, hand: Hand) -> String {
    let number = home.number;
    let way = hand.way(dice, 6);
    match (home.land, home.second) {
        (Land::Cz, Some(second)) => match way {
            4 => format!("{number}"),
            5 => format!("{second}"),
            _ => format!("{second}/{number}"),
        },
        (Land::Hu, _) if way < 3 => format!("{number}."),
        (Land::Ro, _) => match way {
            0 | 1 => format!("nr. {number}"),
            2 => format!("nr {number}"),
            3 => format!("Nr.{number}"),
            _ => format!("{number}"),
        },
        (Land::Br, _) if way == 5 => format!("nº {number}"),
        (Land::In, _) => match way {
            0 | 1 => format!("No {number}"),
            2 => format!("#{number}"),
            3 => format!("H.No. {number}"),
            4 => format!("Plot No {number}"),
            _ => format!("{number}"),
        },
        (Land::Vn, Some(lane)) => match way {
            4 => format!("Số {number} hẻm {lane}"),
            5 => format!("{number} ngõ {lane}"),
            _ => format!("{lane}/{number}"),
        },
        (Land::Vn, None) if way == 5 => format!("Số {number}"),
        (Land::Tw, Some(lane)) => {
            let alley = if lane % 3 == 0 { format!("{}弄", 1 + lane % 40) } else { String::new() };
            format!("{lane}巷{alley}{number}號")
        }
        (Land::Tw, None) => format!("{number}號"),
        _ => format!("{number}"),
    }
}

fn parts(dice: &mut Dice, home: &Home, hand: Hand) -> Parts {
    let land = home.land;
    let words = land.words();
    let mut name = split(words.streets)[home.street].to_owned();
    if hand.percent(dice, NOISE.slip) {
        name = slip(dice, &name);
    }
    let (whole, short) = words.kinds[home.kind];
    let kind = if hand.percent(dice, 30) { short } else { whole };
    let street = match land {
        // `Wiener Straße`, but `Hauptstraße`.
        Land::At if name.ends_with([' ', '-']) => {
            format!("{name}{}{}", first_letter(kind).to_uppercase(), tail_of(kind, 1))
        }
        Land::Dk | Land::Fi | Land::At | Land::Tw => format!("{name}{kind}"),
        Land::Ro | Land::Br | Land::Vn => join(&[kind, &name], " "),
        _ => join(&[&name, kind], " "),
    };
    let mut number = number(dice, home, hand);
    let room = home.flat.filter(|_| !hand.percent(dice, NOISE.no_unit));
    let mut written = room.map(|flat| unit(dice, home, flat, hand)).unwrap_or_default();
    // Few Czechs write which flat it is.
    if land == Land::Cz && home.house.is_none() && !dice.percent(35) {
        written.clear();
    }
    if let Some(house) = home.house {
        let room = room.filter(|_| dice.percent(60));
        let room = room.map(|flat| format!("{}{:02}", flat.floor + 1, flat.stair * 4 + flat.door));
        written = join(&[house, &room.unwrap_or_default()], " ");
    } else if matches!(land, Land::At | Land::Fi) {
        number.push_str(&written);
        written.clear();
    }
    if let Some(customer) = home.customer {
        written = match hand.way(dice, 5) {
            0 | 1 => format!("Suite {customer}"),
            2 => format!("#{customer}"),
            3 => format!("PB-{customer}"),
            _ => format!("Unit {customer}"),
        };
    }
    let landmark = LANDMARKS[(home.number + home.kind) % LANDMARKS.len()];
    let quarter = home.number % 18 + 1;
    let area = match land {
        _ if hand.percent(dice, 25) => String::new(),
        Land::Br => home.district().to_owned(),
        Land::In if dice.percent(50) => format!("{landmark}, {}", home.district()),
        Land::In => home.district().to_owned(),
        Land::Vn if home.town > 4 => format!("Phường {quarter}"),
        Land::Vn => match hand.way(dice, 4) {
            0 | 1 => format!("Phường {quarter}, {}", home.district()),
            2 => format!("P.{quarter}, {}", home.district().replace("Quận ", "Q.")),
            _ => home.district().to_owned(),
        },
        Land::Tw if home.town < 7 => home.district().to_owned(),
        _ => String::new(),
    };
    Parts { street, number, unit: written, area }
}

fn is_number_first(land: Land) -> bool {
    matches!(land, Land::Us | Land::In | Land::Vn)
}

fn with_number(land: Land, parts: &Parts, number_first: bool) -> String {
    let Parts { street, number, .. } = parts;
    match land {
        Land::Tw => format!("{street}{number}"),
        Land::Br if !number_first => join(&[street, number], ", "),
        Land::In => join(&[number, street], ", "),
        _ if number_first => join(&[number, street], " "),
        _ => join(&[street, number], " "),
    }
}

/// The two lines. What stands in the name instead of the address is not in them.
fn lines(dice: &mut Dice, land: Land, mut parts: Parts, hand: Hand) -> [String; 2] {
    let words = land.words();
    let number_first = is_number_first(land);
    let between = if land == Land::Tw { "" } else { ", " };
    if land == Land::Tw && !parts.area.is_empty() {
        parts.street = format!("{}{}", parts.area, parts.street);
        parts.area.clear();
    }
    let rest = join(&[&parts.unit, &parts.area], ", ");
    let usual = with_number(land, &parts, number_first);
    let whole = join(&[&usual, &rest], between);
    let roll = if hand.noisy { dice.below(100) } else { 99 };
    match roll {
        // Street and number swapped.
        0..4 if land != Land::Tw => [join(&with_swapped(&parts, number_first), " "), rest],
        4..7 => [parts.street, rest],
        7..17 => [whole, String::new()],
        17..21 if !rest.is_empty() => [rest, usual],
        21..25 => [parts.street, join(&[&parts.number, &rest], between)],
        25..28 => [dice.one(&split(words.firms)).to_owned(), whole],
        28..30 => [format!("c/o {}", family(dice, land)), whole],
        // The flat before the street, the rest behind it.
        30..34 if land != Land::Tw => [join(&[&parts.unit, &usual], between), parts.area],
        34..37 if land != Land::Tw => [join(&[&usual, &parts.unit], " "), parts.area],
        // Everything in the second line.
        37..39 => [String::new(), whole],
        _ => [usual, rest],
    }
}

fn with_swapped(parts: &Parts, number_first: bool) -> [&str; 2] {
    let Parts { street, number, .. } = parts;
    if number_first { [street, number] } else { [number, street] }
}

const ROMAN: [&str; 12] =
    ["I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X.", "XI.", "XII."];

/// The town as it is written, with its part or by another name.
fn town(dice: &mut Dice, home: &Home, hand: Hand) -> String {
    let (land, name, part) = (home.land, home.town(), home.district());
    let also: Vec<&str> =
        land.words().also.iter().filter(|(of, _)| *of == name).map(|(_, also)| *also).collect();
    if !also.is_empty() && hand.percent(dice, NOISE.town_also) {
        return dice.one(&also).to_owned();
    }
    let of = 1 + home.district;
    let share = match (land, home.town) {
        (Land::Cz | Land::Dk, 0) => 50,
        (Land::Tw, 0..7) => 45,
        (Land::Ro, 0) => 30,
        (Land::Cz | Land::Dk, 1..4) | (Land::Hu | Land::At, 0) => 15,
        (Land::Br | Land::In, 0..8) | (Land::Vn, 0..5) => 6,
        (Land::Us | Land::Br | Land::Ro, _) => 3,
        _ => 0,
    };
    if !dice.percent(share) {
        return name.to_owned();
    }
    match (land, home.town, hand.way(dice, 4)) {
        (Land::Cz, 0, 3) => format!("{name} {of} - {part}"),
        (Land::Cz | Land::At, 0, _) => format!("{name} {of}"),
        (Land::Cz | Land::At, _, _) => format!("{name}-{part}"),
        (Land::Hu, _, 0 | 1) => format!("{name} {}", ROMAN[home.district % 12]),
        (Land::Hu, _, _) => format!("{name}, {of}. kerület"),
        (Land::Dk, _, _) => format!("{name} {part}"),
        (Land::Tw, _, _) => format!("{name}{part}"),
        (Land::Ro, 0, 3) => part.to_owned(),
        (Land::Ro, 0, _) => format!("{name} {part}"),
        (Land::Ro, _, _) => format!("{name}, jud. {}", home.state()),
        (Land::Br | Land::Us, _, 0 | 1) => format!("{name}, {}", home.state()),
        (Land::Us, _, _) => format!("{name} {}", home.state()),
        (Land::Br, _, 2) => format!("{name} - {}", home.state()),
        _ => format!("{part}, {name}"),
    }
}

fn postal(dice: &mut Dice, home: &Home, hand: Hand) -> String {
    let postal = home.postal();
    if hand.percent(dice, NOISE.slip / 3) {
        return slip(dice, &postal);
    }
    if !hand.percent(dice, NOISE.postal_other) {
        return postal;
    }
    let tail = 10 + home.street;
    match (home.land, dice.below(2)) {
        (Land::Cz, 0) | (Land::Br, _) => postal.replace([' ', '-'], ""),
        (Land::Tw, 0) => format!("{postal}{tail}"),
        (Land::Tw, _) => format!("{postal}{tail:03}"),
        (Land::In, _) => format!("{} {}", head(&postal, 3), tail_of(&postal, 3)),
        (Land::Us, _) => format!("{postal}-{:04}", 1_000 + tail * 37),
        (Land::Hu, _) => format!("H-{postal}"),
        (Land::At, _) => format!("A-{postal}"),
        (Land::Vn, _) => format!("{}00", head(&postal, 3)),
        (land, _) => format!("{}-{postal}", land.words().code),
    }
}

fn head(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

fn tail_of(text: &str, after: usize) -> String {
    text.chars().skip(after).collect()
}

/// With or without the code of the country and what is dialled before a number.
fn dialled(dice: &mut Dice, phone: &Phone) -> String {
    let (words, number) = (phone.land.words(), &phone.number);
    let (call, trunk) = (words.call, words.trunk);
    let half = number.chars().count() / 2;
    let (front, back) = (head(number, half), tail_of(number, half));
    match dice.below(8) {
        4 | 5 if phone.land == Land::Us => {
            let (area, own) = (head(number, 3), tail_of(number, 3));
            format!("({area}) {}-{}", head(&own, 3), tail_of(&own, 3))
        }
        0 | 1 => format!("+{call}{number}"),
        2 => format!("+{call} {front} {back}"),
        3 => format!("00{call}{number}"),
        4 => format!("+{call} ({trunk}){number}").replace("()", ""),
        5 => format!("{trunk}{front}-{back}"),
        6 => number.clone(),
        _ => format!("{trunk}{number}"),
    }
}

/// The numbers that a shop enters for those who give none.
pub struct Shop {
    relays: [Phone; 3],
}

impl Shop {
    pub fn new(dice: &mut Dice) -> Self {
        Self { relays: [Land::Cz, Land::Us, Land::Tw].map(|land| phone(dice, land)) }
    }

    /// One order of a person.
    pub fn order(&self, dice: &mut Dice, id: String, of: &Person) -> Row {
        let hand = Hand::new(dice, of.land);
        if !dice.percent(NOISE.gift) {
            return self.written(dice, id, of, hand);
        }
        // A gift to a friend of the same land, at the friend's.
        let friend = loop {
            let friend = person(dice);
            if friend.land == of.land {
                break friend;
            }
        };
        let mut order =
            self.written(dice, id, &Person { home: friend.home.clone(), ..of.clone() }, hand);
        let to = hand.write(&name(dice, &friend, hand));
        order.insert("recipient_name".to_owned(), to);
        order
    }

    /// A listed person, as entered.
    pub fn entry(&self, dice: &mut Dice, id: String, of: &Person) -> Row {
        self.written(dice, id, of, Hand::NEAT)
    }

    fn written(&self, dice: &mut Dice, id: String, of: &Person, hand: Hand) -> Row {
        let home = &of.home;
        let mut buyer = name(dice, of, hand);
        let mut recipient = match dice.below(100) {
            0..35 => String::new(),
            roll if hand.noisy && roll < 35 + NOISE.title => titled(dice, of.land, &buyer),
            roll if hand.noisy && roll >= 100 - NOISE.firm => {
                format!("{}, {buyer}", dice.one(&split(of.land.words().firms)))
            }
            _ => buyer.clone(),
        };
        let mut parts = parts(dice, home, hand);
        if !parts.unit.is_empty() && hand.percent(dice, NOISE.flat_in_name) {
            let unit = std::mem::take(&mut parts.unit);
            let within = if recipient.is_empty() { &mut buyer } else { &mut recipient };
            *within = format!("{within} {unit}");
        }
        let [addr1, addr2] = lines(dice, home.land, parts, hand);
        let mut city = town(dice, home, hand);
        let mut postal = postal(dice, home, hand);
        if hand.percent(dice, NOISE.no_postal) {
            postal.clear();
        } else if hand.percent(dice, NOISE.postal_in_town) {
            city = format!("{} {city}", std::mem::take(&mut postal));
        }
        let keep = |lacks: bool, text: String| if lacks { String::new() } else { text };
        let state = keep(hand.percent(dice, NOISE.no_state), home.state().to_owned());
        let alias = keep(hand.percent(dice, NOISE.no_alias), of.alias.clone());
        let relay = dice.one(&[0, 1, 2]);
        let number = if dice.percent(NOISE.relay) { &self.relays[relay] } else { &of.phone };
        let phone = dialled(dice, number);
        let phone = keep(dice.percent(NOISE.no_phone), phone);
        row(
            id,
            [
                ("buyer_name", hand.write(&buyer)),
                ("recipient_name", hand.write(&recipient)),
                ("email_alias", alias),
                ("phone", phone),
                ("addr1", hand.write(&addr1)),
                ("addr2", hand.write(&addr2)),
                ("city", hand.write(&city)),
                ("state", hand.write(&state)),
                ("postal", postal),
                ("country", home.land.words().code.to_owned()),
            ],
        )
    }
}

/// Writes no more of the given name than its initial.
pub fn initial_and_family(order: &mut Row, of: &Person) {
    if matches!(of.land, Land::Tw | Land::Vn) || of.initials {
        return;
    }
    let name = format!("{}. {}", first_letter(&of.given), of.surname());
    order.insert("buyer_name".to_owned(), name);
    order.insert("recipient_name".to_owned(), String::new());
}
