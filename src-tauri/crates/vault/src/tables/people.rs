//! Members of the team.

use super::Meta;
use super::column::{code, id};
use crate::{Read, VaultError};
use buyerwatch_domain::{Person, PersonId, Role};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE people (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    stamp BLOB NOT NULL
) STRICT, WITHOUT ROWID;
";

pub(super) fn added(
    conn: &Connection,
    person: PersonId,
    name: &str,
    role: Role,
    meta: &Meta,
) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO people (id, name, role, stamp) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, role = excluded.role, stamp = excluded.stamp
         WHERE excluded.stamp > stamp",
    )?
    .execute(params![person.as_bytes(), name, role.code(), meta.stamp()])?;
    Ok(())
}

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    let role = |code: &str| {
        [Role::Agent, Role::Lead, Role::Owner].into_iter().find(|role| role.code() == code)
    };
    Ok(Person { id: id(row, 0)?, name: row.get(1)?, role: code(row, 2, role)? })
}

impl Read<'_> {
    /// A member of the team.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn person(&self, id: PersonId) -> Result<Option<Person>, VaultError> {
        let mut query =
            self.conn().prepare_cached("SELECT id, name, role FROM people WHERE id = ?1")?;
        Ok(query.query_row([id.as_bytes()], person).optional()?)
    }

    /// The whole team, in the order in which its members joined.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn people(&self) -> Result<Vec<Person>, VaultError> {
        let mut query =
            self.conn().prepare_cached("SELECT id, name, role FROM people ORDER BY stamp")?;
        Ok(query.query_map([], person)?.collect::<Result<_, _>>()?)
    }
}
