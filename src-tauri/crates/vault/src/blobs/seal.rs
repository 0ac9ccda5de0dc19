//! Encrypting and decrypting the content of an age file on several threads.
//!
//! The age library makes and reads the header, and serves those who read somewhere in a file. It
//! works on 64 KiB at a time and on one thread only, so that this part is done here, as <https://c2sp.org/age> says: each 64 KiB under
//! ChaCha20-Poly1305 with its number as nonce, and a mark on the last. It and the hash of the content are
//! OpenSSL's, whose assembler is faster than what is compiled.

use super::{BlobError, Damage};
use hkdf::Hkdf;
use openssl::cipher::Cipher;
use openssl::cipher_ctx::CipherCtx;
use openssl::error::ErrorStack;
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
pub(super) struct Sealer(Zeroizing<[u8; 32]>);

impl Sealer {
    /// From the key of the file, and the nonce that follows the header.
    pub(super) fn new(file_key: &[u8; 16], nonce: &[u8; 16]) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        // HKDF refuses only outputs above 8,160 bytes.
        let _ = Hkdf::<Sha256>::new(Some(nonce), file_key).expand(b"payload", key.as_mut());
        Self(key)
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
        let sealed = (|| -> Result<(), ErrorStack> {
            let mut cipher = CipherCtx::new()?;
            cipher.encrypt_init(Some(Cipher::chacha20_poly1305()), Some(self.0.as_ref()), None)?;
            let whole = content.chunks(CHUNK).chain(content.is_empty().then_some(content));
            for (number, (plain, sealed)) in (first..).zip(whole.zip(out.chunks_mut(SEALED))) {
                let ends = last && number.saturating_sub(first) == (chunks as u64) - 1;
                cipher.encrypt_init(None, None, Some(&nonce(number, ends)))?;
                let (body, tag) = sealed.split_at_mut(plain.len());
                cipher.cipher_update(plain, Some(body))?;
                cipher.cipher_final(&mut [])?;
                cipher.tag(tag)?;
            }
            Ok(())
        })();
        // Fails only when there is no memory.
        sealed.map_err(|_| BlobError::File(ErrorKind::OutOfMemory))
    }

    /// Puts the decrypted content into `out`. All but the last part are whole chunks.
    ///
    /// # Errors
    /// [`Damage::Altered`] when it is not what was encrypted, in this place of this file. What stands
    /// in `out` then is not authentic.
    pub(super) fn unseal(
        &self,
        first: u64,
        sealed: &[u8],
        last: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), BlobError> {
        let altered = || BlobError::Damaged(Damage::Altered);
        let chunks = sealed.len().div_ceil(SEALED).max(1);
        let tags = chunks.saturating_mul(TAG);
        // A last chunk without content is for an empty file alone.
        let whole = first == 0 && chunks == 1;
        if sealed.len() < tags || (sealed.len() % SEALED == TAG && !whole) {
            return Err(altered());
        }
        out.resize(sealed.len().saturating_sub(tags), 0);
        let no_memory = |_: ErrorStack| BlobError::File(ErrorKind::OutOfMemory);
        let mut cipher = CipherCtx::new().map_err(no_memory)?;
        cipher
            .decrypt_init(Some(Cipher::chacha20_poly1305()), Some(self.0.as_ref()), None)
            .map_err(no_memory)?;
        let mut places = out.as_mut_slice();
        for (number, sealed) in (first..).zip(sealed.chunks(SEALED)) {
            let ends = last && number.saturating_sub(first) == (chunks as u64) - 1;
            let body = sealed.len().checked_sub(TAG).ok_or_else(altered)?;
            let (body, tag) = sealed.split_at(body);
            let (place, rest) =
                std::mem::take(&mut places).split_at_mut_checked(body.len()).ok_or_else(altered)?;
            places = rest;
            let opened = (|| {
                cipher.decrypt_init(None, None, Some(&nonce(number, ends)))?;
                cipher.set_tag(tag)?;
                cipher.cipher_update(body, Some(place))?;
                cipher.cipher_final(&mut [])
            })();
            opened.map_err(|_| altered())?;
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
