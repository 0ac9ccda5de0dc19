//! Postal addresses.
//!
//! The form of an address with a postcode is its street lines and the postcode. City, state and
//! country are left out then: the postcode implies them, and labels write them in many ways or not
//! at all. Without a postcode, all but the country counts. Two
//! named countries must agree besides.
//!
//! Street lines become a bag of words in one spelling (so that the order of lines and of street
//! and number does not matter), then the bare numbers in their order (so that 12/4 is not 4/12).
//! A number behind `Apt`, `#`, `Flat` or their kin counts as a word of its own, `#4b`.

use super::address_words::{Word, word};
use super::cjk_address::read_cjk;
use super::country::{Country, country_of, is_country};
use super::free_address::Split;
use super::simple::postcode_into;
use super::text::{fold, is_cjk, is_word, push_without_umlauts, split_word};
use crate::Unusable;
use buyerwatch_domain::Address;
use std::ops::Range;

/// Longest address, all parts together, that is looked at.
const MAX_BYTES: usize = 1024;

/// Words in one line; more is a text.
const MAX_WORDS: usize = 48;

/// An address in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressForm {
    /// Street lines and postcode. Several if a written line can be read in several ways, likeliest
    /// first; none if there is no street.
    pub keys: Vec<String>,
    /// Of Chinese addresses that name their district: the same without it. An address that names
    /// none agrees with these, less surely.
    pub without_district: Vec<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// Code of the country, if it is named beyond doubt.
    pub country: Option<String>,
}

/// The one form of an address that came in parts.
///
/// # Errors
/// [`Unusable::Empty`], [`Unusable::TooLong`]; [`Unusable::NotAnAddress`] if it has neither street
/// nor postcode.
pub fn address(address: &Address) -> Result<AddressForm, Unusable> {
    let mut forms = AddressForms::default();
    forms.read(address, &[])?;
    let some = |text: String| (!text.is_empty()).then_some(text);
    Ok(AddressForm {
        keys: some(forms.key).into_iter().collect(),
        without_district: some(forms.without_district).into_iter().collect(),
        postcode: some(forms.postcode),
        country: forms.country.map(|country| country.code().to_owned()),
    })
}

/// The forms of an address that a person wrote or pasted, in one line or several.
///
/// Where street ends and city begins is not always plain, so it may have more than one form.
///
/// # Errors
/// As [`address`].
pub fn address_line(value: &str) -> Result<AddressForm, Unusable> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Unusable::Empty);
    }
    if value.len() > MAX_BYTES {
        return Err(Unusable::TooLong);
    }
    let mut folded = String::new();
    fold(value, &mut folded);
    let split = Split::of(&folded);
    let mut keys: Vec<String> = Vec::new();
    let mut without_district: Vec<String> = Vec::new();
    let mut bag = Bag::default();
    for reading in split.readings() {
        let (mut key, mut wide) = (String::new(), String::new());
        if split.cjk {
            let lines = reading.street.iter().copied();
            read_cjk(lines, &reading.places, &split.postcode, &mut key, &mut wide);
        } else {
            bag.clear();
            for segment in &reading.street {
                bag.add(segment)?;
            }
            bag.write(&split.postcode, &mut key);
        }
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
        if !wide.is_empty() && !without_district.contains(&wide) {
            without_district.push(wide);
        }
    }
    let country = split.country.map(|country| country.code().to_owned());
    let postcode = (!split.postcode.is_empty()).then_some(split.postcode);
    if keys.is_empty() && postcode.is_none() {
        return Err(Unusable::NotAnAddress);
    }
    Ok(AddressForm { keys, without_district, postcode, country })
}

/// Reused room, so that a bulk import does not allocate per address.
#[derive(Default)]
pub(crate) struct AddressForms {
    /// Street and postcode; empty if there is no street.
    pub key: String,
    /// Of a Chinese address with a district: the key without it; else empty.
    pub without_district: String,
    /// Of an address that says more than the house (a flat, a box, whose customer somebody is): the key of
    /// the house alone; else empty. Of Chinese, Japanese and Korean ones always empty.
    pub building: String,
    /// Postcode; empty if there is none.
    pub postcode: String,
    /// The country, if it is named.
    pub country: Option<Country>,
    folded: String,
    bag: Bag,
    house: Bag,
}

impl AddressForms {
    /// `skip`: names that may stand in a street line and are none of it.
    pub(crate) fn read(&mut self, address: &Address, skip: &[&str]) -> Result<(), Unusable> {
        self.key.clear();
        self.without_district.clear();
        self.building.clear();
        self.postcode.clear();
        self.country = None;
        self.folded.clear();
        self.bag.clear();
        if address.is_empty() {
            return Err(Unusable::Empty);
        }
        let parts = [&address.city, &address.state, &address.postal, &address.country];
        let bytes: usize = address.lines.iter().chain(parts).map(String::len).sum();
        if bytes > MAX_BYTES {
            return Err(Unusable::TooLong);
        }
        self.country = country_of(&address.country, &mut self.folded);
        if postcode_into(&address.postal, self.country, &mut self.postcode).is_err() {
            self.postcode.clear();
        }
        let lines = address.lines.iter().enumerate().filter(|(position, line)| {
            let line = line.trim();
            let is_name = skip.iter().any(|name| name.trim().eq_ignore_ascii_case(line));
            let repeats = *position > 0 && repeats_city(line, address);
            !(line.is_empty() || is_name || repeats)
        });
        let cjk = address.lines.iter().any(|line| !line.is_ascii() && line.chars().any(is_cjk));
        let house = lines.clone().map(|(_, line)| line.as_str());
        self.folded.clear();
        if cjk {
            for (_, line) in lines {
                fold(line, &mut self.folded);
                self.folded.push('\n');
            }
            let (mut city, mut state) = (String::new(), String::new());
            fold(&address.city, &mut city);
            fold(&address.state, &mut state);
            let (lines, places) = (self.folded.split('\n'), [city.as_str(), state.as_str()]);
            read_cjk(lines, &places, &self.postcode, &mut self.key, &mut self.without_district);
        } else {
            for (_, line) in lines {
                self.folded.clear();
                fold(line, &mut self.folded);
                self.bag.add(&self.folded)?;
            }
            if self.postcode.is_empty() && !self.bag.is_empty() {
                for part in [&address.city, &address.state] {
                    self.folded.clear();
                    fold(part, &mut self.folded);
                    self.bag.add(&self.folded)?;
                }
            }
            self.bag.write(&self.postcode, &mut self.key);
            if !self.key.is_empty() {
                self.read_building(address, house)?;
            }
        }
        if self.key.is_empty() && self.postcode.is_empty() {
            return Err(Unusable::NotAnAddress);
        }
        Ok(())
    }

    /// The house: the first line with a street and a number, without its flat and without what names a
    /// customer. Where no line has both, all of the address without the flats. Takes what the bag holds.
    fn read_building<'a>(
        &mut self,
        address: &Address,
        lines: impl Iterator<Item = &'a str> + Clone,
    ) -> Result<(), Unusable> {
        // Most addresses are one line that says no more than the house.
        let mut flats = self.bag.drop_units();
        let mut house = std::mem::take(&mut self.house);
        for line in lines.clone() {
            self.folded.clear();
            fold(line, &mut self.folded);
            house.clear();
            house.add(&self.folded)?;
            house.drop_units();
            flats |= house.drop_customer(&self.folded);
            if !house.numbers.is_empty() && !house.words.is_empty() {
                break;
            }
        }
        if !house.numbers.is_empty() && !house.words.is_empty() && (flats || lines.count() > 1) {
            if self.postcode.is_empty() {
                for part in [&address.city, &address.state] {
                    self.folded.clear();
                    fold(part, &mut self.folded);
                    house.add(&self.folded)?;
                }
            }
            house.write(&self.postcode, &mut self.building);
        } else if flats {
            self.bag.write(&self.postcode, &mut self.building);
        }
        self.house = house;
        if self.building == self.key {
            self.building.clear();
        }
        Ok(())
    }
}

/// Whether a further street line only says again which city it is.
fn repeats_city(line: &str, address: &Address) -> bool {
    let postal = address.postal.trim();
    let city = address.city.trim();
    let mentions = |part: &str| !part.is_empty() && line.contains(part);
    if !mentions(postal) && !mentions(city) {
        return false;
    }
    let words = |texts: &[&str]| -> Vec<String> {
        let mut folded = String::new();
        for text in texts {
            fold(text, &mut folded);
            folded.push(' ');
        }
        folded.split(|c: char| !is_word(c)).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let known = words(&[city, &address.state, postal, &address.country]);
    words(&[line]).iter().all(|word| known.contains(word) || is_country(word))
}

/// Words and numbers of street lines.
#[derive(Default)]
pub(crate) struct Bag {
    text: String,
    words: Vec<Range<usize>>,
    numbers: String,
}

impl Bag {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.words.clear();
        self.numbers.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.numbers.is_empty()
    }

    /// The words, those of units with `#` before them.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter_map(|range| self.text.get(range.clone()))
    }

    /// The bare numbers in their order.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.numbers.split_ascii_whitespace()
    }

    /// Adds one folded line.
    pub(crate) fn add(&mut self, line: &str) -> Result<(), Unusable> {
        let mut raw = [""; MAX_WORDS];
        let count = split_words(line, &mut raw)?;
        let raw = raw.get(..count).unwrap_or(&[]);
        let at = |position: usize| raw.get(position).copied().unwrap_or("");
        let mut position = 0;
        while position < count {
            let here = at(position);
            position += 1;
            if here == "p" && at(position) == "o" && at(position + 1) == "box" {
                self.push("pobox");
                position += 2;
                continue;
            }
            if here == "po" && at(position) == "box" {
                self.push("pobox");
                position += 1;
                continue;
            }
            let meaning = match (here, sign_behind(line, here)) {
                ("#", _) => Some(Word::Unit),
                // `C/ Mayor 3`, the usual short form in Spain.
                ("c", Some('/')) if !is_number(at(position)) => word("calle"),
                _ => word(here),
            };
            match meaning {
                Some(Word::Unit) => {
                    let mut next = position;
                    while at(next) == "#"
                        || matches!(word(at(next)), Some(Word::Unit | Word::Number))
                    {
                        next += 1;
                    }
                    if is_unit(at(next)) {
                        let letter = if is_number(at(next)) && joins(at(next + 1), at(next + 2)) {
                            at(next + 1)
                        } else {
                            ""
                        };
                        self.push_unit(at(next), letter);
                        position = next + 1 + usize::from(!letter.is_empty());
                    } else if here != "#" {
                        self.push(here);
                    }
                }
                Some(Word::Number) if is_number(at(position)) => {}
                // Italian `n. 9` closes the line; North stands before the name of a street.
                Some(_)
                    if here == "n"
                        && position > 1
                        && position + 1 == count
                        && is_number(at(position)) => {}
                Some(Word::Number) => self.push(here),
                Some(Word::Empty) => {}
                Some(Word::Street(one) | Word::Plain(one)) => self.push(one),
                None if is_number(here) => {
                    if !self.numbers.is_empty() {
                        self.numbers.push(' ');
                    }
                    self.numbers.push_str(here);
                    if here.bytes().all(|b| b.is_ascii_digit())
                        && joins(at(position), at(position + 1))
                    {
                        self.numbers.push_str(at(position));
                        position += 1;
                    }
                }
                None => {
                    let stem = ["strasse", "straat", "str"]
                        .iter()
                        .find_map(|ending| here.strip_suffix(ending))
                        .filter(|stem| stem.len() > 1);
                    match stem {
                        Some(stem) => {
                            self.push(stem);
                            self.push("st");
                        }
                        None => self.push(here),
                    }
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, word: &str) {
        let start = self.text.len();
        push_without_umlauts(word, &mut self.text);
        self.words.push(start..self.text.len());
    }

    fn push_unit(&mut self, unit: &str, letter: &str) {
        let start = self.text.len();
        for part in ["#", unit, letter] {
            self.text.push_str(part);
        }
        self.words.push(start..self.text.len());
    }

    /// Takes out flats and suites; answers whether there were any.
    fn drop_units(&mut self) -> bool {
        let Self { text, words, .. } = self;
        let before = words.len();
        words.retain(|range| !text.get(range.clone()).unwrap_or("").starts_with('#'));
        words.len() < before
    }

    /// Takes out what a folded line says of a customer rather than of the house, as forwarders and parcel
    /// lockers have it written: `QX00381`, `54385504`; answers whether there was any.
    fn drop_customer(&mut self, line: &str) -> bool {
        let mut any = false;
        let pieces = line.split(|c: char| c.is_whitespace() || c == ',');
        for piece in pieces.filter(|piece| piece.is_ascii()) {
            let number = piece.trim_start_matches(|c: char| c.is_ascii_lowercase());
            let letters = piece.len() - number.len();
            let code = number.bytes().all(|b| b.is_ascii_digit())
                && if letters == 0 {
                    number.len() >= 6
                } else {
                    number.len() >= 3 && piece.len() >= 5
                };
            if !code {
                continue;
            }
            any = true;
            let kept: Vec<&str> = self.numbers().filter(|kept| *kept != number).collect();
            self.numbers = kept.join(" ");
            let prefix = piece.get(..letters).unwrap_or("");
            let Self { text, words, .. } = self;
            words.retain(|range| prefix.is_empty() || text.get(range.clone()) != Some(prefix));
        }
        any
    }

    /// Writes `words|numbers|postcode`, or nothing if this is no street.
    pub(crate) fn write(&mut self, postcode: &str, out: &mut String) {
        let Self { text, words, numbers } = self;
        let of = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
        let letters: usize = words.iter().map(ExactSizeIterator::len).sum();
        let is_street = letters >= 2 && (!numbers.is_empty() || (words.len() >= 2 && letters >= 6));
        if !is_street {
            return;
        }
        words.sort_unstable_by(|one, other| of(one).cmp(of(other)));
        words.dedup_by(|one, other| of(one) == of(other));
        for range in words.iter() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(of(range));
        }
        for part in ["|", numbers, "|", postcode] {
            out.push_str(part);
        }
    }
}

/// A letter that belongs to the number before it: `14 a` at the end of a line or before a number.
fn joins(letter: &str, after: &str) -> bool {
    let single = matches!(letter.as_bytes(), [b'a'..=b'z']);
    single
        && (after.is_empty() || after == "#" || is_number(after) || word(after) == Some(Word::Unit))
}

pub(crate) fn is_number(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

fn is_unit(text: &str) -> bool {
    is_number(text) || matches!(text.as_bytes(), [b'a'..=b'z'])
}

/// Splits a folded line into words, numbers (`14a`, `12-14`) and `#`.
pub(crate) fn split_words<'a>(
    line: &'a str,
    into: &mut [&'a str; MAX_WORDS],
) -> Result<usize, Unusable> {
    let mut count = 0;
    let mut rest = line;
    while let Some((before, word, _)) = split_word(rest) {
        if before.contains('#') {
            *into.get_mut(count).ok_or(Unusable::TooLong)? = "#";
            count += 1;
        }
        // A number may reach past the word, as 12-14 does, or end inside it, as in 12main.
        let from = rest.get(before.len()..).unwrap_or(word);
        let end = if is_number(from) { number_end(from) } else { letters_end(word) };
        let (word, after) = from.split_at_checked(end).unwrap_or((from, ""));
        *into.get_mut(count).ok_or(Unusable::TooLong)? = word;
        count += 1;
        rest = after;
    }
    Ok(count)
}

/// Where the letters at the start of a word end. Always past its first character.
fn letters_end(word: &str) -> usize {
    word.bytes().position(|byte| byte.is_ascii_digit()).unwrap_or(word.len())
}

/// Where the number at the start of `text` ends, with a letter or an ending that belongs to it.
fn number_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |position: usize| bytes.get(position).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (matches!(bytes.get(end), Some(b'-' | b'/')) && digit(end + 1)) {
        end += 1;
    }
    let letters = text.get(end..).map_or(0, |tail| {
        tail.find(|c: char| !is_word(c) || c.is_ascii_digit()).unwrap_or(tail.len())
    });
    let tail = text.get(end..end + letters).unwrap_or("");
    // `14a` and `5th` are one; in `12main` a blank is missing.
    if tail.len() == 1 || matches!(tail, "st" | "nd" | "rd" | "th") { end + letters } else { end }
}
/// The character directly behind a word of the line.
fn sign_behind(line: &str, word: &str) -> Option<char> {
    let start = (word.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    line.get(start.checked_add(word.len())?..)?.chars().next()
}
