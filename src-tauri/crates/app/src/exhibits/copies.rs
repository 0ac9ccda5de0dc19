//! Copies of evidence outside the vault: names that no system takes for something else, bytes that
//! are compared on the way, tables that no spreadsheet takes for a program.

use crate::{ApiError, Desk, Open};
use buyerwatch_domain::Exhibit;
use buyerwatch_vault::{BlobError, VaultError};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Write as _},
    path::Path,
};

/// Bytes of a name that every file system takes, with room for a number.
const NAME: usize = 180;
/// Read at a time.
const CHUNK: usize = 1 << 20;

pub(super) fn exists() -> ApiError {
    ApiError::new("export_exists", "there is a file of that name already; choose an empty folder")
}

/// Makes the folder ready; answers whether it is new. `empty` asks for one with nothing in it.
pub(super) fn ready(desk: &Desk, folder: &Path, empty: bool) -> Result<bool, ApiError> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let new = !folder.exists();
    if new {
        fs::create_dir_all(folder).map_err(VaultError::from)?;
    }
    let data = fs::canonicalize(desk.data_dir());
    let inside = fs::canonicalize(folder)
        .is_ok_and(|folder| data.is_ok_and(|data| folder.starts_with(data)));
    if inside {
        if new {
            let _ = fs::remove_dir(folder);
        }
        return Err(ApiError::new(
            "export_inside_data_folder",
            "copies must not lie in the data folder; choose another one",
        ));
    }
    if empty && !new && fs::read_dir(folder).map_err(VaultError::from)?.next().is_some() {
        return Err(exists());
    }
    Ok(new)
}

fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn unwritten(error: std::io::Error) -> ApiError {
    if error.kind() == std::io::ErrorKind::AlreadyExists {
        return exists();
    }
    VaultError::from(error).into()
}

/// Writes a small file that is not there yet.
pub(super) fn put(path: &Path, content: &[u8]) -> Result<(), ApiError> {
    let mut file = private(path).map_err(unwritten)?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(unwritten)
}

/// Writes the original bytes of an exhibit; refuses when they are not those that were taken in.
pub(super) fn write(open: &Open, of: &Exhibit, path: &Path) -> Result<(), ApiError> {
    let mut reader = open.vault().blobs().open(of.blob)?;
    let mut file = private(path).map_err(unwritten)?;
    let mut hash = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        open.still_open()?;
        let read = match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(BlobError::from(error).into()),
        };
        let part = chunk.get(..read).unwrap_or_default();
        hash.update(part);
        file.write_all(part).map_err(unwritten)?;
    }
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if digest != of.sha256 {
        return Err(ApiError::new(
            "evidence_damaged",
            "the stored file is not what was taken in; restore it from a backup",
        ));
    }
    file.sync_all().map_err(unwritten)
}

/// Makes sure that new names survive a power cut, where that can be done.
pub(super) fn sync(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// A name that Windows, macOS and Linux take as the name of a plain file, and that no other file
/// here has. `taken` holds names in lower case.
pub(super) fn safe_name(name: &str, taken: &mut Vec<String>) -> String {
    let clean: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .collect();
    let clean = clean.trim().trim_end_matches(['.', ' ']);
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 16 => {
            (stem, format!(".{extension}"))
        }
        _ => (clean, String::new()),
    };
    let mut stem = cut(stem, NAME - extension.len()).trim_end().to_owned();
    let device = stem.split('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    if stem.is_empty() || stem.starts_with(['.', '-', '~']) || is_device(&device) {
        stem.insert(0, '_');
    }
    let mut candidate = format!("{stem}{extension}");
    let mut number = 2;
    while taken.contains(&candidate.to_lowercase()) {
        candidate = format!("{stem} ({number}){extension}");
        number += 1;
    }
    taken.push(candidate.to_lowercase());
    candidate
}

/// Names that Windows takes for devices, whatever follows the dot.
fn is_device(name: &str) -> bool {
    matches!(name, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || name.strip_prefix("COM").or_else(|| name.strip_prefix("LPT")).is_some_and(|rest| {
            matches!(
                rest,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
}

/// The longest beginning of whole characters within so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// A row of comma-separated values. A cell that a spreadsheet would run as a formula is marked as
/// text with an apostrophe.
pub(super) fn row<const N: usize>(cells: [String; N]) -> String {
    let cells = cells.map(|cell| {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let marked = if formula { format!("'{cell}") } else { cell };
        if marked.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", marked.replace('"', "\"\""))
        } else {
            marked
        }
    });
    format!("{}\r\n", cells.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_every_system_and_differ() {
        let mut taken = vec!["custody.csv".to_owned()];
        let mut safe = |name: &str| safe_name(name, &mut taken);
        for (name, expected) in [
            ("a.png", "a.png"),
            ("A.PNG", "A (2).PNG"),
            ("a.png", "a (3).png"),
            ("../../etc/passwd", "_.._.._etc_passwd"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("com1.tar.gz", "_com1.tar.gz"),
            ("custody.csv", "custody (2).csv"),
            ("-rf", "_-rf"),
            ("x\u{0}y\nz", "x_y_z"),
            ("trailing. . ", "trailing"),
            ("...", "_"),
        ] {
            assert_eq!(safe(name), expected, "{name}");
        }
        let long = safe(&format!("{}.mp4", "打".repeat(300)));
        assert!(long.len() <= NAME && long.ends_with(".mp4"), "{long}");
    }

    #[test]
    fn no_cell_is_a_formula() {
        let cells = ["=1+1", "a,\"b\"", "-x", "ok"].map(str::to_owned);
        assert_eq!(row(cells), "'=1+1,\"a,\"\"b\"\"\",'-x,ok\r\n");
    }
}
