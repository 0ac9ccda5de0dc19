//! Looking for secrets where none may be: in every file below a folder, in every likely encoding.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memmem::Finder;
use notify::{RecursiveMode, Watcher as _};

/// A secret that was found on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The file.
    pub file: PathBuf,
    /// The secret.
    pub canary: String,
    /// How it was written there.
    pub form: &'static str,
}

/// Every place below `folder` where one of `canaries` is readable as UTF-8, UTF-16 or base64, or is
/// part of a file's name. Letters match in either case.
pub fn leaks(folder: &Path, canaries: &[String]) -> Vec<Leak> {
    files(folder).iter().flat_map(|file| leaks_in(folder, file, canaries)).collect()
}

fn leaks_in(folder: &Path, file: &Path, canaries: &[String]) -> Vec<Leak> {
    let mut leaks = Vec::new();
    let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().to_lowercase();
    let leak = |canary: &str, form| Leak { file: file.to_owned(), canary: canary.into(), form };
    for canary in canaries.iter().filter(|canary| name.contains(&canary.to_lowercase())) {
        leaks.push(leak(canary, "file name"));
    }
    // A file may vanish between listing and reading, as journals of databases do.
    let Ok(exact) = fs::read(file) else { return leaks };
    let lower = exact.to_ascii_lowercase();
    for (canary, form, any_case, finder) in canaries.iter().flat_map(|canary| forms(canary)) {
        let hay = if any_case { &lower } else { &exact };
        if finder.find(hay).is_some() {
            leaks.push(leak(canary, form));
        }
    }
    leaks
}

/// Looks at every file below some folders whenever somebody writes to it, so that what is gone again
/// before the end is seen, too.
#[derive(Debug)]
pub struct Watch {
    _watcher: notify::RecommendedWatcher,
    folders: Vec<PathBuf>,
    canaries: Vec<String>,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    files: BTreeSet<PathBuf>,
    leaks: Vec<Leak>,
}

impl Watch {
    /// Starts to watch.
    pub fn over(folders: &[&Path], canaries: &[String]) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let folders: Vec<PathBuf> = folders.iter().map(|folder| (*folder).to_owned()).collect();
        let (noted, of, within) = (Arc::clone(&seen), canaries.to_vec(), folders.clone());
        let handle = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if event.kind.is_access() && !event.kind.is_modify() {
                return;
            }
            for path in event.paths {
                let Some(folder) = within.iter().find(|folder| path.starts_with(folder)) else {
                    continue;
                };
                let leaks = leaks_in(folder, &path, &of);
                let mut seen = noted.lock().unwrap_or_else(PoisonError::into_inner);
                seen.files.insert(path);
                seen.leaks.extend(leaks);
            }
        };
        let mut watcher = notify::recommended_watcher(handle).expect("the system watches folders");
        for folder in &folders {
            watcher.watch(folder, RecursiveMode::Recursive).expect("the folder can be watched");
        }
        Self { _watcher: watcher, folders, canaries: canaries.to_vec(), seen }
    }

    /// What was readable at any time, or is now.
    pub fn end(self) -> Vec<Leak> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(!seen.files.is_empty(), "nothing was written, or nothing was watched");
        let mut found = std::mem::take(&mut seen.leaks);
        found.extend(self.folders.iter().flat_map(|folder| leaks(folder, &self.canaries)));
        found
    }
}

type Form<'a> = (&'a str, &'static str, bool, Finder<'static>);

fn forms(canary: &str) -> Vec<Form<'_>> {
    let lower = canary.to_lowercase();
    let utf16 = |order: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    };
    let finder = |bytes: &[u8]| Finder::new(bytes).into_owned();
    let mut forms = vec![
        (canary, "UTF-8", true, finder(lower.as_bytes())),
        (canary, "UTF-16 LE", true, finder(&utf16(u16::to_le_bytes, &lower))),
        (canary, "UTF-16 BE", true, finder(&utf16(u16::to_be_bytes, &lower))),
    ];
    for bytes in [canary.as_bytes(), lower.as_bytes()] {
        for letters in (0..3).map(|skip| base64_middle(bytes, skip)) {
            // Fewer letters turn up in encrypted data by chance.
            if letters.len() >= 8 {
                forms.push((canary, "base64", false, finder(&letters)));
            }
        }
    }
    forms
}

/// The letters of base64 that do not depend on what stands before and after: text that is encoded
/// as part of something longer begins at one of three places in a group of three bytes.
fn base64_middle(bytes: &[u8], skip: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes[skip..]
        .chunks_exact(3)
        .flat_map(|group| {
            let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
            [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift) as usize & 63])
        })
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => files(&entry.path()),
            Ok(kind) if kind.is_file() => vec![entry.path()],
            _ => Vec::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_form() {
        let folder = tempfile::tempdir().unwrap();
        let canary = "Marigold-Canary-07".to_owned();
        let utf16: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(folder.path().join("1"), format!("..{}..", canary.to_uppercase())).unwrap();
        fs::write(folder.path().join("2"), utf16).unwrap();
        // "xMarigold-Canary-07y" in base64, by a public tool.
        fs::write(folder.path().join("3"), "eE1hcmlnb2xkLUNhbmFyeS0wN3k=").unwrap();
        fs::write(folder.path().join("4"), "nothing").unwrap();
        fs::write(folder.path().join("5-marigold-canary-07.txt"), "").unwrap();
        let mut found: Vec<_> = leaks(folder.path(), &[canary]).iter().map(|l| l.form).collect();
        found.sort_unstable();
        assert_eq!(found, ["UTF-16 LE", "UTF-8", "base64", "file name"]);
    }

    #[test]
    fn what_is_gone_before_the_end_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("cache")).unwrap();
        let canary = "Marigold-Canary-08".to_owned();
        let watch = Watch::over(&[folder.path()], std::slice::from_ref(&canary));
        let file = folder.path().join("cache/short-lived");
        fs::write(&file, &canary).unwrap();
        let found = |watch: &Watch| watch.seen.lock().unwrap().leaks.len();
        for _ in 0..200 {
            if found(&watch) > 0 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        fs::remove_file(&file).unwrap();
        assert!(watch.end().iter().any(|leak| leak.form == "UTF-8" && leak.file == file));
    }
}
