//! The media scheme: exhibits as a web view asks for them, decrypted on the way and never to a file.

use crate::Open;

/// Beginning of every address while the vault is open. Windows serves schemes of programs under a
/// host of their own.
pub(crate) fn base(open: &Open) -> String {
    let root = if cfg!(windows) { "http://media.localhost" } else { "media://localhost" };
    format!("{root}/{}", open.session().media.token())
}

/// What of the media scheme lives from one unlock to the next lock.
pub(crate) struct Door {
    token: String,
}

impl Door {
    /// A door with a key that nobody can guess.
    pub(crate) fn new(drawn: [u8; 16]) -> Self {
        Self { token: format!("{:032x}", u128::from_be_bytes(drawn)) }
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}
