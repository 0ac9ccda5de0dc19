//! Copies of evidence outside the vault: names that no system takes for something else, bytes that
//! are compared on the way, tables that no spreadsheet takes for a program.

use super::unfinished::Unfinished;
use crate::{ApiError, Desk, Open, desk::Stopped};
use buyerwatch_domain::Exhibit;
use buyerwatch_vault::{BlobError, VaultError};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io::{Read as _, Write as _},
    path::Path,
};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// Bytes of a name that every file system takes, with room for a number.
const NAME: usize = 180;
/// Read at a time.
const CHUNK: usize = 1 << 20;

/// The folder that copies go to has something in it already.
pub(super) fn occupied() -> ApiError {
    ApiError::new("export_exists", "there are files in that folder already; choose an empty folder")
}

/// The name that a single copy is to have is taken.
pub(super) fn name_taken() -> ApiError {
    ApiError::new("export_name_taken", "there is a file of that name already; choose another name")
}

/// Makes the folder ready. `empty` asks for one with nothing in it.
pub(super) fn ready(
    desk: &Desk,
    made: &mut Unfinished,
    folder: &Path,
    empty: bool,
) -> Result<(), ApiError> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    made.folder(folder)?;
    outside(desk, folder)?;
    if empty && fs::read_dir(folder).map_err(VaultError::from)?.next().is_some() {
        return Err(occupied());
    }
    Ok(())
}

/// Refuses a folder that lies in the data folder.
pub(super) fn outside(desk: &Desk, folder: &Path) -> Result<(), ApiError> {
    let data = fs::canonicalize(desk.data_dir());
    let inside = fs::canonicalize(folder)
        .is_ok_and(|folder| data.is_ok_and(|data| folder.starts_with(data)));
    if !inside {
        return Ok(());
    }
    Err(ApiError::new(
        "export_inside_data_folder",
        "copies must not lie in the data folder; choose another one",
    ))
}

fn unwritten(error: std::io::Error) -> ApiError {
    VaultError::from(error).into()
}

/// Writes a small file.
pub(super) fn put(mut file: File, content: &[u8]) -> Result<(), ApiError> {
    file.write_all(content).and_then(|()| file.sync_all()).map_err(unwritten)
}

/// Writes the original bytes of an exhibit; refuses when they are not those that were taken in. `wrote`
/// hears of each part how long it is, and answers whether to go on.
pub(super) fn write(
    open: &Open,
    of: &Exhibit,
    mut file: File,
    wrote: &mut dyn FnMut(u64) -> bool,
) -> Result<(), Stopped> {
    let mut reader = open.vault().blobs().open(of.blob).map_err(ApiError::from)?;
    let mut hash = Sha256::new();
    let mut chunk = Zeroizing::new(vec![0; CHUNK]);
    loop {
        open.still_open()?;
        let read = match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(ApiError::from(BlobError::from(error)).into()),
        };
        let part = chunk.get(..read).unwrap_or_default();
        hash.update(part);
        file.write_all(part).map_err(unwritten)?;
        if !wrote(u64::try_from(read).unwrap_or(0)) {
            return Err(Stopped::Cancelled);
        }
    }
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if digest != of.sha256 {
        return Err(ApiError::new(
            "evidence_damaged",
            "the stored file is not what was taken in; restore it from a backup",
        )
        .into());
    }
    Ok(file.sync_all().map_err(unwritten)?)
}

/// A line of a list of hashes, as `sha256sum -c` reads it: a name that would break the line is
/// escaped, and the line says so by its first character.
pub(super) fn sum(sha256: &str, name: &str) -> String {
    let escaped = name.replace('\\', r"\\").replace('\n', r"\n").replace('\r', r"\r");
    let mark = if escaped == name { "" } else { r"\" };
    format!("{mark}{sha256}  {escaped}\n")
}

/// The names of the files in one folder. Two that only some systems tell apart, by case or by how
/// an accent is encoded, count as equal.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// The number that the next file of a name gets.
    next: HashMap<String, u32>,
}

impl Names {
    /// Names that are taken from the start.
    pub(super) fn with(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|name| folded(name)).collect(), next: HashMap::new() }
    }

    /// A name that Windows, macOS and Linux take as the name of a plain file, and that no other
    /// file here has.
    pub(super) fn safe(&mut self, name: &str) -> String {
        let (stem, extension) = safe(name);
        let plain = format!("{stem}{extension}");
        let key = folded(&plain);
        if self.taken.insert(key.clone()) {
            return plain;
        }
        let number = self.next.entry(key).or_insert(2);
        loop {
            let candidate = format!("{stem} ({number}){extension}");
            *number += 1;
            if self.taken.insert(folded(&candidate)) {
                return candidate;
            }
        }
    }
}

/// What names that a file system may take for one have in common.
fn folded(name: &str) -> String {
    let folded = name.nfkd().collect::<String>().to_uppercase().to_lowercase();
    folded.nfkd().collect()
}

/// A name that every system takes as the name of a plain file, before its extension and from there.
fn safe(name: &str) -> (String, String) {
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
    (stem, extension)
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
        let mut names = Names::with(&["custody.csv"]);
        let mut safe = |name: &str| names.safe(name);
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
            // The same accent, encoded in two ways.
            ("r\u{fc}ck.txt", "r\u{fc}ck.txt"),
            ("ru\u{308}ck.txt", "ru\u{308}ck (2).txt"),
            ("STRASSE", "STRASSE"),
            ("straße", "straße (2)"),
            // A number that a file brought along.
            ("b (2).txt", "b (2).txt"),
            ("b.txt", "b.txt"),
            ("b.txt", "b (3).txt"),
        ] {
            assert_eq!(safe(name), expected, "{name}");
        }
        let long = safe(&format!("{}.mp4", "打".repeat(300)));
        assert!(long.len() <= NAME && long.ends_with(".mp4"), "{long}");
    }

    // Takes minutes when each name is held against every one before it.
    #[test]
    fn many_equal_names_are_told_apart_at_once() {
        let mut names = Names::default();
        let last = (0..20_000).map(|_| names.safe("photo.jpg")).last();
        assert_eq!(last.as_deref(), Some("photo (20000).jpg"));
    }

    #[test]
    fn no_name_breaks_a_line_of_hashes() {
        assert_eq!(sum("ab", "a b.txt"), "ab  a b.txt\n");
        assert_eq!(sum("ab", "a\nb\\c\r"), "\\ab  a\\nb\\\\c\\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        let cells = ["=1+1", "a,\"b\"", "-x", "ok"].map(str::to_owned);
        assert_eq!(row(cells), "'=1+1,\"a,\"\"b\"\"\",'-x,ok\r\n");
    }
}
