//! Lists watched folders with what became of their files.

use crate::{ApiError, Nothing, Open, view::DoorErrorView};
use buyerwatch_domain::Timestamp;
use buyerwatch_vault::{DoorError, FolderFile, FolderRow};
use serde::Serialize;
use ts_rs::TS;

/// Files that are shown of each folder.
const FILES: u32 = 50;

/// A watched folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderView {
    /// Its identity.
    pub id: String,
    /// Where it is.
    pub path: String,
    /// Whether files go to its subfolder `done` after their import.
    pub move_done: bool,
    /// Since when it is watched.
    pub added_at: Timestamp,
    /// When a file of it was imported last.
    pub last_success: Option<Timestamp>,
    /// Code of what is wrong with the folder itself.
    pub error: Option<String>,
    /// Files that were imported.
    pub done: u64,
    /// Files that are there and could not be.
    pub failed: u64,
    /// The files, newest first; at most 50.
    pub files: Vec<FolderFileView>,
    /// What went wrong with it and its files, the newest first; at most 50.
    pub errors: Vec<DoorErrorView>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderFileView {
    /// Its name.
    pub name: String,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// The import.
    pub import_id: Option<String>,
    /// Code of what went wrong.
    pub error: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried again.
    pub next_try: Option<Timestamp>,
    /// When this changed.
    pub changed_at: Timestamp,
}

/// Every watched folder.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Folders {
    /// In the order in which they were added.
    pub items: Vec<FolderView>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Folders, ApiError> {
    let items = open.read(|read| {
        let rows = read.folders()?.into_iter();
        rows.map(|row| {
            let files = read.folder_files(row.id, FILES)?;
            let errors = read.door_errors(row.id.as_bytes())?;
            Ok(view(row, files, errors))
        })
        .collect()
    })?;
    Ok(Folders { items })
}

pub(super) fn view(row: FolderRow, files: Vec<FolderFile>, errors: Vec<DoorError>) -> FolderView {
    FolderView {
        id: row.id.to_string(),
        path: spelt(&row.path),
        move_done: row.move_done,
        added_at: row.added_at,
        last_success: row.last_success,
        error: row.error,
        done: row.done,
        failed: row.failed,
        files: files
            .into_iter()
            .map(|file| FolderFileView {
                name: file.name,
                state: file.state,
                import_id: file.import.map(|import| import.to_string()),
                error: file.error,
                tries: file.tries,
                next_try: file.next_try,
                changed_at: file.changed_at,
            })
            .collect(),
        errors: errors.into_iter().map(DoorErrorView::from).collect(),
    }
}

/// A path as people write it. Windows answers with one that begins with `\\?\` when asked where a path leads
/// ("Maximum Path Length Limitation" and "Naming Files, Paths, and Namespaces" of Microsoft's Win32 documents).
fn spelt(path: &str) -> String {
    let Some(rest) = path.strip_prefix(r"\\?\") else { return path.to_owned() };
    match rest.strip_prefix(r"UNC\") {
        Some(share) => format!(r"\\{share}"),
        None if rest.as_bytes().get(1) == Some(&b':') => rest.to_owned(),
        // A volume without a letter has no other name.
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_people_write_them() {
        for (stored, shown) in [
            (r"\\?\C:\店铺 数据\收件", r"C:\店铺 数据\收件"),
            (r"\\?\UNC\nas\reports", r"\\nas\reports"),
            (
                r"\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\in",
                r"\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\in",
            ),
            (r"\\nas\reports", r"\\nas\reports"),
            ("/home/lin/reports", "/home/lin/reports"),
        ] {
            assert_eq!(spelt(stored), shown);
        }
    }
}
