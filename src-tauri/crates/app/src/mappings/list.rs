//! Lists saved mappings.

use crate::{ApiError, Nothing, Open};
use buyerwatch_domain::Timestamp;
use buyerwatch_intake::Mapping;
use buyerwatch_vault::MappingRow;
use serde::Serialize;
use std::fmt::Write as _;
use ts_rs::TS;

/// A saved mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MappingView {
    /// Its identity: 64 hexadecimal digits of its header.
    pub id: String,
    /// What people call such files.
    pub name: String,
    /// What its rows are: `orders`, `returns`, `claims` or `feedback`.
    pub kind: String,
    /// Sales channel of orders where no column names it.
    pub channel: String,
    /// The columns that hold something: their name, and the code of what they hold.
    pub columns: Vec<(String, String)>,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// Every mapping.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Mappings {
    /// Newest first.
    pub items: Vec<MappingView>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Mappings, ApiError> {
    let rows = open.read(|read| read.mappings())?;
    Ok(Mappings { items: rows.into_iter().filter_map(view).collect() })
}

/// The mappings by which files are read.
pub(crate) fn known(open: &Open) -> Result<Vec<Mapping>, ApiError> {
    let rows = open.read(|read| read.mappings())?;
    // One that another version wrote otherwise is passed over; its files are refused as before.
    Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.content).ok()).collect())
}

pub(super) fn view(row: MappingRow) -> Option<MappingView> {
    let mapping: Mapping = serde_json::from_str(&row.content).ok()?;
    let columns = mapping.columns.iter().filter_map(|(column, field)| {
        mapping.header.get(*column).map(|name| (name.clone(), field.code().to_owned()))
    });
    let id = row.fingerprint.iter().fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    });
    Some(MappingView {
        id,
        name: row.name,
        columns: columns.collect(),
        channel: mapping.channel,
        kind: mapping.kind.code().to_owned(),
        saved_at: row.saved_at,
    })
}
