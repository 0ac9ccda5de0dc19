//! Letters, and how far a mailbox was read.

/// How far a mailbox was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The server's word that numbers of letters still mean the same (`UIDVALIDITY`).
    pub uid_validity: u32,
    /// The highest number that was read; 0 before the first.
    pub last_uid: u32,
}

/// A letter on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number in the mailbox.
    pub uid: u32,
    /// The whole letter; `None` when it is longer than is read, or when the server does not give it.
    pub bytes: Option<Vec<u8>>,
}
