//! Files under a handle: the window names them without knowing where they lie.

use crate::{ApiError, NoEntropy};
use serde::Serialize;
use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use ts_rs::TS;

/// A file that was dropped or picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FileHandle {
    /// Names the file in later requests, as long as the program runs.
    pub handle: String,
    /// Name of the file, without its folder.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// More files than a person drops in a day; the oldest are forgotten first.
const ROOM: usize = 10_000;

/// Every file with a handle. A handle is random, so that the window can name only what a person
/// gave it.
#[derive(Debug, Default)]
pub struct FileShelf {
    files: Mutex<VecDeque<Shelved>>,
}

#[derive(Debug)]
struct Shelved {
    handle: String,
    path: PathBuf,
    since: Instant,
}

/// A file that has lain longer was not just handed over.
const JUST: Duration = Duration::from_secs(5);

impl FileShelf {
    /// Puts a file on the shelf. Whether it can be read is found out when it is used.
    pub(crate) fn put(
        &self,
        path: PathBuf,
        random: impl FnOnce(&mut [u8]) -> Result<(), NoEntropy>,
    ) -> Result<FileHandle, ApiError> {
        let mut drawn = [0; 16];
        random(&mut drawn)?;
        let handle = format!("{:032x}", u128::from_be_bytes(drawn));
        let name = file_name(&path);
        let bytes = std::fs::metadata(&path).map_or(0, |meta| meta.len());
        let mut files = self.lock();
        if files.len() >= ROOM {
            files.pop_front();
        }
        files.push_back(Shelved { handle: handle.clone(), path, since: Instant::now() });
        Ok(FileHandle { handle, name, bytes })
    }

    /// Where the file lies.
    ///
    /// # Errors
    /// `unknown_file` when the handle names none.
    pub fn path(&self, handle: &str) -> Result<PathBuf, ApiError> {
        self.handed_over(handle).map(|(path, _)| path)
    }

    /// Where the file lies, and since when it waits to be used: since it was dropped or picked, if
    /// that was a moment ago, else from now.
    pub(crate) fn handed_over(&self, handle: &str) -> Result<(PathBuf, Instant), ApiError> {
        let files = self.lock();
        let found = files.iter().rev().find(|shelved| shelved.handle == handle);
        let since = |at: Instant| if at.elapsed() <= JUST { at } else { Instant::now() };
        found.map(|shelved| (shelved.path.clone(), since(shelved.since))).ok_or_else(|| {
            ApiError::new("unknown_file", "the program no longer knows this file; add it again")
        })
    }

    /// Forgets every file.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Shelved>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Characters of a name that are kept: as many as a file system gives to one, so that nothing is
/// lost of a name that a file can have, and as many as a record takes.
const NAME: usize = 255;

/// The last part of a path, without what could mislead an eye: control characters and marks that
/// turn text around. What is longer than any file's name loses its middle: what a file is stands
/// at its end.
pub(crate) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let misleading = |c: &char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = name.chars().filter(|c| !misleading(c)).collect();
    let clean = middle_cut(clean);
    if clean.trim().is_empty() { "file".to_owned() } else { clean }
}

fn middle_cut(name: String) -> String {
    const END: usize = 40;
    let length = name.chars().count();
    if length <= NAME {
        return name;
    }
    let start = name.chars().take(NAME - END - 1);
    start.chain(['…']).chain(name.chars().skip(length - END)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(shelf: &FileShelf, path: &str, seed: u8) -> FileHandle {
        shelf
            .put(PathBuf::from(path), |bytes| {
                bytes.fill(seed);
                Ok(())
            })
            .unwrap()
    }

    #[test]
    fn a_handle_leads_back_to_its_file_and_shows_no_folder() {
        let shelf = FileShelf::default();
        let one = put(&shelf, "/somewhere/deep/report.txt", 1);
        let two = put(&shelf, "/elsewhere/other.txt", 2);
        assert_eq!(one.name, "report.txt");
        assert_eq!(shelf.path(&one.handle).unwrap(), PathBuf::from("/somewhere/deep/report.txt"));
        assert_eq!(shelf.path(&two.handle).unwrap(), PathBuf::from("/elsewhere/other.txt"));
        assert_eq!(shelf.path("/etc/passwd").unwrap_err().code, "unknown_file");
        shelf.clear();
        assert_eq!(shelf.path(&one.handle).unwrap_err().code, "unknown_file");
    }

    #[test]
    fn names_cannot_mislead() {
        assert_eq!(file_name(Path::new("/x/invoice\u{202e}txt.exe")), "invoicetxt.exe");
        assert_eq!(file_name(Path::new("/x/a\nb")), "ab");
        assert_eq!(file_name(Path::new("/x/a\u{61c}b")), "ab");
        assert_eq!(file_name(Path::new("/")), "file");
    }

    #[test]
    fn a_long_name_keeps_its_end() {
        let whole = format!("{} 305-1234567-7654321.png", "x".repeat(231));
        assert_eq!(whole.len(), NAME);
        assert_eq!(file_name(Path::new(&whole)), whole);
        let longer = file_name(Path::new(&format!("{}{whole}", "打".repeat(100))));
        assert_eq!(longer.chars().count(), NAME);
        assert!(longer.ends_with(" 305-1234567-7654321.png"), "{longer}");
    }
}
