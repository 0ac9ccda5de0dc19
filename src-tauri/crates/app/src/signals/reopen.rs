//! Takes back that a signal is nothing.

use super::OneSignal;
use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::Command;

pub(crate) fn run(open: &Open, request: OneSignal) -> Result<Nothing, ApiError> {
    open.execute(Command::ReopenSignal { signal: request.id })?;
    Ok(Nothing {})
}
