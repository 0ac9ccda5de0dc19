//! Secrets: never printed, never serialised, wiped when dropped.

use crate::VaultError;
use hkdf::Hkdf;
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// What a person types to open the vault.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed.
    #[must_use]
    pub fn new(typed: String) -> Self {
        let typed = Zeroizing::new(typed);
        // Keyboards of different systems compose ä or が differently; the passphrase is the same.
        // Reserved for the longest expansion, so that growing leaves no copy behind.
        let mut composed = Zeroizing::new(String::with_capacity(typed.len().saturating_mul(3)));
        composed.extend(typed.nfc());
        Self(composed)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(***)")
    }
}

/// 256 secret bits.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn random(entropy: &mut dyn Entropy) -> Result<Self, VaultError> {
        let mut key = Self::new([0; 32]);
        entropy.fill(key.0.as_mut())?;
        Ok(key)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another key for one purpose, from which this one cannot be computed.
    pub(crate) fn derive(&self, purpose: Purpose) -> Self {
        let mut key = Self::new([0; 32]);
        // HKDF refuses only outputs above 8,160 bytes.
        let _ = Hkdf::<Sha256>::new(None, self.0.as_ref())
            .expand(purpose.label().as_bytes(), key.0.as_mut());
        key
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

/// What a derived key is for. The labels are part of the format: changing one makes every vault
/// unreadable.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Encrypts the database.
    Database,
    /// Keys the hashes of identifiers.
    BlindIndex,
    /// Authenticates the header file.
    Header,
    /// Authenticates the remembered head of the journal.
    Head,
    /// Hides the identity of machine and folder to which a device is bound.
    Device,
    /// Encrypts evidence: the secret half of an age identity.
    BlobIdentity,
    /// Turns the digits of the recovery key into a wrapping key.
    Recovery,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Database => "buyerwatch/1/database",
            Self::BlindIndex => "buyerwatch/1/blind-index",
            Self::Header => "buyerwatch/1/header",
            Self::Head => "buyerwatch/1/journal-head",
            Self::Device => "buyerwatch/1/device-binding",
            Self::BlobIdentity => "buyerwatch/1/blob-identity",
            Self::Recovery => "buyerwatch/1/recovery-slot",
        }
    }
}

/// The key under which identifiers are hashed, so that equal ones can be found without plaintext.
#[derive(Clone)]
pub struct BlindKey(Key);

impl BlindKey {
    pub(crate) const fn new(key: Key) -> Self {
        Self(key)
    }

    /// The key, for a keyed hash and nothing else.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.bytes()
    }
}

impl std::fmt::Debug for BlindKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BlindKey(***)")
    }
}

/// Where randomness comes from.
pub trait Entropy {
    /// Fills the bytes with randomness fit for keys.
    ///
    /// # Errors
    /// [`VaultError::NoEntropy`] when there is none.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError>;
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError> {
        getrandom::fill(bytes).map_err(|_| VaultError::NoEntropy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_print_as_stars() {
        let passphrase = Passphrase::new("correct horse".to_owned());
        let shown = format!(
            "{passphrase:?} {:?} {:?}",
            Key::new([7; 32]),
            BlindKey::new(Key::new([7; 32]))
        );
        assert_eq!(shown, "Passphrase(***) Key(***) BlindKey(***)");
    }

    #[test]
    fn composed_and_decomposed_letters_are_one_passphrase() {
        let composed = Passphrase::new("Würzburg".to_owned());
        let decomposed = Passphrase::new("Wu\u{308}rzburg".to_owned());
        assert_eq!(composed.as_bytes(), decomposed.as_bytes());
    }

    /// Derived keys are part of the format: if this fails, no existing vault can be opened.
    #[test]
    fn derived_keys_are_frozen() {
        let key = Key::new([1; 32]);
        let derived = |purpose| crate::hex::encode(key.derive(purpose).bytes());
        let all = [
            Purpose::Database,
            Purpose::BlindIndex,
            Purpose::Header,
            Purpose::Head,
            Purpose::Device,
            Purpose::Recovery,
            Purpose::BlobIdentity,
        ]
        .map(derived);
        assert_eq!(all, GOLDEN);
    }

    const GOLDEN: [&str; 7] = [
        "9d56db95052fed96fe02d6601e20c14993c7b5973386aa6a9e8078ba783a258b",
        "c8e40cdec00a8223a1c174d88b0ee740e98c3bfac5c419fa147dc51be9b5e5c1",
        "5b43a5a6cde7af089d4ecfbf3ce3688287e8858434531d0d18f07cd163a06805",
        "daa8e53fa0556fd7a3d394fbc50fa5f1b7e403ad6d8143e630e12e0100a62ac7",
        "bf17085acb79b552fc2e139ff4e38076c6020365c468b3e55ed9fb43a6e2be7e",
        "2082b8081beaa0a89b0c5ab13b7d1e85ac1691b1d56d8875e0e62392b6d37d61",
        "78a8b898eb68bdf28b874633c954f9e2bfb7171958acc34cca65bf03a20b43b1",
    ];
}
