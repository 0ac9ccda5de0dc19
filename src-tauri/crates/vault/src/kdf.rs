//! From a passphrase to a wrapping key, at a price that makes guessing slow.

use crate::secret::Key;
use crate::{CreateError, Part, Passphrase, VaultError};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// With less memory, guessing on graphics cards gets cheap (RFC 9106 recommends 64 MiB, 3 passes).
const MEMORY_FLOOR_KIB: u32 = 64 * 1024;
const PASSES_FLOOR: u32 = 3;
/// With more, a manipulated header could exhaust the computer.
const MEMORY_LIMIT_KIB: u32 = 1024 * 1024;
const PASSES_LIMIT: u32 = 64;
/// What an unlock may take on the computer that creates the vault.
const TARGET: Duration = Duration::from_millis(500);

/// Whether the price may be next to nothing: in tests only.
const FAST_ALLOWED: bool = cfg!(any(test, feature = "fast-kdf"));

/// How much work a guess at the passphrase takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KdfCost {
    /// About half a second on this computer, and never below 64 MiB and three passes.
    Calibrated,
    /// Argon2id with exactly this; 64 MiB to 1 GiB, 3 to 64 passes.
    Fixed {
        /// Memory in KiB.
        memory_kib: u32,
        /// Passes over the memory.
        passes: u32,
    },
    /// Next to nothing. For tests.
    #[cfg(any(test, feature = "fast-kdf"))]
    Fast,
}

/// The parameters of one derivation, as the header file holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kdf {
    memory_kib: u32,
    passes: u32,
    #[serde(with = "crate::hex::text")]
    salt: [u8; 16],
}

impl Kdf {
    /// Fixes the price.
    pub(crate) fn new(cost: KdfCost, salt: [u8; 16]) -> Result<Self, CreateError> {
        let kdf = match cost {
            KdfCost::Calibrated => calibrate(salt)?,
            KdfCost::Fixed { memory_kib, passes } => Self { memory_kib, passes, salt },
            #[cfg(any(test, feature = "fast-kdf"))]
            KdfCost::Fast => Self { memory_kib: 64, passes: 1, salt },
        };
        if kdf.in_range() { Ok(kdf) } else { Err(CreateError::CostOutOfRange) }
    }

    /// The same price with another salt.
    pub(crate) const fn with_salt(self, salt: [u8; 16]) -> Self {
        Self { salt, ..self }
    }

    /// Whether the price is one that this program sets: a header with any other was manipulated.
    pub(crate) fn in_range(&self) -> bool {
        let floor = if FAST_ALLOWED { (64, 1) } else { (MEMORY_FLOOR_KIB, PASSES_FLOOR) };
        (floor.0..=MEMORY_LIMIT_KIB).contains(&self.memory_kib)
            && (floor.1..=PASSES_LIMIT).contains(&self.passes)
    }

    /// Derives the wrapping key. Slow by intent.
    pub(crate) fn derive(&self, passphrase: &Passphrase) -> Result<Key, VaultError> {
        let damaged = |_| VaultError::Damaged(Part::Header);
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(damaged)?;
        let mut out = zeroize::Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &self.salt, out.as_mut())
            .map_err(damaged)?;
        Ok(Key::new(*out))
    }
}

/// Measures this computer: first memory is raised, which hurts guessers most, then passes.
fn calibrate(salt: [u8; 16]) -> Result<Kdf, VaultError> {
    let probe = Passphrase::new("calibration".to_owned());
    let once = Kdf { memory_kib: MEMORY_FLOOR_KIB, passes: 1, salt };
    // The fastest of a few: what else the computer does at the moment must not make it cheap.
    let mut fastest = TARGET;
    for _ in 0..4 {
        let start = Instant::now();
        once.derive(&probe)?;
        fastest = fastest.min(start.elapsed());
    }
    Ok(scaled(Kdf { passes: PASSES_FLOOR, ..once }, fastest * PASSES_FLOOR))
}

/// The price that takes about [`TARGET`] where `floor` takes `took`.
fn scaled(floor: Kdf, took: Duration) -> Kdf {
    let room = TARGET.as_secs_f64() / took.as_secs_f64().max(0.001);
    let memory_kib = if room >= 2.0 { floor.memory_kib * 2 } else { floor.memory_kib };
    let room = room * f64::from(floor.memory_kib) / f64::from(memory_kib);
    let wanted = (f64::from(floor.passes) * room).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let passes = wanted.clamp(f64::from(PASSES_FLOOR), f64::from(PASSES_LIMIT)) as u32;
    Kdf { memory_kib, passes, ..floor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_computer_gets_the_floor_and_a_fast_one_pays_more() {
        let floor = Kdf { memory_kib: MEMORY_FLOOR_KIB, passes: PASSES_FLOOR, salt: [0; 16] };
        assert_eq!(scaled(floor, Duration::from_secs(5)), floor);
        let middle = scaled(floor, Duration::from_millis(250));
        assert_eq!((middle.memory_kib, middle.passes), (2 * MEMORY_FLOOR_KIB, 3));
        let fast = scaled(floor, Duration::from_millis(50));
        assert_eq!((fast.memory_kib, fast.passes), (2 * MEMORY_FLOOR_KIB, 15));
        assert!(scaled(floor, Duration::ZERO).in_range());
    }

    #[test]
    fn prices_outside_the_range_are_refused() {
        for (memory_kib, passes) in [(0, 3), (63, 3), (2 << 20, 3), (65_536, 0), (65_536, 65)] {
            let kdf = Kdf::new(KdfCost::Fixed { memory_kib, passes }, [0; 16]);
            assert!(matches!(kdf, Err(CreateError::CostOutOfRange)), "{memory_kib} {passes}");
        }
    }

    /// If this fails, no passphrase opens an existing vault any more.
    #[test]
    fn derived_key_is_frozen() {
        let kdf = Kdf { memory_kib: 64, passes: 1, salt: *b"0123456789abcdef" };
        let key = kdf.derive(&Passphrase::new("correct horse".to_owned())).unwrap();
        assert_eq!(
            crate::hex::encode(key.bytes()),
            "32364fd7ed54f4951b0d6bc3bed2f212c66235738a114c5f8ba3b6a1ee3abb10"
        );
    }
}
