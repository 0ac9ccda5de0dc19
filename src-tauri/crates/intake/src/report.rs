//! Any file that holds observations: what it is, told by its first bytes, and its rows.

use crate::held::{self, Held};
use crate::sheet::SheetText;
use crate::{
    Encoding, Hints, IdentityColumns, IntakeError, OrderReader, ReportFormat, ResumePoint,
    RowOutcome, encoding, gzip, json, open, sheet, xml,
};
use buyerwatch_domain::{AfterSale, ObservedOrder};
use std::io::{Chain, Cursor, Read};

/// Bytes that tell what a file is.
const SNIFFED: usize = 4 << 10;

/// A source whose first bytes were looked at.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// Reads the rows of a recognised file of whatever format: delimited text in a stream, and
/// spreadsheets, XML and JSON held in memory, which is bounded.
#[derive(Debug)]
pub struct Report<R>(Inner<R>);

enum Inner<R> {
    Text(Box<OrderReader<Whole<R>>>),
    Sheet(Box<OrderReader<Cursor<Vec<u8>>>>),
    Held(Held),
    Lines(Box<json::Lines<Whole<R>>>),
}

impl<R> std::fmt::Debug for Inner<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text",
            Self::Sheet(_) => "Sheet",
            Self::Held(_) => "Held",
            Self::Lines(_) => "Lines",
        })
    }
}

impl<R: Read> Report<R> {
    /// Recognises a file and stands before its first row.
    ///
    /// With [`Hints::resume`], `reader` must stand at the point's [`offset`](ResumePoint::offset).
    ///
    /// # Errors
    ///
    /// Every [`IntakeError`]: what the source is instead, or that it cannot be read.
    pub fn open(mut reader: R, hints: Hints) -> Result<Self, IntakeError> {
        if hints.resume.is_some() {
            let whole = Cursor::new(Vec::new()).chain(reader);
            return crate::open(whole, hints).map(|text| Self(Inner::Text(Box::new(text))));
        }
        let mut head = Vec::new();
        reader.by_ref().take(SNIFFED as u64).read_to_end(&mut head).map_err(IntakeError::Read)?;
        let packed = gzip::is(&head);
        if packed {
            head = gzip::unpacked(&mut Cursor::new(head).chain(reader.by_ref()))?;
        }
        let kind = Kind::of(head.get(..SNIFFED).unwrap_or(&head));
        let mut whole = Cursor::new(head).chain(reader);
        Ok(Self(match kind {
            // Places in it are none of the file's, so reading does not go on there.
            Kind::Text if packed => {
                let text = std::mem::take(whole.get_mut().0.get_mut());
                Inner::Sheet(Box::new(crate::open(Cursor::new(text), hints)?))
            }
            Kind::Text => Inner::Text(Box::new(crate::open(whole, hints)?)),
            Kind::Zip => {
                let holds_report = |text: &[u8]| open::holds_report(text, &hints.mappings);
                let SheetText { text, name } = sheet::to_text(&mut whole, &holds_report)?;
                let opened = crate::open(Cursor::new(text), hints);
                let mut rows = opened.map_err(|error| error.in_sheet(name))?;
                rows.reads_serials();
                Inner::Sheet(Box::new(rows))
            }
            Kind::Xml => Inner::Held(xml::read(&mut whole)?),
            Kind::Json => {
                let wide = encoding::marked(whole.get_ref().0.get_ref());
                if let Some((encoding, mark)) = wide.filter(|(encoding, _)| encoding.is_wide()) {
                    let bytes = held::whole(&mut whole)?;
                    let mut text = String::new();
                    encoding.decode(bytes.get(mark..).unwrap_or_default(), &mut text);
                    whole = Cursor::new(text.into_bytes()).chain(whole.into_inner().1);
                }
                Inner::Lines(Box::new(json::Lines::open(whole)?))
            }
        }))
    }

    /// Which report it is.
    #[must_use]
    pub fn format(&self) -> ReportFormat {
        match &self.0 {
            Inner::Text(text) => text.format(),
            Inner::Sheet(text) => text.format(),
            Inner::Held(held) => held.format,
            Inner::Lines(_) => ReportFormat::SpApiOrders,
        }
    }

    /// How its text is encoded, as far as is known.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        match &self.0 {
            Inner::Text(text) => text.encoding(),
            Inner::Sheet(text) => text.encoding(),
            Inner::Lines(_) => Encoding::Utf8,
            Inner::Held(held) => held.encoding,
        }
    }

    /// Identity that its columns can carry.
    #[must_use]
    pub fn columns(&self) -> IdentityColumns {
        const ALL: IdentityColumns = IdentityColumns {
            name: true,
            alias: true,
            phone: true,
            address: true,
            buyer_id: false,
        };
        match &self.0 {
            Inner::Text(text) => text.columns(),
            Inner::Sheet(text) => text.columns(),
            Inner::Held(_) | Inner::Lines(_) => ALL,
        }
    }

    /// Where reading can go on; `None` for what has to be read from its beginning.
    #[must_use]
    pub fn position(&self) -> Option<ResumePoint> {
        match &self.0 {
            Inner::Text(text) => Some(text.position()),
            Inner::Sheet(_) | Inner::Held(_) | Inner::Lines(_) => None,
        }
    }

    /// Bytes of the file that are done with, for progress.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        match &self.0 {
            Inner::Text(text) => text.bytes_read(),
            Inner::Sheet(text) => text.bytes_read(),
            Inner::Held(held) => held.bytes,
            Inner::Lines(lines) => lines.bytes_read(),
        }
    }

    /// Reads the next row: an order into `row`, whose allocations are used again; returns, claims
    /// and ratings onto `after`. `None` at the end.
    ///
    /// # Errors
    ///
    /// [`IntakeError::Read`] when the source fails.
    pub fn next(
        &mut self,
        row: &mut ObservedOrder,
        after: &mut Vec<AfterSale>,
    ) -> Result<Option<RowOutcome>, IntakeError> {
        match &mut self.0 {
            Inner::Text(text) => text.next_of(row, after),
            Inner::Sheet(text) => text.next_of(row, after),
            Inner::Held(held) => Ok(held.next(row, after)),
            Inner::Lines(lines) => lines.next(row),
        }
    }
}

enum Kind {
    Text,
    Zip,
    Xml,
    Json,
}

impl Kind {
    fn of(head: &[u8]) -> Self {
        if head.starts_with(b"PK\x03\x04") {
            return Self::Zip;
        }
        let (encoding, mark) = encoding::marked(head).unwrap_or((Encoding::Utf8, 0));
        let mut text = String::new();
        let even = head.len() & !1;
        encoding.decode(
            head.get(mark..even.max(mark)).filter(|_| even > mark).unwrap_or(head),
            &mut text,
        );
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let page = || text.to_ascii_lowercase().contains("<html") || html(text);
        match text.chars().next() {
            Some('<') if !page() => Self::Xml,
            Some('{' | '[') => Self::Json,
            _ => Self::Text,
        }
    }
}

fn html(text: &str) -> bool {
    ["<!doctype html", "<head", "<body", "<script", "<meta"]
        .iter()
        .any(|tag| text.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag)))
}
