//! A report of delimited text, row by row.

use crate::decide::{AHEAD, Decision, Origin, Sight};
use crate::format::{Recognized, recognize};
use crate::layout::{self, Field, Layout};
use crate::order::{self, Cells};
use crate::source::{LineEnd, Next, Source};
use crate::{
    Delimiter, Encoding, IdentityColumns, IntakeError, Mapping, ReportFormat, aftersale, value,
};
use buyerwatch_domain::{AfterSale, ObservedOrder, OrderStatus, SkipReason, Timestamp};
use serde::{Deserialize, Serialize};
use std::io::Read;

/// Where reading stands, so that it can go on there without reading the file again.
///
/// It belongs to one version of one file, and to the version of the program that wrote it. It
/// holds no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumePoint {
    /// Bytes of the file before the next row. The reader given to [`open`](crate::open) must stand there.
    pub offset: u64,
    /// Number of the next line, from 1.
    pub line: u64,
    version: u8,
    blanks: u64,
    encoding: Option<Encoding>,
    weighed: u32,
    line_end: LineEnd,
    delimiter: Delimiter,
    columns: Vec<String>,
    #[serde(default)]
    day_first: bool,
}

/// The meaning of a [`ResumePoint`]'s other fields.
const RESUME_VERSION: u8 = 1;

impl ResumePoint {
    pub(crate) const fn new(
        offset: u64,
        line: u64,
        encoding: Option<Encoding>,
        line_end: LineEnd,
        delimiter: Delimiter,
        columns: Vec<String>,
    ) -> Self {
        let version = RESUME_VERSION;
        Self {
            offset,
            line,
            version,
            blanks: 0,
            encoding,
            weighed: 0,
            line_end,
            delimiter,
            columns,
            day_first: false,
        }
    }
}

/// What a row became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowOutcome {
    /// An order stands in the row that was given.
    Order {
        /// Number of its first line, from 1, which is the header's in most files.
        line: u64,
    },
    /// The row holds returns, claims or ratings, which were added to the list that was given.
    AfterSale {
        /// Number of its first line.
        line: u64,
    },
    /// The row was not taken.
    Skipped {
        /// Number of its first line.
        line: u64,
        /// Why.
        reason: SkipReason,
    },
}

/// Reads the rows of a recognised report. Memory stays flat whatever the size of the source.
pub struct OrderReader<R> {
    source: Source<R>,
    layout: Layout,
    delimiter: Delimiter,
    line_end: LineEnd,
    decision: Decision,
    text: String,
    /// The order before, for channels that write its fields on its first line alone.
    before: ObservedOrder,
    line: u64,
    /// Blank lines passed and not reported.
    blanks: u64,
    /// A row follows them, so that they are rows and not the end of the file.
    blanks_count: bool,
}

impl<R> std::fmt::Debug for OrderReader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OrderReader")
            .field("format", &self.layout.format)
            .field("encoding", &self.decision.encoding)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl<R: Read> OrderReader<R> {
    /// Goes on at `point`, where `source` stands.
    pub(crate) fn at(
        source: Source<R>,
        point: ResumePoint,
        mappings: &[Mapping],
    ) -> Result<Self, IntakeError> {
        let mut layout = match Layout::mapped(&point.columns, mappings) {
            Some(layout) => layout,
            None => match recognize(&point.columns) {
                Recognized::Order(format) => Layout::new(format, point.columns),
                _ => return Err(IntakeError::StaleResumePoint),
            },
        };
        if point.version != RESUME_VERSION {
            return Err(IntakeError::StaleResumePoint);
        }
        layout.day_first = point.day_first;
        Ok(Self {
            source,
            layout,
            delimiter: point.delimiter,
            line_end: point.line_end,
            decision: Decision { encoding: point.encoding, weighed: point.weighed },
            text: String::new(),
            before: ObservedOrder::default(),
            line: point.line,
            blanks: point.blanks,
            blanks_count: point.blanks > 0,
        })
    }

    /// Looks for the order of day and month among the next `len` bytes, which have been read from
    /// the source at `read_at`.
    pub(crate) fn look_at_dates(&mut self, len: usize, read_at: Option<Timestamp>) {
        let ahead = self.source.available();
        let ahead = ahead.get(..len.min(ahead.len())).unwrap_or_default();
        // Of every other encoding the order ID, the dates and the delimiters are ASCII.
        let text = match self.decision.encoding.filter(|encoding| encoding.is_wide()) {
            Some(encoding) => {
                encoding.decode(ahead.get(..ahead.len() & !1).unwrap_or(ahead), &mut self.text);
                std::borrow::Cow::Borrowed(&*self.text)
            }
            None => String::from_utf8_lossy(ahead),
        };
        // The last line may be cut in the middle of a date.
        let whole = text.rfind(['\r', '\n']).and_then(|end| text.get(..end)).unwrap_or_default();
        self.layout.day_first = order::day_first(whole, &self.layout, self.delimiter, read_at);
    }

    /// From here on a date may be a number of days, as in spreadsheets.
    pub(crate) const fn reads_serials(&mut self) {
        self.layout.serials = true;
    }

    pub(crate) fn names_order(&self) -> bool {
        self.layout.names_order()
    }

    /// Which report it is. Changes when reports of two kinds stand in one file, each with its
    /// header.
    #[must_use]
    pub const fn format(&self) -> ReportFormat {
        self.layout.format
    }

    /// The encoding, as far as the rows read so far tell: UTF-8 until one holds more than ASCII.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.decision.encoding.unwrap_or(Encoding::Utf8)
    }

    /// Identity that the columns can carry.
    #[must_use]
    pub const fn columns(&self) -> IdentityColumns {
        self.layout.identity
    }

    /// Where reading can go on after the row that [`next`](Self::next) answered last.
    #[must_use]
    pub fn position(&self) -> ResumePoint {
        ResumePoint {
            offset: self.source.offset(),
            line: self.line,
            version: RESUME_VERSION,
            blanks: if self.blanks_count { self.blanks } else { 0 },
            encoding: self.decision.encoding,
            weighed: self.decision.weighed,
            line_end: self.line_end,
            delimiter: self.delimiter,
            columns: self.layout.names.clone(),
            day_first: self.layout.day_first,
        }
    }

    /// Bytes of the file before the next row, for progress.
    #[must_use]
    pub const fn bytes_read(&self) -> u64 {
        self.source.offset()
    }

    /// Reads the next row into `row`, whose allocations are used again; `None` at the end.
    ///
    /// Every line is either an order or skipped with a reason, except blank lines at the end of
    /// the file. After [`RowOutcome::Skipped`] the content of `row` means nothing.
    ///
    /// # Errors
    ///
    /// [`IntakeError::Read`] when the source fails.
    pub fn next(&mut self, row: &mut ObservedOrder) -> Result<Option<RowOutcome>, IntakeError> {
        self.next_of(row, &mut Vec::new())
    }

    /// As [`next`](Self::next), and adds returns, claims and ratings to `after`.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub fn next_of(
        &mut self,
        row: &mut ObservedOrder,
        after: &mut Vec<AfterSale>,
    ) -> Result<Option<RowOutcome>, IntakeError> {
        loop {
            if self.blanks_count {
                let line = self.line.saturating_sub(self.blanks);
                self.blanks -= 1;
                self.blanks_count = self.blanks > 0;
                return Ok(Some(RowOutcome::Skipped { line, reason: SkipReason::Blank }));
            }
            let encoding = self.encoding();
            // Endless blank lines are passed over at the speed of reading.
            if self.line_end == LineEnd::Lf && !encoding.is_wide() {
                let available = self.source.available();
                let run =
                    available.iter().position(|byte| *byte != b'\n').unwrap_or(available.len());
                self.source.consume(run);
                self.line += run as u64;
                self.blanks += run as u64;
            }
            let next = self
                .source
                .row(encoding, self.line_end, self.delimiter, self.layout.names.len())
                .map_err(IntakeError::Read)?;
            let found = match next {
                Next::End => return Ok(None),
                Next::Line(found)
                    if found.lines > 1 && (self.swallows(found.len) || !self.fits(found.len)) =>
                {
                    self.source.front_line(found, self.line_end)
                }
                Next::Line(found) => found,
                Next::TooLong => {
                    if self.report_blanks() {
                        continue;
                    }
                    self.source.skip_line(encoding, self.line_end).map_err(IntakeError::Read)?;
                    let line = self.line;
                    self.line += 1;
                    return Ok(Some(RowOutcome::Skipped { line, reason: SkipReason::RowTooLong }));
                }
            };
            if self.is_blank_row(found.len) {
                self.source.consume(found.consumed);
                self.line += found.lines;
                self.blanks += found.lines;
                continue;
            }
            if self.report_blanks() {
                continue;
            }
            let read = self.read(found.len, found.consumed, row, after)?;
            self.source.consume(found.consumed);
            let line = self.line;
            self.line += found.lines;
            return Ok(Some(match read {
                Ok(()) if self.layout.format.is_after_sale() => RowOutcome::AfterSale { line },
                Ok(()) => {
                    self.complete(row);
                    RowOutcome::Order { line }
                }
                Err(reason) => RowOutcome::Skipped { line, reason },
            }));
        }
    }

    /// Whether the quoted row in front, which spans lines, holds rows of its own behind a stray
    /// quote: lines with an order ID in its column, other than the row's, or a header.
    fn swallows(&self, len: usize) -> bool {
        // Order IDs and the names of columns are ASCII, and so are the delimiters, in every
        // encoding in question (but see `Delimiter::Pipe`).
        let text = String::from_utf8_lossy(self.source.available().get(..len).unwrap_or_default());
        let id = |text| Cells::cut(text, &self.layout, self.delimiter).get(Field::OrderId);
        // A value with line ends may stand before the order ID, whose line then looks like a row.
        let own = id(&text);
        let is_end = |c: char| u8::try_from(c).is_ok_and(|byte| self.line_end.is_at(byte));
        text.split(is_end).any(|line| {
            let id = id(line);
            let is_id =
                value::order_id_of(id, self.layout.format).is_some() || value::is_rounded(id);
            is_id && id.as_ptr() != own.as_ptr()
                || matches!(recognize(&layout::names(line, self.delimiter)), Recognized::Order(_))
        })
    }

    /// Whether the quoted row in front has no more values than columns.
    fn fits(&self, len: usize) -> bool {
        let text = String::from_utf8_lossy(self.source.available().get(..len).unwrap_or_default());
        self.delimiter != Delimiter::Tab || Cells::cut(&text, &self.layout, self.delimiter).fits
    }

    /// Whether blank lines stand before the row in front, which makes them rows.
    const fn report_blanks(&mut self) -> bool {
        self.blanks_count = self.blanks > 0;
        self.blanks_count
    }

    fn is_blank_row(&self, len: usize) -> bool {
        // The text of a wide row is not looked at twice: its blanks are ASCII with zeros between.
        // Spreadsheets end a file with rows of empty cells, quoted or not.
        let row = self.source.available().get(..len).unwrap_or_default();
        let delimiter = self.delimiter.byte();
        row.iter().all(|byte| *byte <= b' ' || *byte == delimiter || *byte == b'"')
    }

    /// Fills in what a channel wrote on the order's first line alone.
    fn complete(&mut self, row: &mut ObservedOrder) {
        if !self.layout.format.is_foreign() {
            return;
        }
        let before = &mut self.before;
        if before.order_id != row.order_id {
            before.clone_from(row);
            return;
        }
        for (text, before) in [
            (&mut row.buyer_name, &before.buyer_name),
            (&mut row.alias, &before.alias),
            (&mut row.phone, &before.phone),
            (&mut row.user_name, &before.user_name),
            (&mut row.recipient_name, &before.recipient_name),
            (&mut row.ship_phone, &before.ship_phone),
        ] {
            if text.is_empty() {
                text.clone_from(before);
            }
        }
        if row.ship_to.is_empty() {
            row.ship_to.clone_from(&before.ship_to);
        }
        row.purchased_at = row.purchased_at.or(before.purchased_at);
        if row.status == OrderStatus::Unknown {
            row.status = before.status;
        }
        if let (Some(price), Some(before)) = (&mut row.price, &before.price)
            && price.currency.is_empty()
        {
            price.currency.clone_from(&before.currency);
        }
    }

    fn read(
        &mut self,
        len: usize,
        consumed: usize,
        order: &mut ObservedOrder,
        after: &mut Vec<AfterSale>,
    ) -> Result<Result<(), SkipReason>, IntakeError> {
        let row = self.source.available().get(..len).unwrap_or_default();
        let utf8 = std::str::from_utf8(row).ok();
        let sight = self.decision.sight(row, utf8.is_some());
        if let (Sight::Settled(Encoding::Utf8 | Encoding::Utf8Bom), Some(text)) = (sight, utf8) {
            return Ok(take(text, &mut self.layout, self.delimiter, order, after));
        }
        let encoding = match sight {
            Sight::Settled(encoding) => encoding,
            Sight::Doubt => self.weigh(len, consumed)?,
        };
        let row = self.source.available().get(..len).unwrap_or_default();
        encoding.decode(row, &mut self.text);
        Ok(take(&self.text, &mut self.layout, self.delimiter, order, after))
    }

    /// The encoding of the row in front, which does not settle itself.
    fn weigh(&mut self, len: usize, consumed: usize) -> Result<Encoding, IntakeError> {
        if self.decision.looks_ahead() {
            self.source.fill(consumed + AHEAD).map_err(IntakeError::Read)?;
        }
        let available = self.source.available();
        let row = available.get(..len).unwrap_or_default();
        let ahead = available.get(consumed..).unwrap_or_default();
        let ahead = ahead.get(..AHEAD.min(ahead.len())).unwrap_or_default();
        // Half a character at the cut would speak against its encoding.
        let whole = memchr::memrchr(b'\n', ahead).unwrap_or(ahead.len());
        let ahead = ahead.get(..whole).unwrap_or_default();
        let origin = origin(row, &self.layout, self.delimiter);
        Ok(self.decision.weigh(row, ahead, origin))
    }
}

/// Fills `order` from the text of a row. A row that is a header changes the layout to its own.
fn take(
    text: &str,
    layout: &mut Layout,
    delimiter: Delimiter,
    order: &mut ObservedOrder,
    after: &mut Vec<AfterSale>,
) -> Result<(), SkipReason> {
    let controls = text.bytes().fold(false, |any, byte| any | (byte < b' ' && byte != b'\t'))
        || delimiter == Delimiter::Tab && memchr::memchr(b'"', text.as_bytes()).is_some();
    let cells = Cells::cut(text, layout, delimiter);
    // A value too many may have shifted those before it.
    let shifted = !cells.fits && !cells.keeps_its_columns();
    if shifted && value::order_id_of(cells.get(Field::OrderId), layout.format).is_some() {
        return Err(SkipReason::Malformed);
    }
    let read = if layout.format.is_after_sale() {
        aftersale::read(&cells, layout.format, after)
    } else {
        let read = order::read(&cells, layout.format, controls, order);
        if order.channel.0.is_empty() {
            order.channel.0.push_str(&layout.channel);
        }
        read
    };
    let Err(SkipReason::MalformedOrderId | SkipReason::MissingOrderId) = read else {
        return read;
    };
    let columns = layout::names(text, delimiter);
    if columns == layout.names {
        return Err(SkipReason::RepeatedHeader);
    }
    if let Recognized::Order(format) = recognize(&columns) {
        if columns != layout.names {
            let (day_first, serials) = (layout.day_first, layout.serials);
            *layout = Layout { day_first, serials, ..Layout::new(format, columns) };
        }
        return Err(SkipReason::RepeatedHeader);
    }
    if layout.format == ReportFormat::TikTokShop && explains_columns(cells.get(Field::OrderId)) {
        return Err(SkipReason::RepeatedHeader);
    }
    if layout.format.is_foreign() && is_footer(text) {
        return Err(SkipReason::Footer);
    }
    let strange = text.chars().filter(|c| *c == '\u{fffd}' || *c < ' ' && *c != '\t').count();
    if strange * 10 > text.chars().count() {
        return Err(SkipReason::NotText);
    }
    read
}

/// Whether the line is what eBay writes below the rows: their count, and the seller's name.
fn is_footer(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | ';' | '|'));
    let begins =
        |word: &str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    begins("seller id") || text.contains("record(s) downloaded")
}

/// Whether the line is what TikTok Shop writes below the header: what its columns hold.
fn explains_columns(order_id: &str) -> bool {
    value::tidy(order_id).to_ascii_lowercase().starts_with("platform unique order id")
}

/// Where the row in doubt comes from, by its columns of ASCII.
fn origin(row: &[u8], layout: &Layout, delimiter: Delimiter) -> Origin {
    // None of the encodings in question has the delimiters inside a character; where one has, the
    // columns say nothing, and the text is weighed alone.
    let text = String::from_utf8_lossy(row);
    let cells = Cells::cut(&text, layout, delimiter);
    [Field::Channel, Field::Country, Field::Currency]
        .into_iter()
        .map(|field| Origin::of(cells.get(field)))
        .find(|origin| *origin != Origin::Unknown)
        .unwrap_or(Origin::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Hints, open};

    fn all(bytes: &[u8]) -> Result<(ReportFormat, Vec<(RowOutcome, ObservedOrder)>), IntakeError> {
        let mut reader = open(bytes, Hints::default())?;
        let mut row = ObservedOrder::default();
        let mut rows = Vec::new();
        while let Some(outcome) = reader.next(&mut row)? {
            rows.push((outcome, row.clone()));
        }
        Ok((reader.format(), rows))
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_spelling() {
        let text = "\"Buyer_Email\"\tPURCHASE DATE\tfoo\torder-id\tpromise-date\n\
                    x@marketplace.amazon.de\t2026-11-02\t1\t302-1234567-7654321\t\n";
        let (format, rows) = all(text.as_bytes()).unwrap();
        assert_eq!(format, ReportFormat::Unshipped);
        let (outcome, order) = &rows[0];
        assert_eq!(*outcome, RowOutcome::Order { line: 2 });
        assert_eq!(order.order_id, "302-1234567-7654321");
        assert_eq!(order.alias, "x@marketplace.amazon.de");
        assert_eq!(order.purchased_at.unwrap().to_string(), "2026-11-02T00:00:00.000Z");
    }

    #[test]
    fn upright_bars_separate_values() {
        const TEXT: &str = "order-id|buyer-name|buyer-email|purchase-date|ship-address-1|ship-city\r\n\
            250-1234567-7654321|\"Anna | Co\"|x@marketplace.amazon.co.jp|2026-11-02|ポプラ1|港区\r\n\
            250-1234567-7654322|ポール|y@marketplace.amazon.co.jp|2026-11-03|,;|東京\r\n||||||\r\n";
        let (japanese, _, unreadable) = encoding_rs::SHIFT_JIS.encode(TEXT);
        assert!(!unreadable && japanese.windows(2).any(|pair| pair == [0x83, b'|']));
        for bytes in [TEXT.as_bytes(), &*japanese] {
            let (format, rows) = all(bytes).unwrap();
            assert_eq!((format, rows.len()), (ReportFormat::NewOrders, 2));
            let [(_, first), (_, second)] = <[_; 2]>::try_from(rows).unwrap();
            assert_eq!((&*first.buyer_name, &*first.ship_to.lines[0]), ("Anna | Co", "ポプラ1"));
            assert_eq!((&*second.buyer_name, &*second.ship_to.lines[0]), ("ポール", ",;"));
            assert_eq!(second.alias, "y@marketplace.amazon.co.jp");
            assert_eq!(second.ship_to.city, "東京");
        }
    }

    #[test]
    fn every_line_but_the_blank_end_is_accounted_for() {
        let text = "order-id\tpurchase-date\tbuyer-name\r\n\
                    302-1234567-7654321\t2026-11-02\t\"Anna\r\n\
                    \r\n\
                    order-id\tpurchase-date\tbuyer-name\r\n\
                    302-1234567-765432\t2026-11-02\tBen\r\n\
                    \t2026-11-02\tBen\r\n\
                    302-1234567-7654322\r\n\
                    302-1234567-7654323\tno date\tCleo\t\t\r\n\
                    302-1234567-7654324\tno date\tCleo\tmore\tfields\r\n\r\n\t\t\r\n";
        let (_, rows) = all(text.as_bytes()).unwrap();
        let outcomes: Vec<_> = rows.iter().map(|(outcome, _)| *outcome).collect();
        let skipped = |line, reason| RowOutcome::Skipped { line, reason };
        assert_eq!(
            outcomes,
            [
                RowOutcome::Order { line: 2 },
                skipped(3, SkipReason::Blank),
                skipped(4, SkipReason::RepeatedHeader),
                skipped(5, SkipReason::MalformedOrderId),
                skipped(6, SkipReason::MissingOrderId),
                RowOutcome::Order { line: 7 },
                RowOutcome::Order { line: 8 },
                skipped(9, SkipReason::Malformed),
            ]
        );
        assert_eq!(rows[0].1.buyer_name, "\"Anna");
        assert_eq!(rows[5].1.buyer_name, "", "nothing stays of the row before");
        assert_eq!(rows[6].1.buyer_name, "Cleo");
        assert_eq!(rows[6].1.purchased_at, None);
    }

    #[test]
    fn a_quoted_tab_or_line_end_shifts_no_value() {
        let header = "order-id\tbuyer-name\tsku\tship-city\tsales-channel\n";
        let id = "302-1234567-7654321";
        let next = "302-1234567-7654322\tBen\tL-2\tUlm\tAmazon.de\n";
        for (row, name) in [
            ("\"Anna\tLang\"", "Anna Lang"),
            ("\"Anna\nLang\"", "Anna Lang"),
            ("\"Anna \"\"A\tB\"\"\r\nLang\"", "Anna \"A B\"  Lang"),
        ] {
            let text = format!("{header}{id}\t{row}\tL-1\tKoeln\tAmazon.de\n{next}");
            let (_, rows) = all(text.as_bytes()).unwrap();
            let [(first, order), (RowOutcome::Order { .. }, other)] = rows.as_slice() else {
                panic!("{row}: {rows:?}")
            };
            assert_eq!(*first, RowOutcome::Order { line: 2 });
            assert_eq!((order.buyer_name.as_str(), order.sku.as_str()), (name, "L-1"), "{row}");
            assert_eq!((&*order.ship_to.city, &*order.channel.0), ("Koeln", "Amazon.de"));
            assert_eq!(other.buyer_name, "Ben");
        }
        let blank = format!("{header}{id}\t\"Anna\tLang\"\tL-1\tKoeln\t\n");
        assert_eq!(all(blank.as_bytes()).unwrap().1[0].1.ship_to.city, "Koeln");
        // A stray quote is a character, and what still does not fit is told.
        for (row, outcome) in [
            (format!("{id}\t\"Anna\n"), RowOutcome::Order { line: 2 }),
            (format!("{id}\tAnna\tL-1\tKoeln\tAmazon.de\tmore\n"), RowOutcome::Order { line: 2 }),
            (format!("{id}\t\"Anna\tL-1\tKoeln\tAmazon.de\n"), RowOutcome::Order { line: 2 }),
            (
                format!("{id}\tAnna\tLang\tL-1\tKoeln\tAmazon.de\n"),
                RowOutcome::Skipped { line: 2, reason: SkipReason::Malformed },
            ),
            (
                format!("{id}\t\"Anna\tLang\tL-1\tKo\"eln\tAmazon.de\n"),
                RowOutcome::Skipped { line: 2, reason: SkipReason::Malformed },
            ),
        ] {
            let (_, rows) = all(format!("{header}{row}{next}").as_bytes()).unwrap();
            assert_eq!(rows[0].0, outcome, "{row}");
            assert_eq!((rows.len(), rows[1].1.buyer_name.as_str()), (2, "Ben"), "{row}");
        }
    }

    #[test]
    fn ratings_are_read_in_every_language_and_encoding() {
        let id = "302-1234567-7654321";
        for (header, encoding) in [
            (
                "Datum\tBewertung\tKommentar\tIhre Antwort\tBestellnummer\tE-Mail des Bewertenden",
                "",
            ),
            ("Date\tÉvaluation\tCommentaires\tVotre réponse\tNuméro de commande\tE-mail", ""),
            ("Fecha\tCalificación\tComentarios\tTu respuesta\tNúmero de pedido\tE-mail", ""),
            ("Data\tValutazione\tCommenti\tLa tua risposta\tNumero ordine\tE-mail", ""),
            ("日付\t評価\tコメント\t返答\t注文番号\t評価者のEメール", ""),
            ("日付\t評価\tコメント\t返答\t注文番号\t評価者のEメール", "shift_jis"),
            ("日期\t评分\t评论\t您的回复\t订单编号\t评分者电子邮件", ""),
        ] {
            let text = format!("{header}\n2026-11-12\t1\tbad\tsorry\t{id}\tx@example.com\n");
            let bytes = if encoding.is_empty() {
                text.into_bytes()
            } else {
                encoding_rs::SHIFT_JIS.encode(&text).0.into_owned()
            };
            let mut reader = open(&*bytes, Hints::default()).unwrap();
            assert_eq!(reader.format(), ReportFormat::Feedback, "{header}");
            let (mut row, mut after) = (ObservedOrder::default(), Vec::new());
            let outcome = reader.next_of(&mut row, &mut after).unwrap();
            assert_eq!(outcome, Some(RowOutcome::AfterSale { line: 2 }), "{header}");
            let [AfterSale::Feedback(one)] = after.as_slice() else { panic!("{after:?}") };
            assert_eq!((&*one.order_id, one.rating, &*one.comment), (id, Some(1), "bad"));
            assert_eq!((&*one.response, one.at.is_some()), ("sorry", true), "{header}");
        }
        let japanese = "日付\t評価\tコメント\t返答\t注文番号\t評価者のEメール\n26/5/13\t1\t\t\t302-1234567-7654321\t\n";
        let english = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n\
            26/5/3\t1\t\t\t302-1234567-7654321\ta1b2c3d4e5f6g7@marketplace.amazon.co.jp\n";
        for (text, day) in [(japanese, "2026-05-13"), (english, "2026-05-03")] {
            let mut reader = open(text.as_bytes(), Hints::default()).unwrap();
            let (mut row, mut after) = (ObservedOrder::default(), Vec::new());
            reader.next_of(&mut row, &mut after).unwrap();
            let [AfterSale::Feedback(one)] = after.as_slice() else { panic!("{after:?}") };
            assert_eq!(one.at.unwrap().to_string(), format!("{day}T00:00:00.000Z"));
        }
        let nameless = "Date\tRating\tComments\tYour Response\tRater Email\n2026-11-12\t1\t\t\t\n";
        let error = open(nameless.as_bytes(), Hints::default()).unwrap_err();
        assert_eq!(error.code(), "unknown_columns");
        assert!(error.to_string().contains("order"), "{error}");
        // Text is text in the encoding that it has.
        let other = encoding_rs::SHIFT_JIS.encode("商品\t色\t形\n電球\t白\t丸\n").0.into_owned();
        assert_eq!(open(&*other, Hints::default()).unwrap_err().code(), "unknown_columns");
    }

    #[test]
    fn a_date_that_would_lie_ahead_is_read_in_the_other_order() {
        let report = |dates: &[&str]| {
            let rows = dates.iter().map(|date| format!("302-1234567-7654321\t{date}\tA\n"));
            format!("order-id\tpurchase-date\tbuyer-name\n{}", rows.collect::<String>())
        };
        let read_at: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let first = |dates: &[&str], read_at| {
            let hints = Hints { read_at, ..Hints::default() };
            let text = report(dates);
            let mut reader = open(text.as_bytes(), hints).unwrap();
            let mut row = ObservedOrder::default();
            reader.next(&mut row).unwrap();
            row.purchased_at.unwrap().to_string()
        };
        let (november, december) = ("2026-11-12T00:00:00.000Z", "2026-12-11T00:00:00.000Z");
        assert_eq!(first(&["12/11/2026"], None), december);
        assert_eq!(first(&["12/11/2026"], Some(read_at)), november);
        assert_eq!(first(&["11/12/2026"], Some(read_at)), november);
        // What the rows show goes before.
        assert_eq!(first(&["12/11/2026", "11/25/2026"], Some(read_at)), december);
        assert_eq!(first(&["12/11/2026", "11/12/2026"], Some(read_at)), december, "neither fits");
    }
}
