//! Rules of the house, each with the stamp that last set it.

use super::Meta;
use crate::{Read, VaultError};
use buyerwatch_domain::Policy;
use rusqlite::{Connection, params};

pub(super) const SCHEMA_1: &str = "
CREATE TABLE policy (
    rule TEXT PRIMARY KEY,
    value INTEGER NOT NULL,
    stamp BLOB NOT NULL
) STRICT, WITHOUT ROWID;
";

const SECOND_PERSON: &str = "second_person";
const REVIEW_DAYS: &str = "review_days";
const RETENTION_DAYS: &str = "retention_days";

pub(super) fn changed(
    conn: &Connection,
    second_person: Option<bool>,
    review_days: Option<u32>,
    retention_days: Option<u32>,
    meta: &Meta,
) -> Result<(), VaultError> {
    let rules = [
        (SECOND_PERSON, second_person.map(i64::from)),
        (REVIEW_DAYS, review_days.map(i64::from)),
        (RETENTION_DAYS, retention_days.map(i64::from)),
    ];
    let mut set = conn.prepare_cached(
        "INSERT INTO policy (rule, value, stamp) VALUES (?1, ?2, ?3)
         ON CONFLICT (rule) DO UPDATE SET value = excluded.value, stamp = excluded.stamp
         WHERE excluded.stamp > stamp",
    )?;
    for (rule, value) in rules {
        if let Some(value) = value {
            set.execute(params![rule, value, meta.stamp()])?;
        }
    }
    Ok(())
}

impl Read<'_> {
    /// The rules of the house; what was never set is as shipped.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn policy(&self) -> Result<Policy, VaultError> {
        let mut policy = Policy::default();
        let mut query = self.conn().prepare_cached("SELECT rule, value FROM policy")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let rule = row.get_ref(0)?;
            match rule.as_str() {
                Ok(SECOND_PERSON) => policy.second_person = row.get(1)?,
                Ok(REVIEW_DAYS) => policy.review_days = row.get(1)?,
                Ok(RETENTION_DAYS) => policy.retention_days = row.get(1)?,
                _ => {}
            }
        }
        Ok(policy)
    }
}
