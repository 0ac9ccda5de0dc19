//! Goes the whole way to a mailbox and says where it fails.

use super::{MailboxAccess, OneMailbox, stored, trust};
use crate::{ApiError, Open};
use buyerwatch_domain::Refusal;
use buyerwatch_mailbox::test;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which mailbox to try: a stored one, or one that is not stored yet.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TestMailbox {
    /// A stored one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub id: Option<String>,
    /// Where it is and who reads it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub access: Option<MailboxAccess>,
}

/// What the mailbox has to offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MailboxTested {
    /// Letters in the folder.
    pub letters: u32,
    /// The server tells by itself when something comes; otherwise it is asked every 20 seconds.
    pub tells: bool,
    /// The folders that can be watched, the one for what comes in first; none when the server does not tell.
    pub folders: Vec<MailFolder>,
}

/// A folder of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MailFolder {
    /// As the server writes it.
    pub folder: String,
    /// As a person reads it.
    pub name: String,
}

pub(crate) fn run(open: &Open, request: TestMailbox) -> Result<MailboxTested, ApiError> {
    let (account, authority) = match (request.id, request.access) {
        (Some(id), _) => {
            let id = OneMailbox { id }.mailbox()?;
            let row = open.read(|read| read.mailboxes())?.into_iter().find(|row| row.id == id);
            let row = row.ok_or(Refusal::NotFound("mailbox"))?;
            (stored(&row), row.authority)
        }
        (None, Some(access)) => (access.account(None)?, access.authority()?),
        (None, None) => return Err(Refusal::Empty("access").into()),
    };
    let found = test(&account, &trust(authority.as_deref()))?;
    let folders = found.folders.into_iter();
    let folders = folders.map(|of| MailFolder { folder: of.name, name: of.shown }).collect();
    Ok(MailboxTested { letters: found.letters, tells: found.tells, folders })
}
