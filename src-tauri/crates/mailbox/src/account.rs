//! Where a mailbox is and who reads it.

use zeroize::Zeroizing;

/// How the connection becomes encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Security {
    /// TLS from the first byte (RFC 8314), usually port 993.
    Tls,
    /// TLS after `STARTTLS` (RFC 9051, 6.2.1), usually port 143. A server that does not offer it is
    /// refused.
    StartTls,
}

impl Security {
    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::StartTls => "starttls",
        }
    }

    /// The security of this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Tls, Self::StartTls].into_iter().find(|one| one.code() == code)
    }
}

/// A mailbox and who reads it.
#[derive(Clone)]
pub struct Account {
    /// Name of the server, which its certificate has to name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How it becomes encrypted.
    pub security: Security,
    /// Name to sign in with, usually the whole address.
    pub user: String,
    /// The password, or what the provider gives out in its place.
    pub password: Zeroizing<String>,
    /// The folder that is read, as the server writes it.
    pub folder: String,
    /// How many days back the first reading goes; everything when `None`.
    pub first_days: Option<u32>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither the password nor whose mailbox it is.
        f.debug_struct("Account")
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}
