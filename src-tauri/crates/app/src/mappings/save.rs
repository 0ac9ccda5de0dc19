//! Keeps what the columns of a header mean. Files with it are read from then on, also those that wait in a
//! watched folder.

use super::list::{MappingView, view};
use crate::{ApiError, Open};
use buyerwatch_domain::Refusal;
use buyerwatch_intake::{MappedField, MappedKind, Mapping};
use serde::Deserialize;
use ts_rs::TS;

/// Longest name and channel, in characters.
const TEXT_MAX: usize = 80;

/// What a column holds.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveColumn {
    /// Its place in the header, from 0.
    pub column: u32,
    /// Code of what it holds.
    pub field: String,
}

/// What the columns mean.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveMapping {
    /// What people call such files.
    pub name: String,
    /// The names of all columns as the header is known by, from the preview.
    pub header: Vec<String>,
    /// What those hold that hold something.
    pub columns: Vec<SaveColumn>,
    /// Sales channel of orders where no column names it.
    pub channel: String,
    /// What the rows are: `orders`, `returns`, `claims` or `feedback`; orders when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub kind: Option<String>,
}

pub(crate) fn run(open: &Open, request: SaveMapping) -> Result<MappingView, ApiError> {
    let SaveMapping { name, header, columns, channel, kind } = request;
    let kind = kind.as_deref().map_or(Some(MappedKind::default()), MappedKind::from_code);
    let name = name.trim().to_owned();
    let too_long = |text: &str| text.chars().count() > TEXT_MAX;
    let columns = columns.iter().map(|column| {
        let field = MappedField::ALL.iter().find(|field| field.code() == column.field)?;
        Some((usize::try_from(column.column).ok()?, *field))
    });
    let mut columns: Option<Vec<_>> = columns.collect();
    if let Some(columns) = &mut columns {
        columns.sort_unstable();
    }
    let mapping = columns
        .zip(kind)
        .map(|(columns, kind)| Mapping {
            header,
            columns,
            channel: channel.trim().to_owned(),
            kind,
        })
        .filter(Mapping::is_sound)
        .filter(|mapping| !name.is_empty() && !too_long(&name) && !too_long(&mapping.channel))
        .ok_or_else(|| {
            ApiError::new(
                "unsound_mapping",
                "a mapping needs a name, a column for the order ID and one more, of ratings the \
                 stars, each field once",
            )
        })?;
    let content = serde_json::to_string(&mapping)
        .map_err(|_| ApiError::new("internal", "the mapping cannot be written"))?;
    let fingerprint = fingerprint(&mapping.header);
    open.write_observations(|tx, stamp| {
        tx.save_mapping(&fingerprint, &name, &content, stamp.at)?;
        // Which header they have is not kept: those with another one wait again.
        Ok(tx.retry_folder_files("unknown_columns")?)
    })?;
    let rows = open.read(|read| read.mappings())?;
    let saved = rows.into_iter().find(|row| row.fingerprint == fingerprint);
    Ok(saved.and_then(view).ok_or(Refusal::NotFound("mapping"))?)
}

/// What tells one header from another.
pub(super) fn fingerprint(header: &[String]) -> [u8; 32] {
    let mut hash = blake3::Hasher::new();
    for name in header {
        hash.update(&(name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
    }
    *hash.finalize().as_bytes()
}
