//! Reads the rules of the house.

use crate::{ApiError, Nothing, Open, view::PolicyView};

pub(crate) fn run(open: &Open, _: Nothing) -> Result<PolicyView, ApiError> {
    Ok(open.read(|read| read.policy())?.into())
}
