//! What a source is, told by its beginning.

use crate::error::{FOUND_CHARS, FOUND_MAX};
use crate::format::Recognized;
use crate::reader::{OrderReader, ResumePoint};
use crate::source::{LineEnd, Next, Source};
use crate::{Delimiter, Encoding, IntakeError, Mapping, encoding, junk, layout, split, value};
use buyerwatch_domain::Timestamp;
use std::io::Read;

/// Longest header line, in bytes; and most that may stand before it.
const HEADER_MAX: usize = 64 << 10;

/// Among how many lines the header is looked for. Titles may stand before it; blank lines and
/// `sep=` do not count.
pub(crate) const HEADER_LINES: usize = 12;

/// What is known about a source beside its bytes.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// Go on here instead of at the beginning.
    pub resume: Option<ResumePoint>,
    /// What people said of headers that no format knows.
    pub mappings: Vec<Mapping>,
    /// When it is read: nothing in it happened later.
    pub read_at: Option<Timestamp>,
}

/// Recognises an order report and stands before its first row.
///
/// Reads no more than half a megabyte. With [`Hints::resume`], `reader` must
/// stand at the point's [`offset`](ResumePoint::offset).
///
/// # Errors
///
/// Every [`IntakeError`]: what the source is instead, or that it cannot be read.
pub fn open<R: Read>(reader: R, hints: Hints) -> Result<OrderReader<R>, IntakeError> {
    match hints.resume {
        Some(point) => OrderReader::at(Source::new(reader, point.offset), point, &hints.mappings),
        None => begin(reader, &hints.mappings, hints.read_at),
    }
}

/// Whether text in UTF-8 begins with the header of a report.
pub(crate) fn holds_report(text: &[u8], mappings: &[Mapping]) -> bool {
    let mut source = Source::new(text, 0);
    header(&mut source, Encoding::Utf8, LineEnd::Lf, mappings)
        .is_ok_and(|found| matches!(found.recognized, Recognized::Order(_)))
}

fn begin<R: Read>(
    reader: R,
    mappings: &[Mapping],
    read_at: Option<Timestamp>,
) -> Result<OrderReader<R>, IntakeError> {
    let mut source = Source::new(reader, 0);
    source.fill(HEADER_MAX).map_err(IntakeError::Read)?;
    if source.available().is_empty() {
        return Err(IntakeError::Empty);
    }
    junk::refuse(source.available())?;
    let marked = encoding::marked(source.available());
    source.consume(marked.map_or(0, |(_, mark)| mark));
    let sure = marked.map(|(encoding, _)| encoding);

    let mut prefix = String::new();
    let head = source.available();
    // The names of columns need not be ASCII.
    let names_in = sure.unwrap_or_else(|| {
        crate::mapping::told(head.get(..head.len().min(HEADER_MAX)).unwrap_or(head))
    });
    names_in.decode(head.get(..head.len().min(HEADER_MAX) & !1).unwrap_or(head), &mut prefix);
    let line_end = line_end(&prefix);
    match header(&mut source, names_in, line_end, mappings) {
        Ok(found) => match found.recognized {
            Recognized::Order(_) => {
                let Header { line, delimiter, columns, ref text, .. } = found;
                let offset = source.offset();
                let point = ResumePoint::new(offset, line, sure, line_end, delimiter, columns);
                let mut reader = OrderReader::at(source, point, mappings)?;
                if !reader.names_order() {
                    return Err(IntakeError::NoOrderColumn { found: names_of(text, delimiter).0 });
                }
                // So much has been read whatever the source gives at a time.
                let ahead =
                    HEADER_MAX.saturating_sub(usize::try_from(offset).unwrap_or(usize::MAX));
                reader.look_at_dates(ahead, read_at);
                Ok(reader)
            }
            Recognized::Foreign(format) => Err(IntakeError::NotAnOrderReport { format }),
            Recognized::Unknown => {
                junk::refuse_text(&prefix)?;
                Err(unknown(&found.text, found.delimiter))
            }
        },
        Err(error @ IntakeError::Read(_)) => Err(error),
        // What it is instead says more than that it has no header.
        Err(error) => Err(junk::refuse_text(&prefix).err().unwrap_or(error)),
    }
}

/// What ends the lines, by the end of the first that is not blank.
fn line_end(prefix: &str) -> LineEnd {
    let text = prefix.trim_start();
    let end = text.find(['\r', '\n']).and_then(|at| text.get(at..)).unwrap_or_default();
    let mac = end.starts_with('\r') && !end.trim_start_matches('\r').starts_with('\n');
    if mac { LineEnd::Cr } else { LineEnd::Lf }
}

/// The line with the names of the columns, or the first line when none has them.
struct Header {
    text: String,
    /// Number of the line after it.
    line: u64,
    delimiter: Delimiter,
    columns: Vec<String>,
    recognized: Recognized,
}

/// Looks for the header in the first lines and consumes what stands before it, too: titles, blank
/// lines and `sep=`.
fn header<R: Read>(
    source: &mut Source<R>,
    encoding: Encoding,
    line_end: LineEnd,
    mappings: &[Mapping],
) -> Result<Header, IntakeError> {
    let mut text = String::new();
    let mut line = 1;
    let mut looked_at = 0;
    let mut first = None;
    while looked_at < HEADER_LINES {
        if source.offset() > HEADER_MAX as u64 {
            return first.ok_or(IntakeError::HeaderTooLong);
        }
        let header = match source.line(encoding, line_end, HEADER_MAX).map_err(IntakeError::Read)? {
            Next::Line(header) => header,
            Next::TooLong => return first.ok_or(IntakeError::HeaderTooLong),
            Next::End => break,
        };
        encoding.decode(source.available().get(..header.len).unwrap_or_default(), &mut text);
        source.consume(header.consumed);
        line += 1;
        if is_blank(&text) || is_separator(&text) {
            continue;
        }
        looked_at += 1;
        let (delimiter, columns, recognized) = layout::read(&text, mappings);
        if recognized != Recognized::Unknown {
            return Ok(Header { text, line, delimiter, columns, recognized });
        }
        // Lines after the first may be data, which no error repeats.
        first.get_or_insert_with(|| Header {
            text: std::mem::take(&mut text),
            line,
            delimiter,
            columns,
            recognized,
        });
    }
    first.ok_or(IntakeError::Empty)
}

/// Whether the line tells a spreadsheet what separates values: `sep=;`.
pub(crate) fn is_separator(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\u{feff}'));
    line.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("sep=")) && line.chars().count() <= 5
}

/// The error for a first line that is no known header. A line that holds data is not repeated.
fn unknown(header: &str, delimiter: Delimiter) -> IntakeError {
    let (found, data) = names_of(header, delimiter);
    if data { IntakeError::NoHeader } else { IntakeError::UnknownColumns { found, sheet: None } }
}

/// The first names in a header line as they stand there, and whether it looks like data.
fn names_of(header: &str, delimiter: Delimiter) -> (Vec<String>, bool) {
    let mut found = Vec::new();
    let mut data = false;
    split::each(header, delimiter, |_, cell| {
        let cell = value::tidy(cell);
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        data |= cell.contains('@') || digits > 3 || value::order_id(cell).is_some();
        if found.len() < FOUND_MAX && !cell.is_empty() {
            let printable = cell.chars().filter(|c| !c.is_control() && !is_invisible(*c));
            found.push(printable.take(FOUND_CHARS).collect());
        }
    });
    (found, data)
}

/// Marks that turn or hide text.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

fn is_blank(row: &str) -> bool {
    row.chars().all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'))
}
