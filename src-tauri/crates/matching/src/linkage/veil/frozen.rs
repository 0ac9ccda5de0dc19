//! The numbers that go into stored keys. Never renumber: orders whose plaintext is gone would not be
//! recognised any more.

use crate::linkage::model::Model;
use crate::linkage::profile::{NameProfile, Word, hash};

/// What an order had. The bits are stored: never renumber.
pub(super) mod has {
    pub(in super::super) const LATIN_NAME: u8 = 1;
    pub(in super::super) const CJK_NAME: u8 = 2;
    pub(in super::super) const GENERATION: u8 = 4;
    pub(in super::super) const STREET: u8 = 8;
    pub(in super::super) const NUMBER: u8 = 16;
    pub(in super::super) const UNIT: u8 = 32;
    pub(in super::super) const POSTCODE: u8 = 64;
    pub(in super::super) const CITY: u8 = 128;
}

/// What two things a key is of. The numbers go into stored keys: never renumber.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(super) enum Pair {
    Names = 0x81,
    Words = 0x82,
    WholeName = 0x83,
    Generation = 0x84,
    StreetNumber = 0x85,
    StreetPostcode = 0x86,
    StreetCity = 0x87,
    LineNumber = 0x88,
    LinePostcode = 0x89,
    LineCity = 0x8A,
    NumberPostcode = 0x8B,
    UnitNumber = 0x8C,
    UnitLine = 0x8D,
    PostcodeCity = 0x8E,
    NameNumber = 0x8F,
    NamePostcode = 0x90,
    NameCity = 0x91,
    NameStreet = 0x92,
    NamePhone = 0x93,
}

// What a word goes in as. The numbers go into stored keys: never renumber.
pub(super) const SLIP: u64 = 0x9E37_79B9_7F4A_7C15;
pub(super) const NAME: u64 = 0xC2B2_AE3D_27D4_EB4F;
pub(super) const INITIAL: u64 = 0x1656_67B1_9E37_79F9;
pub(super) const FIRST: u64 = 0x27D4_EB2F_1656_67C5;
pub(super) const GIVEN: u64 = 0x8532_1F0B_6D94_E1A7;

pub(super) fn first_letter(word: &Word) -> u64 {
    let mut room = [0; 4];
    hash(word.text.chars().next().map_or("", |first| first.encode_utf8(&mut room)))
}

/// A word as it is spelled, and what slips leave alone: apart for words that are names, since two
/// names are two people however alike.
pub(super) fn kept_forms(model: &Model, word: &Word) -> Vec<u64> {
    if word.is_initial() {
        return Vec::new();
    }
    let alike = word.skeleton ^ if model.is_name(word) { NAME } else { SLIP };
    if word.letters > 3 { vec![word.hash, alike] } else { vec![word.hash] }
}

pub(super) fn given(name: &NameProfile) -> Option<usize> {
    (0..name.words.len()).find(|at| *at != name.family)
}

/// Letters stand for the word at the same place only: John D. is not Daniel J.
pub(super) fn role(given: Option<usize>, at: usize) -> u64 {
    if given == Some(at) { GIVEN } else { 0 }
}

pub(super) fn count(words: usize) -> u64 {
    u64::try_from(words.min(MOST_WORDS)).unwrap_or(u64::MAX)
}

/// Names with more words are as if they had so many.
pub(super) const MOST_WORDS: usize = 5;

/// The same whichever comes first.
pub(super) const fn mixed(one: u64, other: u64) -> u64 {
    one.wrapping_add(other).wrapping_mul(0xFF51_AFD7_ED55_8CCD)
}
