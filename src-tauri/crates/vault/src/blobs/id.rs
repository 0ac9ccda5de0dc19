//! What an evidence file is called.

use crate::{Entropy, VaultError};
pub use buyerwatch_domain::BlobId;

/// Draws a name.
pub(super) fn random(entropy: &mut dyn Entropy) -> Result<BlobId, VaultError> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes)?;
    Ok(BlobId::from_bytes(bytes))
}
