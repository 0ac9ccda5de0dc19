//! Random 128-bit identities, one type per kind of thing so that they cannot be mixed up.

use serde::{Deserialize, Serialize};

/// The text is not 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 hexadecimal digits; copy it whole from a list command")]
pub struct MalformedId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// Written as 32 lower-case hexadecimal digits.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ts_rs::TS)]
        #[ts(type = "string")]
        pub struct $name([u8; 16]);

        impl $name {
            /// Takes 128 random bits.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 128 bits, as stored.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:032x}", u128::from_be_bytes(self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = MalformedId;

            fn from_str(text: &str) -> Result<Self, MalformedId> {
                if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
                    return Err(MalformedId);
                }
                u128::from_str_radix(text, 16)
                    .map(|n| Self(n.to_be_bytes()))
                    .map_err(|_| MalformedId)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// A buyer.
    BuyerId,
    /// One identifier of one buyer.
    IdentifierId,
    /// One incident.
    IncidentId,
    /// One exhibit.
    ExhibitId,
    /// One decision to list a buyer.
    ListingId,
    /// One alert.
    AlertId,
    /// One note about a buyer.
    NoteId,
    /// A member of the team.
    PersonId,
    /// One identity that never alerts.
    TrustId,
    /// One signal: the same for the same observations, on every device.
    SignalId,
    /// One import of a report.
    ImportId,
    /// One watched folder.
    FolderId,
    /// One watched mailbox.
    MailboxId,
}

/// A stored file: 256 random bits. Written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ts_rs::TS)]
#[ts(type = "string")]
pub struct BlobId([u8; 32]);

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

impl std::fmt::Display for BlobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for BlobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BlobId({self})")
    }
}

impl std::str::FromStr for BlobId {
    type Err = MalformedId;

    /// Upper case counts as malformed, so that each identity has one text.
    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(MalformedId),
        };
        let mut id = [0; 32];
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(MalformedId) };
        if pairs.len() != id.len() {
            return Err(MalformedId);
        }
        for (to, [high, low]) in id.iter_mut().zip(pairs) {
            *to = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(id))
    }
}

impl Serialize for BlobId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BlobId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_text() {
        let id = BlobId::from_bytes([0xa7; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in ["", "a7", &"A7".repeat(32), &"a7".repeat(33), &"é".repeat(32)] {
            assert_eq!(bad.parse::<BlobId>(), Err(MalformedId), "{bad}");
        }
    }

    #[test]
    fn text_form_round_trips_and_rejects_what_is_not_an_id() {
        let id = BuyerId::from_bytes([7; 16]);
        assert_eq!(id.to_string().parse::<BuyerId>(), Ok(id));
        for bad in ["", "7", "+7070707070707070707070707070707", "zz"] {
            assert_eq!(bad.parse::<BuyerId>(), Err(MalformedId), "{bad}");
        }
    }
}
