//! Stops a job.

use crate::{ApiError, Nothing, Open, imports::cancel::CancelJob};

pub(crate) fn run(open: &Open, request: CancelJob) -> Result<Nothing, ApiError> {
    crate::imports::cancel::run(open, request)
}
