//! Takes another password for a mailbox, all watched folders of it, and tries it at once.

use super::OneMailbox;
use crate::{ApiError, Nothing, Open, Secret};
use buyerwatch_domain::Refusal;
use serde::Deserialize;
use ts_rs::TS;

/// A mailbox and its new password.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetMailboxPassword {
    /// Its identity.
    pub id: String,
    /// The password, or what the provider gives out in its place.
    pub password: Secret,
}

pub(crate) fn run(open: &Open, request: SetMailboxPassword) -> Result<Nothing, ApiError> {
    let id = OneMailbox { id: request.id }.mailbox()?;
    if request.password.reveal().is_empty() {
        return Err(Refusal::Empty("password").into());
    }
    let password = request.password.reveal();
    let set = open.write_observations(|tx, _| Ok(tx.set_mailbox_password(id, password)?))?;
    if set.is_empty() {
        return Err(Refusal::NotFound("mailbox").into());
    }
    set.into_iter().for_each(|id| open.session().mailboxes.again(id));
    Ok(Nothing {})
}
