//! What an evidence file is called.

use crate::{Entropy, VaultError, hex};

/// A stored file: 256 random bits. Written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobId([u8; 32]);

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of an evidence file is 64 hexadecimal digits")]
pub struct MalformedBlobId;

impl BlobId {
    /// Takes 256 random bits.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 256 bits, as stored.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Draws a name.
pub(super) fn random(entropy: &mut dyn Entropy) -> Result<BlobId, VaultError> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes)?;
    Ok(BlobId::from_bytes(bytes))
}

impl std::fmt::Display for BlobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl std::fmt::Debug for BlobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BlobId({self})")
    }
}

impl std::str::FromStr for BlobId {
    type Err = MalformedBlobId;

    /// Upper case counts as malformed, so that each file has one name.
    fn from_str(text: &str) -> Result<Self, MalformedBlobId> {
        hex::decode(text).map(Self).ok_or(MalformedBlobId)
    }
}
