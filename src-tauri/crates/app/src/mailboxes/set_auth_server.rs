//! Says which server's word on senders counts, for all watched folders of a mailbox. Letters that come from
//! then on are judged by it.

use super::{OneMailbox, add::auth_server};
use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::Refusal;
use serde::Deserialize;
use ts_rs::TS;

/// A mailbox and the server whose word on senders counts.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetMailboxAuthServer {
    /// Its identity.
    pub id: String,
    /// The name that the server writes first into `Authentication-Results`, or a domain above it; the
    /// topmost counts when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub auth_server: Option<String>,
}

pub(crate) fn run(open: &Open, request: SetMailboxAuthServer) -> Result<Nothing, ApiError> {
    let id = OneMailbox { id: request.id }.mailbox()?;
    let name = auth_server(request.auth_server.as_deref())?;
    let set =
        open.write_observations(|tx, _| Ok(tx.set_mailbox_auth_server(id, name.as_deref())?))?;
    if set.is_empty() {
        return Err(Refusal::NotFound("mailbox").into());
    }
    set.into_iter().for_each(|id| open.session().mailboxes.again(id));
    Ok(Nothing {})
}
