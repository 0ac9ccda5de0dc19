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
    Ok(MailboxTested { letters: found.letters, tells: found.tells })
}
