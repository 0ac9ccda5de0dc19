//! Locks the vault now.

use crate::{ApiError, Desk, Nothing, view::SessionState};

pub(crate) fn run(desk: &Desk, _: Nothing) -> Result<SessionState, ApiError> {
    desk.end();
    super::state::of(desk)
}
