//! Lists the team.

use crate::{ApiError, Nothing, Open, view::PersonView};
use buyerwatch_domain::{PersonId, Refusal};
use serde::Serialize;
use ts_rs::TS;

/// The team.
#[derive(Debug, Clone, Serialize, TS)]
pub struct People {
    /// Every member.
    pub people: Vec<PersonView>,
    /// Who works here.
    pub me: PersonId,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<People, ApiError> {
    let people = open.read(|read| read.people())?;
    Ok(People { people: people.into_iter().map(PersonView::from).collect(), me: open.me() })
}

/// One member of the team.
pub(crate) fn person(open: &Open, id: PersonId) -> Result<PersonView, ApiError> {
    let found = open.read(|r| r.person(id))?;
    Ok(found.ok_or(Refusal::NotFound("person"))?.into())
}
