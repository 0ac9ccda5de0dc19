//! Takes back the closing of an alert, or wakes one that sleeps.

use super::{OneAlert, shown};
use crate::{ApiError, Open, view::AlertDetail};
use buyerwatch_domain::Command;

pub(crate) fn run(open: &Open, request: OneAlert) -> Result<AlertDetail, ApiError> {
    open.execute(Command::ReopenAlert { alert: request.id })?;
    shown::detail(open, request.id)
}
