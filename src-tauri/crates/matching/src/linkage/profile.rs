//! What of a person is compared by likeness: the words of names and the parts of addresses.

use super::ideographs::simplified;
use super::kana::{katakana, reading};
use super::script::Script;
use super::spelling::{Signs, edits, skeleton};
use super::text::Text;
use crate::Unusable;
use crate::normalise::address::Bag;
use crate::normalise::address_words::{Word as Meaning, word as meaning};
use crate::normalise::alias::{alias_into, is_shared_alias};
use crate::normalise::cjk_address::{place_without_number, read_cjk};
use crate::normalise::country::{Country, country_of};
use crate::normalise::free_address::Split;
use crate::normalise::generic_name::is_firm;
use crate::normalise::name::NameForms;
use crate::normalise::simple::postcode_into;
use crate::normalise::text::{fold, is_cjk, is_word, push_without_umlauts};
use buyerwatch_domain::Address;

/// A hash by which words are told apart. It goes into the stored keys of a veil: another hash is another
/// [`Veil::SCHEME`](super::Veil::SCHEME).
pub(crate) fn hash(text: &str) -> u64 {
    let mut state = 0xCBF2_9CE4_8422_2325_u64;
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    // FNV leaves the low bits of short words alike.
    state ^= state >> 32;
    state.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A word in one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub text: Text,
    /// Of the text.
    pub hash: u64,
    /// Of what a slip of the pen leaves alone.
    pub skeleton: u64,
    /// In characters.
    pub letters: u8,
    /// Which occur in the text.
    pub signs: Signs,
}

impl Word {
    pub(crate) fn new(text: &str, room: &mut String) -> Self {
        room.clear();
        push_without_umlauts(text, room);
        let whole = hash(room);
        let plain = std::mem::take(room);
        skeleton(&plain, room);
        Self {
            hash: whole,
            skeleton: hash(room),
            letters: u8::try_from(text.chars().count()).unwrap_or(u8::MAX),
            signs: Signs::of(text),
            text: text.into(),
        }
    }

    /// As [`edits`]; of most words it is seen at a glance that they are too far apart.
    pub(crate) fn edits(&self, other: &Self, limit: usize) -> Option<usize> {
        let may = usize::from(self.letters.abs_diff(other.letters)) <= limit
            && self.signs.within(other.signs, limit);
        may.then(|| edits(&self.text, &other.text, limit)).flatten()
    }

    pub(crate) fn is_initial(&self) -> bool {
        self.letters == 1
    }

    /// Whether the word stands for one that is only known not to be the other side's.
    pub(crate) fn is_unseen(&self) -> bool {
        self.text.starts_with('\u{E000}')
    }
}

/// A name as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NameProfile {
    /// Words as written, without titles and what tells father from son.
    pub words: Vec<Word>,
    /// Which of them is the family name.
    pub family: usize,
    /// `jr`, `sr`, `ii` …
    pub generation: Option<Box<str>>,
    /// Chinese, Japanese or Korean: `words` holds the whole name as one, which agrees or not.
    pub cjk: bool,
    /// The whole name once more with its two halves exchanged, if it was written in two.
    pub turned: Option<u64>,
    /// Of such a name the first letters only: the whole begins with these.
    pub cut: Option<Box<str>>,
    /// How a name in kana is read.
    pub reading: Option<Box<str>>,
    /// All letters in one.
    pub joined: Text,
}

/// An address as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PlaceProfile {
    /// Names of street, village, building.
    pub street: Vec<Word>,
    /// Kinds of street (`st`, `ave`) and other words that many streets share.
    pub kinds: Vec<Word>,
    /// Letters of the street in one, in order of the alphabet.
    pub joined: Text,
    /// House numbers.
    pub numbers: Vec<Word>,
    /// Flat, suite, room.
    pub units: Vec<Word>,
    pub postcode: Option<Word>,
    pub city: Option<Word>,
    pub state: Option<Word>,
    pub country: Option<Country>,
    pub cjk: bool,
}

/// Everything about one person that is compared by likeness.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub(crate) names: Vec<NameProfile>,
    pub(crate) places: Vec<PlaceProfile>,
    pub(crate) phones: Vec<u64>,
    pub(crate) aliases: Vec<u64>,
}

impl Profile {
    /// Takes in a name; one that tells nobody apart is left out.
    pub fn add_name(&mut self, value: &str) {
        let mut forms = NameForms::default();
        if let Some(name) = read_name(value, &mut forms)
            && !self.names.contains(&name)
        {
            // Most people have one, and room for four is dear.
            self.names.reserve_exact(1);
            self.names.push(name);
        }
    }

    /// Takes in an address that came in parts.
    pub fn add_address(&mut self, address: &Address) {
        if let Some(place) = read_place(address) {
            self.places.reserve_exact(1);
            self.places.push(place);
        }
    }

    /// Takes in a telephone number, in whatever way it is written.
    pub fn add_phone(&mut self, value: &str) {
        if value.len() > LONGEST_PART {
            return;
        }
        // The country code may be there or not: what all ways of writing share is the end.
        let (number, extension) = value.split_once(['x', 'X', '#']).unwrap_or((value, ""));
        let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let number = digits(number);
        if number.len() < 7 {
            return;
        }
        let end = number.get(number.len().saturating_sub(9)..).unwrap_or(&number);
        self.phones.push(hash(end) ^ hash(&digits(extension)).rotate_left(17));
    }

    /// Takes in a telephone number if it has an extension: alone the number is a switchboard's or a relay's, together
    /// they are one person's.
    pub fn add_extension(&mut self, value: &str) {
        if value.len() <= LONGEST_PART
            && let Some((_, extension)) = value.split_once(['x', 'X', '#'])
            && extension.bytes().any(|byte| byte.is_ascii_digit())
        {
            self.add_phone(value);
        }
    }

    /// Takes in a relay alias or another e-mail address.
    pub fn add_alias(&mut self, value: &str) {
        let mut normal = String::new();
        if value.len() <= LONGEST_PART
            && alias_into(value, &mut normal).is_ok()
            && !is_shared_alias(&normal)
        {
            self.aliases.push(hash(&normal));
        }
    }

    /// Bytes of text that are kept and compared.
    #[must_use]
    pub fn weight(&self) -> usize {
        let words = |words: &[Word]| words.iter().map(|word| word.text.len()).sum::<usize>();
        let names = self.names.iter().map(|name| words(&name.words) + name.joined.len());
        let places = self.places.iter().map(|place| {
            let one = [&place.postcode, &place.city, &place.state].into_iter().flatten();
            [&place.street, &place.kinds, &place.numbers, &place.units]
                .map(|w| words(w))
                .iter()
                .sum::<usize>()
                + one.map(|word| word.text.len()).sum::<usize>()
                + place.joined.len()
        });
        names.chain(places).sum()
    }

    /// Whether there is a telephone number or an alias.
    pub(crate) fn has_ids(&self) -> bool {
        !self.phones.is_empty() || !self.aliases.is_empty()
    }

    /// Whether there is nothing to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.places.is_empty()
    }
}

fn read_name(value: &str, forms: &mut NameForms) -> Option<NameProfile> {
    if value.len() <= LONGEST_PART {
        let mut folded = String::new();
        fold(value, &mut folded);
        if is_firm(&folded) {
            return None;
        }
    }
    let parts = forms.parts(value).ok()?;
    let mut room = String::new();
    let mut name = NameProfile { family: parts.family, ..NameProfile::default() };
    if let Some(whole) = parts.whole {
        name.cjk = true;
        // Hiragana and katakana are two hands of one script, as are traditional and simplified.
        let one_hand =
            |text: &str| -> String { text.chars().map(katakana).map(simplified).collect() };
        name.words.push(Word::new(&one_hand(whole), &mut room));
        name.reading = reading(whole).map(Into::into);
        if let Some((one, other)) = parts.halves {
            let turned = one_hand(&format!("{other}{one}"));
            name.turned = Some(hash(&turned));
            name.cut = parts.cut.then(|| turned.into());
        }
    } else {
        let letters = |text: &&&str| text.chars().any(char::is_alphabetic);
        let family = parts.words.get(parts.family).copied();
        let script = Script::of(&parts.words);
        for text in parts.words.iter().filter(letters) {
            if Some(*text) == family {
                name.family = name.words.len();
            }
            match &script {
                Some(script) => name.words.push(Word::new(&script.latin(text), &mut room)),
                None => name.words.push(Word::new(text, &mut room)),
            }
        }
        name.family = name.family.min(name.words.len().saturating_sub(1));
        name.generation = parts.generation.map(Into::into);
    }
    if name.words.is_empty() {
        return None;
    }
    name.joined = name.words.iter().map(|word| &*word.text).collect::<String>().into();
    Some(name)
}

/// Bytes of street lines, all together; more is no address. Comparing takes time by their square.
const LONGEST_LINES: usize = 1024;

/// Bytes of a town, a postcode, a telephone number or an alias; more is none.
const LONGEST_PART: usize = 512;

fn parts_of(address: &Address) -> impl Iterator<Item = &String> {
    [&address.city, &address.state, &address.postal, &address.country].into_iter()
}

fn read_place(address: &Address) -> Option<PlaceProfile> {
    let bytes: usize = address.lines.iter().map(String::len).sum();
    let bounded =
        if bytes > LONGEST_LINES || parts_of(address).any(|part| part.len() > LONGEST_PART) {
            let or_nothing = |part: &String| {
                if part.len() > LONGEST_PART { String::new() } else { part.clone() }
            };
            Some(Address {
                lines: if bytes > LONGEST_LINES { Vec::new() } else { address.lines.clone() },
                city: or_nothing(&address.city),
                state: or_nothing(&address.state),
                postal: or_nothing(&address.postal),
                country: or_nothing(&address.country),
            })
        } else {
            None
        };
    let address = bounded.as_ref().unwrap_or(address);
    let mut room = String::new();
    let mut folded = String::new();
    let mut place = PlaceProfile {
        country: country_of(&address.country, &mut room),
        ..PlaceProfile::default()
    };
    let mut postcode = String::new();
    let _ = postcode_into(&address.postal, place.country, &mut postcode);
    // Taiwan: three digits name the district, two or three more what is within.
    if place.country.is_some_and(|of| of.code() == "TW") && postcode.len() > 3 {
        postcode.truncate(3);
    }
    if !postcode.is_empty() {
        place.postcode = Some(Word::new(&postcode, &mut room));
    }
    for (part, into) in [(&address.city, &mut place.city), (&address.state, &mut place.state)] {
        folded.clear();
        fold(part, &mut folded);
        let mut text = String::new();
        for piece in folded.split(|c: char| !is_word(c)) {
            push_without_umlauts(piece, &mut text);
        }
        if !text.is_empty() {
            *into = Some(Word::new(&text, &mut room));
        }
    }
    if address.lines.iter().any(|line| line.chars().any(is_cjk)) {
        read_cjk_place(address, &postcode, &mut place);
    } else {
        let mut bag = Bag::default();
        for line in &address.lines {
            folded.clear();
            fold(line, &mut folded);
            bag.add(&folded).ok()?;
        }
        for text in bag.words() {
            if let Some(unit) = text.strip_prefix('#') {
                place.units.push(Word::new(unit, &mut room));
            } else if text.len() <= 1
                || matches!(meaning(text), Some(Meaning::Street(_) | Meaning::Plain(_)))
            {
                place.kinds.push(Word::new(text, &mut room));
            } else {
                place.street.push(Word::new(text, &mut room));
            }
        }
        for text in bag.numbers() {
            place.numbers.push(Word::new(text, &mut room));
        }
        doors(&mut place, &mut room);
        locker(&mut place);
        let mut joined: Vec<&str> =
            place.street.iter().chain(&place.kinds).map(|w| &*w.text).collect();
        joined.sort_unstable();
        place.joined = joined.concat().into();
    }
    let empty = place.street.is_empty()
        && place.numbers.is_empty()
        && place.postcode.is_none()
        && place.city.is_none();
    (!empty).then_some(place)
}

/// Doors as Portugal and Spain write them behind the house, `7º Frt`, `3º B`, `1º 2ª`: floor, then side or letter. They
/// are flats, no numbers of houses.
fn doors(place: &mut PlaceProfile, room: &mut String) {
    let floor = |word: &Word| {
        let digits = word.text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let end = word.text.get(digits.len()..).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && end.starts_with('o')
    };
    let Some(at) = place.numbers.iter().skip(1).position(floor) else { return };
    let mut door: String =
        place.numbers.drain(at + 1..).map(|word| word.text.to_string()).collect();
    for words in [&mut place.street, &mut place.kinds] {
        words.retain(|word| {
            let side = side(&word.text);
            door.push_str(side.unwrap_or_default());
            side.is_none()
        });
    }
    place.units.push(Word::new(&door, room));
}

/// What stands beside the number of a parcel locker is whose parcels they are, as a flat is beside a house.
fn locker(place: &mut PlaceProfile) {
    if place.street.iter().all(|word| &*word.text != "packstation") {
        return;
    }
    let is_account = |word: &mut Word| word.letters >= 6;
    place.units.extend(place.numbers.extract_if(.., is_account));
    place.street.retain(|word| !matches!(&*word.text, "postnummer" | "postnr" | "kundennummer"));
}

/// On which side of the stairs a door is, in one spelling.
fn side(word: &str) -> Option<&'static str> {
    Some(match word {
        "frt" | "frente" | "fte" => "f",
        "esq" | "esquerdo" | "izq" | "izqda" | "izda" | "izquierda" => "l",
        "dto" | "dt" | "drt" | "direito" | "dcha" | "der" | "derecha" => "r",
        _ => return None,
    })
}

fn read_cjk_place(address: &Address, postcode: &str, place: &mut PlaceProfile) {
    let (mut text, mut key, mut wide) = (String::new(), String::new(), String::new());
    for line in &address.lines {
        fold(line, &mut text);
        text.push('\n');
    }
    if is_chinese(place.country, &text) {
        text = sections(&text).chars().map(simplified).collect();
    }
    let (mut city, mut state) = (String::new(), String::new());
    fold(&address.city, &mut city);
    fold(&address.state, &mut state);
    read_cjk(text.split('\n'), &[city.as_str(), state.as_str()], postcode, &mut key, &mut wide);
    place.cjk = true;
    if key.is_empty() {
        key = place_without_number(text.split('\n'));
    }
    let whole = if wide.is_empty() { &key } else { &wide };
    let rest = whole.split_once('|').map_or(whole.as_str(), |(rest, _)| rest);
    let mut room = String::new();
    // 千束26-5-1コート898: a name, the block numbers, a building and a room.
    let mut position = 0;
    let mut blocks = 0;
    while let Some(tail) = rest.get(position..).filter(|tail| !tail.is_empty()) {
        let number = tail.starts_with(|c: char| c.is_ascii_digit());
        let end = tail
            .find(|c: char| (c.is_ascii_digit() || (number && c == '-')) != number)
            .unwrap_or(tail.len());
        let piece = tail.get(..end).unwrap_or(tail).trim_matches('-');
        position += end;
        if piece.is_empty() {
            continue;
        }
        match (number, blocks) {
            (true, 0) => {
                blocks += 1;
                place.numbers.push(Word::new(piece, &mut room));
            }
            (true, _) => place.units.push(Word::new(piece, &mut room)),
            (false, 0) => place.street.push(Word::new(piece, &mut room)),
            (false, _) => place.kinds.push(Word::new(piece, &mut room)),
        }
    }
    place.joined = place.street.iter().map(|word| &*word.text).collect::<String>().into();
}

/// Whether ideographs are those of Chinese, which has two hands of one script.
fn is_chinese(country: Option<Country>, text: &str) -> bool {
    let other = country.is_some_and(|of| matches!(of.code(), "JP" | "KR"));
    let japanese = |sign: char| matches!(sign, '\u{3040}'..='\u{30FF}' | '県' | '丁');
    !other && !text.chars().any(japanese)
}

/// Sections of long roads in digits: 五段 is 5段.
fn sections(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let digit = "一二三四五六七八九".chars().position(|numeral| numeral == sign);
        let digit = digit.and_then(|at| char::from_digit(u32::try_from(at + 1).unwrap_or(1), 10));
        match digit {
            Some(digit) if signs.peek() == Some(&'段') => out.push(digit),
            _ => out.push(sign),
        }
    }
    out
}

/// For an address in one line: the likeliest reading.
impl Profile {
    /// Takes in an address that a person wrote or pasted.
    ///
    /// # Errors
    /// When it is too long to be one.
    pub fn add_address_line(&mut self, value: &str) -> Result<(), Unusable> {
        let mut folded = String::new();
        if value.len() > 1024 {
            return Err(Unusable::TooLong);
        }
        fold(value, &mut folded);
        let split = Split::of(&folded);
        let (street, city, state) = split.columns();
        let country = split.country.map(|country| country.code().to_owned()).unwrap_or_default();
        self.add_address(&Address {
            lines: street.into_iter().map(str::to_owned).collect(),
            city: city.to_owned(),
            state: state.to_owned(),
            postal: split.postcode.clone(),
            country,
        });
        Ok(())
    }
}
