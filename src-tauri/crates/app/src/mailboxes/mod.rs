//! Mailboxes whose letters come in by themselves.

pub mod add;
pub mod list;
pub mod presets;
mod reading;
pub mod remove;
pub mod retry;
pub mod set_auth_server;
pub mod set_password;
pub mod test;
pub(crate) mod watch;

pub use reading::Synced;
pub use watch::Mailboxes;

use crate::{ApiError, Secret};
use buyerwatch_domain::{MailboxId, Refusal};
use buyerwatch_mailbox::{Account, Security, Trouble, Trust};
use buyerwatch_vault::MailboxRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One mailbox.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneMailbox {
    /// Its identity.
    pub id: String,
}

impl OneMailbox {
    fn mailbox(&self) -> Result<MailboxId, ApiError> {
        self.id.parse().map_err(|_| Refusal::NotFound("mailbox").into())
    }
}

/// How the connection to a mailbox becomes encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// TLS from the first byte.
    Tls,
    /// TLS after a plain greeting.
    StartTls,
}

impl From<MailSecurity> for Security {
    fn from(security: MailSecurity) -> Self {
        match security {
            MailSecurity::Tls => Self::Tls,
            MailSecurity::StartTls => Self::StartTls,
        }
    }
}

/// Where a mailbox is and who reads it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MailboxAccess {
    /// Name of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How it becomes encrypted.
    pub security: MailSecurity,
    /// Name to sign in with, usually the whole address.
    pub user: String,
    /// The password, or what the provider gives out in its place.
    pub password: Secret,
    /// The folder that is read; `INBOX` when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub folder: Option<String>,
    /// The certificate of an authority of one's own that vouches for the server, as PEM. Without it the
    /// public authorities do.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub authority_pem: Option<String>,
}

const INBOX: &str = "INBOX";
/// Characters of a name or password.
const LONGEST: usize = 500;

impl MailboxAccess {
    /// The account, when all that it takes is there.
    fn account(&self, first_days: Option<u32>) -> Result<Account, ApiError> {
        let empty = |field| ApiError::from(Refusal::Empty(field));
        let too_long = |field| ApiError::from(Refusal::TooLong { field, limit: LONGEST });
        let host = self.host.trim().trim_end_matches('.').to_lowercase();
        let user = self.user.trim();
        for (field, text) in
            [("host", host.as_str()), ("user", user), ("password", self.password.reveal())]
        {
            if text.is_empty() {
                return Err(empty(field));
            }
            if text.chars().count() > LONGEST {
                return Err(too_long(field));
            }
        }
        let folder = self.folder.as_deref().map(str::trim).filter(|folder| !folder.is_empty());
        Ok(Account {
            host,
            port: self.port,
            security: self.security.into(),
            user: user.to_owned(),
            password: self.password.reveal().to_owned().into(),
            folder: folder.unwrap_or(INBOX).to_owned(),
            first_days,
        })
    }

    /// The authority of one's own as DER.
    fn authority(&self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some(pem) = self.authority_pem.as_deref().filter(|pem| !pem.trim().is_empty()) else {
            return Ok(None);
        };
        let der = Trust::der_of(pem).ok_or_else(|| {
            ApiError::new(
                "malformed_authority",
                "this is no certificate; choose the .pem file of it",
            )
        })?;
        Ok(Some(der))
    }
}

/// The account of a stored mailbox.
fn stored(row: &MailboxRow) -> Account {
    Account {
        host: row.host.clone(),
        port: row.port,
        // Written by this program only.
        security: Security::from_code(&row.security).unwrap_or(Security::Tls),
        user: row.user.clone(),
        password: row.password.clone(),
        folder: row.folder.clone(),
        first_days: row.first_days,
    }
}

fn trust(authority: Option<&[u8]>) -> Trust {
    authority.map_or_else(Trust::public, Trust::only)
}

impl From<Trouble> for ApiError {
    fn from(trouble: Trouble) -> Self {
        Self::new(trouble.code(), trouble.to_string()).with("step", trouble.step().code())
    }
}
