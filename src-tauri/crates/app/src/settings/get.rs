//! Reads the settings.

use super::Settings;
use crate::{ApiError, Desk, Nothing};

pub(crate) fn run(desk: &Desk, _: Nothing) -> Result<Settings, ApiError> {
    Ok(desk.settings())
}
