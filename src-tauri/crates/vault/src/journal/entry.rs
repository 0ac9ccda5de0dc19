//! One entry: header, signature, hash, and the payload that can be erased beside them.

use super::cbor;
use crate::{Part, VaultError};
use buyerwatch_domain::{Event, PersonId, Timestamp};
use ciborium::Value;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// Version of the header's format.
const FORMAT: u64 = 1;
/// Version of the payloads that this program writes, and the newest that it can read.
pub(crate) const SCHEMA: u64 = 1;
/// The reader that this program is. An entry that needs a newer one is stored and set aside.
pub(crate) const READER: u64 = 1;
/// Larger things are files beside the journal.
const SIZE_LIMIT: usize = 256 * 1024;
/// Set before the header when it is signed, so that a signature can mean nothing else.
const SIGNED: &[u8] = b"buyerwatch/1/journal-entry\0";

/// The newest entry of another device at the time of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dep {
    pub(crate) device: [u8; 32],
    pub(crate) seq: u64,
    pub(crate) hash: [u8; 32],
}

/// What is signed. Field names in the encoding are those of the journal's format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) space_id: [u8; 16],
    pub(crate) device_id: [u8; 32],
    pub(crate) actor_id: [u8; 16],
    pub(crate) seq: u64,
    pub(crate) prev: Option<[u8; 32]>,
    pub(crate) hlc: i64,
    pub(crate) deps: Vec<Dep>,
    pub(crate) kind: String,
    pub(crate) schema: u64,
    pub(crate) min_reader: u64,
    pub(crate) entity_type: String,
    pub(crate) entity_id: [u8; 16],
    pub(crate) payload_commit: [u8; 32],
    pub(crate) payload_len: u64,
    pub(crate) blob_refs: Vec<[u8; 32]>,
    pub(crate) cause_id: Option<[u8; 16]>,
    pub(crate) app_version: String,
}

/// An entry without its payload, as signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub(crate) header: Vec<u8>,
    pub(crate) signature: [u8; 64],
    pub(crate) hash: [u8; 32],
}

/// Encodes and signs.
pub(crate) fn seal(header: &Header, key: &SigningKey) -> Result<Sealed, VaultError> {
    let header = header.encode()?;
    let signature = key.sign(&[SIGNED, &header].concat()).to_bytes();
    let hash = hash(&header, &signature);
    Ok(Sealed { header, signature, hash })
}

/// What the next entry points back to.
pub(crate) fn hash(header: &[u8], signature: &[u8]) -> [u8; 32] {
    *blake3::Hasher::new().update(header).update(signature).finalize().as_bytes()
}

/// Whether the device named in the header signed it.
pub(crate) fn signed(header: &[u8], signature: &[u8], device: &[u8; 32]) -> bool {
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    VerifyingKey::from_bytes(device)
        .is_ok_and(|key| key.verify_strict(&[SIGNED, header].concat(), &signature).is_ok())
}

/// Ties a payload to its header without giving it away once payload and salt are gone.
pub(crate) fn commit(salt: &[u8; 32], payload: &[u8]) -> [u8; 32] {
    *blake3::keyed_hash(salt, payload).as_bytes()
}

/// Encodes an event with the time at which it was decided.
///
/// The time stands here and not in the header, because the header's clock never goes backwards
/// while the computer's may.
pub(crate) fn payload(event: &Event, at: Timestamp) -> Result<Vec<u8>, VaultError> {
    let value = Value::serialized(event).map_err(|_| damaged())?;
    let Value::Map(fields) = value else { return Err(damaged()) };
    let data = fields.into_iter().find(|(name, _)| name.as_text() == Some("data"));
    let (_, data) = data.ok_or_else(damaged)?;
    payload_of(data, at)
}

/// Encodes what a payload holds.
pub(super) fn payload_of(data: Value, at: Timestamp) -> Result<Vec<u8>, VaultError> {
    let bytes = cbor::encode(map(vec![("at", at.millis().into()), ("data", data)]))?;
    if bytes.len() > SIZE_LIMIT { Err(VaultError::EventTooLarge) } else { Ok(bytes) }
}

/// What a payload holds; `None` when its kind or version is not one that this program knows.
pub(crate) fn event(
    header: &Header,
    payload: &[u8],
) -> Result<Option<(Event, Timestamp)>, VaultError> {
    if header.min_reader > READER || header.schema > SCHEMA {
        return Ok(None);
    }
    let Value::Map(fields) = cbor::decode(payload)? else { return Err(damaged()) };
    let mut fields = Fields(fields);
    let at = Timestamp::from_millis(fields.integer("at")?);
    let data = fields.take("data")?;
    let tagged = map(vec![("kind", header.kind.as_str().into()), ("data", data)]);
    // The bytes are those that were signed, so what cannot be read is new, not damaged.
    Ok(tagged.deserialized::<Event>().ok().map(|event| (event, at)))
}

impl Header {
    /// A header for a payload. What only the chain knows is filled in when it is appended.
    pub(crate) fn draft(
        kind: &str,
        (entity_type, entity_id): (&str, [u8; 16]),
        actor: PersonId,
        payload_commit: [u8; 32],
        payload: &[u8],
    ) -> Self {
        Self {
            space_id: [0; 16],
            device_id: [0; 32],
            actor_id: *actor.as_bytes(),
            seq: 0,
            prev: None,
            hlc: 0,
            deps: Vec::new(),
            kind: kind.to_owned(),
            schema: SCHEMA,
            min_reader: READER,
            entity_type: entity_type.to_owned(),
            entity_id,
            payload_commit,
            payload_len: u64::try_from(payload.len()).unwrap_or(u64::MAX),
            blob_refs: Vec::new(),
            cause_id: None,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    pub(crate) fn encode(&self) -> Result<Vec<u8>, VaultError> {
        let dep =
            |dep: &Dep| Value::Array(vec![bytes(&dep.device), dep.seq.into(), bytes(&dep.hash)]);
        cbor::encode(map(vec![
            ("v", FORMAT.into()),
            ("space_id", bytes(&self.space_id)),
            ("device_id", bytes(&self.device_id)),
            ("actor_id", bytes(&self.actor_id)),
            ("seq", self.seq.into()),
            ("prev", self.prev.as_ref().map_or(Value::Null, |prev| bytes(prev))),
            ("hlc", self.hlc.into()),
            ("deps", Value::Array(self.deps.iter().map(dep).collect())),
            ("kind", self.kind.as_str().into()),
            ("schema", self.schema.into()),
            ("min_reader", self.min_reader.into()),
            ("entity_type", self.entity_type.as_str().into()),
            ("entity_id", bytes(&self.entity_id)),
            ("payload_commit", bytes(&self.payload_commit)),
            ("payload_len", self.payload_len.into()),
            ("blob_refs", Value::Array(self.blob_refs.iter().map(|blob| bytes(blob)).collect())),
            ("cause_id", self.cause_id.as_ref().map_or(Value::Null, |cause| bytes(cause))),
            ("app_version", self.app_version.as_str().into()),
        ]))
    }

    /// Reads a header; anything that [`Header::encode`] would write differently is damage.
    pub(crate) fn decode(encoded: &[u8]) -> Result<Self, VaultError> {
        let Value::Map(fields) = cbor::decode(encoded)? else { return Err(damaged()) };
        let mut fields = Fields(fields);
        match fields.integer::<u64>("v")? {
            FORMAT => {}
            0 => return Err(damaged()),
            _ => return Err(VaultError::Newer),
        }
        let header = Self {
            space_id: fields.bytes("space_id")?,
            device_id: fields.bytes("device_id")?,
            actor_id: fields.bytes("actor_id")?,
            seq: fields.integer("seq")?,
            prev: fields.optional("prev")?,
            hlc: fields.integer("hlc")?,
            deps: fields.list("deps", |item| {
                let parts: [Value; 3] = item.into_array().ok()?.try_into().ok()?;
                let [device, seq, hash] = parts;
                Some(Dep {
                    device: array(device)?,
                    seq: seq.into_integer().ok()?.try_into().ok()?,
                    hash: array(hash)?,
                })
            })?,
            kind: fields.text("kind")?,
            schema: fields.integer("schema")?,
            min_reader: fields.integer("min_reader")?,
            entity_type: fields.text("entity_type")?,
            entity_id: fields.bytes("entity_id")?,
            payload_commit: fields.bytes("payload_commit")?,
            payload_len: fields.integer("payload_len")?,
            blob_refs: fields.list("blob_refs", array)?,
            cause_id: fields.optional("cause_id")?,
            app_version: fields.text("app_version")?,
        };
        if fields.0.is_empty() { Ok(header) } else { Err(damaged()) }
    }
}

fn map(fields: Vec<(&str, Value)>) -> Value {
    Value::Map(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec())
}

fn array<const N: usize>(value: Value) -> Option<[u8; N]> {
    value.into_bytes().ok()?.try_into().ok()
}

const fn damaged() -> VaultError {
    VaultError::Damaged(Part::Journal)
}

/// Fields of a map that are still to be read.
struct Fields(Vec<(Value, Value)>);

impl Fields {
    fn take(&mut self, name: &str) -> Result<Value, VaultError> {
        let at = self.0.iter().position(|(key, _)| key.as_text() == Some(name));
        at.map(|at| self.0.swap_remove(at).1).ok_or_else(damaged)
    }

    fn integer<T: TryFrom<ciborium::value::Integer>>(
        &mut self,
        name: &str,
    ) -> Result<T, VaultError> {
        let value = self.take(name)?.into_integer().map_err(|_| damaged())?;
        value.try_into().map_err(|_| damaged())
    }

    fn text(&mut self, name: &str) -> Result<String, VaultError> {
        self.take(name)?.into_text().map_err(|_| damaged())
    }

    fn bytes<const N: usize>(&mut self, name: &str) -> Result<[u8; N], VaultError> {
        array(self.take(name)?).ok_or_else(damaged)
    }

    fn optional<const N: usize>(&mut self, name: &str) -> Result<Option<[u8; N]>, VaultError> {
        match self.take(name)? {
            Value::Null => Ok(None),
            value => array(value).map(Some).ok_or_else(damaged),
        }
    }

    fn list<T>(
        &mut self,
        name: &str,
        item: impl Fn(Value) -> Option<T>,
    ) -> Result<Vec<T>, VaultError> {
        let items = self.take(name)?.into_array().map_err(|_| damaged())?;
        items.into_iter().map(|value| item(value).ok_or_else(damaged)).collect()
    }
}

#[cfg(test)]
mod tests;
