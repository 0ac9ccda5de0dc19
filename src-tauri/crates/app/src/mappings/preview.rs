//! Shows how a file begins and what its columns may hold.

use crate::{ApiError, Open, exhibits::unreadable};
use buyerwatch_intake::MappedKind;
use serde::{Deserialize, Serialize};
use std::{fs::File, path::Path};
use ts_rs::TS;

/// Which file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewMapping {
    /// The file, as dropped or picked.
    pub handle: String,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PreviewColumn {
    /// Its name as it stands there.
    pub name: String,
    /// Its name as the header is known by.
    pub normal: String,
    /// Code of what it may hold: one of `fields`.
    pub guess: Option<String>,
}

/// The beginning of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MappingPreview {
    /// The columns.
    pub columns: Vec<PreviewColumn>,
    /// The first rows; values are cut.
    pub rows: Vec<Vec<String>>,
    /// Codes of everything that a column can hold if the rows are orders.
    pub fields: Vec<String>,
    /// The same for everything that the rows can be, orders first.
    pub kinds: Vec<PreviewKind>,
}

/// What the rows may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PreviewKind {
    /// `orders`, `returns`, `claims` or `feedback`.
    pub kind: String,
    /// Codes of everything that a column can hold then.
    pub fields: Vec<String>,
    /// What each column may hold then: one of `fields`.
    pub guesses: Vec<Option<String>>,
}

pub(crate) fn run(open: &Open, request: PreviewMapping) -> Result<MappingPreview, ApiError> {
    let path = open.desk().files().path(&request.handle)?;
    open.preview_mapping(&path)
}

impl Open {
    /// As the use case, of a file that the command line names.
    ///
    /// # Errors
    /// When the file cannot be read or has no columns.
    pub fn preview_mapping(&self, path: &Path) -> Result<MappingPreview, ApiError> {
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let found = buyerwatch_intake::preview(file)?;
        let kinds = MappedKind::ALL.into_iter().map(|kind| PreviewKind {
            kind: kind.code().to_owned(),
            fields: kind.fields().map(|field| field.code().to_owned()).collect(),
            guesses: found
                .guesses_of(kind)
                .into_iter()
                .map(|guess| guess.map(|field| field.code().to_owned()))
                .collect(),
        });
        let kinds = kinds.collect();
        let guesses = found.guesses.into_iter();
        let columns = found.names.into_iter().zip(found.header).zip(guesses);
        Ok(MappingPreview {
            columns: columns
                .map(|((name, normal), guess)| PreviewColumn {
                    name,
                    normal,
                    guess: guess.map(|field| field.code().to_owned()),
                })
                .collect(),
            rows: found.rows,
            fields: MappedKind::Orders.fields().map(|field| field.code().to_owned()).collect(),
            kinds,
        })
    }
}
