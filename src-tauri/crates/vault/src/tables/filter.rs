//! A short summary of a set of tokens that says "certainly not in it" or "perhaps".
//!
//! A Bloom filter whose bits for one token lie in one block of 64 bytes, so that asking costs one
//! access to memory. Tokens are keyed hashes, so they need no hashing here. The form is stored:
//! [`Filter::test`] must go on reading what [`Filter::of`] wrote.

use buyerwatch_domain::Token;

const BLOCK: usize = 64;
/// About one in a hundred absent tokens is taken for a present one.
const BITS_PER_TOKEN: usize = 10;
/// Bits set for a token.
const PROBES: usize = 6;

/// The summary of one set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter(Vec<u8>);

impl Filter {
    /// Summarises tokens.
    pub(super) fn of(tokens: impl ExactSizeIterator<Item = Token>) -> Self {
        let blocks = (tokens.len() * BITS_PER_TOKEN).div_ceil(BLOCK * 8).max(1);
        let mut bytes = vec![0; blocks * BLOCK];
        for token in tokens {
            let (block, bits) = place(token, blocks);
            if let Some(block) = bytes.get_mut(block..block + BLOCK) {
                for (byte, bit) in bits {
                    if let Some(byte) = block.get_mut(byte) {
                        *byte |= bit;
                    }
                }
            }
        }
        Self(bytes)
    }

    /// Takes a stored summary; `None` if it is not one.
    pub(super) fn stored(bytes: Vec<u8>) -> Option<Self> {
        (!bytes.is_empty() && bytes.len().is_multiple_of(BLOCK)).then_some(Self(bytes))
    }

    /// The stored form.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether the token may be in the set; `false` is certain.
    pub(super) fn test(&self, token: Token) -> bool {
        let (block, bits) = place(token, self.0.len() / BLOCK);
        let block = self.0.get(block..block + BLOCK).unwrap_or_default();
        bits.into_iter().all(|(byte, bit)| block.get(byte).is_some_and(|byte| byte & bit != 0))
    }
}

/// Where the block of a token begins, and which bits of it are the token's.
fn place(token: Token, blocks: usize) -> (usize, [(usize, u8); PROBES]) {
    let token = token.0.cast_unsigned();
    // The upper half, scaled to the number of blocks.
    let high = usize::try_from(token >> 32).unwrap_or(0);
    let block = ((high as u128 * blocks as u128) >> 32) as usize * BLOCK;
    let mut mixed = token.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^= mixed >> 32;
    let bits = std::array::from_fn(|_| {
        let bit = usize::try_from(mixed & 511).unwrap_or(0);
        mixed >>= 9;
        (bit / 8, 1 << (bit % 8))
    });
    (block, bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(n: u64) -> Token {
        let hash = blake3::hash(&n.to_le_bytes());
        Token(i64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap()))
    }

    #[test]
    fn what_is_in_is_never_denied_and_what_is_not_rarely_confirmed() {
        let tokens: Vec<Token> = (0..20_000).map(token).collect();
        let filter = Filter::of(tokens.iter().copied());
        assert!(tokens.iter().all(|token| filter.test(*token)));
        let wrong = (20_000..40_000).filter(|n| filter.test(token(*n))).count();
        assert!(wrong < 600, "{wrong} of 20000 absent tokens are taken for present");
        assert_eq!(Filter::stored(filter.bytes().to_vec()), Some(filter));
    }

    #[test]
    fn odd_sets_and_odd_bytes_are_no_trouble() {
        assert!(
            !Filter::of(std::iter::empty::<Token>().collect::<Vec<_>>().into_iter()).test(token(1))
        );
        for edge in [i64::MIN, -1, 0, i64::MAX] {
            assert!(Filter::of([Token(edge)].into_iter()).test(Token(edge)));
        }
        assert_eq!(Filter::stored(Vec::new()), None);
        assert_eq!(Filter::stored(vec![0; 65]), None);
    }

    // Filters are stored. If this fails, orders that an existing vault holds are no longer found.
    #[test]
    fn the_stored_form_is_frozen() {
        let filter = Filter::of([Token(1), Token(-2), Token(0x0123_4567_89AB_CDEF)].into_iter());
        let hash = blake3::hash(filter.bytes()).to_hex();
        assert_eq!(hash.as_str(), GOLDEN);
    }

    const GOLDEN: &str = "c0fec09c6fd02f419c4ee7ab45e11683e9adffdc91752ec5d5ad164a4b777931";
}
