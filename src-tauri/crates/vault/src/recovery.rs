//! The recovery key: opens the vault when the passphrase is forgotten. Printed once.

use crate::secret::{Key, Purpose};
use crate::{Entropy, VaultError};
use zeroize::Zeroizing;

/// Crockford's base 32: without I, L, O and U, which are misread or make words.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 128 random bits.
const SECRET: usize = 16;
/// 32 bits that catch a misread digit.
const CHECK: usize = 4;

/// What was typed is no recovery key: too short, too long, or misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no recovery key; compare it with the printed kit, digit by digit")]
pub struct Malformed;

/// 128 random bits, written as eight groups of four digits of which the last 32 bits are a check.
///
/// Whoever holds it opens the vault. It is written out by [`std::fmt::Display`] only.
pub struct RecoveryKey(Zeroizing<[u8; SECRET]>);

impl RecoveryKey {
    pub(crate) fn random(entropy: &mut dyn Entropy) -> Result<Self, VaultError> {
        let mut secret = Zeroizing::new([0; SECRET]);
        entropy.fill(secret.as_mut())?;
        Ok(Self(secret))
    }

    /// The key that wraps the vault's key. 128 random bits need no slow derivation.
    pub(crate) fn wrapping_key(&self) -> Key {
        let mut wide = Zeroizing::new([0; 32]);
        for (to, from) in wide.iter_mut().zip(self.0.iter()) {
            *to = *from;
        }
        Key::new(*wide).derive(Purpose::Recovery)
    }

    fn check(&self) -> [u8; CHECK] {
        let hash = blake3::derive_key("buyerwatch/1/recovery-key-check", self.0.as_ref());
        let mut check = [0; CHECK];
        check.copy_from_slice(hash.first_chunk::<CHECK>().unwrap_or(&[0; CHECK]));
        check
    }
}

impl std::fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryKey(***)")
    }
}

impl std::fmt::Display for RecoveryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use std::fmt::Write as _;
        let check = self.check();
        let bytes: Zeroizing<Vec<u8>> =
            Zeroizing::new(self.0.iter().chain(check.iter()).copied().collect());
        // Five bytes are eight digits: two groups.
        for (group, five) in bytes.chunks_exact(5).enumerate() {
            let bits = five.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
            for digit in 0..8_u32 {
                if digit.is_multiple_of(4) && (group, digit) != (0, 0) {
                    f.write_char('-')?;
                }
                let index = usize::try_from(bits >> (35 - 5 * digit) & 31).unwrap_or(0);
                f.write_char(DIGITS.get(index).map_or('0', |&digit| char::from(digit)))?;
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for RecoveryKey {
    type Err = Malformed;

    /// Upper and lower case, spaces and dashes do not matter; O reads as 0, I and L as 1.
    fn from_str(typed: &str) -> Result<Self, Malformed> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(SECRET + CHECK));
        let (mut bits, mut held) = (0_u64, 0_u32);
        for letter in typed.chars() {
            if letter.is_whitespace() || matches!(letter, '-' | '‐' | '‑' | '–' | '—' | '−')
            {
                continue;
            }
            let digit = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = DIGITS
                .iter()
                .position(|&known| char::from(known) == digit)
                .and_then(|value| u64::try_from(value).ok())
                .ok_or(Malformed)?;
            bits = bits << 5 | value;
            held += 5;
            if held >= 8 {
                held -= 8;
                if bytes.len() == SECRET + CHECK {
                    return Err(Malformed);
                }
                bytes.push(u8::try_from(bits >> held & 0xff).unwrap_or(0));
                bits &= (1 << held) - 1;
            }
        }
        if bytes.len() != SECRET + CHECK || held != 0 {
            return Err(Malformed);
        }
        let (secret, check) = bytes.split_at(SECRET);
        let mut key = Self(Zeroizing::new([0; SECRET]));
        key.0.copy_from_slice(secret);
        if key.check() == *check { Ok(key) } else { Err(Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> RecoveryKey {
        RecoveryKey(Zeroizing::new(*b"0123456789abcdef"))
    }

    /// If this fails, printed recovery kits no longer open their vaults.
    #[test]
    fn text_form_is_frozen() {
        assert_eq!(key().to_string(), "60RK-4CSM-6MV3-EE1S-C5H6-6S35-CT2M-RRYX");
    }

    #[test]
    fn typed_forms_are_read_alike() {
        let shown = key().to_string();
        let sloppy = shown.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        for typed in [shown.clone(), sloppy, shown.replace('-', ""), format!("  {shown}\n")] {
            let read: RecoveryKey = typed.parse().unwrap();
            assert_eq!(*read.0, *key().0, "{typed}");
        }
    }

    #[test]
    fn every_single_misread_digit_is_caught() {
        let shown = key().to_string();
        for place in 0..shown.len() {
            if shown.as_bytes()[place] == b'-' {
                continue;
            }
            for digit in DIGITS {
                let mut typed = shown.clone().into_bytes();
                if typed[place] == *digit {
                    continue;
                }
                typed[place] = *digit;
                let typed = String::from_utf8(typed).unwrap();
                assert!(typed.parse::<RecoveryKey>().is_err(), "{typed}");
            }
        }
    }

    #[test]
    fn what_is_no_key_is_malformed() {
        let long = format!("{}0", key());
        for typed in ["", "0", "UUUU", "钥匙", &long, &"0".repeat(100_000)] {
            assert!(typed.parse::<RecoveryKey>().is_err());
        }
    }
}
