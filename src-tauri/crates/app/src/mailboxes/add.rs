//! Watches a mailbox.

use super::{
    MailboxAccess,
    list::{MailboxView, view},
};
use crate::{ApiError, Open};
use buyerwatch_domain::{MailboxId, Refusal};
use buyerwatch_vault::NewMailbox;
use serde::Deserialize;
use ts_rs::TS;

/// Which mailbox to watch.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddMailbox {
    /// Where it is and who reads it.
    pub access: MailboxAccess,
    /// How many days back the first reading goes; everything when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub first_days: Option<u32>,
}

pub(crate) fn run(open: &Open, request: AddMailbox) -> Result<MailboxView, ApiError> {
    let account = request.access.account(request.first_days)?;
    let authority = request.access.authority()?;
    let id = open.draw(MailboxId::from_bytes)?;
    let added = open.write_observations(|tx, stamp| {
        Ok(tx.add_mailbox(&NewMailbox {
            id,
            host: &account.host,
            port: account.port,
            security: account.security.code(),
            user: &account.user,
            password: &account.password,
            folder: &account.folder,
            first_days: account.first_days,
            authority: authority.as_deref(),
            at: stamp.at,
        })?)
    })?;
    if !added {
        return Err(ApiError::new(
            "mailbox_known",
            "this folder of this mailbox is watched already",
        ));
    }
    open.session().mailboxes.look();
    let row = open.read(|read| read.mailboxes())?.into_iter().find(|row| row.id == id);
    Ok(view(open, row.ok_or(Refusal::NotFound("mailbox"))?))
}
