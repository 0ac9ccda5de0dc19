//! Deterministic CBOR (RFC 8949, section 4.2.1): one value has one encoding.

use crate::{Part, VaultError};
use ciborium::Value;

/// Encodes with map keys in the order of their encodings.
pub(super) fn encode(mut value: Value) -> Result<Vec<u8>, VaultError> {
    order(&mut value)?;
    raw(&value)
}

/// Decodes; what is not in the one encoding counts as damage.
pub(super) fn decode(bytes: &[u8]) -> Result<Value, VaultError> {
    let damaged = || VaultError::Damaged(Part::Journal);
    let value: Value = ciborium::from_reader(bytes).map_err(|_| damaged())?;
    if encode(value.clone())? == bytes { Ok(value) } else { Err(damaged()) }
}

fn raw(value: &Value) -> Result<Vec<u8>, VaultError> {
    let mut out = Vec::with_capacity(512);
    ciborium::into_writer(value, &mut out).map_err(|_| VaultError::Damaged(Part::Journal))?;
    Ok(out)
}

fn order(value: &mut Value) -> Result<(), VaultError> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(order),
        Value::Map(entries) => {
            let mut keyed = Vec::with_capacity(entries.len());
            for (key, mut item) in entries.drain(..) {
                order(&mut item)?;
                keyed.push((raw(&key)?, key, item));
            }
            keyed.sort_by(|a, b| a.0.cmp(&b.0));
            entries.extend(keyed.into_iter().map(|(_, key, item)| (key, item)));
            Ok(())
        }
        Value::Tag(_, inner) => order(inner),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_ordered_by_the_encoding_of_their_keys_at_any_depth() {
        let map =
            |keys: &[&str]| Value::Map(keys.iter().map(|&key| (key.into(), Value::Null)).collect());
        let a = Value::Array(vec![map(&["bb", "a", "aa", "c"])]);
        let b = Value::Array(vec![map(&["c", "aa", "bb", "a"])]);
        let bytes = encode(a).unwrap();
        assert_eq!(bytes, encode(b).unwrap());
        assert_eq!(crate::hex::encode(&bytes), "81a46161f66163f6626161f6626262f6");
        assert_eq!(encode(decode(&bytes).unwrap()).unwrap(), bytes);
    }

    #[test]
    fn other_encodings_of_the_same_value_are_refused() {
        // 1 in two bytes, keys out of order, an indefinite array, 1.0 in eight bytes, a tail.
        for bytes in ["1801", "a2616201616101", "9fff", "fb3ff0000000000000", "0101"] {
            let bytes: Vec<u8> = bytes
                .as_bytes()
                .chunks(2)
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
                .collect();
            assert!(decode(&bytes).is_err(), "{bytes:?}");
        }
    }
}
