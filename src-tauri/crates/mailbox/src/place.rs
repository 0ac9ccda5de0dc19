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
    /// What came of it.
    pub content: Content,
}

/// What came of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The whole letter.
    Whole(Vec<u8>),
    /// It is longer than is read.
    TooLong,
    /// The server does not give it, or does not say how long it is, although it is there.
    Withheld,
}
