//! The blind key and the tokens made with it.

use buyerwatch_domain::Token;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The vault's key for tokens.
///
/// Without it a token says nothing and cannot be guessed from a list of names. It never leaves
/// memory: no `Serialize`, `***` in `Debug`, wiped on drop.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct BlindKey([u8; 32]);

impl BlindKey {
    /// Takes 32 random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The token of a normal form: BLAKE3 keyed over the field's tag and the text, first 8 bytes.
    pub(crate) fn token(&self, field: Field, normal: &str) -> Token {
        // Nearly every normal form fits; contiguous input takes one pass of the compression.
        let mut stack = [0u8; 128];
        let bytes = normal.as_bytes();
        let hash = match stack.get_mut(1..=bytes.len()) {
            Some(room) => {
                room.copy_from_slice(bytes);
                let (used, _) = stack.split_at_mut(bytes.len() + 1);
                if let Some(tag) = used.first_mut() {
                    *tag = field as u8;
                }
                blake3::keyed_hash(&self.0, used)
            }
            None => {
                let mut hasher = blake3::Hasher::new_keyed(&self.0);
                hasher.update(&[field as u8]);
                hasher.update(bytes);
                hasher.finalize()
            }
        };
        let mut first = [0u8; 8];
        first.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
        Token(i64::from_le_bytes(first))
    }

    /// One number for two things together, whichever comes first: BLAKE3 keyed over a tag and both, first
    /// 8 bytes. Tags of fields are below 0x80, those of pairs are not.
    pub(crate) fn pair(&self, tag: u8, one: u64, other: u64) -> u64 {
        let mut bytes = [tag; 17];
        let both = one.min(other).to_le_bytes().into_iter().chain(one.max(other).to_le_bytes());
        bytes.iter_mut().skip(1).zip(both).for_each(|(to, from)| *to = from);
        let hash = blake3::keyed_hash(&self.0, &bytes);
        let mut first = [0u8; 8];
        first.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
        u64::from_le_bytes(first)
    }
}

impl std::fmt::Debug for BlindKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BlindKey(***)")
    }
}

/// Keeps equal texts of different fields apart. Tokens are stored: never renumber.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(crate) enum Field {
    Alias = 1,
    MarketplaceId = 2,
    Phone = 3,
    UserName = 4,
    OrderId = 5,
    Name = 6,
    Family = 7,
    Address = 8,
    Postcode = 9,
    Country = 10,
}

/// Which two tokens a compound was made of.
#[derive(Clone, Copy)]
#[repr(u64)]
pub(crate) enum Pair {
    NameAddress = 0x9E37_79B9_7F4A_7C15,
    FamilyAddress = 0xC2B2_AE3D_27D4_EB4F,
    NamelessAddress = 0x1656_67B1_9E37_79F9,
    NamePostcode = 0x27D4_EB2F_1656_67C5,
}

/// One number for two tokens. Both are keyed hashes already, so mixing needs no key; it only has
/// to spread.
pub(crate) const fn compound(pair: Pair, first: Token, second: Token) -> u64 {
    let mut mixed = (first.0 as u64).rotate_left(32) ^ (pair as u64);
    mixed = mixed.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    mixed ^= mixed >> 33;
    mixed = mixed.wrapping_add(second.0 as u64).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    mixed ^ (mixed >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Tokens are stored in vaults. If this fails, orders whose plaintext was purged are no longer
    // recognised: keep the old scheme beside the new one instead.
    #[test]
    fn tokens_are_frozen() {
        let key = BlindKey::from_bytes([7; 32]);
        let token = key.token(Field::Alias, "a1b2c3d4e5f6g7@marketplace.amazon.de");
        assert_eq!(token.0, GOLDEN_ALIAS);
        let long = "x".repeat(300);
        assert_eq!(key.token(Field::Name, &long).0, GOLDEN_LONG);
    }

    #[test]
    fn compounds_are_frozen() {
        let (one, other) = (Token(-81_985_529_216_486_896), Token(1_147_797_409_030_816_545));
        let compounds =
            [Pair::NameAddress, Pair::FamilyAddress, Pair::NamelessAddress, Pair::NamePostcode]
                .map(|pair| compound(pair, one, other));
        assert_eq!(compounds, GOLDEN_COMPOUNDS);
    }

    const GOLDEN_COMPOUNDS: [u64; 4] = [
        2_314_404_515_586_719_489,
        5_588_974_905_193_858_872,
        4_669_850_831_856_195_668,
        9_205_078_115_449_190_222,
    ];

    const GOLDEN_ALIAS: i64 = -7_577_283_724_555_667_995;
    const GOLDEN_LONG: i64 = -7_206_250_003_871_441_132;

    #[test]
    fn the_edge_of_the_stack_buffer_hashes_like_the_long_way() {
        let key = BlindKey::from_bytes([9; 32]);
        for length in [0, 1, 63, 64, 126, 127, 128, 129, 300] {
            let text = "y".repeat(length);
            let mut hasher = blake3::Hasher::new_keyed(&[9; 32]);
            hasher.update(&[Field::Name as u8]);
            hasher.update(text.as_bytes());
            let expected = hasher.finalize();
            let first: [u8; 8] = expected.as_bytes()[..8].try_into().unwrap();
            assert_eq!(key.token(Field::Name, &text).0, i64::from_le_bytes(first), "{length}");
        }
    }

    #[test]
    fn fields_and_keys_are_kept_apart() {
        let key = BlindKey::from_bytes([1; 32]);
        let other = BlindKey::from_bytes([2; 32]);
        assert_ne!(key.token(Field::Name, "x"), key.token(Field::Family, "x"));
        assert_ne!(key.token(Field::Name, "x"), other.token(Field::Name, "x"));
        assert_eq!(format!("{key:?}"), "BlindKey(***)");
    }

    #[test]
    fn a_compound_depends_on_order_and_pair() {
        let (a, b) = (Token(1), Token(2));
        assert_ne!(compound(Pair::NameAddress, a, b), compound(Pair::NameAddress, b, a));
        assert_ne!(compound(Pair::NameAddress, a, b), compound(Pair::NamePostcode, a, b));
    }
}
