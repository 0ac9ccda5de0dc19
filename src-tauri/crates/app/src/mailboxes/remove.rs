//! Watches a mailbox no more. What was read of it stays, and so does everything in it.

use super::OneMailbox;
use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::Refusal;

pub(crate) fn run(open: &Open, request: OneMailbox) -> Result<Nothing, ApiError> {
    let id = request.mailbox()?;
    if !open.write_observations(|tx, _| Ok(tx.remove_mailbox(id)?))? {
        return Err(Refusal::NotFound("mailbox").into());
    }
    open.session().mailboxes.look();
    Ok(Nothing {})
}
