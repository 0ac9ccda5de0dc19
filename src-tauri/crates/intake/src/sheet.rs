//! A workbook of the current office format as delimited text, or the one report in an archive.
//!
//! The parts of a workbook are packed, and what they unpack to is not known before: each is
//! unpacked into nothing first, and refused when it is larger than a report can be. The library
//! makes room for as many shared texts as the file says that it has, so that number is looked at,
//! too.

use crate::held::whole;
use crate::{FileKind, IntakeError};
use calamine::{DataRef, Reader as _, SheetVisible, Xlsx};
use std::io::{Cursor, Read};

/// Most bytes that the parts of a workbook unpack to, all together.
const UNPACKED_MAX: u64 = 96 << 20;
/// Most parts of a workbook.
const PARTS_MAX: usize = 512;
/// Most shared texts: each takes some 24 bytes before the first is read.
const SHARED_MAX: u64 = 1_000_000;
/// Most elements that end among the shared texts; each of those has one of its own and one within.
const SHARED_ENDS_MAX: usize = 3_000_000;
/// Most bytes of the text that a sheet becomes.
const TEXT_MAX: usize = 48 << 20;
/// Columns beyond this hold nothing of a report.
const COLUMNS_MAX: u32 = 512;

/// Spreadsheets keep 15 digits of a number.
const WHOLE_MAX: f64 = 1e15;

/// Bytes of a sheet that tell whether it holds a report, and most sheets that are asked.
const TOLD_BY: usize = 64 << 10;
const ASKED_MAX: usize = 32;

/// The text of one sheet of a workbook.
pub(crate) struct SheetText {
    /// Rows of a line each, with tabs between the values.
    pub(crate) text: Vec<u8>,
    /// The name of the sheet, where the workbook shows more than one.
    pub(crate) name: Option<String>,
}

/// The first sheet that `holds_report` says is one, else the first with content, as text between tabs, a
/// row to a line. Hidden sheets are looked at where nothing else is.
pub(crate) fn to_text(
    reader: &mut dyn Read,
    holds_report: &dyn Fn(&[u8]) -> bool,
) -> Result<SheetText, IntakeError> {
    let bytes = whole(reader)?;
    if let Some(text) = packed(&bytes)? {
        return Ok(SheetText { text, name: None });
    }
    check(&bytes)?;
    let broken = || IntakeError::Archive { kind: FileKind::Zip };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut first = None;
    for shown in [true, false] {
        let names = sheets.iter().filter(|(_, visible)| *visible == shown).map(|(name, _)| name);
        for name in names.take(ASKED_MAX) {
            let head = match sheet(&mut book, name, Some(TOLD_BY)) {
                Ok(head) => head,
                // A sheet of pictures says nothing of the others.
                Err(_) if sheets.len() > 1 => continue,
                Err(error) => return Err(error),
            };
            if head.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if holds_report(&head) {
                return taken(&mut book, name, sheets.len());
            }
            first.get_or_insert(name);
        }
        if first.is_some() {
            break;
        }
    }
    let name = first.ok_or(IntakeError::Empty)?;
    taken(&mut book, name, sheets.len())
}

fn taken(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    sheets: usize,
) -> Result<SheetText, IntakeError> {
    let text = sheet(book, name, None)?;
    Ok(SheetText { text, name: (sheets > 1).then(|| name.to_owned()) })
}

/// The text of a sheet, or as much of it as tells what it is.
fn sheet(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    beginning: Option<usize>,
) -> Result<Vec<u8>, IntakeError> {
    let malformed = || IntakeError::Malformed { kind: FileKind::Zip };
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| malformed())?;
    let mut text = Vec::new();
    let (mut row, mut column) = (0, 0);
    while let Some(cell) = cells.next_cell().map_err(|_| malformed())? {
        let (at_row, at_column) = cell.get_position();
        // Rows go down and columns go right; whatever does not is no sheet that a program wrote.
        if at_row < row || at_column >= COLUMNS_MAX {
            continue;
        }
        if at_row > row {
            // Left-out rows are blank lines, so that a line is the row's number; not by the million.
            let lines = usize::try_from((at_row - row).min(1 << 16)).unwrap_or(1);
            text.resize(text.len() + lines, b'\n');
            (row, column) = (at_row, 0);
        }
        if at_column < column {
            continue;
        }
        let tabs = usize::try_from(at_column - column).unwrap_or(0);
        text.resize(text.len() + tabs, b'\t');
        column = at_column;
        put(&mut text, cell.get_value());
        if beginning.is_some_and(|most| text.len() > most) {
            break;
        }
        if text.len() > TEXT_MAX {
            return Err(IntakeError::TooLarge { limit: TEXT_MAX as u64 });
        }
    }
    text.push(b'\n');
    Ok(text)
}

fn put(text: &mut Vec<u8>, value: &DataRef<'_>) {
    let mut plain = |value: &str| {
        text.extend(value.bytes().map(|byte| if byte < b' ' { b' ' } else { byte }));
    };
    match value {
        DataRef::Empty | DataRef::Error(_) => {}
        DataRef::SharedString(value) => plain(value),
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => {
            plain(value);
        }
        DataRef::Int(number) => plain(&number.to_string()),
        // Numbers of up to 15 digits are whole in it, and are written without an exponent; the rest
        // shows that it is rounded.
        DataRef::Float(number) if number.abs() < WHOLE_MAX => plain(&number.to_string()),
        DataRef::Float(number) => plain(&format!("{number:E}").replace('E', "E+")),
        DataRef::Bool(yes) => plain(if *yes { "true" } else { "false" }),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            plain(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"));
        }
    }
}

/// The one report of delimited text in an archive that is no workbook, as sellers pack what they send on;
/// `None` where there is no such file, or more than one.
fn packed(bytes: &[u8]) -> Result<Option<Vec<u8>>, IntakeError> {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(None) };
    // Of files with one name the library shows the last.
    if zip.len() > PARTS_MAX || entries(bytes) != Some(zip.len()) {
        return Ok(None);
    }
    let mut only = None;
    for index in 0..zip.len() {
        let Ok(entry) = zip.by_index_raw(index) else { return Ok(None) };
        let Ok(name) = entry.name() else { return Ok(None) };
        let name = name.to_ascii_lowercase();
        let file = name.rsplit('/').next().unwrap_or_default();
        // What macOS notes of each file beside it.
        if entry.is_dir() || file.starts_with('.') || name.starts_with("__macosx/") {
            continue;
        }
        let is_text = [".txt", ".tsv", ".csv"].iter().any(|end| file.ends_with(end));
        if !is_text || only.replace(index).is_some() {
            return Ok(None);
        }
    }
    let Some(index) = only else { return Ok(None) };
    let mut text = Vec::new();
    let limit = TEXT_MAX as u64;
    // One under a password is as good as broken.
    let Ok(entry) = zip.by_index(index) else { return Ok(None) };
    // What the archive says of a size is not believed.
    if entry.take(limit + 1).read_to_end(&mut text).is_err() {
        return Ok(None);
    }
    if text.len() as u64 > limit { Err(IntakeError::TooLarge { limit }) } else { Ok(Some(text)) }
}

/// How many files an archive says that it holds, at its end.
fn entries(bytes: &[u8]) -> Option<usize> {
    let end = memchr::memmem::rfind(bytes, b"PK\x05\x06")?;
    let count: [u8; 2] = bytes.get(end + 10..end + 12)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(count)))
}

/// Refuses what unpacks to more than a report is, or promises more than it has.
fn check(bytes: &[u8]) -> Result<(), IntakeError> {
    let broken = || IntakeError::Archive { kind: FileKind::Zip };
    let too_large = || IntakeError::TooLarge { limit: UNPACKED_MAX };
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if zip.len() > PARTS_MAX {
        return Err(too_large());
    }
    let mut left = UNPACKED_MAX;
    let mut workbook = false;
    let mut part = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index(index).map_err(|_| broken())?;
        let name = entry.name().map_err(|_| broken())?.to_ascii_lowercase();
        workbook |= name.ends_with("workbook.xml");
        part.clear();
        // What the archive says of a size is not believed.
        entry.take(left + 1).read_to_end(&mut part).map_err(|_| broken())?;
        left = left.checked_sub(part.len() as u64).ok_or_else(too_large)?;
        // In wide text the number of shared texts would not be seen.
        let wide = part.starts_with(&[0xff, 0xfe]) || part.starts_with(&[0xfe, 0xff]);
        let xml = name.ends_with(".xml") || name.ends_with(".rels");
        if xml && (wide || part.iter().take(256).any(|byte| *byte == 0)) {
            return Err(broken());
        }
        if xml && memchr::memmem::find(&part, b"<!DOCTYPE").is_some() {
            return Err(IntakeError::Entities);
        }
        let ends = || memchr::memmem::find_iter(&part, b"</").count();
        let shared = name.contains("sharedstrings");
        if shared && (promised(&part) > SHARED_MAX || ends() > SHARED_ENDS_MAX) {
            return Err(too_large());
        }
    }
    if workbook { Ok(()) } else { Err(broken()) }
}

/// The largest number of shared texts that the part says it has.
fn promised(part: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount";
    memchr::memmem::find_iter(part, NAME)
        .map(|at| {
            let rest = part.get(at + NAME.len()..).unwrap_or_default();
            let digits = rest
                .iter()
                .skip_while(|byte| {
                    byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'')
                })
                .take_while(|byte| byte.is_ascii_digit());
            digits.fold(0u64, |number, digit| {
                number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
            })
        })
        .max()
        .unwrap_or(0)
}
