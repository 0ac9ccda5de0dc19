//! What only the command line asks for: checking every stored byte, acting as somebody for one
//! command, all alerts at once.

use super::Open;
use crate::{
    ApiError, Secret, alerts, people,
    people::shown::Team,
    view::{AlertRow, PersonView},
};
use buyerwatch_domain::PersonId;
use buyerwatch_vault::{AlertView, AlertsQuery, ExposeSecret as _};
use serde::Serialize;

/// Whether the stored bytes are whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StorageReport {
    /// Nothing is wrong.
    pub ok: bool,
    /// Every page is the one that was encrypted.
    pub cipher_integrity_check: bool,
    /// Tables and indexes are whole.
    pub integrity_check: bool,
    /// No row refers to one that is missing.
    pub foreign_key_check: bool,
    /// What is wrong: pages, tables and rows, never contents.
    pub problems: Vec<String>,
}

/// Whether the tables say what the record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TablesReport {
    /// Every table is equal.
    pub ok: bool,
    /// Each table that follows from the record.
    pub tables: Vec<CheckedTable>,
}

/// One table that was built anew and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedTable {
    /// Its name.
    pub name: String,
    /// Whether it is the same, byte for byte.
    pub equal: bool,
}

/// Alerts read at a time.
const PAGE: u32 = 1_000;

impl Open {
    /// Checks every stored byte.
    ///
    /// # Errors
    /// When the vault is locked, or busy with another program all the time.
    pub fn check_storage(&self) -> Result<StorageReport, ApiError> {
        self.still_open()?;
        let report = self.vault().integrity()?;
        Ok(StorageReport {
            ok: report.ok,
            cipher_integrity_check: report.cipher_integrity_check,
            integrity_check: report.integrity_check,
            foreign_key_check: report.foreign_key_check,
            problems: report.problems,
        })
    }

    /// Builds every table of decisions anew from the record and compares.
    ///
    /// # Errors
    /// When the vault is locked or cannot be read.
    pub fn check_tables(&self) -> Result<TablesReport, ApiError> {
        self.still_open()?;
        let report = self.vault().rebuild_check()?;
        let table = |(name, equal): (&str, bool)| CheckedTable { name: name.to_owned(), equal };
        Ok(TablesReport { ok: report.ok, tables: report.tables.into_iter().map(table).collect() })
    }

    /// The secret key of all evidence, for public programs that read age files. Whoever has it reads
    /// everything.
    ///
    /// # Errors
    /// When the vault is locked.
    pub fn evidence_identity(&self) -> Result<Secret, ApiError> {
        self.still_open()?;
        let identity = self.vault().blobs().recovery_identity()?;
        Ok(Secret::new(identity.expose_secret().to_owned()))
    }

    /// Works as this member of the team from now on, without remembering it for the next start.
    ///
    /// # Errors
    /// `not_found` when there is no such person.
    pub fn act_as(&self, person: PersonId) -> Result<PersonView, ApiError> {
        let person = people::list::person(self, person)?;
        self.set_me(person.id);
        Ok(person)
    }

    /// Every alert and possible match, whatever its state, newest first.
    ///
    /// # Errors
    /// When the vault is locked or cannot be read.
    pub fn every_alert(&self) -> Result<Vec<AlertRow>, ApiError> {
        let now = self.now();
        let mut rows = self.read(|read| {
            let team = Team::read(read)?;
            let mut rows = Vec::new();
            use AlertView as V;
            for view in [V::Open, V::Possible, V::Snoozed, V::Closed] {
                let mut offset = 0;
                loop {
                    let (total, page) = read.alerts(&AlertsQuery {
                        view,
                        now,
                        text: String::new(),
                        offset,
                        limit: PAGE,
                    })?;
                    rows.extend(page.iter().map(|alert| alerts::shown::row(alert, &team)));
                    offset = offset.saturating_add(PAGE);
                    if u64::from(offset) >= total {
                        break;
                    }
                }
            }
            Ok(rows)
        })?;
        rows.sort_by_key(|row| std::cmp::Reverse((row.raised_at, row.id)));
        Ok(rows)
    }
}
