//! Adds a member of the team.

use crate::{ApiError, Open, view::PersonView};
use buyerwatch_domain::{Command, PersonId, Role};
use serde::Deserialize;
use ts_rs::TS;

/// Who joins.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddPerson {
    /// Name as the team knows them.
    pub name: String,
    /// What they do.
    pub role: Role,
}

pub(crate) fn run(open: &Open, request: AddPerson) -> Result<PersonView, ApiError> {
    let person = open.draw(PersonId::from_bytes)?;
    open.execute(Command::AddPerson { person, name: request.name, role: request.role })?;
    super::list::person(open, person)
}
