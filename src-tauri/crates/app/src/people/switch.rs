//! Changes who works here.

use crate::{ApiError, Open, view::PersonView};
use buyerwatch_domain::{PersonId, Tag};
use serde::Deserialize;
use ts_rs::TS;

/// Who works here from now on.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SwitchPerson {
    /// A member of the team.
    pub person_id: PersonId,
}

pub(crate) fn run(open: &Open, request: SwitchPerson) -> Result<PersonView, ApiError> {
    let person = super::list::person(open, request.person_id)?;
    open.set_me(person.id);
    open.session().media.forget_all();
    // Only a convenience for the next start.
    let _ = open.desk().settings_file().set_person(person.id);
    open.desk().stale([Tag::Session, Tag::Alerts]);
    Ok(person)
}
