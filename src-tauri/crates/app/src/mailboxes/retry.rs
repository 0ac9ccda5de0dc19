//! Tries a mailbox again now.

use super::OneMailbox;
use crate::{ApiError, Nothing, Open};

pub(crate) fn run(open: &Open, request: OneMailbox) -> Result<Nothing, ApiError> {
    open.session().mailboxes.try_now(request.mailbox()?);
    Ok(Nothing {})
}
