//! Encrypting and decrypting the content of an age file on several threads.
//!
//! The age library makes and reads the header, and serves those who read somewhere in a file. It
//! works on 64 KiB at a time and on one thread only, so that this part is done here, as <https://c2sp.org/age> says: each 64 KiB under
//! ChaCha20-Poly1305 with its number as nonce, and a mark on the last.

use super::{BlobError, Damage};
use chacha20poly1305::aead::inout::InOutBuf;
use chacha20poly1305::{AeadInOut as _, ChaCha20Poly1305, KeyInit as _};
use hkdf::Hkdf;
use sha2::Sha256;
use std::io::ErrorKind;
use zeroize::Zeroizing;

/// Plaintext that is encrypted at a time, and what is added to it.
pub(super) const CHUNK: usize = 64 * 1024;
pub(super) const TAG: usize = 16;
/// What a whole chunk takes in the file.
pub(super) const SEALED: usize = CHUNK + TAG;

/// Encrypts or decrypts one file.
#[derive(Clone)]
pub(super) struct Sealer(ChaCha20Poly1305);

impl Sealer {
    /// From the key of the file, and the nonce that follows the header.
    pub(super) fn new(file_key: &[u8; 16], nonce: &[u8; 16]) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        // HKDF refuses only outputs above 8,160 bytes.
        let _ = Hkdf::<Sha256>::new(Some(nonce), file_key).expand(b"payload", key.as_mut());
        Self(ChaCha20Poly1305::new(&(*key).into()))
    }

    /// Puts the encrypted content into `out`. All but the last part are whole chunks; a last one
    /// without content is sealed too.
    pub(super) fn seal(
        &self,
        first: u64,
        content: &[u8],
        last: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), BlobError> {
        let chunks = content.len().div_ceil(CHUNK).max(1);
        out.resize(content.len().saturating_add(chunks.saturating_mul(TAG)), 0);
        let mut numbers = first..;
        let mut left = chunks;
        let mut seal = |plain: &[u8], sealed: &mut [u8]| {
            left = left.saturating_sub(1);
            let (body, tag) = sealed.split_at_mut_checked(plain.len())?;
            let nonce = nonce(numbers.next()?, last && left == 0);
            let buffer = InOutBuf::new(plain, body).ok()?;
            let made = self.0.encrypt_inout_detached(&nonce.into(), b"", buffer).ok()?;
            tag.copy_from_slice(&made);
            Some(())
        };
        let sealed = if content.is_empty() {
            seal(content, out)
        } else {
            let mut pairs = content.chunks(CHUNK).zip(out.chunks_mut(CHUNK + TAG));
            pairs.try_for_each(|(plain, sealed)| seal(plain, sealed))
        };
        // Lengths fit, and no chunk is too long for the cipher.
        sealed.ok_or(BlobError::File(ErrorKind::InvalidData))
    }

    /// Puts the decrypted content into `out`. All but the last part are whole chunks.
    ///
    /// # Errors
    /// [`Damage::Altered`] when it is not what was encrypted, in this place of this file.
    pub(super) fn unseal(
        &self,
        first: u64,
        sealed: &[u8],
        last: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), BlobError> {
        let altered = BlobError::Damaged(Damage::Altered);
        let chunks = sealed.len().div_ceil(SEALED).max(1);
        let tags = chunks.saturating_mul(TAG);
        // A last chunk without content is for an empty file alone.
        let whole = first == 0 && chunks == 1;
        if sealed.len() < tags || (sealed.len() % SEALED == TAG && !whole) {
            return Err(altered);
        }
        out.resize(sealed.len().saturating_sub(tags), 0);
        let mut numbers = first..;
        let mut left = chunks;
        let mut places = out.as_mut_slice();
        for sealed in sealed.chunks(SEALED) {
            left = left.saturating_sub(1);
            let unsealed = (|| {
                let (body, tag) = sealed.split_at_checked(sealed.len().checked_sub(TAG)?)?;
                let (place, rest) = std::mem::take(&mut places).split_at_mut_checked(body.len())?;
                places = rest;
                let nonce = nonce(numbers.next()?, last && left == 0);
                let buffer = InOutBuf::new(body, place).ok()?;
                let tag: [u8; TAG] = tag.try_into().ok()?;
                self.0.decrypt_inout_detached(&nonce.into(), b"", buffer, &tag.into()).ok()
            })();
            unsealed.ok_or_else(|| altered.clone())?;
        }
        Ok(())
    }
}

/// Eleven bytes of number, and one that marks the last chunk.
fn nonce(number: u64, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    if let Some(place) = nonce.get_mut(3..11) {
        place.copy_from_slice(&number.to_be_bytes());
    }
    if let Some(place) = nonce.last_mut() {
        *place = u8::from(last);
    }
    nonce
}
