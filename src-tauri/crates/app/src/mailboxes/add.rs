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
    /// The server whose word on senders counts, by the name that it writes first into
    /// `Authentication-Results`, or a domain above it; the topmost when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub auth_server: Option<String>,
}

/// Characters of the name of a host (RFC 1035).
const HOST_MAX: usize = 253;

/// The name of a server as it is compared.
pub(super) fn auth_server(typed: Option<&str>) -> Result<Option<String>, ApiError> {
    let name = typed.unwrap_or_default().trim().trim_matches('.').to_lowercase();
    let is_host = name.len() <= HOST_MAX
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if name.is_empty() {
        return Ok(None);
    }
    if !is_host {
        return Err(ApiError::new(
            "malformed_auth_server",
            "this is no name of a server; copy the first word after Authentication-Results",
        ));
    }
    Ok(Some(name))
}

pub(crate) fn run(open: &Open, request: AddMailbox) -> Result<MailboxView, ApiError> {
    let account = request.access.account(request.first_days)?;
    let authority = request.access.authority()?;
    let auth_server = auth_server(request.auth_server.as_deref())?;
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
            auth_server: auth_server.as_deref(),
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
    view(open, row.ok_or(Refusal::NotFound("mailbox"))?)
}
