use buyerwatch_domain::{Person, PersonId, Policy, Role};
use serde::Serialize;
use ts_rs::TS;

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Person")]
pub struct PersonView {
    /// Their identity.
    pub id: PersonId,
    /// Name as the team knows them.
    pub name: String,
    /// What they do.
    pub role: Role,
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        Self { id: person.id, name: person.name, role: person.role }
    }
}

/// Rules of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Policy")]
pub struct PolicyView {
    /// A listing counts only after a second person confirmed it.
    pub second_person: bool,
    /// Days until a listing must be looked at again.
    pub review_days: u32,
    /// Days after which names, addresses and messages are taken out.
    pub retention_days: u32,
}

impl From<Policy> for PolicyView {
    fn from(policy: Policy) -> Self {
        Self {
            second_person: policy.second_person,
            review_days: policy.review_days,
            retention_days: policy.retention_days,
        }
    }
}
