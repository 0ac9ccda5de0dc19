//! The team as it is shown.

use crate::view::PersonView;
use buyerwatch_domain::{Person, PersonId, Role};
use buyerwatch_vault::{Read, VaultError};
use std::collections::BTreeMap;

/// Every member by identity, for joining names.
pub(crate) struct Team(BTreeMap<PersonId, Person>);

impl Team {
    pub(crate) fn read(read: &Read<'_>) -> Result<Self, VaultError> {
        Ok(Self(read.people()?.into_iter().map(|person| (person.id, person)).collect()))
    }

    /// A member. One whom this vault does not know yet (their entry is still under way from
    /// another device) has no name.
    pub(crate) fn view(&self, id: PersonId) -> PersonView {
        self.0
            .get(&id)
            .cloned()
            .map_or(PersonView { id, name: String::new(), role: Role::Agent }, PersonView::from)
    }
}
