//! The header file: the vault's key, wrapped once per way to open it.
//!
//! Three parts, each ended by a line feed: `buyerwatch vault 1`, one line of JSON, and the BLAKE3
//! hash of all before it. The hash tells damage from a wrong key without any key; the seal inside
//! the JSON, keyed by the vault's key, tells manipulation.

use crate::kdf::Kdf;
use crate::secret::{Key, Purpose};
use crate::{Entropy, Folder, OpenError, Part, Passphrase, RecoveryKey, VaultError, VaultId, hex};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use std::io::Read as _;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const MAGIC: &str = "buyerwatch vault ";
const VERSION: u32 = 1;
/// Far above what slots take; a larger file is no header.
const SIZE_LIMIT: u64 = 64 * 1024;

/// One way to open the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot<K> {
    /// What turns the secret into the wrapping key.
    kdf: K,
    #[serde(with = "hex::text")]
    nonce: [u8; 24],
    /// The vault's key under XChaCha20-Poly1305.
    #[serde(with = "hex::text")]
    wrapped: [u8; 48],
}

/// The recovery key is random, so that nothing slows its use down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Direct {
    #[serde(rename = "hkdf-sha256")]
    HkdfSha256,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    #[serde(with = "hex::text")]
    vault_id: [u8; 16],
    passphrase: Slot<Kdf>,
    recovery: Slot<Direct>,
    /// BLAKE3, keyed by the vault's key, over this JSON with a seal of zeros.
    #[serde(with = "hex::text")]
    seal: [u8; 32],
}

/// A header as read from, or to be put into, a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header(Body);

/// How to open a vault.
#[derive(Debug, Clone, Copy)]
pub enum Unlock<'a> {
    /// With the passphrase.
    Passphrase(&'a Passphrase),
    /// With the printed recovery key.
    Recovery(&'a RecoveryKey),
}

impl Header {
    /// Wraps the vault's key for both ways to open it.
    pub(crate) fn new(
        vault_id: [u8; 16],
        key: &Key,
        (kdf, passphrase): (Kdf, &Passphrase),
        recovery: &RecoveryKey,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, VaultError> {
        let passphrase = Slot::new(kdf, &kdf.derive(passphrase)?, vault_id, key, entropy)?;
        let direct = Direct::HkdfSha256;
        let recovery = Slot::new(direct, &recovery.wrapping_key(), vault_id, key, entropy)?;
        let mut body = Body { vault_id, passphrase, recovery, seal: [0; 32] };
        body.seal = seal(&body, key)?;
        Ok(Self(body))
    }

    pub(crate) const fn vault_id(&self) -> VaultId {
        VaultId(self.0.vault_id)
    }

    /// Unwraps the vault's key; `None` when the secret is wrong.
    ///
    /// # Errors
    /// [`Part::Header`] is damaged when the secret is right and the rest was manipulated.
    pub(crate) fn unlock(&self, with: Unlock<'_>) -> Result<Option<Key>, VaultError> {
        let Body { vault_id, passphrase, recovery, seal: found } = &self.0;
        let key = match with {
            Unlock::Passphrase(typed) => {
                passphrase.unwrap(&passphrase.kdf.derive(typed)?, *vault_id)
            }
            Unlock::Recovery(typed) => recovery.unwrap(&typed.wrapping_key(), *vault_id),
        };
        let Some(key) = key else { return Ok(None) };
        if bool::from(seal(&self.0, &key)?.ct_eq(found)) { Ok(Some(key)) } else { Err(damaged()) }
    }

    /// The same header under another passphrase, at the same price.
    pub(crate) fn with_passphrase(
        &self,
        key: &Key,
        next: &Passphrase,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, VaultError> {
        let mut salt = [0; 16];
        entropy.fill(&mut salt)?;
        let mut body = self.0.clone();
        let kdf = body.passphrase.kdf.with_salt(salt);
        body.passphrase = Slot::new(kdf, &kdf.derive(next)?, body.vault_id, key, entropy)?;
        body.seal = seal(&body, key)?;
        Ok(Self(body))
    }

    /// Reads the header of a folder.
    pub(crate) fn read(folder: &Folder) -> Result<Self, OpenError> {
        let mut bytes = Vec::new();
        let file = match std::fs::File::open(folder.header()) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(OpenError::NoVault);
            }
            opened => opened?,
        };
        file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes)?;
        Ok(Self::parse(&bytes)?)
    }

    /// Puts the header into a folder; a crash leaves the old one or this one.
    pub(crate) fn write(&self, folder: &Folder) -> Result<(), VaultError> {
        folder.replace(&folder.header(), self.format()?.as_bytes())
    }

    fn format(&self) -> Result<String, VaultError> {
        let text = format!("{MAGIC}{VERSION}\n{}\n", json(&self.0)?);
        let hash = blake3::hash(text.as_bytes());
        Ok(format!("{text}{}\n", hex::encode(hash.as_bytes())))
    }

    fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        // Magic, hash and line feeds stay the same in every version, so that damage is told from
        // a version that is merely newer.
        let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
        let (before, hash) =
            text.strip_suffix('\n').and_then(|text| text.rsplit_once('\n')).ok_or_else(damaged)?;
        let hashed = text.get(..=before.len()).ok_or_else(damaged)?;
        if hex::decode(hash) != Some(*blake3::hash(hashed.as_bytes()).as_bytes()) {
            return Err(damaged());
        }
        let (first, body) = before.split_once('\n').ok_or_else(damaged)?;
        let version: u32 =
            first.strip_prefix(MAGIC).and_then(|v| v.parse().ok()).ok_or_else(damaged)?;
        if version > VERSION {
            return Err(VaultError::Newer);
        }
        let body: Body = serde_json::from_str(body).map_err(|_| damaged())?;
        if body.passphrase.kdf.in_range() { Ok(Self(body)) } else { Err(damaged()) }
    }
}

impl<K: Serialize> Slot<K> {
    fn new(
        kdf: K,
        wrapping: &Key,
        vault_id: [u8; 16],
        key: &Key,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, VaultError> {
        let mut nonce = [0; 24];
        entropy.fill(&mut nonce)?;
        let aad = bound_to(&kdf, vault_id)?;
        let payload = Payload { msg: key.bytes(), aad: &aad };
        let sealed = XChaCha20Poly1305::new(wrapping.bytes().into())
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| damaged())?;
        let wrapped = sealed.try_into().map_err(|_| damaged())?;
        Ok(Self { kdf, nonce, wrapped })
    }

    fn unwrap(&self, wrapping: &Key, vault_id: [u8; 16]) -> Option<Key> {
        let aad = bound_to(&self.kdf, vault_id).ok()?;
        let payload = Payload { msg: self.wrapped.as_slice(), aad: &aad };
        let opened = XChaCha20Poly1305::new(wrapping.bytes().into())
            .decrypt(&XNonce::from(self.nonce), payload)
            .map(Zeroizing::new)
            .ok()?;
        opened.as_slice().try_into().ok().map(Key::new)
    }
}

/// A slot opens only in its vault and with its own parameters.
fn bound_to<K: Serialize>(kdf: &K, vault_id: [u8; 16]) -> Result<Vec<u8>, VaultError> {
    let mut aad = b"buyerwatch/1/slot".to_vec();
    aad.extend(vault_id);
    aad.extend(json(kdf)?.into_bytes());
    Ok(aad)
}

fn seal(body: &Body, key: &Key) -> Result<[u8; 32], VaultError> {
    let text = json(&Body { seal: [0; 32], ..body.clone() })?;
    let key = key.derive(Purpose::Header);
    Ok(*blake3::keyed_hash(key.bytes(), text.as_bytes()).as_bytes())
}

fn json<T: Serialize>(value: &T) -> Result<String, VaultError> {
    serde_json::to_string(value).map_err(|_| damaged())
}

const fn damaged() -> VaultError {
    VaultError::Damaged(Part::Header)
}

#[cfg(test)]
mod tests;
