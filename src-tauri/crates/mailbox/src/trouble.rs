//! What goes wrong on the way to a mailbox.

/// A step on the way to a mailbox, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Finding the server by its name.
    Lookup,
    /// Reaching it.
    Connect,
    /// Encrypting, which includes knowing whom one talks to.
    Encrypt,
    /// Signing in.
    Login,
    /// Opening the folder.
    Open,
    /// Reading.
    Read,
}

impl Step {
    /// The stable name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Connect => "connect",
            Self::Encrypt => "encrypt",
            Self::Login => "login",
            Self::Open => "open",
            Self::Read => "read",
        }
    }
}

/// Why a mailbox cannot be read now. Holds nothing of what the server said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    /// Nobody knows a server of this name, or this computer is offline.
    #[error("the mail server is not found; check its name and the connection of this computer")]
    NoSuchHost,
    /// The server does not answer.
    #[error("the mail server does not answer; check the port and the connection of this computer")]
    Unreachable,
    /// Somebody answers who does not encrypt.
    #[error("the connection cannot be encrypted; check the port and the kind of security")]
    NotEncrypted,
    /// The certificate is not of this server, has expired, or nobody vouches for it.
    #[error("the server cannot prove that it is the one it is said to be; nothing was sent to it")]
    Certificate,
    /// Whoever answers does not speak IMAP.
    #[error("this is no mail server for IMAP; check its name and port")]
    NotImap,
    /// The name or the password is wrong or no longer good.
    #[error(
        "the mail server refuses name and password; make a new app password or code and enter it"
    )]
    Password,
    /// The server has too much to do, or wants a pause.
    #[error("the mail server wants a pause; it is tried again by itself")]
    Busy,
    /// The folder is not there or may not be read.
    #[error("the folder cannot be opened; check its name and that IMAP is switched on")]
    Folder,
    /// The connection broke off.
    #[error("the connection broke off; it is tried again by itself")]
    Lost,
    /// The server answered what nobody asked for, or more than is read.
    #[error("the mail server answers in a way that is not understood; it is tried again by itself")]
    Protocol,
}

impl Trouble {
    /// The stable name that a caller acts on.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSuchHost => "mail_no_host",
            Self::Unreachable => "mail_unreachable",
            Self::NotEncrypted => "mail_not_encrypted",
            Self::Certificate => "mail_certificate",
            Self::NotImap => "mail_not_imap",
            Self::Password => "mail_password",
            Self::Busy => "mail_busy",
            Self::Folder => "mail_folder",
            Self::Lost => "mail_lost",
            Self::Protocol => "mail_protocol",
        }
    }

    /// At which step it went wrong.
    #[must_use]
    pub const fn step(self) -> Step {
        match self {
            Self::NoSuchHost => Step::Lookup,
            Self::Unreachable => Step::Connect,
            Self::NotEncrypted | Self::Certificate | Self::NotImap => Step::Encrypt,
            Self::Password | Self::Busy => Step::Login,
            Self::Folder => Step::Open,
            Self::Lost | Self::Protocol => Step::Read,
        }
    }

    /// Whether a person has to do something before it can work.
    #[must_use]
    pub const fn needs_a_person(self) -> bool {
        matches!(
            self,
            Self::Certificate | Self::Password | Self::Folder | Self::NotImap | Self::NotEncrypted
        )
    }
}
